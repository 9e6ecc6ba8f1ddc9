//! The built-in classes that are no errors, as records of every program.
//!
//! Their names are looked up last: a program may declare its own `Json`.

use crate::checker::Checker;
use crate::decl::{Default, Param, Record, Resolved};
use crate::hir::{ModuleId, RecordId};
use crate::types::{Ty, TyKind};
use bp_builtins::classes::BuiltinClass;
use bp_builtins::errors::ErrorClass;
use bp_syntax::name::Name;
use bp_syntax::span::Span;

/// The record of a built-in class.
pub(crate) fn record_of(class: BuiltinClass) -> RecordId {
    RecordId((ErrorClass::ALL.len() + class as usize) as u32)
}

impl Checker<'_> {
    /// Declares the built-in classes behind the error classes. `field_names` are those of all, in order.
    pub fn declare_builtin_classes(&mut self, class_names: &[Name], field_names: &[Name]) {
        for &class in BuiltinClass::ALL {
            self.types.intern(TyKind::Record(record_of(class)));
        }
        let mut field_names = field_names.iter();
        for (&class, &name) in BuiltinClass::ALL.iter().zip(class_names) {
            let fields: Vec<Param> = class
                .fields()
                .into_iter()
                .zip(&mut field_names)
                .map(|((_, ty), &name)| {
                    let ty = self.plain_signature_type(&ty);
                    Param { name, ty, default: Default::None, rest: false, span: Span::default() }
                })
                .collect();
            self.decls.records.push(Record {
                name,
                fields: fields.into(),
                is_class: true,
                base: None,
                span: Span::default(),
                source: None,
                methods: Vec::new(),
                slots: Vec::new(),
                init: None,
                module: ModuleId(0),
                resolved: Resolved::Done,
                args: [].into(),
                template: None,
                env: self.env.clone(),
            });
        }
    }

    /// The built-in class of a name.
    pub(crate) fn builtin_class(&self, name: Name) -> Option<Ty> {
        let class = BuiltinClass::named(self.text(name))?;
        self.types.find(&TyKind::Record(record_of(class)))
    }
}
