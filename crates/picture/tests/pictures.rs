//! Pictures as people upload them, and as attackers do.

#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use picture::{Crop, Frame, MAX_BYTES_OUT, Prepared, Refused, THUMBNAIL, prepare};

const RED: Rgb<u8> = Rgb([250, 10, 10]);
const BLUE: Rgb<u8> = Rgb([10, 10, 250]);

/// Left half red, right half blue.
fn halves(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { RED } else { BLUE }).into()
}

/// Detail that compresses badly.
fn noise(width: u32, height: u32) -> DynamicImage {
    let mut state = 1u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    })
    .into()
}

fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A JPEG with an EXIF segment that holds the orientation and a text.
fn with_exif(image: &DynamicImage, orientation: u8) -> Vec<u8> {
    let jpeg = file(image, ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(b"SECRET-PLACE");
    let mut out = jpeg[..2].to_vec();
    out.extend_from_slice(&[0xFF, 0xE1]);
    out.extend_from_slice(&(exif.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(&exif);
    out.extend_from_slice(&jpeg[2..]);
    out
}

fn shown(prepared: &Prepared) -> DynamicImage {
    let image = image::load_from_memory(&prepared.bytes).unwrap();
    assert_eq!((image.width(), image.height()), (prepared.width, prepared.height));
    let thumbnail = image::load_from_memory(&prepared.thumbnail).unwrap();
    assert_eq!(thumbnail.width().max(thumbnail.height()), THUMBNAIL);
    assert!(prepared.bytes.len() < MAX_BYTES_OUT);
    image
}

fn is(pixel: Rgba<u8>, colour: Rgb<u8>) -> bool {
    (0..3).all(|at| pixel[at].abs_diff(colour[at]) < 40)
}

#[test]
fn every_format_is_taken_by_its_content() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let prepared = prepare(&file(&halves(900, 900), format), None, Frame::PORTRAIT).unwrap();
        let image = shown(&prepared);
        assert_eq!((image.width(), image.height()), (400, 600));
        assert!(is(image.get_pixel(20, 300), RED) && is(image.get_pixel(380, 300), BLUE));
    }
}

#[test]
fn a_small_picture_is_not_blown_up() {
    let image = shown(&prepare(&file(&halves(100, 100), ImageFormat::Jpeg), None, Frame::PORTRAIT).unwrap());
    assert_eq!((image.width(), image.height()), (66, 100));
}

#[test]
fn every_orientation_is_turned_upright() {
    // Stored left half red; where red is seen after turning, by EXIF 2.32, 4.6.4 (Orientation).
    let red_at = [
        (1, (5, 50)),
        (2, (95, 50)),
        (3, (95, 50)),
        (4, (5, 50)),
        (5, (50, 5)),
        (6, (50, 5)),
        (7, (50, 95)),
        (8, (50, 95)),
    ];
    for (orientation, (x, y)) in red_at {
        let prepared =
            prepare(&with_exif(&halves(100, 100), orientation), None, Frame::Round { diameter: 50 }).unwrap();
        let image = shown(&prepared);
        assert!(is(image.get_pixel(x, y), RED), "{orientation}");
        assert!(is(image.get_pixel(99 - x, 99 - y), if x == 50 || y == 50 { BLUE } else { RED }), "{orientation}");
    }
}

#[test]
fn nothing_of_the_original_file_remains() {
    let mut bytes = with_exif(&halves(300, 300), 1);
    bytes.extend_from_slice(b"<script>SECRET-SCRIPT</script>");
    let prepared = prepare(&bytes, None, Frame::PORTRAIT).unwrap();
    for out in [&prepared.bytes, &prepared.thumbnail] {
        let has = |text: &[u8]| out.windows(text.len()).any(|window| window == text);
        assert!(!has(b"Exif") && !has(b"SECRET") && !has(b"script"));
    }
}

#[test]
fn the_crop_is_cut_from_the_upright_picture() {
    let right = Crop { x: 0.5, y: 0.0, width: 0.5, height: 1.0 };
    let image = shown(&prepare(&file(&halves(800, 800), ImageFormat::Png), Some(right), Frame::PORTRAIT).unwrap());
    assert!(is(image.get_pixel(2, 2), BLUE));
    let turned = Crop { x: 0.0, y: 0.0, width: 1.0, height: 0.4 };
    let image = shown(&prepare(&with_exif(&halves(800, 800), 6), Some(turned), Frame::Round { diameter: 50 }).unwrap());
    assert!(is(image.get_pixel(2, 2), RED) && is(image.get_pixel(97, 97), RED));
}

#[test]
fn a_crop_that_makes_no_sense_does_no_harm() {
    let bytes = file(&halves(50, 50), ImageFormat::Png);
    for (x, width) in [(-5.0, 10.0), (2.0, 1.0), (0.5, -1.0), (f64::NAN, 1.0), (0.0, 0.0), (f64::INFINITY, 1.0)] {
        shown(&prepare(&bytes, Some(Crop { x, y: x, width, height: width }), Frame::PORTRAIT).unwrap());
    }
}

#[test]
fn transparency_stays_and_edges_stay_clean() {
    let logo =
        RgbaImage::from_fn(1_000, 1_000, |x, _| if x < 500 { Rgba([0, 0, 0, 0]) } else { Rgba([255, 255, 255, 255]) });
    let prepared = prepare(&file(&logo.into(), ImageFormat::Png), None, Frame::Round { diameter: 100 }).unwrap();
    assert_eq!(prepared.mime, "image/png");
    let image = shown(&prepared).to_rgba8();
    assert!(image.pixels().all(|pixel| pixel[3] < 30 || pixel[0] > 240));
    assert_eq!(image.get_pixel(1, 1)[3], 0);
}

#[test]
fn drawings_stay_png_and_photographs_become_jpeg() {
    let mime = |image: &DynamicImage| prepare(&file(image, ImageFormat::Png), None, Frame::PORTRAIT).unwrap().mime;
    assert_eq!((mime(&halves(600, 600)), mime(&noise(600, 600))), ("image/png", "image/jpeg"));
}

#[test]
fn a_logo_is_kept_whole() {
    let bytes = file(&halves(1_000, 100), ImageFormat::Png);
    let image = shown(&prepare(&bytes, None, Frame::Whole { width: 200, height: 300 }).unwrap());
    assert_eq!((image.width(), image.height()), (400, 40));
}

#[test]
fn what_will_not_compress_is_made_smaller_until_it_fits() {
    let noise = noise(2_400, 2_400).to_rgb8();
    let clear = RgbaImage::from_fn(700, 700, |x, y| {
        let pixel = noise.get_pixel(x, y);
        Rgba([pixel[0], pixel[1], pixel[2], 200 + pixel[0] % 50])
    });
    let frame = Frame::Filled { width: 400, height: 400 };
    assert_eq!(
        prepare(&file(&clear.into(), ImageFormat::Png), None, frame).map(|prepared| shown(&prepared).width() < 700),
        Ok(true)
    );
}

#[test]
fn what_is_no_picture_is_named() {
    let refused = |bytes: &[u8]| prepare(bytes, None, Frame::PORTRAIT).unwrap_err();
    let named = |looks_like| Refused::NotAPicture { looks_like };
    assert_eq!(refused(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), named("svg"));
    assert_eq!(refused(b"<?xml version='1.0'?>\n<svg/>"), named("svg"));
    assert_eq!(refused(b"<html><script>alert(1)</script>"), named("html"));
    assert_eq!(refused(b"%PDF-1.7 foo"), named("pdf"));
    assert_eq!(refused(b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"), named("bmp"));
    assert_eq!(refused(b""), named("unknown"));
    assert_eq!(refused(&vec![0; (10 << 20) + 1]), Refused::TooLarge { limit: 10 << 20 });
}

#[test]
fn a_script_that_begins_like_a_picture_is_refused() {
    for head in [&b"GIF89a/*"[..], b"\xFF\xD8\xFF\xE0/*", b"\x89PNG\r\n\x1a\n/*", b"RIFF/*  WEBPVP8 "] {
        let bytes = [head, b"<svg onload=alert(1)>*/=1;alert(1)//\xFF\xDA\xFF\xD9".as_slice()].concat();
        assert!(matches!(
            prepare(&bytes, None, Frame::PORTRAIT),
            Err(Refused::Damaged | Refused::TooManyPixels { .. })
        ));
    }
}

#[test]
fn truncated_pictures_are_damaged() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let bytes = file(&noise(200, 200), format);
        for share in [10, 30, 50, 80, 95] {
            let cut = &bytes[..bytes.len() * share / 100];
            assert_eq!(prepare(cut, None, Frame::PORTRAIT), Err(Refused::Damaged), "{format:?} {share}");
        }
    }
    // The preview in the metadata has an end; the picture itself has none.
    let whole = with_exif(&noise(200, 200), 1);
    let preview = [&whole[..30], b"\xFF\xDA..\xFF\xD9", &whole[30..whole.len() / 2]].concat();
    assert_eq!(prepare(&preview, None, Frame::PORTRAIT), Err(Refused::Damaged));
}

#[test]
fn a_header_that_lies_about_the_size_is_refused_without_the_memory() {
    // Width and height of a PNG stand at bytes 16 to 24, their checksum at 29 to 33.
    let lying = |side: u32| {
        let mut bytes = file(&halves(10, 10), ImageFormat::Png);
        bytes[16..20].copy_from_slice(&side.to_be_bytes());
        bytes[20..24].copy_from_slice(&side.to_be_bytes());
        let checksum = crc32(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&checksum.to_be_bytes());
        prepare(&bytes, None, Frame::PORTRAIT).unwrap_err()
    };
    assert_eq!(lying(60_000), Refused::TooManyPixels { limit: 50_000_000 });
    assert_eq!(lying(7_000), Refused::Damaged);
    let mut gif = file(&halves(10, 10), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    assert_eq!(prepare(&gif, None, Frame::PORTRAIT), Err(Refused::TooManyPixels { limit: 50_000_000 }));
}

#[test]
fn a_changed_byte_never_panics() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let bytes = file(&halves(40, 40), format);
        for at in 0..bytes.len().min(300) {
            let mut broken = bytes.clone();
            broken[at] ^= 0x55;
            let _ = prepare(&broken, None, Frame::Round { diameter: 20 });
        }
    }
}

/// CRC-32 as PNG uses it (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}
