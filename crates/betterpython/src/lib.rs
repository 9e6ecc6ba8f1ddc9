//! betterpython
