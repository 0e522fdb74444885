/// A decimal number: so many units of 10^-`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeric {
    units: i128,
    scale: u16,
}

impl Numeric {
    const NEGATIVE: u16 = 0x4000;

    /// The format: how many digits to the base 10,000 there are, the power of the first one, the sign, how many decimal
    /// digits are shown behind the point, and the digits, without zeros at either end.
    fn encode(self, to: &mut Vec<u8>) {
        // So many decimal digits fill the last of the large ones.
        let missing = (4 - self.scale % 4) % 4;
        let behind_point = (self.scale + missing) / 4;
        let mut rest = self.units.unsigned_abs();
        let mut digits = Vec::new();
        if missing > 0 && rest > 0 {
            // The last large digit is made of what is left of it, so that no multiplication goes beyond the range.
            let own = 10_u128.pow(u32::from(4 - missing));
            digits.push(low_digit(rest % own) * 10_u16.pow(missing.into()));
            rest /= own;
        }
        while rest > 0 {
            digits.push(low_digit(rest % 10_000));
            rest /= 10_000;
        }
        let length = |digits: &[u16]| i16::try_from(digits.len()).unwrap_or(i16::MAX);
        let behind_point = i16::try_from(behind_point).unwrap_or(i16::MAX);
        let weight = match length(&digits) {
            0 => 0,
            count => count - behind_point - 1,
        };
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        let digits = &digits[zeros..];
        let sign = if self.units < 0 { Self::NEGATIVE } else { 0 };
        to.extend_from_slice(&length(digits).to_be_bytes());
        to.extend_from_slice(&weight.to_be_bytes());
        to.extend_from_slice(&sign.to_be_bytes());
        to.extend_from_slice(&self.scale.to_be_bytes());
        for digit in digits.iter().rev() {
            to.extend_from_slice(&digit.to_be_bytes());
        }
    }

    /// The number that is stored, with the digits behind the point that the server shows, or as many as there is room for.
    fn decode(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        let bytes = stored.of(&[Oid::NUMERIC])?;
        let Some((head, digits)) = bytes.split_at_checked(8) else {
            return Err(stored.damaged());
        };
        let head = |at: usize| u16::from_be_bytes([head[at], head[at + 1]]);
        let negative = match head(4) {
            0 => false,
            Self::NEGATIVE => true,
            0xc000 => return Err("it is NaN".into()),
            0xd000 | 0xf000 => return Err("it is infinite".into()),
            _ => return Err(stored.damaged()),
        };
        if digits.len() != usize::from(head(0)) * 2 {
            return Err(stored.damaged());
        }
        let weight = i32::from(head(2).cast_signed());
        let mut exponent = (weight + 1 - i32::from(head(0))) * 4;
        let mut units = 0_i128;
        for digit in digits.chunks_exact(2) {
            let digit = i128::from(u16::from_be_bytes([digit[0], digit[1]]));
            let more = units.checked_mul(10_000);
            units = more
                .and_then(|units| units.checked_add(digit))
                .ok_or("it has too many digits")?;
        }
        while units != 0 && units % 10 == 0 {
            units /= 10;
            exponent += 1;
        }
        let shown = head(6);
        let least = u16::try_from(exponent.min(0).unsigned_abs()).unwrap_or(u16::MAX);
        let at = |scale: u16| {
            let zeros = u32::try_from(exponent + i32::from(scale)).ok()?;
            let units = if units == 0 {
                0
            } else {
                10_i128.checked_pow(zeros)?.checked_mul(units)?
            };
            let units = if negative { -units } else { units };
            Some(Self { units, scale })
        };
        let number = at(shown.max(least)).or_else(|| at(least));
        number.ok_or_else(|| "it has too many digits".into())
    }

    /// The same without zeros at the end of what is behind the point.
    fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.units % 10 == 0 {
            self.units /= 10;
            self.scale -= 1;
        }
        self
    }

    /// The number when it is whole.
    fn whole(self) -> Option<i128> {
        let unit = 10_i128.checked_pow(self.scale.into())?;
        (self.units % unit == 0).then(|| self.units / unit)
    }
}

/// A digit to the base 10,000.
fn low_digit(number: u128) -> u16 {
    u16::try_from(number).unwrap_or_default()
}

impl std::fmt::Display for Numeric {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let scale = usize::from(self.scale);
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}
