//! Everything that can go wrong, as a value with a stable code.
//!
//! A failure says what it means to the caller; `http` alone decides how it is shown. A failing database is never
//! "not found", and what is internal says nothing outside.

use serde::Serialize;

/// One field of the input that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldError {
    /// The field's name in the input, `a.b` for nested ones.
    pub field: String,
    /// A stable code, e.g. `too_long`; pages translate it by the key `field-<code>`.
    pub code: &'static str,
    /// English, for developers.
    pub detail: String,
}

/// Why something was not done.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failure {
    /// Fields of the input cannot be used.
    #[error("{} field(s) cannot be used", .0.len())]
    Invalid(Vec<FieldError>),
    /// There is no such thing, or the caller may not know of it.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The caller is not signed in, or what he shows is not valid.
    #[error("not signed in: {code}")]
    Unauthenticated {
        /// Stable code.
        code: &'static str,
    },
    /// The caller is known and may not.
    #[error("not allowed: {code}")]
    Forbidden {
        /// Stable code.
        code: &'static str,
        /// English, for developers.
        detail: String,
    },
    /// The state of things does not allow it.
    #[error("conflict: {code}: {detail}")]
    Conflict {
        /// Stable code.
        code: &'static str,
        /// English, for developers.
        detail: String,
        /// The moves that are possible now.
        possible: Vec<&'static str>,
    },
    /// `If-Match` names another version than the present one.
    #[error("changed meanwhile")]
    Stale,
    /// Too much in too short a time.
    #[error("too many: {code}")]
    TooMany {
        /// Stable code.
        code: &'static str,
        /// When to try again.
        retry_after_seconds: u32,
    },
    /// The body is larger than this route takes.
    #[error("the body is too large")]
    TooLarge,
    /// The request cannot be read at all.
    #[error("malformed request: {0}")]
    Malformed(String),
    /// The server or its database is busy or gone: try again.
    #[error("busy: {0}")]
    Busy(String),
    /// A broken assumption; the log knows more than the caller.
    #[error("internal: {0}")]
    Internal(String),
}

impl Failure {
    /// One field that cannot be used.
    pub fn field(field: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), code, detail: detail.into() }])
    }

    /// The state of things does not allow it.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Conflict { code, detail: detail.into(), possible: Vec::new() }
    }

    /// The caller is known and may not.
    pub fn forbidden(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Forbidden { code, detail: detail.into() }
    }

    /// A broken assumption.
    pub fn internal(detail: impl Into<String>) -> Self {
        Self::Internal(detail.into())
    }

    /// The stable code of this failure.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid_fields",
            Self::NotFound(_) => "not_found",
            Self::Unauthenticated { code } | Self::Forbidden { code, .. } | Self::Conflict { code, .. } | Self::TooMany { code, .. } => code,
            Self::Stale => "changed_meanwhile",
            Self::TooLarge => "body_too_large",
            Self::Malformed(_) => "malformed_request",
            Self::Busy(_) => "busy",
            Self::Internal(_) => "internal",
        }
    }

    /// Two failures of one form as one: the errors of its fields together, otherwise the first.
    pub fn and(self, other: Option<Self>) -> Self {
        match (self, other) {
            (Self::Invalid(mut errors), Some(Self::Invalid(more))) => {
                errors.extend(more);
                Self::Invalid(errors)
            }
            (first, _) => first,
        }
    }

    /// What a form says when it is shown again with what was typed: what is wrong with its fields, or why it cannot be done now.
    /// A failure that has nothing to do with the form comes back. The error of no field belongs to the whole form.
    pub fn into_form_errors(self) -> Result<Vec<FieldError>, Self> {
        let of_all = |code, detail: String| Ok(vec![FieldError { field: String::new(), code, detail }]);
        match self {
            Self::Invalid(errors) => Ok(errors),
            Self::Stale => of_all("changed_meanwhile", "somebody changed it meanwhile".to_owned()),
            Self::Conflict { code, detail, .. } => of_all(code, detail),
            Self::TooMany { code, .. } => of_all(code, "too often".to_owned()),
            other => Err(other),
        }
    }
}

/// Collects the errors of several fields, so that a form shows all of them at once.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// No error yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the value, or notes the error and goes on.
    pub fn take<T>(&mut self, field: &str, result: Result<T, FieldProblem>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(field, problem.code, problem.detail);
                None
            }
        }
    }

    /// Notes an error.
    pub fn add(&mut self, field: &str, code: &'static str, detail: impl Into<String>) {
        self.0.push(FieldError { field: field.to_owned(), code, detail: detail.into() });
    }

    /// Fails when any field had an error.
    pub fn finish(self) -> Result<(), Failure> {
        if self.0.is_empty() { Ok(()) } else { Err(Failure::Invalid(self.0)) }
    }

    /// The parsed values when no field had an error. `values` is `Some` whenever all takes were.
    pub fn into_result<T>(self, values: Option<T>) -> Result<T, Failure> {
        self.finish()?;
        values.ok_or_else(|| Failure::internal("a field failed without saying so"))
    }
}

/// Why one value could not be parsed; the field's name is added where it is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct FieldProblem {
    /// A stable code, e.g. `too_long`.
    pub code: &'static str,
    /// English, for developers.
    pub detail: String,
}

impl FieldProblem {
    /// A problem with its stable code.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }

    /// The failure of a single field.
    pub fn of(self, field: &str) -> Failure {
        Failure::field(field, self.code, self.detail)
    }
}
