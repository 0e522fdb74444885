"""Specifying alternate join conditions: `primaryjoin` and `secondaryjoin` hold values too."""

from typing import Optional

from sqlalchemy import Column, ForeignKey, Table, and_, false, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


membership = Table(
    "membership",
    Base.metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
)


class Address(Base):
    __tablename__ = "addresses"
    id: Mapped[int] = mapped_column(primary_key=True)
    street: Mapped[str] = mapped_column(unique=True)
    city: Mapped[str]
    user_id: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id"))
    user: Mapped[Optional["User"]] = relationship(back_populates="addresses")


class Group(Base):
    __tablename__ = "groups"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    closed: Mapped[bool] = mapped_column(server_default=false())
    members: Mapped[list["User"]] = relationship(
        secondary=membership, back_populates="groups", order_by="User.id"
    )


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    addresses: Mapped[list[Address]] = relationship(
        back_populates="user", order_by=Address.id
    )
    boston_addresses: Mapped[list[Address]] = relationship(
        primaryjoin=and_(id == Address.user_id, Address.city == "Boston"),
        order_by=Address.id,
        overlaps="addresses, user",
    )
    groups: Mapped[list[Group]] = relationship(
        secondary=membership, back_populates="members", order_by=Group.id
    )
    open_groups: Mapped[list[Group]] = relationship(
        secondary=membership,
        secondaryjoin=and_(Group.id == membership.c.group_id, Group.closed.is_(False)),
        order_by=Group.id,
        viewonly=True,
    )


def fill(session):
    ada, bo = User(name="Ada"), User(name="Bo")
    session.add_all([ada, bo])
    session.flush()
    for street, city, user in [
        ("Elm", "Boston", ada),
        ("Oak", "Salem", ada),
        ("Fir", "Boston", None),
        ("Ash", "Salem", bo),
    ]:
        session.add(Address(street=street, city=city, user=user))
        session.flush()
    # What is put there must hold the value, which SQLAlchemy does not write.
    bo.boston_addresses.append(Address(street="Yew", city="Boston"))
    session.flush()
    chess, choir = Group(name="chess"), Group(name="choir", closed=True)
    session.add_all([chess, choir])
    session.flush()
    ada.groups = [chess, choir]
    bo.groups = [choir]


def answers(session):
    users = session.scalars(select(User)).all()
    addresses = session.scalars(select(Address)).all()
    in_boston = select(User.name).where(User.boston_addresses.any())
    return {
        "addresses": {u.name: [a.street for a in u.addresses] for u in users},
        "in Boston": {u.name: [a.street for a in u.boston_addresses] for u in users},
        "cities": {a.street: a.city for a in addresses},
        "groups": {u.name: [g.name for g in u.groups] for u in users},
        "open groups": {u.name: [g.name for g in u.open_groups] for u in users},
        "who is in Boston": session.scalars(in_boston.order_by(User.id)).all(),
    }
