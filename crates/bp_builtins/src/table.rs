//! The rows, in the order of the reference's sections ([`SECTIONS`]).
//!
//! What all rows share and none repeats: `alloc` includes the possibility of `OutOfMemoryError`, also for
//! counts and widths with which a result would be beyond the heap limit;
//! strings are bytes, so positions, widths and lengths count bytes unless the text says otherwise;
//! an index that is said to "count from the end when negative" is one that `xs[i]` would accept.
//! Strings never change, so a row that only reads strings is `pure`; one that reads an array or a
//! map is `reads`.
//!
//! `inline` rows have exactly one instruction per kind of operand in the instruction table; their
//! bodies serve callers that do not emit it. Rows without any name are what operators, slices and
//! interpolation are lowered to. "**Compat**" marks behaviour kept for published programs.
//!
//! A body finds the types of the objects it makes from its hidden type numbers, so the type of
//! each built-in call's result and that type's parts must be among the program's types.

/// Calls `$with!` with every row of the table.
#[macro_export]
macro_rules! for_each_builtin {
    ($with:ident) => {
        $with! {
            // ---- text of values
            /// Writes the texts of the values to standard output, `sep` between and `end` behind them. Output is
            /// buffered, and flushed at exit, before anything goes to standard error, and at newlines on a terminal.
            Print ["print"] [] "(values: any..., sep: str = \" \", end: str = \"\\n\")" io;
            /// Like `print`, to standard error. Not buffered; standard output is flushed first.
            EPrint ["eprint"] [] "(values: any..., sep: str = \" \", end: str = \"\\n\")" io;
            /// The next line of standard input without its line end. **Compat**: `""` at the end of input, which
            /// `input` tells apart. Throws `IOError` when reading fails.
            ReadLine ["read_line"] [] "() -> str" io, alloc, throws;
            /// Writes `prompt`, then reads a line of standard input without its line end; `null` at the end of input.
            /// Throws `IOError` when reading fails.
            Input ["input"] [] "(prompt: str = \"\") -> str?" io, alloc, throws;
            /// The text of a value, as `print` shows it: strings bare, strings inside containers quoted.
            ToStr ["to_str", "str"] ["to_str"] "(value: any) -> str" reads, alloc, throws, calls, inline;
            /// The text of a value as the program would write it: strings quoted and escaped, else like `to_str`.
            Repr ["repr"] ["repr"] "(value: any) -> str" reads, alloc, throws, calls;
            /// The name of the static type, as written: `int`, `Dog`, `(int, str)`. **Compat**: every array answers
            /// `array`, every map `map`, every struct `struct`.
            TypeOf ["typeof"] [] "(value: any) -> str" pure, alloc;

            // ---- strings
            /// The number of bytes.
            StrLen ["len", "str_len"] ["len"] "(s: str) -> int" pure, inline;
            /// At most `count` bytes from `start` on. Both are clipped to the string; never throws.
            StrSubstr ["substr"] ["substr"] "(s: str, start: int, count: int) -> str" pure, alloc;
            /// The one-byte string at `index`. **Compat**: `""` when out of range, where `s[i]` throws.
            StrCharAt ["str_char_at"] ["char_at"] "(s: str, index: int) -> str" pure;
            /// Upper case by Unicode's full mapping (`ß` becomes `SS`); bytes that are no UTF-8 stay.
            StrUpper ["str_upper"] ["upper"] "(s: str) -> str" pure, alloc;
            /// Lower case by Unicode's full mapping; bytes that are no UTF-8 stay.
            StrLower ["str_lower"] ["lower"] "(s: str) -> str" pure, alloc;
            /// Without ASCII white space at both ends.
            StrTrim ["str_trim"] ["trim"] "(s: str) -> str" pure, alloc;
            /// Without ASCII white space at the start.
            StrTrimStart ["str_trim_start"] ["trim_start"] "(s: str) -> str" pure, alloc;
            /// Without ASCII white space at the end.
            StrTrimEnd ["str_trim_end"] ["trim_end"] "(s: str) -> str" pure, alloc;
            /// Whether it begins with `prefix`.
            StrStartsWith ["starts_with", "str_starts_with"] ["starts_with"] "(s: str, prefix: str) -> bool" pure;
            /// Whether it ends with `suffix`.
            StrEndsWith ["ends_with", "str_ends_with"] ["ends_with"] "(s: str, suffix: str) -> bool" pure;
            /// Whether it holds `part` somewhere; `""` is in every string. The operator `in`.
            StrContains ["str_contains"] ["contains"] "(s: str, part: str) -> bool" pure;
            /// The position of the first `part` at or behind `from`, else -1. A negative `from` counts from the end;
            /// `""` is found at every position up to the length.
            StrFind ["str_find", "str_index_of"] ["find"] "(s: str, part: str, from: int = 0) -> int" pure;
            /// The position of the last `part`, else -1.
            StrFindLast ["str_rfind"] ["rfind"] "(s: str, part: str) -> int" pure;
            /// How many times `part` occurs without overlap; `""` occurs once more than there are bytes.
            StrCount ["str_count"] ["count"] "(s: str, part: str) -> int" pure;
            /// **Compat**: with the first `part` replaced; the method `.replace` replaces all.
            StrReplaceFirst ["str_replace"] [] "(s: str, part: str, replacement: str) -> str" pure, alloc, throws;
            /// With every `part` replaced, or the first `count` of them if that is not negative. `""` occurs before
            /// each byte and at the end.
            StrReplace [] ["replace"] "(s: str, part: str, replacement: str, count: int = -1) -> str" pure, alloc, throws;
            /// The bytes in reverse order.
            StrReverse ["str_reverse"] ["reverse"] "(s: str) -> str" pure, alloc;
            /// `count` times; `""` if that is not positive. The operator `*`. Throws `ValueError` if the text would be
            /// larger than the heap may be.
            StrRepeat ["str_repeat"] ["repeat"] "(s: str, count: int) -> str" pure, alloc, throws;
            /// Filled up at the left to `width` bytes with `pad`, which repeats and is cut to fit. Throws `ValueError`
            /// if `pad` is empty.
            StrPadLeft ["str_pad_left"] ["pad_left"] "(s: str, width: int, pad: str = \" \") -> str" pure, alloc, throws;
            /// Filled up at the right to `width` bytes with `pad`, which repeats and is cut to fit. Throws `ValueError`
            /// if `pad` is empty.
            StrPadRight ["str_pad_right"] ["pad_right"] "(s: str, width: int, pad: str = \" \") -> str" pure, alloc, throws;
            /// The character of a code point as UTF-8: one byte for 0–127. Throws `ValueError` outside 0–0x10FFFF and
            /// for surrogates.
            Chr ["chr"] [] "(code: int) -> str" pure, alloc, throws;
            /// The first byte, 0–255. Throws `ValueError` for `""`.
            Ord ["ord"] ["ord"] "(s: str) -> int" pure, throws;
            /// The byte at `index`, 0–255. A negative index counts from the end. Throws `IndexError`.
            StrByte ["str_byte"] ["byte"] "(s: str, index: int) -> int" pure, throws, inline;
            /// The bytes.
            StrBytes [] ["bytes"] "(s: str) -> [u8]" alloc;
            /// The bytes as ints, 0–255.
            StrToInts ["str_bytes", "str_to_bytes"] [] "(s: str) -> [int]" alloc;
            /// The code points as strings; a byte that is no UTF-8 stands for itself.
            StrChars ["str_chars"] ["chars"] "(s: str) -> [str]" alloc;
            /// The code points; a byte that is no UTF-8 reads as 0xFFFD.
            StrCodepoints ["str_codepoints"] ["codepoints"] "(s: str) -> [int]" alloc;
            /// The pieces between occurrences of `separator`, empty ones too; with `""` the single bytes.
            StrSplit ["str_split", "str_split_str"] ["split"] "(s: str, separator: str) -> [str]" alloc;
            /// The lines without their ends (`\n` or `\r\n`); a final line end starts no further line.
            StrLines ["str_lines"] ["lines"] "(s: str) -> [str]" alloc;
            /// The pieces between runs of ASCII white space; none is empty.
            StrWords ["str_words"] ["words"] "(s: str) -> [str]" alloc;
            /// The strings with `separator` between.
            StrJoin ["str_join", "str_join_arr"] ["join"] "(separator: str, strings: [str]) -> str" reads, alloc, throws;
            /// The strings with `separator` between: the same with the array first.
            StrJoinArray ["str_join", "str_join_arr"] ["join"] "(strings: [str], separator: str = \"\") -> str" reads, alloc, throws;
            /// The strings one behind the other.
            StrConcatAll ["str_concat_all"] ["concat"] "(strings: [str]) -> str" reads, alloc, throws;
            /// `chr` of each code point, joined. Throws `ValueError` if one is none.
            StrFromChars ["str_from_chars"] [] "(codes: [int]) -> str" reads, alloc, throws;
            /// The string of these bytes.
            BytesToStr ["bytes_to_str"] ["to_string"] "(bytes: [u8]) -> str" reads, alloc;
            /// The string of the low eight bits of each int.
            IntsToStr ["bytes_to_str"] ["to_string"] "(bytes: [int]) -> str" reads, alloc;
            /// The string itself.
            StrToStr ["bytes_to_str"] [] "(bytes: str) -> str" pure;
            /// Whether all bytes are ASCII digits, and there is one.
            StrIsDigit ["is_digit"] ["is_digit"] "(s: str) -> bool" pure;
            /// Whether all bytes are ASCII letters, and there is one.
            StrIsAlpha ["is_alpha"] ["is_alpha"] "(s: str) -> bool" pure;
            /// Whether all bytes are ASCII letters or digits, and there is one.
            StrIsAlnum ["is_alnum"] ["is_alnum"] "(s: str) -> bool" pure;
            /// Whether all bytes are ASCII white space, and there is one.
            StrIsSpace ["is_space"] ["is_space"] "(s: str) -> bool" pure;
            /// The text by Python's format specification, as in `f"{x:>8}"`: types `b c d e E f F g G o x X n %`.
            /// Throws `ValueError` for a bad specification.
            FormatInt [] ["format"] "(value: int, spec: str) -> str" pure, alloc, throws;
            /// The text by Python's format specification: types `e E f F g G n %`. Throws `ValueError` for a bad one.
            FormatFloat [] ["format"] "(value: float, spec: str) -> str" pure, alloc, throws;
            /// The text by Python's format specification: fill, alignment, width and precision, which count code
            /// points. Throws `ValueError` for a bad specification.
            FormatStr [] ["format"] "(value: str, spec: str) -> str" pure, alloc, throws;
            /// `true` or `false` for an empty specification, else 1 or 0 formatted as an int. Throws `ValueError` for
            /// a bad specification.
            FormatBool [] ["format"] "(value: bool, spec: str) -> str" pure, alloc, throws;

            // ---- numbers
            /// The magnitude of `x`; `abs(INT_MIN)` is `INT_MIN`.
            AbsInt ["abs"] ["abs"] "(x: int) -> int" pure, inline;
            /// The magnitude of `x`.
            AbsFloat ["abs", "fabs"] ["abs"] "(x: float) -> float" pure, inline;
            /// The smaller one.
            MinInt ["min"] ["min"] "(a: int, b: int) -> int" pure, inline;
            /// The smaller one; if one is nan, the other.
            MinFloat ["min"] ["min"] "(a: float, b: float) -> float" pure, inline;
            /// The smaller one; `a` if they are equal.
            MinOrdered ["min"] [] "[T: Ordered](a: T, b: T) -> T" reads, throws;
            /// The smallest element, the first of equals; nan only if there is nothing else. Throws `ValueError` if
            /// there is none.
            MinArray ["min", "array_min"] ["min"] "[T: Ordered](xs: [T]) -> T" reads, throws;
            /// The larger one.
            MaxInt ["max"] ["max"] "(a: int, b: int) -> int" pure, inline;
            /// The larger one; if one is nan, the other.
            MaxFloat ["max"] ["max"] "(a: float, b: float) -> float" pure, inline;
            /// The larger one; `a` if they are equal.
            MaxOrdered ["max"] [] "[T: Ordered](a: T, b: T) -> T" reads, throws;
            /// The largest element, the first of equals; nan only if there is nothing else. Throws `ValueError` if
            /// there is none.
            MaxArray ["max", "array_max"] ["max"] "[T: Ordered](xs: [T]) -> T" reads, throws;
            /// `x`, but at least `low` and at most `high`; `high` if they cross.
            ClampInt ["clamp"] ["clamp"] "(x: int, low: int, high: int) -> int" pure;
            /// `x`, but at least `low` and at most `high`; `high` if they cross. nan stays.
            ClampFloat ["clamp"] ["clamp"] "(x: float, low: float, high: float) -> float" pure;
            /// -1, 0 or 1 as `x` is negative, zero or positive.
            SignInt ["sign"] ["sign"] "(x: int) -> int" pure;
            /// -1.0, 0.0 or 1.0 as `x` is negative, zero or positive; nan stays.
            SignFloat ["sign"] ["sign"] "(x: float) -> float" pure;
            /// `base ** exponent`, exact modulo 2^64. Throws `ValueError` for a negative exponent.
            PowInt ["pow"] ["pow"] "(base: int, exponent: int) -> int" pure, throws, inline;
            /// `base ** exponent`.
            PowFloat ["pow", "fpow"] ["pow"] "(base: float, exponent: float) -> float" pure, inline;
            /// The exact square root, rounded down. Throws `ValueError` for a negative number.
            SqrtInt ["sqrt"] ["sqrt"] "(x: int) -> int" pure, throws;
            /// The square root; nan for a negative number.
            SqrtFloat ["sqrt", "fsqrt"] ["sqrt"] "(x: float) -> float" pure, inline;
            /// `x` itself (**compat**).
            FloorInt ["floor"] ["floor"] "(x: int) -> int" pure;
            /// The largest int not above `x`. Throws `ValueError` for nan and outside the int range.
            FloorToInt ["floor"] ["floor"] "(x: float) -> int" pure, throws;
            /// `x` itself (**compat**).
            CeilInt ["ceil"] ["ceil"] "(x: int) -> int" pure;
            /// The smallest int not below `x`. Throws `ValueError` for nan and outside the int range.
            CeilToInt ["ceil"] ["ceil"] "(x: float) -> int" pure, throws;
            /// `x` itself (**compat**).
            RoundInt ["round"] ["round"] "(x: int) -> int" pure;
            /// The nearest int, halves away from zero. Throws `ValueError` for nan and outside the int range.
            RoundToInt ["round"] ["round"] "(x: float) -> int" pure, throws;
            /// Rounded to `digits` decimals (tens, hundreds … if negative) by its exact value, halves to even.
            RoundDigits ["round"] ["round"] "(x: float, digits: int) -> float" pure;
            /// The largest whole number not above `x`.
            FloorFloat ["ffloor"] [] "(x: float) -> float" pure, inline;
            /// The smallest whole number not below `x`.
            CeilFloat ["fceil"] [] "(x: float) -> float" pure, inline;
            /// The nearest whole number, halves away from zero.
            RoundFloat ["fround"] [] "(x: float) -> float" pure, inline;
            /// `x` without its fraction.
            TruncFloat ["ftrunc"] [] "(x: float) -> float" pure, inline;
            /// Sine of radians.
            Sin ["sin"] [] "(x: float) -> float" pure;
            /// Cosine of radians.
            Cos ["cos"] [] "(x: float) -> float" pure;
            /// Tangent of radians.
            Tan ["tan"] [] "(x: float) -> float" pure;
            /// Arc sine in radians; nan outside -1..=1.
            Asin ["asin"] [] "(x: float) -> float" pure;
            /// Arc cosine in radians; nan outside -1..=1.
            Acos ["acos"] [] "(x: float) -> float" pure;
            /// Arc tangent in radians.
            Atan ["atan"] [] "(x: float) -> float" pure;
            /// The angle of the point (`x`, `y`) in radians, -π to π.
            Atan2 ["atan2"] [] "(y: float, x: float) -> float" pure;
            /// Hyperbolic sine.
            Sinh ["sinh"] [] "(x: float) -> float" pure;
            /// Hyperbolic cosine.
            Cosh ["cosh"] [] "(x: float) -> float" pure;
            /// Hyperbolic tangent.
            Tanh ["tanh"] [] "(x: float) -> float" pure;
            /// Natural logarithm; -inf for zero, nan for a negative number.
            Log ["log"] [] "(x: float) -> float" pure;
            /// Logarithm to base 10.
            Log10 ["log10"] [] "(x: float) -> float" pure;
            /// Logarithm to base 2.
            Log2 ["log2"] [] "(x: float) -> float" pure;
            /// Natural logarithm of `1 + x`, exact for small `x`.
            Log1p ["log1p"] [] "(x: float) -> float" pure;
            /// `E ** x`.
            Exp ["exp"] [] "(x: float) -> float" pure;
            /// `E ** x - 1`, exact for small `x`.
            Expm1 ["expm1"] [] "(x: float) -> float" pure;
            /// Cube root.
            Cbrt ["cbrt"] [] "(x: float) -> float" pure;
            /// The length of the vector (`x`, `y`), without overflow on the way.
            Hypot ["hypot"] [] "(x: float, y: float) -> float" pure;
            /// Whether `x` is nan.
            IsNan ["is_nan"] ["is_nan"] "(x: float) -> bool" pure;
            /// Whether `x` is an infinity.
            IsInf ["is_inf"] ["is_inf"] "(x: float) -> bool" pure;
            /// 3.141592653589793
            Pi ["PI"] [] "-> float" pure;
            /// 2.718281828459045
            Euler ["E"] [] "-> float" pure;
            /// Positive infinity.
            Inf ["INF"] [] "-> float" pure;
            /// Not a number.
            Nan ["NAN"] [] "-> float" pure;
            /// -9223372036854775808
            IntMin ["INT_MIN"] [] "-> int" pure;
            /// 9223372036854775807
            IntMax ["INT_MAX"] [] "-> int" pure;
            /// The nearest float.
            IntToFloat ["int_to_float"] ["to_float"] "(x: int) -> float" pure, inline;
            /// `x` without its fraction. **Compat**: `INT_MIN` for nan and outside the int range, where `int()` throws.
            FloatToInt ["float_to_int"] ["to_int"] "(x: float) -> int" pure, inline;
            /// The shortest text that reads back as `x`, as `to_str`.
            FloatToStr ["float_to_str"] [] "(x: float) -> str" pure, alloc;
            /// The float that the longest valid beginning says. **Compat**: 0.0 if there is none, where `float()` throws.
            StrToFloat ["str_to_float"] [] "(s: str) -> float" pure;
            /// The int that the longest valid beginning says, held to the int range. **Compat**: 0 if there is none,
            /// where `int()` throws.
            StrToInt ["parse_int"] [] "(s: str) -> int" pure;
            /// `int(s)`: the whole string in decimal, with a sign, `_` between digits, white space around. Throws
            /// `ValueError` if it is no int or outside the int range.
            ParseInt [] [] "(s: str) -> int" pure, throws;
            /// `float(s)`: the whole string, also `inf` and `nan`, with `_` between digits, white space around. Throws
            /// `ValueError` if it is no float.
            ParseFloat [] [] "(s: str) -> float" pure, throws;
            /// Lower-case hexadecimal digits of the 64-bit two's complement, without leading zeros.
            IntToHex ["int_to_hex"] ["to_hex"] "(x: int) -> str" pure, alloc;
            /// The int of hexadecimal digits, with or without `0x`, modulo 2^64. Throws `ValueError` for a bad digit or
            /// none at all.
            HexToInt ["hex_to_int"] [] "(s: str) -> int" pure, throws;
            /// `a & b`.
            BitAnd ["bit_and"] [] "(a: int, b: int) -> int" pure, inline;
            /// `a | b`.
            BitOr ["bit_or"] [] "(a: int, b: int) -> int" pure, inline;
            /// `a ^ b`.
            BitXor ["bit_xor"] [] "(a: int, b: int) -> int" pure, inline;
            /// `~x`.
            BitNot ["bit_not"] [] "(x: int) -> int" pure, inline;
            /// `x << (count mod 64)`.
            BitShl ["bit_shl"] [] "(x: int, count: int) -> int" pure, inline;
            /// `x >> (count mod 64)`, arithmetic.
            BitShr ["bit_shr"] [] "(x: int, count: int) -> int" pure, inline;
            /// The number of one bits.
            Popcount ["popcount"] [] "(x: int) -> int" pure, inline;
            /// The number of leading zero bits, 64 for 0.
            Clz ["clz"] [] "(x: int) -> int" pure, inline;
            /// The number of trailing zero bits, 64 for 0.
            Ctz ["ctz"] [] "(x: int) -> int" pure, inline;
            /// `x` rotated left by `count mod 64` bits.
            Rotl ["rotl"] [] "(x: int, count: int) -> int" pure, inline;
            /// `x` rotated right by `count mod 64` bits.
            Rotr ["rotr"] [] "(x: int, count: int) -> int" pure, inline;
            /// `x` with its eight bytes reversed.
            Bswap ["bswap"] [] "(x: int) -> int" pure, inline;
            /// The high 64 bits of the signed 128-bit product.
            MulHi ["mul_hi"] [] "(a: int, b: int) -> int" pure, inline;
            /// `a + b`. Throws `OverflowError` if it does not fit.
            AddChecked ["add_checked"] [] "(a: int, b: int) -> int" pure, throws, inline;
            /// `a - b`. Throws `OverflowError` if it does not fit.
            SubChecked ["sub_checked"] [] "(a: int, b: int) -> int" pure, throws, inline;
            /// `a * b`. Throws `OverflowError` if it does not fit.
            MulChecked ["mul_checked"] [] "(a: int, b: int) -> int" pure, throws, inline;

            // ---- random
            /// The next number of a simple generator, 0–32767. **Compat**: state times 1103515245 plus 12345 modulo 2^64,
            /// starting at 1; bits 16–30 of the state.
            Rand ["rand"] [] "() -> int" io;
            /// `low` plus the generator's state divided by 65536, modulo `high - low`. **Compat**: `low` if the range is
            /// empty, and the generator stays.
            RandRange ["rand_range"] [] "(low: int, high: int) -> int" io;
            /// Sets the state of the generator of `rand` and `rand_range`.
            RandSeed ["rand_seed"] [] "(seed: int)" io;
            /// A float from 0.0 up to but not 1.0, all multiples of 2^-53 equally likely (xoshiro256++, seeded by the
            /// system unless `random_seed` was called).
            Random ["random"] [] "() -> float" io, throws;
            /// An int from `low` up to but not `high`, all equally likely. Throws `ValueError` if there is none.
            RandomInt ["random_int"] [] "(low: int, high: int) -> int" io, throws;
            /// Puts the elements in random order, all orders equally likely.
            Shuffle ["shuffle"] ["shuffle"] "[T](xs: [T])" writes, io, throws;
            /// Seeds the generator of `random`, `random_int` and `shuffle`: equal seeds give equal numbers.
            RandomSeed ["random_seed"] [] "(seed: int)" io;
            /// `count` random bytes from the system as hexadecimal digits, for keys and tokens. Throws `ValueError` for a
            /// negative count.
            RandomBytes ["random_bytes"] [] "(count: int) -> str" io, alloc, throws;

            // ---- hashes and encodings
            /// The SHA-256 hash of the bytes in lower-case hexadecimal digits.
            HashSha256 ["hash_sha256"] [] "(s: str) -> str" pure, alloc;
            /// The MD5 hash of the bytes in lower-case hexadecimal digits: to recognise files, not to protect them.
            HashMd5 ["hash_md5"] [] "(s: str) -> str" pure, alloc;
            /// The CRC-32 checksum of the bytes, as gzip and PNG use it.
            Crc32 ["crc32"] [] "(s: str) -> int" pure;
            /// Whether the bytes are the same, in a time that depends on the length of `b` only.
            SecureCompare ["secure_compare"] [] "(a: str, b: str) -> bool" pure;
            /// The bytes in Base64 with `=` at the end.
            Base64Encode ["base64_encode"] [] "(s: str) -> str" pure, alloc;
            /// The bytes that Base64 stands for. **Compat**: an incomplete last group is dropped, and so is a group whose
            /// first or second character is none of Base64's; at a bad third or fourth character a group ends.
            Base64Decode ["base64_decode"] [] "(s: str) -> str" pure, alloc;
            /// Each byte as two lower-case hexadecimal digits.
            HexEncode ["hex_encode"] [] "(s: str) -> str" pure, alloc;
            /// The bytes that pairs of hexadecimal digits stand for. Throws `ValueError` for a bad digit and for an odd
            /// number of digits.
            HexDecode ["hex_decode"] [] "(s: str) -> str" pure, alloc, throws;
            /// Every byte but letters, digits and `-_.~` as `%` and two hexadecimal digits.
            UrlEncode ["url_encode"] [] "(s: str) -> str" pure, alloc;
            /// With `%` and two hexadecimal digits turned into the byte and `+` into a space; a `%` without digits stays.
            UrlDecode ["url_decode"] [] "(s: str) -> str" pure, alloc;

            // ---- files
            /// The file's content. **Compat**: `""` when it cannot be read, where `read_file` throws.
            FileRead ["file_read"] [] "(path: str) -> str" io, alloc;
            /// Writes a file anew; whether that succeeded.
            FileWrite ["file_write"] [] "(path: str, text: str) -> bool" io;
            /// Appends to a file, creating it if need be; whether that succeeded.
            FileAppend ["file_append"] [] "(path: str, text: str) -> bool" io;
            /// Copies a file's content and permissions; whether that succeeded.
            FileCopy ["file_copy"] [] "(from: str, to: str) -> bool" io;
            /// Removes a file; whether that succeeded.
            FileDelete ["file_delete"] [] "(path: str) -> bool" io;
            /// Whether there is a file or folder at `path`.
            FileExists ["file_exists"] [] "(path: str) -> bool" io;
            /// The file's size in bytes, -1 if it cannot be read.
            FileSize ["file_size"] [] "(path: str) -> int" io;
            /// The file's bytes as ints. **Compat**: empty when it cannot be read.
            FileReadBytes ["file_read_bytes"] [] "(path: str) -> [int]" io, alloc;
            /// Writes the bytes to a file anew; whether that succeeded.
            FileWriteBytes ["file_write_bytes"] [] "(path: str, bytes: [u8]) -> bool" reads, io;
            /// Writes the low eight bits of each int to a file anew; whether that succeeded.
            FileWriteInts ["file_write_bytes"] [] "(path: str, bytes: [int]) -> bool" reads, io;
            /// The file's content. Throws `IOError` with path and the system's message.
            ReadFile ["read_file"] [] "(path: str) -> str" io, alloc, throws;
            /// Writes a file anew. Throws `IOError` with path and the system's message.
            WriteFile ["write_file"] [] "(path: str, text: str)" io, throws;
            /// The file's lines without their ends. Throws `IOError` with path and the system's message.
            ReadLines ["read_lines"] [] "(path: str) -> [str]" io, alloc, throws;
            /// The names in a folder in byte order, without `.` and `..`. Throws `IOError`.
            ListDir ["list_dir"] [] "(path: str) -> [str]" io, alloc, throws;
            /// Makes a folder, and those it lies in if need be; one that exists is fine. Throws `IOError`.
            MakeDir ["make_dir"] [] "(path: str)" io, throws;
            /// Removes a file or an empty folder. Throws `IOError`.
            Remove ["remove"] [] "(path: str)" io, throws;
            /// Whether there is a folder at `path`. Throws `IOError` if that cannot be found out; a missing path is false.
            IsDir ["is_dir"] [] "(path: str) -> bool" io, throws;

            // ---- process and time
            /// Milliseconds of a clock that only goes forward, since the program's start.
            ClockMs ["clock_ms"] [] "() -> int" io;
            /// Nanoseconds of a clock that only goes forward, since the program's start.
            ClockNs ["clock_ns"] [] "() -> int" io;
            /// Seconds since 1970-01-01 00:00 UTC.
            Time ["time"] [] "() -> float" io;
            /// Waits. Output is flushed first; an interrupt ends it with `InterruptError`. Not positive: returns at once.
            Sleep ["sleep"] [] "(ms: int)" io, throws;
            /// The value of an environment variable, `""` if it is not set.
            GetEnv ["getenv"] [] "(name: str) -> str" io, alloc;
            /// The program's arguments, without the program's own name.
            Argv ["argv"] [] "() -> [str]" io, alloc;
            /// The number of the program's arguments.
            Argc ["argc"] [] "() -> int" io;
            /// Ends the program with status `code` modulo 256. Output is flushed; `finally` blocks do not run.
            Exit ["exit"] [] "(code: int = 0) -> never" io, throws;
            /// The current folder. Throws `IOError` if it is gone.
            Cwd ["cwd"] [] "() -> str" io, alloc, throws;
            /// The machine's name, `""` if it has none.
            Hostname ["hostname"] [] "() -> str" io, alloc;
            /// The number of the process.
            Pid ["pid"] [] "() -> int" io;

            // ---- arrays
            /// The number of elements.
            ArrayLen ["len", "array_len"] ["len"] "[T](xs: [T]) -> int" reads, inline;
            /// Appends `value`.
            ArrayPush ["array_push"] ["push", "append"] "[T](xs: [T], value: T)" writes, alloc, inline;
            /// Removes the last element and returns it. Throws `IndexError` if there is none.
            ArrayPop ["array_pop"] ["pop"] "[T](xs: [T]) -> T" reads, writes, throws, inline;
            /// Inserts `value` before `index`, which counts from the end when negative and is clamped to the array.
            ArrayInsert ["array_insert"] ["insert"] "[T](xs: [T], index: int, value: T)" reads, writes, alloc;
            /// Removes the element at `index`, which counts from the end when negative, and returns it. Throws `IndexError`.
            ArrayRemove ["array_remove"] ["remove_at"] "[T](xs: [T], index: int) -> T" reads, writes, throws;
            /// A new array of the elements from `start` up to but not `end`, both clamped. **Compat**: negative counts as 0;
            /// `xs[i:j]` counts from the end.
            ArrayGetSlice ["array_slice"] ["slice"] "[T](xs: [T], start: int, end: int) -> [T]" reads, alloc;
            /// Sorts in place, ascending or with `reverse` descending: stable, O(n log n). nan stays behind all numbers
            /// (before them with `reverse`).
            ArraySort ["array_sort"] ["sort"] "[T: Ordered](xs: [T], reverse: bool = false)" reads, writes, alloc, throws;
            /// Sorts in place by `key(x)`, which is called once per element: stable. Throws `RuntimeError` if `key` changes
            /// the array's length.
            ArraySortKey [] ["sort"] "[T, K: Ordered](xs: [T], key: fn(T) -> K, reverse: bool = false)" reads, writes, alloc, throws, calls;
            /// Sorts in place by a function that answers a negative number, 0 or a positive one as `a` comes before, beside
            /// or behind `b`: stable. What it throws leaves the array as it was. Throws `RuntimeError` if it changes the
            /// array's length.
            ArraySortBy ["array_sort_by"] ["sort_by"] "[T](xs: [T], compare: fn(T, T) -> int)" reads, writes, alloc, throws, calls;
            /// A sorted copy: see `.sort`.
            Sorted ["sorted"] ["sorted"] "[T: Ordered](xs: [T], reverse: bool = false) -> [T]" reads, alloc, throws;
            /// A copy sorted by `key(x)`: see `.sort`.
            SortedKey ["sorted"] ["sorted"] "[T, K: Ordered](xs: [T], key: fn(T) -> K, reverse: bool = false) -> [T]" reads, alloc, throws, calls;
            /// Reverses in place.
            ArrayReverse ["array_reverse"] ["reverse"] "[T](xs: [T])" reads, writes;
            /// A reversed copy.
            Reversed ["reversed"] ["reversed"] "[T](xs: [T]) -> [T]" reads, alloc;
            /// A new array of the elements of both. The operator `+`.
            ArrayConcat ["array_concat"] ["concat"] "[T](xs: [T], ys: [T]) -> [T]" reads, alloc;
            /// A new array of the same elements.
            ArrayCopy ["array_copy"] ["copy"] "[T](xs: [T]) -> [T]" reads, alloc;
            /// Removes all elements.
            ArrayClear ["array_clear"] ["clear"] "[T](xs: [T])" writes;
            /// The position of the first element equal to `value`, else -1.
            ArrayIndexOf ["array_index_of"] ["index_of"] "[T](xs: [T], value: T) -> int" reads, throws, calls;
            /// Whether an element is equal to `value`. The operator `in`.
            ArrayContains ["array_contains"] ["contains"] "[T](xs: [T], value: T) -> bool" reads, throws, calls;
            /// A new array of `count` times the same value; empty if that is not positive.
            ArrayFilled ["array_fill"] [] "[T](count: int, value: T) -> [T]" alloc, throws;
            /// Sets every element to `value`.
            ArrayFill [] ["fill"] "[T](xs: [T], value: T)" writes;
            /// A new array of `f(x)` for each element.
            ArrayMap ["array_map"] ["map"] "[T, R](xs: [T], f: fn(T) -> R) -> [R]" reads, alloc, throws, calls;
            /// A new array of the elements for which `f(x)` is true.
            ArrayFilter ["array_filter"] ["filter"] "[T](xs: [T], f: fn(T) -> bool) -> [T]" reads, alloc, throws, calls;
            /// `f(… f(f(initial, first), second) …, last)`; `initial` if there are no elements.
            ArrayFold ["array_reduce"] ["reduce"] "[T, A](xs: [T], f: fn(A, T) -> A, initial: A) -> A" reads, throws, calls;
            /// `f(… f(f(first, second), third) …, last)`. Throws `ValueError` if there are no elements.
            ArrayReduce ["array_reduce"] ["reduce"] "[T](xs: [T], f: fn(T, T) -> T) -> T" reads, throws, calls;
            /// Whether `f(x)` is true for some element; stops at the first.
            ArrayAny ["any"] ["any"] "[T](xs: [T], f: fn(T) -> bool) -> bool" reads, throws, calls;
            /// Whether some element is true.
            ArrayAnyTrue ["any"] ["any"] "(xs: [bool]) -> bool" reads;
            /// Whether `f(x)` is true for every element; stops at the first for which it is not.
            ArrayAll ["all"] ["all"] "[T](xs: [T], f: fn(T) -> bool) -> bool" reads, throws, calls;
            /// Whether every element is true.
            ArrayAllTrue ["all"] ["all"] "(xs: [bool]) -> bool" reads;
            /// The sum modulo 2^64; 0 if there are no elements.
            ArraySumInt ["sum", "array_sum"] ["sum"] "(xs: [int]) -> int" reads;
            /// The sum from left to right; 0.0 if there are no elements.
            ArraySumFloat ["sum", "array_sum"] ["sum"] "(xs: [float]) -> float" reads;
            /// The sum; 0 if there are no elements.
            ArraySumU8 ["sum", "array_sum"] ["sum"] "(xs: [u8]) -> int" reads;
            /// The sum; 0 if there are no elements.
            ArraySumI32 ["sum", "array_sum"] ["sum"] "(xs: [i32]) -> int" reads;
            /// The sum in double precision from left to right; 0.0 if there are no elements.
            ArraySumF32 ["sum", "array_sum"] ["sum"] "(xs: [f32]) -> float" reads;
            /// How many elements make `f(x)` true.
            ArrayCount ["array_count"] ["count"] "[T](xs: [T], f: fn(T) -> bool) -> int" reads, throws, calls;
            /// How many elements are equal to `value`.
            ArrayCountValue ["array_count"] ["count"] "[T](xs: [T], value: T) -> int" reads, throws, calls;
            /// The first element for which `f(x)` is true, else `null`.
            ArrayFind ["array_find"] ["find"] "[T](xs: [T], f: fn(T) -> bool) -> T?" reads, alloc, throws, calls;
            /// Calls `f(x)` for each element.
            ArrayEach ["array_each"] ["each"] "[T](xs: [T], f: fn(T))" reads, throws, calls;
            /// Pairs of the elements at equal positions, as many as the shorter array has.
            ArrayZip ["zip"] ["zip"] "[A, B](xs: [A], ys: [B]) -> [(A, B)]" reads, alloc;
            /// Pairs of position, counted from `start`, and element.
            ArrayEnumerate ["enumerate"] ["enumerate"] "[T](xs: [T], start: int = 0) -> [(int, T)]" reads, alloc;
            /// A new array of the elements of the elements.
            ArrayFlatten ["array_flatten"] ["flatten"] "[T](xs: [[T]]) -> [T]" reads, alloc;
            /// The first element. Throws `IndexError` if there is none.
            ArrayFirst ["array_first"] ["first"] "[T](xs: [T]) -> T" reads, throws;
            /// The last element. Throws `IndexError` if there is none.
            ArrayLast ["array_last"] ["last"] "[T](xs: [T]) -> T" reads, throws;
            /// Appends the elements of `ys`, which may be `xs` itself.
            ArrayExtend ["array_extend"] ["extend"] "[T](xs: [T], ys: [T])" reads, writes, alloc;
            /// Cuts or fills with `value` to `count` elements. Throws `ValueError` if `count` is negative.
            ArrayResize ["array_resize"] ["resize"] "[T](xs: [T], count: int, value: T)" reads, writes, alloc, throws;
            /// Exchanges two elements; indices count from the end when negative. Throws `IndexError`.
            ArraySwap ["array_swap"] ["swap"] "[T](xs: [T], i: int, j: int)" reads, writes, throws;
            /// The position of the first element equal to `value` in a sorted array, else `-1 - p` where `p` is the position
            /// at which it belongs.
            ArrayBinarySearch ["array_binary_search", "binary_search"] ["binary_search"] "[T: Ordered](xs: [T], value: T) -> int" reads, throws;

            // ---- byte buffers
            /// A buffer of `count` zeros. **Compat**: a `[int]` whose elements are meant as bytes; the functions below take
            /// a `[u8]` as well. Throws `ValueError` if `count` is negative.
            BytesNew ["bytes_new"] [] "(count: int = 0) -> [int]" alloc, throws;
            /// The number of bytes.
            BytesLenInts ["bytes_len"] [] "(bytes: [int]) -> int" reads;
            /// The same of a `[u8]`.
            BytesLenU8 ["bytes_len"] [] "(bytes: [u8]) -> int" reads;
            /// The byte at `index`, 0–255. Throws `IndexError` outside the buffer; no index counts from the end.
            BytesGetInts ["bytes_get"] [] "(bytes: [int], index: int) -> int" reads, throws;
            /// The same of a `[u8]`.
            BytesGetU8 ["bytes_get"] [] "(bytes: [u8], index: int) -> int" reads, throws;
            /// Sets the byte at `index` to the low eight bits of `value`. Throws `IndexError` outside the buffer.
            BytesSetInts ["bytes_set"] [] "(bytes: [int], index: int, value: int)" reads, writes, throws;
            /// The same of a `[u8]`.
            BytesSetU8 ["bytes_set"] [] "(bytes: [u8], index: int, value: int)" reads, writes, throws;
            /// Appends the low eight bits of `value`.
            BytesAppendInts ["bytes_append"] [] "(bytes: [int], value: int)" reads, writes, alloc;
            /// The same of a `[u8]`.
            BytesAppendU8 ["bytes_append"] [] "(bytes: [u8], value: int)" reads, writes, alloc;
            /// Appends the bytes of another buffer, which may be the same.
            BytesAppendAllInts ["bytes_append"] [] "(bytes: [int], more: [int])" reads, writes, alloc;
            /// The same of a `[u8]`.
            BytesAppendAllU8 ["bytes_append"] [] "(bytes: [u8], more: [u8])" reads, writes, alloc;
            /// Writes the low 16 bits of `value` at `offset`, lowest byte first. Throws `IndexError` if they are not all
            /// inside the buffer.
            BytesWriteU16Ints ["bytes_write_u16"] [] "(bytes: [int], offset: int, value: int)" reads, writes, throws;
            /// The same of a `[u8]`.
            BytesWriteU16U8 ["bytes_write_u16"] [] "(bytes: [u8], offset: int, value: int)" reads, writes, throws;
            /// Writes the low 32 bits of `value` at `offset`, lowest byte first. Throws `IndexError` if they are not all
            /// inside the buffer.
            BytesWriteU32Ints ["bytes_write_u32"] [] "(bytes: [int], offset: int, value: int)" reads, writes, throws;
            /// The same of a `[u8]`.
            BytesWriteU32U8 ["bytes_write_u32"] [] "(bytes: [u8], offset: int, value: int)" reads, writes, throws;
            /// Writes `value` at `offset`, lowest byte first. Throws `IndexError` if its eight bytes are not all inside
            /// the buffer.
            BytesWriteI64Ints ["bytes_write_i64"] [] "(bytes: [int], offset: int, value: int)" reads, writes, throws;
            /// The same of a `[u8]`.
            BytesWriteI64U8 ["bytes_write_i64"] [] "(bytes: [u8], offset: int, value: int)" reads, writes, throws;
            /// The unsigned 16-bit number at `offset`, lowest byte first. Throws `IndexError` if its bytes are not all inside the
            /// buffer.
            BytesReadU16Ints ["bytes_read_u16"] [] "(bytes: [int], offset: int) -> int" reads, throws;
            /// The same of a `[u8]`.
            BytesReadU16U8 ["bytes_read_u16"] [] "(bytes: [u8], offset: int) -> int" reads, throws;
            /// The unsigned 32-bit number at `offset`, lowest byte first. Throws `IndexError` if its bytes are not all inside the
            /// buffer.
            BytesReadU32Ints ["bytes_read_u32"] [] "(bytes: [int], offset: int) -> int" reads, throws;
            /// The same of a `[u8]`.
            BytesReadU32U8 ["bytes_read_u32"] [] "(bytes: [u8], offset: int) -> int" reads, throws;
            /// The signed 64-bit number at `offset`, lowest byte first. Throws `IndexError` if its bytes are not all inside the
            /// buffer.
            BytesReadI64Ints ["bytes_read_i64"] [] "(bytes: [int], offset: int) -> int" reads, throws;
            /// The same of a `[u8]`.
            BytesReadI64U8 ["bytes_read_i64"] [] "(bytes: [u8], offset: int) -> int" reads, throws;
            /// The low `count` bytes of `value`, highest first. Throws `ValueError` if `count` is not 1 to 8.
            IntToBytes ["int_to_bytes"] [] "(value: int, count: int) -> [int]" alloc, throws;
            /// The number whose `count` bytes stand at `offset`, highest first; unsigned below eight bytes. Throws
            /// `ValueError` if `count` is not 1 to 8, `IndexError` if the bytes are not all inside the buffer.
            IntFromBytesInts ["int_from_bytes"] [] "(bytes: [int], offset: int, count: int) -> int" reads, throws;
            /// The same of a `[u8]`.
            IntFromBytesU8 ["int_from_bytes"] [] "(bytes: [u8], offset: int, count: int) -> int" reads, throws;

            // ---- maps
            /// The number of keys.
            MapLen ["len", "map_len"] ["len"] "[K: Hashable, V](m: {K: V}) -> int" reads, inline;
            /// The keys in the order of their insertion.
            MapKeys ["map_keys"] ["keys"] "[K: Hashable, V](m: {K: V}) -> [K]" reads, alloc;
            /// The values in the order in which their keys were inserted.
            MapValues ["map_values"] ["values"] "[K: Hashable, V](m: {K: V}) -> [V]" reads, alloc;
            /// Pairs of key and value in the order of insertion.
            MapItems ["map_items"] ["items"] "[K: Hashable, V](m: {K: V}) -> [(K, V)]" reads, alloc;
            /// Whether the map has the key. The operator `in`.
            MapHasKey ["map_has_key"] ["has_key", "contains"] "[K: Hashable, V](m: {K: V}, key: K) -> bool" reads, inline;
            /// Removes a key; whether it was there.
            MapRemove ["map_delete"] ["remove"] "[K: Hashable, V](m: {K: V}, key: K) -> bool" reads, writes;
            /// The value of a key, `default` if the map has none.
            MapGetOr ["map_get"] ["get"] "[K: Hashable, V](m: {K: V}, key: K, default: V) -> V" reads;
            /// The value of a key; if the map has none, `value` after it was inserted.
            MapGetOrInsert ["map_get_or_insert"] ["get_or_insert"] "[K: Hashable, V](m: {K: V}, key: K, value: V) -> V" reads, writes, alloc;
            /// Removes all keys.
            MapClear ["map_clear"] ["clear"] "[K: Hashable, V](m: {K: V})" writes;
            /// A new map of the same keys and values.
            MapCopy ["map_copy"] ["copy"] "[K: Hashable, V](m: {K: V}) -> {K: V}" reads, alloc;
            /// Sets every key of `other` to its value there.
            MapUpdate ["map_update"] ["update"] "[K: Hashable, V](m: {K: V}, other: {K: V})" reads, writes, alloc;

            // ---- sets
            /// An empty set.
            SetNew ["set"] [] "[T: Hashable]() -> {T}" alloc;
            /// The set of the elements.
            SetOf ["set"] ["to_set"] "[T: Hashable](xs: [T]) -> {T}" reads, alloc;
            /// The number of elements.
            SetLen ["len", "set_len"] ["len"] "[T: Hashable](s: {T}) -> int" reads;
            /// Whether the set holds `value`. The operator `in`.
            SetContains ["set_contains"] ["contains", "has"] "[T: Hashable](s: {T}, value: T) -> bool" reads;
            /// Adds `value`; whether it was not there.
            SetAdd ["set_add"] ["add"] "[T: Hashable](s: {T}, value: T) -> bool" reads, writes, alloc;
            /// Removes `value`; whether it was there.
            SetRemove ["set_remove"] ["remove"] "[T: Hashable](s: {T}, value: T) -> bool" reads, writes;
            /// A new set of what is in either, in the order of `s` and then of `other`.
            SetUnion ["set_union"] ["union"] "[T: Hashable](s: {T}, other: {T}) -> {T}" reads, alloc;
            /// A new set of what is in both, in the order of `s`.
            SetIntersect ["set_intersect"] ["intersect"] "[T: Hashable](s: {T}, other: {T}) -> {T}" reads, alloc;
            /// A new set of what is in `s` but not in `other`, in the order of `s`.
            SetDifference ["set_difference"] ["difference"] "[T: Hashable](s: {T}, other: {T}) -> {T}" reads, alloc;
            /// The elements in the order in which they were added.
            SetItems ["set_items"] ["items"] "[T: Hashable](s: {T}) -> [T]" reads, alloc;
            /// A new set of the same elements.
            SetCopy ["set_copy"] ["copy"] "[T: Hashable](s: {T}) -> {T}" reads, alloc;
            /// Removes all elements.
            SetClear ["set_clear"] ["clear"] "[T: Hashable](s: {T})" writes;

            // ---- regular expressions
            /// Whether the pattern matches somewhere in the text (**compat**). The patterns of these functions take time in
            /// proportion to the text, know Unicode and have no back references; one that is wrong matches nothing.
            RegexMatch ["regex_match"] [] "(pattern: str, text: str) -> bool" pure;
            /// The position of the first match, else -1.
            RegexSearch ["regex_search"] [] "(pattern: str, text: str) -> int" pure;
            /// The text with every match replaced. **Compat**: `$` in the replacement means itself.
            RegexReplace ["regex_replace"] [] "(pattern: str, replacement: str, text: str) -> str" pure, alloc, throws;
            /// The pieces of the text between matches.
            RegexSplit ["regex_split"] [] "(pattern: str, text: str) -> [str]" alloc;
            /// The matches, from left to right, without overlap.
            RegexFindAll ["regex_find_all"] [] "(pattern: str, text: str) -> [str]" alloc;
            /// A compiled regular expression, as an object. Throws `ValueError` with the position if the pattern is wrong.
            RegexNew ["Regex"] [] "(pattern: str) -> Regex" alloc, throws;
            /// Whether the pattern matches somewhere in the text.
            RegexIsMatch [] ["is_match"] "(regex: Regex, text: str) -> bool" reads;
            /// Start and end of the first match at or behind `from`, else `null`.
            RegexFind [] ["find"] "(regex: Regex, text: str, from: int = 0) -> (int, int)?" reads, alloc;
            /// The first match and what its groups matched, `""` for a group that took no part; `null` without a match.
            RegexCaptures [] ["captures"] "(regex: Regex, text: str) -> [str]?" reads, alloc;
            /// The text with every match replaced, or the first `count` of them if that is not negative. In the
            /// replacement `$1` and `${name}` are groups, `$$` is a dollar sign. Throws `ValueError` if the result is
            /// beyond the heap limit.
            RegexReplaceAll [] ["replace"] "(regex: Regex, text: str, replacement: str, count: int = -1) -> str" reads, alloc, throws;
            /// The pieces of the text between matches.
            RegexSplitBy [] ["split"] "(regex: Regex, text: str) -> [str]" reads, alloc;
            /// The matches, from left to right, without overlap.
            RegexFindEvery [] ["find_all"] "(regex: Regex, text: str) -> [str]" reads, alloc;

            // ---- JSON
            /// The value that a JSON text (RFC 8259) says. Of members of one name the last counts. Throws `ValueError` with
            /// the position if the text is no JSON or nested more than 127 deep.
            JsonParse ["json_parse"] [] "(text: str) -> Json" alloc, throws;
            /// The JSON text of a value, without white space: arrays, sets and tuples become arrays, maps, structs and
            /// objects become objects, enums numbers. Bytes that are no UTF-8 become U+FFFD. Throws `ValueError` for
            /// functions, nan and infinities, keys that are tuples, and what is nested more than 200 deep or in itself.
            JsonStringify ["json_stringify"] [] "(value: any) -> str" reads, alloc, throws;
            /// `null`, `bool`, `int`, `float`, `str`, `array` or `object`.
            JsonKind [] ["kind"] "(json: Json) -> str" reads;
            /// Whether it is `null`.
            JsonIsNull [] ["is_null"] "(json: Json) -> bool" reads;
            /// The int. Throws `TypeError` if it is none.
            JsonAsInt [] ["as_int"] "(json: Json) -> int" reads, throws;
            /// The float, or the int as a float. Throws `TypeError` if it is neither.
            JsonAsFloat [] ["as_float"] "(json: Json) -> float" reads, throws;
            /// The bool. Throws `TypeError` if it is none.
            JsonAsBool [] ["as_bool"] "(json: Json) -> bool" reads, throws;
            /// The string. Throws `TypeError` if it is none.
            JsonAsStr [] ["as_str"] "(json: Json) -> str" reads, throws;
            /// The number of elements of an array or members of an object. Throws `TypeError` for others.
            JsonLen ["len"] ["len"] "(json: Json) -> int" reads, throws;
            /// The elements of an array. Throws `TypeError` for others.
            JsonItems [] ["items"] "(json: Json) -> [Json]" reads, alloc, throws;
            /// The names of an object's members in the order of the text. Throws `TypeError` for others.
            JsonKeys [] ["keys"] "(json: Json) -> [str]" reads, alloc, throws;
            /// Whether an object has a member of that name. Throws `TypeError` for others.
            JsonHasKey [] ["has_key", "contains"] "(json: Json, key: str) -> bool" reads, throws;
            /// The member of that name, `null` if the object has none. Throws `TypeError` for others.
            JsonGet [] ["get"] "(json: Json, key: str) -> Json?" reads, throws;
            /// The element at `index`, which counts from the end when negative. Throws `IndexError`, and `TypeError` if it
            /// is no array.
            JsonAt [] ["at"] "(json: Json, index: int) -> Json" reads, throws;
            /// The member of that name. Throws `KeyError`, and `TypeError` if it is no object.
            JsonMember [] ["at"] "(json: Json, key: str) -> Json" reads, throws;

            // ---- threads
            /// The number of the running thread: 1, as there is one.
            ThreadCurrent ["thread_current"] [] "() -> int" io;
            /// Lets others run: there is nobody yet.
            ThreadYield ["thread_yield"] [] "()" io;
            /// Waits, like `sleep`.
            ThreadSleep ["thread_sleep"] [] "(ms: int)" io, throws;
            /// Throws `RuntimeError`: there are no threads yet.
            ThreadSpawn ["thread_spawn"] [] "(function: any) -> ptr" io, throws;
            /// Throws `RuntimeError`: there are no threads yet.
            ThreadSpawnWith ["thread_spawn"] [] "(function: any, argument: any) -> ptr" io, throws;
            /// Throws `RuntimeError`: there are no threads yet.
            ThreadJoin ["thread_join"] [] "(thread: ptr) -> int" io, throws;
            /// Throws `RuntimeError`: there are no threads yet.
            ThreadDetach ["thread_detach"] [] "(thread: ptr)" io, throws;
            /// A mutex that nobody holds.
            MutexNew ["mutex_new"] [] "() -> ptr" io;
            /// Takes the mutex. Throws `RuntimeError` if it is held: on one thread waiting would have no end.
            MutexLock ["mutex_lock"] [] "(mutex: ptr)" io, throws;
            /// Takes the mutex if nobody holds it; whether that succeeded.
            MutexTryLock ["mutex_trylock"] [] "(mutex: ptr) -> bool" io, throws;
            /// Gives the mutex back. Throws `RuntimeError` if nobody holds it.
            MutexUnlock ["mutex_unlock"] [] "(mutex: ptr)" io, throws;
            /// A condition that nobody waits for.
            CondNew ["cond_new"] [] "() -> ptr" io;
            /// Throws `RuntimeError`: on one thread there is nobody who could signal the condition.
            CondWait ["cond_wait"] [] "(condition: ptr, mutex: ptr)" io, throws;
            /// Wakes one of those who wait: on one thread nobody does.
            CondSignal ["cond_signal"] [] "(condition: ptr)" io, throws;
            /// Wakes all who wait: on one thread nobody does.
            CondBroadcast ["cond_broadcast"] [] "(condition: ptr)" io, throws;

            // ---- inspection
            /// Collects all garbage now.
            GcCollect ["gc_collect"] [] "()" alloc, io;
            /// Figures of the collector by name: bytes, counts and nanoseconds.
            GcStats ["gc_stats"] [] "() -> {str: int}" alloc, io;
            /// Figures of the compiled tiers by name: counts, bytes and nanoseconds.
            JitStats ["jit_stats"] [] "() -> {str: int}" alloc, io;
            /// How a function would run if it were called now: `interpreter` or `baseline`. Throws `ValueError` if the value
            /// is no function.
            JitTier ["jit_tier"] [] "(function: any) -> str" alloc, io, throws;
            /// Compiles a function now for the tier of that name; whether it has code of that tier then. Throws `ValueError`
            /// if the value is no function, and for a name that `jit_tier` never answers.
            JitCompile ["jit_compile"] [] "(function: any, tier: str = \"baseline\") -> bool" io, throws;
            /// Gives up a function's compiled code: its next call is interpreted. Throws `ValueError` if the value is no
            /// function.
            JitInvalidate ["jit_invalidate"] [] "(function: any)" io, throws;

            // ---- operators
            /// `s[low:high:step]`. Bit 0 of `flags` says that `low` is given, bit 1 that `high` is; one that is not is the
            /// end at which a step of that sign starts or ends. Throws `ValueError` for step 0.
            StrSlice [] [] "(s: str, low: int, high: int, step: int, flags: int) -> str" pure, alloc, throws;
            /// `xs[low:high:step]`, arguments as of `StrSlice`. Throws `ValueError` for step 0.
            ArraySlice [] [] "[T](xs: [T], low: int, high: int, step: int, flags: int) -> [T]" reads, alloc, throws;
            /// `xs[low:high:step] = values`, bounds as of `StrSlice`. With step 1 the slice is replaced and the array
            /// grows or shrinks, else lengths must be equal. Throws `ValueError` if they are not, and for step 0.
            ArraySliceAssign [] [] "[T](xs: [T], low: int, high: int, step: int, flags: int, values: [T])" reads, writes, alloc, throws;
            /// `xs * count`: a new array of the elements `count` times; empty if that is not positive.
            ArrayRepeat ["array_repeat"] ["repeat"] "[T](xs: [T], count: int) -> [T]" reads, alloc, throws;
            /// `t[index]` of a tuple whose members have one type; a negative index counts from the end. Throws `IndexError`.
            TupleGet [] [] "[T](tuple: any, index: int) -> T" reads, throws;
            /// The field `trace` of an error: a line `function (file:line:column)` per frame, innermost last.
            ErrorTrace [] [] "(error: Error) -> [str]" reads, alloc;
            /// Calls the foreign function with that number; its arguments stand in front of it, and the result is its own.
            CallHost [] [] "(number: int) -> int" reads, writes, alloc, io, throws, calls;
        }
    };
}
pub use for_each_builtin;

/// The sections of the reference: the first row of each and the heading.
pub(crate) const SECTIONS: &[(crate::Builtin, &str)] = {
    use crate::Builtin;
    &[
        (Builtin::Print, "Text of values"),
        (Builtin::StrLen, "Strings"),
        (Builtin::AbsInt, "Numbers"),
        (Builtin::Rand, "Random"),
        (Builtin::HashSha256, "Hashes and encodings"),
        (Builtin::FileRead, "Files"),
        (Builtin::ClockMs, "Process and time"),
        (Builtin::ArrayLen, "Arrays"),
        (Builtin::BytesNew, "Byte buffers"),
        (Builtin::MapLen, "Maps"),
        (Builtin::SetNew, "Sets"),
        (Builtin::RegexMatch, "Regular expressions"),
        (Builtin::JsonParse, "JSON"),
        (Builtin::ThreadCurrent, "Threads"),
        (Builtin::GcCollect, "Inspection of the running system"),
        (Builtin::StrSlice, "Operators"),
    ]
};
