//! Exact fractions.

use std::fmt;

/// A fraction in lowest terms. In JSON its exact form and a rounded decimal: `{"exact": "3/8", "decimal": "0.3750"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    /// Always above 0.
    denominator: i128,
}

/// The decimal places of the API.
const API_PLACES: u32 = 4;

impl Ratio {
    /// Nothing of something.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// The whole.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// The fraction in lowest terms; nothing when the denominator is not above 0: a share of nothing says nothing.
    pub fn of(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator <= 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        // The divisor is no greater than the denominator, so it fits.
        let divisor = i128::try_from(divisor).ok()?;
        Some(Self { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self { numerator: number as i128, denominator: 1 }
    }

    /// Above the fraction's line.
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// Below the fraction's line; above 0.
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// The nearest whole number; halves go away from zero. Numbers past the bounds of `i64` become the bound.
    pub fn rounded(self) -> i64 {
        let (whole, rest) = (self.numerator / self.denominator, self.numerator % self.denominator);
        // `rest ≥ denominator − rest` says "at least a half" without doubling anything.
        let up = rest.unsigned_abs() >= self.denominator.unsigned_abs() - rest.unsigned_abs();
        let number = whole + if up { self.numerator.signum() } else { 0 };
        i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
    }

    /// The same fraction times a small whole number: 100 for percent.
    pub fn times(self, factor: i64) -> Self {
        // The denominator gives way first, so that nothing overflows that fits in the end.
        let divisor = i128::try_from(greatest_common_divisor(factor.unsigned_abs().into(), self.denominator.unsigned_abs())).unwrap_or(1).max(1);
        Self { numerator: self.numerator.saturating_mul(i128::from(factor) / divisor), denominator: self.denominator / divisor }
    }

    /// The share in whole percent, rounded.
    pub fn percent(self) -> i64 {
        self.times(100).rounded()
    }

    /// As a decimal with so many places, rounded; halves go away from zero.
    pub fn decimal(self, places: u32) -> String {
        let scaled = self.times(10_i64.pow(places.min(18))).rounded();
        let sign = if scaled < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", scaled.unsigned_abs(), width = places as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places as usize);
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

/// Euclid's algorithm; the logarithm of the smaller number bounds its steps.
fn greatest_common_divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

impl fmt::Display for Ratio {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == 1 { write!(formatter, "{}", self.numerator) } else { write!(formatter, "{}/{}", self.numerator, self.denominator) }
    }
}

impl serde::Serialize for Ratio {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Ratio", 2)?;
        fields.serialize_field("exact", &self.to_string())?;
        fields.serialize_field("decimal", &self.decimal(API_PLACES))?;
        fields.end()
    }
}

impl utoipa::PartialSchema for Ratio {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, Type};
        let text = |description: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(description));
        ObjectBuilder::new()
            .description(Some("An exact fraction"))
            .property("exact", text("In lowest terms, e.g. 3/8").examples(["3/8"]))
            .property("decimal", text("Rounded to four places").examples(["0.3750"]))
            .required("exact")
            .required("decimal")
            .into()
    }
}

impl utoipa::ToSchema for Ratio {}
