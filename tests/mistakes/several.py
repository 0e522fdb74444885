import enum

from sqlalchemy import ForeignKey, Index, String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column


class Base(DeclarativeBase):
    pass


class Genre(enum.Enum):
    novel = 1
    essay = 2
    verse = 3


class Author(Base):
    __tablename__ = "authors"
    __table_args__ = (Index("ix_authors_nam", "nam"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Strng)
    email: Mapped[str] = mapped_column(uniqe=True)


class Book(Base):
    __tablename__ = "books"
    title: Mapped[str]
    pages: Mapped[int] = mapped_column(default="many")
    genre: Mapped[Genre] = mapped_column(default=Genre.noval)
    author_id: Mapped[int] = mapped_column(ForeignKey("auther.id", ondelete="CASCAD"))


configure_mappers()
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
