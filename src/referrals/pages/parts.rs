//! Pieces that several pages show.

use maud::{Markup, html};

use crate::businesses::trade::TradeCode;
use crate::kernel::money::Money;
use crate::kernel::region::Region;
use crate::kernel::{EventKind, Timestamp};
use crate::referrals::model::{ContactBy, ReferralState};
use crate::referrals::views::{ListEntry, WorthView};
use crate::web::PageContext;
use crate::web::components::{self, Item, Tone};

/// A stable name as the end of a text's key.
pub fn key(prefix: &str, name: &str) -> String {
    format!("referrals-{prefix}-{}", name.replace(['_', '.'], "-"))
}

/// The state in the reader's words.
pub fn state(context: &PageContext, state: ReferralState) -> String {
    context.t(&key("state", state.as_str()))
}

/// The state as a badge.
pub fn badge(context: &PageContext, shown: ReferralState) -> Markup {
    components::badge(tone(shown), &state(context, shown))
}

const fn tone(state: ReferralState) -> Tone {
    match state {
        ReferralState::Draft | ReferralState::Closed | ReferralState::Withdrawn => Tone::Plain,
        ReferralState::Offered => Tone::Waits,
        ReferralState::Accepted | ReferralState::Introduced | ReferralState::Contacted | ReferralState::Quoted => Tone::Going,
        ReferralState::Won => Tone::Good,
        ReferralState::Lost | ReferralState::Declined | ReferralState::Expired | ReferralState::Invalid => Tone::Bad,
    }
}

/// A referral as a line of a list: who and what, where it stands, since when.
pub fn item(context: &PageContext, entry: &ListEntry, now: Timestamp) -> Item {
    let partner = entry.partner.as_ref().map(|partner| partner.name.clone());
    let when = context.t_with("since", &[("when", context.date(entry.since).into())]);
    Item {
        // Who declined sees no more of it than this line.
        href: entry.state.map(|_| format!("/referrals/{}", entry.id)),
        main: html! { (trade(context, entry.trade)) @if let Some(name) = &entry.prospect_name { span class="soft-inline" { " · " (name) } } },
        end: html! {
            @if let Some(due) = entry.answer_due_at { (components::badge(Tone::Waits, &context.left(now, due))) }
            @else if let Some(state) = entry.state { (badge(context, state)) }
            @else if let Some(offer) = entry.offer { (components::badge(Tone::Plain, &context.t(&key("offer", offer.as_str())))) }
        },
        more: partner.into_iter().chain([when]).collect(),
    }
}

/// A step in the life of a referral, in the reader's words.
pub fn event(context: &PageContext, kind: EventKind, receiver: Option<&str>) -> String {
    context.t_with(&key("event", kind.as_str()), &[("receiver", receiver.unwrap_or_default().to_owned().into())])
}

/// A coded reason in the reader's words.
pub fn reason(context: &PageContext, name: &str) -> String {
    context.t(&key("reason", name))
}

/// The trade's name, or that there is none yet.
pub fn trade(context: &PageContext, trade: Option<TradeCode>) -> String {
    trade.map_or_else(|| context.t("referrals-no-trade"), |code| code.name(context.language).to_owned())
}

/// A range of money; nothing when nothing was said.
pub fn worth(context: &PageContext, worth: Option<WorthView>) -> Option<String> {
    let worth = worth?;
    let money = |amount_minor| context.language.money(&Money { amount_minor, currency: worth.currency });
    Some(if worth.min_minor == worth.max_minor { money(worth.min_minor) } else { format!("{} – {}", money(worth.min_minor), money(worth.max_minor)) })
}

/// Who contacts whom, and by when.
pub fn first_contact(context: &PageContext, by: ContactBy, within_hours: u32) -> String {
    context.t_with(&key("contact-by", by.as_str()), &[("hours", i64::from(within_hours).into())])
}

/// A line of a list of facts; nothing when there is nothing to say.
pub fn fact(context: &PageContext, label: &str, value: Option<&str>) -> Markup {
    html! {
        @if let Some(value) = value.filter(|value| !value.is_empty()) {
            dt { (context.t(label)) } dd { (lines(value)) }
        }
    }
}

/// What is needed and on which terms, for both sides of an offer.
pub struct Terms<'t> {
    /// The trade.
    pub trade: Option<TradeCode>,
    /// The words.
    pub need: Option<&'t str>,
    /// What the giver expects.
    pub expectation: Option<&'t str>,
    /// Where.
    pub region: &'t Region,
    /// What it might be worth.
    pub worth: Option<WorthView>,
    /// 1 to 5.
    pub effort: i16,
    /// Who makes the first contact.
    pub contact_by: ContactBy,
    /// Within how many hours.
    pub contact_within_hours: u32,
}

/// The terms as lines of a list of facts.
pub fn terms(context: &PageContext, terms: &Terms<'_>) -> Markup {
    html! {
        (fact(context, "referrals-trade", Some(&trade(context, terms.trade))))
        (fact(context, "referrals-need", terms.need))
        (fact(context, "referrals-expectation", terms.expectation))
        (fact(context, "referrals-region", Some(&terms.region.to_string())))
        (fact(context, "referrals-worth", worth(context, terms.worth).as_deref()))
        (fact(context, "referrals-effort", Some(&context.t(&format!("referrals-effort-{}", terms.effort)))))
        (fact(context, "referrals-first-contact", Some(&first_contact(context, terms.contact_by, terms.contact_within_hours))))
    }
}

/// Text with its line breaks.
pub fn lines(text: &str) -> Markup {
    html! { @for (number, line) in text.lines().enumerate() { @if number > 0 { br; } (line) } }
}

/// A moment, readable by machines too.
pub fn moment(context: &PageContext, at: Timestamp) -> Markup {
    html! { time datetime=(at.to_string()) { (context.date_time(at)) } }
}

/// The choices of a coded enum: (name, words).
pub fn reasons(context: &PageContext, names: impl Iterator<Item = &'static str>) -> Vec<(String, String)> {
    let choose = (String::new(), context.t("referrals-choose"));
    std::iter::once(choose).chain(names.map(|name| (name.to_owned(), reason(context, name)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::introductions::record::Channel;
    use crate::kernel::Language;
    use crate::referrals::model::{CloseReason, DeclineReason, DisputeReason, LoseReason, Move, OfferState};
    use crate::web::texts;

    #[test]
    fn everything_coded_has_words_in_every_language() {
        let mut keys: Vec<String> = Vec::new();
        keys.extend(ReferralState::ALL.iter().map(|state| key("state", state.as_str())));
        keys.extend(OfferState::ALL.iter().flat_map(|state| [key("offer", state.as_str()), key("offer-was", state.as_str())]));
        keys.extend(DeclineReason::ALL.iter().map(|reason| key("reason", reason.as_str())));
        keys.extend(LoseReason::ALL.iter().map(|reason| key("reason", reason.as_str())));
        keys.extend(CloseReason::ALL.iter().map(|reason| key("reason", reason.as_str())));
        keys.extend(DisputeReason::ALL.iter().map(|reason| key("reason", reason.as_str())));
        keys.extend(ContactBy::ALL.iter().flat_map(|by| [key("contact", by.as_str()), key("contact-by", by.as_str())]));
        keys.extend(Channel::ALL.iter().filter(|channel| channel.is_personal()).map(|channel| key("attested", channel.as_str())));
        keys.extend(Language::ALL.iter().map(|language| key("language", language.as_str())));
        keys.extend((1..=5).map(|effort| format!("referrals-effort-{effort}")));
        let by_people = Move::ALL.iter().filter(|made| !matches!(made, Move::Expire | Move::Introduce | Move::Close));
        keys.extend(by_people.map(|made| format!("referrals-move-{made}")));
        let told = EventKind::ALL.iter().filter(|kind| ["referral.", "introduction.", "mail."].iter().any(|prefix| kind.as_str().starts_with(prefix)));
        keys.extend(told.map(|kind| key("event", kind.as_str())));
        for language in Language::ALL {
            for key in &keys {
                let shown = texts::text_with(*language, key, &[("hours", 2.into()), ("receiver", "Erik".into()), ("mail", "three_way".into())]);
                assert!(shown != *key && !shown.contains('$'), "{key} in {language}: {shown}");
            }
        }
    }
}
