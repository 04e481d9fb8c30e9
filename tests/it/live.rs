//! What happens is heard at once: by those who may see it, once, and nothing of it gets lost.

mod hearing;
mod measure;
mod nodes;
mod random;
mod streams;
