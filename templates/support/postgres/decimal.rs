/// A decimal of `PRECISION` digits, `SCALE` of them behind the point. A value with more digits behind the point is rounded,
/// halves away from zero.
pub struct Scaled<const PRECISION: u32, const SCALE: u32>;

impl<const PRECISION: u32, const SCALE: u32> ColumnType for Scaled<PRECISION, SCALE> {
    type Value = rust_decimal::Decimal;
    type Base = Self;
    type Operand = rust_decimal::Decimal;

    fn read(stored: ValueRef<'_>) -> Result<Self::Value, Mismatch> {
        let number = Numeric::decode(stored)?;
        let decimal = |number: Numeric| {
            rust_decimal::Decimal::try_from_i128_with_scale(number.units, number.scale.into())
        };
        let value = decimal(number).or_else(|_| decimal(number.trimmed()));
        let mut value = value.map_err(|_| format!("{number} has too many digits"))?;
        if value.scale() < SCALE {
            value.rescale(SCALE);
        }
        Ok(value)
    }

    fn write(value: &Self::Value) -> Result<Written<'_>, Mismatch> {
        let half_up = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        let mut scaled = value.round_dp_with_strategy(SCALE, half_up);
        scaled.rescale(SCALE);
        let units = scaled.mantissa();
        if scaled.scale() == SCALE && units.unsigned_abs() < 10_u128.pow(PRECISION) {
            let scale = u16::try_from(SCALE)?;
            return Ok(Written::Numeric(Numeric { units, scale }));
        }
        Err(
            format!("{value} has more than {PRECISION} digits, {SCALE} of them behind the point")
                .into(),
        )
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
