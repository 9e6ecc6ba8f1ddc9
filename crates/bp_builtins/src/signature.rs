//! Signatures of built-ins, parsed from the table's text.
