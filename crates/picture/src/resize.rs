//! Cuts and resizes.

use image::imageops::FilterType;
use image::{DynamicImage, Rgba32FImage};

use crate::{Crop, Frame};

/// The part that `crop` and `frame` leave.
pub(crate) fn cut(image: DynamicImage, crop: Option<Crop>, frame: Frame) -> DynamicImage {
    let image = match crop.filter(|crop| [crop.x, crop.y, crop.width, crop.height].iter().all(|part| part.is_finite()))
    {
        Some(crop) => part(&image, crop),
        None => image,
    };
    match frame {
        Frame::Whole { .. } => image,
        Frame::Filled { .. } | Frame::Round { .. } => centre(&image, frame.size()),
    }
}

fn part(image: &DynamicImage, crop: Crop) -> DynamicImage {
    let span = |from: f64, length: f64, whole: u32| {
        let at = |share: f64| (share.clamp(0.0, 1.0) * f64::from(whole)).round() as u32;
        let start = at(from).min(whole - 1);
        (start, at(from + length).clamp(start + 1, whole) - start)
    };
    let (x, width) = span(crop.x, crop.width, image.width());
    let (y, height) = span(crop.y, crop.height, image.height());
    image.crop_imm(x, y, width, height)
}

/// The largest part from the middle with the proportions of `frame`.
fn centre(image: &DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    let (have_w, have_h) = (u64::from(image.width()), u64::from(image.height()));
    let (w, h) = (u64::from(width), u64::from(height));
    let (cut_w, cut_h) = if have_w * h > have_h * w { (have_h * w / h, have_h) } else { (have_w, have_w * h / w) };
    let (cut_w, cut_h) = (cut_w.max(1) as u32, cut_h.max(1) as u32);
    image.crop_imm((image.width() - cut_w) / 2, (image.height() - cut_h) / 2, cut_w, cut_h)
}

/// Made smaller, where it is larger, to fit twice the frame.
pub(crate) fn to_frame(image: &DynamicImage, frame: Frame) -> DynamicImage {
    let (width, height) = frame.size();
    within(image, (2 * width, 2 * height))
}

/// Made smaller, where it is larger, to fit so many pixels.
pub(crate) fn within(image: &DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    let share = |most: u32, has: u32| f64::from(most) / f64::from(has);
    scale(image, share(width, image.width()).min(share(height, image.height())))
}

/// Smaller by `share`, and never larger.
pub(crate) fn scale(image: &DynamicImage, share: f64) -> DynamicImage {
    if share >= 1.0 {
        return image.clone();
    }
    let side = |side: u32| ((f64::from(side) * share).round() as u32).max(1);
    exactly(image, side(image.width()), side(image.height()))
}

pub(crate) fn square(image: &DynamicImage, side: u32) -> DynamicImage {
    exactly(&centre(image, (1, 1)), side, side)
}

fn exactly(image: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    // A quick average brings large pictures near the size wanted; the filter then has little to do.
    let near = |side: u32, wanted: u32| side.min(wanted * 3);
    let (near_w, near_h) = (near(image.width(), width), near(image.height(), height));
    let image = &image.thumbnail_exact(near_w, near_h);
    if !image.color().has_alpha() {
        return image.resize_exact(width, height, FilterType::Lanczos3);
    }
    // Colours of transparent pixels must not show at the edges: they are weighed by their opacity.
    let mut pixels: Rgba32FImage = image.to_rgba32f();
    pixels.pixels_mut().for_each(|pixel| (0..3).for_each(|at| pixel[at] *= pixel[3]));
    let mut pixels = image::imageops::resize(&pixels, width, height, FilterType::Lanczos3);
    for pixel in pixels.pixels_mut() {
        let opacity = pixel[3].clamp(0.0, 1.0);
        (0..3).for_each(|at| pixel[at] = if opacity > 0.0 { (pixel[at] / opacity).clamp(0.0, 1.0) } else { 0.0 });
        pixel[3] = opacity;
    }
    DynamicImage::ImageRgba8(DynamicImage::ImageRgba32F(pixels).to_rgba8())
}
