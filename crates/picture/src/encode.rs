//! Encodes as JPEG or PNG, small enough and without anything but pixels.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageError};

use crate::Refused;
use crate::resize;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Png,
    /// With its quality, of 100.
    Jpeg(u8),
}

impl Kind {
    pub(crate) fn mime(self) -> &'static str {
        if self == Self::Png { "image/png" } else { "image/jpeg" }
    }
}

/// Lowers the quality, then the size, until no more than `limit` bytes are left. `flat` pictures, from formats of drawings,
/// stay PNG if that costs little.
pub(crate) fn fitting(
    mut image: DynamicImage,
    flat: bool,
    limit: usize,
) -> Result<(DynamicImage, Vec<u8>, Kind), Refused> {
    let transparent = is_transparent(&image);
    loop {
        let png = (transparent || flat).then(|| encode(&image, Kind::Png)).transpose()?;
        if let Some(bytes) = png {
            let fits = bytes.len() < limit;
            if fits && (transparent || 2 * bytes.len() <= 3 * encode(&image, Kind::Jpeg(85))?.len()) {
                return Ok((image, bytes, Kind::Png));
            }
        }
        if !transparent {
            for quality in [85, 75, 65, 50] {
                let bytes = encode(&image, Kind::Jpeg(quality))?;
                if bytes.len() < limit {
                    return Ok((image, bytes, Kind::Jpeg(quality)));
                }
            }
        }
        if image.width().max(image.height()) <= 16 {
            return Err(Refused::Damaged);
        }
        image = resize::scale(&image, 0.75);
    }
}

/// Pixels of 8 bits a channel, and no profile: nothing else can come along.
pub(crate) fn encode(image: &DynamicImage, kind: Kind) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    match kind {
        Kind::Jpeg(quality) => on_white(image).write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)),
        Kind::Png => {
            let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
            if is_transparent(image) {
                image.to_rgba8().write_with_encoder(encoder)
            } else {
                image.to_rgb8().write_with_encoder(encoder)
            }
        }
    }
    .map_err(|_: ImageError| Refused::Damaged)?;
    Ok(bytes)
}

fn is_transparent(image: &DynamicImage) -> bool {
    image.color().has_alpha() && image.to_rgba8().pixels().any(|pixel| pixel[3] < u8::MAX)
}

/// JPEG knows no transparency. Only a thumbnail can still have any here.
fn on_white(image: &DynamicImage) -> image::RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let pixels = image.to_rgba8();
    image::RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let pixel = pixels.get_pixel(x, y);
        let over = |part: u8| ((u32::from(part) * u32::from(pixel[3]) + 255 * (255 - u32::from(pixel[3]))) / 255) as u8;
        image::Rgb([over(pixel[0]), over(pixel[1]), over(pixel[2])])
    })
}
