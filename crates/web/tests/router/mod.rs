//! The program's pages and API, asked without a network.

#![allow(dead_code, reason = "each test looks at what it needs of an answer")]

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use engine::Engine;
use tower::ServiceExt;
use web::{App, Menu, WordsOf};

pub struct Asked {
    router: Router,
    runtime: tokio::runtime::Runtime,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl Asked {
    /// `secure` as behind HTTPS.
    pub fn new(engine: &Arc<Engine>, secure: bool) -> Asked {
        let words = WordsOf::new(&[]).unwrap();
        let app = App::new(engine.clone(), words, Menu::default(), secure);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        Asked { router: web::router(app), runtime }
    }

    pub fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
            Reply { status: parts.status, headers: parts.headers, bytes }
        })
    }
}
