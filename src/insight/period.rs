//! For which time figures are asked.

use serde::Deserialize;

use crate::kernel::Timestamp;
use crate::kernel::clock::days;

crate::coded_enum! {
    /// The time that figures look back on.
    #[derive(Default)]
    pub enum Period {
        /// The last 90 days.
        Days90 = 90 "90",
        /// The last 180 days.
        #[default]
        Days180 = 180 "180",
        /// The last 365 days.
        Days365 = 365 "365",
        /// Everything.
        All = 0 "all",
    }
}

impl Period {
    /// When it begins; nothing for everything.
    pub fn since(self, now: Timestamp) -> Option<Timestamp> {
        let count = match self {
            Self::Days90 => 90,
            Self::Days180 => 180,
            Self::Days365 => 365,
            Self::All => return None,
        };
        Some(now.before(days(count)))
    }
}

/// `?period=` of a request.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeriodQuery {
    /// The last 90, 180 or 365 days, or all; 180 when left out.
    #[serde(default)]
    pub period: Period,
}
