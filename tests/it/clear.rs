//! `kularing clear`: the real program, run on files and standard input.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use kularing::reciprocity::clearing::generate::{Kind, generate};
use serde_json::Value;
use tempfile::TempDir;

fn kularing(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kularing"));
    command.current_dir(folder).arg("clear").args(arguments).env_remove("KULARING_CONFIG");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const TRIANGLE_AND_MORE: &str =
    "debtor,creditor,amount\n\"Bau, Holz & Co\",Ana,10\nAna,\"Bau, Holz & Co\",4\nClara,\"Bau, Holz & Co\",6\nAna,Clara,5\nAna,Clara,1\nAna,Dora,3\n";

#[test]
fn the_result_is_exact_and_its_certificate_is_checked_without_solving() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("o.csv"), TRIANGLE_AND_MORE).unwrap();
    let output = kularing(folder.path(), &["o.csv", "--json"], "");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output));
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    let keys = ["total", "cleared", "residual_total", "nid", "pairs", "rings_extra", "chain_slack"];
    assert_eq!(keys.map(|key| result[key].as_i64().unwrap()), [29, 26, 3, 3, 8, 18, 0]);
    let member = &result["members"][1];
    assert_eq!((member["name"].as_str().unwrap(), member["net"].as_i64().unwrap()), ("Ana", -3));
    assert_eq!(result["obligations"].as_array().unwrap().len(), 5);
    let rings = result["rings"].as_array().unwrap();
    let cleared: i64 = rings.iter().map(|ring| ring["amount"].as_i64().unwrap() * ring["members"].as_array().unwrap().len() as i64).sum();
    assert_eq!((rings.len(), cleared), (2, 26));

    std::fs::write(folder.path().join("r.json"), &output.stdout).unwrap();
    let checked = kularing(folder.path(), &["--check", "r.json", "o.csv"], "");
    assert!(checked.status.success() && text(&checked).contains("nothing clears more"), "{}", text(&checked));
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut wrong = result.clone();
        change(&mut wrong);
        std::fs::write(folder.path().join("w.json"), wrong.to_string()).unwrap();
        let output = kularing(folder.path(), &["--check", "w.json", "o.csv"], "");
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        text(&output)
    };
    let minus_one = |value: &mut Value| *value = (value.as_i64().unwrap() - 1).into();
    assert!(changed(&|result| minus_one(&mut result["cleared"])).contains("cleared is 26, not 25"));
    let totals = ["total", "residual_total", "nid", "pairs", "chain_slack", "most"];
    for key in totals {
        assert!(changed(&|result| minus_one(&mut result[key])).contains(&format!("does not hold: {key} is")), "{key}");
    }
    let twice = |list: &mut Value| list.as_array_mut().unwrap().extend_from_within(..1);
    assert!(changed(&|result| twice(&mut result["members"])).contains("stands there twice"));
    assert!(changed(&|result| twice(&mut result["obligations"])).contains("stands there twice"));
    assert!(changed(&|result| twice(&mut result["rings"])).contains("do not add up"));
    assert!(changed(&|result| twice(&mut result["rings"][0]["members"])).contains("not a closed chain"));
    assert!(changed(&|result| result["rings"][1]["members"].as_array_mut().unwrap().reverse()).contains("not a closed chain"));
    assert!(changed(&|result| minus_one(&mut result["members"][0]["net"])).contains("Holz"));
    assert!(changed(&|result| minus_one(&mut result["obligations"][0]["cleared"])).contains("would change"));
    assert!(changed(&|result| minus_one(&mut result["rings"][0]["amount"])).contains("do not add up"));
    assert!(changed(&|result| result["members"][0]["potential"] = 99.into()).contains("not shown to be maximal"));
    assert!(changed(&|result| result["obligations"].as_array_mut().unwrap().truncate(4)).contains("is missing"));
    assert!(changed(&|result| result["members"][0]["name"] = "Nobody".into()).contains("\"Nobody\""));
    std::fs::write(folder.path().join("w.json"), "{}").unwrap();
    assert_eq!(kularing(folder.path(), &["--check", "w.json", "o.csv"], "").status.code(), Some(2));
}

#[test]
fn rings_first_may_clear_less_and_say_what_was_possible() {
    let folder = TempDir::new().unwrap();
    let list = "A,B,1\nB,C,1\nC,A,1\nB,D,1\nD,E,1\nE,A,1\n";
    std::fs::write(folder.path().join("o.csv"), list).unwrap();
    let output = kularing(folder.path(), &["o.csv", "--ring-length", "3", "--json"], "");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((result["cleared"].as_i64(), result["most"].as_i64()), (Some(3), Some(4)));
    std::fs::write(folder.path().join("r.json"), &output.stdout).unwrap();
    let checked = kularing(folder.path(), &["--check", "r.json", "-"], list);
    assert!(checked.status.success() && text(&checked).contains("nothing clears more than 4"), "{}", text(&checked));
    for most in [3, 5] {
        let mut wrong = result.clone();
        wrong["most"] = most.into();
        std::fs::write(folder.path().join("w.json"), wrong.to_string()).unwrap();
        let output = kularing(folder.path(), &["--check", "w.json", "-"], list);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        assert!(text(&output).contains("do not show that at most"), "{}", text(&output));
    }
    let table = kularing(folder.path(), &["-"], list);
    let table = text(&table);
    assert!(table.contains("A -> B -> D -> E -> A") && table.contains("The clearing is the maximum"), "{table}");
    assert!(!kularing(folder.path(), &["o.csv", "--ring-length", "1"], "").status.success());
}

#[test]
fn what_cannot_be_used_ends_with_2_and_names_the_line() {
    let folder = TempDir::new().unwrap();
    for (list, said) in [
        ("a,b,1\nx,x,5\n", "-: line 2: \"x\" cannot owe himself"),
        ("debtor,creditor,amount\r\na,b,0\r\n", "line 2: the amount 0 is not above 0"),
        ("a,b,-3\n", "line 1: the amount -3 is not above 0"),
        ("a,b,1\n\na,b,1.5\n", "line 3: the amount \"1.5\" is not a whole number"),
        ("a,b,9223372036854775808\n", "line 1: the amount 9223372036854775808 is larger"),
        ("a,b,9223372036854775807\nb,a,1\n", "line 2: with this row all amounts together are larger"),
        ("a,b\n", "line 1: a row has three fields"),
    ] {
        let output = kularing(folder.path(), &["-", "--json"], list);
        assert!(output.status.code() == Some(2) && output.stdout.is_empty() && text(&output).contains(said), "{list:?}: {}", text(&output));
    }
    assert_eq!(kularing(folder.path(), &["nowhere.csv"], "").status.code(), Some(2));
    let nothing = kularing(folder.path(), &["-", "--json"], "");
    assert!(nothing.status.success() && text(&nothing).contains("\"total\":0"), "{}", text(&nothing));
}

#[test]
fn generated_obligations_are_cleared_and_checked() {
    let folder = TempDir::new().unwrap();
    for kind in Kind::ALL {
        let rows = generate(kind, 300, 10, 7).into_iter().map(|(debtor, creditor, amount)| format!("m{debtor},m{creditor},{amount}\n"));
        std::fs::write(folder.path().join("o.csv"), rows.collect::<String>()).unwrap();
        for length in ["0", "2", "3"] {
            let output = kularing(folder.path(), &["o.csv", "--json", "--ring-length", length], "");
            std::fs::write(folder.path().join("r.json"), &output.stdout).unwrap();
            let checked = kularing(folder.path(), &["--check", "r.json", "o.csv"], "");
            assert!(checked.status.success(), "{} {length}: {}", kind.as_str(), text(&checked));
        }
    }
}
