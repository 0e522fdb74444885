"""Many to many over a secondary table."""

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
    courses: Mapped[list["Course"]] = relationship(
        secondary=student_course, back_populates="students", order_by="Course.id"
    )


class Course(Base):
    __tablename__ = "courses"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    students: Mapped[list[Student]] = relationship(
        secondary=student_course, back_populates="courses", order_by=Student.id
    )


def fill(session):
    alice, bob, cleo = (Student(name=name) for name in ["Alice", "Bob", "Cleo"])
    session.add_all([alice, bob, cleo])
    session.flush()
    for title, students in {
        "Math": [alice, bob],
        "Science": [alice],
        "Art": [],
        "Music": [cleo],
    }.items():
        session.add(Course(title=title, students=students))
        session.flush()


def answers(session):
    students = session.scalars(select(Student)).all()
    courses = session.scalars(select(Course)).all()
    mathematicians = select(Student.name).where(Student.courses.any(title="Math"))
    return {
        "courses": {s.name: [c.title for c in s.courses] for s in students},
        "students": {c.title: [s.name for s in c.students] for c in courses},
        "in Math": session.scalars(mathematicians.order_by(Student.id)).all(),
    }
