"""The adjacency list: `remote_side` says which side of the key is the other row."""

from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Node(Base):
    __tablename__ = "nodes"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[Optional[int]] = mapped_column(
        ForeignKey("nodes.id", ondelete="CASCADE")
    )
    parent: Mapped[Optional["Node"]] = relationship(
        remote_side=[id], back_populates="children"
    )
    children: Mapped[list["Node"]] = relationship(
        back_populates="parent",
        order_by="Node.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
        # The children of the children come along.
        lazy="selectin",
        join_depth=2,
    )


def fill(session):
    nodes = {}
    for name, parent in [
        ("root", None),
        ("left", "root"),
        ("right", "root"),
        ("leaf", "left"),
        ("other", None),
    ]:
        nodes[name] = Node(name=name, parent=nodes.get(parent))
        session.add(nodes[name])
        session.flush()


def answers(session):
    nodes = session.scalars(select(Node).order_by(Node.id)).all()
    upper = aliased(Node)
    below_root = select(Node.name).join(Node.parent.of_type(upper)).where(upper.name == "root")
    above_leaf = select(Node.name).where(Node.children.any(name="leaf"))
    roots = select(Node.name).where(~Node.parent.has())
    return {
        "parents": {n.name: n.parent and n.parent.name for n in nodes},
        "children": {n.name: [c.name for c in n.children] for n in nodes},
        "grandchildren": {
            n.name: [g.name for c in n.children for g in c.children] for n in nodes
        },
        "below root": session.scalars(below_root.order_by(Node.id)).all(),
        "above leaf": session.scalars(above_leaf).all(),
        "roots": session.scalars(roots.order_by(Node.id)).all(),
    }
