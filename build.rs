//! Migrations and texts are embedded; cargo must know that they are inputs.
fn main() {
    for folder in ["migrations", "locales", "static"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
