//! The processor's time of this process.

/// Seconds that its threads have had so far.
#[expect(unsafe_code, reason = "only C has it")]
#[expect(
    clippy::cast_precision_loss,
    reason = "seconds and nanoseconds of a job"
)]
pub fn seconds() -> f64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: it writes into `time`, which lives.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    assert_eq!(failed, 0, "Linux has this clock");
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
