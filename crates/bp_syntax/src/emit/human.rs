//! The form for people.

use super::window::{Place, Window, clusters};
use super::{Style, visible};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::source::{FileId, SourceMap};
use crate::span::Span;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet};

/// Clusters shown per message; a message about more places than this names only the first.
const MAX_CLUSTERS: usize = 6;

/// A marked place: span, text, whether it is the primary one.
type Mark<'a> = (Span, &'a str, bool);

pub(super) fn render(diagnostic: &Diagnostic, map: &SourceMap, style: Style, width: usize, out: &mut String) {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.number());
    let mut main = Group::with_title(title);
    let labels = diagnostic.labels.iter().enumerate();
    let marks: Vec<Mark<'_>> = labels.map(|(index, label)| (label.span, label.text.as_str(), index == 0)).collect();
    for element in snippets(&marks, map, width) {
        main = main.element(element);
    }
    for note in &diagnostic.notes {
        main = main.element(Level::NOTE.message(visible(note)));
    }
    let advice = diagnostic.fixes.iter().filter(|fix| fix.edits.is_empty());
    for fix in advice {
        main = main.element(Level::HELP.message(visible(&fix.message)));
    }
    let mut report = vec![main];
    report.extend(diagnostic.fixes.iter().filter(|fix| !fix.edits.is_empty()).map(|fix| patch_group(fix, map, width)));
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width.max(40));
    out.push_str(&renderer.render(&report));
    out.push('\n');
}

/// The marked places, grouped by file and nearness, the primary one's group first.
fn snippets(marks: &[Mark<'_>], map: &SourceMap, width: usize) -> Vec<Element<'static>> {
    let mut elements = vec![];
    for (file, group) in grouped(marks.iter().map(|&(span, ..)| span), map) {
        let source = map.file(file);
        let places: Vec<Place> = group.iter().map(|&index| Place::new(source, marks[index].0)).collect();
        let window = Window::new(source, &places, width);
        let head = group.iter().copied().min().expect("a group has members");
        let mut snippet = Snippet::source(window.text).line_start(window.line as usize).fold(false);
        if window.is_cut {
            // The renderer would count the column in what is left of the line.
            elements.push(Element::from(origin(marks[head].0, map)));
        } else {
            snippet = snippet.path(visible(source.name()));
        }
        for (&index, range) in group.iter().zip(window.ranges) {
            let (_, text, primary) = marks[index];
            let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(range);
            let annotation = if text.is_empty() { annotation } else { annotation.label(visible(text)) };
            snippet = snippet.annotation(annotation);
        }
        elements.push(Element::from(snippet));
    }
    elements
}

/// Indices of spans that can be shown, by file and nearness; the group of the first span first.
fn grouped(spans: impl Iterator<Item = Span>, map: &SourceMap) -> Vec<(FileId, Vec<usize>)> {
    let mut by_file: Vec<(FileId, Vec<(usize, Span)>)> = vec![];
    for (index, span) in spans.enumerate() {
        let Some(file) = map.file_at(span.start) else { continue };
        match by_file.iter_mut().find(|(known, _)| *known == file) {
            Some((_, members)) => members.push((index, span)),
            None => by_file.push((file, vec![(index, span)])),
        }
    }
    let mut groups = vec![];
    for (file, members) in by_file {
        let places: Vec<Place> = members.iter().map(|&(_, span)| Place::new(map.file(file), span)).collect();
        for cluster in clusters(&places) {
            let cluster: Vec<usize> = cluster.into_iter().map(|at| members[at].0).collect();
            groups.push((file, cluster));
        }
    }
    groups.sort_by_key(|(_, group)| !group.contains(&0));
    groups.truncate(MAX_CLUSTERS);
    groups
}

fn origin(span: Span, map: &SourceMap) -> Origin<'static> {
    let Some(at) = map.locate(span.start) else { return Origin::path("?") };
    Origin::path(visible(map.file(at.file).name())).line(at.line as usize).char_column(at.column as usize)
}

/// A fix with its edits applied to the lines they touch.
fn patch_group(fix: &Fix, map: &SourceMap, width: usize) -> Group<'static> {
    let mut group = Group::with_title(Level::HELP.secondary_title(visible(&fix.message)));
    for (file, members) in grouped(fix.edits.iter().map(|(span, _)| *span), map) {
        let source = map.file(file);
        let places: Vec<Place> = members.iter().map(|&index| Place::new(source, fix.edits[index].0)).collect();
        let window = Window::new(source, &places, width);
        let mut snippet = Snippet::source(window.text).line_start(window.line as usize).fold(true);
        for (&index, range) in members.iter().zip(window.ranges) {
            snippet = snippet.patch(Patch::new(range, visible(&fix.edits[index].1)));
        }
        group = group.element(snippet);
    }
    group
}
