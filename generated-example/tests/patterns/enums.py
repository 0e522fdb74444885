"""Enums: SQLAlchemy stores their names; `values_callable` makes it store their values."""

import enum
from typing import Optional

from sqlalchemy import Enum, ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Genre(enum.Enum):
    novel = 1
    essay = 2
    verse = 3


class Status(enum.Enum):
    open = "O"
    lent = "L"
    lost = "it's gone"


stored_status = Enum(Status, values_callable=lambda members: [m.value for m in members])


class Shelf(Base):
    __tablename__ = "shelves"
    genre: Mapped[Genre] = mapped_column(primary_key=True)
    room: Mapped[str]
    books: Mapped[list["Book"]] = relationship(back_populates="shelf", order_by="Book.id")


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    genre: Mapped[Genre] = mapped_column(ForeignKey("shelves.genre"))
    status: Mapped[Status] = mapped_column(stored_status, server_default="O")
    before: Mapped[Optional[Status]] = mapped_column(stored_status)
    shelf: Mapped[Shelf] = relationship(back_populates="books")


def fill(session):
    shelves = {genre: Shelf(genre=genre, room=f"room {genre.value}") for genre in Genre}
    session.add_all(shelves.values())
    session.flush()
    for title, genre, written in [
        ("Emma", Genre.novel, {}),
        ("Kipps", Genre.novel, {"status": Status.lent, "before": Status.open}),
        ("Walking", Genre.essay, {"status": Status.lost}),
    ]:
        session.add(Book(title=title, shelf=shelves[genre], **written))
        session.flush()


def answers(session):
    shelves = session.scalars(select(Shelf)).all()
    books = session.scalars(select(Book)).all()
    there = select(Book.title).where(Book.status.in_([Status.open, Status.lost]))
    return {
        "books": {s.genre.name: [b.title for b in s.books] for s in shelves},
        "rooms": {b.title: b.shelf.room for b in books},
        "status": {
            b.title: [b.status.value, b.before and b.before.value] for b in books
        },
        "not lent": session.scalars(there.order_by(Book.id)).all(),
    }
