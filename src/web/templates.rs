//! The templates: each is compiled when something first needs it, together with the partials it
//! names. All of them at the start would cost every start, and every page nobody opens its memory.

use std::borrow::Cow;
use std::sync::{PoisonError, RwLock};

use handlebars::{Handlebars, RenderError, RenderErrorReason, TemplateError};
use serde::Serialize;

#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
struct Files;

/// All templates, and the helpers they may use.
pub(super) struct Templates {
    engine: RwLock<Handlebars<'static>>,
}

impl Templates {
    /// Templates that may use what this engine has.
    pub fn with(engine: Handlebars<'static>) -> Templates {
        Templates {
            engine: RwLock::new(engine),
        }
    }

    /// Renders `templates/{name}.hbs`.
    pub fn render<T: Serialize>(&self, name: &str, data: &T) -> Result<String, RenderError> {
        {
            let engine = self.engine.read().unwrap_or_else(PoisonError::into_inner);
            if engine.has_template(name) {
                return engine.render(name, data);
            }
        }
        self.compile(name)?;
        self.engine
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .render(name, data)
    }

    /// Compiles a template and all it names, under one lock: who finds it finds its partials.
    fn compile(&self, name: &str) -> Result<(), RenderError> {
        let mut engine = self.engine.write().unwrap_or_else(PoisonError::into_inner);
        add(&mut engine, name).map_err(|error| RenderErrorReason::from(error).into())
    }
}

fn add(engine: &mut Handlebars<'static>, name: &str) -> Result<(), TemplateError> {
    if engine.has_template(name) {
        return Ok(());
    }
    // A template that is not there is told by the rendering, by its name.
    let Some(text) = text(name) else {
        return Ok(());
    };
    // First itself: some include themselves.
    engine.register_template_string(name, &text)?;
    for partial in partials(&text) {
        add(engine, partial)?;
    }
    Ok(())
}

fn text(name: &str) -> Option<Cow<'static, str>> {
    match Files::get(&format!("{name}.hbs"))?.data {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

/// The partials a template names: `{{> name …}}` and `{{#> name …}}`.
fn partials(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|tag| {
        let tag = tag.strip_prefix('~').unwrap_or(tag);
        let tag = tag.strip_prefix('#').unwrap_or(tag).strip_prefix('>')?;
        let name = tag
            .trim_start()
            .split([' ', '\n', '}', '~'])
            .next()
            .unwrap_or_default();
        (!name.is_empty() && !name.starts_with('@')).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partials_are_found_in_all_their_forms() {
        let text =
            "{{> a/b x=1}} {{#> layout}} {{>c}} {{~> d ~}} {{#>\n e\n}} {{> @partial-block}} {{f}}";
        assert_eq!(
            partials(text).collect::<Vec<_>>(),
            ["a/b", "layout", "c", "d", "e"]
        );
    }

    #[test]
    fn every_template_compiles_and_names_templates_that_exist() {
        let mut engine = Handlebars::new();
        let files: Vec<_> = Files::iter().collect();
        let names = files.iter().filter_map(|file| file.strip_suffix(".hbs"));
        for name in names {
            add(&mut engine, name).unwrap_or_else(|error| panic!("{name}: {error}"));
            let text = text(name).expect("UTF-8");
            for partial in partials(&text) {
                assert!(engine.has_template(partial), "{name} names {partial}");
            }
        }
    }
}
