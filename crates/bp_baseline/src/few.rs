//! A short list that needs no allocation: one is made for nearly every call.

use std::ops::{Deref, DerefMut};

/// Up to `N` of something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Few<T, const N: usize> {
    items: [T; N],
    len: usize,
}

impl<T: Copy, const N: usize> Few<T, N> {
    /// An empty list; `filler` stands where nothing is yet.
    pub(crate) fn new(filler: T) -> Self {
        Few { items: [filler; N], len: 0 }
    }

    /// A list of these.
    ///
    /// # Panics
    /// If there are more than `N`, or none.
    pub(crate) fn of(items: &[T]) -> Self {
        let mut few = Few::new(items[0]);
        items.iter().for_each(|&item| few.push(item));
        few
    }

    /// Adds one more.
    ///
    /// # Panics
    /// If there are `N`.
    pub(crate) fn push(&mut self, item: T) {
        self.items[self.len] = item;
        self.len += 1;
    }

    /// Takes one out; the last one comes into its place.
    pub(crate) fn swap_remove(&mut self, index: usize) -> T {
        let item = self[index];
        self.items[index] = self.items[self.len - 1];
        self.len -= 1;
        item
    }
}

impl<T, const N: usize> Deref for Few<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items[..self.len]
    }
}

impl<T, const N: usize> DerefMut for Few<T, N> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items[..self.len]
    }
}
