/// A decimal of `PRECISION` digits, `SCALE` of them behind the point. It is sent as its text, which is exact. A value with more
/// digits behind the point is rounded, halves away from zero.
pub struct Scaled<const PRECISION: u32, const SCALE: u32>;

impl<const PRECISION: u32, const SCALE: u32> ColumnType for Scaled<PRECISION, SCALE> {
    type Value = rust_decimal::Decimal;
    type Base = Self;
    type Operand = rust_decimal::Decimal;

    /// As many digits as there can be, on both sides of the point.
    const LISTED: &'static str = "DECIMAL(65, 28)";

    fn read(stored: ValueRef<'_>) -> Result<Self::Value, Mismatch> {
        Ok(rust_decimal::Decimal::from_str_exact(stored.as_str()?)?)
    }

    fn write(value: &Self::Value) -> Result<Written<'_>, Mismatch> {
        let half_up = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        let mut scaled = value.round_dp_with_strategy(SCALE, half_up);
        scaled.rescale(SCALE);
        if scaled.scale() == SCALE && scaled.mantissa().unsigned_abs() < 10_u128.pow(PRECISION) {
            return Ok(Written::from(scaled.to_string()));
        }
        let digits = format!("{PRECISION} digits, {SCALE} of them behind the point");
        Err(format!("{value} has more than {digits}").into())
    }

    /// A rounded operand would find other rows than were asked for.
    fn operand(value: &Self::Operand) -> Result<Written<'_>, Mismatch> {
        if value.normalize().scale() > SCALE {
            return Err(format!("{value} has more than {SCALE} digits behind the point").into());
        }
        Self::write(value)
    }

    fn assign(value: &Self::Operand) -> Result<Written<'_>, Mismatch> {
        Self::write(value)
    }
}

impl<const PRECISION: u32, const SCALE: u32> Settable for Scaled<PRECISION, SCALE> {}

impl<const PRECISION: u32, const SCALE: u32> Summed for Scaled<PRECISION, SCALE> {
    type Sum = Scaled<28, SCALE>;
}

ref_from!(rust_decimal::Decimal);
