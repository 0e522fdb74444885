"""Several secondaries between the same two entities."""

from sqlalchemy import Column, ForeignKey, Table, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


def secondary(name):
    return Table(
        name,
        Base.metadata,
        Column("song_id", ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True),
        Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    )


song_writer, song_singer, song_guest = map(
    secondary, ["song_writer", "song_singer", "song_guest"]
)


class Song(Base):
    __tablename__ = "songs"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    writers: Mapped[list["Person"]] = relationship(
        secondary=song_writer, back_populates="written", order_by="Person.id"
    )
    singers: Mapped[list["Person"]] = relationship(
        secondary=song_singer, back_populates="sung", order_by="Person.id"
    )
    guests: Mapped[list["Person"]] = relationship(
        secondary=song_guest, order_by="Person.id"
    )


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    written: Mapped[list[Song]] = relationship(
        secondary=song_writer, back_populates="writers", order_by=Song.id
    )
    sung: Mapped[list[Song]] = relationship(
        secondary=song_singer, back_populates="singers", order_by=Song.id
    )


def fill(session):
    ada, bo = Person(name="Ada"), Person(name="Bo")
    session.add_all([ada, bo])
    session.flush()
    session.add(Song(title="Ash", writers=[ada], singers=[ada, bo], guests=[bo]))
    session.flush()
    session.add(Song(title="Bell", writers=[ada, bo], singers=[bo]))


def answers(session):
    songs = session.scalars(select(Song)).all()
    people = session.scalars(select(Person)).all()
    return {
        "writers": {s.title: [p.name for p in s.writers] for s in songs},
        "singers": {s.title: [p.name for p in s.singers] for s in songs},
        "guests": {s.title: [p.name for p in s.guests] for s in songs},
        "written": {p.name: [s.title for s in p.written] for p in people},
        "sung": {p.name: [s.title for s in p.sung] for p in people},
    }
