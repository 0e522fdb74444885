from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    parent: Mapped["Person | None"] = relationship(back_populates="children")
    children: Mapped[list["Person"]] = relationship(back_populates="parent")


configure_mappers()
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
