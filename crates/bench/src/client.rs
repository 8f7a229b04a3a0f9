//! Someone who has signed in and asks over HTTP, one request after the other on one connection.

use base::{Error, Result};
use engine::{Engine, sign_in};

/// Cheap to copy into a thread; each copy made by [`Visitor::another`] has its own connection.
pub struct Visitor {
    agent: ureq::Agent,
    url: String,
    secret: String,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// What is asked: a path, and the form to post, if it is one.
#[derive(Clone, Debug)]
pub struct Ask {
    pub path: String,
    pub form: Option<String>,
    /// Whether a script of the page asks, for a part of it.
    pub fragment: bool,
}

impl Ask {
    pub fn page(path: impl Into<String>) -> Ask {
        Ask { path: path.into(), form: None, fragment: false }
    }

    pub fn part(path: impl Into<String>) -> Ask {
        Ask { path: path.into(), form: None, fragment: true }
    }

    pub fn form(path: impl Into<String>, form: String) -> Ask {
        Ask { path: path.into(), form: Some(form), fragment: true }
    }
}

impl Visitor {
    /// A user by e-mail, with a session of their own.
    pub fn sign_in(engine: &Engine, url: &str, email: &str) -> Result<Visitor> {
        let user = engine.user_named(email)?.ok_or(Error::Missing)?;
        let secret = engine.open_session(user.rid, "bench")?;
        Ok(Visitor { agent: agent(), url: url.to_owned(), secret })
    }

    pub fn another(&self) -> Visitor {
        Visitor { agent: agent(), url: self.url.clone(), secret: self.secret.clone() }
    }

    /// As a browser asks; whatever the answer's status.
    pub fn ask(&self, ask: &Ask) -> Result<Answer> {
        self.ask_as(ask, "gzip, deflate, br, zstd")
    }

    fn ask_as(&self, ask: &Ask, encoding: &str) -> Result<Answer> {
        let failed = |cause: ureq::Error| Error::caused(ask.path.clone(), cause);
        let address = format!("{}{}", self.url, ask.path);
        let cookie = format!("session={}", self.secret);
        let part = if ask.fragment { "true" } else { "false" };
        let mut response = match &ask.form {
            None => self
                .agent
                .get(address)
                .header("cookie", cookie)
                .header("hx-request", part)
                .header("accept-encoding", encoding)
                .call(),
            Some(form) => self
                .agent
                .post(address)
                .header("cookie", cookie)
                .header("hx-request", part)
                .header("x-csrf-token", sign_in::csrf(&self.secret))
                .header("content-type", "application/x-www-form-urlencoded")
                .send(form),
        }
        .map_err(failed)?;
        let body = response.body_mut().read_to_vec().map_err(failed)?;
        Ok(Answer { status: response.status().as_u16(), body })
    }

    /// The same, as text; an error where the answer is one.
    pub fn text(&self, ask: &Ask) -> Result<String> {
        let answer = self.ask_as(ask, "identity")?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        match answer.status {
            200..300 => Ok(text),
            status => Err(Error::fault(format!("{} answers {status}: {text:.300}", ask.path))),
        }
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into()
}
