//! Words as they are drawn, on paper and in pictures: shaped with rustybuzz, ordered by the Unicode
//! bidirectional algorithm, broken into lines. Measures are in ems.

use std::ops::Range;
use std::sync::LazyLock;

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};

/// Tajawal (OFL, `fonts/OFL.txt`): Arabic and Latin in one, and what is copied from it reads right.
/// The regular one, then the bold one.
pub const FONTS: [&[u8]; 2] = [
    include_bytes!("fonts/tajawal-400.ttf"),
    include_bytes!("fonts/tajawal-700.ttf"),
];

/// Read when something is drawn for the first time: most nodes hardly ever draw.
static LETTERS: LazyLock<Option<[Letters; 2]>> = LazyLock::new(|| {
    let of = |bytes: &'static [u8]| {
        let face = Face::from_slice(bytes, 0)?;
        Some(Letters { face })
    };
    Some([of(FONTS[0])?, of(FONTS[1])?])
});

/// The regular and the bold letters; `None` when the fonts cannot be read.
pub fn letters() -> Option<&'static [Letters; 2]> {
    LETTERS.as_ref()
}

/// Letters of one weight.
pub struct Letters {
    face: Face<'static>,
}

/// A glyph where it stands, in ems.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// How far it moves the pen.
    pub advance: (f32, f32),
    /// Where it stands from the pen.
    pub offset: (f32, f32),
    /// What of the run's text it draws.
    pub text: Range<usize>,
}

/// Glyphs of one direction, in the order in which they stand on the line.
pub struct Run<'t> {
    /// What they draw.
    pub text: &'t str,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// In ems.
    pub width: f32,
}

/// True when the first letter that has a direction is written from right to left; `otherwise` when
/// none has.
pub fn is_rtl(text: &str, otherwise: bool) -> bool {
    match unicode_bidi::get_base_direction(text) {
        unicode_bidi::Direction::Rtl => true,
        unicode_bidi::Direction::Ltr => false,
        unicode_bidi::Direction::Mixed => otherwise,
    }
}

impl Letters {
    /// What the font can draw: no marks that steer, narrow spaces as spaces, a dot for what it lacks.
    pub fn drawable(&self, text: &str) -> String {
        // French signs keep their word.
        let text = text.replace("« ", "«\u{a0}").replace(" »", "\u{a0}»");
        text.chars()
            .filter(|c| !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'))
            .map(|c| match c {
                '\u{202f}' => '\u{a0}',
                c if self.face.glyph_index(c).is_some() => c,
                _ => '·',
            })
            .collect()
    }

    /// Draws a glyph's outline, in units of the font ([`Letters::units`] to the em), upwards.
    pub fn outline(&self, id: u32, builder: &mut dyn OutlineBuilder) {
        if let Ok(id) = u16::try_from(id) {
            self.face.outline_glyph(GlyphId(id), builder);
        }
    }

    /// Units of an em.
    pub fn units(&self) -> f32 {
        self.face.units_per_em() as f32
    }

    fn shape<'t>(&self, text: &'t str, rtl: bool) -> Run<'t> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(match rtl {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        });
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        let em = self.units();
        let mut starts: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .map(|g| g.cluster as usize)
            .collect();
        starts.sort_unstable();
        starts.dedup();
        let mut width = 0.0;
        let glyphs = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, at)| {
                let start = info.cluster as usize;
                let end = starts
                    .iter()
                    .copied()
                    .find(|next| *next > start)
                    .unwrap_or(text.len());
                let advance = at.x_advance as f32 / em;
                width += advance;
                Glyph {
                    id: info.glyph_id,
                    advance: (advance, at.y_advance as f32 / em),
                    offset: (at.x_offset as f32 / em, at.y_offset as f32 / em),
                    text: start..end,
                }
            })
            .collect();
        Run {
            text,
            glyphs,
            width,
        }
    }

    /// A line's runs from left to right.
    pub fn runs<'t>(&self, line: &'t str, rtl: bool) -> Vec<Run<'t>> {
        let level = if rtl { Level::rtl() } else { Level::ltr() };
        let bidi = BidiInfo::new(line, Some(level));
        let Some(paragraph) = bidi.paragraphs.first() else {
            return Vec::new();
        };
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        runs.into_iter()
            .map(|range| {
                let rtl = levels.get(range.start).is_some_and(Level::is_rtl);
                self.shape(&line[range], rtl)
            })
            .collect()
    }

    /// The width of a line.
    pub fn width(&self, line: &str, rtl: bool) -> f32 {
        self.runs(line, rtl).iter().map(|run| run.width).sum()
    }

    /// At most `count` lines that are no wider than `most`, broken between words, or inside one that
    /// is too long for any line; what is longer ends with dots, and true is said with it.
    pub fn lines(&self, text: &str, rtl: bool, most: f32, count: usize) -> (Vec<String>, bool) {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let longer = match line.is_empty() {
                true => word.to_owned(),
                false => format!("{line} {word}"),
            };
            if self.width(&longer, rtl) <= most {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                line.push(c);
                if self.width(&line, rtl) > most && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                }
            }
            if lines.len() > count {
                break;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        if lines.len() <= count {
            return (lines, false);
        }
        lines.truncate(count);
        if let Some(last) = lines.last_mut() {
            // The dots stand where there is room for them, behind a word where one is near.
            last.push('…');
            while self.width(last, rtl) > most && last.chars().count() > 2 {
                last.pop();
                last.pop();
                *last = last.trim_end().to_owned();
                last.push('…');
            }
        }
        (lines, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_what_is_left_out_shows() {
        let [plain, bold] = letters().expect("the fonts of the program");
        for (text, rtl) in [
            (
                "Comment rédiger le règlement intérieur d’une association",
                false,
            ),
            (
                "كيف نعدّ النظام الداخلي لجمعيتنا قبل الجلسة العامة المقبلة",
                true,
            ),
            ("Anticonstitutionnellementanticonstitutionnellement", false),
        ] {
            for letters in [plain, bold] {
                for (most, count) in [(6.0, 2), (9.0, 3), (40.0, 1)] {
                    let (lines, cut) = letters.lines(text, rtl, most, count);
                    assert!(lines.len() <= count, "{lines:?}");
                    assert_eq!(cut, lines.last().is_some_and(|line| line.ends_with('…')));
                    for line in &lines {
                        assert!(letters.width(line, rtl) <= most, "{line:?}");
                    }
                    if !cut {
                        let whole: String = lines.concat().replace(' ', "");
                        assert_eq!(whole, text.replace(' ', ""));
                    }
                }
            }
        }
    }

    #[test]
    fn arabic_letters_join_and_stand_from_the_right() {
        let [plain, _] = letters().expect("the fonts of the program");
        let alone = plain.width("ه", true) * 3.0;
        let joined = plain.width("ههه", true);
        assert!((alone - joined).abs() > 0.01, "{alone} {joined}");
        let runs = plain.runs("حلقة Halqa", true);
        let texts: Vec<&str> = runs.iter().map(|run| run.text.trim()).collect();
        assert_eq!(texts, ["Halqa", "حلقة"]);
        assert!(
            is_rtl("«حلقة» Halqa", false) && !is_rtl("1. Halqa حلقة", true) && is_rtl("12", true)
        );
    }

    #[test]
    fn what_the_font_lacks_is_a_dot() {
        let [plain, _] = letters().expect("the fonts of the program");
        assert_eq!(plain.drawable("a\u{202e}b\u{0}\u{202f}漢"), "ab\u{a0}·");
    }
}
