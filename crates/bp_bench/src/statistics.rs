//! Medians and means of measurements.

use serde::{Deserialize, Serialize};

/// A row of measurements in a nutshell.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Spread {
    /// The middle one; the mean of the middle two if their number is even.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl Spread {
    /// Of at least one value.
    pub fn of(values: &[f64]) -> Spread {
        let mut ordered = values.to_vec();
        ordered.sort_by(f64::total_cmp);
        let middle = ordered.len() / 2;
        let median = match ordered.len() % 2 {
            1 => ordered[middle],
            _ => (ordered[middle - 1] + ordered[middle]) / 2.0,
        };
        Spread { median, min: ordered[0], max: ordered[ordered.len() - 1] }
    }

    /// Whether all of `self` lies above all of `other`.
    pub fn is_above(&self, other: &Spread) -> bool {
        self.min > other.max
    }
}

/// The geometric mean, the one that fits ratios; `None` of nothing.
pub fn geometric_mean(ratios: &[f64]) -> Option<f64> {
    let sum: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
    (!ratios.is_empty()).then(|| (sum / ratios.len() as f64).exp())
}

/// The slope of the straight line nearest to the points, by least squares; `None` of points that
/// do not have two different abscissas.
pub fn slope(points: &[(f64, f64)]) -> Option<f64> {
    let count = points.len() as f64;
    let (sum_x, sum_y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0, y + point.1));
    let (mean_x, mean_y) = (sum_x / count, sum_y / count);
    let square: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let product: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    (square > 0.0).then(|| product / square)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_of_odd_and_even_numbers_of_values() {
        assert_eq!(Spread::of(&[3.0, 1.0, 2.0]), Spread { median: 2.0, min: 1.0, max: 3.0 });
        assert_eq!(Spread::of(&[4.0, 1.0, 2.0, 9.0]), Spread { median: 3.0, min: 1.0, max: 9.0 });
        assert_eq!(Spread::of(&[5.0]), Spread { median: 5.0, min: 5.0, max: 5.0 });
    }

    #[test]
    fn only_separate_rows_are_above_each_other() {
        let low = Spread::of(&[1.0, 2.0]);
        assert!(Spread::of(&[2.5, 3.0]).is_above(&low));
        assert!(!Spread::of(&[1.5, 3.0]).is_above(&low));
        assert!(!low.is_above(&Spread::of(&[2.5, 3.0])));
    }

    #[test]
    fn geometric_mean_of_reciprocal_ratios_is_one() {
        assert_eq!(geometric_mean(&[]), None);
        assert!((geometric_mean(&[4.0, 0.25]).expect("not empty") - 1.0).abs() < 1e-12);
    }

    #[test]
    fn slope_of_lines_and_of_too_few_points() {
        assert_eq!(slope(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]), Some(2.0));
        assert_eq!(slope(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0)]), Some(0.0));
        assert_eq!(slope(&[(1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(slope(&[]), None);
    }
}
