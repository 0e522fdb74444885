//! What the generator writes for an entity, written by hand.

use super::support as db;

pub const SCHEMA_SQL: &str = r#"
CREATE TABLE "students" (
    "id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    CONSTRAINT "pk_students" PRIMARY KEY ("id")
) STRICT;
"#;

/// A row of `students`.
#[derive(Debug, Clone, PartialEq)]
pub struct Student {
    /// `id`
    pub id: i32,
    /// `name`
    pub name: String,
}

/// A `Student` to insert.
#[derive(Debug, Clone, PartialEq)]
pub struct NewStudent {
    /// `name`
    pub name: String,
}

/// Changes to a `Student`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StudentPatch {
    /// `name`
    pub name: Option<String>,
}

pub const ID: db::Column<Student, i32> = db::column("id", 0);
pub const NAME: db::Column<Student, String> = db::column("name", 1);
impl Student {
    pub fn query() -> db::Query<Self> {
        db::Query::default()
    }
}

impl db::Table for Student {
    const NAME: &'static str = "Student";
    const TABLE: &'static str = r#""students""#;
    const KEY: &'static [(&'static str, usize)] = &[("id", 0)];
    const SELECT: &'static str = r#"SELECT "id", "name" FROM "students""#;

    fn read(row: &db::Reader<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(ID)?,
            name: row.get(NAME)?,
        })
    }
}

impl db::Entity for Student {
    type Key = i32;
    type New = NewStudent;
    type Patch = StudentPatch;
    const SQL: &'static db::EntitySql = &db::EntitySql {
        find: r#"SELECT "id", "name" FROM "students" WHERE "id" = ?1"#,
        insert: r#"INSERT INTO "students" ("name") VALUES (?1) RETURNING "id", "name""#,
        insert_into: r#"INSERT INTO "students" ("name") VALUES"#,
        insert_values: "(?)",
        insert_many: "",
        insert_row: r#"INSERT INTO "students" ("id", "name") VALUES (?1, ?2)"#,
        update: r#"UPDATE "students" SET "name" = coalesce(?2, "name") WHERE "id" = ?1 RETURNING "id", "name""#,
        save: r#"UPDATE "students" SET "name" = ?2 WHERE "id" = ?1 RETURNING "id", "name""#,
        delete: r#"DELETE FROM "students" WHERE "id" = ?1"#,
    };
    const RANK: usize = 0;
    const COUNTED: db::Counted<Self> = Some(db::counted::<Self>);

    fn key(&self) -> Self::Key {
        self.id
    }

    fn put_key(key: &Self::Key, to: &mut db::Params<'_>) {
        to.value(ID, key);
    }

    fn put_new(new: &Self::New, to: &mut db::Params<'_>) {
        to.value(NAME, &new.name);
    }

    fn put_row(&self, to: &mut db::Params<'_>) {
        to.value(ID, &self.id);
        to.value(NAME, &self.name);
    }

    fn put_patch(patch: &Self::Patch, to: &mut db::Params<'_>) {
        to.or_default(NAME, &patch.name);
    }
}

impl db::New for NewStudent {
    type Entity = Student;
}
