//! Choices: closed sets of values that rules name.

/// One value of a closed set: its key in database and API, and its English label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceDef {
    pub key: &'static str,
    pub label: &'static str,
}

/// An enum made by [`choices!`](crate::choices).
pub trait Choice: Copy + PartialEq + Sized + Send + Sync + 'static {
    /// The Fluent message that holds the labels of other languages.
    const NAME: &'static str;
    const ALL: &'static [ChoiceDef];
    fn key(self) -> &'static str;
    fn from_key(key: &str) -> Option<Self>;
}

/// Declares a closed set: `Won = "won" "Won"` is variant, key and English label.
#[macro_export]
macro_rules! choices {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$inner:meta])* $variant:ident = $key:literal $label:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$inner])* $variant),+ }

        impl $crate::Choice for $name {
            const NAME: &'static str = stringify!($name);
            const ALL: &'static [$crate::ChoiceDef] = &[$($crate::ChoiceDef { key: $key, label: $label }),+];

            fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }

            fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some($name::$variant),)+ _ => None }
            }
        }
    };
}
