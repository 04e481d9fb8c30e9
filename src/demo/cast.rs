//! Who lives in the demo: forty businesses around Leipzig, three people to sign in as, and prospects by the dozen.
//!
//! Every address ends in `.example`, which nobody can own.

use crate::kernel::Language;

/// The password of every demo login.
pub const PASSWORD: &str = "win-win-win 2026";
/// The partner to sign in as: the architect of the value chain.
pub const PARTNER: &str = "anna.arndt@arndt-architektur.example";
/// The organiser to sign in as.
pub const ORGANISER: &str = "olga.ott@ott-projekte.example";
/// The organiser of the networking circle.
pub const HOST: &str = "robert@richter-immobilien.example";
/// The operator to sign in as.
pub const OPERATOR: &str = "operator@kularing.example";

/// A business of the demo and its first person.
pub struct Member {
    /// The person's name.
    pub person: &'static str,
    /// His address before the @.
    pub mailbox: &'static str,
    /// The business.
    pub business: &'static str,
    /// Its domain.
    pub domain: &'static str,
    /// Its trade.
    pub trade: &'static str,
    /// Where it is.
    pub city: &'static str,
    /// Its postal code.
    pub postal_code: &'static str,
    /// The person's language.
    pub language: Language,
    /// What it likes to be referred.
    pub ideal_referral: &'static str,
}

impl Member {
    /// The person's address.
    pub fn email(&self) -> String {
        format!("{}@{}", self.mailbox, self.domain)
    }
}

const fn member(
    who: (&'static str, &'static str),
    business: (&'static str, &'static str),
    trade: &'static str,
    place: (&'static str, &'static str),
    language: Language,
    ideal_referral: &'static str,
) -> Member {
    Member { person: who.0, mailbox: who.1, business: business.0, domain: business.1, trade, city: place.1, postal_code: place.0, language, ideal_referral }
}

use Language::{De, En, Ru};

const LEIPZIG: (&str, &str) = ("04109", "Leipzig");
const PLAGWITZ: (&str, &str) = ("04229", "Leipzig");
const HALLE: (&str, &str) = ("06108", "Halle");
const MARKKLEEBERG: (&str, &str) = ("04416", "Markkleeberg");
const TAUCHA: (&str, &str) = ("04425", "Taucha");
const GRIMMA: (&str, &str) = ("04668", "Grimma");

/// The links of the value chain, in the order in which a house is built.
pub const LINKS: [&str; 8] = ["architect", "general-contractor", "carpenter", "roofer", "electrician", "heating-engineer", "painter", "kitchen-fitter"];

/// The sixteen businesses of the value chain "Haus bauen in Leipzig"; the first is the partner, the second the organiser: both
/// read English, as a newcomer who signs in as them does.
pub const CHAIN: [Member; 16] = [
    member(
        ("Anna Arndt", "anna.arndt"),
        ("Arndt Architektur", "arndt-architektur.example"),
        "architect",
        LEIPZIG,
        En,
        "Familien, die ein Grundstück haben und ein Holzhaus planen.",
    ),
    member(
        ("Olga Ott", "olga.ott"),
        ("Ott Projekte", "ott-projekte.example"),
        "general-contractor",
        LEIPZIG,
        En,
        "Bauherren mit fertiger Planung ab 300.000 Euro.",
    ),
    member(("Bernd Brückner", "bernd"), ("Brückner Bau", "brueckner-bau.example"), "general-contractor", TAUCHA, De, "Anbauten und Umbauten im Bestand."),
    member(
        ("Zoltán Zimmermann", "zoltan"),
        ("Zimmerei Zimmermann", "zimmerei-zimmermann.example"),
        "carpenter",
        GRIMMA,
        De,
        "Dachstühle und Carports aus Holz.",
    ),
    member(("Dora Dachs", "dora"), ("Dachs Bedachungen", "dachs-dach.example"), "roofer", MARKKLEEBERG, De, "Steildächer, die älter als dreißig Jahre sind."),
    member(
        ("Emil Engel", "emil.engel"),
        ("Elektro Engel", "elektro-engel.example"),
        "electrician",
        PLAGWITZ,
        De,
        "Neubauten und Altbausanierungen, bei denen die Elektrik neu gemacht wird.",
    ),
    member(
        ("Elena Ermakova", "elena"),
        ("Ermakova Elektrotechnik", "ermakova.example"),
        "electrician",
        HALLE,
        Ru,
        "Ремонт старых квартир с полной заменой проводки.",
    ),
    member(
        ("Heiko Hartmann", "heiko"),
        ("Hartmann Wärme", "hartmann-waerme.example"),
        "heating-engineer",
        LEIPZIG,
        De,
        "Wärmepumpen im Ein- und Zweifamilienhaus.",
    ),
    member(("Ivan Iwanow", "ivan"), ("Iwanow Haustechnik", "iwanow.example"), "heating-engineer", TAUCHA, Ru, "Замена отопления в частных домах."),
    member(("Mia Maler", "mia"), ("Farbwerk Maler", "farbwerk.example"), "painter", PLAGWITZ, De, "Treppenhäuser und Fassaden von Hausverwaltungen."),
    member(
        ("Konrad Koch", "konrad"),
        ("Küchenbau Koch", "kuechenbau-koch.example"),
        "kitchen-fitter",
        LEIPZIG,
        De,
        "Küchen für Neubauten, geplant vor der Elektrik.",
    ),
    member(("Karin Kranz", "karin"), ("Kranz Küchen", "kranz-kuechen.example"), "kitchen-fitter", HALLE, De, "Kleine Küchen, die viel können."),
    member(("Peter Plan", "peter"), ("Plan & Partner", "plan-partner.example"), "architect", MARKKLEEBERG, En, "Owners who turn a barn into a home."),
    member(("Frieda Fenster", "frieda"), ("Fensterbau Frieda", "fensterbau-frieda.example"), "window-fitter", GRIMMA, De, "Holzfenster im Denkmal."),
    member(("Ludwig Lehm", "ludwig"), ("Lehmbau Ludwig", "lehmbau-ludwig.example"), "plasterer", LEIPZIG, De, "Lehmputz für gesunde Räume."),
    member(("Gerd Grün", "gerd"), ("Grün Gärten", "gruen-gaerten.example"), "landscaper", MARKKLEEBERG, De, "Gärten gleich nach dem Einzug."),
];

/// Trades that the networking circle has a seat for, and nobody in it yet.
pub const SEATS_OPEN: [&str; 3] = ["locksmith", "optician", "tailor"];

/// The twenty-four members of the networking circle "Leipziger Runde".
pub const NETWORK: [Member; 24] = [
    member(("Robert Richter", "robert"), ("Richter Immobilien", "richter-immobilien.example"), "estate-agent", LEIPZIG, De, "Erben, die ein Haus verkaufen."),
    member(("Paula Pohl", "paula"), ("Pohl Finanz", "pohl-finanz.example"), "mortgage-broker", LEIPZIG, De, "Paare, die zum ersten Mal kaufen."),
    member(("Viktor Vogt", "viktor"), ("Vogt Versicherungen", "vogt-versichert.example"), "insurance-broker", HALLE, De, "Handwerksbetriebe ab fünf Leuten."),
    member(
        ("Tamara Thiel", "tamara"),
        ("Steuerkanzlei Thiel", "kanzlei-thiel.example"),
        "tax-adviser",
        LEIPZIG,
        De,
        "Gründerinnen und Gründer in den ersten drei Jahren.",
    ),
    member(("Jonas Jahn", "jonas"), ("Jahn Rechtsanwälte", "jahn-recht.example"), "lawyer", LEIPZIG, De, "Fragen zum Baurecht, früh gestellt."),
    member(("Wanda Weber", "wanda"), ("Webwerk Weber", "webwerk.example"), "web-designer", PLAGWITZ, De, "Betriebe, deren Seite auf dem Telefon nicht geht."),
    member(("Felix Foto", "felix"), ("Foto Felix", "foto-felix.example"), "photographer", PLAGWITZ, De, "Teams, die neue Gesichter zeigen wollen."),
    member(
        ("Nina Neumann", "nina"),
        ("Neumann Marketing", "neumann-marketing.example"),
        "marketing-consultant",
        LEIPZIG,
        De,
        "Inhaber, die ihr Angebot in einem Satz sagen wollen.",
    ),
    member(("Ingo Immel", "ingo"), ("Immel IT", "immel-it.example"), "it-support", LEIPZIG, De, "Büros mit fünf bis fünfzig Plätzen."),
    member(("Daria Dorn", "daria"), ("Dorn Druck", "dorn-druck.example"), "offset-printer", TAUCHA, De, "Kataloge und Broschüren."),
    member(("Sven Schilder", "sven"), ("Schilder Sven", "schilder-sven.example"), "sign-maker", TAUCHA, De, "Umzüge und Neueröffnungen."),
    member(("Carla Cramer", "carla"), ("Cramer Catering", "cramer-catering.example"), "caterer", LEIPZIG, De, "Sommerfeste ab fünfzig Gästen."),
    member(("Eva Event", "eva"), ("Eva Events", "eva-events.example"), "event-agency", LEIPZIG, De, "Jubiläen von Familienbetrieben."),
    member(("Stefan Stahl", "stefan"), ("Stahl Coaching", "stahl-coaching.example"), "business-coach", HALLE, De, "Nachfolge in der zweiten Generation."),
    member(("Petra Person", "petra"), ("Person & Stelle", "person-stelle.example"), "recruiter", LEIPZIG, De, "Betriebe, die Gesellen suchen."),
    member(("Arkadi Autow", "arkadi"), ("Autow Kfz", "autow.example"), "car-workshop", TAUCHA, Ru, "Небольшие автопарки."),
    member(("Rita Reise", "rita"), ("Reisebüro Rita", "reise-rita.example"), "travel-agency", LEIPZIG, De, "Gruppenreisen von Vereinen."),
    member(("Ulf Umzug", "ulf"), ("Umzüge Ulf", "umzuege-ulf.example"), "removal-firm", HALLE, De, "Büroumzüge am Wochenende."),
    member(("Bea Blum", "bea"), ("Blum Blumen", "blum-blumen.example"), "florist", MARKKLEEBERG, De, "Hotels und Praxen mit wöchentlichem Schmuck."),
    member(("Georg Gold", "georg"), ("Goldschmiede Georg", "goldschmiede-georg.example"), "goldsmith", LEIPZIG, De, "Trauringe und Erbstücke."),
    member(("Lena Licht", "lena"), ("Solar Licht", "solar-licht.example"), "solar-installer", GRIMMA, De, "Dächer nach Süden, bald saniert."),
    member(("Rolf Rein", "rolf"), ("Rein Gebäudereinigung", "rein-sauber.example"), "building-cleaner", HALLE, De, "Praxen und Kanzleien."),
    member(("Sabine Sicher", "sabine"), ("Sicher Alarm", "sicher-alarm.example"), "alarm-installer", LEIPZIG, De, "Läden nach dem Umbau."),
    member(("Yuri Yoga", "yuri"), ("Yoga im Hof", "yoga-im-hof.example"), "yoga-teacher", PLAGWITZ, En, "Companies with a quiet room and stiff necks."),
];

/// First names of prospects.
pub const FIRST_NAMES: [&str; 24] = [
    "Lukas", "Marie", "Paul", "Sophie", "Jakob", "Emma", "Anton", "Clara", "Oskar", "Lina", "Theo", "Ida", "Max", "Greta", "Ben", "Frieda", "Noah", "Martha",
    "Emil", "Ella", "Karl", "Hanna", "Leo", "Luise",
];

/// Last names of prospects.
pub const LAST_NAMES: [&str; 24] = [
    "Albrecht", "Becker", "Conrad", "Dietrich", "Ebert", "Fischer", "Günther", "Hoffmann", "Jäger", "Krause", "Lehmann", "Meißner", "Naumann", "Opitz",
    "Petzold", "Richter", "Schäfer", "Thomas", "Uhlig", "Voigt", "Winkler", "Zeller", "Sommer", "Winter",
];

/// What a prospect may need of a business of this trade, in the words of the giver.
pub fn need_of(trade: &str) -> &'static str {
    match trade {
        "architect" => "Plant ein Haus auf einem eigenen Grundstück und sucht jemanden für den Entwurf.",
        "general-contractor" => "Hat die Baugenehmigung und sucht einen Betrieb, der alles aus einer Hand baut.",
        "carpenter" => "Der Dachstuhl soll im Frühjahr gerichtet werden.",
        "roofer" => "Das Dach ist undicht und wird noch vor dem Winter neu gedeckt.",
        "electrician" => "Die ganze Elektrik wird erneuert, dazu eine Wallbox.",
        "heating-engineer" => "Die alte Gasheizung soll einer Wärmepumpe weichen.",
        "painter" => "Drei Wohnungen sind vor dem Einzug zu streichen.",
        "kitchen-fitter" => "Sucht eine Küche, die in eine Dachschräge passt.",
        "window-fitter" => "Zwölf Holzfenster in einem Denkmal sind zu ersetzen.",
        "plasterer" => "Will Lehmputz in zwei Kinderzimmern.",
        "landscaper" => "Der Garten ist nach dem Bau nur Erde.",
        "tax-adviser" => "Gründet im Herbst und braucht jemanden für die Bücher.",
        "lawyer" => "Hat einen Bauvertrag vorliegen und möchte ihn prüfen lassen.",
        "web-designer" => "Die Internetseite stammt von 2014 und soll neu werden.",
        "mortgage-broker" => "Hat ein Haus gefunden und braucht die Finanzierung.",
        "caterer" => "Feiert im Sommer das Firmenjubiläum mit achtzig Gästen.",
        _ => "Hat danach gefragt und wünscht einen Anruf.",
    }
}
