import enum

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column


class Base(DeclarativeBase):
    pass


class Genre(enum.Enum):
    novel = 1
    essay = 2
    verse = 3


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    genre: Mapped[Genre] = mapped_column(default=Genre.noval)


configure_mappers()
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
