"""A foreign key beside a secondary."""

from typing import Optional

from sqlalchemy import Column, ForeignKey, Table, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


student_course = Table(
    "student_course",
    Base.metadata,
    Column("student_id", ForeignKey("students.id", ondelete="CASCADE"), primary_key=True),
    Column("course_id", ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True),
)


class Student(Base):
    __tablename__ = "students"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    favorite_id: Mapped[Optional[int]] = mapped_column(
        ForeignKey("courses.id", ondelete="SET NULL")
    )
    courses: Mapped[list["Course"]] = relationship(
        secondary=student_course, back_populates="students", order_by="Course.id"
    )
    favorite: Mapped[Optional["Course"]] = relationship(back_populates="fans")


class Course(Base):
    __tablename__ = "courses"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    students: Mapped[list[Student]] = relationship(
        secondary=student_course, back_populates="courses", order_by=Student.id
    )
    fans: Mapped[list[Student]] = relationship(
        back_populates="favorite", order_by=Student.id, passive_deletes=True
    )


def fill(session):
    math, art, music = (Course(title=title) for title in ["Math", "Art", "Music"])
    session.add_all([math, art, music])
    session.flush()
    for name, courses, favorite in [
        ("Alice", [math, art], art),
        ("Bob", [math], music),
        ("Cleo", [], None),
    ]:
        session.add(Student(name=name, courses=courses, favorite=favorite))
        session.flush()


def answers(session):
    students = session.scalars(select(Student)).all()
    courses = session.scalars(select(Course)).all()
    return {
        "courses": {s.name: [c.title for c in s.courses] for s in students},
        "favorites": {s.name: s.favorite and s.favorite.title for s in students},
        "students": {c.title: [s.name for s in c.students] for c in courses},
        "fans": {c.title: [s.name for s in c.fans] for c in courses},
    }
