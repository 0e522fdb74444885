//! The entities, as `sea-orm-cli` writes them.

pub mod student {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "students")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        #[sea_orm(column_type = "Text")]
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(has_many = "super::student_course::Entity")]
        StudentCourse,
    }

    impl Related<super::student_course::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::StudentCourse.def()
        }
    }

    impl Related<super::course::Entity> for Entity {
        fn to() -> RelationDef {
            super::student_course::Relation::Course.def()
        }

        fn via() -> Option<RelationDef> {
            Some(super::student_course::Relation::Student.def().rev())
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod course {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "courses")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        #[sea_orm(column_type = "Text")]
        pub title: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(has_many = "super::student_course::Entity")]
        StudentCourse,
    }

    impl Related<super::student_course::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::StudentCourse.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod student_course {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "student_course")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub student_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::student::Entity",
            from = "Column::StudentId",
            to = "super::student::Column::Id"
        )]
        Student,
        #[sea_orm(
            belongs_to = "super::course::Entity",
            from = "Column::CourseId",
            to = "super::course::Column::Id"
        )]
        Course,
    }

    impl Related<super::student::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Student.def()
        }
    }

    impl Related<super::course::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Course.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}
