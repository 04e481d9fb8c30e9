//! Money: integers in the currency's smallest unit.

use std::fmt::Write;

use super::failure::FieldProblem;

/// An ISO 4217 code, three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

/// An amount of money. In JSON `{"amount_minor": 125000, "currency": "EUR"}`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// In the smallest unit, e.g. cents.
    pub amount_minor: i64,
    /// ISO 4217.
    #[schema(value_type = String, example = "EUR")]
    pub currency: Currency,
}

/// The greatest amount that can be recorded, in the smallest unit: a hundred thousand million.
pub const AMOUNT_MAX_MINOR: i64 = 10_000_000_000_000;

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads three letters; small ones are written as capitals.
    pub fn parse(raw: &str) -> Result<Self, FieldProblem> {
        match raw.as_bytes() {
            letters @ &[a, b, c] if letters.iter().all(u8::is_ascii_alphabetic) => Ok(Self([a, b, c].map(|letter| letter.to_ascii_uppercase()))),
            _ => Err(FieldProblem::new("not_a_currency", "a currency has three letters, e.g. EUR")),
        }
    }

    /// How many decimal places the smallest unit stands behind.
    pub fn decimals(&self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"ISK" | b"CLP" | b"VND" => 0,
            b"BHD" | b"KWD" | b"JOD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|letter| formatter.write_char(char::from(*letter)))
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl Money {
    /// Whether the amount lies between 0 and [`AMOUNT_MAX_MINOR`].
    pub fn check(&self) -> Result<(), FieldProblem> {
        if (0..=AMOUNT_MAX_MINOR).contains(&self.amount_minor) {
            Ok(())
        } else {
            Err(FieldProblem::new("amount_out_of_range", "the amount is negative or too large"))
        }
    }
}

/// Reads an amount as people type it in a form (`1250`, `1.250,50`, `1,250.50`, `1 250,50`) into the smallest unit.
pub fn parse_amount(raw: &str, currency: Currency) -> Result<i64, FieldProblem> {
    let wrong = || FieldProblem::new("not_an_amount", "write an amount such as 1250 or 1250.50");
    let text: String = raw.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let decimals = currency.decimals();
    // The last separator is a decimal one when as many digits follow as the currency has decimals, or one.
    let split = text.rfind([',', '.']).filter(|&at| {
        let behind = text.len() - at - 1;
        behind > 0 && behind <= decimals as usize && behind != 3
    });
    let (whole, fraction) = split.map_or((text.as_str(), ""), |at| (&text[..at], &text[at + 1..]));
    let whole: String = whole.chars().filter(|c| *c != ',' && *c != '.').collect();
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let padded = format!("{whole}{fraction:0<width$}", width = decimals as usize);
    let amount = padded.parse::<i64>().map_err(|_| wrong())?;
    Money { amount_minor: amount, currency }.check().map(|()| amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_written_as_it_was_read() {
        for code in ["EUR", "JPY", "ABC"] {
            let currency = Currency::parse(code).unwrap();
            assert_eq!((currency.to_string().as_str(), serde_json::to_value(currency).unwrap()), (code, serde_json::json!(code)));
        }
        for typed in ["eur", "Eur", "EUR"] {
            assert_eq!(Currency::parse(typed), Ok(Currency::EUR));
        }
        for wrong in ["", "EU", "EURO", "ÄB", "E R"] {
            assert!(Currency::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (raw, minor) in
            [("1250", 125_000), ("1.250", 125_000), ("1.250,50", 125_050), ("1,250.5", 125_050), ("1 250,50", 125_050), ("0", 0), ("12,5", 1_250)]
        {
            assert_eq!(parse_amount(raw, Currency::EUR), Ok(minor), "{raw}");
        }
        assert_eq!(parse_amount("500", Currency::parse("JPY").unwrap()), Ok(500));
        for raw in ["", "-5", "1e5", "abc", "99999999999999999999", ",5"] {
            assert!(parse_amount(raw, Currency::EUR).is_err(), "{raw}");
        }
    }
}
