"""Keys of several columns."""

from typing import Optional

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


shop_product = Table(
    "shop_product",
    Base.metadata,
    Column("shop_country", String, primary_key=True),
    Column("shop_number", Integer, primary_key=True),
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    ForeignKeyConstraint(
        ["shop_country", "shop_number"], ["shops.country", "shops.number"], ondelete="CASCADE"
    ),
)


class Shop(Base):
    __tablename__ = "shops"
    country: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    shelves: Mapped[list["Shelf"]] = relationship(
        back_populates="shop", order_by="Shelf.id"
    )
    products: Mapped[list["Product"]] = relationship(
        secondary=shop_product, back_populates="shops", order_by="Product.id"
    )


class Shelf(Base):
    __tablename__ = "shelves"
    __table_args__ = (
        ForeignKeyConstraint(
            ["shop_country", "shop_number"], ["shops.country", "shops.number"]
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(unique=True)
    shop_country: Mapped[Optional[str]]
    shop_number: Mapped[Optional[int]]
    shop: Mapped[Optional[Shop]] = relationship(back_populates="shelves")


class Product(Base):
    __tablename__ = "products"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    shops: Mapped[list[Shop]] = relationship(
        secondary=shop_product,
        back_populates="products",
        order_by=[Shop.country, Shop.number],
    )


def fill(session):
    lyon = Shop(country="fr", number=1, name="Lyon")
    rome = Shop(country="it", number=1, name="Rome")
    pisa = Shop(country="it", number=2, name="Pisa")
    session.add_all([lyon, rome, pisa])
    for label, shop in {"A": lyon, "B": lyon, "C": rome, "D": None}.items():
        session.add(Shelf(label=label, shop=shop))
        session.flush()
    session.add(Product(name="wine", shops=[lyon, rome]))
    session.flush()
    session.add(Product(name="oil", shops=[rome, pisa]))


def answers(session):
    shops = session.scalars(select(Shop)).all()
    shelves = session.scalars(select(Shelf)).all()
    products = session.scalars(select(Product)).all()
    return {
        "shelves": {s.name: [shelf.label for shelf in s.shelves] for s in shops},
        "shops of shelves": {s.label: s.shop and s.shop.name for s in shelves},
        "products": {s.name: [p.name for p in s.products] for s in shops},
        "shops of products": {p.name: [s.name for s in p.shops] for p in products},
    }
