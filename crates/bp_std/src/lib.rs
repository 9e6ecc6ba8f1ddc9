//! Bodies of the built-in functions.
//!
//! Every row of the table of built-ins has its body in [`body`], a `match` without a catch-all: a
//! row without one does not compile. Bodies are safe Rust against `bp_vm`'s native interface; they
//! hold handles, never references, so a collection in their midst cannot hurt them.
//!
//! Whatever a program passes, a body answers or throws: lengths that a program chose are checked
//! against the heap limit before memory is taken.
//!
//! Absence: no parsing, no types of the language, no process-wide state.
#![forbid(unsafe_code)]

mod array;
mod bounds;
mod buffer;
mod encode;
mod file;
mod format;
mod generator;
mod hash;
mod higher_order;
mod jit;
mod json;
mod json_text;
mod long;
mod map;
mod merge;
mod number;
mod parse;
mod process;
mod random;
mod regex;
mod search;
mod set;
mod sort;
mod state;
mod stdin;
mod string;
mod support;
mod text;
mod thread;

use bp_builtins::Builtin;
use bp_vm::native::{Library, NativeFn};
use state::State;

/// The library of one engine, with its own generators and clock.
pub fn library() -> Library {
    Library { bodies: &BODIES, state: Box::new(State::new()) }
}

static BODIES: [NativeFn; Builtin::ALL.len()] = {
    let mut bodies: [NativeFn; Builtin::ALL.len()] = [number::same_int; Builtin::ALL.len()];
    let mut index = 0;
    while index < bodies.len() {
        bodies[index] = body(Builtin::ALL[index]);
        index += 1;
    }
    bodies
};

/// The body of a built-in.
const fn body(builtin: Builtin) -> NativeFn {
    match builtin {
        Builtin::Print => text::print,
        Builtin::EPrint => text::eprint,
        Builtin::ReadLine => text::read_line,
        Builtin::Input => text::input,
        Builtin::ToStr => text::to_str,
        Builtin::Repr => text::repr,
        Builtin::TypeOf => text::type_of,

        Builtin::StrLen => string::len,
        Builtin::StrSubstr => string::substr,
        Builtin::StrCharAt => string::char_at,
        Builtin::StrUpper => string::upper,
        Builtin::StrLower => string::lower,
        Builtin::StrTrim => string::trim,
        Builtin::StrTrimStart => string::trim_start,
        Builtin::StrTrimEnd => string::trim_end,
        Builtin::StrStartsWith => string::starts_with,
        Builtin::StrEndsWith => string::ends_with,
        Builtin::StrContains => string::contains,
        Builtin::StrFind => string::find,
        Builtin::StrFindLast => string::find_last,
        Builtin::StrCount => string::count,
        Builtin::StrReplaceFirst => string::replace_first,
        Builtin::StrReplace => string::replace,
        Builtin::StrReverse => string::reverse,
        Builtin::StrRepeat => string::repeat,
        Builtin::StrPadLeft => string::pad_left,
        Builtin::StrPadRight => string::pad_right,
        Builtin::Chr => string::chr,
        Builtin::Ord => string::ord,
        Builtin::StrByte => string::byte,
        Builtin::StrBytes => string::bytes,
        Builtin::StrToInts => string::to_ints,
        Builtin::StrChars => string::chars,
        Builtin::StrCodepoints => string::codepoints,
        Builtin::StrSplit => string::split,
        Builtin::StrLines => string::lines,
        Builtin::StrWords => string::words,
        Builtin::StrJoin => string::join,
        Builtin::StrJoinArray => string::join_array,
        Builtin::StrConcatAll => string::concat_all,
        Builtin::StrFromChars => string::from_chars,
        Builtin::BytesToStr => string::from_bytes,
        Builtin::IntsToStr => string::from_ints,
        Builtin::StrToStr => string::itself,
        Builtin::StrIsDigit => string::is_digit,
        Builtin::StrIsAlpha => string::is_alpha,
        Builtin::StrIsAlnum => string::is_alnum,
        Builtin::StrIsSpace => string::is_space,
        Builtin::FormatInt => text::format_int,
        Builtin::FormatFloat => text::format_float,
        Builtin::FormatStr => text::format_str,
        Builtin::FormatBool => text::format_bool,

        Builtin::AbsInt => number::abs_int,
        Builtin::AbsFloat => number::abs_float,
        Builtin::MinInt => number::min_int,
        Builtin::MinFloat => number::min_float,
        Builtin::MinOrdered => number::min_ordered,
        Builtin::MinArray => number::min_array,
        Builtin::MaxInt => number::max_int,
        Builtin::MaxFloat => number::max_float,
        Builtin::MaxOrdered => number::max_ordered,
        Builtin::MaxArray => number::max_array,
        Builtin::ClampInt => number::clamp_int,
        Builtin::ClampFloat => number::clamp_float,
        Builtin::SignInt => number::sign_int,
        Builtin::SignFloat => number::sign_float,
        Builtin::PowInt => number::pow_int,
        Builtin::PowFloat => number::pow_float,
        Builtin::SqrtInt => number::sqrt_int,
        Builtin::SqrtFloat => number::sqrt_float,
        Builtin::FloorInt | Builtin::CeilInt | Builtin::RoundInt => number::same_int,
        Builtin::FloorToInt => number::floor_to_int,
        Builtin::CeilToInt => number::ceil_to_int,
        Builtin::RoundToInt => number::round_to_int,
        Builtin::RoundDigits => number::round_digits,
        Builtin::FloorFloat => number::floor,
        Builtin::CeilFloat => number::ceil,
        Builtin::RoundFloat => number::round,
        Builtin::TruncFloat => number::trunc,
        Builtin::Sin => number::sin,
        Builtin::Cos => number::cos,
        Builtin::Tan => number::tan,
        Builtin::Asin => number::asin,
        Builtin::Acos => number::acos,
        Builtin::Atan => number::atan,
        Builtin::Atan2 => number::atan2,
        Builtin::Sinh => number::sinh,
        Builtin::Cosh => number::cosh,
        Builtin::Tanh => number::tanh,
        Builtin::Log => number::log,
        Builtin::Log10 => number::log10,
        Builtin::Log2 => number::log2,
        Builtin::Log1p => number::log1p,
        Builtin::Exp => number::exp,
        Builtin::Expm1 => number::expm1,
        Builtin::Cbrt => number::cbrt,
        Builtin::Hypot => number::hypot,
        Builtin::IsNan => number::is_nan,
        Builtin::IsInf => number::is_inf,
        Builtin::Pi => number::pi,
        Builtin::Euler => number::euler,
        Builtin::Inf => number::inf,
        Builtin::Nan => number::nan,
        Builtin::IntMin => number::int_min,
        Builtin::IntMax => number::int_max,
        Builtin::IntToFloat => number::int_to_float,
        Builtin::FloatToInt => number::float_to_int,
        Builtin::FloatToStr => text::float_to_str,
        Builtin::StrToFloat => number::str_to_float,
        Builtin::StrToInt => number::str_to_int,
        Builtin::ParseInt => number::parse_int,
        Builtin::ParseFloat => number::parse_float,
        Builtin::IntToHex => number::int_to_hex,
        Builtin::HexToInt => number::hex_to_int,
        Builtin::BitAnd => number::bit_and,
        Builtin::BitOr => number::bit_or,
        Builtin::BitXor => number::bit_xor,
        Builtin::BitNot => number::bit_not,
        Builtin::BitShl => number::bit_shl,
        Builtin::BitShr => number::bit_shr,
        Builtin::Popcount => number::popcount,
        Builtin::Clz => number::clz,
        Builtin::Ctz => number::ctz,
        Builtin::Rotl => number::rotl,
        Builtin::Rotr => number::rotr,
        Builtin::Bswap => number::bswap,
        Builtin::MulHi => number::mul_hi,
        Builtin::AddChecked => number::add_checked,
        Builtin::SubChecked => number::sub_checked,
        Builtin::MulChecked => number::mul_checked,

        Builtin::Rand => random::rand,
        Builtin::RandRange => random::rand_range,
        Builtin::RandSeed => random::rand_seed,
        Builtin::Random => random::random,
        Builtin::RandomInt => random::random_int,
        Builtin::Shuffle => random::shuffle,
        Builtin::RandomSeed => random::random_seed,
        Builtin::RandomBytes => random::random_bytes,

        Builtin::HashSha256 => hash::sha256,
        Builtin::HashMd5 => hash::md5,
        Builtin::Crc32 => hash::crc32,
        Builtin::SecureCompare => hash::secure_compare,
        Builtin::Base64Encode => encode::base64_encode,
        Builtin::Base64Decode => encode::base64_decode,
        Builtin::HexEncode => encode::hex_encode,
        Builtin::HexDecode => encode::hex_decode,
        Builtin::UrlEncode => encode::url_encode,
        Builtin::UrlDecode => encode::url_decode,

        Builtin::FileRead => file::read,
        Builtin::FileWrite => file::write,
        Builtin::FileAppend => file::append,
        Builtin::FileCopy => file::copy,
        Builtin::FileDelete => file::delete,
        Builtin::FileExists => file::exists,
        Builtin::FileSize => file::size,
        Builtin::FileReadBytes => file::read_bytes,
        Builtin::FileWriteBytes => file::write_bytes,
        Builtin::FileWriteInts => file::write_ints,
        Builtin::ReadFile => file::read_or_throw,
        Builtin::WriteFile => file::write_or_throw,
        Builtin::ReadLines => file::read_lines,
        Builtin::ListDir => file::list_dir,
        Builtin::MakeDir => file::make_dir,
        Builtin::Remove => file::remove,
        Builtin::IsDir => file::is_dir,

        Builtin::ClockMs => process::clock_ms,
        Builtin::ClockNs => process::clock_ns,
        Builtin::Time => process::time,
        Builtin::Sleep => process::sleep,
        Builtin::GetEnv => process::getenv,
        Builtin::Argv => process::argv,
        Builtin::Argc => process::argc,
        Builtin::Exit => process::exit,
        Builtin::Cwd => process::cwd,
        Builtin::Hostname => process::hostname,
        Builtin::Pid => process::pid,

        Builtin::ArrayLen => array::len,
        Builtin::ArrayPush => array::array_push,
        Builtin::ArrayPop => array::pop,
        Builtin::ArrayInsert => array::insert,
        Builtin::ArrayRemove => array::remove,
        Builtin::ArrayGetSlice => array::get_slice,
        Builtin::ArraySort => sort::sort,
        Builtin::ArraySortKey => sort::sort_key,
        Builtin::ArraySortBy => sort::sort_by,
        Builtin::Sorted => sort::sorted,
        Builtin::SortedKey => sort::sorted_key,
        Builtin::ArrayReverse => array::reverse,
        Builtin::Reversed => array::reversed,
        Builtin::ArrayConcat => array::concat,
        Builtin::ArrayCopy => array::copy,
        Builtin::ArrayClear => array::clear,
        Builtin::ArrayIndexOf => array::index_of,
        Builtin::ArrayContains => array::contains,
        Builtin::ArrayFilled => array::filled,
        Builtin::ArrayFill => array::array_fill,
        Builtin::ArrayMap => higher_order::map,
        Builtin::ArrayFilter => higher_order::filter,
        Builtin::ArrayFold => higher_order::fold,
        Builtin::ArrayReduce => higher_order::reduce,
        Builtin::ArrayAny => higher_order::any,
        Builtin::ArrayAnyTrue => array::any_true,
        Builtin::ArrayAll => higher_order::all,
        Builtin::ArrayAllTrue => array::all_true,
        Builtin::ArraySumInt => array::sum_int,
        Builtin::ArraySumFloat => array::sum_float,
        Builtin::ArraySumU8 => array::sum_u8,
        Builtin::ArraySumI32 => array::sum_i32,
        Builtin::ArraySumF32 => array::sum_f32,
        Builtin::ArrayCount => higher_order::count,
        Builtin::ArrayCountValue => array::count_value,
        Builtin::ArrayFind => higher_order::find,
        Builtin::ArrayEach => higher_order::each,
        Builtin::ArrayZip => array::zip,
        Builtin::ArrayEnumerate => array::enumerate,
        Builtin::ArrayFlatten => array::flatten,
        Builtin::ArrayFirst => array::first,
        Builtin::ArrayLast => array::last,
        Builtin::ArrayExtend => array::extend,
        Builtin::ArrayResize => array::resize,
        Builtin::ArraySwap => array::swap,
        Builtin::ArrayBinarySearch => array::binary_search,

        Builtin::BytesNew => buffer::new,
        Builtin::BytesLenInts | Builtin::BytesLenU8 => array::len,
        Builtin::BytesGetInts | Builtin::BytesGetU8 => buffer::get,
        Builtin::BytesSetInts | Builtin::BytesSetU8 => buffer::set,
        Builtin::BytesAppendInts | Builtin::BytesAppendU8 => buffer::append,
        Builtin::BytesAppendAllInts | Builtin::BytesAppendAllU8 => array::extend,
        Builtin::BytesWriteU16Ints | Builtin::BytesWriteU16U8 => buffer::write::<2>,
        Builtin::BytesWriteU32Ints | Builtin::BytesWriteU32U8 => buffer::write::<4>,
        Builtin::BytesWriteI64Ints | Builtin::BytesWriteI64U8 => buffer::write::<8>,
        Builtin::BytesReadU16Ints | Builtin::BytesReadU16U8 => buffer::read::<2>,
        Builtin::BytesReadU32Ints | Builtin::BytesReadU32U8 => buffer::read::<4>,
        Builtin::BytesReadI64Ints | Builtin::BytesReadI64U8 => buffer::read::<8>,
        Builtin::IntToBytes => buffer::int_to_bytes,
        Builtin::IntFromBytesInts | Builtin::IntFromBytesU8 => buffer::int_from_bytes,

        Builtin::MapLen => map::len,
        Builtin::MapKeys => map::keys,
        Builtin::MapValues => map::values,
        Builtin::MapItems => map::items,
        Builtin::MapHasKey => map::has_key,
        Builtin::MapRemove => map::remove,
        Builtin::MapGetOr => map::get_or,
        Builtin::MapGetOrInsert => map::get_or_insert,
        Builtin::MapClear => map::clear,
        Builtin::MapCopy => map::copy,
        Builtin::MapUpdate => map::update,

        Builtin::SetNew => set::new,
        Builtin::SetOf => set::of,
        Builtin::SetLen => map::len,
        Builtin::SetContains => set::contains,
        Builtin::SetAdd => set::add,
        Builtin::SetRemove => set::remove,
        Builtin::SetUnion => set::union,
        Builtin::SetIntersect => set::intersect,
        Builtin::SetDifference => set::difference,
        Builtin::SetItems => map::keys,
        Builtin::SetCopy => map::copy,
        Builtin::SetClear => map::clear,

        Builtin::RegexMatch => regex::matches,
        Builtin::RegexSearch => regex::search,
        Builtin::RegexReplace => regex::replace,
        Builtin::RegexSplit => regex::split,
        Builtin::RegexFindAll => regex::find_all,

        Builtin::RegexNew => regex::new,
        Builtin::RegexIsMatch => regex::object_matches,
        Builtin::RegexFind => regex::object_find,
        Builtin::RegexCaptures => regex::object_captures,
        Builtin::RegexReplaceAll => regex::object_replace,
        Builtin::RegexSplitBy => regex::object_split,
        Builtin::RegexFindEvery => regex::object_find_all,

        Builtin::JsonParse => json::parse,
        Builtin::JsonStringify => json_text::stringify,
        Builtin::JsonKind => json::kind,
        Builtin::JsonIsNull => json::is_null,
        Builtin::JsonAsInt => json::as_int,
        Builtin::JsonAsFloat => json::as_float,
        Builtin::JsonAsBool => json::as_bool,
        Builtin::JsonAsStr => json::as_str,
        Builtin::JsonLen => json::len,
        Builtin::JsonItems => json::items,
        Builtin::JsonKeys => json::keys,
        Builtin::JsonHasKey => json::has_key,
        Builtin::JsonGet => json::get,
        Builtin::JsonAt => json::at,
        Builtin::JsonMember => json::member,

        Builtin::ThreadCurrent => thread::current,
        Builtin::ThreadYield => thread::yield_now,
        Builtin::ThreadSleep => process::sleep,
        Builtin::ThreadSpawn | Builtin::ThreadSpawnWith | Builtin::ThreadJoin | Builtin::ThreadDetach => {
            thread::no_threads
        }
        Builtin::MutexNew => thread::mutex_new,
        Builtin::MutexLock => thread::mutex_lock,
        Builtin::MutexTryLock => thread::mutex_trylock,
        Builtin::MutexUnlock => thread::mutex_unlock,
        Builtin::CondNew => thread::condition_new,
        Builtin::CondWait => thread::condition_wait,
        Builtin::CondSignal | Builtin::CondBroadcast => thread::condition_signal,

        Builtin::GcCollect => process::gc_collect,
        Builtin::GcStats => process::gc_stats,
        Builtin::JitStats => jit::stats,
        Builtin::JitTier => jit::tier,
        Builtin::JitCompile => jit::compile,
        Builtin::JitInvalidate => jit::invalidate,

        Builtin::StrSlice => string::slice,
        Builtin::ArraySlice => array::slice,
        Builtin::ArraySliceAssign => array::slice_assign,
        Builtin::ArrayRepeat => array::repeat,
        Builtin::TupleGet => array::tuple_get,
        Builtin::ErrorTrace => text::error_trace,
        Builtin::CallHost => process::call_host,
    }
}
