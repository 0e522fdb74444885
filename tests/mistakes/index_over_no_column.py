from sqlalchemy import Index, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column


class Base(DeclarativeBase):
    pass


class Book(Base):
    __tablename__ = "books"
    __table_args__ = (Index("ix_books_titel", "titel"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


configure_mappers()
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
