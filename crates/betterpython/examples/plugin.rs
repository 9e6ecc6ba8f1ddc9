//! A program that works with the host's data: host functions, callbacks, output.
//!
//! `cargo run -p betterpython --example plugin`

use betterpython::{Captured, End, ErrorClass, Executable, Host, HostError, Options, Output, Type, Until, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What the plug-in's author has written.
const PLUGIN: &str = r#"
extern fn read(key: str) -> [int]
extern fn write(key: str, values: [int])
extern fn each_key(callback: str) -> int

def double(key: str):
    write(key, read(key).map(twice))

def twice(n: int) -> int: return 2 * n

def main():
    print(each_key("double"), "keys")
    try:
        read("nothing")
    catch KeyError as e:
        print("caught:", e.message)
"#;

/// The host's data, which its functions share.
type Store = Arc<Mutex<BTreeMap<String, Vec<i64>>>>;

fn host(store: &Store) -> Host {
    let (reader, writer, lister) = (Arc::clone(store), Arc::clone(store), Arc::clone(store));
    let ints = Type::array(Type::Int);
    Host::new()
        .function("read", [Type::Str], ints.clone(), move |_, args| {
            let key = text(&args[0])?;
            let store = reader.lock().expect("nobody panics with the store");
            let values = store.get(key).ok_or_else(|| HostError::new(ErrorClass::KeyError, format!("no {key}")))?;
            Ok(values.clone().into())
        })
        .function("write", [Type::Str, ints], Type::Void, move |_, args| {
            let values: Vec<i64> = args[1].to().ok_or("ints")?;
            writer.lock().expect("nobody panics with the store").insert(text(&args[0])?.to_owned(), values);
            Ok(Value::Null)
        })
        .function("each_key", [Type::Str], Type::Int, move |cx, args| {
            // The callbacks use the store, so it must not be locked around them.
            let keys: Vec<String> = lister.lock().expect("nobody panics with the store").keys().cloned().collect();
            for key in &keys {
                cx.call(text(&args[0])?, &[key.as_str().into()])?;
            }
            Ok(Value::Int(keys.len() as i64))
        })
}

fn text(value: &Value) -> Result<&str, HostError> {
    value.as_str().ok_or_else(|| "a text of UTF-8 is wanted".into())
}

/// Runs the plug-in on the store; what it printed, and how it ended.
fn run(store: &Store) -> (String, End) {
    let compilation = betterpython::compile("plugin.bp", PLUGIN, Until::Compiled);
    let executable = Executable::from_compilation(&compilation).expect("the plug-in compiles");
    let captured = Captured::default();
    let options = Options { host: host(store), output: Output::captured(captured.clone()), ..Options::default() };
    let end = executable.start(options).expect("the host has what it declares").run();
    (String::from_utf8_lossy(&captured.stdout()).into_owned(), end)
}

fn store() -> Store {
    let data = [("primes".to_owned(), vec![2, 3, 5]), ("squares".to_owned(), vec![1, 4, 9])];
    Arc::new(Mutex::new(BTreeMap::from(data)))
}

fn main() {
    let store = store();
    let (printed, end) = run(&store);
    print!("{printed}");
    println!(
        "ended with status {}; the store is {:?}",
        end.status(),
        store.lock().expect("nobody panics with the store")
    );
}

#[test]
fn the_plugin_doubles_the_store() {
    let store = store();
    let (printed, end) = run(&store);
    assert_eq!(printed, "2 keys\ncaught: no nothing\n");
    assert_eq!(end.status(), 0);
    assert_eq!(store.lock().unwrap()["primes"], [4, 6, 10]);
    main();
}
