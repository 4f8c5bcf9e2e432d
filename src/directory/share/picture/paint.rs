//! The drawing itself: 1200 × 630 pixels, a title on paper beside a wall of tiles.

use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use rustybuzz::ttf_parser::OutlineBuilder;
use tiny_skia::{
    FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform,
};

use crate::lettering::{self, Letters, is_rtl};

/// Width and height, in pixels: what the networks show whole.
pub const SIZE: (u32, u32) = (1200, 630);

type Rgb = (u8, u8, u8);

// The tokens of `static/css/halqa.css`, light.
const PAPER: Rgb = (0xfb, 0xf8, 0xf2);
const LINE: Rgb = (0xe4, 0xdc, 0xcb);
const INK: Rgb = (0x1b, 0x27, 0x33);
const SOFT: Rgb = (0x51, 0x5d, 0x69);
const BLUE: Rgb = (0x14, 0x55, 0x7f);
const DEEP: Rgb = (0x0d, 0x3c, 0x5c);
const TURQUOISE: Rgb = (0x0f, 0x7f, 0x86);
const TERRA: Rgb = (0xc4, 0x57, 0x2f);
const SUN: Rgb = (0xf1, 0xc7, 0x6f);

/// The hue of a kind, and what its words stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hue {
    /// Courses.
    Blue,
    /// Talk.
    Turquoise,
    /// What was done.
    Olive,
    /// Meetings.
    Terra,
    /// Papers.
    Sun,
    /// Solutions.
    Plum,
}

impl Hue {
    fn ink(self) -> Rgb {
        match self {
            Hue::Blue => BLUE,
            Hue::Turquoise => (0x0c, 0x74, 0x7b),
            Hue::Olive => (0x55, 0x65, 0x1a),
            Hue::Terra => (0xad, 0x47, 0x27),
            Hue::Sun => (0x80, 0x53, 0x00),
            Hue::Plum => (0x6d, 0x3f, 0x7c),
        }
    }

    fn soft(self) -> Rgb {
        match self {
            Hue::Blue => (0xe2, 0xee, 0xf6),
            Hue::Turquoise => (0xdc, 0xf1, 0xef),
            Hue::Olive => (0xee, 0xf2, 0xdb),
            Hue::Terra => (0xfb, 0xe9, 0xe0),
            Hue::Sun => (0xfd, 0xf1, 0xd3),
            Hue::Plum => (0xf3, 0xe8, 0xf5),
        }
    }
}

/// What the picture says.
#[derive(Debug, Clone)]
pub struct Card {
    /// The page is written from right to left: the whole picture is turned round.
    pub rtl: bool,
    /// What it is, in the page's language.
    pub kind: String,
    /// Its colour.
    pub hue: Hue,
    /// The title, in whatever language it was written.
    pub title: String,
    /// Whose it is, or where; may be empty.
    pub from: String,
    /// The platform's name in the page's language.
    pub brand: String,
    /// The platform's host.
    pub host: String,
}

/// Where words stand, in pixels.
const EDGE: f32 = 72.0;
const TILE: f32 = 105.0;
const WALL: f32 = TILE * 3.0;
const COLUMN: f32 = SIZE.0 as f32 - WALL - EDGE - 56.0;
/// Sizes of a title and the lines it may take: the first that holds it whole.
const TITLES: [(f32, usize); 4] = [(72.0, 2), (62.0, 3), (52.0, 4), (44.0, 5)];

/// Letters, and whether they are set from right to left: a line of a text has the direction of the
/// whole.
type Set<'l> = (&'l Letters, bool);

struct Sheet {
    pixels: Pixmap,
    rtl: bool,
}

/// The picture as PNG; `None` when it cannot be drawn.
pub fn draw(card: &Card) -> Option<Vec<u8>> {
    let [plain, bold] = lettering::letters()?;
    let mut sheet = Sheet {
        pixels: Pixmap::new(SIZE.0, SIZE.1)?,
        rtl: card.rtl,
    };
    sheet.fill(&rect(0.0, 0.0, SIZE.0 as f32, SIZE.1 as f32)?, PAPER, 1.0);
    sheet.wall(card.hue);

    // What it is.
    let kind = bold.drawable(&card.kind);
    let kind_rtl = is_rtl(&kind, card.rtl);
    let width = bold.width(&kind, kind_rtl) * 30.0;
    let chip = sheet.at(EDGE, width + 48.0);
    sheet.fill(
        &pill(chip, EDGE - 8.0, width + 48.0, 56.0)?,
        card.hue.soft(),
        1.0,
    );
    sheet.line(
        (bold, kind_rtl),
        &kind,
        (EDGE + 24.0, EDGE + 21.0),
        30.0,
        card.hue.ink(),
    );

    // The title, and whose it is, in the middle of what is left.
    let title = bold.drawable(&card.title);
    let rtl = is_rtl(&title, card.rtl);
    let leading = if rtl { 1.32 } else { 1.16 };
    let mut set = (TITLES[3].0, Vec::new());
    for (size, count) in TITLES {
        let (lines, cut) = bold.lines(&title, rtl, COLUMN / size, count);
        // A word broken in two shows that the letters are too large.
        let whole = lines.iter().flat_map(|l| l.split(' ')).count()
            == title.split(' ').filter(|word| !word.is_empty()).count();
        set = (size, lines);
        if !cut && whole {
            break;
        }
    }
    let (size, lines) = set;
    let from = plain.drawable(&card.from);
    let from_rtl = is_rtl(&from, card.rtl);
    let (from, _) = plain.lines(&from, from_rtl, COLUMN / 32.0, 1);
    let height = lines.len() as f32 * size * leading + from.len() as f32 * 62.0;
    let (top, bottom) = (EDGE + 62.0, SIZE.1 as f32 - EDGE - 62.0);
    let mut y = top + (bottom - top - height).max(0.0) / 2.0 + size * leading / 2.0;
    for line in &lines {
        sheet.line((bold, rtl), line, (EDGE, y), size, INK);
        y += size * leading;
    }
    if let Some(from) = from.first() {
        y += 36.0 - size * leading / 2.0 + 4.0;
        sheet.line((plain, from_rtl), from, (EDGE, y), 32.0, SOFT);
    }

    // Whose picture it is.
    let foot = SIZE.1 as f32 - EDGE - 4.0;
    sheet.mark(EDGE, foot - 30.0, 60.0);
    let brand = bold.drawable(&card.brand);
    let brand_rtl = is_rtl(&brand, card.rtl);
    sheet.line(
        (bold, brand_rtl),
        &brand,
        (EDGE + 76.0, foot + 1.0),
        40.0,
        DEEP,
    );
    let host = plain.drawable(&card.host);
    let room = COLUMN - 120.0 - bold.width(&brand, brand_rtl) * 40.0;
    let (host, _) = plain.lines(&host, false, room.max(60.0) / 26.0, 1);
    if let Some(host) = host.first() {
        let width = plain.width(host, false) * 26.0;
        sheet.line(
            (plain, false),
            host,
            (EDGE + COLUMN - width, foot + 2.0),
            26.0,
            SOFT,
        );
    }
    sheet.png()
}

impl Sheet {
    /// Without transparency: a fourth less to carry.
    fn png(self) -> Option<Vec<u8>> {
        let rgb: Vec<u8> = self
            .pixels
            .pixels()
            .iter()
            .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
            .collect();
        let mut out = Cursor::new(Vec::new());
        PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive)
            .write_image(&rgb, SIZE.0, SIZE.1, ExtendedColorType::Rgb8)
            .ok()?;
        Some(out.into_inner())
    }

    /// The left edge of what is `width` wide and begins at `start` on the page's side.
    fn at(&self, start: f32, width: f32) -> f32 {
        match self.rtl {
            true => SIZE.0 as f32 - start - width,
            false => start,
        }
    }

    fn fill(&mut self, path: &Path, colour: Rgb, alpha: f32) {
        let paint = paint(colour, alpha);
        self.pixels
            .fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
    }

    fn stroke(&mut self, path: &Path, colour: Rgb, alpha: f32, width: f32) {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        let paint = paint(colour, alpha);
        self.pixels
            .stroke_path(path, &paint, &stroke, Transform::identity(), None);
    }

    /// One line of words: from `at` on the page's side, around a height.
    fn line(
        &mut self,
        (letters, rtl): Set<'_>,
        text: &str,
        at: (f32, f32),
        size: f32,
        colour: Rgb,
    ) {
        let runs = letters.runs(text, rtl);
        let width: f32 = runs.iter().map(|run| run.width).sum::<f32>() * size;
        let mut pen = (self.at(at.0, width), at.1 + size * 0.33);
        let mut outline = Outline {
            path: PathBuilder::new(),
            scale: size / letters.units(),
            origin: pen,
        };
        for glyph in runs.iter().flat_map(|run| &run.glyphs) {
            outline.origin = (pen.0 + glyph.offset.0 * size, pen.1 - glyph.offset.1 * size);
            letters.outline(glyph.id, &mut outline);
            pen.0 += glyph.advance.0 * size;
            pen.1 -= glyph.advance.1 * size;
        }
        // A line of spaces has no outline.
        if let Some(path) = outline.path.finish() {
            self.fill(&path, colour, 1.0);
        }
    }

    /// The tiles of `static/img/faience.svg` on the far side, in the hue of the kind.
    fn wall(&mut self, hue: Hue) {
        let left = self.at(SIZE.0 as f32 - WALL, WALL);
        let Some(wall) = rect(left, 0.0, WALL, SIZE.1 as f32) else {
            return;
        };
        self.fill(&wall, hue.ink(), 1.0);
        for row in 0..6 {
            for column in 0..3 {
                let corner = (left + column as f32 * TILE, row as f32 * TILE);
                self.tile(corner, hue, (row + column) % 2 == 0);
            }
        }
        let seam = self.at(SIZE.0 as f32 - WALL - 10.0, 10.0);
        if let Some(seam) = rect(seam, 0.0, 10.0, SIZE.1 as f32) {
            self.fill(&seam, LINE, 1.0);
        }
    }

    fn tile(&mut self, (x, y): (f32, f32), hue: Hue, even: bool) {
        let unit = TILE / 80.0;
        let middle = (x + TILE / 2.0, y + TILE / 2.0);
        let mut lines = PathBuilder::new();
        let mut line = |from: (f32, f32), to: (f32, f32)| {
            lines.move_to(x + from.0 * unit, y + from.1 * unit);
            lines.line_to(x + to.0 * unit, y + to.1 * unit);
        };
        for (from, to) in [
            ((0.0, 0.0), (19.8, 19.8)),
            ((80.0, 0.0), (60.2, 19.8)),
            ((0.0, 80.0), (19.8, 60.2)),
            ((80.0, 80.0), (60.2, 60.2)),
            ((40.0, 0.0), (40.0, 12.0)),
            ((40.0, 68.0), (40.0, 80.0)),
            ((0.0, 40.0), (12.0, 40.0)),
            ((68.0, 40.0), (80.0, 40.0)),
            ((0.0, 14.0), (14.0, 0.0)),
            ((66.0, 0.0), (80.0, 14.0)),
            ((0.0, 66.0), (14.0, 80.0)),
            ((80.0, 66.0), (66.0, 80.0)),
        ] {
            line(from, to);
        }
        if let Some(lines) = lines.finish() {
            self.stroke(&lines, PAPER, 0.35, 1.6 * unit);
        }
        if let Some(star) = star(middle, 28.0 * unit) {
            self.fill(&star, PAPER, if even { 0.94 } else { 0.16 });
            self.stroke(&star, PAPER, 0.6, 1.6 * unit);
        }
        if let Some(star) = star(middle, 15.0 * unit) {
            self.fill(&star, if even { hue.ink() } else { SUN }, 1.0);
        }
        if let Some(dot) = circle(middle, 4.5 * unit) {
            self.fill(&dot, if even { SUN } else { hue.ink() }, 1.0);
        }
    }

    /// The mark: people in a circle.
    fn mark(&mut self, start: f32, top: f32, side: f32) {
        let unit = side / 64.0;
        let middle = (self.at(start, side) + side / 2.0, top + side / 2.0);
        let colours = [BLUE, TERRA, BLUE, TURQUOISE, BLUE, TURQUOISE];
        for (number, colour) in colours.into_iter().enumerate() {
            let angle = (number as f32 * 60.0 - 90.0).to_radians();
            let on = |radius: f32, angle: f32| {
                (
                    middle.0 + radius * unit * angle.cos(),
                    middle.1 + radius * unit * angle.sin(),
                )
            };
            if let Some(head) = circle(on(25.4, angle), 5.4 * unit) {
                self.fill(&head, colour, 1.0);
            }
            let mut arms = PathBuilder::new();
            for step in -8..=8 {
                let (x, y) = on(14.6, angle + (step as f32 * 21.2 / 8.0).to_radians());
                match step {
                    -8 => arms.move_to(x, y),
                    _ => arms.line_to(x, y),
                }
            }
            if let Some(arms) = arms.finish() {
                self.stroke(&arms, colour, 1.0, 6.6 * unit);
            }
        }
    }
}

fn paint(colour: Rgb, alpha: f32) -> Paint<'static> {
    let mut paint = Paint::default();
    let alpha = (alpha * 255.0) as u8;
    paint.set_color_rgba8(colour.0, colour.1, colour.2, alpha);
    paint.anti_alias = true;
    paint
}

fn rect(left: f32, top: f32, width: f32, height: f32) -> Option<Path> {
    Some(PathBuilder::from_rect(Rect::from_xywh(
        left, top, width, height,
    )?))
}

fn circle(middle: (f32, f32), radius: f32) -> Option<Path> {
    PathBuilder::from_circle(middle.0, middle.1, radius)
}

fn pill(left: f32, top: f32, width: f32, height: f32) -> Option<Path> {
    let radius = height / 2.0;
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(left + radius, top, width - height, height)?);
    path.push_circle(left + radius, top + radius, radius);
    path.push_circle(left + width - radius, top + radius, radius);
    path.finish()
}

/// Eight points, as two squares laid over each other have them.
fn star(middle: (f32, f32), radius: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    for point in 0..16 {
        let angle = (point as f32 * 22.5).to_radians();
        let far = radius * if point % 2 == 0 { 1.0 } else { 0.765 };
        let (x, y) = (middle.0 + far * angle.cos(), middle.1 + far * angle.sin());
        match point {
            0 => path.move_to(x, y),
            _ => path.line_to(x, y),
        }
    }
    path.close();
    path.finish()
}

/// A glyph's outline, turned over (fonts count upwards) and put where it stands.
struct Outline {
    path: PathBuilder,
    scale: f32,
    origin: (f32, f32),
}

impl Outline {
    fn put(&self, x: f32, y: f32) -> (f32, f32) {
        (
            self.origin.0 + x * self.scale,
            self.origin.1 - y * self.scale,
        )
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.put(x, y);
        self.path.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.put(x, y);
        self.path.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.put(x1, y1), self.put(x, y));
        self.path.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.put(x1, y1), self.put(x2, y2), self.put(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}
