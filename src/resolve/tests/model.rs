//! Good specs and their models.

use super::model;
use crate::model::{
    Action, Default, Dialect, End, EntityId, Equality, Hop, Literal, Route, SecondaryId, Type,
};

const SCHOOL: &str = "
entities:
  Student:
    columns:
      id: { type: integer, primary_key: true }
      name: { type: string }
    relationships:
      courses: { target: Course, secondary: student_course, back_populates: students }
  Course:
    columns:
      id: { type: integer, primary_key: true }
      title: { type: string }
    relationships:
      students: { target: Student, secondary: student_course, back_populates: courses }
secondary:
  student_course:
    columns:
      student_id: { references: Student.id }
      course_id: { references: Course.id }
";

#[test]
fn school() {
    let school = model(SCHOOL);
    let student = school.entity(EntityId(0));
    assert_eq!(student.table.name, "students");
    assert_eq!(student.table.primary_key.name, "pk_students");
    assert!(student.table.columns[0].auto_increment);
    assert_eq!(
        (student.rust.row.as_str(), student.rust.module.as_str()),
        ("Student", "student")
    );
    let courses = &student.relationships[0];
    assert_eq!(
        (courses.target, courses.back_populates),
        (EntityId(1), Some(0))
    );
    assert_eq!(
        courses.route,
        Route::ManyToMany {
            secondary: SecondaryId(0),
            local: End::First
        }
    );
    assert_eq!(courses.constant, "COURSES");

    let secondary = school.secondary(SecondaryId(0));
    let table = &secondary.table;
    assert_eq!(table.name, "student_course");
    assert_eq!(table.primary_key.columns, [0, 1]);
    assert!(table.columns.iter().all(|column| !column.auto_increment));
    assert!(
        table
            .columns
            .iter()
            .all(|column| column.ty == Type::Integer && !column.nullable)
    );
    assert_eq!(table.foreign_keys[0].on_delete, Action::Cascade);
    assert_eq!(table.foreign_keys[1].name, "fk_student_course_course_id");
    assert_eq!(table.indexes.len(), 1);
    assert_eq!(table.indexes[0].columns, [1, 0]);
    assert_eq!(
        table.indexes[0].name,
        "ix_student_course_course_id_student_id"
    );
}

#[test]
fn the_ends_stand_in_the_order_of_their_columns() {
    // A key of several columns is a foreign key of the table, which comes behind those of columns.
    let model = model(
        "
entities:
  Shop:
    columns:
      country: { type: string, primary_key: true }
      number: { type: integer, primary_key: true }
    relationships:
      tags: { target: Tag, secondary: shop_tag }
  Tag:
    columns:
      id: { type: integer, primary_key: true }
secondary:
  shop_tag: [Shop, Tag]
",
    );
    let secondary = model.secondary(SecondaryId(0));
    let table = &secondary.table;
    let first = &table.foreign_keys[secondary.ends[0]];
    assert_eq!(first.target, EntityId(0));
    assert_eq!(table.primary_key.columns, [0, 1, 2]);
    assert_eq!(table.indexes[0].columns, [2, 0, 1]);
}

#[test]
fn versions_and_moments() {
    let model = model(
        "
entities:
  A:
    columns:
      code: { type: string, primary_key: true }
      version: { type: smallint, version: true }
      seen: { type: date?, on_update: now }
  B:
    columns:
      id: { type: integer, primary_key: true }
      revision: { type: bigint, version: true, default: 7 }
  C:
    columns:
      id: { type: integer, primary_key: true }
      revision: { type: bigint, version: false }
",
    );
    let table = |place| &model.entity(EntityId(place)).table;
    let first = table(0);
    assert_eq!(first.version(), Some(1));
    assert_eq!(
        first.columns[1].default,
        Some(Default::Literal(Literal::Integer(1)))
    );
    assert!(!first.columns[1].auto_increment);
    let touched = first.columns.iter().map(|column| column.touched);
    assert_eq!(touched.collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(first.columns[2].default, None);
    assert_eq!(
        table(1).columns[1].default,
        Some(Default::Literal(Literal::Integer(7)))
    );
    assert!(table(1).columns[0].auto_increment && !table(1).columns[1].auto_increment);
    assert_eq!(table(2).version(), None);
}

#[test]
fn short_and_long_secondaries_mean_the_same() {
    let start = SCHOOL.find("  student_course:\n").unwrap();
    let short = format!("{}  student_course: [Student, Course]\n", &SCHOOL[..start]);
    assert_eq!(model(&short), model(SCHOOL));
}

#[test]
fn an_entity_leads_to_itself_by_either_side_of_its_keys() {
    let model = model(
        "
entities:
  Page:
    columns:
      id: { type: integer, primary_key: true }
      above_id: { references: Page, nullable: true }
      behind_id: { references: Page, nullable: true, unique: true }
    relationships:
      above: { target: Page, kind: many_to_one, foreign_key: above_id, back_populates: below }
      below: { target: Page, kind: one_to_many, foreign_key: above_id, back_populates: above }
      before: { target: Page, kind: many_to_one, foreign_key: behind_id, back_populates: after }
      after: { target: Page, kind: one_to_one, back_populates: before }
",
    );
    let page = model.entity(EntityId(0));
    let routes: Vec<_> = page
        .relationships
        .iter()
        .map(|relationship| (relationship.route.clone(), relationship.back_populates))
        .collect();
    let many_to_one = |foreign_key, unique| Route::ManyToOne {
        foreign_key,
        unique,
    };
    assert_eq!(
        routes,
        [
            (many_to_one(0, false), Some(1)),
            (Route::OneToMany { foreign_key: 0 }, Some(0)),
            (many_to_one(1, true), Some(3)),
            (Route::OneToOne { foreign_key: 1 }, Some(2)),
        ]
    );
}

#[test]
fn routes_through_others() {
    let model = model(
        "
entities:
  Page:
    columns:
      id: { type: integer, primary_key: true }
      above_id: { references: Page, nullable: true }
    relationships:
      beside: { target: Page, through: above.below, order_by: id desc, where: { above_id: 1 } }
      above: { target: Page, kind: many_to_one, back_populates: below }
      below: { target: Page, kind: one_to_many, back_populates: above }
      top: { target: Page, through: above.above }
",
    );
    let page = model.entity(EntityId(0));
    let through = |places: [usize; 2], to_one| Route::Through {
        hops: places
            .map(|relationship| Hop {
                entity: EntityId(0),
                relationship,
            })
            .to_vec(),
        to_one,
    };
    let [beside, _, _, top] = &page.relationships[..] else {
        panic!("{:?}", page.relationships)
    };
    assert_eq!(beside.route, through([1, 2], false));
    assert_eq!(top.route, through([1, 1], true));
    assert_eq!((beside.order.len(), beside.condition.len()), (1, 1));
    assert!(beside.is_read_only(&page.table) && top.is_read_only(&page.table));
}

#[test]
fn what_the_database_makes() {
    let model = model(
        "
entities:
  A:
    columns:
      id: { type: bigint, primary_key: true, auto_increment: false }
      b: { type: integer, computed: { sql: \"id + 1\" } }
      c: { type: integer, computed: { sql: { sqlite: \"id + 2\" }, stored: false }, private: true }
  B:
    columns:
      id: { type: bigint, primary_key: true, auto_increment: true }
",
    );
    let columns = &model.entity(EntityId(0)).table.columns;
    assert!(!columns[0].auto_increment);
    let computed = columns[1].computed.as_ref().unwrap();
    assert!(computed.stored, "kept, unless it is said");
    let computed = columns[2].computed.as_ref().unwrap();
    assert!(!computed.stored);
    assert_eq!(computed.sql.text(Dialect::Sqlite), Some("id + 2"));
    assert_eq!(columns.iter().filter(|column| column.private).count(), 1);
    assert!(model.entity(EntityId(1)).table.columns[0].auto_increment);
}

#[test]
fn what_targets_hold() {
    let model = model(
        "
enums:
  Genre: { novel: N, essay: E }
entities:
  Author:
    columns:
      id: { type: integer, primary_key: true }
    relationships:
      books: { target: Book, back_populates: author }
      essays: { target: Book, where: { genre: essay, price: 2, sold_on: ~ } }
      kept: { target: Book, where: { id: 1 } }
  Book:
    columns:
      id: { type: integer, primary_key: true }
      author_id: { references: Author }
      genre: Genre
      price: { type: \"decimal(5,2)\" }
      sold_on: date?
    relationships:
      author: { target: Author, back_populates: books }
      first: { target: Author, where: { id: 1 } }
",
    );
    let [author, book] = [0, 1].map(|id| model.entity(EntityId(id)));
    let text = |text: &str| Some(Literal::Text(text.to_owned()));
    let held = |column, value| Equality { column, value };
    let [books, essays, kept] = &author.relationships[..] else {
        panic!("three");
    };
    assert!(books.condition.is_empty());
    assert_eq!(
        essays.condition,
        [held(2, text("E")), held(3, text("2.00")), held(4, None)]
    );
    assert!(!essays.is_read_only(&book.table));
    // A write does not change the key of a row.
    assert!(kept.is_read_only(&book.table));
    assert!(!book.relationships[1].is_read_only(&author.table));
}

#[test]
fn patterns_name_what_has_no_name_of_its_own() {
    let model = model(
        "naming:
  table: 'app_{table}'
  plural: { lead: leed }
  primary_key: '{table} pk'
  foreign_key: '{table}.{columns}>{target}'
  unique: '{columns} of {table}'
  index: '{table}{column}'
  check: '{column} {table}'
entities:
  SalesLead:
    columns:
      id: { type: integer, primary_key: true, check: { sql: id > 0 } }
      a: { type: integer, name: x, index: true }
      b: { type: integer, unique: true }
      up: { references: SalesLead.b, nullable: true }
    unique: [[a, b]]
    checks: [{ sql: a > b }, { sql: a > 9, name: '{table}' }]
  Other:
    table: '{entity}'
    columns: { id: { type: integer, primary_key: true } }
    relationships: { leads: { target: SalesLead, secondary: leads } }
secondary: { leads: [SalesLead, Other] }",
    );
    let (leads, links) = (&model.entities[0].table, &model.secondaries[0].table);
    assert_eq!(leads.name, "app_sales_leed");
    assert_eq!(leads.primary_key.name, "app_sales_leed pk");
    let names: Vec<&str> = leads.uniques.iter().map(|key| &*key.name).collect();
    assert_eq!(names, ["b of app_sales_leed", "x_b of app_sales_leed"]);
    let names: Vec<&str> = leads.checks.iter().map(|check| &*check.name).collect();
    assert_eq!(names, ["id app_sales_leed", "1 app_sales_leed", "{table}"]);
    let names: Vec<&str> = leads.indexes.iter().map(|index| &*index.name).collect();
    assert_eq!(names, ["app_sales_leedx", "app_sales_leedup"]);
    assert_eq!(
        leads.foreign_keys[0].name,
        "app_sales_leed.up>app_sales_leed"
    );
    assert_eq!(model.entities[1].table.name, "{entity}");
    assert_eq!(links.name, "app_leads");
    let names: Vec<&str> = links.foreign_keys.iter().map(|key| &*key.name).collect();
    assert_eq!(
        names,
        [
            "app_leads.sales_lead_id>app_sales_leed",
            "app_leads.other_id>{entity}"
        ]
    );
}
