from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))


configure_mappers()
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
