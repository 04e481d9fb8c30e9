//! How a circle does: each figure with a bar, and below it in plain words what it says, what is good, and what it does not say.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use crate::circles::frame::{self, Above, Room};
use crate::circles::views as circles;
use crate::http::{Caller, PathId, State};
use crate::insight::measures::{Ratio, TriadClass};
use crate::insight::period::{Period, PeriodQuery};
use crate::insight::views::{self, CircleFigures, MemberFigures};
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, Language};
use crate::web::charts::share;
use crate::web::icon::Icon;
use crate::web::{PageContext, components};

/// Shares of fewer introductions say little: then the page asks for patience.
const INTRODUCED_MIN: u32 = 5;

/// `GET /circles/{id}/figures`.
pub(super) async fn show(
    state: web::Data<State>,
    caller: Caller,
    context: PageContext,
    id: PathId<CircleId>,
    query: web::Query<PeriodQuery>,
) -> Answer<HttpResponse> {
    let (id, business, period, now) = (id.0, caller.principal.business, query.period, state.now());
    let read = move |connection: &mut crate::db::AnyConn| {
        let figures = views::figures(connection, id, business, period, now)?;
        Ok((circles::place(connection, id, business)?, figures))
    };
    let (place, figures) = state.db.read(read).await?;
    let above = Above { title: &context.t("insight-figures"), ..Above::default() };
    Ok(frame::page(&context, StatusCode::OK, &place, Room::Figures, above, &content(&context, &figures)))
}

fn content(context: &PageContext, figures: &CircleFigures) -> Markup {
    let here = format!("/circles/{}", figures.circle);
    let is_enough = figures.referrals.introduced >= INTRODUCED_MIN;
    html! {
        p class="soft" { (context.t("insight-explained")) }
        (periods(context, figures))
        @if !figures.is_complete { p class="errors" { (context.t("insight-incomplete")) } }
        @if is_enough {
            div class="halves" {
                (participation(context, figures))
                (returning(context, figures))
                (answers(context, figures))
                (outcomes(context, figures))
                (evenness(context, figures))
                (patterns(context, figures))
            }
        } @else {
            section class="card" {
                h2 { (context.t("insight-too-few")) }
                p { (context.t_with("insight-too-few-why", &[("count", figures.referrals.introduced.into()), ("needed", INTRODUCED_MIN.into())])) }
                p { (components::link_button(&format!("/referrals/new?circle={}", figures.circle), Icon::Pass, &context.t("circles-pass-referral"))) }
            }
        }
        (members(context, figures))
        section {
            h2 { (context.t("insight-exports")) }
            p class="soft" { (context.t("insight-exports-why")) }
            p class="row" {
                (components::quiet_link(&format!("{here}/figures.csv?period={}", figures.period), Icon::Download, &context.t("insight-export-members")))
                (components::quiet_link(&format!("{here}/measures.csv?period={}", figures.period), Icon::Download, &context.t("insight-export-measures")))
                (components::quiet_link(&format!("{here}/transfers.csv"), Icon::Download, &context.t("insight-export-transfers")))
            }
        }
    }
}

fn periods(context: &PageContext, figures: &CircleFigures) -> Markup {
    html! {
        nav class="pills" aria-label=(context.t("insight-period")) {
            @for period in Period::ALL {
                a href=(format!("/circles/{}/figures?period={period}", figures.circle)) aria-current=[(*period == figures.period).then_some("page")] {
                    (context.t(&format!("insight-period-{period}")))
                }
            }
        }
    }
}

/// One line of a figure: its name, what is shown, and the share that its bar draws.
struct Line {
    label: &'static str,
    shown: String,
    share: Option<Ratio>,
}

impl Line {
    fn share(context: &PageContext, label: &'static str, share: Option<Ratio>) -> Self {
        let shown = share.map_or_else(|| context.t("insight-none"), |share| percent(context, share));
        Self { label, shown, share }
    }

    fn count(context: &PageContext, label: &'static str, number: u32, whole: u32) -> Self {
        Self { label, shown: context.language.number(number.into()), share: Ratio::of(number.into(), whole.into()) }
    }
}

fn percent(context: &PageContext, share: Ratio) -> String {
    context.t_with("insight-percent", &[("number", share.percent().into())])
}

fn figure(context: &PageContext, title: &str, lines: &[Line], legend: &str) -> Markup {
    figure_with(context, title, lines, legend, &Markup::default())
}

fn figure_with(context: &PageContext, title: &str, lines: &[Line], legend: &str, more: &Markup) -> Markup {
    html! {
        section class="card" {
            h2 { (context.t(title)) }
            table { tbody {
                @for line in lines {
                    tr {
                        th scope="row" { (context.t(line.label)) }
                        td class="number" { (line.shown) }
                        td class="share" { @if let Some(share) = line.share { (share::share(share.times(1_000).rounded())) } }
                    }
                }
            } }
            p class="soft small" { (context.t(legend)) }
            (more)
        }
    }
}

fn participation(context: &PageContext, figures: &CircleFigures) -> Markup {
    let part = figures.participation;
    let line = |label, number| Line::count(context, label, number, part.members);
    let lines = [
        Line { label: "insight-members", shown: context.language.number(part.members.into()), share: None },
        line("insight-gave", part.gave),
        line("insight-received", part.received),
        line("insight-both", part.both),
    ];
    let outside = html! { @if part.outside > 0 { p class="soft" { (context.t_with("insight-outside", &[("count", part.outside.into())])) } } };
    figure_with(context, "insight-participation", &lines, "insight-participation-legend", &outside)
}

fn returning(context: &PageContext, figures: &CircleFigures) -> Markup {
    let found = figures.reciprocity;
    let lines = [
        Line { label: "insight-credits", shown: context.language.number(found.credits), share: None },
        Line::share(context, "insight-in-pairs", found.pairs),
        Line::share(context, "insight-with-rings", found.rings),
        Line::share(context, "insight-at-most", found.most),
    ];
    figure(context, "insight-reciprocity", &lines, "insight-reciprocity-legend")
}

fn evenness(context: &PageContext, figures: &CircleFigures) -> Markup {
    let line =
        |label, share: Option<Ratio>| Line { label, shown: share.map_or_else(|| context.t("insight-none"), |share| decimal(context.language, share)), share };
    let lines = [line("insight-evenness-given", figures.evenness.given), line("insight-evenness-received", figures.evenness.received)];
    figure(context, "insight-evenness", &lines, "insight-evenness-legend")
}

/// Two places, with the language's decimal sign.
fn decimal(language: Language, ratio: Ratio) -> String {
    let plain = ratio.decimal(2);
    if language == Language::En { plain } else { plain.replace('.', ",") }
}

fn patterns(context: &PageContext, figures: &CircleFigures) -> Markup {
    let rings = figures.triads.iter().find(|row| row.class == TriadClass::Ring).map_or(0, |row| row.count);
    html! {
        section class="card" {
            h2 { (context.t("insight-patterns")) }
            p { (context.t_with("insight-rings-of-three", &[("count", i64::try_from(rings).unwrap_or(i64::MAX).into()), ("shown", number(context, rings).into())])) }
            details {
                summary { (context.t("insight-all-patterns")) }
                div class="scroll" tabindex="0" role="region" aria-label=(context.t("insight-all-patterns")) { table {
                    thead { tr {
                        th scope="col" { (context.t("insight-pattern")) }
                        th scope="col" { (context.t("insight-pattern-name")) }
                        th scope="col" class="number" { (context.t("insight-pattern-count")) }
                    } }
                    tbody { @for row in &figures.triads { tr {
                        th scope="row" { (row.picture) }
                        td { (row.class.as_str()) }
                        td class="number" { (number(context, row.count)) }
                    } } }
                } }
            }
            p class="soft small" { (context.t("insight-patterns-legend")) }
        }
    }
}

fn number(context: &PageContext, number: u64) -> String {
    context.language.number(i64::try_from(number).unwrap_or(i64::MAX))
}

fn answers(context: &PageContext, figures: &CircleFigures) -> Markup {
    let offers = figures.offers;
    let all = offers.accepted + offers.declined + offers.expired;
    let median = offers.median_response_seconds.map_or_else(|| context.t("insight-none"), |seconds| context.span(seconds));
    let lines = [
        Line { label: "insight-response", shown: median, share: None },
        Line::share(context, "insight-acceptance", offers.share),
        Line::count(context, "insight-declined", offers.declined, all),
        Line::count(context, "insight-expired", offers.expired, all),
    ];
    figure(context, "insight-answers", &lines, "insight-answers-legend")
}

fn outcomes(context: &PageContext, figures: &CircleFigures) -> Markup {
    let found = figures.referrals;
    let lines = [
        Line { label: "insight-introduced", shown: context.language.number(found.introduced.into()), share: None },
        Line::count(context, "insight-won", found.won, found.introduced),
        Line::count(context, "insight-lost", found.lost, found.introduced),
        Line::count(context, "insight-under-way", found.under_way, found.introduced),
        Line::share(context, "insight-conversion", found.conversion),
        Line::share(context, "insight-invalid", found.invalid_share),
    ];
    figure(context, "insight-outcomes", &lines, "insight-outcomes-legend")
}

fn members(context: &PageContext, figures: &CircleFigures) -> Markup {
    let columns = ["reciprocity-given", "reciprocity-received", "reciprocity-partners-given-to", "reciprocity-partners-received-from", "insight-faded-balance"];
    html! {
        section {
            h2 { (context.t("insight-members")) }
            div class="scroll card" tabindex="0" role="region" aria-label=(context.t("insight-members")) { table {
                thead { tr {
                    th scope="col" { (context.t("reciprocity-member")) }
                    @for column in columns { th scope="col" class="number" { (context.t(column)) } }
                } }
                tbody { @for row in &figures.members { (member(context, row)) } }
            } }
            p class="soft" { (context.t("insight-members-legend")) }
        }
    }
}

fn member(context: &PageContext, row: &MemberFigures) -> Markup {
    let numbers = [row.given, row.received, row.partners_given_to.into(), row.partners_received_from.into(), row.faded_balance.rounded()];
    html! {
        tr {
            th scope="row" {
                a href=(format!("/partners/{}", row.business.id)) { (row.business.name) }
                @if !row.is_active { " " span class="badge" { (context.t("reciprocity-former-member")) } }
            }
            @for number in numbers { td class="number" { (context.language.number(number)) } }
        }
    }
}
