//! How often one may write: by household before anything else is done, and by person once it is known who calls.
//!
//! Reading is not limited here: it is cheap, and what is dear (passwords, mails) has limits of its own where it is done.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::ops::Add;
use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use governor::clock::{Clock as GovernorClock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::caller::Caller;
use super::{State, client, pages};
use crate::config::Limits;
use crate::kernel::clock::Clock;
use crate::kernel::id::PersonId;
use crate::kernel::{Answer, Failure};

/// Keys that are remembered before those that have recovered are let go.
const KEYS_MAX: usize = 50_000;

/// The limits of this process.
pub struct RateLimits {
    by_address: Option<Limiter<IpAddr>>,
    by_person: Option<Limiter<PersonId>>,
}

impl RateLimits {
    /// As the settings say; 0 switches a limit off.
    pub fn new(limits: &Limits, clock: &Arc<dyn Clock>) -> Self {
        Self { by_address: Limiter::new(limits.writes_per_minute_by_address, clock), by_person: Limiter::new(limits.writes_per_minute_by_person, clock) }
    }
}

struct Limiter<K: Hash + Eq + Clone> {
    inner: RateLimiter<K, DashMapStateStore<K>, OurClock, NoOpMiddleware<Moment>>,
    clock: OurClock,
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    fn new(per_minute: u32, clock: &Arc<dyn Clock>) -> Option<Self> {
        let quota = Quota::per_minute(NonZeroU32::new(per_minute)?);
        let clock = OurClock(Arc::clone(clock));
        Some(Self { inner: RateLimiter::dashmap_with_clock(quota, clock.clone()), clock })
    }

    fn check(&self, key: &K) -> Answer<()> {
        if self.inner.len() > KEYS_MAX {
            self.inner.retain_recent();
        }
        self.inner.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            let retry_after_seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
            Failure::TooMany { code: "too_many_writes", retry_after_seconds }
        })
    }
}

/// Middleware, before anybody is asked who he is.
pub async fn by_address<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let checked = match (limits(&request), client::address(request.request())) {
        (Some(limits), Some(address)) if is_write(&request) => limits.by_address.as_ref().map_or(Ok(()), |limiter| limiter.check(&client::household(address))),
        _ => Ok(()),
    };
    go_on(request, next, checked).await
}

/// Middleware, when it is known who calls.
pub async fn by_person<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let person = request.extensions().get::<Caller>().map(|caller| caller.principal.person);
    let checked = match (limits(&request), person) {
        (Some(limits), Some(person)) if is_write(&request) => limits.by_person.as_ref().map_or(Ok(()), |limiter| limiter.check(&person)),
        _ => Ok(()),
    };
    go_on(request, next, checked).await
}

async fn go_on<B: MessageBody>(request: ServiceRequest, next: Next<B>, checked: Answer<()>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    match checked {
        Ok(()) => next.call(request).await.map(ServiceResponse::map_into_left_body),
        Err(failure) => {
            let shown = pages::shown(request.request(), &failure);
            Ok(request.into_response(shown).map_into_right_body())
        }
    }
}

fn limits(request: &ServiceRequest) -> Option<Arc<RateLimits>> {
    request.app_data::<web::Data<State>>().map(|state| Arc::clone(&state.limits))
}

fn is_write(request: &ServiceRequest) -> bool {
    !request.method().is_safe()
}

/// Our clock as the limiter wants it, so that tests can pass the time.
#[derive(Clone)]
struct OurClock(Arc<dyn Clock>);

/// Nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Moment(u64);

impl GovernorClock for OurClock {
    type Instant = Moment;

    fn now(&self) -> Moment {
        Moment(self.0.now().as_micros().max(0).cast_unsigned().saturating_mul(1_000))
    }
}

impl Add<Nanos> for Moment {
    type Output = Self;

    fn add(self, span: Nanos) -> Self {
        Self(self.0.saturating_add(span.as_u64()))
    }
}

impl Reference for Moment {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.saturating_sub(earlier.0).into()
    }

    fn saturating_sub(&self, span: Nanos) -> Self {
        Self(self.0.saturating_sub(span.as_u64()))
    }
}
