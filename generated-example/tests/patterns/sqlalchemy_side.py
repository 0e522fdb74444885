"""SQLAlchemy's side of a pattern: `sqlalchemy_side.py PATTERN FILE STEP...`, the steps being `create`, `fill` and `answers`.

A pattern is the module of its name beside this one: a declarative mapping written by hand whose tables hang at
`Base`, `fill(session)`, and `answers(session)`, which is printed as JSON.
"""

import importlib
import json
import sys
import warnings

from sqlalchemy import create_engine, event
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import Session


def main(name, path, *steps):
    # A mapping that SQLAlchemy warns of is no example to anybody.
    warnings.simplefilter("error", SAWarning)
    pattern = importlib.import_module(name)
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def foreign_keys_on(connection, _):
        connection.execute("PRAGMA foreign_keys = ON")

    for step in steps:
        with Session(engine) as session, session.begin():
            if step == "create":
                pattern.Base.metadata.create_all(session.connection())
            elif step == "fill":
                pattern.fill(session)
            elif step == "answers":
                print(json.dumps(pattern.answers(session)))
            else:
                sys.exit(f"no such step: {step}")
    engine.dispose()


main(*sys.argv[1:])
