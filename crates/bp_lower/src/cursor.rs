//! Cursors: the state of an iteration in registers, stepped at the loop's header.

use crate::assembler::Label;
use crate::function::{Lowering, Value};
use bp_builtins::Builtin;
use bp_check::hir::{Expr, Iter, Method};
use bp_check::types::{Ty, TyKind};
use bp_isa::{Instr, Kind, Reg};

/// What an iteration over a map shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shows {
    Keys,
    Values,
    Items,
}

impl Shows {
    /// Whether key and value both.
    pub(crate) fn both(self) -> bool {
        self == Shows::Items
    }
}

/// The state of an iteration.
pub(crate) enum Cursor {
    /// Next value, how many are left, step.
    Range { value: Reg, left: Reg, step: Reg },
    /// `index` was the last one visited.
    Array { array: Reg, index: Reg, element: Ty, backwards: bool },
    /// One-byte strings.
    Str { string: Reg, index: Reg, ty: Ty, backwards: bool },
    /// Entries; key and value types.
    Map { map: Reg, state: Reg, index: Reg, shows: Shows, types: (Ty, Ty) },
    /// Members of one type.
    Tuple { tuple: Reg, index: Reg, member: Ty, tuple_ty: Ty, count: i16, backwards: bool },
    /// Pairs of a counter and an item.
    Enumerate { counter: Reg, inner: Box<Cursor> },
    /// Tuples of items.
    Zip(Vec<Cursor>),
    /// An iterator object.
    Object { iterator: Reg, next: Method, item: Ty },
}

impl Cursor {
    /// The type of the items, where no tuple has to be made for them.
    pub(crate) fn item_type(&self) -> Ty {
        match self {
            Cursor::Range { .. } => Ty::INT,
            Cursor::Array { element, .. } => *element,
            Cursor::Str { ty, .. } => *ty,
            Cursor::Map { shows: Shows::Keys, types, .. } => types.0,
            Cursor::Map { shows: Shows::Values, types, .. } => types.1,
            Cursor::Tuple { member, .. } => *member,
            Cursor::Object { item, .. } => *item,
            Cursor::Map { shows: Shows::Items, .. } | Cursor::Enumerate { .. } | Cursor::Zip(_) => {
                unreachable!("pairs are bound part by part")
            }
        }
    }
}

impl<'p> Lowering<'_, 'p> {
    /// Evaluates what is iterated and sets up the state.
    pub(crate) fn open_cursor(&mut self, iter: &'p Iter) -> Cursor {
        match iter {
            Iter::Range(low, high, step) => self.open_range(low, high, step.as_ref(), false),
            Iter::Array(array) => self.open_array(array, false),
            Iter::Str(string) => self.open_str(string, false),
            Iter::MapKeys(map) | Iter::Set(map) => self.open_map(map, Shows::Keys),
            Iter::MapValues(map) => self.open_map(map, Shows::Values),
            Iter::MapItems(map) => self.open_map(map, Shows::Items),
            Iter::Tuple(tuple) => self.open_tuple(tuple, false),
            Iter::Enumerate(inner, start) => {
                let inner = Box::new(self.open_cursor(inner));
                let counter = match start {
                    Some(start) => {
                        let counter = self.own_register(start);
                        self.asm.emit(Instr::AddIntImm { dst: counter, lhs: counter, imm: -1 });
                        counter
                    }
                    None => self.int_register(-1),
                };
                Cursor::Enumerate { counter, inner }
            }
            Iter::Zip(inner) => Cursor::Zip(inner.iter().map(|iter| self.open_cursor(iter)).collect()),
            Iter::Reversed(inner) => match &**inner {
                Iter::Range(low, high, step) => self.open_range(low, high, step.as_ref(), true),
                Iter::Array(array) => self.open_array(array, true),
                Iter::Str(string) => self.open_str(string, true),
                Iter::Tuple(tuple) => self.open_tuple(tuple, true),
                Iter::Reversed(twice) => self.open_cursor(twice),
                _ => unreachable!("the checker allows `reversed` of ranges, arrays, strings and tuples"),
            },
            Iter::Object { iterator, next, item } => {
                let iterator = self.own_register(iterator);
                Cursor::Object { iterator, next: *next, item: *item }
            }
        }
    }

    /// `left = ` how many values the range has: `(high - low + step - sign) / step` if that is positive.
    fn open_range(&mut self, low: &'p Expr, high: &'p Expr, step: Option<&'p Expr>, backwards: bool) -> Cursor {
        let value = self.own_register(low);
        let left = self.own_register(high);
        let step_reg = match step {
            Some(step) => self.own_register(step),
            None => self.int_register(1),
        };
        let (empty, counted) = (self.asm.label(), self.asm.label());
        if step.is_some() {
            let (down, nonempty) = (self.asm.label(), self.asm.label());
            self.refuse_zero_step(step_reg);
            self.asm.emit(Instr::BrLtIntImm { lhs: step_reg, imm: 0, target: down.rel() });
            self.asm.emit(Instr::BrLeInt { lhs: left, rhs: value, target: empty.rel() });
            self.asm.emit(Instr::SubInt { dst: left, lhs: left, rhs: value });
            self.asm.emit(Instr::AddIntImm { dst: left, lhs: left, imm: -1 });
            self.asm.emit(Instr::Jump { target: nonempty.rel() });
            self.asm.bind(down);
            self.asm.emit(Instr::BrLeInt { lhs: value, rhs: left, target: empty.rel() });
            self.asm.emit(Instr::SubInt { dst: left, lhs: left, rhs: value });
            self.asm.emit(Instr::AddIntImm { dst: left, lhs: left, imm: 1 });
            self.asm.bind(nonempty);
            self.asm.emit(Instr::DivInt { dst: left, lhs: left, rhs: step_reg });
            self.asm.emit(Instr::AddIntImm { dst: left, lhs: left, imm: 1 });
        } else {
            self.asm.emit(Instr::BrLeInt { lhs: left, rhs: value, target: empty.rel() });
            self.asm.emit(Instr::SubInt { dst: left, lhs: left, rhs: value });
        }
        self.asm.emit(Instr::Jump { target: counted.rel() });
        self.asm.bind(empty);
        self.asm.emit(Instr::ConstInt { dst: left, value: 0 });
        self.asm.bind(counted);
        if backwards {
            self.turn_range(value, left, step_reg);
        }
        Cursor::Range { value, left, step: step_reg }
    }

    /// Starts at the last value and steps the other way.
    fn turn_range(&mut self, value: Reg, left: Reg, step: Reg) {
        let span = self.loop_register(Kind::Int);
        self.asm.emit(Instr::AddIntImm { dst: span, lhs: left, imm: -1 });
        self.asm.emit(Instr::MulInt { dst: span, lhs: span, rhs: step });
        self.asm.emit(Instr::AddInt { dst: value, lhs: value, rhs: span });
        self.asm.emit(Instr::NegInt { dst: step, src: step });
        self.registers.release(span);
    }

    fn open_array(&mut self, array: &'p Expr, backwards: bool) -> Cursor {
        let TyKind::Array(element) = *self.ty(array.ty) else { unreachable!("an array is iterated") };
        let reg = self.own_register(array);
        let index = self.int_register(-1);
        if backwards {
            self.asm.emit(Instr::ArrayLen { dst: index, array: reg });
        }
        Cursor::Array { array: reg, index, element, backwards }
    }

    fn open_str(&mut self, string: &'p Expr, backwards: bool) -> Cursor {
        let reg = self.own_register(string);
        let index = self.int_register(-1);
        if backwards {
            self.asm.emit(Instr::StrLen { dst: index, string: reg });
        }
        Cursor::Str { string: reg, index, ty: string.ty, backwards }
    }

    fn open_map(&mut self, map: &'p Expr, shows: Shows) -> Cursor {
        let types = match *self.ty(map.ty) {
            TyKind::Map(key, value) => (key, value),
            TyKind::Set(key) => (key, key),
            _ => unreachable!("a map or set is iterated"),
        };
        let map = self.own_register(map);
        let index = self.int_register(-1);
        let state = self.loop_register(Kind::Int);
        self.asm.emit(Instr::MapIter { state, map });
        Cursor::Map { map, state, index, shows, types }
    }

    fn open_tuple(&mut self, tuple: &'p Expr, backwards: bool) -> Cursor {
        let TyKind::Tuple(members) = self.ty(tuple.ty) else { unreachable!("a tuple is iterated") };
        let count = members.len() as i16;
        let member = members.first().copied().unwrap_or(Ty::INT);
        let reg = self.own_register(tuple);
        let index = self.int_register(if backwards { count.into() } else { -1 });
        Cursor::Tuple { tuple: reg, index, member, tuple_ty: tuple.ty, count, backwards }
    }

    /// Gives back the state's registers.
    pub(crate) fn close_cursor(&mut self, cursor: &mut Cursor) {
        let mut release = |regs: &[Reg]| regs.iter().for_each(|reg| self.registers.release(*reg));
        match cursor {
            Cursor::Range { value, left, step } => release(&[*step, *left, *value]),
            Cursor::Array { array, index, .. } => release(&[*index, *array]),
            Cursor::Str { string, index, .. } => release(&[*index, *string]),
            Cursor::Map { map, state, index, .. } => release(&[*state, *index, *map]),
            Cursor::Tuple { tuple, index, .. } => release(&[*index, *tuple]),
            Cursor::Object { iterator, .. } => release(&[*iterator]),
            Cursor::Enumerate { counter, inner } => {
                release(&[*counter]);
                self.close_cursor(inner);
            }
            Cursor::Zip(inner) => inner.iter_mut().for_each(|cursor| self.close_cursor(cursor)),
        }
    }

    /// Steps a cursor to its next item, a value of `ty`; jumps to `done` at the end.
    pub(crate) fn step_value(&mut self, cursor: &Cursor, dst: Option<Reg>, ty: Ty, done: Label) -> Value {
        let kind = self.value_kind(ty);
        let target = done.rel();
        match *cursor {
            Cursor::Range { value, left, step } => {
                self.asm.emit(Instr::BrLeIntImm { lhs: left, imm: 0, target });
                self.asm.emit(Instr::AddIntImm { dst: left, lhs: left, imm: -1 });
                let item = self.item_destination(dst, kind);
                self.copy(item.reg, value);
                self.asm.emit(Instr::AddInt { dst: value, lhs: value, rhs: step });
                item
            }
            Cursor::Array { array, index, backwards: false, .. } => {
                let item = self.item_destination(dst, kind);
                self.asm.emit(Instr::ArrayNext { dst: item.reg, array, index, target });
                item
            }
            Cursor::Array { array, index, element, backwards: true } => {
                self.step_back(index, done);
                let element_kind = self.unit.types.element_kind(element);
                let item = self.item_destination(dst, kind);
                self.asm.emit(crate::access::array_get(element_kind, item.reg, array, index));
                item
            }
            Cursor::Str { string, index, backwards, .. } => {
                let item = self.item_destination(dst, kind);
                if backwards {
                    self.step_back(index, done);
                    self.asm.emit(Instr::StrIndex { dst: item.reg, string, index });
                } else {
                    self.asm.emit(Instr::StrNext { dst: item.reg, string, index, target });
                }
                item
            }
            Cursor::Map { map, state, index, shows, types } => {
                self.step_map(map, state, index, done);
                match shows {
                    Shows::Keys => self.entry_key(map, index, types.0, dst),
                    Shows::Values => self.entry_value(map, index, types.1, dst),
                    Shows::Items => {
                        let key = self.entry_key(map, index, types.0, None);
                        let value = self.entry_value(map, index, types.1, None);
                        self.make_tuple(&[key, value], ty, dst)
                    }
                }
            }
            Cursor::Tuple { tuple, index, member, tuple_ty, count, backwards } => {
                if backwards {
                    self.step_back(index, done);
                } else {
                    self.asm.emit(Instr::AddIntImm { dst: index, lhs: index, imm: 1 });
                    self.asm.emit(Instr::BrGeIntImm { lhs: index, imm: count, target });
                }
                let types = [self.type_number(member), self.type_number(tuple_ty)];
                let values = [tuple, index].map(|reg| Value { reg, temporary: false });
                self.internal_values(Builtin::TupleGet, &values, &[Kind::Ref, Kind::Int], &types, dst, kind)
            }
            Cursor::Enumerate { .. } | Cursor::Zip(_) => self.step_tuple(cursor, dst, ty, done),
            Cursor::Object { iterator, next, .. } => self.step_object(iterator, next, dst, ty, done),
        }
    }

    /// The item of an `enumerate` or `zip` as a tuple.
    fn step_tuple(&mut self, cursor: &Cursor, dst: Option<Reg>, ty: Ty, done: Label) -> Value {
        let TyKind::Tuple(members) = self.ty(ty) else { unreachable!("the items are tuples") };
        let values = match cursor {
            Cursor::Enumerate { counter, inner } => {
                let item = self.step_value(inner, None, members[1], done);
                self.asm.emit(Instr::AddIntImm { dst: *counter, lhs: *counter, imm: 1 });
                vec![Value { reg: *counter, temporary: false }, item]
            }
            Cursor::Zip(inner) => {
                let items = inner.iter().zip(members);
                items.map(|(cursor, member)| self.step_value(cursor, None, *member, done)).collect()
            }
            _ => unreachable!("only pairs come here"),
        };
        self.make_tuple(&values, ty, dst)
    }

    /// A tuple of type `ty` with values from registers; releases them.
    fn make_tuple(&mut self, values: &[Value], ty: Ty, dst: Option<Reg>) -> Value {
        let number = self.type_number(ty);
        let kinds: Vec<Kind> = values.iter().map(|value| self.registers_kind(*value)).collect();
        let window = self.open_window(&kinds);
        for (index, value) in values.iter().enumerate() {
            let reg = self.window_register(window, index);
            self.copy(reg, value.reg);
            self.release(*value);
        }
        self.close_window(window);
        let tuple = self.destination(dst, Kind::Ref);
        self.asm.emit(Instr::NewRecord { dst: tuple.reg, args: window.base, count: window.count, ty: number });
        tuple
    }

    fn step_back(&mut self, index: Reg, done: Label) {
        self.asm.emit(Instr::AddIntImm { dst: index, lhs: index, imm: -1 });
        self.asm.emit(Instr::BrLtIntImm { lhs: index, imm: 0, target: done.rel() });
    }

    /// Moves a map cursor to its next entry.
    pub(crate) fn step_map(&mut self, map: Reg, state: Reg, index: Reg, done: Label) {
        self.asm.emit(Instr::MapNext { index, map, state, target: done.rel() });
    }

    /// The key of the entry a map cursor is at.
    pub(crate) fn entry_key(&mut self, map: Reg, index: Reg, ty: Ty, dst: Option<Reg>) -> Value {
        let value = self.item_destination(dst, self.value_kind(ty));
        self.asm.emit(Instr::MapEntryKey { dst: value.reg, map, index });
        value
    }

    /// The value of the entry a map cursor is at.
    pub(crate) fn entry_value(&mut self, map: Reg, index: Reg, ty: Ty, dst: Option<Reg>) -> Value {
        let value = self.item_destination(dst, self.value_kind(ty));
        self.asm.emit(Instr::MapEntryValue { dst: value.reg, map, index });
        value
    }

    fn step_object(&mut self, iterator: Reg, next: Method, dst: Option<Reg>, ty: Ty, done: Label) -> Value {
        let window = self.open_window(&[Kind::Ref]);
        self.copy(window.base, iterator);
        self.close_window(window);
        let item = self.temporary(Kind::Ref);
        let (args, count) = (window.base, window.count);
        self.asm.emit(match next {
            Method::Direct(function) => Instr::Call { dst: item.reg, args, count, function: function.0 },
            Method::Virtual(slot) => Instr::CallVirtual { dst: item.reg, args, count, slot: slot.cast_signed() },
        });
        self.branch_null(item.reg, done, true);
        if self.value_kind(ty) == Kind::Ref {
            return self.deliver(item, dst);
        }
        self.release(item);
        self.load_field(item.reg, 0, ty, dst)
    }
}
