"""A reference to a key that changes: the database hands it on, so `passive_updates` stays true."""

from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    posts: Mapped[list["Post"]] = relationship(
        back_populates="user", order_by="Post.id", passive_updates=True
    )


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    username: Mapped[Optional[str]] = mapped_column(
        ForeignKey("users.username", onupdate="CASCADE")
    )
    user: Mapped[Optional[User]] = relationship(back_populates="posts")


def fill(session):
    session.add(User(username="jack", posts=[Post(title="a"), Post(title="b")]))
    session.add(User(username="jill"))
    session.flush()
    session.add(Post(title="c"))


def answers(session):
    users = session.scalars(select(User)).all()
    posts = session.scalars(select(Post)).all()
    return {
        "posts": {u.username: [p.title for p in u.posts] for u in users},
        "users": {p.title: [p.username, p.user and p.user.id] for p in posts},
    }
