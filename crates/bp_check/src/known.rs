//! Names that mean something to the checker.

use bp_syntax::name::{Name, Names};

macro_rules! known {
    ($($field:ident $text:literal;)*) => {
        /// Interned names that the checker compares with.
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct Known {
            $(pub $field: Name,)*
            /// Names of the parameters of made functions: no program can write them.
            pub params: [Name; 8],
        }

        impl Known {
            pub fn new(names: &mut Names) -> Self {
                Self {
                    $($field: names.intern($text),)*
                    params: std::array::from_fn(|number| names.intern(&format!("argument {}", number + 1))),
                }
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
    init "__init__";
    to_str "__str__";
    equals "__eq__";
    less "__lt__";
    add "__add__";
    sub "__sub__";
    mul "__mul__";
    length "__len__";
    get_item "__getitem__";
    set_item "__setitem__";
    contains "__contains__";
    iter "__iter__";
    next "__next__";
    call "__call__";
    len "len";
}
