"""Values of every type: SQLAlchemy's own types where both store the same, a decorator where not."""

import datetime
import uuid
from decimal import Decimal
from typing import Any, Optional

from sqlalchemy import (
    JSON,
    BigInteger,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    TypeDecorator,
    select,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


# docs/sqlalchemy.md shows what stands between this line and the next one of its kind.
class Units(TypeDecorator):
    """relata's `decimal(p,s)`: a whole number of units of the last digit."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, scale):
        super().__init__()
        self.scale = scale

    def process_bind_param(self, value, dialect):
        return None if value is None else int(value.scaleb(self.scale).to_integral_value())

    def process_result_value(self, value, dialect):
        return None if value is None else Decimal(value).scaleb(-self.scale)


class UuidBytes(TypeDecorator):
    """relata's `uuid`: its sixteen bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else value.bytes

    def process_result_value(self, value, dialect):
        return None if value is None else uuid.UUID(bytes=value)


class Instant(TypeDecorator):
    """relata's `timestamp`: an instant in UTC, with a Z at its end."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return value.isoformat(" ", "microseconds") + "Z"

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        value = datetime.datetime.fromisoformat(value.rstrip("Z"))
        return value.replace(tzinfo=datetime.timezone.utc)
# docs/sqlalchemy.md shows what stands between this line and the one before of its kind.


class Base(DeclarativeBase):
    pass


class Event(Base):
    __tablename__ = "events"
    id: Mapped[uuid.UUID] = mapped_column(UuidBytes, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    about: Mapped[Optional[str]] = mapped_column(Text)
    open: Mapped[bool]
    seats: Mapped[int] = mapped_column(SmallInteger)
    visits: Mapped[int] = mapped_column(BigInteger)
    rating: Mapped[Optional[float]] = mapped_column(Double)
    day: Mapped[datetime.date]
    doors: Mapped[datetime.time]
    entered: Mapped[datetime.datetime]
    happens: Mapped[datetime.datetime] = mapped_column(Instant)
    badge: Mapped[bytes]
    settings: Mapped[Any] = mapped_column(JSON)
    tickets: Mapped[list["Ticket"]] = relationship(
        back_populates="event", order_by="Ticket.id"
    )


class Ticket(Base):
    __tablename__ = "tickets"
    # SQLite counts a key that is declared INTEGER, and no BIGINT.
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    price: Mapped[Decimal] = mapped_column(Units(2))
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id"))
    event: Mapped[Event] = relationship(back_populates="tickets")


def fill(session):
    ball = Event(
        id=uuid.UUID(int=1),
        name="ball",
        about="a dance",
        open=True,
        seats=300,
        visits=5_000_000_000,
        rating=4.5,
        day=datetime.date(2026, 12, 31),
        doors=datetime.time(20, 30),
        entered=datetime.datetime(2026, 11, 23, 8, 15, 0, 250),
        happens=datetime.datetime(2026, 12, 31, 21, tzinfo=datetime.timezone.utc),
        badge=b"\x00\xff",
        settings={"dress": ["black", "white"], "age": 18},
    )
    fair = Event(
        id=uuid.UUID(int=2),
        name="fair",
        open=False,
        seats=-1,
        visits=0,
        day=datetime.date(1999, 1, 1),
        doors=datetime.time(0, 0, 0, 1),
        entered=datetime.datetime(1998, 12, 31, 23, 59, 59),
        happens=datetime.datetime(1999, 1, 1, tzinfo=datetime.timezone.utc),
        badge=b"",
        settings=18,
    )
    session.add_all([ball, fair])
    session.flush()
    for price in ["12.50", "0.05"]:
        session.add(Ticket(price=Decimal(price), event=ball))
        session.flush()


def answers(session):
    events = session.scalars(select(Event)).all()
    cheap = select(Event.name).where(Event.tickets.any(Ticket.price < Decimal("1")))
    late = select(Event.name).where(
        Event.happens > datetime.datetime(2026, 12, 31, 20, 59, tzinfo=datetime.timezone.utc)
    )
    return {
        "events": {
            e.name: {
                "id": str(e.id),
                "about": e.about,
                "open": e.open,
                "seats": e.seats,
                "visits": e.visits,
                "rating": e.rating,
                "day": str(e.day),
                "doors": e.doors.isoformat("microseconds"),
                "entered": e.entered.isoformat(" ", "microseconds"),
                "happens": e.happens.isoformat(" ", "microseconds"),
                "badge": list(e.badge),
                "settings": e.settings,
                "tickets": [str(t.price) for t in e.tickets],
            }
            for e in events
        },
        "cheap": session.scalars(cheap).all(),
        "late": session.scalars(late).all(),
    }
