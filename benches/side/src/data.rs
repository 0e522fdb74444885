//! What the school is filled with: the same in every run.

use crate::Size;

/// How many courses a student takes.
pub const EACH: usize = 5;

pub struct School {
    /// The names of the students.
    pub students: Vec<String>,
    /// The titles of the courses.
    pub courses: Vec<String>,
    /// For each student the places of the courses to take, in no order.
    pub taken: Vec<[usize; EACH]>,
    /// For each student the place of a course that is not taken.
    pub spare: Vec<usize>,
}

impl School {
    /// A school of this size.
    #[must_use]
    pub fn new(size: Size) -> Self {
        let Size { students, courses } = size;
        let mut random = Random(1);
        let mut school = Self {
            students: (1..=students).map(|n| format!("Student {n}")).collect(),
            courses: (1..=courses).map(|n| format!("Course {n}")).collect(),
            taken: Vec::new(),
            spare: Vec::new(),
        };
        for _ in 0..students {
            let mut taken = [usize::MAX; EACH];
            for n in 0..EACH {
                taken[n] = random.place_without(courses, &taken[..n]);
            }
            school.spare.push(random.place_without(courses, &taken));
            school.taken.push(taken);
        }
        school
    }

    /// The number of links.
    #[must_use]
    pub fn links(&self) -> usize {
        self.taken.len() * EACH
    }

    /// Places of `count` students, at random, each as often as it comes.
    ///
    /// # Panics
    ///
    /// When there are more students than a `u32` counts.
    pub fn some_students(&self, count: usize) -> impl Iterator<Item = usize> {
        let students = u32::try_from(self.students.len()).expect("made of a u32");
        let mut random = Random(2);
        std::iter::repeat_with(move || random.place(students)).take(count)
    }
}

/// What the jobs ask for, by the size of the school.
impl School {
    /// The keys of students to look up: as many as there are students.
    ///
    /// Every side counts its keys from 1.
    #[must_use]
    pub fn lookups(&self) -> Vec<i32> {
        self.some_students(self.students.len()).map(key).collect()
    }

    /// Names of students to look up: a tenth.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.some_students(self.students.len() / 10)
            .map(|place| self.students[place].as_str())
            .collect()
    }

    /// The places of students to ask for their courses, one by one: a hundredth.
    #[must_use]
    pub fn some(&self) -> Vec<usize> {
        self.some_students(self.students.len() / 100).collect()
    }

    /// The places of students, and those of courses that they do not take: a tenth.
    #[must_use]
    pub fn changes(&self) -> Vec<(usize, usize)> {
        self.some_students(self.students.len() / 10)
            .map(|place| (place, self.spare[place]))
            .collect()
    }
}

/// The key of the row at a place.
///
/// # Panics
///
/// When it is no `i32`.
#[must_use]
pub fn key(place: usize) -> i32 {
    i32::try_from(place + 1).expect("few rows")
}

/// A linear congruential generator with Knuth's numbers, of which the high bits are good enough.
struct Random(u64);

impl Random {
    fn place(&mut self, below: u32) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let number = u32::try_from(self.0 >> 32).expect("32 bits are left");
        (number % below) as usize
    }

    fn place_without(&mut self, below: u32, without: &[usize]) -> usize {
        loop {
            let place = self.place(below);
            if !without.contains(&place) {
                return place;
            }
        }
    }
}
