//! A list of people to invite, as spreadsheets write it: CSV with commas, semicolons or tabs, with or
//! without a byte order mark and a line of headings. Values in, values out.

use crate::accounts;
use crate::web::Lang;

/// Lines of a list at most.
pub const ROWS_MAX: usize = 10_000;

/// Why a whole list cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Not UTF-8: another program wrote it in another code.
    Coding,
    /// More lines than [`ROWS_MAX`].
    TooLong,
    /// No line holds anything.
    Empty,
}

impl Unreadable {
    /// The code of its words.
    pub fn code(self) -> &'static str {
        match self {
            Unreadable::Coding => "sheet-coding",
            Unreadable::TooLong => "sheet-too-long",
            Unreadable::Empty => "sheet-empty",
        }
    }
}

/// Why a line is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// No address in it.
    NoAddress,
    /// What should be an address is none.
    Address,
    /// The name is too long, or a formula.
    Name,
    /// The same address stands in an earlier line.
    Twice,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The address: in its one form, or as it was written where it is none.
    pub email: String,
    /// The name; the address where there is none.
    pub name: String,
    /// The language of the mail.
    pub language: Option<Lang>,
    /// What is wrong with it.
    pub wrong: Option<Wrong>,
}

/// The cells of a text: quoted ones may hold the delimiter, doubled quotes and line ends.
fn cells(text: &str, delimiter: char) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let (mut line, mut begun) = (1, 1);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            _ if quoted => {
                line += usize::from(c == '\n');
                cell.push(c);
            }
            '\r' => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push((begun, std::mem::take(&mut row)));
                line += 1;
                begun = line;
            }
            _ if c == delimiter => row.push(std::mem::take(&mut cell)),
            _ => cell.push(c),
        }
        if rows.len() > ROWS_MAX + 1 {
            break;
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((begun, row));
    }
    rows.retain(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    rows
}

/// The delimiter of the first line: the one that stands in it most often.
fn delimiter(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    [';', ',', '\t']
        .into_iter()
        .max_by_key(|one| first.matches(*one).count())
        .filter(|one| first.contains(*one))
        .unwrap_or(',')
}

/// Which column is what.
#[derive(Clone, Copy)]
struct Columns {
    email: Option<usize>,
    name: Option<usize>,
    surname: Option<usize>,
    language: Option<usize>,
}

/// The columns that the headings name; none when the first line is no line of headings.
fn headings(first: &[String]) -> Option<Columns> {
    let find = |names: &[&str]| {
        first
            .iter()
            .position(|cell| names.contains(&crate::folding::folded(cell).as_str()))
    };
    let email = find(&[
        "email",
        "e-mail",
        "mail",
        "courriel",
        "adresse",
        "adresse e-mail",
        "adresse email",
        "address",
        "email address",
        "البريد",
        "البريد الالكتروني",
        "العنوان",
        "العنوان الالكتروني",
    ])?;
    Some(Columns {
        email: Some(email),
        name: find(&[
            "nom",
            "name",
            "nom complet",
            "full name",
            "prenom et nom",
            "nom et prenom",
            "prenom",
            "first name",
            "الاسم",
            "الاسم واللقب",
        ]),
        surname: match find(&["prenom", "first name", "الاسم"]) {
            Some(_) => find(&["nom", "nom de famille", "last name", "surname", "اللقب"]),
            None => None,
        },
        language: find(&["langue", "language", "lang", "اللغه"]),
    })
}

/// Reads a list.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::Coding)?;
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = delimiter(text);
    let mut lines = cells(text, delimiter);
    let columns = lines.first().and_then(|(_, first)| headings(first));
    if columns.is_some() {
        lines.remove(0);
    }
    if lines.is_empty() {
        return Err(Unreadable::Empty);
    }
    if lines.len() > ROWS_MAX {
        return Err(Unreadable::TooLong);
    }
    let mut seen = std::collections::HashSet::new();
    Ok(lines
        .into_iter()
        .map(|(number, cells)| {
            let mut row = row(number, &cells, columns);
            if row.wrong.is_none() && !seen.insert(row.email.clone()) {
                row.wrong = Some(Wrong::Twice);
            }
            row
        })
        .collect())
}

fn row(number: usize, cells: &[String], columns: Option<Columns>) -> Row {
    let clean = |at: Option<usize>| {
        let cell = at.and_then(|at| cells.get(at)).map_or("", String::as_str);
        cell.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let guessed = cells.iter().position(|cell| cell.contains('@'));
    let columns = columns.unwrap_or(Columns {
        email: guessed,
        name: (0..cells.len()).find(|at| Some(*at) != guessed),
        surname: None,
        language: None,
    });
    let written = clean(columns.email);
    let mut name = clean(columns.name);
    if columns.surname != columns.name && columns.surname.is_some() {
        name = format!("{name} {}", clean(columns.surname))
            .trim()
            .to_owned();
    }
    let email = accounts::email(&written);
    // A spreadsheet would run it where the list is opened again.
    let formula = name.starts_with(['=', '+', '-', '@', '\t', '|', '%']);
    let wrong = if written.is_empty() {
        Some(Wrong::NoAddress)
    } else if email.is_none() || written.starts_with(['=', '+', '-', '@']) {
        Some(Wrong::Address)
    } else if formula || (!name.is_empty() && accounts::name(&name).is_none()) {
        Some(Wrong::Name)
    } else {
        None
    };
    let email = email.unwrap_or_else(|| written.chars().take(accounts::EMAIL_MAX).collect());
    Row {
        number,
        name: match name.is_empty() {
            true => email.clone(),
            false => name.chars().take(accounts::NAME_MAX).collect(),
        },
        language: Lang::from_code(&clean(columns.language)),
        email,
        wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(usize, String, String, Option<Wrong>)> {
        let rows = read(text.as_bytes()).expect("rows");
        rows.into_iter()
            .map(|r| (r.number, r.email, r.name, r.wrong))
            .collect()
    }

    #[test]
    fn lists_are_read_as_spreadsheets_write_them() {
        let rows = told(
            "\u{feff}Nom;E-mail;Langue\r\n\"Ben Ali; Amel\";AMEL@example.org;fr\r\nآمنة بن صالح;amna@example.org;ar\r\n",
        );
        assert_eq!(
            rows[0],
            (2, "amel@example.org".into(), "Ben Ali; Amel".into(), None)
        );
        assert_eq!(rows[1].2, "آمنة بن صالح");
        assert_eq!(told("a@b.tn\nc@d.tn")[1].1, "c@d.tn");
        assert_eq!(told("a@b.tn\tAmel")[0].2, "Amel");
        assert_eq!(
            told("Prénom,Nom,Courriel\nAmel,Ali,a@b.tn")[0].2,
            "Amel Ali"
        );
        assert_eq!(told("الاسم,البريد\nأحمد,a@b.tn")[0].2, "أحمد");
        assert_eq!(told("\"deux\nlignes\",a@b.tn\nx,c@d.tn")[1].0, 3);
        let read =
            super::read("Email,Langue\na@b.tn,العربية\nc@d.tn,ar-TN".as_bytes()).expect("rows");
        assert_eq!(read[1].language, Some(Lang::Ar));
    }

    #[test]
    fn bad_lines_are_told_apart() {
        let rows = told(
            "email,name\n,Amel\nnothing,B\na@b.tn,=cmd|' /C calc'!A0\na@b.tn,Ok\nA@B.tn,Again\n+x@b.tn,P\nlong@b.tn,",
        );
        let wrong: Vec<Option<Wrong>> = rows.iter().map(|r| r.3).collect();
        assert_eq!(
            wrong,
            [
                Some(Wrong::NoAddress),
                Some(Wrong::Address),
                Some(Wrong::Name),
                None,
                Some(Wrong::Twice),
                Some(Wrong::Address),
                None,
            ]
        );
        assert_eq!(rows[6].2, "long@b.tn", "without a name, the address");
        let long = format!("email,name\na@b.tn,{}", "x".repeat(300));
        assert_eq!(told(&long)[0].3, Some(Wrong::Name));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert_eq!(read(b"nom;e-mail\n\xe9;a@b.tn"), Err(Unreadable::Coding));
        assert_eq!(read(b""), Err(Unreadable::Empty));
        assert_eq!(read(b"email,nom\n\n , \n"), Err(Unreadable::Empty));
        let many: String = (0..=ROWS_MAX).map(|n| format!("a{n}@b.tn\n")).collect();
        assert_eq!(read(many.as_bytes()), Err(Unreadable::TooLong));
        let quote = format!("\"{}", "x\n".repeat(50_000));
        assert_eq!(read(quote.as_bytes()).map(|rows| rows.len()), Ok(1));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
            if let Ok(rows) = read(&bytes) {
                for row in rows {
                    proptest::prop_assert!(row.wrong.is_some() || row.email.contains('@'));
                }
            }
        }
    }
}
