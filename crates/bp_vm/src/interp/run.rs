//! The interpreter's loop: one arm per instruction, in the order of the instruction table.
//!
//! Locals: `pc`, the instruction being executed; `fp`, its function's registers; `frame`, its frame.
//! Before anything that may collect, throw, call back or look at the stack, `publish!` writes them
//! to the frame. An arm ends by falling out (then `pc` moves to the next instruction) or by
//! `continue` after setting `pc` itself.

use super::arith;
use super::element;
use super::slow;
use super::unchecked::{Callee, Top, enter, opcode};
use crate::heap::Ref;
use crate::native::Thrown;
use crate::object::{array, map, string};
use crate::vm::Vm;
use bp_isa::abi::layout;
use bp_isa::coverage::{self, Event, Tier};
use bp_isa::instr::ops;
use bp_isa::{Opcode, Reg, Trap};

/// Where the destination register stands in a call's first word.
const CALL_DST_SHIFT: u32 = 16;
/// Words of every call instruction.
const CALL_WORDS: usize = ops::Call::WORDS;
const _: () = assert!(ops::CallValue::WORDS == CALL_WORDS && ops::CallVirtual::WORDS == CALL_WORDS);

/// Runs the innermost frame until the frame count is back at `base`.
#[allow(clippy::cognitive_complexity, reason = "one arm per instruction")]
pub(super) fn run(vm: &mut Vm, base: usize) -> Result<u64, Thrown> {
    let mut frame = Top(vm.state.stack.top());
    let base_frame = Top(frame.0.wrapping_sub(vm.state.stack.depth() - base));
    let functions = vm.state.functions.as_mut_ptr();
    let mut pc = frame.pc();
    let mut fp = frame.window();

    macro_rules! publish {
        () => {
            frame.set_pc(pc);
            vm.state.stack.set_top(frame.0);
        };
    }
    // Goes on at the handler of what is pending, or leaves the loop with it.
    macro_rules! unwind {
        ($thrown:expr) => {{
            let thrown: Thrown = $thrown;
            if !vm.unwind(base) {
                return Err(thrown);
            }
            frame = Top(vm.state.stack.top());
            pc = frame.pc();
            fp = frame.window();
            continue;
        }};
    }
    // The value of something that may collect or throw.
    macro_rules! attempt {
        ($result:expr) => {{
            publish!();
            match $result {
                Ok(value) => value,
                Err(thrown) => unwind!(thrown),
            }
        }};
    }
    macro_rules! throw {
        ($trap:ident) => {{
            publish!();
            let thrown = vm.trap(Trap::$trap);
            unwind!(thrown)
        }};
    }
    // Whoever wants attention gets it here: at back edges and function entries.
    macro_rules! poll {
        () => {
            if vm.state.poll.wants_attention() {
                attempt!(vm.attention());
            }
        };
    }
    macro_rules! call {
        ($callee:expr, $window:expr, $closure:expr) => {{
            let (callee, window) = ($callee, $window);
            if callee.is_hot() {
                publish!();
                if vm.is_ready(callee.index()) {
                    let args = vm.state.stack.index_of(window);
                    let word = attempt!(vm.call_compiled(callee.index(), args, $closure));
                    fp.set_if_any(Reg((pc.word() >> CALL_DST_SHIFT) as u16), word);
                    pc = pc.forward(CALL_WORDS);
                    continue;
                }
            }
            frame.set_pc(pc);
            let Some((top, code)) = enter(&vm.state.stack, frame, callee, window) else { throw!(StackOverflow) };
            frame = top;
            pc = code;
            fp = frame.window();
            poll!();
            continue;
        }};
    }
    macro_rules! ret {
        ($word:expr) => {{
            let word: u64 = $word;
            frame = frame.caller();
            if frame == base_frame {
                vm.state.stack.set_top(frame.0);
                return Ok(word);
            }
            pc = frame.pc();
            fp = frame.window();
            let dst = Reg((pc.word() >> CALL_DST_SHIFT) as u16);
            fp.set_if_any(dst, word);
            pc = pc.forward(CALL_WORDS);
            continue;
        }};
    }
    macro_rules! branch {
        ($next:ident, $taken:expr, $target:expr) => {
            if $taken {
                pc = $next.jump($target);
                continue;
            }
        };
    }
    macro_rules! back_edge {
        ($next:ident, $target:expr, $loop_id:expr) => {{
            if frame.count_loop($loop_id) && vm.loop_is_ready(frame.function()) {
                publish!();
                match vm.replace_frame($loop_id) {
                    Ok(word) => ret!(word),
                    Err(thrown) => unwind!(thrown),
                }
            }
            if vm.state.poll.wants_attention() {
                attempt!(vm.attention());
            }
            pc = $next.jump($target);
            continue;
        }};
    }
    // The storage and position of an element: negative indices count from the end.
    macro_rules! element {
        ($array:expr, $index:expr) => {{
            let storage = Ref::from_word(vm.heap.load(fp.reference($array), layout::array::STORAGE));
            let len = vm.heap.load(storage, layout::storage::LEN);
            let mut index = fp.word($index);
            if index >= len {
                index = index.wrapping_add(len);
                if index >= len {
                    publish!();
                    let thrown = vm.trap_index(fp.int($index), len as usize);
                    unwind!(thrown)
                }
            }
            (storage, index as usize)
        }};
    }
    macro_rules! get_word {
        ($dst:expr, $array:expr, $index:expr) => {{
            let (storage, index) = element!($array, $index);
            fp.set($dst, vm.heap.load(storage, layout::storage::ELEMENTS + index));
        }};
    }
    macro_rules! set_word {
        ($array:expr, $index:expr, $src:expr) => {{
            let (storage, index) = element!($array, $index);
            vm.heap.store(storage, layout::storage::ELEMENTS + index, fp.word($src));
        }};
    }
    // Appends where there is room, else grows first.
    macro_rules! push_word {
        ($array:expr, $src:expr, $store:ident, $value:expr) => {{
            let storage = Ref::from_word(vm.heap.load(fp.reference($array), layout::array::STORAGE));
            let len = vm.heap.load(storage, layout::storage::LEN) as usize;
            let storage = if len + layout::storage::ELEMENTS < vm.heap.header(storage).payload_words() {
                storage
            } else {
                attempt!(array::grow(vm, fp.reference($array)));
                Ref::from_word(vm.heap.load(fp.reference($array), layout::array::STORAGE))
            };
            vm.heap.$store(storage, layout::storage::ELEMENTS + len, $value);
            vm.heap.store(storage, layout::storage::LEN, len as u64 + 1);
        }};
    }
    macro_rules! arms {
        ($word:ident, $next:ident; $($op:ident { $($operand:ident),* } => $body:block)*) => {
            match opcode($word) {
                $(Opcode::$op => {
                    let ops::$op { $($operand),* } = ops::$op::decode($word, || pc.second());
                    let $next = pc.forward(ops::$op::WORDS);
                    $body;
                    #[allow(unreachable_code, reason = "instructions that never fall through")]
                    { pc = $next; }
                })*
            }
        };
    }

    loop {
        let word = pc.word();
        if coverage::ON {
            coverage::note(Tier::Interpreter, Event::Ran, opcode(word));
        }
        arms! { word, next;
            // ---- constants and moves
            ConstInt { dst, value } => { fp.set_int(dst, i64::from(value)) }
            ConstWord { dst, bits } => { fp.set(dst, bits) }
            ConstRef { dst, index } => { fp.set(dst, vm.state.constants[index as usize].word()) }
            ConstNull { dst } => { fp.set(dst, 0) }
            MoveAny { dst, src } => { fp.set(dst, fp.word(src)) }
            GetGlobal { dst, slot } => { fp.set(dst, vm.state.word_globals[slot as usize]) }
            SetGlobal { src, slot } => { vm.state.word_globals[slot as usize] = fp.word(src) }
            GetGlobalRef { dst, slot } => { fp.set(dst, vm.state.ref_globals[slot as usize]) }
            SetGlobalRef { src, slot } => { vm.state.ref_globals[slot as usize] = fp.word(src) }

            // ---- int arithmetic
            AddInt { dst, lhs, rhs } => { fp.set_int(dst, fp.int(lhs).wrapping_add(fp.int(rhs))) }
            AddIntImm { dst, lhs, imm } => { fp.set_int(dst, fp.int(lhs).wrapping_add(i64::from(imm))) }
            SubInt { dst, lhs, rhs } => { fp.set_int(dst, fp.int(lhs).wrapping_sub(fp.int(rhs))) }
            MulInt { dst, lhs, rhs } => { fp.set_int(dst, fp.int(lhs).wrapping_mul(fp.int(rhs))) }
            MulIntImm { dst, lhs, imm } => { fp.set_int(dst, fp.int(lhs).wrapping_mul(i64::from(imm))) }
            DivInt { dst, lhs, rhs } => {
                let divisor = fp.int(rhs);
                if divisor == 0 { throw!(ZeroDivision) }
                fp.set_int(dst, fp.int(lhs).wrapping_div(divisor))
            }
            DivIntImm { dst, lhs, imm } => { fp.set_int(dst, fp.int(lhs).wrapping_div(i64::from(imm))) }
            RemInt { dst, lhs, rhs } => {
                let divisor = fp.int(rhs);
                if divisor == 0 { throw!(ZeroDivision) }
                fp.set_int(dst, fp.int(lhs).wrapping_rem(divisor))
            }
            RemIntImm { dst, lhs, imm } => { fp.set_int(dst, fp.int(lhs).wrapping_rem(i64::from(imm))) }
            FloorDivInt { dst, lhs, rhs } => {
                let divisor = fp.int(rhs);
                if divisor == 0 { throw!(ZeroDivision) }
                fp.set_int(dst, arith::floor_div(fp.int(lhs), divisor))
            }
            PowInt { dst, lhs, rhs } => {
                let exponent = fp.int(rhs);
                if exponent < 0 { throw!(NegativeExponent) }
                fp.set_int(dst, arith::pow(fp.int(lhs), exponent as u64))
            }
            NegInt { dst, src } => { fp.set_int(dst, fp.int(src).wrapping_neg()) }
            NotInt { dst, src } => { fp.set_int(dst, !fp.int(src)) }
            AndInt { dst, lhs, rhs } => { fp.set(dst, fp.word(lhs) & fp.word(rhs)) }
            AndIntImm { dst, lhs, imm } => { fp.set_int(dst, fp.int(lhs) & i64::from(imm)) }
            OrInt { dst, lhs, rhs } => { fp.set(dst, fp.word(lhs) | fp.word(rhs)) }
            XorInt { dst, lhs, rhs } => { fp.set(dst, fp.word(lhs) ^ fp.word(rhs)) }
            ShlInt { dst, lhs, rhs } => { fp.set_int(dst, fp.int(lhs).wrapping_shl(fp.word(rhs) as u32)) }
            ShlIntImm { dst, lhs, imm } => { fp.set_int(dst, fp.int(lhs).wrapping_shl(imm as u32)) }
            ShrInt { dst, lhs, rhs } => { fp.set_int(dst, fp.int(lhs).wrapping_shr(fp.word(rhs) as u32)) }
            ShrIntImm { dst, lhs, imm } => { fp.set_int(dst, fp.int(lhs).wrapping_shr(imm as u32)) }
            UshrInt { dst, lhs, rhs } => { fp.set(dst, fp.word(lhs).wrapping_shr(fp.word(rhs) as u32)) }
            AbsInt { dst, src } => { fp.set_int(dst, fp.int(src).wrapping_abs()) }
            MinInt { dst, lhs, rhs } => { fp.set_int(dst, fp.int(lhs).min(fp.int(rhs))) }
            MaxInt { dst, lhs, rhs } => { fp.set_int(dst, fp.int(lhs).max(fp.int(rhs))) }
            PopcountInt { dst, src } => { fp.set(dst, u64::from(fp.word(src).count_ones())) }
            ClzInt { dst, src } => { fp.set(dst, u64::from(fp.word(src).leading_zeros())) }
            CtzInt { dst, src } => { fp.set(dst, u64::from(fp.word(src).trailing_zeros())) }
            RotlInt { dst, lhs, rhs } => { fp.set(dst, fp.word(lhs).rotate_left(fp.word(rhs) as u32 & 63)) }
            RotrInt { dst, lhs, rhs } => { fp.set(dst, fp.word(lhs).rotate_right(fp.word(rhs) as u32 & 63)) }
            BswapInt { dst, src } => { fp.set(dst, fp.word(src).swap_bytes()) }
            MulHiInt { dst, lhs, rhs } => { fp.set_int(dst, arith::mul_high(fp.int(lhs), fp.int(rhs))) }
            AddCheckedInt { dst, lhs, rhs } => {
                let Some(sum) = fp.int(lhs).checked_add(fp.int(rhs)) else { throw!(Overflow) };
                fp.set_int(dst, sum)
            }
            SubCheckedInt { dst, lhs, rhs } => {
                let Some(difference) = fp.int(lhs).checked_sub(fp.int(rhs)) else { throw!(Overflow) };
                fp.set_int(dst, difference)
            }
            MulCheckedInt { dst, lhs, rhs } => {
                let Some(product) = fp.int(lhs).checked_mul(fp.int(rhs)) else { throw!(Overflow) };
                fp.set_int(dst, product)
            }

            // ---- float arithmetic
            AddFloat { dst, lhs, rhs } => { fp.set_float(dst, fp.float(lhs) + fp.float(rhs)) }
            SubFloat { dst, lhs, rhs } => { fp.set_float(dst, fp.float(lhs) - fp.float(rhs)) }
            MulFloat { dst, lhs, rhs } => { fp.set_float(dst, fp.float(lhs) * fp.float(rhs)) }
            DivFloat { dst, lhs, rhs } => { fp.set_float(dst, fp.float(lhs) / fp.float(rhs)) }
            RemFloat { dst, lhs, rhs } => { fp.set_float(dst, fp.float(lhs) % fp.float(rhs)) }
            FloorDivFloat { dst, lhs, rhs } => { fp.set_float(dst, (fp.float(lhs) / fp.float(rhs)).floor()) }
            PowFloat { dst, lhs, rhs } => { fp.set_float(dst, fp.float(lhs).powf(fp.float(rhs))) }
            NegFloat { dst, src } => { fp.set_float(dst, -fp.float(src)) }
            AbsFloat { dst, src } => { fp.set_float(dst, fp.float(src).abs()) }
            SqrtFloat { dst, src } => { fp.set_float(dst, fp.float(src).sqrt()) }
            FloorFloat { dst, src } => { fp.set_float(dst, fp.float(src).floor()) }
            CeilFloat { dst, src } => { fp.set_float(dst, fp.float(src).ceil()) }
            TruncFloat { dst, src } => { fp.set_float(dst, fp.float(src).trunc()) }
            RoundFloat { dst, src } => { fp.set_float(dst, fp.float(src).round()) }
            MinFloat { dst, lhs, rhs } => { fp.set_float(dst, arith::min_float(fp.float(lhs), fp.float(rhs))) }
            MaxFloat { dst, lhs, rhs } => { fp.set_float(dst, arith::max_float(fp.float(lhs), fp.float(rhs))) }

            // ---- conversions
            IntToFloat { dst, src } => { fp.set_float(dst, fp.int(src) as f64) }
            FloatToInt { dst, src } => {
                let Some(value) = arith::float_to_int(fp.float(src)) else { throw!(FloatToInt) };
                fp.set_int(dst, value)
            }
            FloatToIntRaw { dst, src } => { fp.set_int(dst, arith::float_to_int(fp.float(src)).unwrap_or(i64::MIN)) }

            // ---- comparisons into a bool
            EqInt { dst, lhs, rhs } => { fp.set_bool(dst, fp.word(lhs) == fp.word(rhs)) }
            NeInt { dst, lhs, rhs } => { fp.set_bool(dst, fp.word(lhs) != fp.word(rhs)) }
            LtInt { dst, lhs, rhs } => { fp.set_bool(dst, fp.int(lhs) < fp.int(rhs)) }
            LeInt { dst, lhs, rhs } => { fp.set_bool(dst, fp.int(lhs) <= fp.int(rhs)) }
            EqFloat { dst, lhs, rhs } => { fp.set_bool(dst, fp.float(lhs) == fp.float(rhs)) }
            NeFloat { dst, lhs, rhs } => { fp.set_bool(dst, fp.float(lhs) != fp.float(rhs)) }
            LtFloat { dst, lhs, rhs } => { fp.set_bool(dst, fp.float(lhs) < fp.float(rhs)) }
            LeFloat { dst, lhs, rhs } => { fp.set_bool(dst, fp.float(lhs) <= fp.float(rhs)) }
            EqRef { dst, lhs, rhs } => { fp.set_bool(dst, fp.word(lhs) == fp.word(rhs)) }
            EqStr { dst, lhs, rhs } => { fp.set_bool(dst, string::equal(&vm.heap, fp.reference(lhs), fp.reference(rhs))) }
            EqValue { dst, lhs, rhs, ty } => {
                let equal = attempt!(vm.eq_value(fp.word(lhs), fp.word(rhs), ty));
                fp.set_bool(dst, equal)
            }
            CompareValue { dst, lhs, rhs, ty } => {
                let order = attempt!(vm.compare_value(fp.word(lhs), fp.word(rhs), ty));
                fp.set_int(dst, order)
            }
            NotBool { dst, src } => { fp.set(dst, fp.word(src) ^ 1) }

            // ---- branches
            Jump { target } => { branch!(next, true, target) }
            JumpLoop { target, loop_id } => { back_edge!(next, target, loop_id) }
            BrTrue { cond, target } => { branch!(next, fp.word(cond) != 0, target) }
            BrFalse { cond, target } => { branch!(next, fp.word(cond) == 0, target) }
            BrEqInt { lhs, rhs, target } => { branch!(next, fp.word(lhs) == fp.word(rhs), target) }
            BrNeInt { lhs, rhs, target } => { branch!(next, fp.word(lhs) != fp.word(rhs), target) }
            BrLtInt { lhs, rhs, target } => { branch!(next, fp.int(lhs) < fp.int(rhs), target) }
            BrLeInt { lhs, rhs, target } => { branch!(next, fp.int(lhs) <= fp.int(rhs), target) }
            BrEqIntImm { lhs, imm, target } => { branch!(next, fp.int(lhs) == i64::from(imm), target) }
            BrNeIntImm { lhs, imm, target } => { branch!(next, fp.int(lhs) != i64::from(imm), target) }
            BrLtIntImm { lhs, imm, target } => { branch!(next, fp.int(lhs) < i64::from(imm), target) }
            BrLeIntImm { lhs, imm, target } => { branch!(next, fp.int(lhs) <= i64::from(imm), target) }
            BrGtIntImm { lhs, imm, target } => { branch!(next, fp.int(lhs) > i64::from(imm), target) }
            BrGeIntImm { lhs, imm, target } => { branch!(next, fp.int(lhs) >= i64::from(imm), target) }
            BrEqFloat { lhs, rhs, target } => { branch!(next, fp.float(lhs) == fp.float(rhs), target) }
            BrNeFloat { lhs, rhs, target } => { branch!(next, fp.float(lhs) != fp.float(rhs), target) }
            BrLtFloat { lhs, rhs, target } => { branch!(next, fp.float(lhs) < fp.float(rhs), target) }
            BrLeFloat { lhs, rhs, target } => { branch!(next, fp.float(lhs) <= fp.float(rhs), target) }
            BrNltFloat { lhs, rhs, target } => {
                let less = fp.float(lhs) < fp.float(rhs);
                branch!(next, !less, target)
            }
            BrNleFloat { lhs, rhs, target } => {
                let at_most = fp.float(lhs) <= fp.float(rhs);
                branch!(next, !at_most, target)
            }
            BrNull { src, target } => { branch!(next, fp.word(src) == 0, target) }
            BrNotNull { src, target } => { branch!(next, fp.word(src) != 0, target) }
            LoopUp { index, limit, step, target, loop_id } => {
                let (at, step) = (fp.int(index), i64::from(step));
                if (fp.int(limit).wrapping_sub(at) as u64) > step as u64 {
                    fp.set_int(index, at + step);
                    back_edge!(next, target, loop_id)
                }
            }
            LoopStep { index, limit, step, target, loop_id } => {
                let (at, step) = (fp.int(index), fp.int(step));
                if arith::loop_goes_on(at, fp.int(limit), step) {
                    fp.set_int(index, at + step);
                    back_edge!(next, target, loop_id)
                }
            }

            // ---- calls
            Call { dst, args, count, function } => {
                let _ = (dst, count, next);
                call!(Callee::new(functions, function), fp.at(args), 0)
            }
            CallValue { dst, args, count, closure } => {
                let _ = (dst, count, next);
                let object = fp.reference(closure);
                let callee = Callee::new(functions, vm.heap.load(object, layout::closure::FUNCTION) as u32);
                let window = fp.at(args);
                if let Some(register) = callee.closure_register() {
                    super::unchecked::Window(window).set(register, object.word());
                }
                call!(callee, window, object.word())
            }
            CallVirtual { dst, args, count, slot } => {
                let _ = (dst, count, next);
                let class = vm.heap.header(fp.reference(args)).ty();
                let function = slow::virtual_target(vm, class, slot);
                call!(Callee::new(functions, function), fp.at(args), 0)
            }
            CallBuiltin { dst, args, count, builtin } => {
                let first = vm.state.stack.index_of(fp.at(args));
                let word = attempt!(vm.call_builtin(builtin, first, usize::from(count)));
                fp.set_if_any(dst, word)
            }
            Ret { src } => {
                let _ = next;
                ret!(fp.word(src))
            }
            RetVoid {} => {
                let _ = next;
                ret!(0)
            }

            // ---- exceptions
            Throw { src } => {
                let _ = next;
                publish!();
                let thrown = vm.throw_object(fp.reference(src));
                unwind!(thrown)
            }
            Rethrow { src } => {
                let _ = next;
                publish!();
                let thrown = vm.rethrow(fp.reference(src));
                unwind!(thrown)
            }
            TrapNow { trap } => {
                let _ = next;
                publish!();
                let thrown = vm.trap(Trap::from_number(trap).expect("verified"));
                unwind!(thrown)
            }

            // ---- records, tuples, cells, closures
            NewRecord { dst, args, count, ty } => {
                let header = vm.state.types.header(ty);
                let object = match vm.alloc_fast(header) {
                    Some(object) => object,
                    None => attempt!(vm.alloc_slow(header)),
                };
                for field in 0..count {
                    vm.heap.store(object, usize::from(field), fp.word(Reg(args.0 + field)));
                }
                fp.set(dst, object.word())
            }
            GetFieldInt { dst, object, field } => { fp.set(dst, vm.heap.load(fp.reference(object), usize::from(field))) }
            GetFieldFloat { dst, object, field } => { fp.set(dst, vm.heap.load(fp.reference(object), usize::from(field))) }
            GetFieldRef { dst, object, field } => { fp.set(dst, vm.heap.load(fp.reference(object), usize::from(field))) }
            SetFieldInt { object, field, src } => { vm.heap.store(fp.reference(object), usize::from(field), fp.word(src)) }
            SetFieldFloat { object, field, src } => { vm.heap.store(fp.reference(object), usize::from(field), fp.word(src)) }
            SetFieldRef { object, field, src } => {
                vm.heap.store_ref(fp.reference(object), usize::from(field), fp.reference(src))
            }
            IsClass { dst, object, ty } => {
                let object = fp.reference(object);
                let is = !object.is_null() && vm.state.types.is_subclass(vm.heap.header(object).ty(), ty);
                fp.set_bool(dst, is)
            }
            NewClosure { dst, args, count, function } => {
                let object = attempt!(slow::new_closure(vm, function, usize::from(count)));
                for captured in 0..count {
                    let word = fp.word(Reg(args.0 + captured));
                    vm.heap.store(object, layout::closure::CAPTURED + usize::from(captured), word);
                }
                fp.set(dst, object.word())
            }

            // ---- arrays
            NewArray { dst, capacity, ty } => {
                let made = attempt!(array::new(vm, ty, capacity as usize));
                fp.set(dst, made.word())
            }
            ArrayLen { dst, array } => {
                let storage = Ref::from_word(vm.heap.load(fp.reference(array), layout::array::STORAGE));
                fp.set(dst, vm.heap.load(storage, layout::storage::LEN))
            }
            ArrayGetInt { dst, array, index } => { get_word!(dst, array, index) }
            ArrayGetFloat { dst, array, index } => { get_word!(dst, array, index) }
            ArrayGetRef { dst, array, index } => { get_word!(dst, array, index) }
            ArrayGetByte { dst, array, index } => {
                let (storage, index) = element!(array, index);
                fp.set(dst, u64::from(element::byte(&vm.heap, storage, index)))
            }
            ArrayGetI32 { dst, array, index } => {
                let (storage, index) = element!(array, index);
                fp.set_int(dst, i64::from(element::half(&vm.heap, storage, index) as i32))
            }
            ArrayGetF32 { dst, array, index } => {
                let (storage, index) = element!(array, index);
                fp.set_float(dst, f64::from(f32::from_bits(element::half(&vm.heap, storage, index))))
            }
            ArraySetInt { array, index, src } => { set_word!(array, index, src) }
            ArraySetFloat { array, index, src } => { set_word!(array, index, src) }
            ArraySetRef { array, index, src } => {
                let (storage, index) = element!(array, index);
                vm.heap.store_ref(storage, layout::storage::ELEMENTS + index, fp.reference(src))
            }
            ArraySetByte { array, index, src } => {
                let (storage, index) = element!(array, index);
                element::set_byte(&mut vm.heap, storage, index, fp.word(src) as u8)
            }
            ArraySetI32 { array, index, src } => {
                let (storage, index) = element!(array, index);
                element::set_half(&mut vm.heap, storage, index, fp.word(src) as u32)
            }
            ArraySetF32 { array, index, src } => {
                let (storage, index) = element!(array, index);
                let bits = (fp.float(src) as f32).to_bits();
                element::set_half(&mut vm.heap, storage, index, bits)
            }
            ArrayPushInt { array, src } => { push_word!(array, src, store, fp.word(src)) }
            ArrayPushFloat { array, src } => { push_word!(array, src, store, fp.word(src)) }
            ArrayPushRef { array, src } => { push_word!(array, src, store_ref, fp.reference(src)) }
            ArrayPushByte { array, src } => { attempt!(array::push_byte(vm, fp.reference(array), fp.word(src) as u8)) }
            ArrayPushI32 { array, src } => { attempt!(array::push_half(vm, fp.reference(array), fp.word(src) as u32)) }
            ArrayPushF32 { array, src } => {
                attempt!(array::push_half(vm, fp.reference(array), (fp.float(src) as f32).to_bits()))
            }
            ArrayPop { dst, array } => {
                let Some(word) = array::pop(vm, fp.reference(array)) else { throw!(EmptyPop) };
                fp.set(dst, word)
            }
            ArrayNext { dst, array, index, target } => {
                let at = fp.int(index) + 1;
                fp.set_int(index, at);
                let array = fp.reference(array);
                let Some(word) = array::element_at(vm, array, at as u64) else {
                    pc = next.jump(target);
                    continue;
                };
                fp.set(dst, word)
            }

            // ---- strings
            StrLen { dst, string } => { fp.set(dst, vm.heap.load(fp.reference(string), layout::string::LEN)) }
            StrByte { dst, string, index } => {
                let Some(byte) = string::byte_at(&vm.heap, fp.reference(string), fp.int(index)) else {
                    publish!();
                    let thrown = slow::string_index(vm, fp.reference(string), fp.int(index));
                    unwind!(thrown)
                };
                fp.set(dst, u64::from(byte))
            }
            StrIndex { dst, string, index } => {
                let Some(byte) = string::byte_at(&vm.heap, fp.reference(string), fp.int(index)) else {
                    publish!();
                    let thrown = slow::string_index(vm, fp.reference(string), fp.int(index));
                    unwind!(thrown)
                };
                fp.set(dst, vm.state.byte_strings[usize::from(byte)].word())
            }
            StrNext { dst, string, index, target } => {
                let at = fp.int(index) + 1;
                fp.set_int(index, at);
                let string = fp.reference(string);
                if at as u64 >= vm.heap.load(string, layout::string::LEN) {
                    pc = next.jump(target);
                    continue;
                }
                let byte = string::byte_at(&vm.heap, string, at).expect("below the length");
                fp.set(dst, vm.state.byte_strings[usize::from(byte)].word())
            }
            StrConcat { dst, lhs, rhs } => {
                let made = attempt!(string::concat(vm, fp.reference(lhs), fp.reference(rhs)));
                fp.set(dst, made.word())
            }
            StrConcatAll { dst, args, count } => {
                let first = vm.state.stack.index_of(fp.at(args));
                let made = attempt!(string::concat_all(vm, first, usize::from(count)));
                fp.set(dst, made.word())
            }
            ToStr { dst, src, ty } => {
                let made = attempt!(vm.text(fp.word(src), ty, false));
                fp.set(dst, made.word())
            }

            // ---- maps and sets
            NewMap { dst, ty } => {
                let made = attempt!(map::new(vm, ty));
                fp.set(dst, made.word())
            }
            MapGetInt { dst, map, key } => {
                let map = fp.reference(map);
                let Some(entry) = map::find_int(&vm.heap, map, fp.word(key)) else {
                    publish!();
                    let thrown = slow::missing_key(vm, map, fp.word(key));
                    unwind!(thrown)
                };
                fp.set(dst, map::entry_value(&vm.heap, map, entry))
            }
            MapGetStr { dst, map, key } => {
                let map = fp.reference(map);
                let Some(entry) = map::find_str(vm, map, fp.reference(key)) else {
                    publish!();
                    let thrown = slow::missing_key(vm, map, fp.word(key));
                    unwind!(thrown)
                };
                fp.set(dst, map::entry_value(&vm.heap, map, entry))
            }
            MapGetAny { dst, map, key } => {
                let map = fp.reference(map);
                let Some(entry) = map::find_any(vm, map, fp.word(key)) else {
                    publish!();
                    let thrown = slow::missing_key(vm, map, fp.word(key));
                    unwind!(thrown)
                };
                fp.set(dst, map::entry_value(&vm.heap, map, entry))
            }
            MapSetInt { map, key, src } => {
                attempt!(map::insert_int(vm, fp.reference(map), fp.word(key), fp.word(src)))
            }
            MapSetStr { map, key, src } => {
                attempt!(map::insert_str(vm, fp.reference(map), fp.reference(key), fp.word(src)))
            }
            MapSetAny { map, key, src } => {
                attempt!(map::insert_any(vm, fp.reference(map), fp.word(key), fp.word(src)))
            }
            MapHasInt { dst, map, key } => {
                let found = map::find_int(&vm.heap, fp.reference(map), fp.word(key));
                fp.set_bool(dst, found.is_some())
            }
            MapHasStr { dst, map, key } => {
                let found = map::find_str(vm, fp.reference(map), fp.reference(key));
                fp.set_bool(dst, found.is_some())
            }
            MapHasAny { dst, map, key } => {
                let found = map::find_any(vm, fp.reference(map), fp.word(key));
                fp.set_bool(dst, found.is_some())
            }
            MapLen { dst, map } => { fp.set(dst, vm.heap.load(fp.reference(map), layout::map::LIVE)) }
            MapIter { state, map } => { fp.set(state, vm.heap.load(fp.reference(map), layout::map::CHANGES)) }
            MapNext { index, map, state, target } => {
                let map = fp.reference(map);
                if vm.heap.load(map, layout::map::CHANGES) != fp.word(state) { throw!(MapChanged) }
                match map::next_entry(&vm.heap, map, (fp.int(index) + 1) as usize) {
                    Some(entry) => fp.set(index, entry as u64),
                    None => {
                        pc = next.jump(target);
                        continue;
                    }
                }
            }
            MapEntryKey { dst, map, index } => {
                fp.set(dst, map::entry_key(&vm.heap, fp.reference(map), fp.word(index) as usize))
            }
            MapEntryValue { dst, map, index } => {
                fp.set(dst, map::entry_value(&vm.heap, fp.reference(map), fp.word(index) as usize))
            }
        }
    }
}
