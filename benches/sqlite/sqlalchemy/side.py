"""The jobs with SQLAlchemy's ORM: a side in Python, which speaks what benches/side/src/lib.rs says."""

import ctypes
import gc
import sqlite3
import sys
import time

import sqlalchemy
from school import School, Sum, key
from sqlalchemy import Column, ForeignKey, Table, create_engine, event, insert, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload


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
    name: Mapped[str]
    courses: Mapped[list["Course"]] = relationship(secondary=student_course, back_populates="students")


class Course(Base):
    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    students: Mapped[list[Student]] = relationship(secondary=student_course, back_populates="courses")


@event.listens_for(sqlalchemy.Engine, "connect")
def switch_foreign_keys_on(connection, _record):
    connection.execute("PRAGMA foreign_keys = ON")


def empty():
    """A database in memory, with the tables that relata creates."""
    engine = create_engine("sqlite://")
    with open(SCHEMA) as file, engine.connect() as connection:
        connection.connection.executescript(file.read())
    return engine


class Job:
    """What a job does: `prepare`, not timed; `run`, of what that gave; `sum`, of what came of it."""

    def __init__(self, held):
        self.held = held

    def sum(self, _prepared, made):
        return made


class Insert(Job):
    """Everything by bulk inserts, as SQLAlchemy's guide has them for many rows."""

    def prepare(self):
        return empty()

    def run(self, engine):
        school = self.held.school
        with Session(engine) as session:
            names = [{"name": name} for name in school.students]
            returning = insert(Student).returning(Student.id, sort_by_parameter_order=True)
            students = session.scalars(returning, names).all()
            titles = [{"title": title} for title in school.courses]
            returning = insert(Course).returning(Course.id, sort_by_parameter_order=True)
            courses = session.scalars(returning, titles).all()
            links = [
                {"student_id": student, "course_id": courses[course]}
                for student, taken in zip(students, school.taken)
                for course in taken
            ]
            session.execute(insert(student_course), links)
            session.commit()
        return students, courses

    def sum(self, engine, made):
        with engine.connect() as connection:
            links = connection.scalar(text(LINKS))
        if links != len(self.held.school.taken) * 5:
            raise SystemExit(f"{links} links are there")
        students, courses = made
        sum = Sum()
        for each in students + courses:
            sum.number(each)
        return sum.value


class Unit(Insert):
    """Everything by the session's own unit of work: objects that refer to each other."""

    def run(self, engine):
        school = self.held.school
        with Session(engine, expire_on_commit=False) as session:
            # Added first, so that keys come in the order of the courses.
            courses = [Course(title=title) for title in school.courses]
            session.add_all(courses)
            students = [
                Student(name=name, courses=[courses[course] for course in taken])
                for name, taken in zip(school.students, school.taken)
            ]
            session.add_all(students)
            session.commit()
            return [student.id for student in students], [course.id for course in courses]


class Courses(Job):
    """The courses of some students, which are loaded when they are asked for."""

    def prepare(self):
        session = Session(self.held.filled())
        students = []
        for place in self.held.school.some():
            students.append(session.get_one(Student, key(place)))
        return session, students

    def run(self, prepared):
        _session, students = prepared
        return [student.courses for student in students]

    def sum(self, prepared, made):
        sum = Sum()
        for courses in made:
            sum.by_key([(course.id, course.title) for course in courses])
        prepared[0].close()
        return sum.value


class Eager(Job):
    """Every student with the courses taken."""

    def prepare(self):
        return Session(self.held.filled())

    def run(self, session):
        return session.scalars(select(Student).options(selectinload(Student.courses))).all()

    def sum(self, session, made):
        sum = Sum()
        for student in made:
            sum.row(student.id, student.name)
            sum.by_key([(course.id, course.title) for course in student.courses])
        session.close()
        return sum.value


class Find(Job):
    """Students by key, of whom the session knows none, as that of a request."""

    def prepare(self):
        self.held.filled()
        return self.held.school.lookups()

    def run(self, keys):
        engine = self.held.filled()
        sum = 0
        with Session(engine) as session:
            for each in keys:
                student = session.get_one(Student, each)
                sum += student.id + len(student.name)
                session.expunge(student)
        return sum


class First(Job):
    """Students by name."""

    def prepare(self):
        self.held.filled()
        return self.held.school.names()

    def run(self, names):
        sum = 0
        with Session(self.held.filled()) as session:
            for name in names:
                student = session.scalars(select(Student).where(Student.name == name).limit(1)).first()
                sum += student.id + len(student.name)
        return sum


class Change(Job):
    """A link after the other, added and removed again through the collection, each by a commit."""

    def prepare(self):
        session = Session(self.held.filled(), expire_on_commit=False)
        get = session.get_one
        places = self.held.school.changes()
        return session, [(get(Student, key(place)), get(Course, key(other))) for place, other in places]

    def run(self, prepared):
        session, pairs = prepared
        changed = 0
        for student, course in pairs:
            student.courses.append(course)
            session.commit()
            student.courses.remove(course)
            session.commit()
            changed += 2
        return changed

    def sum(self, prepared, made):
        prepared[0].close()
        return made


LINKS = (
    "SELECT count(*) FROM students JOIN student_course ON student_id = students.id "
    "JOIN courses ON course_id = courses.id"
)
SCHEMA = __file__.rsplit("/", 4)[0] + "/tests/golden/school/schema.sql"


class Held:
    """What the jobs work on."""

    def __init__(self, school):
        self.school = school
        self.database = None

    def filled(self):
        """A database with the school in it, made when it is asked for."""
        if self.database is None:
            job = Insert(self)
            self.database = job.prepare()
            job.run(self.database)
            with self.database.connect() as connection:
                connection.execute(text("CREATE INDEX ix_students_name ON students (name)"))
                connection.commit()
        return self.database


def timed(job, prepared):
    """The one part of a job that is timed."""
    return job.run(prepared)


def memory(key):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(key))


class Side:
    def __init__(self, school):
        held = Held(school)
        self.trim = False
        self.jobs = {
            "insert": Insert(held),
            "unit": Unit(held),
            "courses": Courses(held),
            "eager": Eager(held),
            "find": Find(held),
            "first": First(held),
            "change": Change(held),
        }

    def answer(self, name):
        if name == "about":
            python = ".".join(map(str, sys.version_info[:3]))
            return f"about SQLAlchemy {sqlalchemy.__version__}, Python {python}, SQLite {sqlite3.sqlite_version}"
        if name == "trim":
            self.trim = True
            return name
        if name not in self.jobs:
            return f"{name} -"
        job = self.jobs[name]
        prepared = job.prepare()
        # What earlier jobs have left is not this one's to clear away.
        gc.collect()
        if self.trim:
            self.trim = False
            ctypes.CDLL(None).malloc_trim(0)
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
        before = memory("VmRSS:")
        start, processor = time.perf_counter(), time.process_time()
        made = timed(job, prepared)
        processor = time.process_time() - processor
        seconds = time.perf_counter() - start
        peak = memory("VmHWM:")
        sum = job.sum(prepared, made)
        return f"{name} {seconds:.9f} {processor:.9f} {sum:016x} {before} {peak}"


def main(arguments):
    students, courses, names = 100_000, 1_000, []
    arguments = iter(arguments)
    for argument in arguments:
        if argument == "--students":
            students = int(next(arguments))
        elif argument == "--courses":
            courses = int(next(arguments))
        else:
            names.append(argument)
    side = Side(School(students, courses))
    for name in names or map(str.strip, sys.stdin):
        print(side.answer(name), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
