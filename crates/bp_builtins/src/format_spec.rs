//! Python's format mini-language for int, float and str.
