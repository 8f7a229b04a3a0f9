//! Turns an uploaded picture into a safe, upright, cropped and small one.
//!
//! [`prepare`] takes JPEG, PNG, WebP and GIF (its first frame), known by content and not by name, and gives pixels encoded
//! anew: nothing of the original file remains, no place, no camera, no script hidden behind the picture. Colour profiles
//! go with the rest; pixels are taken for sRGB. Everything else is [`Refused`] with a reason.

mod decode;
mod encode;
mod kind;
mod resize;

use image::DynamicImage;

/// Largest file taken.
pub const MAX_BYTES_IN: usize = 10 << 20;
/// Size below which every prepared picture stays.
pub const MAX_BYTES_OUT: usize = 1_000_000;
/// Largest picture decoded, in pixels.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Width and height of the thumbnail at most, in pixels.
pub const THUMBNAIL: u32 = 96;

/// The part to show, relative to the upright picture: all four from 0 to 1. What lies outside is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crop {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// Where the picture is shown, in CSS pixels; twice as many are kept for fine screens, never more than there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// Filled; what stands out on two sides is cut off evenly.
    Filled { width: u32, height: u32 },
    /// The square around a circle; the corners are kept, as it is the page that rounds.
    Round { diameter: u32 },
    /// Nothing is cut off and a side may stay empty: for logos.
    Whole { width: u32, height: u32 },
}

impl Frame {
    /// The frame of a person's page.
    pub const PORTRAIT: Self = Self::Filled { width: 200, height: 300 };
    /// The frame of a company's logo.
    pub const LOGO: Self = Self::Whole { width: 200, height: 200 };

    fn size(self) -> (u32, u32) {
        let (width, height) = match self {
            Self::Filled { width, height } | Self::Whole { width, height } => (width, height),
            Self::Round { diameter } => (diameter, diameter),
        };
        (width.clamp(1, 2_000), height.clamp(1, 2_000))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Below [`MAX_BYTES_OUT`].
    pub bytes: Vec<u8>,
    /// `image/jpeg`, or `image/png` where there is transparency or little but flat colour. Holds for the thumbnail too.
    pub mime: &'static str,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    /// A square of [`THUMBNAIL`] pixels from the middle; of [`Frame::Whole`] all of it, within such a square.
    pub thumbnail: Vec<u8>,
}

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// More than `limit` bytes.
    TooLarge { limit: usize },
    /// `looks_like` is the customary file name extension (`pdf`, `svg`, `heic`…), or `unknown`.
    NotAPicture { looks_like: &'static str },
    /// Cut off, contradicting itself, or not to be decoded.
    Damaged,
    /// More than `limit` pixels, or more memory than that many need.
    TooManyPixels { limit: u64 },
}

impl Refused {
    /// A stable name for words and logs.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::NotAPicture { .. } => "not_a_picture",
            Self::Damaged => "damaged",
            Self::TooManyPixels { .. } => "too_many_pixels",
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "the file is larger than {limit} bytes"),
            Self::NotAPicture { looks_like } => {
                write!(f, "no JPEG, PNG, WebP or GIF: the file looks like {looks_like}")
            }
            Self::Damaged => write!(f, "the picture is damaged"),
            Self::TooManyPixels { limit } => write!(f, "the picture has more than {limit} pixels"),
        }
    }
}

impl std::error::Error for Refused {}

/// The picture upright, cut to `crop` and then to the frame, resized and encoded anew without metadata.
///
/// # Errors
/// [`Refused`] says why the bytes are not taken.
pub fn prepare(bytes: &[u8], crop: Option<Crop>, frame: Frame) -> Result<Prepared, Refused> {
    if bytes.len() > MAX_BYTES_IN {
        return Err(Refused::TooLarge { limit: MAX_BYTES_IN });
    }
    let format = kind::of(bytes)?;
    // A decoder that stumbles over a hostile file must not take the program along.
    let work = || {
        let whole = decode::decode(bytes, format)?;
        let flat = matches!(format, image::ImageFormat::Png | image::ImageFormat::Gif);
        finish(&resize::cut(whole, crop, frame), frame, flat)
    };
    std::panic::catch_unwind(work).unwrap_or(Err(Refused::Damaged))
}

fn finish(cut: &DynamicImage, frame: Frame, flat: bool) -> Result<Prepared, Refused> {
    let thumbnail = match frame {
        Frame::Whole { .. } => resize::within(cut, (THUMBNAIL, THUMBNAIL)),
        Frame::Filled { .. } | Frame::Round { .. } => resize::square(cut, THUMBNAIL),
    };
    let image = resize::to_frame(cut, frame);
    let (image, bytes, kind) = encode::fitting(image, flat, MAX_BYTES_OUT)?;
    let thumbnail = encode::encode(&thumbnail, kind)?;
    Ok(Prepared { width: image.width(), height: image.height(), bytes, mime: kind.mime(), thumbnail })
}
