//! Decodes within limits: the header is read, believed only as far as the file's size allows, and then the pixels.

use std::io::Cursor;

use image::error::{ImageError, LimitErrorKind};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::{MAX_PIXELS, Refused};

/// Four bytes a pixel and something to work with.
const MAX_MEMORY: u64 = MAX_PIXELS * 4 + (64 << 20);

/// The picture upright, as its EXIF orientation says.
pub(crate) fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Refused> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(Refused::TooManyPixels { limit: MAX_PIXELS });
    }
    if pixels == 0 || pixels > most_pixels(format, bytes.len() as u64) {
        return Err(Refused::Damaged);
    }
    // A broken orientation tag is no reason to refuse the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// How many pixels so many bytes can hold at the very most: a header that claims more lies, and is not given the memory.
fn most_pixels(format: ImageFormat, bytes: u64) -> u64 {
    let of_a_byte = match format {
        // Deflate gives 1,032 bytes for one, and at least one of eight pixels is in each.
        ImageFormat::Png => 1_032 * 8,
        // A bit for each block of 8 × 8, chroma in a fourth of them.
        ImageFormat::Jpeg => 512,
        // A code of 9 to 12 bits stands for at most 4,096 pixels.
        ImageFormat::Gif => 4_096,
        // One colour costs nothing; this still keeps a handful of bytes from a handful of megapixels.
        _ => 100_000,
    };
    bytes.saturating_mul(of_a_byte)
}

fn refused(error: ImageError) -> Refused {
    match error {
        ImageError::Limits(limit) if !matches!(limit.kind(), LimitErrorKind::Unsupported { .. }) => {
            Refused::TooManyPixels { limit: MAX_PIXELS }
        }
        _ => Refused::Damaged,
    }
}
