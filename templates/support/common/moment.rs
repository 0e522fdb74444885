/// A type of dates or times, whatever crate it is of. Years 0000 to 9999, microseconds; what is finer is cut off, in
/// conditions too: a row is found by the moment that it was stored with.
trait Moment: Sized {
    /// How it is stored.
    const FORM: Form;

    /// The value of these numbers, when the type has it.
    fn from_numbers(numbers: Numbers) -> Option<Self>;

    /// The numbers of the value, of an instant in UTC.
    fn numbers(&self) -> Numbers;
}

/// A moment in numbers; what a type has not is zero.
#[derive(Clone, Copy, Default)]
struct Numbers {
    /// Year, month and day.
    date: (i32, u32, u32),
    /// Hour, minute, second and nanosecond.
    time: (u32, u32, u32, u32),
}
