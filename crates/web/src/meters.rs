//! What is counted for whoever watches the program: requests, open lines, the database's connections, what waits.
//!
//! The names are those of Prometheus' conventions; routes are templates (`/{path}/{id}`), so no label names a record or a person.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use base::{Error, Result};
use engine::Engine;
use engine::vitals::Vitals;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// Seconds: what is quick, what a person notices, and what is broken.
const BOUNDS: [f64; 11] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

pub struct Meters {
    registry: Registry,
    answered: Family<Answered, Counter>,
    took: Family<Asked, Histogram>,
    pub(crate) lines: Gauge,
    up: Gauge,
    connections: Family<State, Gauge>,
    waits: Counter,
    waited: Counter<f64, AtomicU64>,
    jobs: Family<State, Gauge>,
    mail: Family<State, Gauge>,
    feed: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: String,
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: String,
}

fn state(name: &str) -> State {
    State { state: name.to_owned() }
}

impl Default for Meters {
    fn default() -> Meters {
        let mut registry = Registry::with_prefix("bottega");
        let meters = Meters {
            answered: Family::default(),
            took: Family::new_with_constructor(|| Histogram::new(BOUNDS)),
            lines: Gauge::default(),
            up: Gauge::default(),
            connections: Family::default(),
            waits: Counter::default(),
            waited: Counter::default(),
            jobs: Family::default(),
            mail: Family::default(),
            feed: Gauge::default(),
            registry: Registry::default(),
        };
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program", build);
        let started: Gauge<i64, AtomicI64> = Gauge::default();
        started.set(base::clock::now().timestamp());
        registry.register_with_unit("started", "When the program was started, since 1970", Unit::Seconds, started);
        registry.register("requests", "Requests that were answered", meters.answered.clone());
        let unit = Unit::Seconds;
        registry.register_with_unit("request_duration", "How long answers took", unit, meters.took.clone());
        registry.register("live_lines", "Open pages that listen for notifications", meters.lines.clone());
        registry.register("database_up", "Whether the database answered just now", meters.up.clone());
        let (kept, waits) = (meters.connections.clone(), meters.waits.clone());
        registry.register(
            "database_connections",
            "Connections to the server: lent, resting, waited for, at most",
            kept,
        );
        registry.register("database_connection_waits", "How often a connection was waited for", waits);
        let text = "How long connections were waited for";
        registry.register_with_unit("database_connection_waited", text, Unit::Seconds, meters.waited.clone());
        registry.register("jobs", "Durable jobs, on all nodes together", meters.jobs.clone());
        registry.register(
            "mail",
            "Messages that wait, are being sent or were given up, on all nodes",
            meters.mail.clone(),
        );
        registry.register("feed_position", "The number of the last change of all", meters.feed.clone());
        Meters { registry, ..meters }
    }
}

impl Meters {
    pub(crate) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let (method, route) = (method.to_owned(), route.to_owned());
        let asked = Asked { method: method.clone(), route: route.clone() };
        self.answered.get_or_create(&Answered { method, route, status }).inc();
        self.took.get_or_create(&asked).observe(took.as_secs_f64());
    }

    /// All of it, in the text form of Prometheus (OpenMetrics). Asks the database, which may block.
    pub fn told(&self, engine: &Engine) -> Result<String> {
        let vitals = engine.vitals();
        self.up.set(i64::from(vitals.is_ok()));
        match vitals {
            Ok(vitals) => self.set(&vitals),
            Err(error) => {
                tracing::warn!(%error, "what waits could not be counted");
                self.jobs.clear();
                self.mail.clear();
            }
        }
        if let Some(pool) = engine.store.pool() {
            let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            for (name, now) in [
                ("lent", pool.lent),
                ("resting", pool.open - pool.lent),
                ("waiting", pool.waiting),
                ("most", pool.most),
            ] {
                self.connections.get_or_create(&state(name)).set(count(now));
            }
            self.waits.inner().store(pool.waits, Ordering::Relaxed);
            self.waited.inner().store(pool.waited.as_secs_f64().to_bits(), Ordering::Relaxed);
        }
        let mut told = String::new();
        text::encode(&mut told, &self.registry).map_err(|cause| Error::caused("the meters cannot be told", cause))?;
        Ok(told)
    }

    fn set(&self, vitals: &Vitals) {
        for (family, counts) in [(&self.jobs, &vitals.jobs), (&self.mail, &vitals.mail)] {
            for (name, count) in counts {
                family.get_or_create(&state(name)).set(*count);
            }
        }
        self.feed.set(vitals.feed);
    }
}
