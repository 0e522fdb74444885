//! SQLite.

use super::Case;

pub(super) const DDL: &str = r#"
-- Who writes.
CREATE TABLE "authors" (
    "id" INTEGER NOT NULL,
    -- As it's printed.
    "name" TEXT NOT NULL,
    "boss_id" INTEGER,
    CONSTRAINT "pk_authors" PRIMARY KEY ("id"),
    CONSTRAINT "fk_authors_boss_id" FOREIGN KEY ("boss_id") REFERENCES "authors" ("id") ON DELETE SET NULL,
    CONSTRAINT "ck_authors_name_length" CHECK (length("name") <= 80)
) STRICT;
CREATE INDEX "ix_authors_boss_id" ON "authors" ("boss_id");
CREATE TABLE "books" (
    "id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "genre" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "pages" INTEGER NOT NULL,
    "price" INTEGER NOT NULL,
    "twice" INTEGER GENERATED ALWAYS AS (pages * 2) STORED,
    "added" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f000Z', 'now')),
    "cover" BLOB,
    "extra" TEXT NOT NULL DEFAULT '{}',
    "author_id" INTEGER NOT NULL,
    CONSTRAINT "pk_books" PRIMARY KEY ("id"),
    CONSTRAINT "uq_books_author_id_title" UNIQUE ("author_id", "title"),
    CONSTRAINT "fk_books_author_id" FOREIGN KEY ("author_id") REFERENCES "authors" ("id") ON DELETE CASCADE,
    CONSTRAINT "ck_books_genre_enum" CHECK ("genre" IN ('N', 'it''s')),
    CONSTRAINT "ck_books_status_enum" CHECK ("status" IN ('open', 'lent')),
    CONSTRAINT "ck_books_twice_range" CHECK ("twice" BETWEEN -2147483648 AND 2147483647),
    CONSTRAINT "ck_books_cover_length" CHECK (length("cover") <= 100),
    CONSTRAINT "ck_books_extra_json" CHECK (json_valid("extra")),
    CONSTRAINT "ck_books_pages" CHECK (pages > 0)
) STRICT;
CREATE INDEX "ix_books_title" ON "books" ("title");
CREATE INDEX "long_books" ON "books" ("pages") WHERE pages > 100;
"#;

pub(super) const CASES: &[Case] = &[
    (
        r#""name" TEXT NOT NULL"#,
        r#""name" TEXT"#,
        &["table `authors`, column `name`: NULL is allowed, by the model it is not allowed"],
    ),
    (
        "-- As it's printed.",
        "-- As printed.",
        &[
            r#"table `authors`, column `name`: the comment is Some("As printed."), by the model it is Some("As it's printed.")"#,
        ],
    ),
    (
        r#"CREATE INDEX "ix_authors_boss_id" ON "authors" ("boss_id");"#,
        "",
        &["table `authors`, index `ix_authors_boss_id`: missing in the database"],
    ),
    (
        " WHERE pages > 100",
        "",
        &["table `books`, index `long_books`: a condition is not given, by the model it is given"],
    ),
    (
        r#"INDEX "ix_books_title" ON "books" ("title")"#,
        r#"UNIQUE INDEX "ix_books_title" ON "books" ("title", "id")"#,
        &[
            "table `books`, index `ix_books_title`: the list of columns is (title, id), by the model it is (title)",
            "table `books`, index `ix_books_title`: uniqueness is asked for, by the model it is not asked for",
        ],
    ),
    (
        "ON DELETE CASCADE",
        "ON DELETE RESTRICT ON UPDATE CASCADE",
        &[
            "table `books`, foreign key `fk_books_author_id`: ON DELETE is RESTRICT, by the model it is CASCADE",
            "table `books`, foreign key `fk_books_author_id`: ON UPDATE is CASCADE, by the model it is NO ACTION",
        ],
    ),
    (
        r#"REFERENCES "authors" ("id") ON DELETE SET NULL"#,
        r#"REFERENCES "books" ("id") ON DELETE SET NULL"#,
        &[
            "table `authors`, foreign key `fk_authors_boss_id`: the target is `books` (id), by the model it is `authors` (id)",
        ],
    ),
    (
        r#"UNIQUE ("author_id", "title")"#,
        r#"UNIQUE ("title", "author_id")"#,
        &[
            "table `books`, unique key `uq_books_author_id_title`: the list of columns is (title, author_id), by the model it is \
         (author_id, title)",
        ],
    ),
    (
        r#"CONSTRAINT "ck_books_pages" CHECK (pages > 0)"#,
        r#"CONSTRAINT "ck_pages" CHECK (pages > 0)"#,
        &[
            "table `books`, check `ck_books_pages`: missing in the database",
            "table `books`, check `ck_pages`: unknown to the model",
        ],
    ),
    (
        r#""price" INTEGER NOT NULL"#,
        r#""price" REAL NOT NULL DEFAULT 0"#,
        &[
            "table `books`, column `price`: the type is REAL, by the model it is INTEGER",
            "table `books`, column `price`: the default is given, by the model it is not given",
        ],
    ),
    (
        "(pages * 2) STORED",
        "(pages * 2) VIRTUAL",
        &["table `books`, column `twice`: its value is virtual, by the model it is stored"],
    ),
    (
        r#""pk_books" PRIMARY KEY ("id")"#,
        r#""key" PRIMARY KEY ("title")"#,
        &[
            r#"table `books`: the primary key's name is Some("key"), by the model it is Some("pk_books")"#,
            "table `books`: the primary key is (title), by the model it is (id)",
            "table `books`, column `id`: its value is written, by the model it is counted",
        ],
    ),
    (
        ") STRICT;\nCREATE INDEX \"ix_books_title\"",
        ");\nCREATE TABLE other (x);\nCREATE INDEX \"ix_books_title\"",
        &[
            "table `books`: the kind is ``, by the model it is `STRICT`",
            "table `other`: unknown to the model",
        ],
    ),
    (
        r#"    "cover" BLOB,
    "extra" TEXT NOT NULL DEFAULT '{}',
"#,
        r#"    "extra" TEXT NOT NULL DEFAULT '{}',
    "cover" BLOB,
"#,
        &[
            "table `books`: the order of columns is id, title, genre, status, pages, price, twice, added, extra, cover, author_id, \
         by the model it is id, title, genre, status, pages, price, twice, added, cover, extra, author_id",
        ],
    ),
];
