"""Rows that point to themselves: `post_update` writes the key when the row is there."""

from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Page(Base):
    __tablename__ = "pages"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    original_id: Mapped[Optional[int]] = mapped_column(ForeignKey("pages.id"))
    original: Mapped[Optional["Page"]] = relationship(
        remote_side=[id], back_populates="copies", post_update=True
    )
    copies: Mapped[list["Page"]] = relationship(
        back_populates="original", order_by="Page.id", post_update=True
    )


def fill(session):
    first = Page(title="first")
    first.original = first
    session.add(first)
    session.flush()
    session.add(Page(title="copy", original=first))
    session.flush()
    session.add(Page(title="draft"))


def answers(session):
    pages = session.scalars(select(Page).order_by(Page.id)).all()
    return {
        "originals": {p.title: p.original and p.original.title for p in pages},
        "copies": {p.title: [c.title for c in p.copies] for p in pages},
    }
