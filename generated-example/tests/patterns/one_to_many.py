"""One to many and many to one."""

from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    books: Mapped[list["Book"]] = relationship(
        back_populates="author", order_by="Book.id", passive_deletes=True
    )


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    author_id: Mapped[Optional[int]] = mapped_column(
        ForeignKey("authors.id", ondelete="SET NULL")
    )
    author: Mapped[Optional[Author]] = relationship(back_populates="books")


def fill(session):
    austen = Author(name="Austen")
    austen.books = [Book(title="Emma"), Book(title="Persuasion")]
    wells = Author(name="Wells", books=[Book(title="Kipps")])
    shelley = Author(name="Shelley", books=[Book(title="Mathilda")])
    session.add_all([austen, wells, shelley])
    session.flush()
    session.add(Book(title="Beowulf"))


def answers(session):
    authors = session.scalars(select(Author)).all()
    books = session.scalars(select(Book)).all()
    of_emma = select(Author.name).where(Author.books.any(Book.title == "Emma"))
    return {
        "books of authors": {a.name: [b.title for b in a.books] for a in authors},
        "authors of books": {b.title: b.author and b.author.name for b in books},
        "who has Emma": session.scalars(of_emma).all(),
    }
