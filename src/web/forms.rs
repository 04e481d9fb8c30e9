//! Form fields: a label, the typed value, and the error beside it.

use maud::{Markup, html};

use super::context::PageContext;
use super::icon::{Icon, icon};
use crate::kernel::FieldError;

/// What a form shows again after a failed attempt: the errors of its fields.
#[derive(Debug, Clone, Copy, Default)]
pub struct Errors<'e>(pub &'e [FieldError]);

impl Errors<'_> {
    fn of(&self, field: &str) -> Option<&FieldError> {
        self.0.iter().find(|error| error.field == field)
    }
}

/// One line of input, and what browsers need to know to help with it.
#[derive(Debug, Clone, Copy)]
pub struct Input<'i> {
    name: &'i str,
    label: &'i str,
    kind: &'i str,
    value: &'i str,
    hint: Option<&'i str>,
    autocomplete: Option<&'i str>,
    inputmode: Option<&'i str>,
    list: Option<&'i str>,
    max: Option<usize>,
    required: bool,
}

impl<'i> Input<'i> {
    /// A line of text; `label` is a text's key.
    pub const fn new(name: &'i str, label: &'i str, value: &'i str) -> Self {
        Self { name, label, kind: "text", value, hint: None, autocomplete: None, inputmode: None, list: None, max: None, required: false }
    }

    /// The HTML input type.
    pub const fn kind(mut self, kind: &'i str) -> Self {
        self.kind = kind;
        self
    }

    /// The key of a text that helps.
    pub const fn hint(mut self, hint: &'i str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What the browser may fill in (HTML's autofill names).
    pub const fn autocomplete(mut self, autocomplete: &'i str) -> Self {
        self.autocomplete = Some(autocomplete);
        self
    }

    /// Which keyboard a phone shows.
    pub const fn inputmode(mut self, inputmode: &'i str) -> Self {
        self.inputmode = Some(inputmode);
        self
    }

    /// The id of a list of suggestions; scripts make it a type-ahead.
    pub const fn list(mut self, list: &'i str) -> Self {
        self.list = Some(list);
        self
    }

    /// The greatest length, in characters.
    pub const fn max(mut self, max: usize) -> Self {
        self.max = Some(max);
        self
    }

    /// It must be filled in.
    pub const fn required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }

    /// The field.
    pub fn show(self, context: &PageContext, errors: Errors<'_>) -> Markup {
        let (error, id) = (errors.of(self.name), context.id(self.name));
        html! {
            div class="field" {
                label for=(id) { (context.t(self.label)) }
                (hint_line(context, &id, self.hint))
                input id=(id) name=(self.name) type=(self.kind) value=(self.value) required[self.required] autocomplete=[self.autocomplete]
                    inputmode=[self.inputmode] list=[self.list] maxlength=[self.max] aria-invalid=[error.map(|_| "true")]
                    aria-describedby=[described_by(&id, self.hint.is_some(), error.is_some())];
                (error_line(context, &id, error))
            }
        }
    }
}

/// One line of input. `kind` is the HTML input type; `label` a text's key.
pub fn input(context: &PageContext, errors: Errors<'_>, name: &str, kind: &str, label: &str, value: &str, required: bool) -> Markup {
    Input::new(name, label, value).kind(kind).required(required).show(context, errors)
}

/// Several lines of input.
pub fn area(context: &PageContext, errors: Errors<'_>, name: &str, label: &str, value: &str, max: usize, required: bool) -> Markup {
    area_with_hint(context, errors, (name, label, None), value, max, required)
}

/// The same with a text that helps: (name, key of the label, key of the hint).
pub fn area_with_hint(
    context: &PageContext,
    errors: Errors<'_>,
    (name, label, hint): (&str, &str, Option<&str>),
    value: &str,
    max: usize,
    required: bool,
) -> Markup {
    let (error, id) = (errors.of(name), context.id(name));
    html! {
        div class="field" {
            label for=(id) { (context.t(label)) }
            (hint_line(context, &id, hint))
            textarea id=(id) name=(name) rows="3" maxlength=(max) required[required] aria-invalid=[error.map(|_| "true")]
                aria-describedby=[described_by(&id, hint.is_some(), error.is_some())] { (value) }
            (error_line(context, &id, error))
        }
    }
}

/// A choice from a list of (value, shown text).
pub fn select(context: &PageContext, errors: Errors<'_>, name: &str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    let (error, id) = (errors.of(name), context.id(name));
    html! {
        div class="field" {
            label for=(id) { (context.t(label)) }
            select id=(id) name=(name) aria-invalid=[error.map(|_| "true")] aria-describedby=[described_by(&id, false, error.is_some())] {
                @for (value, shown) in options { option value=(value) selected[value == chosen] { (shown) } }
            }
            (error_line(context, &id, error))
        }
    }
}

/// One of a few things that need a sentence each: (value, what it is, more about it). All are seen at once.
pub fn choice(context: &PageContext, errors: Errors<'_>, name: &str, label: &str, options: &[(String, String, String)], chosen: &str) -> Markup {
    let (error, id) = (errors.of(name), context.id(name));
    html! {
        div class="field" role="radiogroup" aria-labelledby=(format!("{id}-label")) aria-describedby=[described_by(&id, false, error.is_some())] {
            b id=(format!("{id}-label")) { (context.t(label)) }
            div class="choice" {
                @for (value, shown, more) in options {
                    label class="option" {
                        input type="radio" name=(name) value=(value) checked[value == chosen];
                        span { (shown) @if !more.is_empty() { br; span class="hint" { (more) } } }
                    }
                }
            }
            (error_line(context, &id, error))
        }
    }
}

/// A box to tick.
pub fn checkbox(context: &PageContext, name: &str, label: &str, checked: bool) -> Markup {
    let id = context.id(name);
    html! {
        div class="field check" {
            input id=(id) name=(name) type="checkbox" value="yes" checked[checked];
            label for=(id) { (context.t(label)) }
        }
    }
}

fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    let parts = [has_hint.then(|| format!("{id}-hint")), has_error.then(|| format!("{id}-error"))];
    let described = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!described.is_empty()).then_some(described)
}

fn hint_line(context: &PageContext, id: &str, hint: Option<&str>) -> Markup {
    html! { @if let Some(hint) = hint { span class="hint" id=(format!("{id}-hint")) { (context.t(hint)) } } }
}

/// The hidden token every form carries.
pub fn csrf(context: &PageContext) -> Markup {
    html! { input type="hidden" name="csrf" value=(context.csrf()); }
}

/// Says above a form that it was not taken: what is wrong with all of it, or that fields are marked.
pub fn summary(context: &PageContext, errors: Errors<'_>) -> Markup {
    let of_all = errors.of("").map(|error| whole_text(context, error));
    html! {
        @if !errors.0.is_empty() {
            div class="errors" role="alert" tabindex="-1" { p { (of_all.unwrap_or_else(|| context.t("form-has-errors"))) } }
        }
    }
}

/// Why a form as a whole was not taken. What the state of things forbids has its words where a page of its own would say it.
fn whole_text(context: &PageContext, error: &FieldError) -> String {
    let code = error.code.replace('_', "-");
    let keys = [format!("field-{code}"), format!("problem-{code}")];
    let known = keys.iter().find(|key| super::texts::exists(context.language, key));
    context.t(known.map_or("problem-conflict", String::as_str))
}

fn error_line(context: &PageContext, id: &str, error: Option<&FieldError>) -> Markup {
    html! {
        @if let Some(error) = error {
            span class="error" id=(format!("{id}-error")) { (icon(Icon::Warning)) (error_text(context, error)) }
        }
    }
}

/// The reader's words for a field's error: `field-<code>`, or the English detail when there are none.
pub fn error_text(context: &PageContext, error: &FieldError) -> String {
    let key = format!("field-{}", error.code.replace('_', "-"));
    if super::texts::exists(context.language, &key) { context.t(&key) } else { error.detail.clone() }
}
