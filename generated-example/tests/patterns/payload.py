"""A secondary with payload: an association object, and beside it a view-only relationship over its table."""

from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class PlaylistTrack(Base):
    __tablename__ = "playlist_track"
    playlist_id: Mapped[int] = mapped_column(
        ForeignKey("playlists.id", ondelete="CASCADE"), primary_key=True
    )
    track_id: Mapped[int] = mapped_column(
        ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int]
    weight: Mapped[int] = mapped_column(server_default="10")
    remark: Mapped[Optional[str]]
    added_by_id: Mapped[Optional[int]] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL")
    )
    playlist: Mapped["Playlist"] = relationship(back_populates="links")
    track: Mapped["Track"] = relationship(back_populates="links")
    added_by: Mapped[Optional["Person"]] = relationship()


class Playlist(Base):
    __tablename__ = "playlists"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    links: Mapped[list[PlaylistTrack]] = relationship(
        back_populates="playlist", order_by=PlaylistTrack.position, passive_deletes=True
    )
    tracks: Mapped[list["Track"]] = relationship(
        secondary="playlist_track", viewonly=True, order_by=PlaylistTrack.position
    )


class Track(Base):
    __tablename__ = "tracks"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    links: Mapped[list[PlaylistTrack]] = relationship(
        back_populates="track", order_by=PlaylistTrack.playlist_id, passive_deletes=True
    )
    playlists: Mapped[list[Playlist]] = relationship(
        secondary="playlist_track", viewonly=True, order_by=Playlist.id
    )


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


def fill(session):
    ada = Person(name="Ada")
    morning, night = Playlist(name="morning"), Playlist(name="night")
    ash, bell, cove = (Track(title=title) for title in ["Ash", "Bell", "Cove"])
    session.add(ada)
    session.add_all([morning, night])
    session.add_all([ash, bell, cove])
    session.flush()
    session.add_all(
        [
            PlaylistTrack(playlist=morning, track=bell, position=1),
            PlaylistTrack(playlist=morning, track=ash, position=2, weight=30, added_by=ada),
            PlaylistTrack(playlist=night, track=ash, position=1, remark="softly"),
        ]
    )


def answers(session):
    playlists = session.scalars(select(Playlist)).all()
    tracks = session.scalars(select(Track)).all()
    names = {p.id: p.name for p in session.scalars(select(Person))}
    heavy = select(Playlist.name).where(Playlist.links.any(PlaylistTrack.weight > 10))
    return {
        "tracks": {p.name: [t.title for t in p.tracks] for p in playlists},
        "playlists": {t.title: [p.name for p in t.playlists] for t in tracks},
        "links": {
            p.name: [
                [l.track.title, l.position, l.weight, l.remark, names.get(l.added_by_id)]
                for l in p.links
            ]
            for p in playlists
        },
        "heavy": session.scalars(heavy.order_by(Playlist.id)).all(),
    }
