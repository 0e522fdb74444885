"""Row-limited relationships with window functions: the two best comments of each post."""

from sqlalchemy import ForeignKey, and_, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    comments: Mapped[list["Comment"]] = relationship(
        back_populates="post",
        order_by="[Comment.score.desc(), Comment.text]",
        passive_deletes=True,
    )


class Comment(Base):
    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    score: Mapped[int]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    post: Mapped[Post] = relationship(back_populates="comments")


ranked = select(
    Comment,
    func.row_number()
    .over(partition_by=Comment.post_id, order_by=[Comment.score.desc(), Comment.text])
    .label("place"),
).alias()
BestComment = aliased(Comment, ranked)
Post.best = relationship(
    BestComment,
    primaryjoin=and_(BestComment.post_id == Post.id, ranked.c.place <= 2),
    order_by=[BestComment.score.desc(), BestComment.text],
    viewonly=True,
)


def fill(session):
    for title, comments in {
        "A": [("bad", 1), ("good", 9), ("best", 10), ("fine", 9)],
        "B": [("so", 5)],
        "C": [],
    }.items():
        post = Post(title=title)
        session.add(post)
        session.flush()
        session.add_all([Comment(text=t, score=s, post=post) for t, s in comments])
        session.flush()


def answers(session):
    posts = session.scalars(select(Post)).all()
    return {
        "best": {p.title: [c.text for c in p.best] for p in posts},
        "comments": {p.title: [c.text for c in p.comments] for p in posts},
    }
