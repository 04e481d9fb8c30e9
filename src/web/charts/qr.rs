//! An address as a QR code.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// The light border that readers need, in modules.
const BORDER: usize = 4;

/// The code, dark on light in every theme, as cameras want it. Nothing for a text that is too long. `told` says where it leads.
pub fn qr(text: &str, told: &str) -> Option<Markup> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let size = width + 2 * BORDER;
    let path = dark(&code.to_colors(), width);
    Some(html! {
        svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {size} {size}")) shape-rendering="crispEdges" role="img" aria-label=(told) {
            rect width=(size) height=(size) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    })
}

/// The dark modules, each run of a row as one rectangle.
fn dark(colors: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (row, modules) in colors.chunks(width.max(1)).enumerate() {
        let mut at = 0;
        for run in modules.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                path.push_str(&format!("M{} {}h{}v1h-{}z", at + BORDER, row + BORDER, run.len(), run.len()));
            }
            at += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_says_where_it_leads() {
        let drawn = qr("https://kularing.example/b/arndt", "told").unwrap().into_string();
        // The first row of the upper corners: seven dark modules each.
        assert!(drawn.contains("M4 4h7v1h-7z") && drawn.contains("aria-label=\"told\""), "{drawn}");
        assert!(drawn.matches("h7v1h-7z").count() >= 6);
        assert!(qr(&"x".repeat(5_000), "told").is_none());
    }
}
