//! Secrets that must be readable again (private keys, secrets of LTI 1.1): sealed with a key
//! derived from the platform's own, so that a copy of the database alone opens none.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::App;

impl App {
    /// Seals a text for one purpose: nonce and ciphertext in base64.
    pub fn seal(&self, purpose: &str, text: &str) -> Option<String> {
        let salt = self.ids.salt();
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&salt[..NONCE_LEN]);
        let mut sealed = text.as_bytes().to_vec();
        key(self, purpose)?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.as_bytes()),
                &mut sealed,
            )
            .ok()?;
        let whole = [nonce.as_slice(), &sealed].concat();
        Some(URL_SAFE_NO_PAD.encode(whole))
    }

    /// Opens what [`App::seal`] gave for the same purpose.
    pub fn unseal(&self, purpose: &str, sealed: &str) -> Option<String> {
        let whole = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = whole.split_at_checked(NONCE_LEN)?;
        let mut sealed = sealed.to_vec();
        let opened = key(self, purpose)?
            .open_in_place(
                Nonce::try_assume_unique_for_key(nonce).ok()?,
                Aad::from(purpose.as_bytes()),
                &mut sealed,
            )
            .ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

fn key(app: &App, purpose: &str) -> Option<LessSafeKey> {
    let master = hmac::Key::new(hmac::HMAC_SHA256, &app.secret);
    let derived = hmac::sign(&master, format!("seal\0{purpose}").as_bytes());
    // SIV: a nonce that came twice would tell only that the same text was sealed twice.
    UnboundKey::new(&AES_256_GCM_SIV, derived.as_ref())
        .ok()
        .map(LessSafeKey::new)
}
