"""Handling multiple join paths: `foreign_keys` says which."""

from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    billing_address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    shipping_address_id: Mapped[Optional[int]] = mapped_column(ForeignKey("addresses.id"))
    billing_address: Mapped["Address"] = relationship(
        foreign_keys=[billing_address_id], back_populates="billed"
    )
    shipping_address: Mapped[Optional["Address"]] = relationship(
        foreign_keys=[shipping_address_id], back_populates="shipped"
    )


class Address(Base):
    __tablename__ = "addresses"
    id: Mapped[int] = mapped_column(primary_key=True)
    city: Mapped[str] = mapped_column(unique=True)
    billed: Mapped[list[Customer]] = relationship(
        foreign_keys=[Customer.billing_address_id],
        back_populates="billing_address",
        order_by=Customer.id,
    )
    shipped: Mapped[list[Customer]] = relationship(
        foreign_keys=[Customer.shipping_address_id],
        back_populates="shipping_address",
        order_by=Customer.id,
    )


def fill(session):
    bern, oslo = Address(city="Bern"), Address(city="Oslo")
    session.add_all([bern, oslo])
    session.flush()
    session.add(Customer(name="Ada", billing_address=bern, shipping_address=oslo))
    session.flush()
    session.add(Customer(name="Bo", billing_address=bern, shipping_address=None))


def answers(session):
    customers = session.scalars(select(Customer)).all()
    addresses = session.scalars(select(Address)).all()
    return {
        "billing": {c.name: c.billing_address.city for c in customers},
        "shipping": {
            c.name: c.shipping_address and c.shipping_address.city for c in customers
        },
        "billed": {a.city: [c.name for c in a.billed] for a in addresses},
        "shipped": {a.city: [c.name for c in a.shipped] for a in addresses},
    }
