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

#[test]
fn functions_that_call_each_other_in_a_long_chain_need_little_stack() {
    let mut text = String::new();
    for number in (1..=20_000).rev() {
        text.push_str(&format!("def f{number}(x: int) -> int: return f{}(x)\n", number - 1));
    }
    text.push_str("def f0(x: int) -> int: return x\n");
    let run = move || assert!(support::compile("chain.bp", &text).is_ok());
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(run).expect("a thread starts");
    thread.join().expect("the chain is lowered");
}
