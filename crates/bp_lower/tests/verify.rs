//! Every program of the suite lowers to bytecode that keeps the rules.

mod support;

use bp_isa::Instr;
use bp_isa::liveness::Liveness;

#[test]
fn what_is_lowered_is_valid() {
    let root = support::test_root();
    let (mut lowered, mut wrong) = (0, Vec::new());
    let examples = support::sources_below(&root.join("../examples"));
    for path in support::sources_below(&root.join("run")).into_iter().chain(examples) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let name = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
        // Files that expect a diagnostic do not lower; the suite itself says which those are.
        let Ok(program) = support::compile(&name, &text) else { continue };
        lowered += 1;
        if let Err(error) = bp_isa::verify::verify(&program) {
            wrong.push(format!("{name}: {error}"));
            continue;
        }
        program.functions.iter().for_each(ask_everywhere);
    }
    assert!(wrong.is_empty(), "{} of {lowered} files:\n{}", wrong.len(), wrong.join("\n"));
    assert!(lowered > 500, "{lowered} files were lowered");
}

/// The live registers at every safepoint exist and hold references.
fn ask_everywhere(function: &bp_isa::program::Function) {
    let mut liveness = Liveness::new(function);
    let mut pc = 0;
    while let Some((instr, next)) = Instr::decode(&function.code, pc) {
        if instr.opcode().info().effects.is_safepoint() {
            let executing = liveness.live_refs_executing(pc).to_vec();
            let suspended = liveness.live_refs_suspended(pc);
            assert!(suspended.iter().all(|reg| executing.contains(reg)), "{} at {pc}", function.name);
            let is_ref = |reg: &u16| function.registers[usize::from(*reg)] == bp_isa::Kind::Ref;
            assert!(executing.iter().all(is_ref) && executing.is_sorted(), "{} at {pc}", function.name);
        }
        pc = next;
    }
}
