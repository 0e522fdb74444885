//! The specs with holes, and the dialects that all of each loads into.

use relata::Dialect;
use relata::Dialect::{Mysql, Postgres, Sqlite};

/// A name for the test, the dialects, the spec.
pub type Spec = (&'static str, &'static [Dialect], &'static str);

const ALL: &[Dialect] = &[Sqlite, Postgres, Mysql];

pub const ENTITIES: Spec = (
    "entities",
    ALL,
    r"
entities:
  «Spec.entities.{}=Plain»: { columns: { «Entity.columns.{}=code»: { type: integer, primary_key: true } } }
  Author:
    { «Entity.?»
      table: «Entity.table=authors», rust_name: «Entity.rust_name=Writer», doc: «Entity.doc=Who writes.»,
      derives: [«Entity.derives[]=Eq»], attributes: [«Entity.attributes[]=non_exhaustive»],
      mixins: [«Entity.mixins[]=Stamps»],
      primary_key: [«Entity.primary_key[]=one», two],
      unique: [[«Entity.unique[][]=name», two]],
      columns: { one: integer, two: integer, name: string(40), part: integer, of: integer, single: { references: Single } },
      indexes: [{ «Index.?» columns: [«Index.columns[]=name»], unique: «Index.unique:false», name: «Index.name=an_index» }],
      checks: [{ «Check.?» name: «Check.name=a_check», sql: «Check.sql=one > %» },
        { sql: { «Check.sql.?» sqlite: «Check.sql.sqlite=two > %», postgres: «Check.sql.postgres=two > %», mysql: «Check.sql.mysql=two > %» } }],
      foreign_keys: [{ «ForeignKey.?» columns: [«ForeignKey.columns[]=part», of], references: «ForeignKey.references=Author(one, two)»,
        on_delete: «ForeignKey.on_delete=cascade», on_update_key: «ForeignKey.on_update_key=no_action», name: «ForeignKey.name=a_key» }],
      relationships: { «Entity.relationships.{}=whole»:
        { «Relationship.?» target: «Relationship.target=Author», foreign_key: «Relationship.foreign_key=a_key»,
          kind: «Relationship.kind=many_to_one», rust_name: «Relationship.rust_name=all_of_it», doc: «Relationship.doc=Of which it is a part.» } } }
  Single: { columns: { id: { type: integer, primary_key: true } } }
mixins:
  «Spec.mixins.{}=Stamps»: { columns: { made: { type: timestamp, default: now } } }
",
);

pub const COLUMNS: Spec = (
    "columns",
    ALL,
    r#"
entities:
  Thing:
    columns:
      id: { type: integer, primary_key: true, auto_increment: «Column.auto_increment:true» }
      short: «Column=string»
      all: { «Column.?» type: «Column.type=string(200)», nullable: «Column.nullable:false», primary_key: «Column.primary_key:false»,
        unique: «Column.unique:false», index: «Column.index:false», name: «Column.name=all_of_it», rust_name: «Column.rust_name=everything»,
        private: «Column.private:false», default: «Column.default=harmless», doc: «Column.doc=What it holds.», example: «Column.example=harmless» }
      words: { type: text, default: «Column.default of text=harmless», example: [«Column.example[]=harmless», other] }
      data: { type: json, default: «Column.default of json=1» }
      key: { type: uuid, default: «Column.default of uuid=uuid» }
      day: { type: date, default: «Column.default of date=2026-11-23», on_update: «Column.on_update=now» }
      mood: { type: Mood, default: «Column.default of enum=calm» }
      price: { type: "decimal(6,2)", default: «Column.default of decimal=1.5» }
      other: { references: «Column.references=Other», on_delete: «Column.on_delete=cascade», on_update_key: «Column.on_update_key=no_action» }
      revision: { type: integer, version: «Column.version:true» }
      email: { type: Email, default: «Column.default of user type=a@example.org» }
  Other: { columns: { id: { type: integer, primary_key: true } } }
enums: { Mood: [calm, wild] }
types: { Email: { base: string(80), rust: "crate::Email" } }
"#,
);

pub const SQL: Spec = (
    "sql",
    ALL,
    r"
entities:
  Thing:
    columns:
      id: { type: integer, primary_key: true }
      a: { type: integer, check: { «Column.check.?» sql: «Column.check.sql=a > %» } }
      b: { type: integer, check: { sql: { «Column.check.sql.?» sqlite: «Column.check.sql.sqlite=b > %»,
        postgres: «Column.check.sql.postgres=b > %», mysql: «Column.check.sql.mysql=b > %» } } }
      c: { type: integer, default: { «Column.default.?» sql: «Column.default.sql=1 + %» } }
      d: { type: integer, default: { sql: { «Column.default.sql.?» sqlite: «Column.default.sql.sqlite=2 + %»,
        postgres: «Column.default.sql.postgres=2 + %», mysql: «Column.default.sql.mysql=2 + %» } } }
      e: { type: integer, computed: { «Column.computed.?» sql: «Column.computed.sql=a + %», stored: «Column.computed.stored:true» } }
      f: { type: integer, computed: { sql: { «Column.computed.sql.?» sqlite: «Column.computed.sql.sqlite=b + %»,
        postgres: «Column.computed.sql.postgres=b + %», mysql: «Column.computed.sql.mysql=b + %» } } }
",
);

pub const PARTIAL: Spec = (
    "partial",
    &[Sqlite, Postgres],
    r"
entities:
  Thing:
    columns: { id: { type: integer, primary_key: true }, a: integer, b: integer }
    indexes:
      - { columns: [a], unique: true, where: { «Index.where.?» sql: «Index.where.sql=a > %» } }
      - { columns: [b], where: { sql: { «Index.where.sql.?» sqlite: «Index.where.sql.sqlite=b > %», postgres: «Index.where.sql.postgres=b > %», mysql: «Index.where.sql.mysql=b > %» } } }
",
);

pub const LISTS: Spec = (
    "lists",
    &[Postgres],
    r#"
generate: { target: tokio-postgres }
entities:
  Thing:
    columns: { id: { type: integer, primary_key: true }, a: [«Column[]=string»], b: { type: [«Column.type[]=string»] }, c: Mail }
types: { Mail: { base: «UserType.base[]:string», rust: "crate::Mail" } }
"#,
);

pub const SECONDARIES: Spec = (
    "secondaries",
    ALL,
    r"
entities:
  Song:
    columns: { id: { type: integer, primary_key: true }, title: string(40), list_id: { references: List, nullable: true } }
    relationships:
      lists: { target: List, secondary: list_song, back_populates: «Relationship.back_populates=songs» }
      near: { target: Song, secondary: «Relationship.secondary=near_song», local: «Relationship.local=from_id», back_populates: nearby }
      nearby: { target: Song, secondary: near_song, remote: «Relationship.remote=from_id», back_populates: near }
      far: { target: Song, secondary: far_song, local: [«Relationship.local[]=from_id»], back_populates: far_off }
      far_off: { target: Song, secondary: far_song, remote: [«Relationship.remote[]=from_id»], back_populates: far }
      first: { target: List, foreign_key: [«Relationship.foreign_key[]=list_id»], back_populates: firsts }
  List:
    columns: { id: { type: integer, primary_key: true }, name: string(40) }
    relationships:
      songs: { target: Song, secondary: list_song, back_populates: lists, order_by: [«Relationship.order_by[]=title desc», id] }
      firsts: { target: Song, foreign_key: list_id, back_populates: first, order_by: «Relationship.order_by=title» }
      some: { target: Song, foreign_key: list_id, where: { «Relationship.where.{}=title»: «Relationship.where.*=harmless» } }
      others: { target: Song, through: «Relationship.through=songs.near» }
secondary:
  list_song:
    { «Secondary.?» table: «Secondary.table=lists_songs», rust_name: «Secondary.rust_name=Place», doc: «Secondary.doc=What is played.»,
      derives: [«Secondary.derives[]=Eq»], attributes: [«Secondary.attributes[]=non_exhaustive»], multiple: «Secondary.multiple:true»,
      mixins: [«Secondary.mixins[]=Noted»], primary_key: [list_id, song_id, «Secondary.primary_key[]=position»],
      unique: [[«Secondary.unique[][]=position», list_id]],
      columns: { list_id: { references: List }, song_id: { references: Song }, position: integer, «Secondary.columns.{}=remark»: string(40) } }
  near_song: { symmetric: «Secondary.symmetric:false», columns: { from_id: { references: Song }, to_id: { references: Song } } }
  far_song: { columns: { from_id: { references: Song }, to_id: { references: Song } } }
  «Spec.secondary.{}=short_song»: [«Secondary[]=List», Song]
mixins:
  Noted: { «Mixin.?» columns: { «Mixin.columns.{}=note»: { type: string(40), doc: «Column.doc of a mixin=Words.», default: «Column.default of a mixin=harmless» } } }
  Owned: { columns: { owner_id: { references: List } }, relationships: { «Mixin.relationships.{}=owner»: { target: List, foreign_key: owner_id } } }
",
);

pub const TYPES: Spec = (
    "types",
    ALL,
    r#"
entities:
  Thing:
    columns: { id: { type: integer, primary_key: true }, a: Mood, b: { type: Shade, default: red }, c: { type: Email, default: a }, d: Level, e: Size }
enums:
  Mood: { «Enum.?» rust_name: «Enum.rust_name=Temper», doc: «Enum.doc=How it is.», native: «Enum.native:true»,
    derives: [«Enum.derives[]=Default»], attributes: [«Enum.attributes[]=non_exhaustive»],
    variants: { «Enum.variants.{}=calm»: «Variant=harmless», wild: { «Variant.?» value: «Variant.value=harmless too», rust_name: «Variant.rust_name=Loud», doc: «Variant.doc=Loud.» } } }
  Shade: { native: false, variants: { red: «Variant of text=harmless», blue: { value: «Variant.value of text=harmless too» } } }
  Level: { variants: [«Enum.variants[]=low», high] }
  Size: [«Enum[]=small», big]
  «Spec.enums.{}=Kind»: { «Enum.{}=one»: a, two: b }
types:
  Email: { «UserType.?» base: «UserType.base=string(80)», rust: «UserType.rust=crate::Email», into: «UserType.into=crate::into», from: «UserType.from=crate::from»,
    example: «UserType.example=harmless», doc: «UserType.doc=An address.» }
  «Spec.types.{}=Phone»: { base: string(80), rust: "crate::Phone", example: [«UserType.example[]=harmless»] }
"#,
);

pub const NAMING: Spec = (
    "naming",
    ALL,
    r"
«Spec.?»
include: [«Spec.include[]=tests/injection/part.yaml»]
allow: [«Spec.allow[]=W0201»]
naming: { «Naming.?» table: «Naming.table=a_{table}», primary_key: «Naming.primary_key=p_{table}», foreign_key: «Naming.foreign_key=f_{table}_{columns}»,
  unique: «Naming.unique=u_{table}_{columns}», index: «Naming.index=i_{table}_{columns}», check: «Naming.check=c_{table}_{column}»,
  plural: { «Naming.plural.{}=thing»: «Naming.plural.*=stuff» } }
generate: { «Generate.?» target: «Generate.target=rusqlite», dialects: [«Generate.dialects[]=sqlite»], layout: «Generate.layout=modules», time: «Generate.time=chrono»,
  derives: [«Generate.derives[]=Eq»], attributes: [«Generate.attributes[]=non_exhaustive»], visibility: «Generate.visibility=pub», tests: «Generate.tests:false» }
entities:
  Thing:
    columns: { id: { type: integer, primary_key: true }, a: { type: integer, unique: true }, b: { type: integer, index: true }, c: { type: integer, check: { sql: c > 0 } }, d: { references: Thing, nullable: true } }
",
);

pub const TESTED: Spec = (
    "tested",
    &[Sqlite],
    r"
include: «Spec.include=tests/injection/part.yaml»
generate: { tests: true }
entities:
  Club:
    columns: { id: { type: integer, primary_key: true }, name: { type: string, name: «Column.name of tested=name», default: «Column.default of tested=harmless», example: «Column.example of tested=harmless» } }
    relationships: { games: { target: Game, back_populates: club } }
  Game:
    table: «Entity.table of tested=games»
    columns: { id: { type: integer, primary_key: true }, club_id: { references: Club } }
    relationships: { club: { target: Club, back_populates: games } }
",
);

pub const EVERY: &[Spec] = &[
    ENTITIES,
    COLUMNS,
    SQL,
    PARTIAL,
    LISTS,
    SECONDARIES,
    TYPES,
    NAMING,
    TESTED,
];
