//! Pictures are drawn anew: what comes out holds pixels and nothing else (no place, no camera, no
//! second file behind the first).

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};

/// A picture as it is kept.
pub struct Drawn {
    /// The file.
    pub bytes: Vec<u8>,
    /// `image/jpeg` or `image/png`.
    pub media: &'static str,
    /// What its name ends in.
    pub extension: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Width and height that are read at most.
const SIDE: u32 = 12_000;
/// Memory of one picture at most.
const MEMORY: u64 = 256 << 20;
const QUALITY: u8 = 82;

/// Draws a picture anew, upright, no side longer than `longest`. `None` for what is no picture, or
/// too large a one. Takes a while: not for the threads that answer.
pub fn draw(bytes: &[u8], longest: u32) -> Option<Drawn> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    if picture.width() > longest || picture.height() > longest {
        picture = picture.resize(longest, longest, image::imageops::FilterType::Triangle);
    }
    let (width, height) = (picture.width(), picture.height());
    let mut out = Vec::new();
    if picture.color().has_alpha() {
        let picture = DynamicImage::ImageRgba8(picture.into_rgba8());
        picture.write_with_encoder(PngEncoder::new(&mut out)).ok()?;
        return Some(Drawn {
            bytes: out,
            media: "image/png",
            extension: "png",
            width,
            height,
        });
    }
    let picture = DynamicImage::ImageRgb8(picture.into_rgb8());
    picture
        .write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY))
        .ok()?;
    Some(Drawn {
        bytes: out,
        media: "image/jpeg",
        extension: "jpg",
        width,
        height,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of one colour with a note hidden in it, as cameras leave theirs.
    fn with_a_secret() -> Vec<u8> {
        let mut jpeg = Vec::new();
        DynamicImage::new_rgb8(40, 20)
            .write_with_encoder(JpegEncoder::new(&mut jpeg))
            .unwrap();
        let note = b"Exif\0\0 36.8065 N 10.1815 E";
        let mut marked = jpeg[..2].to_vec();
        marked.extend([0xff, 0xe1, 0, (note.len() + 2) as u8]);
        marked.extend(note);
        marked.extend(&jpeg[2..]);
        marked
    }

    #[test]
    fn nothing_but_pixels_comes_out() {
        let secret = with_a_secret();
        let has = |bytes: &[u8]| bytes.windows(7).any(|window| window == b"36.8065");
        assert!(has(&secret));
        let drawn = draw(&secret, 100).unwrap();
        assert!(!has(&drawn.bytes));
        assert_eq!(
            (drawn.width, drawn.height, drawn.media),
            (40, 20, "image/jpeg")
        );
        assert_eq!(draw(&secret, 10).unwrap().width, 10);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [
            &b""[..],
            b"\xff\xd8\xff",
            b"<svg/>",
            b"\x89PNG\r\n\x1a\nIHDR",
        ] {
            assert!(draw(bytes, 100).is_none());
        }
    }
}
