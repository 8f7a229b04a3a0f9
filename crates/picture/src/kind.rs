//! What a file is, by its first bytes, and whether it is whole enough to be tried.

use image::ImageFormat;

use crate::Refused;

/// # Errors
/// `NotAPicture`, and `Damaged` for a JPEG without its end.
pub(crate) fn of(bytes: &[u8]) -> Result<ImageFormat, Refused> {
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)) => format,
        _ => return Err(Refused::NotAPicture { looks_like: looks_like(bytes) }),
    };
    // The decoder fills what is missing of a JPEG with grey and says nothing.
    if format == ImageFormat::Jpeg && !jpeg_ends(bytes) {
        return Err(Refused::Damaged);
    }
    Ok(format)
}

fn looks_like(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(1 << 10)];
    let text = String::from_utf8_lossy(head).to_lowercase();
    if text.contains("<svg") {
        return "svg";
    }
    if text.contains("<html") || text.contains("<!doctype html") || text.contains("<script") {
        return "html";
    }
    infer::get(bytes).map_or("unknown", |kind| kind.extension())
}

/// Whether an "end of image" (ITU-T T.81, B.1.1.3) follows the last "start of scan"; a preview within the metadata has its
/// own pair, before the picture's.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let last = |marker: u8| bytes.windows(2).rposition(|pair| pair == [0xFF, marker]);
    matches!((last(0xDA), last(0xD9)), (Some(scan), Some(end)) if end > scan)
}
