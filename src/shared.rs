//! What everything shares, behind a type that says by itself that threads may share it.
//!
//! Every handler's future must be `Send`, which the compiler proves for each anew, through all that
//! the future may hold: from the application down into the connection pools, the mail client, the
//! templates. A trait object is where such a search ends. With it the crate compiles in a fraction
//! of the time; the price is one more pointer to follow.

use std::ops::Deref;
use std::sync::Arc;

/// A shared value; cheap to clone.
pub struct Shared<T: 'static>(Arc<dyn Deref<Target = T> + Send + Sync>);

impl<T: Send + Sync + 'static> Shared<T> {
    /// Shares this value.
    pub fn new(value: T) -> Shared<T> {
        Shared(Arc::new(Box::new(value)))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(self.0.clone())
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (*self.0).deref()
    }
}
