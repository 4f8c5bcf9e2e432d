//! Tables as files: CSV and XLSX, safe to open in a spreadsheet.

use std::io::Cursor;

use rocket::http::ContentType;
use rocket::response::{Responder, Response};
use rocket::{Request, response};
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, XlsxError};

/// What a spreadsheet would take for a formula begins so (`threats.md` W14), full-width forms
/// included; such a text gets an apostrophe in front.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/// Characters of a cell at most, as spreadsheets have it.
const CELL: usize = 32_000;
/// Rows of a sheet at most, the header included.
const ROWS: usize = 1_048_576;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
    /// 0..1, shown as a percentage.
    Share(f64),
    Empty,
}

impl Cell {
    pub fn share(value: Option<f64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Share)
    }

    pub fn number(value: Option<f64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Number)
    }

    pub fn text(value: Option<impl Into<String>>) -> Cell {
        value.map_or(Cell::Empty, |text| Cell::Text(text.into()))
    }
}

/// A table with its header.
pub(crate) struct Table {
    /// The sheet's name.
    pub name: String,
    pub header: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// A text that no spreadsheet takes for a formula.
pub(super) fn harmless(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c == '\0' { '\u{fffd}' } else { c })
        .take(CELL)
        .collect();
    // Spaces and marks of direction in front hide nothing.
    let first = text.chars().find(|c| {
        !matches!(c, ' ' | '\u{a0}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    if first.is_some_and(|c| FORMULA.contains(&c)) {
        format!("'{text}")
    } else {
        text
    }
}

/// A line of CSV (RFC 4180) in which no text is taken for a formula; what is a number stays one.
pub fn csv_line<'f>(fields: impl IntoIterator<Item = &'f str>) -> String {
    let mut out = String::new();
    for (place, field) in fields.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        let is_number = field.len() < 32
            && field
                .bytes()
                .all(|b| b.is_ascii_digit() || b"-.".contains(&b))
            && field.parse::<f64>().is_ok();
        let field = if is_number {
            field.to_owned()
        } else {
            harmless(field)
        };
        if field.contains(['"', ',', '\n', '\r', ';', '\t']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str("\r\n");
    out
}

/// A number for programs: a point, no grouping, at most four decimals.
fn plain(number: f64) -> String {
    let rounded = (number * 10_000.0).round() / 10_000.0;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// RFC 4180 in UTF-8 with a byte-order mark, by which spreadsheets know the encoding.
pub(super) fn csv(table: &Table) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    let mut line = |fields: &mut dyn Iterator<Item = String>| {
        for (place, field) in fields.enumerate() {
            if place > 0 {
                out.push(',');
            }
            if field.contains(['"', ',', '\n', '\r', ';', '\t']) {
                out.push('"');
                out.push_str(&field.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(&field);
            }
        }
        out.push_str("\r\n");
    };
    line(&mut table.header.iter().map(|title| harmless(title)));
    for row in &table.rows {
        line(&mut row.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            Cell::Number(number) | Cell::Share(number) => plain(*number),
            Cell::Empty => String::new(),
        }));
    }
    out.into_bytes()
}

/// A workbook with a sheet for each table; from right to left where the language is.
pub(crate) fn xlsx(tables: &[Table], right_to_left: bool) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00E4_EEF4))
        .set_align(FormatAlign::Top)
        .set_text_wrap();
    let share = Format::new().set_num_format("0 %");
    let number = Format::new().set_num_format("0.##");
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&table.name))?;
        sheet.set_right_to_left(right_to_left);
        sheet.set_freeze_panes(1, 0)?;
        for (column, title) in table.header.iter().enumerate() {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            sheet.write_string_with_format(0, column, harmless(title), &head)?;
            sheet.set_column_width(column, 18)?;
        }
        for (row, cells) in table.rows.iter().take(ROWS - 1).enumerate() {
            let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
            for (column, cell) in cells.iter().enumerate() {
                let column = u16::try_from(column).unwrap_or(u16::MAX);
                match cell {
                    Cell::Text(text) => {
                        sheet.write_string(row, column, harmless(text))?;
                    }
                    Cell::Number(value) => {
                        sheet.write_number_with_format(row, column, *value, &number)?;
                    }
                    Cell::Share(value) => {
                        sheet.write_number_with_format(row, column, *value, &share)?;
                    }
                    Cell::Empty => {}
                }
            }
        }
    }
    book.save_to_buffer()
}

/// A name that sheets may bear: 31 characters, none of `[]:*?/\`, no apostrophe at its ends.
fn sheet_name(name: &str) -> String {
    name.chars()
        .filter(|c| !"[]:*?/\\'".contains(*c))
        .take(31)
        .collect()
}

/// A file to be kept.
pub(crate) struct File {
    name: String,
    kind: ContentType,
    body: Vec<u8>,
}

impl File {
    /// `slug` holds ASCII letters, digits and `-` alone.
    pub fn csv(slug: &str, part: &str, table: &Table) -> File {
        File {
            name: format!("{slug}-{part}.csv"),
            kind: ContentType::CSV.with_params(("charset", "utf-8")),
            body: csv(table),
        }
    }

    pub fn xlsx(slug: &str, body: Vec<u8>) -> File {
        File {
            name: format!("{slug}.xlsx"),
            kind: ContentType::new(
                "application",
                "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            body,
        }
    }
}

impl<'r> Responder<'r, 'static> for File {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .header(self.kind)
            .raw_header(
                "Content-Disposition",
                format!("attachment; filename=\"{}\"", self.name),
            )
            .raw_header("Cache-Control", "private, no-store")
            // Texts that a spreadsheet would take for a formula begin with this.
            .raw_header("X-Halqa-Formula-Prefix", "'")
            .sized_body(self.body.len(), Cursor::new(self.body))
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts() {
        for bad in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{200f}=1",
            "＝1",
        ] {
            assert_eq!(harmless(bad), format!("'{bad}"), "{bad:?}");
        }
        for good in ["", "a=1", "جمعية الأمل", "1 - 2", "É"] {
            assert_eq!(harmless(good), good);
        }
        assert_eq!(harmless("a\0b"), "a\u{fffd}b");
    }

    #[test]
    fn a_line_alone_is_safe_too() {
        assert_eq!(
            csv_line(["=1+1", "-0.5", "-x", "a,b", "é\"", "1-2", "-"]),
            "'=1+1,-0.5,'-x,\"a,b\",\"é\"\"\",1-2,'-\r\n"
        );
    }

    #[test]
    fn csv_quotes_and_keeps_every_script() {
        let table = Table {
            name: "x".into(),
            header: vec!["Nom".into(), "Réponse".into(), "Score".into()],
            rows: vec![
                vec![
                    Cell::Text("جمعية \"الأمل\"".into()),
                    Cell::Text("a, b\nc".into()),
                    Cell::Share(0.756_789),
                ],
                vec![
                    Cell::Empty,
                    Cell::Text("=cmd|' /C calc'!A0".into()),
                    Cell::Number(-0.5),
                ],
            ],
        };
        let text = String::from_utf8(csv(&table)).unwrap();
        assert_eq!(
            text,
            "\u{feff}Nom,Réponse,Score\r\n\"جمعية \"\"الأمل\"\"\",\"a, b\nc\",0.7568\r\n,'=cmd|' /C calc'!A0,-0.5\r\n"
        );
    }

    #[test]
    fn a_workbook_is_a_zip_with_its_texts() {
        let table = Table {
            name: "Essais [1]: tout / rien".into(),
            header: vec!["Nom".into()],
            rows: vec![
                vec![Cell::Text("=1+1".into())],
                vec![Cell::Text("أمل".into())],
            ],
        };
        let bytes = xlsx(&[table], true).unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut read = |name: &str| {
            let mut text = String::new();
            let mut file = zip.by_name(name).unwrap();
            std::io::Read::read_to_string(&mut file, &mut text).unwrap();
            text
        };
        let strings = read("xl/sharedStrings.xml");
        assert!(strings.contains("'=1+1") || strings.contains("&apos;=1+1"));
        assert!(strings.contains("أمل"));
        let sheet = read("xl/worksheets/sheet1.xml");
        assert!(sheet.contains("rightToLeft=\"1\"") && !sheet.contains("<f>"));
    }
}
