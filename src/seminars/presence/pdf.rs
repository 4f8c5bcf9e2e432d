//! A page of paper as PDF/UA-1: tagged, with its language and title, in any of our directions of
//! writing; text copied from it reads in its own order.
//!
//! Words are shaped and broken by `lettering` and drawn run by run; krilla writes the file and refuses
//! what the standard forbids.

use std::num::NonZeroU16;
use std::sync::LazyLock;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagKind,
    TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::lettering::{self, Letters, Run};

/// A4, in points.
const PAGE: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 64.0;
/// Side of the code to scan, in points.
const CODE: f32 = 104.0;
/// Lines of one text at most: what is longer ends with dots.
const LINES: usize = 5;

/// What stands on the page.
pub struct Sheet<'a> {
    /// `fr`, `ar` or `en`.
    pub lang: &'a str,
    /// Written from right to left.
    pub rtl: bool,
    /// The title of the file.
    pub title: &'a str,
    /// A line above the heading.
    pub above: &'a str,
    /// Whose it is.
    pub heading: &'a str,
    /// What for, in a few words.
    pub text: &'a str,
    /// In what.
    pub subject: &'a str,
    /// When, where, how much: a line each.
    pub facts: Vec<String>,
    /// Beside the code to scan.
    pub verify: &'a str,
    /// Where it is verified.
    pub address: &'a str,
    /// What the code to scan is, for those who do not see it.
    pub code_alt: &'a str,
}

/// The regular and the bold font as krilla wants them.
static TYPES: LazyLock<Option<[Type; 2]>> = LazyLock::new(|| {
    let [plain, bold] = lettering::letters()?;
    let of = |bytes: &'static [u8], letters: &'static Letters| {
        Some(Type {
            font: Font::new(bytes.to_vec().into(), 0)?,
            letters,
        })
    };
    Some([
        of(lettering::FONTS[0], plain)?,
        of(lettering::FONTS[1], bold)?,
    ])
});

struct Type {
    font: Font,
    letters: &'static Letters,
}

fn glyphs(run: &Run<'_>) -> Vec<KrillaGlyph> {
    run.glyphs
        .iter()
        .map(|glyph| {
            KrillaGlyph::new(
                GlyphId::new(glyph.id),
                glyph.advance.0,
                glyph.offset.0,
                glyph.offset.1,
                glyph.advance.1,
                glyph.text.clone(),
                None,
            )
        })
        .collect()
}

fn paint(red: u8, green: u8, blue: u8) -> Option<Fill> {
    Some(Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: krilla::paint::FillRule::NonZero,
    })
}

/// The column in which texts stand.
#[derive(Clone, Copy)]
struct Column {
    left: f32,
    right: f32,
    rtl: bool,
}

/// Draws a text from `y` down; gives the parts of its tag, and where the next text may begin.
fn write(
    surface: &mut Surface<'_>,
    kind: &Type,
    column: Column,
    (text, size, y): (&str, f32, f32),
) -> (Vec<Identifier>, f32) {
    let text = kind.letters.drawable(text);
    // An address is written from left to right wherever it stands.
    let inner = column.rtl && !text.starts_with("http");
    let mut parts = Vec::new();
    let mut y = y;
    let most = (column.right - column.left) / size;
    let (lines, _) = kind.letters.lines(&text, inner, most, LINES);
    for line in lines {
        let runs = kind.letters.runs(&line, inner);
        let width: f32 = runs.iter().map(|run| run.width * size).sum();
        let mut x = match column.rtl {
            true => column.right - width,
            false => column.left,
        };
        y += size;
        let span = SpanTag::empty();
        parts.push(surface.start_tagged(ContentTag::Span(span)));
        for run in runs {
            surface.draw_glyphs(
                Point::from_xy(x, y),
                &glyphs(&run),
                kind.font.clone(),
                run.text,
                size,
                false,
            );
            x += run.width * size;
        }
        surface.end_tagged();
        y += size * 0.45;
    }
    (parts, y)
}

fn group(tag: impl Into<TagKind>, parts: Vec<Identifier>) -> TagGroup {
    TagGroup::with_children(tag, parts.into_iter().map(Node::from).collect())
}

/// The page as a file; `None` when it cannot be made.
pub fn draw(sheet: &Sheet<'_>) -> Option<Vec<u8>> {
    let [plain, bold] = TYPES.as_ref()?;
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .ok()?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    document.set_metadata(
        Metadata::new()
            .title(sheet.title.to_owned())
            .language(sheet.lang.to_owned())
            .creator("Halqa".to_owned())
            .text_direction(match sheet.rtl {
                true => TextDirection::RightToLeft,
                false => TextDirection::LeftToRight,
            }),
    );
    let mut tree = TagTree::new().with_lang(Some(sheet.lang.to_owned()));
    let mut page = document.start_page_with(PageSettings::from_wh(PAGE.0, PAGE.1)?);
    let mut surface = page.surface();
    let column = Column {
        left: MARGIN,
        right: PAGE.0 - MARGIN,
        rtl: sheet.rtl,
    };

    // The edge of the paper.
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Layout,
    )));
    surface.set_fill(paint(0x0f, 0x76, 0x7d));
    let mut edge = PathBuilder::new();
    edge.push_rect(Rect::from_xywh(0.0, 0.0, PAGE.0, 14.0)?);
    surface.draw_path(&edge.finish()?);
    surface.set_fill(paint(0xe4, 0xdc, 0xcb));
    let mut line = PathBuilder::new();
    line.push_rect(Rect::from_xywh(
        MARGIN,
        PAGE.1 - 210.0,
        PAGE.0 - 2.0 * MARGIN,
        1.0,
    )?);
    surface.draw_path(&line.finish()?);
    surface.end_tagged();

    let ink = paint(0x1c, 0x2b, 0x36);
    let soft = paint(0x4a, 0x55, 0x5e);
    surface.set_fill(soft.clone());
    let (parts, y) = write(&mut surface, bold, column, (sheet.above, 13.0, 96.0));
    tree.push(group(Tag::P, parts));
    surface.set_fill(ink.clone());
    let (parts, y) = write(&mut surface, bold, column, (sheet.heading, 32.0, y + 60.0));
    tree.push(group(
        Tag::Hn(NonZeroU16::MIN, Some(sheet.heading.to_owned())),
        parts,
    ));
    surface.set_fill(soft.clone());
    let (parts, y) = write(&mut surface, plain, column, (sheet.text, 15.0, y + 22.0));
    tree.push(group(Tag::P, parts));
    surface.set_fill(ink);
    let (parts, mut y) = write(&mut surface, bold, column, (sheet.subject, 21.0, y + 12.0));
    tree.push(group(Tag::P, parts));
    surface.set_fill(soft);
    y += 18.0;
    for fact in sheet.facts.iter().take(12) {
        let (parts, next) = write(&mut surface, plain, column, (fact, 12.5, y + 5.0));
        tree.push(group(Tag::P, parts));
        y = next;
    }

    // The code to scan, and the address it holds.
    let top = PAGE.1 - 190.0;
    let code = match sheet.rtl {
        true => PAGE.0 - MARGIN - CODE,
        false => MARGIN,
    };
    let side = Rect::from_xywh(code, top, CODE, CODE)?;
    let figure = surface.start_tagged(ContentTag::Other);
    surface.set_fill(paint(0, 0, 0));
    surface.draw_path(&squares(sheet.address, side)?);
    surface.end_tagged();
    let mut tag = Tag::Figure(Some(sheet.code_alt.to_owned()));
    tag = tag.with_bbox(Some(BBox::new(0, side)));
    tree.push(group(tag, vec![figure]));
    let beside = match sheet.rtl {
        true => Column {
            right: code - 22.0,
            ..column
        },
        false => Column {
            left: code + CODE + 22.0,
            ..column
        },
    };
    surface.set_fill(paint(0x4a, 0x55, 0x5e));
    let (parts, y) = write(
        &mut surface,
        plain,
        beside,
        (sheet.verify, 11.5, top + 14.0),
    );
    tree.push(group(Tag::P, parts));
    surface.set_fill(paint(0x11, 0x4f, 0x7c));
    let (mut parts, end) = write(&mut surface, plain, beside, (sheet.address, 9.5, y + 4.0));
    surface.finish();
    let rect = Rect::from_ltrb(beside.left, y + 2.0, beside.right, end)?;
    let link = LinkAnnotation::new(
        rect,
        Target::Action(LinkAction::new(sheet.address.to_owned()).into()),
    );
    parts.push(
        page.add_tagged_annotation(Annotation::new_link(link, Some(sheet.verify.to_owned()))),
    );
    tree.push(TagGroup::with_children(
        Tag::P,
        vec![Node::from(group(Tag::Link, parts))],
    ));
    page.finish();
    // One entry: the standard asks for an outline where there is a heading.
    let mut outline = Outline::new();
    let start = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(sheet.heading.to_owned(), start));
    document.set_outline(outline);
    document.set_tag_tree(tree);
    document.finish().ok()
}

/// A QR code as dark squares.
fn squares(text: &str, side: Rect) -> Option<krilla::geom::Path> {
    let code = qrcode::QrCode::new(text.as_bytes()).ok()?;
    let n = code.width();
    let unit = side.width() / n as f32;
    let mut path = PathBuilder::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            let (x, y) = ((at % n) as f32, (at / n) as f32);
            path.push_rect(Rect::from_xywh(
                side.left() + x * unit,
                side.top() + y * unit,
                unit,
                unit,
            )?);
        }
    }
    path.finish()
}
