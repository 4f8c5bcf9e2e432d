//! Signatures of statements, over the platform's one crypto library.

use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    UnparsedPublicKey,
};
use xapi::jws::{Algorithm, Question};

/// True when the signature holds.
pub(super) fn holds(question: Question<'_>) -> bool {
    let algorithm = match question.algorithm {
        Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        Algorithm::Rs384 => &RSA_PKCS1_2048_8192_SHA384,
        Algorithm::Rs512 => &RSA_PKCS1_2048_8192_SHA512,
    };
    UnparsedPublicKey::new(algorithm, question.key)
        .verify(question.message, question.signature)
        .is_ok()
}
