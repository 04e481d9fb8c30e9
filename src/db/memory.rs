//! What rooms remember between the transactions of one process.
//!
//! The database does not know what it is: each kind of memory is found by its type. Whatever lies here can be lost at any moment
//! and may come from a transaction that was rolled back, so it must be recognised as right by what it was computed from.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

/// Memories by their types, put together once when the application is built.
#[derive(Clone, Default)]
pub struct Memories(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Memories {
    /// With one more.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, memory: Arc<T>) -> Self {
        self.0.insert(TypeId::of::<T>(), memory);
        self
    }

    /// The memory of this type; an empty one that nobody shares where none was handed in.
    pub fn of<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        let found = self.0.get(&TypeId::of::<T>()).cloned();
        found.and_then(|memory| memory.downcast().ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn what_was_handed_in_is_shared_and_nothing_else() {
        let handed_in = Arc::new(AtomicU32::new(7));
        let memories = Memories::default().with(Arc::clone(&handed_in));
        memories.of::<AtomicU32>().store(8, Ordering::Relaxed);
        assert_eq!(handed_in.load(Ordering::Relaxed), 8);
        assert_eq!(memories.of::<String>().as_str(), "");
    }
}
