"""Builds MetaData of the schema that `foundation spec COUNT` prints, renders its DDL, and prints the seconds of both."""

import sys
import time

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Integer, MetaData, String, Table, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

count = int(sys.argv[1])
begun = time.perf_counter()
metadata = MetaData()
for n in range(count):
    Table(
        f"item{n}s",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String, nullable=False),
        Column("quantity", Integer, nullable=False),
        Column("active", Boolean, nullable=False),
        Column("serial", BigInteger, nullable=False),
        Column("price", Float, nullable=False),
        Column("notes", Text, nullable=False),
        Column("nickname", String),
        Column("rank", Integer),
        Column(
            "owner_id",
            ForeignKey(f"item{(n + count - 1) % count}s.id"),
            nullable=n % 4 == 0,
            index=True,
        ),
    )
for n in range(count // 2):
    Table(
        f"pair_{n}",
        metadata,
        *(Column(f"item{m}_id", ForeignKey(f"item{m}s.id"), primary_key=True) for m in (2 * n, 2 * n + 1)),
    )
dialect = sqlite.dialect()
statements = []
for table in metadata.tables.values():
    statements.append(str(CreateTable(table).compile(dialect=dialect)))
    statements += (str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
seconds = time.perf_counter() - begun
assert len(statements) == count * 2 + count // 2
print(seconds)
