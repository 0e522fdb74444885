"""Self-referential many to many: `primaryjoin` and `secondaryjoin` say which end is which."""

from sqlalchemy import Column, ForeignKey, Table, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


follow = Table(
    "follow",
    Base.metadata,
    Column("follower_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("followed_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
)


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    following: Mapped[list["Account"]] = relationship(
        secondary=follow,
        primaryjoin=id == follow.c.follower_id,
        secondaryjoin=id == follow.c.followed_id,
        back_populates="followers",
        order_by=id,
    )
    followers: Mapped[list["Account"]] = relationship(
        secondary=follow,
        primaryjoin=id == follow.c.followed_id,
        secondaryjoin=id == follow.c.follower_id,
        back_populates="following",
        order_by=id,
    )


def fill(session):
    ada, bo, cy = (Account(name=name) for name in ["Ada", "Bo", "Cy"])
    session.add_all([ada, bo, cy])
    session.flush()
    ada.following = [bo, cy]
    bo.followers.append(cy)
    cy.following.append(cy)


def answers(session):
    accounts = session.scalars(select(Account)).all()
    of_bo = select(Account.name).where(Account.following.any(name="Bo"))
    return {
        "following": {a.name: [f.name for f in a.following] for a in accounts},
        "followers": {a.name: [f.name for f in a.followers] for a in accounts},
        "who follows Bo": session.scalars(of_bo.order_by(Account.id)).all(),
    }
