"""A symmetric many to many: one row for each pair, read through the union of the table and its mirror image."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, insert, select, union_all
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    friends: Mapped[list["Person"]] = relationship(
        secondary=lambda: both_ways,
        primaryjoin=lambda: Person.id == both_ways.c.local_id,
        secondaryjoin=lambda: Person.id == both_ways.c.remote_id,
        order_by=name,
        # A union takes no INSERT.
        viewonly=True,
    )


friendship = Table(
    "friendship",
    Base.metadata,
    Column("one_id", ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True),
    Column("other_id", ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True),
    CheckConstraint("one_id < other_id"),
)
both_ways = union_all(
    select(friendship.c.one_id.label("local_id"), friendship.c.other_id.label("remote_id")),
    select(friendship.c.other_id, friendship.c.one_id),
).alias()


def befriend(session, one, other):
    one, other = sorted([one.id, other.id])
    session.execute(insert(friendship).values(one_id=one, other_id=other))


def fill(session):
    dee, ada, bo, cy = (Person(name=name) for name in ["Dee", "Ada", "Bo", "Cy"])
    session.add_all([dee, ada, bo, cy])
    session.flush()
    befriend(session, ada, bo)
    befriend(session, cy, ada)
    befriend(session, dee, cy)


def answers(session):
    people = session.scalars(select(Person).order_by(Person.id)).all()
    pairs = session.execute(select(friendship).order_by(*friendship.c)).all()
    of_ada = select(Person.name).where(Person.friends.any(Person.name == "Ada"))
    return {
        "friends": {p.name: [f.name for f in p.friends] for p in people},
        "friends of Ada": session.scalars(of_ada.order_by(Person.name)).all(),
        "pairs": [list(pair) for pair in pairs],
    }
