//! What a business is made of: trades, regions, profile. Pure.

use serde::{Deserialize, Serialize};

use super::trade::{self, TradeCode};
use crate::kernel::failure::FieldProblem;
use crate::kernel::id::BusinessId;
use crate::kernel::phone::PhoneNumber;
use crate::kernel::region::Region;
use crate::kernel::tax_number::TaxNumber;
use crate::kernel::text::{Line, Name, Prose, has_link_or_number};
use crate::kernel::{Answer, Fields, Language, Timestamp};

/// The most trades of a business.
pub const TRADES_MAX: usize = 5;
/// The most regions a business serves.
pub const REGIONS_MAX: usize = 50;
/// The longest description or ideal referral in characters.
pub const DESCRIPTION_MAX: usize = 2_000;
/// The longest commission sentence in characters.
pub const COMMISSION_SENTENCE_MAX: usize = 300;
/// The most referrals a business may wish to have open at once.
pub const OPEN_REFERRALS_MOST: i32 = 1_000;
/// How many a new business takes at once.
pub const OPEN_REFERRALS_DEFAULT: i32 = 10;
/// The most businesses on either list of exclusions.
pub const EXCLUSIONS_MAX: usize = 200;
const WEBSITE_MAX: usize = 200;
/// The longest name of a place in characters.
pub const CITY_MAX: usize = 80;

crate::coded_enum! {
    /// Which way of referrals an exclusion closes.
    pub enum Direction {
        /// The business takes none from the other.
        NotFrom = 1 "not_from",
        /// The business gives none to the other.
        NotTo = 2 "not_to",
    }
}

/// One to five different trades, never groups; the first is the main one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trades(Vec<TradeCode>);

impl Trades {
    /// Reads codes.
    pub fn parse<T: AsRef<str>>(codes: &[T]) -> Result<Self, FieldProblem> {
        let known = codes.iter().map(|code| TradeCode::parse(code.as_ref().trim()).ok_or_else(|| FieldProblem::new("not_a_trade", "no trade has this code")));
        Self::of(known.collect::<Result<_, _>>()?)
    }

    /// From known codes.
    pub fn of(codes: Vec<TradeCode>) -> Result<Self, FieldProblem> {
        if codes.is_empty() {
            return Err(FieldProblem::new("required", "a business has at least one trade"));
        }
        if codes.len() > TRADES_MAX {
            return Err(FieldProblem::new("too_many", format!("at most {TRADES_MAX} trades")));
        }
        check_leaves(&codes)?;
        Ok(Self(codes))
    }

    /// The trades, the main one first.
    pub fn as_slice(&self) -> &[TradeCode] {
        &self.0
    }
}

/// Whether these are different trades and none is a group.
pub fn check_leaves(codes: &[TradeCode]) -> Result<(), FieldProblem> {
    if codes.iter().any(|code| code.is_group()) {
        return Err(FieldProblem::new("a_group_of_trades", "choose a trade, not a group of trades"));
    }
    let repeated = codes.iter().enumerate().any(|(index, code)| codes.iter().skip(index + 1).any(|other| other == code));
    if repeated { Err(FieldProblem::new("named_twice", "a trade is named twice")) } else { Ok(()) }
}

/// One to fifty different regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regions(Vec<Region>);

impl Regions {
    /// From parsed regions; what is named twice counts once.
    pub fn of(mut regions: Vec<Region>) -> Result<Self, FieldProblem> {
        regions.sort();
        regions.dedup();
        if regions.is_empty() {
            return Err(FieldProblem::new("required", "a business serves at least one region"));
        }
        if regions.len() > REGIONS_MAX {
            return Err(FieldProblem::new("too_many", format!("at most {REGIONS_MAX} regions")));
        }
        Ok(Self(regions))
    }

    /// Reads a list as people type it: `DE 10, DE 14, AT`.
    pub fn parse(text: &str) -> Result<Self, FieldProblem> {
        let pieces = text.split([',', ';', '\n']).map(str::trim).filter(|piece| !piece.is_empty()).take(REGIONS_MAX + 1);
        let regions = pieces.map(|piece| {
            let (country, postal_code) = piece.split_once(|c: char| c.is_whitespace() || c == '-').unwrap_or((piece, ""));
            Region::parse(country, postal_code)
        });
        Self::of(regions.collect::<Result<_, _>>()?)
    }

    /// The regions.
    pub fn as_slice(&self) -> &[Region] {
        &self.0
    }
}

/// How well the trades of a business fit a wanted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TradeFit {
    /// It does something else.
    None,
    /// It does another trade of the same group.
    Neighbouring,
    /// It does the very trade.
    Exact,
}

impl TradeFit {
    /// How well these trades fit.
    pub fn of(trades: &[TradeCode], wanted: TradeCode) -> Self {
        if trades.contains(&wanted) {
            return Self::Exact;
        }
        let is_neighbour = |code: &TradeCode| wanted.parent().is_some_and(|group| code.is_same_or_child(group));
        if trades.iter().any(is_neighbour) { Self::Neighbouring } else { Self::None }
    }
}

/// How well the regions of a business fit a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionFit {
    /// It does not work there.
    None,
    /// It works in the whole country.
    Country,
    /// It names the place, or nothing smaller than the country was asked for.
    Exact,
}

impl RegionFit {
    /// How well these regions fit.
    pub fn of(served: &[Region], place: &Region) -> Self {
        let fit = |region: &Region| match region.covers(place) {
            false => Self::None,
            true if region.postal_code.is_empty() && !place.postal_code.is_empty() => Self::Country,
            true => Self::Exact,
        };
        served.iter().map(fit).max().unwrap_or(Self::None)
    }
}

/// A business that registers.
#[derive(Debug, Clone)]
pub struct NewBusiness {
    /// Its name.
    pub name: Name,
    /// Country and postal code of its seat.
    pub place: Region,
    /// The place of its seat.
    pub city: Line<CITY_MAX>,
    /// What it does.
    pub trades: Trades,
    /// Where it works.
    pub regions: Regions,
}

impl NewBusiness {
    /// Reads what was typed at the registration; errors are noted in `fields` under the names of the arguments. Without
    /// regions the business serves its own country.
    pub fn parse(
        fields: &mut Fields,
        business_name: &str,
        (country, postal_code, city): (&str, &str, &str),
        trades: &[String],
        regions: Option<Vec<Region>>,
    ) -> Option<Self> {
        let name = fields.take("business_name", Name::parse(business_name));
        let place = fields.take(if Region::parse(country, "").is_err() { "country" } else { "postal_code" }, Region::parse(country, postal_code));
        let city = fields.take("city", Line::parse(city));
        let trades = fields.take("trades", Trades::parse(trades));
        let own_country = place.iter().map(|place| Region { country: place.country.clone(), postal_code: String::new() });
        let regions = regions.filter(|regions| !regions.is_empty()).unwrap_or_else(|| own_country.collect());
        let regions = if place.is_some() || !regions.is_empty() { fields.take("regions", Regions::of(regions)) } else { None };
        Some(Self { name: name?, place: place?, city: city?, trades: trades?, regions: regions? })
    }
}

/// A business as its own people and everybody signed in see it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Profile {
    /// Its id.
    pub id: BusinessId,
    /// Its name.
    pub name: String,
    /// What it says of itself.
    pub description: String,
    /// The referral it wishes for.
    pub ideal_referral: String,
    /// Its website.
    pub website: Option<String>,
    /// Its phone number, E.164.
    pub phone: Option<String>,
    /// Country of its seat, two letters.
    pub country: String,
    /// Postal code of its seat.
    pub postal_code: String,
    /// Place of its seat.
    pub city: String,
    /// What it does, the main trade first.
    pub trades: Vec<TradeCode>,
    /// Where it works.
    pub regions: Vec<Region>,
    /// How many referrals it wants open at once.
    pub open_referrals_max: i32,
    /// Whether it takes none for a while.
    pub paused: bool,
    /// The sentence about its commission that an introduction carries.
    pub commission_sentence: Option<String>,
    /// Whether one of its trades may give or take no advantage for a referral.
    pub is_regulated: bool,
    /// When it registered.
    pub created_at: Timestamp,
    /// Rises with every edit; send it as If-Match.
    pub version: i32,
}

/// What is to be changed of a profile; what is left out stays, an empty text clears.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProfileInput {
    /// Its name.
    pub name: Option<String>,
    /// What it says of itself.
    pub description: Option<String>,
    /// The referral it wishes for.
    pub ideal_referral: Option<String>,
    /// http:// or https://.
    pub website: Option<String>,
    /// With or without the country's code.
    pub phone: Option<String>,
    /// VAT number, or what the country has in its place. Only compared, by a keyed hash; it is neither kept nor shown.
    pub tax_number: Option<String>,
    /// Two letters.
    pub country: Option<String>,
    /// Of its seat.
    pub postal_code: Option<String>,
    /// Of its seat.
    pub city: Option<String>,
    /// 1 to 1000.
    pub open_referrals_max: Option<i32>,
    /// Shown to every prospect; no links or numbers. Not for regulated trades.
    pub commission_sentence: Option<String>,
}

/// A checked profile.
#[derive(Debug, Clone)]
pub struct ProfileValues {
    /// Its name.
    pub name: Name,
    /// What it says of itself.
    pub description: String,
    /// The referral it wishes for.
    pub ideal_referral: String,
    /// Its website.
    pub website: Option<String>,
    /// Its phone number.
    pub phone: Option<PhoneNumber>,
    /// Its tax number: nothing when it stays as it is, and nothing in it when it is taken away.
    pub tax_number: Option<Option<TaxNumber>>,
    /// Country and postal code.
    pub place: Region,
    /// The place's name.
    pub city: Line<CITY_MAX>,
    /// How many referrals it wants open at once.
    pub open_referrals_max: i32,
    /// The sentence about its commission.
    pub commission_sentence: Option<String>,
}

impl ProfileInput {
    /// Lays the changes over the present profile and checks the whole.
    pub fn over(&self, present: &Profile) -> Answer<ProfileValues> {
        let mut fields = Fields::new();
        let country = self.country.as_deref().unwrap_or(&present.country);
        let postal_code = self.postal_code.as_deref().unwrap_or(&present.postal_code);
        let name = fields.take("name", Name::parse(self.name.as_deref().unwrap_or(&present.name)));
        let place = fields.take(if Region::parse(country, "").is_err() { "country" } else { "postal_code" }, Region::parse(country, postal_code));
        let city = fields.take("city", Line::parse(self.city.as_deref().unwrap_or(&present.city)));
        let description = fields.take("description", prose(self.description.as_ref().unwrap_or(&present.description)));
        let ideal_referral = fields.take("ideal_referral", prose(self.ideal_referral.as_ref().unwrap_or(&present.ideal_referral)));
        let website = fields.take("website", website(self.website.as_ref().or(present.website.as_ref())));
        let phone = fields.take("phone", phone(self.phone.as_ref().or(present.phone.as_ref()), country));
        let tax_number = fields.take("tax_number", self.tax_number.as_ref().map(|text| tax_number(text, country)).transpose());
        let sentence = self.commission_sentence.as_ref().or(present.commission_sentence.as_ref());
        let commission_sentence = fields.take("commission_sentence", commission_sentence(sentence, present.is_regulated));
        let open_referrals_max = self.open_referrals_max.unwrap_or(present.open_referrals_max);
        if !(1..=OPEN_REFERRALS_MOST).contains(&open_referrals_max) {
            fields.add("open_referrals_max", "out_of_range", format!("between 1 and {OPEN_REFERRALS_MOST}"));
        }
        let values = || {
            Some(ProfileValues {
                name: name?,
                description: description?,
                ideal_referral: ideal_referral?,
                website: website?,
                phone: phone?,
                tax_number: tax_number?,
                place: place?,
                city: city?,
                open_referrals_max,
                commission_sentence: commission_sentence?,
            })
        };
        fields.into_result(values())
    }
}

fn prose(text: &str) -> Result<String, FieldProblem> {
    Ok(Prose::<DESCRIPTION_MAX>::optional(Some(text))?.map_or_else(String::new, Prose::into_string))
}

fn website(text: Option<&String>) -> Result<Option<String>, FieldProblem> {
    let Some(line) = Line::<WEBSITE_MAX>::optional(text.map(String::as_str))? else { return Ok(None) };
    let wrong = || FieldProblem::new("not_a_website", "write a whole address such as https://example.org");
    let address = url::Url::parse(line.as_str()).map_err(|_| wrong())?;
    let usable = matches!(address.scheme(), "http" | "https") && address.host_str().is_some_and(|host| host.contains('.')) && address.username().is_empty();
    if usable && address.password().is_none() { Ok(Some(line.into_string())) } else { Err(wrong()) }
}

fn phone(text: Option<&String>, country: &str) -> Result<Option<PhoneNumber>, FieldProblem> {
    text.filter(|text| !text.trim().is_empty()).map(|text| PhoneNumber::parse(text, &country.to_ascii_uppercase())).transpose()
}

fn tax_number(text: &str, country: &str) -> Result<Option<TaxNumber>, FieldProblem> {
    if text.trim().is_empty() { Ok(None) } else { TaxNumber::parse(text, country).map(Some) }
}

fn commission_sentence(text: Option<&String>, is_regulated: bool) -> Result<Option<String>, FieldProblem> {
    let Some(line) = Line::<COMMISSION_SENTENCE_MAX>::optional(text.map(String::as_str))? else { return Ok(None) };
    if is_regulated {
        return Err(FieldProblem::new("regulated_trade", "a regulated trade promises no advantage for a referral"));
    }
    if has_link_or_number(line.as_str()) {
        return Err(FieldProblem::new("link_or_number", "no links, addresses or phone numbers here"));
    }
    Ok(Some(line.into_string()))
}

/// The words by which the directory finds a business, in the spelling by which words are compared.
pub fn search_words(name: &str, city: &str, texts: [&str; 2], trades: &[TradeCode]) -> String {
    let names = trades.iter().flat_map(|code| Language::ALL.iter().map(|language| code.name(*language)));
    let mut words: Vec<String> = [name, city].into_iter().chain(texts).chain(names).flat_map(trade::folded_words).collect();
    words.sort();
    words.dedup();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_business_has_one_to_five_different_trades() {
        assert!(Trades::parse(&["electrician", "architect"]).is_ok());
        for (codes, code) in [
            (vec![], "required"),
            (vec!["electrician", "electrician"], "named_twice"),
            (vec!["building"], "a_group_of_trades"),
            (vec!["wizard"], "not_a_trade"),
            (vec!["electrician", "architect", "builder", "roofer", "tiler", "painter"], "too_many"),
        ] {
            assert_eq!(Trades::parse(&codes).unwrap_err().code, code);
        }
    }

    #[test]
    fn regions_are_read_as_people_type_them() {
        let regions = Regions::parse("DE 10, de 14;AT\nDE 10").unwrap();
        assert_eq!(regions.as_slice().iter().map(ToString::to_string).collect::<Vec<_>>(), ["AT", "DE 10", "DE 14"]);
        assert_eq!(Regions::parse(" , ").unwrap_err().code, "required");
        assert_eq!(Regions::parse("Germany").unwrap_err().code, "not_a_country");
        let many = (0..60).map(|number| format!("DE {number:03}")).collect::<Vec<_>>().join(",");
        assert_eq!(Regions::parse(&many).unwrap_err().code, "too_many");
    }

    #[test]
    fn trades_and_regions_fit_wholly_half_or_not() {
        let trades = Trades::parse(&["electrician"]).unwrap();
        let fit = |code: &str| TradeFit::of(trades.as_slice(), TradeCode::parse(code).unwrap());
        assert_eq!([fit("electrician"), fit("plumber"), fit("roofer")], [TradeFit::Exact, TradeFit::Neighbouring, TradeFit::None]);
        let regions = Regions::parse("DE 10, AT").unwrap();
        let fit = |country: &str, code: &str| RegionFit::of(regions.as_slice(), &Region::parse(country, code).unwrap());
        let found = [fit("DE", "10115"), fit("AT", "1010"), fit("AT", ""), fit("DE", "20095")];
        assert_eq!(found, [RegionFit::Exact, RegionFit::Country, RegionFit::Exact, RegionFit::None]);
    }

    #[test]
    fn a_registration_without_regions_serves_its_own_country() {
        let mut fields = Fields::new();
        let new = NewBusiness::parse(&mut fields, "Strom GmbH", ("de", "10115", "Berlin"), &["electrician".to_owned()], None).unwrap();
        assert_eq!(new.regions.as_slice()[0].to_string(), "DE");
        let mut fields = Fields::new();
        assert!(NewBusiness::parse(&mut fields, "", ("Germany", "", ""), &[], None).is_none());
        let Err(crate::kernel::Failure::Invalid(errors)) = fields.finish() else { panic!("must be refused") };
        assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["business_name", "country", "city", "trades"]);
    }

    #[test]
    fn a_regulated_trade_promises_no_commission() {
        let text = "I get three percent.".to_owned();
        assert!(commission_sentence(Some(&text), false).unwrap().is_some());
        assert_eq!(commission_sentence(Some(&text), true).unwrap_err().code, "regulated_trade");
        assert_eq!(commission_sentence(Some(&"See www.example.org".to_owned()), false).unwrap_err().code, "link_or_number");
        assert_eq!(website(Some(&"javascript:alert(1)".to_owned())).unwrap_err().code, "not_a_website");
    }
}
