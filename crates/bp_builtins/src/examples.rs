//! Examples of built-ins for the reference: an expression, and its value as `repr` writes it.
//!
//! A test of the engine evaluates every one of them.

use crate::Builtin;

/// An example.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// What it shows.
    pub of: Builtin,
    /// The expression.
    pub expression: &'static str,
    /// Its value, as `repr` writes it.
    pub value: &'static str,
}

macro_rules! examples {
    ($($of:ident: $expression:literal => $value:literal;)*) => {
        /// All examples, in the order of the table.
        pub const EXAMPLES: &[Example] = &[
            $(Example { of: Builtin::$of, expression: $expression, value: $value }),*
        ];
    };
}

examples! {
    ToStr: r#"str([1.0, 2.5])"# => r#""[1.0, 2.5]""#;
    Repr: r#"repr("a\n")"# => r#""\"a\\n\"""#;
    TypeOf: r#"typeof((1, "a"))"# => r#""(int, str)""#;
    StrSubstr: r#"substr("hello", 3, 100)"# => r#""lo""#;
    StrCharAt: r#"str_char_at("abc", 7)"# => r#""""#;
    StrUpper: r#""straße".upper()"# => r#""STRASSE""#;
    StrTrim: r#""  x ".trim()"# => r#""x""#;
    StrFind: r#""banana".find("an", 2)"# => "3";
    StrCount: r#""banana".count("a")"# => "3";
    StrReplaceFirst: r#"str_replace("a-a", "a", "b")"# => r#""b-a""#;
    StrReplace: r#""a-a".replace("a", "b")"# => r#""b-b""#;
    StrPadLeft: r#""42".pad_left(5, "0")"# => r#""00042""#;
    Chr: "chr(8364)" => r#""€""#;
    Ord: r#"ord("A")"# => "65";
    StrChars: r#""aé".chars()"# => r#"["a", "é"]"#;
    StrCodepoints: r#""aé".codepoints()"# => "[97, 233]";
    StrSplit: r#""a,b,,c".split(",")"# => r#"["a", "b", "", "c"]"#;
    StrLines: r#""one\ntwo\n".lines()"# => r#"["one", "two"]"#;
    StrWords: r#"" to be  or ".words()"# => r#"["to", "be", "or"]"#;
    StrJoin: r#"", ".join(["a", "b"])"# => r#""a, b""#;
    FormatInt: r##"255.format("#06x")"## => r##""0x00ff""##;
    FormatFloat: r#"(2.0 / 3.0).format(".3f")"# => r#""0.667""#;
    ClampInt: "clamp(15, 0, 10)" => "10";
    PowInt: "pow(2, 62)" => "4611686018427387904";
    SqrtInt: "sqrt(17)" => "4";
    FloorToInt: "floor(-2.5)" => "-3";
    RoundToInt: "round(-2.5)" => "-3";
    RoundDigits: "round(3.14159, 2)" => "3.14";
    StrToInt: r#"parse_int("12 apples")"# => "12";
    IntToHex: "int_to_hex(-1)" => r#""ffffffffffffffff""#;
    HexToInt: r#"hex_to_int("0xFF")"# => "255";
    Popcount: "popcount(255)" => "8";
    Rotl: "rotl(1, 65)" => "2";
    MulHi: "mul_hi(INT_MAX, 4)" => "1";
    HashMd5: r#"hash_md5("abc")"# => r#""900150983cd24fb0d6963f7d28e17f72""#;
    Crc32: r#"crc32("123456789")"# => "3421780262";
    Base64Encode: r#"base64_encode("hello")"# => r#""aGVsbG8=""#;
    Base64Decode: r#"base64_decode("aGVsbG8")"# => r#""hel""#;
    HexDecode: r#"hex_decode("4142")"# => r#""AB""#;
    UrlEncode: r#"url_encode("a b/c")"# => r#""a%20b%2Fc""#;
    UrlDecode: r#"url_decode("a+b%2Fc")"# => r#""a b/c""#;
    ArrayGetSlice: "array_slice([1, 2, 3, 4], -5, 2)" => "[1, 2]";
    Sorted: "sorted([3, 1, 2], reverse=true)" => "[3, 2, 1]";
    SortedKey: r#"["bb", "a"].sorted(key=fn(s: str) -> int: len(s))"# => r#"["a", "bb"]"#;
    ArrayFilled: "array_fill(3, 0)" => "[0, 0, 0]";
    ArrayMap: "[1, 2, 3].map(fn(x): x * x)" => "[1, 4, 9]";
    ArrayFilter: "[1, 2, 3].filter(fn(x): x > 1)" => "[2, 3]";
    ArrayFold: r#"[1, 2].reduce(fn(text: str, x: int) -> str: text + str(x), "")"# => r#""12""#;
    ArrayAny: "[1, 2].any(fn(x): x > 1)" => "true";
    ArrayZip: r#"zip([1, 2, 3], ["a", "b"])"# => r#"[(1, "a"), (2, "b")]"#;
    ArrayEnumerate: r#"["a", "b"].enumerate(1)"# => r#"[(1, "a"), (2, "b")]"#;
    ArrayFlatten: "[[1], [], [2, 3]].flatten()" => "[1, 2, 3]";
    ArrayBinarySearch: "[10, 20, 30].binary_search(25)" => "-3";
    IntToBytes: "int_to_bytes(258, 3)" => "[0, 1, 2]";
    IntFromBytesInts: "int_from_bytes([1, 2, 3], 1, 2)" => "515";
    BytesReadU16Ints: "bytes_read_u16([0x34, 0x12], 0)" => "4660";
    MapItems: r#"{"a": 1}.items()"# => r#"[("a", 1)]"#;
    MapGetOr: r#"{"a": 1}.get("b", 0)"# => "0";
    SetOf: "set([2, 1, 2])" => "{2, 1}";
    SetUnion: "{1, 2}.union({3})" => "{1, 2, 3}";
    SetDifference: "{1, 2, 3}.difference({2})" => "{1, 3}";
    RegexMatch: r#"regex_match("^[a-z]+$", "abc")"# => "true";
    RegexSearch: r#"regex_search("[0-9]", "ab1")"# => "2";
    RegexReplace: r##"regex_replace("[0-9]+", "#", "a1b22")"## => r##""a#b#""##;
    RegexFindAll: r#"regex_find_all("[0-9]+", "a1b22")"# => r#"["1", "22"]"#;
    RegexCaptures: r#"Regex("(\\w+)@(\\w+)").captures("me@home")"# => r#"["me@home", "me", "home"]"#;
    RegexReplaceAll: r#"Regex("(\\w+) (\\w+)").replace("hello world", "$2 $1")"# => r#""world hello""#;
    JsonParse: r#"json_parse("[1, {}]").at(0).as_int()"# => "1";
    JsonStringify: r#"json_stringify({"a": [1, 2]})"# => r#""{\"a\":[1,2]}""#;
    JsonKind: r#"json_parse("null").kind()"# => r#""null""#;
}

/// The examples of a built-in.
pub fn examples_of(builtin: Builtin) -> impl Iterator<Item = &'static Example> {
    EXAMPLES.iter().filter(move |example| example.of == builtin)
}
