//! Every instruction that [`crate::encode`] puts together, over all registers and many addresses,
//! against the assembler crate.

use super::*;

const REGISTERS: std::ops::Range<u8> = 0..16;
const DISPLACEMENTS: [i32; 9] = [0, 1, -1, 127, -128, 128, -129, i32::MAX, i32::MIN];
const IMMEDIATES: [i32; 8] = [1, -1, 127, -128, 128, -129, i32::MAX, i32::MIN];

/// The bytes of one instruction.
fn ours(emit: impl FnOnce(&mut Masm)) -> Vec<u8> {
    let mut masm = Masm::default();
    emit(&mut masm);
    masm.finish()
}

/// Every register with every address: bases, displacements, indices, scales.
fn each_address(mut see: impl FnMut(u8, Mem)) {
    for reg in REGISTERS {
        for base in REGISTERS.map(Gpr) {
            for disp in DISPLACEMENTS {
                see(reg, Mem::at(base, disp));
                for index in REGISTERS.filter(|&index| Gpr(index) != RSP).map(Gpr) {
                    [1, 4, 8].into_iter().for_each(|scale| see(reg, Mem::indexed(base, index, scale, disp)));
                }
            }
        }
    }
}

fn each_pair(mut see: impl FnMut(u8, u8)) {
    REGISTERS.for_each(|a| REGISTERS.for_each(|b| see(a, b)));
}

/// `method(register, memory)` is the crate's `name(register, memory)`.
macro_rules! loads {
    ($($method:ident($reg:ident) = $name:ident;)*) => { $(
        each_address(|reg, mem| {
            let mut theirs = Vec::new();
            inst::$name::<Hardware>::new(reg, mem.amode()).encode(&mut theirs);
            assert_eq!(ours(|masm| masm.$method($reg(reg), mem)), theirs, "{} {reg} {mem:?}", stringify!($method));
        });
    )* };
}

/// `method(memory, register)` is the crate's `name(memory, register)`.
macro_rules! stores {
    ($($method:ident($reg:ident) = $name:ident;)*) => { $(
        each_address(|reg, mem| {
            let mut theirs = Vec::new();
            inst::$name::<Hardware>::new(mem.amode(), reg).encode(&mut theirs);
            assert_eq!(ours(|masm| masm.$method(mem, $reg(reg))), theirs, "{} {reg} {mem:?}", stringify!($method));
        });
    )* };
}

/// `method(register, register)` is the crate's `name(register, register)`.
macro_rules! pairs {
    ($($method:ident($a:ident, $b:ident) = $name:ident;)*) => { $(
        each_pair(|a, b| {
            let mut theirs = Vec::new();
            inst::$name::<Hardware>::new(a, b).encode(&mut theirs);
            assert_eq!(ours(|masm| masm.$method($a(a), $b(b))), theirs, "{} {a} {b}", stringify!($method));
        });
    )* };
}

/// `method(operation, register, register or memory)` is the crate's instruction of each operation.
macro_rules! operations {
    ($($method:ident($op:ident, $reg:ident, $place:ident) { $($variant:ident = $name:ident),* })*) => { $($(
        each_pair(|a, b| {
            let mut theirs = Vec::new();
            inst::$name::<Hardware>::new(a, b).encode(&mut theirs);
            assert_eq!(ours(|masm| masm.$method($op::$variant, $reg(a), $place::Reg($reg(b)))), theirs, "{a} {b}");
        });
        each_address(|reg, mem| {
            let mut theirs = Vec::new();
            inst::$name::<Hardware>::new(reg, mem.amode()).encode(&mut theirs);
            assert_eq!(ours(|masm| masm.$method($op::$variant, $reg(reg), $place::Mem(mem))), theirs, "{reg} {mem:?}");
        });
    )*)* };
}

#[test]
fn moves() {
    loads! {
        load(Gpr) = movq_rm;
        load_i32(Gpr) = movslq_rm;
        load_u32(Gpr) = movl_rm;
        lea(Gpr) = leaq_rm;
        load_float(Xmm) = movsd_a_m;
        load_f32(Xmm) = movss_a_m;
    }
    stores! {
        store(Gpr) = movq_mr;
        store_half(Gpr) = movl_mr;
        store_byte(Gpr) = movb_mr;
        store_float(Xmm) = movsd_c_m;
        store_f32(Xmm) = movss_c_m;
    }
    each_address(|reg, mem| {
        let mut theirs = Vec::new();
        inst::movzbl_rm::<Hardware>::new(reg, mem.amode()).encode(&mut theirs);
        // The assembler has a prefix for SPL to DIL that means nothing when the byte is in memory.
        let theirs = theirs.strip_prefix(&[0x40]).unwrap_or(&theirs);
        assert_eq!(ours(|masm| masm.load_byte(Gpr(reg), mem)), theirs, "{reg} {mem:?}");
    });
    each_pair(|a, b| {
        let (mut ints, mut floats) = (Vec::new(), Vec::new());
        if a != b {
            inst::movq_rm::<Hardware>::new(a, b).encode(&mut ints);
            inst::movapd_a::<Hardware>::new(a, b).encode(&mut floats);
        }
        assert_eq!(ours(|masm| masm.mov(Gpr(a), Gpr(b))), ints);
        assert_eq!(ours(|masm| masm.mov_float(Xmm(a), Xmm(b))), floats);
    });
}

#[test]
fn arithmetic() {
    operations! {
        int_op(IntOp, Gpr, Rm) {
            Add = addq_rm, Sub = subq_rm, And = andq_rm, Or = orq_rm, Xor = xorq_rm, Mul = imulq_rm
        }
        float_op(FloatOp, Xmm, Xm) {
            Add = addsd_a, Sub = subsd_a, Mul = mulsd_a, Div = divsd_a, Sqrt = sqrtsd_a
        }
    }
    pairs! {
        and_float(Xmm, Xmm) = andpd_a;
        xor_float(Xmm, Xmm) = xorpd_a;
    }
    for reg in REGISTERS {
        let (mut neg, mut not) = (Vec::new(), Vec::new());
        inst::negq_m::<Hardware>::new(reg).encode(&mut neg);
        inst::notq_m::<Hardware>::new(reg).encode(&mut not);
        assert_eq!(ours(|masm| masm.unary(UnaryOp::Neg, Gpr(reg))), neg);
        assert_eq!(ours(|masm| masm.unary(UnaryOp::Not, Gpr(reg))), not);
    }
}

#[test]
fn comparisons() {
    each_pair(|a, b| {
        let (mut ints, mut floats) = (Vec::new(), Vec::new());
        inst::cmpq_rm::<Hardware>::new(a, b).encode(&mut ints);
        inst::ucomisd_a::<Hardware>::new(a, b).encode(&mut floats);
        assert_eq!(ours(|masm| masm.cmp(Gpr(a), Rm::Reg(Gpr(b)))), ints);
        assert_eq!(ours(|masm| masm.cmp_float(Xmm(a), Xm::Reg(Xmm(b)))), floats);
    });
    each_address(|reg, mem| {
        let (mut ints, mut floats) = (Vec::new(), Vec::new());
        inst::cmpq_rm::<Hardware>::new(reg, mem.amode()).encode(&mut ints);
        inst::ucomisd_a::<Hardware>::new(reg, mem.amode()).encode(&mut floats);
        assert_eq!(ours(|masm| masm.cmp(Gpr(reg), Rm::Mem(mem))), ints);
        assert_eq!(ours(|masm| masm.cmp_float(Xmm(reg), Xm::Mem(mem))), floats);
    });
}

/// `method(register, imm)` is the crate's `short` where the immediate fits a byte, else `long`.
macro_rules! immediates {
    ($($masm:ident, $reg:ident, $imm:ident: $ours:expr => $short:ident, $long:ident;)*) => { $(
        for $reg in REGISTERS {
            for $imm in IMMEDIATES {
                let mut theirs = Vec::new();
                match i8::try_from($imm) {
                    Ok(imm) => inst::$short::<Hardware>::new($reg, imm).encode(&mut theirs),
                    Err(_) => inst::$long::<Hardware>::new($reg, $imm).encode(&mut theirs),
                }
                assert_eq!(ours(|$masm| $ours), theirs, "{} {} {}", stringify!($short), $reg, $imm);
            }
        }
    )* };
}

#[test]
fn constants() {
    immediates! {
        masm, reg, imm: masm.add_imm(Rm::Reg(Gpr(reg)), imm) => addq_mi_sxb, addq_mi_sxl;
        masm, reg, imm: masm.and_imm(Gpr(reg), imm) => andq_mi_sxb, andq_mi_sxl;
        masm, reg, imm: masm.xor_imm(Gpr(reg), imm) => xorq_mi_sxb, xorq_mi_sxl;
        masm, reg, imm: masm.cmp_imm(Rm::Reg(Gpr(reg)), imm) => cmpq_mi_sxb, cmpq_mi;
    }
    each_address(|_, mem| {
        let [mut add, mut cmp, mut store, mut half, mut test, mut call] = [const { Vec::new() }; 6];
        inst::addq_mi_sxb::<Hardware>::new(mem.amode(), -1).encode(&mut add);
        inst::cmpq_mi::<Hardware>::new(mem.amode(), 128).encode(&mut cmp);
        inst::movq_mi_sxl::<Hardware>::new(mem.amode(), -2).encode(&mut store);
        inst::cmpl_mi_sxb::<Hardware>::new(mem.amode(), 7).encode(&mut half);
        inst::testl_mi::<Hardware>::new(mem.amode(), 1 << 31).encode(&mut test);
        inst::callq_m::<Hardware>::new(mem.amode()).encode(&mut call);
        inst::jmpq_m::<Hardware>::new(mem.amode()).encode(&mut call);
        assert_eq!(ours(|masm| masm.add_imm(Rm::Mem(mem), -1)), add);
        assert_eq!(ours(|masm| masm.cmp_imm(Rm::Mem(mem), 128)), cmp);
        assert_eq!(ours(|masm| masm.store_imm(mem, -2)), store);
        assert_eq!(ours(|masm| masm.cmp_half_imm(mem, 7)), half);
        assert_eq!(ours(|masm| masm.test_half_imm(mem, 1 << 31)), test);
        let both = ours(|masm| {
            masm.call(mem);
            masm.jump_to(mem);
        });
        assert_eq!(both, call);
    });
    each_pair(|a, b| {
        for imm in IMMEDIATES {
            let mut theirs = Vec::new();
            match i8::try_from(imm) {
                Ok(imm) => inst::imulq_rmi_sxb::<Hardware>::new(a, b, imm).encode(&mut theirs),
                Err(_) => inst::imulq_rmi_sxl::<Hardware>::new(a, b, imm).encode(&mut theirs),
            }
            assert_eq!(ours(|masm| masm.mul_imm(Gpr(a), Rm::Reg(Gpr(b)), imm)), theirs);
        }
    });
    for reg in REGISTERS {
        let mut theirs = Vec::new();
        inst::xorl_rm::<Hardware>::new(reg, reg).encode(&mut theirs);
        inst::movl_oi::<Hardware>::new(reg, 7_u32).encode(&mut theirs);
        inst::movl_oi::<Hardware>::new(reg, u32::MAX).encode(&mut theirs);
        inst::movq_mi_sxl::<Hardware>::new(reg, -1).encode(&mut theirs);
        inst::movabsq_oi::<Hardware>::new(reg, 1_u64 << 40).encode(&mut theirs);
        inst::testq_mr::<Hardware>::new(reg, reg).encode(&mut theirs);
        let ours = ours(|masm| {
            let reg = Gpr(reg);
            [0, 7, u32::MAX.into(), -1, 1 << 40].into_iter().for_each(|imm| masm.mov_imm(reg, imm));
            masm.cmp_imm(Rm::Reg(reg), 0);
        });
        assert_eq!(ours, theirs);
    }
}

#[test]
fn shifts_and_stack() {
    let cl = Fixed(RCX.0);
    for reg in REGISTERS {
        let mut theirs = Vec::new();
        inst::shlq_mc::<Hardware>::new(reg, cl).encode(&mut theirs);
        inst::shrq_mc::<Hardware>::new(reg, cl).encode(&mut theirs);
        inst::sarq_mc::<Hardware>::new(reg, cl).encode(&mut theirs);
        inst::rolq_mc::<Hardware>::new(reg, cl).encode(&mut theirs);
        inst::rorq_mc::<Hardware>::new(reg, cl).encode(&mut theirs);
        inst::shlq_mi::<Hardware>::new(reg, 63).encode(&mut theirs);
        inst::shrq_mi::<Hardware>::new(reg, 63).encode(&mut theirs);
        inst::sarq_mi::<Hardware>::new(reg, 63).encode(&mut theirs);
        inst::rolq_mi::<Hardware>::new(reg, 63).encode(&mut theirs);
        inst::rorq_mi::<Hardware>::new(reg, 63).encode(&mut theirs);
        inst::pushq_o::<Hardware>::new(reg).encode(&mut theirs);
        inst::popq_o::<Hardware>::new(reg).encode(&mut theirs);
        inst::retq_zo::new().encode(&mut theirs);
        let all = [ShiftOp::Shl, ShiftOp::Shr, ShiftOp::Sar, ShiftOp::Rol, ShiftOp::Ror];
        let ours = ours(|masm| {
            all.into_iter().for_each(|op| masm.shift(op, Gpr(reg)));
            all.into_iter().for_each(|op| masm.shift_imm(op, Gpr(reg), 63));
            masm.push(Gpr(reg));
            masm.pop(Gpr(reg));
            masm.ret();
        });
        assert_eq!(ours, theirs);
    }
}
