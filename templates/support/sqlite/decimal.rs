/// A decimal of `PRECISION` digits, `SCALE` of them behind the point: stored as a whole number of its last digit, so
/// that it is exact and sorts. A value with more digits behind the point is rounded, halves away from zero.
pub struct Scaled<const PRECISION: u32, const SCALE: u32>;

impl<const PRECISION: u32, const SCALE: u32> ColumnType for Scaled<PRECISION, SCALE> {
    type Value = rust_decimal::Decimal;
    type Base = Self;
    type Operand = rust_decimal::Decimal;

    fn read(stored: ValueRef<'_>) -> Result<Self::Value, Mismatch> {
        Ok(rust_decimal::Decimal::try_new(stored.as_i64()?, SCALE)?)
    }

    fn write(value: &Self::Value) -> Result<Written<'_>, Mismatch> {
        let half_up = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        let mut scaled = value.round_dp_with_strategy(SCALE, half_up);
        scaled.rescale(SCALE);
        match i64::try_from(scaled.mantissa()) {
            Ok(units)
                if scaled.scale() == SCALE && units.unsigned_abs() < 10_u64.pow(PRECISION) =>
            {
                Ok(Written::from(units))
            }
            _ => Err(format!(
                "{value} has more than {PRECISION} digits, {SCALE} of them behind the point"
            )
            .into()),
        }
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
    type Sum = Scaled<18, SCALE>;
}

ref_from!(rust_decimal::Decimal);
