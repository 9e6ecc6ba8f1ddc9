//! Dot plots on a logarithmic axis, as SVG that takes its colours from the page.

use crate::report::short;
use std::fmt::Write as _;

/// A line of a plot: a value with what it ranges over.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name, at the left.
    pub label: String,
    /// Where the dot goes.
    pub value: f64,
    /// The lower end of the line through the dot.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// What is shown when somebody points at it.
    pub hint: String,
    /// Whether it is what the page is about.
    pub accented: bool,
}

/// A logarithmic axis that all plots of a page share.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Axis {
    low: f64,
    high: f64,
}

/// The width of a plot in its own units; the page scales it.
const WIDTH: f64 = 320.0;
/// Where the axis begins, right of the labels.
const LEFT: f64 = 52.0;
/// Where it ends, left of the values.
const RIGHT: f64 = 276.0;
/// The height of a row.
const ROW: f64 = 17.0;
/// The height of what is below the rows.
const FOOT: f64 = 16.0;

impl Axis {
    /// The shortest axis from a 1, 2 or 5 to a 1, 2 or 5 that holds all values and 1.
    pub fn over(values: impl Iterator<Item = f64>) -> Axis {
        let (low, high) = values.fold((1.0_f64, 1.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let round = round_numbers();
        let low = round.iter().copied().rfind(|number| *number <= low).unwrap_or(low);
        let high = round.iter().copied().find(|number| *number >= high && *number > low).unwrap_or(high);
        Axis { low, high }
    }

    fn x(self, value: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * (value / self.low).ln() / (self.high / self.low).ln()
    }

    /// The powers of ten on the axis, or every round number if there are less than two.
    fn ticks(self) -> Vec<f64> {
        let within: Vec<f64> =
            round_numbers().into_iter().filter(|number| (self.low..=self.high).contains(number)).collect();
        let decades: Vec<f64> = within.iter().copied().filter(|number| number.log10().fract() == 0.0).collect();
        if decades.len() < 2 { within } else { decades }
    }
}

/// 1, 2 and 5 times the powers of ten, as far as ratios reach, in order.
fn round_numbers() -> Vec<f64> {
    (-3..6).flat_map(|exponent| [1.0, 2.0, 5.0].map(|digit: f64| digit * 10_f64.powi(exponent))).collect()
}

/// The plot of the rows, one below the other. `title` is for those who do not see it.
pub fn dots(title: &str, rows: &[Row], axis: Axis) -> String {
    let bottom = rows.len() as f64 * ROW + 4.0;
    let height = bottom + FOOT;
    let mut svg = format!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">\n", escape(title));
    for tick in axis.ticks() {
        let x = axis.x(tick);
        let class = if tick == 1.0 { "one" } else { "grid" };
        let _ = writeln!(svg, "<line class=\"{class}\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"0\" y2=\"{bottom}\"/>");
        let _ = writeln!(svg, "<text class=\"tick\" x=\"{x:.1}\" y=\"{:.1}\">{tick}</text>", height - 4.0);
    }
    for (index, row) in rows.iter().enumerate() {
        let y = index as f64 * ROW + ROW / 2.0 + 2.0;
        let [low, at, high] = [row.low, row.value, row.high].map(|value| axis.x(value));
        let class = if row.accented { "row accented" } else { "row" };
        let baseline = y + 4.0;
        let _ = writeln!(svg, "<g class=\"{class}\"><title>{}</title>", escape(&row.hint));
        let _ = writeln!(svg, "<text class=\"label\" x=\"0\" y=\"{baseline:.1}\">{}</text>", escape(&row.label));
        let _ = writeln!(svg, "<line class=\"spread\" x1=\"{low:.1}\" x2=\"{high:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>");
        let _ = writeln!(svg, "<circle cx=\"{at:.1}\" cy=\"{y:.1}\" r=\"4\"/>");
        let value = short(row.value);
        let _ = writeln!(svg, "<text class=\"value\" x=\"{WIDTH}\" y=\"{baseline:.1}\">{value}×</text></g>");
    }
    svg + "</svg>\n"
}

/// Text inside of HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: f64) -> Row {
        Row { label: "a<b".to_owned(), value, low: value, high: value, hint: String::new(), accented: false }
    }

    #[test]
    fn the_axis_ends_at_round_numbers() {
        assert_eq!(Axis::over([0.7, 43.0].into_iter()), Axis { low: 0.5, high: 50.0 });
        assert_eq!(Axis::over([3.0].into_iter()), Axis { low: 1.0, high: 5.0 });
        assert_eq!(Axis::over([].into_iter()), Axis { low: 1.0, high: 2.0 });
    }

    #[test]
    fn equal_ratios_are_equal_distances() {
        let axis = Axis { low: 1.0, high: 100.0 };
        assert!((axis.x(10.0) - (LEFT + RIGHT) / 2.0).abs() < 1e-9);
        assert_eq!(axis.ticks(), [1.0, 10.0, 100.0]);
    }

    #[test]
    fn names_are_escaped_and_every_row_has_a_dot() {
        let svg = dots("t", &[row(1.0), row(2.0)], Axis::over([2.0].into_iter()));
        assert!(svg.contains("a&lt;b"), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 2);
    }
}
