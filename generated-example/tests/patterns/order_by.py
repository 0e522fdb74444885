"""`order_by`: columns of the target, and a column of the secondary."""

from sqlalchemy import Column, ForeignKey, Integer, Table, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


award = Table(
    "award",
    Base.metadata,
    Column("author_id", ForeignKey("authors.id", ondelete="CASCADE"), primary_key=True),
    Column("prize_id", ForeignKey("prizes.id", ondelete="CASCADE"), primary_key=True),
    Column("year", Integer, nullable=False, server_default="2000"),
)


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped["Author"] = relationship(back_populates="books")


class Prize(Base):
    __tablename__ = "prizes"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int]
    winners: Mapped[list["Author"]] = relationship(
        secondary=award, back_populates="prizes", order_by=[award.c.year, award.c.author_id]
    )


class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    books: Mapped[list[Book]] = relationship(
        back_populates="author", order_by=[Book.year.desc(), Book.title]
    )
    prizes: Mapped[list[Prize]] = relationship(
        secondary=award, back_populates="winners", order_by=[award.c.year.desc(), Prize.name]
    )


def fill(session):
    ada, bo = Author(name="Ada"), Author(name="Bo")
    session.add_all([ada, bo])
    session.flush()
    for title, year, author in [
        ("Old", 1990, ada),
        ("New", 2020, ada),
        ("Also", 2020, ada),
        ("One", 2001, bo),
    ]:
        session.add(Book(title=title, year=year, author=author))
        session.flush()
    fig, elm, oak = (Prize(name=n, year=y) for n, y in [("Fig", 1900), ("Elm", 1950), ("Oak", 1800)])
    session.add_all([fig, elm, oak])
    session.flush()
    # What the relationship writes has the year that the table gives it.
    ada.prizes = [oak]
    session.flush()
    for author, prize, year in [(ada, fig, 2010), (ada, elm, 2010), (bo, fig, 2005)]:
        session.execute(
            insert(award).values(author_id=author.id, prize_id=prize.id, year=year)
        )


def answers(session):
    authors = session.scalars(select(Author)).all()
    prizes = session.scalars(select(Prize)).all()
    return {
        "books": {a.name: [b.title for b in a.books] for a in authors},
        "prizes": {a.name: [p.name for p in a.prizes] for a in authors},
        "winners": {p.name: [a.name for a in p.winners] for p in prizes},
    }
