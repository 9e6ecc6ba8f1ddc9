//! The instruction table: one row per instruction, from which everything else is generated.
//!
//! A row is `name = Variant(operand: Kind, …) Effect, …;` and its doc comment is the specification.
//! Operand kinds are listed in [`crate::operand`]. `Pure`: result depends on operands only.
//! `Reads`/`Writes`: the heap or globals. `Allocates`: may collect (a safepoint). `Throws`: may
//! leave for a handler. `Calls`: runs code of the program or of the library. `Branch`: has a target.
//! `Ends`: never falls through to the next instruction.
//!
//! Integer instructions work on 64-bit two's complement and wrap. "Array index" operands count
//! from the end when negative; the check `index < len` is one unsigned comparison on the fast path.

/// Calls `$with!` with every row.
#[macro_export]
macro_rules! for_each_op {
    ($with:ident) => {
        $with! {
            // ---- constants and moves
            /// `dst = value`, sign-extended.
            const_int = ConstInt(dst: OutInt, value: Imm32) Pure;
            /// `dst = bits`: an int or a float as its bit pattern.
            const_word = ConstWord(dst: OutWord, bits: Imm64) Pure;
            /// `dst = ` constant number `index` of the program: an immortal object.
            const_ref = ConstRef(dst: OutRef, index: ConstId) Pure;
            /// `dst = null`.
            const_null = ConstNull(dst: OutRef) Pure;
            /// `dst = src`, both of one kind.
            move_any = MoveAny(dst: OutAny, src: InAny) Pure;
            /// `dst = ` word global `slot`.
            get_global = GetGlobal(dst: OutWord, slot: GlobalSlot) Reads;
            /// Word global `slot = src`.
            set_global = SetGlobal(src: InWord, slot: GlobalSlot) Writes;
            /// `dst = ` reference global `slot`.
            get_global_ref = GetGlobalRef(dst: OutRef, slot: GlobalSlot) Reads;
            /// Reference global `slot = src`.
            set_global_ref = SetGlobalRef(src: InRef, slot: GlobalSlot) Writes;

            // ---- int arithmetic
            /// `dst = lhs + rhs`, modulo 2^64.
            add_int = AddInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs + imm`, modulo 2^64.
            add_int_imm = AddIntImm(dst: OutInt, lhs: InInt, imm: Imm16) Pure;
            /// `dst = lhs - rhs`, modulo 2^64.
            sub_int = SubInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs * rhs`, modulo 2^64.
            mul_int = MulInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs * imm`, modulo 2^64.
            mul_int_imm = MulIntImm(dst: OutInt, lhs: InInt, imm: Imm16) Pure;
            /// `dst = lhs / rhs`, toward zero; `MIN / -1` is `MIN`. Throws `ZeroDivisionError`.
            div_int = DivInt(dst: OutInt, lhs: InInt, rhs: InInt) Throws;
            /// `dst = lhs / imm`, toward zero; `imm` is neither 0 nor -1.
            div_int_imm = DivIntImm(dst: OutInt, lhs: InInt, imm: Imm16) Pure;
            /// `dst = lhs - (lhs / rhs) * rhs`: the sign of `lhs`; `MIN % -1` is 0. Throws `ZeroDivisionError`.
            rem_int = RemInt(dst: OutInt, lhs: InInt, rhs: InInt) Throws;
            /// `dst = lhs % imm`; `imm` is neither 0 nor -1.
            rem_int_imm = RemIntImm(dst: OutInt, lhs: InInt, imm: Imm16) Pure;
            /// `dst = floor(lhs / rhs)`; `MIN // -1` is `MIN`. Throws `ZeroDivisionError`.
            floordiv_int = FloorDivInt(dst: OutInt, lhs: InInt, rhs: InInt) Throws;
            /// `dst = lhs ** rhs`, exact modulo 2^64. Throws `ValueError` when `rhs < 0`.
            pow_int = PowInt(dst: OutInt, lhs: InInt, rhs: InInt) Throws;
            /// `dst = -src`, modulo 2^64.
            neg_int = NegInt(dst: OutInt, src: InInt) Pure;
            /// `dst = ~src`.
            not_int = NotInt(dst: OutInt, src: InInt) Pure;
            /// `dst = lhs & rhs`.
            and_int = AndInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs & imm`, the immediate sign-extended.
            and_int_imm = AndIntImm(dst: OutInt, lhs: InInt, imm: Imm16) Pure;
            /// `dst = lhs | rhs`.
            or_int = OrInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs ^ rhs`.
            xor_int = XorInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs << (rhs mod 64)`.
            shl_int = ShlInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs << imm`, 0 ≤ imm < 64.
            shl_int_imm = ShlIntImm(dst: OutInt, lhs: InInt, imm: Imm16) Pure;
            /// `dst = lhs >> (rhs mod 64)`, arithmetic.
            shr_int = ShrInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs >> imm`, arithmetic, 0 ≤ imm < 64.
            shr_int_imm = ShrIntImm(dst: OutInt, lhs: InInt, imm: Imm16) Pure;
            /// `dst = lhs >>> (rhs mod 64)`, logical.
            ushr_int = UshrInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = |src|`; `|MIN|` is `MIN`.
            abs_int = AbsInt(dst: OutInt, src: InInt) Pure;
            /// `dst = min(lhs, rhs)`.
            min_int = MinInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = max(lhs, rhs)`.
            max_int = MaxInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = ` number of one bits.
            popcount_int = PopcountInt(dst: OutInt, src: InInt) Pure;
            /// `dst = ` number of leading zero bits, 64 for 0.
            clz_int = ClzInt(dst: OutInt, src: InInt) Pure;
            /// `dst = ` number of trailing zero bits, 64 for 0.
            ctz_int = CtzInt(dst: OutInt, src: InInt) Pure;
            /// `dst = lhs` rotated left by `rhs mod 64`.
            rotl_int = RotlInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs` rotated right by `rhs mod 64`.
            rotr_int = RotrInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = src` with its eight bytes reversed.
            bswap_int = BswapInt(dst: OutInt, src: InInt) Pure;
            /// `dst = ` the high 64 bits of the signed 128-bit product.
            mul_hi_int = MulHiInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs + rhs`. Throws `OverflowError` when it does not fit.
            add_checked_int = AddCheckedInt(dst: OutInt, lhs: InInt, rhs: InInt) Throws;
            /// `dst = lhs - rhs`. Throws `OverflowError` when it does not fit.
            sub_checked_int = SubCheckedInt(dst: OutInt, lhs: InInt, rhs: InInt) Throws;
            /// `dst = lhs * rhs`. Throws `OverflowError` when it does not fit.
            mul_checked_int = MulCheckedInt(dst: OutInt, lhs: InInt, rhs: InInt) Throws;

            // ---- float arithmetic
            /// `dst = lhs + rhs`.
            add_float = AddFloat(dst: OutFloat, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = lhs - rhs`.
            sub_float = SubFloat(dst: OutFloat, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = lhs * rhs`.
            mul_float = MulFloat(dst: OutFloat, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = lhs / rhs`, by zero inf or nan.
            div_float = DivFloat(dst: OutFloat, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = fmod(lhs, rhs)`.
            rem_float = RemFloat(dst: OutFloat, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = floor(lhs / rhs)`.
            floordiv_float = FloorDivFloat(dst: OutFloat, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = pow(lhs, rhs)`.
            pow_float = PowFloat(dst: OutFloat, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = -src`.
            neg_float = NegFloat(dst: OutFloat, src: InFloat) Pure;
            /// `dst = |src|`.
            abs_float = AbsFloat(dst: OutFloat, src: InFloat) Pure;
            /// `dst = ` square root, nan below zero.
            sqrt_float = SqrtFloat(dst: OutFloat, src: InFloat) Pure;
            /// `dst = ` the largest whole number not above `src`.
            floor_float = FloorFloat(dst: OutFloat, src: InFloat) Pure;
            /// `dst = ` the smallest whole number not below `src`.
            ceil_float = CeilFloat(dst: OutFloat, src: InFloat) Pure;
            /// `dst = src` without its fraction.
            trunc_float = TruncFloat(dst: OutFloat, src: InFloat) Pure;
            /// `dst = src` rounded, halves away from zero.
            round_float = RoundFloat(dst: OutFloat, src: InFloat) Pure;
            /// `dst = lhs if lhs < rhs or rhs is nan, else rhs`.
            min_float = MinFloat(dst: OutFloat, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = lhs if lhs > rhs or rhs is nan, else rhs`.
            max_float = MaxFloat(dst: OutFloat, lhs: InFloat, rhs: InFloat) Pure;

            // ---- conversions
            /// `dst = src` as the nearest float.
            int_to_float = IntToFloat(dst: OutFloat, src: InInt) Pure;
            /// `dst = src` without its fraction. Throws `ValueError` on nan and outside the int range.
            float_to_int = FloatToInt(dst: OutInt, src: InFloat) Throws;
            /// `dst = src` without its fraction, `MIN` for nan and outside the int range.
            float_to_int_raw = FloatToIntRaw(dst: OutInt, src: InFloat) Pure;

            // ---- comparisons into a bool
            /// `dst = lhs == rhs`.
            eq_int = EqInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs != rhs`.
            ne_int = NeInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs < rhs`, signed.
            lt_int = LtInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs <= rhs`, signed.
            le_int = LeInt(dst: OutInt, lhs: InInt, rhs: InInt) Pure;
            /// `dst = lhs == rhs`; false for nan.
            eq_float = EqFloat(dst: OutInt, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = lhs != rhs`; true for nan.
            ne_float = NeFloat(dst: OutInt, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = lhs < rhs`; false for nan.
            lt_float = LtFloat(dst: OutInt, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = lhs <= rhs`; false for nan.
            le_float = LeFloat(dst: OutInt, lhs: InFloat, rhs: InFloat) Pure;
            /// `dst = ` whether both are the same object, or both null.
            eq_ref = EqRef(dst: OutInt, lhs: InRef, rhs: InRef) Pure;
            /// `dst = ` whether the strings have equal bytes.
            eq_str = EqStr(dst: OutInt, lhs: InRef, rhs: InRef) Reads;
            /// `dst = ` equality by content of two values of the type. Throws on cycles and from `__eq__`.
            eq_value = EqValue(dst: OutInt, lhs: InAny, rhs: InAny, ty: TypeNum) Reads, Throws, Calls;
            /// `dst = ` -1, 0, 1 as the first is less, equal, greater by the type's order; 2 if unordered (nan). Throws from `__lt__`.
            compare_value = CompareValue(dst: OutInt, lhs: InAny, rhs: InAny, ty: TypeNum) Reads, Throws, Calls;
            /// `dst = 1 - src` of a bool.
            not_bool = NotBool(dst: OutInt, src: InInt) Pure;

            // ---- branches
            /// Jumps to `target`.
            jump = Jump(target: Rel) Branch, Ends;
            /// The back edge of loop number `loop_id`: counts, polls, jumps back to `target`.
            jump_loop = JumpLoop(target: Rel, loop_id: LoopId) Branch, Ends, Allocates, Throws;
            /// Jumps when `cond` is true.
            br_true = BrTrue(cond: InInt, target: Rel) Branch;
            /// Jumps when `cond` is false.
            br_false = BrFalse(cond: InInt, target: Rel) Branch;
            /// Jumps when `lhs == rhs`.
            br_eq_int = BrEqInt(lhs: InInt, rhs: InInt, target: Rel) Branch;
            /// Jumps when `lhs != rhs`.
            br_ne_int = BrNeInt(lhs: InInt, rhs: InInt, target: Rel) Branch;
            /// Jumps when `lhs < rhs`, signed.
            br_lt_int = BrLtInt(lhs: InInt, rhs: InInt, target: Rel) Branch;
            /// Jumps when `lhs <= rhs`, signed.
            br_le_int = BrLeInt(lhs: InInt, rhs: InInt, target: Rel) Branch;
            /// Jumps when `lhs == imm`.
            br_eq_int_imm = BrEqIntImm(lhs: InInt, imm: Imm16, target: Rel) Branch;
            /// Jumps when `lhs != imm`.
            br_ne_int_imm = BrNeIntImm(lhs: InInt, imm: Imm16, target: Rel) Branch;
            /// Jumps when `lhs < imm`, signed.
            br_lt_int_imm = BrLtIntImm(lhs: InInt, imm: Imm16, target: Rel) Branch;
            /// Jumps when `lhs <= imm`, signed.
            br_le_int_imm = BrLeIntImm(lhs: InInt, imm: Imm16, target: Rel) Branch;
            /// Jumps when `lhs > imm`, signed.
            br_gt_int_imm = BrGtIntImm(lhs: InInt, imm: Imm16, target: Rel) Branch;
            /// Jumps when `lhs >= imm`, signed.
            br_ge_int_imm = BrGeIntImm(lhs: InInt, imm: Imm16, target: Rel) Branch;
            /// Jumps when `lhs == rhs`; not for nan.
            br_eq_float = BrEqFloat(lhs: InFloat, rhs: InFloat, target: Rel) Branch;
            /// Jumps when `lhs != rhs`; also for nan.
            br_ne_float = BrNeFloat(lhs: InFloat, rhs: InFloat, target: Rel) Branch;
            /// Jumps when `lhs < rhs`; not for nan.
            br_lt_float = BrLtFloat(lhs: InFloat, rhs: InFloat, target: Rel) Branch;
            /// Jumps when `lhs <= rhs`; not for nan.
            br_le_float = BrLeFloat(lhs: InFloat, rhs: InFloat, target: Rel) Branch;
            /// Jumps unless `lhs < rhs`; also for nan.
            br_nlt_float = BrNltFloat(lhs: InFloat, rhs: InFloat, target: Rel) Branch;
            /// Jumps unless `lhs <= rhs`; also for nan.
            br_nle_float = BrNleFloat(lhs: InFloat, rhs: InFloat, target: Rel) Branch;
            /// Jumps when `src` is null.
            br_null = BrNull(src: InRef, target: Rel) Branch;
            /// Jumps when `src` is not null.
            br_not_null = BrNotNull(src: InRef, target: Rel) Branch;
            /// The end of a counted loop upwards, `index < limit`: if `index + step < limit` adds and
            /// jumps back to `target`. 1 ≤ step. Counts and polls like `jump_loop`.
            loop_up = LoopUp(index: InOutInt, limit: InInt, step: Imm16, target: Rel, loop_id: LoopId) Branch, Allocates, Throws;
            /// The end of a counted loop with any step but 0; `index` is short of `limit` in the
            /// step's direction. If `index + step` still is, adds and jumps back to `target`.
            loop_step = LoopStep(index: InOutInt, limit: InInt, step: InInt, target: Rel, loop_id: LoopId) Branch, Allocates, Throws;

            // ---- calls
            /// `dst = function(args…)`. Registers from `args` on are dead afterwards.
            call = Call(dst: OutAnyOrNone, args: Args, count: Count, function: FuncNum) Reads, Writes, Allocates, Throws, Calls;
            /// `dst = closure(args…)`; the callee gets the closure behind its arguments.
            call_value = CallValue(dst: OutAnyOrNone, args: Args, count: Count, closure: InRefWide) Reads, Writes, Allocates, Throws, Calls;
            /// `dst = method(args…)` by the vtable slot of the first argument's class.
            call_virtual = CallVirtual(dst: OutAnyOrNone, args: Args, count: Count, slot: Imm32) Reads, Writes, Allocates, Throws, Calls;
            /// `dst = builtin(args…)`, hidden type numbers included in `count`.
            call_builtin = CallBuiltin(dst: OutAnyOrNone, args: Args, count: Count, builtin: BuiltinNum) Reads, Writes, Allocates, Throws, Calls;
            /// Returns `src`.
            ret = Ret(src: InAny) Ends;
            /// Returns nothing.
            ret_void = RetVoid() Ends;

            // ---- exceptions
            /// Throws an object of a class derived from `Error`, with a fresh trace.
            throw = Throw(src: InRef) Throws, Ends;
            /// Throws an object that a handler has caught, keeping its trace.
            rethrow = Rethrow(src: InRef) Throws, Ends;
            /// Throws the built-in error of trap number `trap`.
            trap = TrapNow(trap: TrapNum) Throws, Ends;

            // ---- records, tuples, cells, closures
            /// `dst = ` a new object of the type with the fields from `args`.
            new_record = NewRecord(dst: OutRef, args: Args, count: Count, ty: TypeNum) Allocates, Throws;
            /// `dst = ` int field number `field`.
            get_field_int = GetFieldInt(dst: OutInt, object: InRef, field: FieldNum) Reads;
            /// `dst = ` float field number `field`.
            get_field_float = GetFieldFloat(dst: OutFloat, object: InRef, field: FieldNum) Reads;
            /// `dst = ` reference field number `field`.
            get_field_ref = GetFieldRef(dst: OutRef, object: InRef, field: FieldNum) Reads;
            /// Int field number `field = src`.
            set_field_int = SetFieldInt(object: InRef, field: FieldNum, src: InInt) Writes;
            /// Float field number `field = src`.
            set_field_float = SetFieldFloat(object: InRef, field: FieldNum, src: InFloat) Writes;
            /// Reference field number `field = src`, with the write barrier.
            set_field_ref = SetFieldRef(object: InRef, field: FieldNum, src: InRef) Writes;
            /// `dst = ` whether `object` is not null and of the class or a subclass.
            is_class = IsClass(dst: OutInt, object: InRef, ty: TypeNum) Reads;
            /// `dst = ` a closure of the function with the captured values from `args`.
            new_closure = NewClosure(dst: OutRef, args: Args, count: Count, function: FuncNum) Allocates, Throws;

            // ---- arrays
            /// `dst = ` an empty array of the type with room for `capacity` elements.
            new_array = NewArray(dst: OutRef, capacity: Imm16, ty: TypeNum) Allocates, Throws;
            /// `dst = ` number of elements.
            array_len = ArrayLen(dst: OutInt, array: InRef) Reads;
            /// `dst = array[index]`, 8-byte ints. Throws `IndexError`.
            array_get_int = ArrayGetInt(dst: OutInt, array: InRef, index: InInt) Reads, Throws;
            /// `dst = array[index]`, 8-byte floats. Throws `IndexError`.
            array_get_float = ArrayGetFloat(dst: OutFloat, array: InRef, index: InInt) Reads, Throws;
            /// `dst = array[index]`, references. Throws `IndexError`.
            array_get_ref = ArrayGetRef(dst: OutRef, array: InRef, index: InInt) Reads, Throws;
            /// `dst = array[index]`, bytes (bool and u8), zero-extended. Throws `IndexError`.
            array_get_byte = ArrayGetByte(dst: OutInt, array: InRef, index: InInt) Reads, Throws;
            /// `dst = array[index]`, 4-byte ints, sign-extended. Throws `IndexError`.
            array_get_i32 = ArrayGetI32(dst: OutInt, array: InRef, index: InInt) Reads, Throws;
            /// `dst = array[index]`, 4-byte floats, widened. Throws `IndexError`.
            array_get_f32 = ArrayGetF32(dst: OutFloat, array: InRef, index: InInt) Reads, Throws;
            /// `array[index] = src`, 8-byte ints. Throws `IndexError`.
            array_set_int = ArraySetInt(array: InRef, index: InInt, src: InInt) Writes, Throws;
            /// `array[index] = src`, 8-byte floats. Throws `IndexError`.
            array_set_float = ArraySetFloat(array: InRef, index: InInt, src: InFloat) Writes, Throws;
            /// `array[index] = src`, references, with the write barrier. Throws `IndexError`.
            array_set_ref = ArraySetRef(array: InRef, index: InInt, src: InRef) Writes, Throws;
            /// `array[index] = src`, the low byte. Throws `IndexError`.
            array_set_byte = ArraySetByte(array: InRef, index: InInt, src: InInt) Writes, Throws;
            /// `array[index] = src`, the low four bytes. Throws `IndexError`.
            array_set_i32 = ArraySetI32(array: InRef, index: InInt, src: InInt) Writes, Throws;
            /// `array[index] = src`, rounded to f32. Throws `IndexError`.
            array_set_f32 = ArraySetF32(array: InRef, index: InInt, src: InFloat) Writes, Throws;
            /// Appends an 8-byte int.
            array_push_int = ArrayPushInt(array: InRef, src: InInt) Writes, Allocates, Throws;
            /// Appends an 8-byte float.
            array_push_float = ArrayPushFloat(array: InRef, src: InFloat) Writes, Allocates, Throws;
            /// Appends a reference.
            array_push_ref = ArrayPushRef(array: InRef, src: InRef) Writes, Allocates, Throws;
            /// Appends the low byte.
            array_push_byte = ArrayPushByte(array: InRef, src: InInt) Writes, Allocates, Throws;
            /// Appends the low four bytes.
            array_push_i32 = ArrayPushI32(array: InRef, src: InInt) Writes, Allocates, Throws;
            /// Appends a float rounded to f32.
            array_push_f32 = ArrayPushF32(array: InRef, src: InFloat) Writes, Allocates, Throws;
            /// `dst = ` the last element, which is removed; any element kind. Throws `IndexError` when empty.
            array_pop = ArrayPop(dst: OutAny, array: InRef) Writes, Throws;
            /// One step of iteration: `index += 1`; jumps to `target` when that is not below the length,
            /// else `dst = array[index]`, any element kind. `index` starts at -1.
            array_next = ArrayNext(dst: OutAny, array: InRef, index: InOutInt, target: Rel) Reads, Branch;

            // ---- strings
            /// `dst = ` number of bytes.
            str_len = StrLen(dst: OutInt, string: InRef) Reads;
            /// `dst = ` byte number `index`, 0–255. Throws `IndexError`.
            str_byte = StrByte(dst: OutInt, string: InRef, index: InInt) Reads, Throws;
            /// `dst = ` the one-byte string at `index`. Throws `IndexError`.
            str_index = StrIndex(dst: OutRef, string: InRef, index: InInt) Reads, Throws;
            /// One step of iteration over one-byte strings, like `array_next`.
            str_next = StrNext(dst: OutRef, string: InRef, index: InOutInt, target: Rel) Reads, Branch;
            /// `dst = lhs` followed by `rhs`; amortised linear when repeated on its own result.
            str_concat = StrConcat(dst: OutRef, lhs: InRef, rhs: InRef) Reads, Allocates, Throws;
            /// `dst = ` the strings from `args` joined.
            str_concat_all = StrConcatAll(dst: OutRef, args: Args, count: Count) Reads, Allocates, Throws;
            /// `dst = ` the text of a value of the type. Throws from `__str__`.
            to_str = ToStr(dst: OutRef, src: InAny, ty: TypeNum) Reads, Allocates, Throws, Calls;

            // ---- maps and sets
            /// `dst = ` an empty map or set of the type.
            new_map = NewMap(dst: OutRef, ty: TypeNum) Allocates, Throws;
            /// `dst = map[key]` of a map with int, bool or enum keys. Throws `KeyError`.
            map_get_int = MapGetInt(dst: OutAny, map: InRef, key: InInt) Reads, Throws;
            /// `dst = map[key]` of a map with str keys. Throws `KeyError`.
            map_get_str = MapGetStr(dst: OutAny, map: InRef, key: InRef) Reads, Throws;
            /// `dst = map[key]` of a map with other keys. Throws `KeyError`.
            map_get_any = MapGetAny(dst: OutAny, map: InRef, key: InAny) Reads, Throws;
            /// `map[key] = src` of a map with int, bool or enum keys.
            map_set_int = MapSetInt(map: InRef, key: InInt, src: InAny) Writes, Allocates, Throws;
            /// `map[key] = src` of a map with str keys.
            map_set_str = MapSetStr(map: InRef, key: InRef, src: InAny) Writes, Allocates, Throws;
            /// `map[key] = src` of a map with other keys.
            map_set_any = MapSetAny(map: InRef, key: InAny, src: InAny) Writes, Allocates, Throws;
            /// `dst = ` whether a map or set with int, bool or enum keys holds `key`.
            map_has_int = MapHasInt(dst: OutInt, map: InRef, key: InInt) Reads;
            /// `dst = ` whether a map or set with str keys holds `key`.
            map_has_str = MapHasStr(dst: OutInt, map: InRef, key: InRef) Reads;
            /// `dst = ` whether a map or set with other keys holds `key`.
            map_has_any = MapHasAny(dst: OutInt, map: InRef, key: InAny) Reads;
            /// `dst = ` number of keys of a map or set.
            map_len = MapLen(dst: OutInt, map: InRef) Reads;
            /// Starts an iteration: `state = ` the map's modification count, for `map_next`.
            map_iter = MapIter(state: OutInt, map: InRef) Reads;
            /// One step of iteration: moves `index` (starts at -1) to the next entry or jumps to `target`
            /// at the end. Throws `RuntimeError` if keys were added or removed since `map_iter`.
            map_next = MapNext(index: InOutInt, map: InRef, state: InInt, target: Rel) Reads, Throws, Branch;
            /// `dst = ` the key of entry `index`.
            map_entry_key = MapEntryKey(dst: OutAny, map: InRef, index: InInt) Reads;
            /// `dst = ` the value of entry `index`.
            map_entry_value = MapEntryValue(dst: OutAny, map: InRef, index: InInt) Reads;
        }
    };
}
