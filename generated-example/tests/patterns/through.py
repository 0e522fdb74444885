"""Composite secondary joins, and association proxies, over several relationships."""

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    books: Mapped[list["Book"]] = relationship(back_populates="author", order_by="Book.id")
    readers: Mapped[list["Reader"]] = relationship(
        secondary="join(Book, Loan, Book.id == Loan.book_id)",
        primaryjoin="Author.id == Book.author_id",
        secondaryjoin="Reader.id == Loan.reader_id",
        order_by="Reader.id",
        viewonly=True,
    )


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped[Author] = relationship(back_populates="books")
    loans: Mapped[list["Loan"]] = relationship(back_populates="book", order_by="Loan.id")


class Loan(Base):
    __tablename__ = "loans"
    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("readers.id"))
    book: Mapped[Book] = relationship(back_populates="loans")
    reader: Mapped["Reader"] = relationship(back_populates="loans")
    author: AssociationProxy[Author] = association_proxy("book", "author")


class Reader(Base):
    __tablename__ = "readers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    loans: Mapped[list[Loan]] = relationship(back_populates="reader", order_by=Loan.id)
    # A proxy has an item for each loan; this one has each book once.
    books: Mapped[list[Book]] = relationship(
        secondary="loans", order_by=Book.title, viewonly=True
    )


def fill(session):
    austen, wells = Author(name="Austen"), Author(name="Wells")
    session.add_all([austen, wells])
    session.flush()
    books = {}
    for title, author in [("Persuasion", austen), ("Emma", austen), ("Kipps", wells)]:
        books[title] = Book(title=title, author=author)
        session.add(books[title])
        session.flush()
    ada, bo, cy = (Reader(name=name) for name in ["Ada", "Bo", "Cy"])
    session.add_all([ada, bo, cy])
    session.flush()
    for title, reader in [
        ("Emma", bo),
        ("Emma", bo),
        ("Persuasion", bo),
        ("Emma", ada),
        ("Kipps", bo),
    ]:
        session.add(Loan(book=books[title], reader=reader))
        session.flush()


def answers(session):
    authors = session.scalars(select(Author)).all()
    loans = session.scalars(select(Loan).order_by(Loan.id)).all()
    readers = session.scalars(select(Reader)).all()
    of_ada = select(Author.name).where(Author.readers.any(Reader.name == "Ada"))
    of_wells = select(Reader.name).where(Reader.loans.any(Loan.author == session.get(Author, 2)))
    return {
        "readers": {a.name: [r.name for r in a.readers] for a in authors},
        "books": {r.name: [b.title for b in r.books] for r in readers},
        "authors": [loan.author.name for loan in loans],
        "whom Ada reads": session.scalars(of_ada).all(),
        "who reads Wells": session.scalars(of_wells.order_by(Reader.id)).all(),
    }
