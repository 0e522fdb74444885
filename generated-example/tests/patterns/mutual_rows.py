"""Rows that depend on each other: `post_update` writes the one key after both rows."""

from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Entry(Base):
    __tablename__ = "entries"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    widget_id: Mapped[int] = mapped_column(ForeignKey("widgets.id", ondelete="CASCADE"))
    widget: Mapped["Widget"] = relationship(
        foreign_keys=[widget_id], back_populates="entries"
    )


class Widget(Base):
    __tablename__ = "widgets"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    favorite_entry_id: Mapped[Optional[int]] = mapped_column(
        ForeignKey("entries.id", ondelete="SET NULL", name="favorite", use_alter=True)
    )
    entries: Mapped[list[Entry]] = relationship(
        foreign_keys=[Entry.widget_id],
        back_populates="widget",
        order_by=Entry.id,
        passive_deletes=True,
    )
    favorite_entry: Mapped[Optional[Entry]] = relationship(
        foreign_keys=[favorite_entry_id], post_update=True
    )


def fill(session):
    for name, entries in {"W1": ["one", "two"], "W2": ["three"]}.items():
        entries = [Entry(name=entry) for entry in entries]
        session.add(Widget(name=name, entries=entries, favorite_entry=entries[-1]))
        session.flush()


def answers(session):
    widgets = session.scalars(select(Widget)).all()
    entries = session.scalars(select(Entry)).all()
    return {
        "entries": {w.name: [e.name for e in w.entries] for w in widgets},
        "favorites": {
            w.name: w.favorite_entry and w.favorite_entry.name for w in widgets
        },
        "widgets": {e.name: e.widget.name for e in entries},
    }
