//! Ground floor: money, dates, ids, text folding, national codes and numbers, words, the one error type, the clock.

pub mod clock;
pub mod codes;
pub mod dates;
pub mod email;
pub mod error;
pub mod failpoint;
pub mod fold;
pub mod id;
pub mod money;
pub mod names;
pub mod numbers;
pub mod phones;
pub mod text;
pub mod words;

pub use error::{Error, Field, Problem, Refusal, Result};
pub use fold::{fold, text_key};
pub use id::{Id, Rid};
pub use money::{Currency, Money};
pub use text::Text;
pub use words::Words;
