"""The association object: a mapped class in the place of a secondary table."""

import datetime
from typing import Optional

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Enrollment(Base):
    __tablename__ = "enrollments"
    student_id: Mapped[int] = mapped_column(
        ForeignKey("students.id", ondelete="CASCADE"), primary_key=True
    )
    course_id: Mapped[int] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True
    )
    grade: Mapped[Optional[int]]
    since: Mapped[datetime.date]
    student: Mapped["Student"] = relationship(back_populates="enrollments")
    course: Mapped["Course"] = relationship(back_populates="enrollments")


class Student(Base):
    __tablename__ = "students"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    enrollments: Mapped[list[Enrollment]] = relationship(
        back_populates="student",
        order_by=Enrollment.course_id,
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Course(Base):
    __tablename__ = "courses"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    enrollments: Mapped[list[Enrollment]] = relationship(
        back_populates="course",
        order_by=Enrollment.student_id,
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


def fill(session):
    alice, bob = Student(name="Alice"), Student(name="Bob")
    math, art = Course(title="Math"), Course(title="Art")
    session.add_all([alice, bob, math, art])
    session.flush()
    day = datetime.date(2026, 9, 1)
    session.add_all(
        [
            Enrollment(student_id=alice.id, course_id=math.id, grade=1, since=day),
            Enrollment(student_id=alice.id, course_id=art.id, since=day),
            Enrollment(student_id=bob.id, course_id=math.id, since=day.replace(day=2)),
        ]
    )


def answers(session):
    students = session.scalars(select(Student)).all()
    courses = session.scalars(select(Course)).all()
    graded = select(Student.name).where(Student.enrollments.any(Enrollment.grade <= 2))
    return {
        "of students": {
            s.name: [[e.course.title, e.grade, str(e.since)] for e in s.enrollments]
            for s in students
        },
        "of courses": {
            c.title: [[e.student.name, e.grade] for e in c.enrollments] for c in courses
        },
        "good": session.scalars(graded.order_by(Student.id)).all(),
    }
