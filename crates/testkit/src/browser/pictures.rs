//! Pictures of what a window shows, small enough to be kept, and how much two of them differ.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fantoccini::Client;
use serde_json::Value;

/// Of the pixels of a picture as large as this the difference is looked at: letters blur, what stands where is seen.
const LOOKED_AT: &str = "[320, 200]";
/// A pixel differs that is so much lighter or darker, out of 255.
const DIFFERS: u8 = 24;

const SHRUNK: &str = "const [png, done] = arguments;\
    const image = new Image();\
    image.onload = () => {\
      const canvas = document.createElement('canvas');\
      [canvas.width, canvas.height] = [image.width, image.height];\
      canvas.getContext('2d').drawImage(image, 0, 0);\
      done(canvas.toDataURL('image/webp', 0.6));\
    };\
    image.onerror = () => done('');\
    image.src = png;";

/// What the window shows, as WebP.
pub async fn picture(client: &Client) -> Vec<u8> {
    let png = client.screenshot().await.unwrap_or_else(|error| panic!("no screenshot: {error}"));
    let sent = vec![Value::from(address("image/png", &png))];
    let shrunk = client.execute_async(SHRUNK, sent).await.unwrap_or_else(|error| panic!("no picture: {error}"));
    let bytes = shrunk.as_str().and_then(|url| url.strip_prefix("data:image/webp;base64,"));
    let bytes = bytes.and_then(|bytes| BASE64_STANDARD.decode(bytes).ok());
    bytes.unwrap_or_else(|| panic!("the browser wrote no WebP"))
}

/// Which part of two pictures (WebP) is not the same, from 0 to 1; 1 when they are not of one size.
pub async fn difference(client: &Client, one: &[u8], other: &[u8]) -> f64 {
    let script = format!(
        "const [urls, done] = [[arguments[0], arguments[1]], arguments[2]];\
         const [width, height] = {LOOKED_AT};\
         const seen = url => new Promise((good, bad) => {{\
           const image = new Image();\
           image.onload = () => {{\
             const context = Object.assign(document.createElement('canvas'), {{ width, height }}).getContext('2d');\
             context.imageSmoothingQuality = 'high';\
             context.drawImage(image, 0, 0, width, height);\
             good([image.width, image.height, context.getImageData(0, 0, width, height).data]);\
           }};\
           image.onerror = bad;\
           image.src = url;\
         }});\
         Promise.all(urls.map(seen)).then(([a, b]) => {{\
           if (a[0] !== b[0] || a[1] !== b[1]) return done(1);\
           let differs = 0;\
           for (let at = 0; at < a[2].length; at += 4) {{\
             const light = data => (data[at] * 3 + data[at + 1] * 6 + data[at + 2]) / 10;\
             if (Math.abs(light(a[2]) - light(b[2])) > {DIFFERS}) differs += 1;\
           }}\
           done(differs / (width * height));\
         }}, () => done(1));"
    );
    let sent = [one, other].map(|bytes| Value::from(address("image/webp", bytes))).to_vec();
    let told = client.execute_async(&script, sent).await.unwrap_or_else(|error| panic!("not compared: {error}"));
    told.as_f64().unwrap_or(1.0)
}

fn address(mime: &str, bytes: &[u8]) -> String {
    format!("data:{mime};base64,{}", BASE64_STANDARD.encode(bytes))
}
