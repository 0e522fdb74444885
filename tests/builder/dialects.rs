//! Which dialects SQL is written for, and the files that it goes to.

use std::fs;

use relata::{Builder, Dialect, Layout};

use super::{school, spec};

#[test]
fn dialects_go_before_the_spec() {
    let dir = tempfile::tempdir().expect("a folder");
    let builder = Builder::new(spec(dir.path(), &school("dialects: [sqlite]")));
    let (sql, warnings) = builder.render_ddl().expect("DDL");
    assert!(sql.contains("STRICT") && warnings.is_empty());
    let (sql, _) = builder
        .dialects([Dialect::Mysql])
        .render_ddl()
        .expect("DDL");
    assert!(sql.contains("ENGINE=InnoDB"), "{sql}");
}

#[test]
fn each_dialect_has_a_file_and_that_of_the_target_its_plain_name() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = school("dialects: [postgres, mysql]");
    let builder = Builder::new(spec(dir.path(), &text));
    let out = dir.path().join("out");
    let builder = builder.out_dir(&out).layout(Layout::Modules);
    let names = |builder: &Builder| {
        builder.generate().expect("written");
        let names = fs::read_dir(&out).expect("a folder");
        let names = names.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> = names
            .map(|name| name.into_string().expect("UTF-8"))
            .filter(|name| name.ends_with("sql"))
            .collect();
        names.sort_unstable();
        names
    };
    assert_eq!(
        names(&builder),
        ["schema.mysql.sql", "schema.postgres.sql", "schema.sql"]
    );
    // One that is asked for no longer goes.
    let fewer = builder.dialects([Dialect::Mysql]);
    assert_eq!(names(&fewer), ["schema.mysql.sql", "schema.sql"]);
}
