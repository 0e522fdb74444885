//! Keys of several columns, shared ones, versions, and what goes through others.

use crate::builder::tests::catalogue::statements::databases::Value;
use crate::builder::tests::catalogue::statements::scene::{NO, Scene, keys, values};

/// Keys of several columns.
fn pairs(keys: &[(&str, i64)]) -> Value {
    let keys = keys.iter().map(|(text, number)| values![*text, *number]);
    Value::Keys(keys.collect())
}

pub(super) fn composite_keys(s: &mut Scene<'_>) {
    s.given(
        "INSERT INTO shops (country, number, name) VALUES ('it', 1, 'a'), ('it', 2, 'b'), ('fr', 1, 'c');
         INSERT INTO shelves VALUES ('it', 1, 1, 'x'), ('it', 1, 2, 'y'), ('fr', 1, 1, 'z');
         INSERT INTO cartons (id) VALUES (1), (2), (3)",
    );
    let product = s.rows("Product");
    for code in ["a'\"", "b"] {
        s.ordered("insert", &product.insert, &values!["m", code, "p"]);
    }
    let shelves = s.many("Shop.shelves");
    s.unordered(
        "load",
        &shelves.read.load,
        &[pairs(&[("fr", 1), ("it", 2), ("it", 1)])],
    );
    s.ordered(
        "limited",
        &shelves.load_limited,
        &[pairs(&[("fr", 1), ("it", 1)]), 1.into()],
    );
    let shelf = |row: i64| values!["it", 1, row];
    let listed = |keys: &[i64]| [shelf(1), vec![self::keys(keys)]].concat();
    let boxes = s.many("Shelf.boxes");
    s.set("set", &boxes, &listed(&[1, 2]));
    s.set("set what is gone", &boxes, &listed(&[3, 99]));
    s.set("set", &boxes, &listed(&[2, 3]));
    s.ordered("all", &boxes.all, &shelf(1));
    s.add_all("add_all", &boxes, &listed(&[1, 2]));
    s.add("add", &boxes, &[shelf(2), values![1]].concat());
    s.unordered("boxes", "SELECT id, country, shop, row FROM cartons", &[]);
    let products = s.many("Shop.products");
    let product = |codes: &[&str]| {
        let keys = codes.iter().map(|code| values!["m", *code]);
        [values!["it", 1], vec![Value::Keys(keys.collect())]].concat()
    };
    s.add_all("add_all", &products, &product(&["a'\"", "b", "b"]));
    s.set("set", &products, &product(&["b"]));
    s.ordered("all", &products.all, &values!["it", 1]);
    s.unordered(
        "load",
        &products.read.load,
        &[pairs(&[("it", 1), ("fr", 1)])],
    );
    s.unordered(
        "of a product",
        &s.many("Product.shops").all,
        &values!["m", "b"],
    );
}

pub(super) fn versions(s: &mut Scene<'_>) {
    let (folder, document) = (s.rows("Folder"), s.rows("Document"));
    s.ordered("insert", &folder.insert, &values!["f"]);
    let new = |title: &str| [values![title], vec![NO, NO, NO, NO]].concat();
    s.insert_many("insert_many", &document, &[new("a"), new("b"), new("c")]);
    let stored = "SELECT id, title, revision, changed_on IS NULL, folder_id FROM documents";
    s.unordered("documents", stored, &[]);
    let documents = s.many("Folder.documents");
    s.set("set", &documents, &[1.into(), keys(&[1, 2])]);
    s.set("set", &documents, &[1.into(), keys(&[2, 3])]);
    s.changes(
        "add with a version that was",
        &documents.add,
        &values![1, 1, 1],
    );
    s.changes("add", &documents.add, &values![1, 1, 3]);
    s.unordered("documents", stored, &[]);
    let setting = s.rows("Setting");
    let row = |key: &str, place: i64, given: bool| {
        let value = if given { "w".into() } else { NO };
        let at = "2026-01-01 00:00:00.000000";
        [values![key, "s", place, given], vec![value, at.into()]].concat()
    };
    let [by_key, by_place] = &setting.upserts[..] else {
        panic!("two keys");
    };
    let stored = "SELECT * FROM (SELECT key, section, position, value, version FROM settings) s";
    let stored = stored.replace("key", &s.quoted("key"));
    for (what, sql, params) in [
        ("upsert", &by_key.sql, row("k", 1, false)),
        ("upsert", &by_key.sql, row("k", 2, true)),
        ("upsert", &by_place.sql, row("other", 2, false)),
        ("upsert", &by_place.sql, row("n", 3, false)),
        (
            "upsert what another key forbids!",
            &by_key.sql,
            row("k", 3, false),
        ),
    ] {
        s.changes(what, sql, &params);
        s.unordered("settings", &stored, &[]);
    }
    s.changes("delete", &setting.delete, &values!["n", 7]);
    s.changes("delete", &setting.delete, &values!["n", 1]);
}

pub(super) fn overlapping_keys(s: &mut Scene<'_>) {
    s.given(
        "INSERT INTO magazines (id, name) VALUES (1, 'm'), (2, 'n');
         INSERT INTO writers (magazine_id, number, name) VALUES (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c');
         INSERT INTO articles (id, title, magazine_id) VALUES (1, 'x', 1), (2, 'y', 1), (3, 'z', 2);
         INSERT INTO guests VALUES ('h', 1), ('h', 2), ('i', 1);
         INSERT INTO lockers (hotel, door) VALUES ('h', 1), ('h', 2), ('i', 1)",
    );
    let articles = s.many("Writer.articles");
    s.set(
        "set",
        &articles,
        &[values![1, 1], vec![keys(&[1, 2])]].concat(),
    );
    s.set(
        "set of another",
        &articles,
        &[values![1, 1], vec![keys(&[1, 3])]].concat(),
    );
    s.set(
        "set",
        &articles,
        &[values![1, 1], vec![keys(&[2])]].concat(),
    );
    s.unordered("articles", "SELECT * FROM articles", &[]);
    // The key of the row changes with it.
    let magazine = s.own("Writer.magazine");
    s.ordered("set", &magazine.set, &values![2, 1, 2]);
    s.ordered("set nobody", &magazine.set, &values![2, 1, 2]);
    let locker = s.one("Guest.locker");
    let release = locker.release.expect("it is optional");
    s.ordered("take", &locker.take, &values!["h", 1, "h", 1]);
    s.changes("release", &release, &values!["h", 1, "h", 2]);
    s.ordered("take", &locker.take, &values!["h", 1, "h", 2]);
    s.ordered("take of another", &locker.take, &values!["h", 1, "i", 1]);
    s.changes(
        "clear",
        &locker.clear.expect("it is optional"),
        &values!["h", 1],
    );
    let guest = s.own("Locker.guest");
    s.ordered("set", &guest.set, &values!["h", 2, "h", 1]);
    s.ordered(
        "unset",
        &guest.unset.expect("it is optional"),
        &values!["h", 1],
    );
}

pub(super) fn through(s: &mut Scene<'_>) {
    s.given(
        "INSERT INTO authors (id, name, mentor_id) VALUES (1, 'a', NULL), (2, 'b', 1), (3, 'c', 2), (4, 'd', 2);
         INSERT INTO shelves (id, label) VALUES (1, 's'), (2, 't');
         INSERT INTO books (id, title, genre, author_id, shelf) VALUES (1, 'x', 'N', 1, 's'), (2, 'y', 'E''s', 1, 's'), (3, 'z', 'E''s', 2, 't');
         INSERT INTO tags (id, name, bright) VALUES (1, 't', true), (2, 'u', false);
         INSERT INTO book_tag (book_id, tag_id) VALUES (1, 1), (2, 1), (2, 2), (3, 2);
         INSERT INTO readers (region, number, name) VALUES ('r', 1, 'p'), ('r', 2, 'q');
         INSERT INTO loans (book_id, reader_region, reader_number) VALUES (1, 'r', 1), (2, 'r', 1), (2, 'r', 2)",
    );
    for path in [
        "Author.lenders",
        "Author.tags",
        "Author.bright_tags",
        "Author.essays_by_tags",
        "Author.grand_pupils",
        "Author.siblings",
    ] {
        let sql = s.many(path);
        s.unordered(path, &sql.read.load, &[keys(&[2, 1, 4])]);
        s.ordered(path, &sql.load_limited, &[keys(&[2, 1, 4]), 1.into()]);
        let params = if path == "Author.siblings" {
            values![2]
        } else {
            values![1]
        };
        s.ordered(path, &sql.all, &params);
        s.ordered(path, &sql.count, &params);
        let exists = format!("SELECT id FROM authors WHERE {}", sql.read.exists);
        s.unordered(path, &exists, &[]);
    }
}

/// What no spec of the project has, as another dialect refuses what stands beside it.
pub(in super::super) const OWN: &str = "
entities:
  Word:
    columns:
      id:     { type: integer, primary_key: true }
      text:   string
      note:   { type: string, nullable: true, default: { sql: \"concat('it''s?1', ';') -- yes;\" } }
      folded: { type: string, unique: true, computed: { sql: \"lower(text)\", stored: true } }
      label:  { type: string, nullable: true, unique: true }
      active: { type: boolean, default: true }
      price:  { type: \"decimal(18,2)\", unique: true }
      like_id: { references: Word, nullable: true }
    relationships:
      like:  { target: Word, kind: many_to_one, foreign_key: like_id, where: { active: true } }
      liked: { target: Word, kind: one_to_many, foreign_key: like_id }
";

pub(super) fn own(s: &mut Scene<'_>) {
    let word = s.rows("Word");
    let row = |text: &str, label: Option<&str>, price: i64| {
        let mut all = values![text, false];
        all.extend([
            NO,
            label.map_or(NO, Value::from),
            NO,
            Value::Cents(price),
            NO,
        ]);
        all
    };
    let [by_text, by_label, by_price] = &word.upserts[..] else {
        panic!("three keys");
    };
    let stored = "SELECT text, note, folded, label, active, like_id FROM words";
    for (what, sql, params) in [
        ("by text", &by_text.sql, row("Ada", Some("l"), 1)),
        ("by text", &by_text.sql, row("ADA", Some("m"), 2)),
        ("by label", &by_label.sql, row("Bob", Some("m"), 3)),
        ("by label", &by_label.sql, row("Cid", None, 4)),
        ("by label", &by_label.sql, row("Dan", None, 5)),
        // The same number, to a float.
        (
            "by price",
            &by_price.sql,
            row("Eve", None, 900_719_925_474_099_301),
        ),
        (
            "by price",
            &by_price.sql,
            row("Eva", None, 900_719_925_474_099_302),
        ),
        (
            "by price",
            &by_price.sql,
            row("Evi", None, 900_719_925_474_099_301),
        ),
        (
            "by label what another key forbids!",
            &by_label.sql,
            row("dAN", Some("n"), 6),
        ),
    ] {
        s.changes(what, sql, &params);
        s.unordered("words", stored, &[]);
    }
    // Numbers that are counted and not used are lost on some databases.
    s.given(
        "DELETE FROM words;
         INSERT INTO words (id, text, active, price) VALUES (1, 'a', true, 1), (2, 'b', false, 2), (3, 'c', true, 3)",
    );
    let like = s.own("Word.like");
    s.changes("set", &like.set, &values![3, 1]);
    s.changes("set what does not fit", &like.set, &values![2, 1]);
    let liked = s.many("Word.liked");
    s.set("set", &liked, &[1.into(), keys(&[1, 2])]);
    s.unordered("liked", "SELECT id, like_id FROM words", &[]);
}

/// Places that only one row of an owner may have.
pub(super) const PLACES: &str = "
entities:
  Owner:
    columns:
      id: { type: integer, primary_key: true }
    relationships:
      things: { target: Thing, back_populates: owner }
  Thing:
    columns:
      id:       { type: integer, primary_key: true }
      place:    integer
      owner_id: { references: Owner, nullable: true }
    unique: [[owner_id, place]]
    relationships:
      owner: { target: Owner, back_populates: things }
";

/// What goes has to go before what comes takes its place.
pub(super) fn places(s: &mut Scene<'_>) {
    s.given(
        "INSERT INTO owners (id) VALUES (1), (2);
         INSERT INTO things (id, place) VALUES (1, 1), (2, 1), (3, 2)",
    );
    let things = s.many("Owner.things");
    for keys in [&[1, 3][..], &[3, 2], &[1, 3]] {
        s.set("set", &things, &[1.into(), self::keys(keys)]);
        s.ordered("all", &things.all, &values![1]);
    }
    s.add_all("add_all!", &things, &[1.into(), self::keys(&[2])]);
}
