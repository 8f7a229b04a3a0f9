//! The server: answers until it is told to end, then finishes what runs.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::serve::ListenerExt;
use base::words::Language;
use base::{Error, Result, say};
use engine::Engine;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};
use tower::ServiceExt;
use web::App;

use crate::door::Door;
use crate::line::Serve;
use crate::settings::{Data, Settings};
use crate::tell::Tell;
use crate::{open, proxy};

/// Where it answers when nobody says.
pub const USUAL: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// How long what runs may take to end: a large file on its way in or out, a mail server that answers slowly.
const LAST_WORDS: Duration = Duration::from_secs(20);
/// How often the server looks whether another process changed lists or fields.
const LOOK: Duration = Duration::from_secs(2);

pub fn run(data: &Data, settings: &Settings, serve: &Serve, tell: &Tell) -> Result<ExitCode> {
    let listen = serve.listen.or(settings.listen).unwrap_or(USUAL);
    let engine = Arc::new(open::engine(data)?);
    let first_visit = if engine.has_users()? { None } else { Some(engine.first_visit()?) };
    let secure = !(listen.ip().is_loopback() || serve.plain_http || settings.plain_http);
    let drain = serve.drain.or(settings.drain).map_or(Duration::ZERO, Duration::from_secs);
    let metrics = serve.metrics.or(settings.metrics);
    let front = Front { listen, secure, behind_proxy: serve.behind_proxy || settings.behind_proxy, drain, metrics };
    answer(engine, front, tell, |url| {
        if let Some(secret) = first_visit {
            tell.say(say!("Open this link to make the administrator: {url}", url = format!("{url}/start/{secret}")));
        }
    })
}

/// How the program stands towards those who ask it.
#[derive(Clone, Copy)]
pub struct Front {
    pub listen: SocketAddr,
    /// Cookies only over TLS.
    pub secure: bool,
    /// Where requests come from is what a proxy says.
    pub behind_proxy: bool,
    /// How long it answers on after it was told to end, so that what sends it requests sees that it is ready no more.
    pub drain: Duration,
    /// Where it says how it does.
    pub metrics: Option<SocketAddr>,
}

/// Answers at an address until the program is told to end. `before` is called with the URL before it is said that all is ready.
pub fn answer(engine: Arc<Engine>, front: Front, tell: &Tell, before: impl FnOnce(&str)) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|cause| Error::caused("no threads", cause))?;
    // The last to let go of the database is this thread: its connections must not be closed where nothing may block.
    let kept = engine.clone();
    let served = runtime.block_on(serve(engine, front, tell, before));
    // What still blocks a thread gets a little longer; a transaction that is cut off is rolled back.
    runtime.shutdown_timeout(Duration::from_secs(5));
    drop(kept);
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve(engine: Arc<Engine>, front: Front, tell: &Tell, before: impl FnOnce(&str)) -> Result<()> {
    let ended = signals()?;
    let Front { listen, secure, behind_proxy, drain, metrics } = front;
    let app = open::app(engine.clone(), secure)?;
    let router = match behind_proxy {
        true => web::router(app.clone()).layer(axum::middleware::from_fn(proxy::believed)),
        false => web::router(app.clone()),
    };
    if let Some(address) = metrics {
        let listener = TcpListener::bind(address).await.map_err(|cause| unusable(address, &cause))?;
        tell.say(say!("Metrics: {url}", url = format!("{}/metrics", url(listener.local_addr().unwrap_or(address)))));
        tokio::spawn(axum::serve(listener, told(app.clone())).into_future());
    }
    let unusable = |cause: std::io::Error| unusable(listen, &cause);
    let listener = TcpListener::bind(listen).await.map_err(unusable)?;
    let url = url(listener.local_addr().map_err(unusable)?);
    let (shut, shutting) = watch::channel(false);
    let (door, mut empty) = Door::new(listener, shutting).map_err(unusable)?;
    // Small answers are sent as they are.
    let door = door.tap_io(|stream| drop(stream.set_nodelay(true)));
    let server = axum::serve(door, router.clone().into_make_service_with_connect_info::<SocketAddr>());
    let server = server.with_graceful_shutdown(async move {
        let _ = empty.wait_for(|empty| *empty).await;
    });
    let server = tokio::spawn(server.into_future());
    let ring = tokio::spawn(app.clone().ring());
    let look = tokio::spawn(look(engine.clone(), ended.clone()));
    let stop = Arc::new(AtomicBool::new(false));
    let post = post(engine.clone(), stop.clone())?;
    let worker = work(engine, stop.clone())?;
    health(router).await?;
    before(&url);
    let mut out = std::io::stdout();
    // A machine reads this line, so it is the same in every language.
    let _ = writeln!(out, "Bottega is ready: {url}").and_then(|()| out.flush());
    let mut end = ended.clone();
    let _ = end.wait_for(|ended| *ended).await;
    tell.say("Finishing what runs…");
    app.end();
    stop.store(true, Ordering::Relaxed);
    tokio::time::sleep(drain).await;
    shut.send_replace(true);
    let over = Instant::now() + LAST_WORDS;
    let (finished, ..) =
        tokio::join!(timeout_at(over, server), look, ring, timeout_at(over, post), timeout_at(over, worker));
    match finished {
        Ok(Ok(Err(cause))) => Err(Error::caused("the server ended", cause)),
        Err(_) => {
            tracing::warn!("some requests took too long to end");
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Carries out imports and whatever else is durable, on a thread of its own.
fn work(engine: Arc<Engine>, stop: Arc<AtomicBool>) -> Result<tokio::task::JoinHandle<()>> {
    let words = crate::tell::words()?;
    Ok(tokio::task::spawn_blocking(move || {
        engine.work_until(&stop, &[words.of(Language::It), words.of(Language::En)]);
    }))
}

/// Sends the mail that waits, on a thread of its own: a mail server that hangs keeps nothing else waiting.
fn post(engine: Arc<Engine>, stop: Arc<AtomicBool>) -> Result<tokio::task::JoinHandle<()>> {
    let words = crate::tell::words()?;
    Ok(tokio::task::spawn_blocking(move || {
        engine.post_until(&stop, &[words.of(Language::It), words.of(Language::En)]);
    }))
}

fn unusable(address: SocketAddr, cause: &std::io::Error) -> Error {
    let (address, why) = (address.to_string(), cause.to_string());
    Error::Unreadable(say!("{address} cannot be listened at: {why}", address = address, why = why))
}

/// What Prometheus is told, at an address of its own.
fn told(app: App) -> Router {
    let metrics = async move || match app.clone().metrics().await {
        Ok(text) => {
            ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "no metrics");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    };
    Router::new().route("/metrics", get(metrics))
}

/// The address that a browser on this machine takes.
fn url(address: SocketAddr) -> String {
    let ip = if address.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { address.ip() };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

async fn health(router: Router) -> Result<()> {
    let request = Request::get("/healthz").body(Body::empty()).map_err(|cause| Error::caused("no request", cause))?;
    match router.oneshot(request).await {
        Ok(response) if response.status() == StatusCode::OK => Ok(()),
        _ => Err(Error::fault("the server does not answer")),
    }
}

/// Lists and fields that another process changed are read again.
async fn look(engine: Arc<Engine>, mut ended: watch::Receiver<bool>) {
    while tokio::time::timeout(LOOK, ended.wait_for(|ended| *ended)).await.is_err() {
        let engine = engine.clone();
        let looked = tokio::task::spawn_blocking(move || engine.refresh());
        if let Ok(Err(error)) = looked.await {
            tracing::warn!(%error, "the catalogue could not be read again");
        }
    }
}

/// Turns true at Ctrl-C and, on Unix, at SIGTERM; a second one ends the program at once.
fn signals() -> Result<watch::Receiver<bool>> {
    let (tell, told) = watch::channel(false);
    let failed = |cause: std::io::Error| Error::caused("signals cannot be heard", cause);
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).map_err(failed)?;
    #[cfg(not(unix))]
    let _ = failed;
    tokio::spawn(async move {
        loop {
            #[cfg(unix)]
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            #[cfg(not(unix))]
            let _ = tokio::signal::ctrl_c().await;
            if tell.send_replace(true) {
                std::process::exit(130);
            }
        }
    });
    Ok(told)
}
