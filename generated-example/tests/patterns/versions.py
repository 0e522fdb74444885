"""Versions: `version_id_col` begins with 1 and counts every UPDATE that finds what it read."""

from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Page(Base):
    __tablename__ = "pages"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int] = mapped_column()
    paragraphs: Mapped[list["Paragraph"]] = relationship(
        back_populates="page", order_by="Paragraph.id"
    )
    __mapper_args__ = {"version_id_col": revision}


class Paragraph(Base):
    __tablename__ = "paragraphs"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int] = mapped_column()
    page_id: Mapped[Optional[int]] = mapped_column(ForeignKey("pages.id"))
    page: Mapped[Optional[Page]] = relationship(back_populates="paragraphs")
    __mapper_args__ = {"version_id_col": revision}


def fill(session):
    page = Page(title="one", paragraphs=[Paragraph(text="a"), Paragraph(text="b")])
    session.add_all([page, Page(title="two")])
    session.flush()
    page.title = "first"


def answers(session):
    pages = session.scalars(select(Page)).all()
    return {
        "revisions": {p.title: p.revision for p in pages},
        "paragraphs": {
            p.title: [[paragraph.text, paragraph.revision] for paragraph in p.paragraphs]
            for p in pages
        },
    }
