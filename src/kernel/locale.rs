//! The languages Kularing speaks, and how each writes dates and numbers.

use super::clock::Timestamp;
use super::money::{Currency, Money};

crate::coded_enum! {
    /// A language of the screens and mails.
    pub enum Language {
        /// English.
        En = 1 "en",
        /// German.
        De = 2 "de",
        /// Russian.
        Ru = 3 "ru",
    }
}

impl Language {
    /// The best match of an `Accept-Language` header; English when nothing fits.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::En, 0.0_f32);
        for part in header.split(',').take(20) {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or("").trim();
            let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")).and_then(|q| q.parse().ok()).unwrap_or(1.0_f32);
            let language = tag.get(..2).and_then(|two| Self::parse(&two.to_ascii_lowercase()));
            if let Some(language) = language.filter(|_| weight > best.1) {
                best = (language, weight);
            }
        }
        best.0
    }

    /// A date such as 21 November 2026 · 21.11.2026, in the given zone (UTC when unknown).
    pub fn date(self, moment: Timestamp, zone: &str) -> String {
        let zoned = moment.to_jiff().in_tz(zone).unwrap_or_else(|_| moment.to_jiff().to_zoned(jiff::tz::TimeZone::UTC));
        match self {
            Self::En => zoned.strftime("%-d %b %Y").to_string(),
            Self::De | Self::Ru => zoned.strftime("%d.%m.%Y").to_string(),
        }
    }

    /// A month (1 to 12) in three letters or so, for the scale of a picture.
    pub const fn month(self, month: i8) -> &'static str {
        const NAMES: [[&str; 3]; 12] = [
            ["Jan", "Jan", "янв"],
            ["Feb", "Feb", "фев"],
            ["Mar", "Mär", "мар"],
            ["Apr", "Apr", "апр"],
            ["May", "Mai", "май"],
            ["Jun", "Jun", "июн"],
            ["Jul", "Jul", "июл"],
            ["Aug", "Aug", "авг"],
            ["Sep", "Sep", "сен"],
            ["Oct", "Okt", "окт"],
            ["Nov", "Nov", "ноя"],
            ["Dec", "Dez", "дек"],
        ];
        if month < 1 || month > 12 {
            return "";
        }
        NAMES[(month - 1) as usize][match self {
            Self::En => 0,
            Self::De => 1,
            Self::Ru => 2,
        }]
    }

    /// The day of the week, shortened as before a date.
    pub fn weekday(self, moment: Timestamp, zone: &str) -> &'static str {
        const NAMES: [[&str; 3]; 7] = [
            ["Mon", "Mo.", "пн"],
            ["Tue", "Di.", "вт"],
            ["Wed", "Mi.", "ср"],
            ["Thu", "Do.", "чт"],
            ["Fri", "Fr.", "пт"],
            ["Sat", "Sa.", "сб"],
            ["Sun", "So.", "вс"],
        ];
        let zoned = moment.to_jiff().in_tz(zone).unwrap_or_else(|_| moment.to_jiff().to_zoned(jiff::tz::TimeZone::UTC));
        NAMES[zoned.weekday().to_monday_zero_offset() as usize % NAMES.len()][match self {
            Self::En => 0,
            Self::De => 1,
            Self::Ru => 2,
        }]
    }

    /// A date with the time of day.
    pub fn date_time(self, moment: Timestamp, zone: &str) -> String {
        let zoned = moment.to_jiff().in_tz(zone).unwrap_or_else(|_| moment.to_jiff().to_zoned(jiff::tz::TimeZone::UTC));
        format!("{}, {}", self.date(moment, zone), zoned.strftime("%H:%M"))
    }

    /// A whole number with the language's thousands separator.
    pub fn number(self, value: i64) -> String {
        let separator = match self {
            Self::En => ',',
            Self::De => '.',
            Self::Ru => '\u{a0}',
        };
        let digits = value.unsigned_abs().to_string();
        let mut grouped = String::with_capacity(digits.len() * 2);
        if value < 0 {
            grouped.push('−');
        }
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// An amount of money as it is typed in a form, so that it is read back as the same: no thousands apart, the language's own
    /// point before cents.
    pub fn amount_to_type(self, minor: i64, currency: Currency) -> String {
        let unit = 10_i64.pow(currency.decimals());
        let (whole, fraction) = (minor / unit, minor % unit);
        if fraction == 0 { whole.to_string() } else { format!("{whole}{}{fraction:0width$}", self.point(), width = currency.decimals() as usize) }
    }

    const fn point(self) -> char {
        match self {
            Self::En => '.',
            Self::De | Self::Ru => ',',
        }
    }

    /// An amount of money; cents are left out when there are none.
    pub fn money(self, money: &Money) -> String {
        let unit = 10_i64.pow(money.currency.decimals());
        let whole = self.number(money.amount_minor / unit);
        let fraction = money.amount_minor % unit;
        let point = self.point();
        let amount = if fraction == 0 { whole } else { format!("{whole}{point}{fraction:0width$}", width = money.currency.decimals() as usize) };
        match (self, money.currency) {
            (Self::En, Currency::EUR) => format!("€{amount}"),
            (_, Currency::EUR) => format!("{amount}\u{a0}€"),
            (_, other) => format!("{amount}\u{a0}{other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::money::parse_amount;

    #[test]
    fn the_browser_is_understood() {
        for (header, language) in [
            ("de-DE,de;q=0.9,en;q=0.8", Language::De),
            ("fr,ru;q=0.5", Language::Ru),
            ("", Language::En),
            ("xx;q=2", Language::En),
            ("en;q=0.1, de;q=0.2", Language::De),
        ] {
            assert_eq!(Language::from_accept_language(header), language, "{header}");
        }
    }

    #[test]
    fn numbers_and_money_are_written_as_each_language_does() {
        assert_eq!(Language::De.number(-1_234_567), "−1.234.567");
        let money = Money { amount_minor: 1_250_050, currency: Currency::EUR };
        assert_eq!(Language::En.money(&money), "€12,500.50");
        assert_eq!(Language::De.money(&money), "12.500,50\u{a0}€");
        assert_eq!(Language::Ru.money(&money), "12\u{a0}500,50\u{a0}€");
        assert_eq!(Language::Ru.number(1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(Language::Ru.number(-999), "−999");
        let roubles = Money { amount_minor: 80_000_000, currency: Currency::parse("RUB").unwrap() };
        assert_eq!(Language::Ru.money(&roubles), "800\u{a0}000\u{a0}RUB");
    }

    #[test]
    fn an_amount_stands_in_a_form_as_it_would_be_typed() {
        let yen = Currency::parse("JPY").unwrap();
        for (minor, currency, shown) in [
            (125_050, Currency::EUR, ["1250.50", "1250,50", "1250,50"]),
            (125_000, Currency::EUR, ["1250"; 3]),
            (5, Currency::EUR, ["0.05", "0,05", "0,05"]),
            (1_250, yen, ["1250"; 3]),
        ] {
            for (language, shown) in Language::ALL.iter().zip(shown) {
                assert_eq!(language.amount_to_type(minor, currency), shown);
                assert_eq!(parse_amount(shown, currency), Ok(minor), "it is read back as the same");
            }
        }
    }

    #[test]
    fn summer_time_is_respected() {
        let moment = Timestamp::from_micros(1_782_907_200_000_000);
        assert_eq!(Language::De.date_time(moment, "Europe/Berlin"), "01.07.2026, 14:00");
        assert_eq!(Language::En.date_time(moment, "nowhere"), "1 Jul 2026, 12:00");
    }

    #[test]
    fn the_day_of_the_week_is_that_of_the_zone() {
        // 2026-07-01T23:30Z, a Wednesday; in Berlin it is Thursday already.
        let moment = Timestamp::from_micros(1_782_948_600_000_000);
        assert_eq!([Language::En, Language::De, Language::Ru].map(|language| language.weekday(moment, "UTC")), ["Wed", "Mi.", "ср"]);
        assert_eq!([Language::En, Language::De, Language::Ru].map(|language| language.weekday(moment, "Europe/Berlin")), ["Thu", "Do.", "чт"]);
    }
}
