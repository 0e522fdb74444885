//! MySQL and MariaDB.

use super::Case;

pub(super) const DDL: &str = r"
CREATE TABLE `authors` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `name` VARCHAR(80) COLLATE utf8mb4_bin NOT NULL COMMENT 'As it''s printed.',
    `boss_id` INT,
    CONSTRAINT `pk_authors` PRIMARY KEY (`id`),
    CONSTRAINT `fk_authors_boss_id` FOREIGN KEY (`boss_id`) REFERENCES `authors` (`id`) ON DELETE SET NULL,
    INDEX `ix_authors_boss_id` (`boss_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='Who writes.';
CREATE TABLE `books` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `title` VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    `genre` ENUM('N', 'it''s') NOT NULL,
    `status` VARCHAR(255) COLLATE utf8mb4_bin NOT NULL DEFAULT 'open',
    `pages` SMALLINT NOT NULL,
    `price` DECIMAL(10,2) NOT NULL,
    `twice` INT GENERATED ALWAYS AS (pages * 2) STORED,
    `added` DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6)),
    `cover` VARBINARY(100),
    `extra` JSON NOT NULL DEFAULT ('{}'),
    `author_id` INT NOT NULL,
    CONSTRAINT `pk_books` PRIMARY KEY (`id`),
    CONSTRAINT `uq_books_author_id_title` UNIQUE (`author_id`, `title`),
    CONSTRAINT `fk_books_author_id` FOREIGN KEY (`author_id`) REFERENCES `authors` (`id`) ON DELETE CASCADE,
    CONSTRAINT `ck_books_status_enum` CHECK (`status` IN ('open', 'lent')),
    CONSTRAINT `ck_books_pages` CHECK (pages > 0),
    INDEX `ix_books_title` (`title`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
";

pub(super) const CASES: &[Case] = &[
    (
        "`name` VARCHAR(80) COLLATE utf8mb4_bin NOT NULL",
        "`name` VARCHAR(80) COLLATE utf8mb4_general_ci",
        &[
            "table `authors`, column `name`: the type is varchar(80) collate utf8mb4_general_ci, by the model it is varchar(80) \
         collate utf8mb4_bin",
            "table `authors`, column `name`: NULL is allowed, by the model it is not allowed",
        ],
    ),
    (
        "'As it''s printed.'",
        "'As printed.'",
        &[
            r#"table `authors`, column `name`: the comment is Some("As printed."), by the model it is Some("As it's printed.")"#,
        ],
    ),
    (
        " COMMENT='Who writes.'",
        "",
        &[r#"table `authors`: the comment is None, by the model it is Some("Who writes.")"#],
    ),
    (
        "ENUM('N', 'it''s')",
        "ENUM('it''s', 'N')",
        &[
            "table `books`, column `genre`: the type is enum('it''s','N') collate utf8mb4_bin, by the model it is enum('N','it''s') \
         collate utf8mb4_bin",
        ],
    ),
    // InnoDB makes one of its own then, called as the foreign key.
    (
        ",\n    INDEX `ix_authors_boss_id` (`boss_id`)",
        "",
        &[
            "table `authors`, index `fk_authors_boss_id`: unknown to the model",
            "table `authors`, index `ix_authors_boss_id`: missing in the database",
        ],
    ),
    (
        "INDEX `ix_books_title` (`title`)",
        "UNIQUE INDEX `ix_books_title` (`title`(10))",
        &[
            "table `books`, index `ix_books_title`: missing in the database",
            "table `books`, unique key `ix_books_title`: unknown to the model",
        ],
    ),
    (
        "ON DELETE CASCADE",
        "ON DELETE RESTRICT ON UPDATE CASCADE",
        &[
            "table `books`, foreign key `fk_books_author_id`: ON DELETE is RESTRICT, by the model it is CASCADE",
            "table `books`, foreign key `fk_books_author_id`: ON UPDATE is CASCADE, by the model it is RESTRICT",
        ],
    ),
    // The same to InnoDB.
    (
        "REFERENCES `authors` (`id`) ON DELETE CASCADE",
        "REFERENCES `authors` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION",
        &[],
    ),
    (
        "UNIQUE (`author_id`, `title`)",
        "UNIQUE (`author_id`, `title`(10))",
        &[
            "table `books`, unique key `uq_books_author_id_title`: the list of columns is (author_id, title to 10), by the model \
         it is (author_id, title)",
        ],
    ),
    (
        "CONSTRAINT `ck_books_pages` CHECK",
        "CONSTRAINT `ck_pages` CHECK",
        &[
            "table `books`, check `ck_books_pages`: missing in the database",
            "table `books`, check `ck_pages`: unknown to the model",
        ],
    ),
    (
        "`price` DECIMAL(10,2) NOT NULL",
        "`price` DECIMAL(10,3) NOT NULL DEFAULT 0",
        &[
            "table `books`, column `price`: the type is decimal(10,3), by the model it is decimal(10,2)",
            "table `books`, column `price`: the default is given, by the model it is not given",
        ],
    ),
    (
        "`extra` JSON NOT NULL",
        "`extra` LONGTEXT NOT NULL",
        &[
            "table `books`, column `extra`: the type is longtext collate utf8mb4_bin, by the model it is json",
        ],
    ),
    (
        "DEFAULT (utc_timestamp(6))",
        "DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6)",
        &["table `books`, column `added`: its value is renewed, by the model it is written"],
    ),
    (
        "(pages * 2) STORED",
        "(pages * 2) VIRTUAL",
        &["table `books`, column `twice`: its value is virtual, by the model it is stored"],
    ),
    (
        "`id` BIGINT NOT NULL AUTO_INCREMENT",
        "`id` BIGINT UNSIGNED NOT NULL",
        &[
            "table `books`, column `id`: the type is bigint unsigned, by the model it is bigint",
            "table `books`, column `id`: its value is written, by the model it is counted",
        ],
    ),
    (
        "COLLATE utf8mb4_bin;",
        "COLLATE utf8mb4_unicode_ci;",
        &[
            "table `books`: the kind is `InnoDB, utf8mb4_unicode_ci`, by the model it is `InnoDB, utf8mb4_bin`",
            "table `books`, column `genre`: the type is enum('N','it''s') collate utf8mb4_unicode_ci, by the model it is \
         enum('N','it''s') collate utf8mb4_bin",
        ],
    ),
];
