"""Overlapping foreign keys: `foreign()` says which column the relationship to the writer sets."""

from typing import Optional

from sqlalchemy import ForeignKey, ForeignKeyConstraint, and_, select
from sqlalchemy.orm import DeclarativeBase, Mapped, foreign, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Magazine(Base):
    __tablename__ = "magazines"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    writers: Mapped[list["Writer"]] = relationship(
        back_populates="magazine", order_by="Writer.number"
    )
    articles: Mapped[list["Article"]] = relationship(
        back_populates="magazine", order_by="Article.id"
    )


class Writer(Base):
    __tablename__ = "writers"
    magazine_id: Mapped[int] = mapped_column(ForeignKey("magazines.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    magazine: Mapped[Magazine] = relationship(back_populates="writers")
    articles: Mapped[list["Article"]] = relationship(
        primaryjoin=lambda: joined(), back_populates="writer", order_by="Article.id"
    )


class Article(Base):
    __tablename__ = "articles"
    __table_args__ = (
        ForeignKeyConstraint(
            ["magazine_id", "writer_number"], ["writers.magazine_id", "writers.number"]
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    magazine_id: Mapped[int] = mapped_column(ForeignKey("magazines.id"))
    writer_number: Mapped[Optional[int]]
    magazine: Mapped[Magazine] = relationship(back_populates="articles")
    writer: Mapped[Optional[Writer]] = relationship(
        primaryjoin=lambda: joined(), back_populates="articles"
    )


def joined():
    return and_(
        Writer.magazine_id == Article.magazine_id,
        Writer.number == foreign(Article.writer_number),
    )


def fill(session):
    weekly, daily = Magazine(name="Weekly"), Magazine(name="Daily")
    session.add_all([weekly, daily])
    session.flush()
    ada = Writer(magazine=weekly, number=1, name="Ada")
    bo = Writer(magazine=weekly, number=2, name="Bo")
    cy = Writer(magazine=daily, number=1, name="Cy")
    session.add_all([ada, bo, cy])
    session.flush()
    for title, magazine, writer in [
        ("Sun", weekly, ada),
        ("Rain", weekly, None),
        ("Snow", daily, cy),
    ]:
        session.add(Article(title=title, magazine=magazine, writer=writer))
        session.flush()


def answers(session):
    magazines = session.scalars(select(Magazine)).all()
    writers = session.scalars(select(Writer)).all()
    articles = session.scalars(select(Article)).all()
    return {
        "writers": {m.name: [w.name for w in m.writers] for m in magazines},
        "articles": {m.name: [a.title for a in m.articles] for m in magazines},
        "written": {w.name: [a.title for a in w.articles] for w in writers},
        "writer": {a.title: a.writer and a.writer.name for a in articles},
    }
