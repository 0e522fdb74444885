"""One to one: a unique foreign key, `uselist=False` by its annotation."""

from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    profile: Mapped[Optional["Profile"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True
    )
    desk: Mapped[Optional["Desk"]] = relationship(back_populates="user")


class Profile(Base):
    __tablename__ = "profiles"
    id: Mapped[int] = mapped_column(primary_key=True)
    motto: Mapped[str]
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), unique=True
    )
    user: Mapped[User] = relationship(back_populates="profile")


class Desk(Base):
    __tablename__ = "desks"
    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id"), unique=True)
    user: Mapped[Optional[User]] = relationship(back_populates="desk")


def fill(session):
    session.add(User(name="Ada", profile=Profile(motto="On"), desk=Desk(room="101")))
    session.add(User(name="Bo", profile=Profile(motto="Up"), desk=Desk(room="102")))
    session.add_all([User(name="Cy"), Desk(room="103")])


def answers(session):
    users = session.scalars(select(User)).all()
    desks = session.scalars(select(Desk)).all()
    return {
        "profiles": {u.name: u.profile and u.profile.motto for u in users},
        "desks of users": {u.name: u.desk and u.desk.room for u in users},
        "users of desks": {d.room: d.user and d.user.name for d in desks},
    }
