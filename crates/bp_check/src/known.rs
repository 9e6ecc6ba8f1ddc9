//! Names that mean something to the checker.

use bp_syntax::name::{Name, Names};

macro_rules! known {
    ($($field:ident $text:literal;)*) => {
        /// Interned names that the checker compares with.
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct Known { $(pub $field: Name,)* }

        impl Known {
            pub fn new(names: &mut Names) -> Self {
                Self { $($field: names.intern($text),)* }
            }
        }
    };
}

known! {
    empty "";
    underscore "_";
    self_ "self";
    main "main";
    module "<module>";
    lambda "<lambda>";
    range "range";
    enumerate "enumerate";
    zip "zip";
    reversed "reversed";
    items "items";
    keys "keys";
    values "values";
    int "int";
    float "float";
    bool "bool";
    str "str";
    ptr "ptr";
    void "void";
    u8 "u8";
    i32 "i32";
    f32 "f32";
    message "message";
    trace "trace";
    step "step";
    start "start";
    stop "stop";
}
