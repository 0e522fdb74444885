"""Relationships of one side alone."""

from typing import Optional

from sqlalchemy import Column, ForeignKey, Table, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


purchase_product = Table(
    "purchase_product",
    Base.metadata,
    Column("purchase_id", ForeignKey("purchases.id", ondelete="CASCADE"), primary_key=True),
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
)


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    customer_id: Mapped[Optional[int]] = mapped_column(ForeignKey("customers.id"))


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    notes: Mapped[list[Note]] = relationship(order_by=Note.id)


class Product(Base):
    __tablename__ = "products"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Purchase(Base):
    __tablename__ = "purchases"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()
    products: Mapped[list[Product]] = relationship(
        secondary=purchase_product, order_by=Product.id
    )


def fill(session):
    ada = Customer(name="Ada", notes=[Note(text="pays"), Note(text="calls")])
    bo = Customer(name="Bo")
    session.add_all([ada, bo])
    pen, ink, cap = (Product(name=name) for name in ["pen", "ink", "cap"])
    session.add_all([pen, ink, cap])
    session.flush()
    session.add(Purchase(number="P1", customer=ada, products=[pen, ink]))
    session.add(Purchase(number="P2", customer=ada, products=[]))


def answers(session):
    customers = session.scalars(select(Customer)).all()
    purchases = session.scalars(select(Purchase)).all()
    return {
        "notes": {c.name: [n.text for n in c.notes] for c in customers},
        "customers": {p.number: p.customer.name for p in purchases},
        "products": {p.number: [t.name for t in p.products] for p in purchases},
    }
