//! What operators hear: the lines that this thread logs.

use std::io::Write;
use std::sync::{Arc, Mutex};

/// Lines since [`Log::begin`].
pub struct Log {
    lines: Arc<Mutex<Vec<u8>>>,
    _guard: tracing::subscriber::DefaultGuard,
}

struct Writer(Arc<Mutex<Vec<u8>>>);

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    pub fn begin() -> Log {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let into = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || Writer(into.clone()))
            .finish();
        Log {
            lines,
            _guard: tracing::subscriber::set_default(subscriber),
        }
    }

    /// A refusal was logged.
    pub fn heard(&self) -> bool {
        let lines = self.lines.lock().expect("the log");
        String::from_utf8_lossy(&lines).contains("refused")
    }

    /// The last request was refused, and the log says so: its path, status and reason.
    pub fn refused(&self, path: &str, status: u16, reason: &str) {
        let mut lines = self.lines.lock().expect("the log");
        let text = String::from_utf8_lossy(&lines).into_owned();
        lines.clear();
        let line = text
            .lines()
            .find(|line| line.contains("lti: refused"))
            .unwrap_or_else(|| panic!("nothing was logged: {text}"));
        for part in [path, &format!("status={status}"), reason] {
            assert!(line.contains(part), "{part} is not in {line}");
        }
        assert!(!line.contains("eyJ"), "a token in the log: {line}");
    }
}
