//! Programs beyond what the bytecode can say are refused with a message.

mod support;

/// More variables than a function has registers.
const TOO_MANY: usize = 70_000;

#[test]
fn too_many_parameters_are_reported() {
    let params: Vec<String> = (0..TOO_MANY).map(|n| format!("a{n}: int")).collect();
    let refusal = support::compile("many.bp", &format!("def f({}): pass\n", params.join(", ")));
    assert!(refusal.is_err_and(|message| message.contains("TooManyRegisters")));
}

#[test]
fn too_many_variables_are_reported() {
    let lets: Vec<String> = (0..TOO_MANY).map(|n| format!("    let v{n} = {n}\n")).collect();
    let refusal = support::compile("many.bp", &format!("def f():\n{}", lets.concat()));
    assert!(refusal.is_err_and(|message| message.contains("TooManyRegisters")));
}
