//! Dates and times: what is stored, how exactly, in which zone.

use std::thread::sleep;
use std::time::Duration;

use crate::databases::Three;

const EVENTS: &str = r#"
entities:
  Event:
    columns:
      id:     { type: integer, primary_key: true }
      day:    { type: date, default: 0000-01-01 }
      clock:  { type: time, default: "23:59:59.999999" }
      local:  { type: datetime, default: 9999-12-31T23:59:59.999999 }
      moment: { type: timestamp, default: 2026-11-23 08:15:00.5Z }
      made:   { type: timestamp, default: now }
"#;

fn one_event() -> Three {
    let mut three = Three::of(EVENTS);
    three.run("INSERT INTO events (id) VALUES (1)");
    three
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn moments_as_they_are_stored() {
    let mut three = one_event();
    three.postgres.says("SET TIME ZONE 'UTC'", "done");
    three.each(
        "SELECT moment FROM events",
        [
            "2026-11-23 08:15:00.500000Z",
            "2026-11-23 08:15:00.5+00",
            "2026-11-23 08:15:00.500000",
        ],
    );
    three.each(
        "SELECT day FROM events",
        ["0000-01-01", "0001-01-01 BC", "0000-01-01"],
    );
    three.each("SELECT clock FROM events", ["23:59:59.999999"; 3]);
    three.each(
        "SELECT local FROM events",
        ["9999-12-31 23:59:59.999999"; 3],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn zones_of_sessions() {
    let mut three = one_event();
    three
        .postgres
        .says("SET TIME ZONE INTERVAL '-05:00' HOUR TO MINUTE", "done");
    three.mysql.says("SET time_zone = '-05:00'", "done");
    three.each(
        "SELECT moment FROM events",
        [
            "2026-11-23 08:15:00.500000Z",
            "2026-11-23 03:15:00.5-05",
            "2026-11-23 08:15:00.500000",
        ],
    );
    three.run("INSERT INTO events (id) VALUES (2)");
    // UTC in all, whatever the session's zone is.
    three.sqlite.says(
        "SELECT julianday('now') - julianday(made) < 0.001 FROM events WHERE id = 2",
        "1",
    );
    three.postgres.says(
        "SELECT statement_timestamp() - made < INTERVAL '1 minute' FROM events WHERE id = 2",
        "t",
    );
    three.mysql.says("SELECT timestampdiff(MINUTE, made, utc_timestamp(6)), round(timestampdiff(SECOND, made, now(6)) / 3600) FROM events WHERE id = 2", "0, -5");
    // What is written without a zone is taken to be of the session's, or of UTC.
    three.run("UPDATE events SET moment = '2026-11-23 08:15:00'");
    three.postgres.says(
        "SELECT moment AT TIME ZONE 'UTC' FROM events WHERE id = 1",
        "2026-11-23 13:15:00",
    );
    three.sqlite.says(
        "SELECT moment FROM events WHERE id = 1",
        "2026-11-23 08:15:00",
    );
    three.mysql.says(
        "SELECT moment FROM events WHERE id = 1",
        "2026-11-23 08:15:00.000000",
    );
    three.each(
        "UPDATE events SET moment = '2026-11-23 08:15:00Z'",
        ["done", "done", "refused: 1292"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn fractions_of_seconds() {
    let mut three = one_event();
    three.run("UPDATE events SET local = '2026-11-23 08:15:00.1234567'");
    three.each(
        "SELECT local FROM events",
        [
            "2026-11-23 08:15:00.1234567",
            "2026-11-23 08:15:00.123457",
            "2026-11-23 08:15:00.123456",
        ],
    );
    // SQLite's clock has milliseconds, the others have microseconds.
    three.run("INSERT INTO events (id) VALUES (2)");
    three.run("INSERT INTO events (id) VALUES (3)");
    three
        .sqlite
        .says("SELECT DISTINCT substr(made, 24) FROM events", "000Z");
    three.postgres.says(
        "SELECT max(extract(microseconds FROM made)::integer % 1000) > 0 FROM events",
        "t",
    );
    three
        .mysql
        .says("SELECT max(microsecond(made) % 1000) > 0 FROM events", "1");
    three.run("DELETE FROM events WHERE id > 1");
    // Text of another width is in order no longer.
    three.each(
        "SELECT moment < '2026-11-23 08:15:00Z' FROM events",
        ["1", "f", "0"],
    );
    three.each(
        "SELECT moment = '2026-11-23 08:15:00.5Z' FROM events",
        ["0", "t", "1"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn dates_that_are_none() {
    let mut three = one_event();
    three.each(
        "UPDATE events SET day = '2026-02-30'",
        ["done", "refused: 22008", "refused: 1292"],
    );
    three.each(
        "UPDATE events SET day = 'soon'",
        ["done", "refused: 22007", "refused: 1292"],
    );
    three.each(
        "SELECT day FROM events",
        ["soon", "0001-01-01 BC", "0000-01-01"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn the_end_of_a_day() {
    let mut three = one_event();
    three.run("UPDATE events SET clock = '24:00:00'");
    three.each(
        "SELECT clock FROM events",
        ["24:00:00", "24:00:00", "24:00:00.000000"],
    );
    three.each(
        "UPDATE events SET clock = '25:00:00'",
        ["done", "refused: 22008", "done"],
    );
    three.each(
        "UPDATE events SET clock = '-01:00:00'",
        ["done", "refused: 22007", "done"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn years_beyond() {
    let mut three = one_event();
    three.each(
        "UPDATE events SET day = '10000-01-01'",
        ["done", "done", "refused: 1292"],
    );
    let early = "SELECT day < '2026-01-01' FROM events";
    three.sqlite.says(early, "1");
    three.postgres.says(early, "f");
    three.each(
        "UPDATE events SET day = '0000-00-00'",
        ["done", "refused: 22008", "done"],
    );
    three
        .postgres
        .says("UPDATE events SET moment = 'infinity'", "done");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn now_is_the_statement() {
    let mut three = one_event();
    three.run("BEGIN");
    three.run("INSERT INTO events (id) VALUES (2), (3)");
    sleep(Duration::from_millis(5));
    three.run("INSERT INTO events (id) VALUES (4)");
    three.each(
        "SELECT count(DISTINCT made) FROM events WHERE id IN (2, 3)",
        ["1"; 3],
    );
    three.each(
        "SELECT count(DISTINCT made) FROM events WHERE id > 1",
        ["2"; 3],
    );
    three.postgres.says(
        "SELECT bool_and(made > now()) FROM events WHERE id > 1",
        "t",
    );
    three.run("COMMIT");
    // Statements that PostgreSQL gets as one text have one moment.
    three.run("INSERT INTO events (id) VALUES (5); INSERT INTO events (id) VALUES (6)");
    three
        .postgres
        .says("SELECT count(DISTINCT made) FROM events WHERE id > 4", "1");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn the_type_timestamp_of_mysql() {
    let mut three = Three::empty();
    let mysql = &mut three.mysql;
    mysql.says("SET time_zone = '+00:00'", "done");
    let create = |name: &str| format!("CREATE TABLE {name} (id INT, moment TIMESTAMP NOT NULL)");
    mysql.says(&create("a"), "done");
    mysql.says("INSERT INTO a VALUES (1, '2026-11-23 08:15:00')", "done");
    // In MariaDB 11.5 and later it ends in 2106.
    if mysql.version().starts_with("MariaDB 10.") {
        mysql.says(
            "INSERT INTO a VALUES (2, '2039-01-01 00:00:00')",
            "refused: 1292",
        );
    }
    mysql.says(
        "INSERT INTO a VALUES (3, '2107-01-01 00:00:00')",
        "refused: 1292",
    );
    mysql.says("SET time_zone = '-05:00'", "done");
    mysql.says("SELECT moment FROM a", "2026-11-23 03:15:00");
    mysql.says("SET explicit_defaults_for_timestamp = 0", "done");
    mysql.says(&create("b"), "done");
    let extra = |name: &str| {
        format!(
            "SELECT trim(extra) FROM information_schema.columns WHERE table_schema = database() AND table_name = '{name}' AND column_name = 'moment'"
        )
    };
    mysql.says(&extra("a"), "");
    mysql.says(&extra("b"), "on update current_timestamp()");
}
