//! Behind a reverse proxy all requests come from its address; it says in `X-Forwarded-For` from whose they came to it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

/// Puts the address that the proxy names in the place of its own. Only for servers that nobody reaches but through a proxy: whoever
/// reaches it otherwise says what they like.
pub async fn believed(mut request: Request, next: Next) -> Response {
    if let Some(ip) = named(request.headers())
        && let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>()
    {
        let from = SocketAddr::new(ip, peer.port());
        request.extensions_mut().insert(ConnectInfo(from));
    }
    next.run(request).await
}

/// The last address: those before it were said by whoever asked the proxy.
fn named(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    let bare = last.trim_start_matches('[');
    let bare = bare.split_once(']').map_or(bare, |(ip, _)| ip);
    bare.parse().or_else(|_| bare.parse::<SocketAddr>().map(|with_port| with_port.ip())).ok()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    #[test]
    fn the_last_address_counts_and_what_is_none_does_not() {
        let named = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            named(&headers).map(|ip| ip.to_string())
        };
        assert_eq!(named(&["203.0.113.7"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(
            named(&["10.0.0.1, 203.0.113.7"]).as_deref(),
            Some("203.0.113.7"),
            "what the caller wrote is before it"
        );
        assert_eq!(named(&["10.0.0.1", "203.0.113.7"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(named(&["2001:db8::7"]).as_deref(), Some("2001:db8::7"));
        assert_eq!(named(&["[2001:db8::7]:4711"]).as_deref(), Some("2001:db8::7"));
        assert_eq!(named(&["203.0.113.7:4711"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(named(&["unknown"]), None);
        assert_eq!(named(&[]), None);
    }

    #[tokio::test]
    async fn the_address_of_the_proxy_gives_way_to_the_one_that_it_names() {
        let told = |ConnectInfo(from): ConnectInfo<SocketAddr>| async move { from.ip().to_string() };
        let router = Router::new().route("/", get(told)).layer(axum::middleware::from_fn(believed));
        let ask = async |forwarded: Option<&str>| {
            let mut request = Request::get("/").body(Body::empty()).unwrap();
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4711))));
            if let Some(address) = forwarded {
                request.headers_mut().insert("x-forwarded-for", address.parse().unwrap());
            }
            let response = router.clone().oneshot(request).await.unwrap();
            String::from_utf8(to_bytes(response.into_body(), 100).await.unwrap().to_vec()).unwrap()
        };
        assert_eq!(ask(Some("203.0.113.7")).await, "203.0.113.7");
        assert_eq!(ask(None).await, "127.0.0.1");
    }
}
