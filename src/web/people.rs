//! How people are shown where no picture is kept: initials on a colour of their own.

use uuid::Uuid;

/// The first letters of the first two words.
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

/// A hue of the design system, always the same for one id.
pub fn hue(id: Uuid) -> &'static str {
    const HUES: [&str; 6] = ["blue", "turquoise", "olive", "terra", "sun", "plum"];
    // The last byte of a UUIDv7 is random.
    HUES[usize::from(id.as_bytes()[15]) % HUES.len()]
}
