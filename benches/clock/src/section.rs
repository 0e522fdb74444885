//! Sections of a page, which stand between `<!-- NAME -->` and `<!-- /NAME -->`.

use std::fs;
use std::path::Path;

use crate::Result;

/// Replaces a section, and nothing else of the page.
pub fn replace(page: &Path, name: &str, text: &str) -> Result<()> {
    let old = fs::read_to_string(page).map_err(|error| format!("{}: {error}", page.display()))?;
    let new = replaced(&old, name, text)
        .ok_or_else(|| format!("{} has no section `{name}`", page.display()))?;
    Ok(fs::write(page, new)?)
}

/// Makes the text of a file a section.
pub fn of_file(page: &Path, name: &str, file: &Path) -> Result<()> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    replace(page, name, &text)
}

fn replaced(page: &str, name: &str, text: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    let text = text.trim();
    Some(format!("{before}{begin}\n{text}\n\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn a_section_alone_is_replaced() {
        let page = "# A\n<!-- one -->\nold\n<!-- /one -->\nrest <!-- two --> <!-- /two -->\n";
        let new = "# A\n<!-- one -->\n\nnew\n\n<!-- /one -->\nrest <!-- two --> <!-- /two -->\n";
        assert_eq!(replaced(page, "one", "new\n").as_deref(), Some(new));
        assert_eq!(replaced(new, "one", "new").as_deref(), Some(new));
        assert_eq!(replaced(page, "three", "new"), None);
    }
}
