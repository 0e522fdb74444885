"""The adjacency list over a key of two columns; `remote_side` holds the column that both keys have."""

from typing import Optional

from sqlalchemy import ForeignKeyConstraint, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Folder(Base):
    __tablename__ = "folders"
    __table_args__ = (
        ForeignKeyConstraint(["account", "parent"], ["folders.account", "folders.number"]),
    )
    account: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    parent: Mapped[Optional[int]]
    name: Mapped[str]
    above: Mapped[Optional["Folder"]] = relationship(
        remote_side=[account, number], back_populates="below"
    )
    below: Mapped[list["Folder"]] = relationship(
        back_populates="above", order_by="Folder.number"
    )


def fill(session):
    for account, number, parent, name in [
        ("ada", 1, None, "home"),
        ("ada", 2, 1, "music"),
        ("ada", 3, 1, "notes"),
        ("bo", 1, None, "desk"),
        ("bo", 2, 1, "mail"),
    ]:
        folder = Folder(account=account, number=number, name=name)
        # Without a row above, the relationship must not be told so: it would clear `account` too.
        if parent:
            folder.above = session.get(Folder, (account, parent))
        session.add(folder)
        session.flush()


def answers(session):
    folders = session.scalars(select(Folder).order_by(Folder.account, Folder.number)).all()
    below_home = select(Folder.name).where(Folder.above.has(name="home"))
    return {
        "above": {f.name: f.above and f.above.name for f in folders},
        "below": {f.name: [b.name for b in f.below] for f in folders},
        "accounts": {f.name: f.account for f in folders},
        "below home": session.scalars(below_home.order_by(Folder.number)).all(),
    }
