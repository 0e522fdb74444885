//! The structs, as the guide of Diesel has them.

use diesel::prelude::*;

use schema::{courses, student_course, students};

pub mod schema {
    diesel::table! {
        students (id) {
            id -> Integer,
            name -> Text,
        }
    }

    diesel::table! {
        courses (id) {
            id -> Integer,
            title -> Text,
        }
    }

    diesel::table! {
        student_course (student_id, course_id) {
            student_id -> Integer,
            course_id -> Integer,
        }
    }

    diesel::joinable!(student_course -> students (student_id));
    diesel::joinable!(student_course -> courses (course_id));
    diesel::allow_tables_to_appear_in_same_query!(students, courses, student_course);
}

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(table_name = students)]
#[diesel(check_for_backend(crate::Backend))]
pub struct Student {
    pub id: i32,
    pub name: String,
}

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(table_name = courses)]
#[diesel(check_for_backend(crate::Backend))]
pub struct Course {
    pub id: i32,
    pub title: String,
}

#[derive(Queryable, Selectable, Identifiable, Associations, Insertable)]
#[diesel(belongs_to(Student))]
#[diesel(belongs_to(Course))]
#[diesel(table_name = student_course)]
#[diesel(primary_key(student_id, course_id))]
#[diesel(check_for_backend(crate::Backend))]
pub struct StudentCourse {
    pub student_id: i32,
    pub course_id: i32,
}

#[derive(Insertable)]
#[diesel(table_name = students)]
pub struct NewStudent<'a> {
    pub name: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = courses)]
pub struct NewCourse<'a> {
    pub title: &'a str,
}
