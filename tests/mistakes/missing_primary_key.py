from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int]
    name: Mapped[str]


configure_mappers()
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
