"""Cascades of the database: `ondelete` on the key, `passive_deletes` on the relationship."""

from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    projects: Mapped[list["Project"]] = relationship(
        back_populates="lead", order_by="Project.id", passive_deletes="all"
    )
    tasks: Mapped[list["Task"]] = relationship(
        back_populates="assignee", order_by="Task.id", passive_deletes=True
    )


class Project(Base):
    __tablename__ = "projects"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    lead: Mapped[Person] = relationship(back_populates="projects")
    tasks: Mapped[list["Task"]] = relationship(
        back_populates="project",
        order_by="Task.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Task(Base):
    __tablename__ = "tasks"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    assignee_id: Mapped[Optional[int]] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL")
    )
    project: Mapped[Project] = relationship(back_populates="tasks")
    assignee: Mapped[Optional[Person]] = relationship(back_populates="tasks")
    comments: Mapped[list["Comment"]] = relationship(
        back_populates="task",
        order_by="Comment.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Comment(Base):
    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    task: Mapped[Task] = relationship(back_populates="comments")


def fill(session):
    ada, bo, cy = (Person(name=name) for name in ["Ada", "Bo", "Cy"])
    session.add_all([ada, bo, cy])
    bridge = Project(name="bridge", lead=ada)
    tunnel = Project(name="tunnel", lead=bo)
    session.add_all([bridge, tunnel])
    session.flush()
    for title, project, assignee, comments in [
        ("plan", bridge, ada, ["soon", "done"]),
        ("build", bridge, cy, ["big"]),
        ("dig", tunnel, cy, ["deep"]),
        ("line", tunnel, bo, []),
    ]:
        task = Task(title=title, project=project, assignee=assignee)
        task.comments = [Comment(text=text) for text in comments]
        session.add(task)
        session.flush()


def answers(session):
    people = session.scalars(select(Person)).all()
    projects = session.scalars(select(Project)).all()
    tasks = session.scalars(select(Task)).all()
    comments = session.scalars(select(Comment).order_by(Comment.id)).all()
    return {
        "projects": {p.name: [project.name for project in p.projects] for p in people},
        "tasks": {p.name: [t.title for t in p.tasks] for p in projects},
        "assignees": {t.title: t.assignee and t.assignee.name for t in tasks},
        "comments": {t.title: [c.text for c in t.comments] for t in tasks},
        "every comment": [c.text for c in comments],
    }
