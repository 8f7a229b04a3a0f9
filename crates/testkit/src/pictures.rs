//! Small pictures to upload.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A JPEG, its left half red, its right half blue.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    halves(width, height, ImageFormat::Jpeg)
}

/// The same as PNG.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    halves(width, height, ImageFormat::Png)
}

/// Width and height in pixels.
pub fn size(bytes: &[u8]) -> (u32, u32) {
    let image = image::load_from_memory(bytes).expect("a picture");
    (image.width(), image.height())
}

fn halves(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let colour = |x| if x < width / 2 { Rgb([250, 10, 10]) } else { Rgb([10, 10, 250]) };
    let image: DynamicImage = RgbImage::from_fn(width, height, |x, _| colour(x)).into();
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).expect("a picture is encoded");
    out.into_inner()
}
