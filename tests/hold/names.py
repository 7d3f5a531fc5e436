#!/usr/bin/env python3
# autarky: hostile names of files, titles, rows, layers and columns through every command that has --json
# SPDX-License-Identifier: Apache-2.0
"""usage: names.py PROGRAM

Every --json is read by a strict parser, every other output looked at for bytes that steer a terminal. In the first folder each
line runs as JSON and as text, in the others as one of them, by turns. A command that gains --json must gain a line here.
"""
import functools
import os
import pathlib
import re
import shutil
import sys
import tempfile

from program import SCENARIO, TREE, Program, at_once, controls, strict_json

STEERING = ["\x1b[2J", "\x07", "\t", "\r", "\x7f", "\u009b31m", "\u202e", "\u2066", "\u2028"]
FOLDERS = [b"plain", b"tab\there", b"esc\x1b[2J\x07", b"latin\xfc\xff", b"half\xc3", "turn\u202e\u009b".encode(), b'quote"\\\r']
TITLE = "".join(f"\\u{ord(c):04x}" for word in STEERING for c in word)  # as TOML escapes it

SMALL_FEEDER = next(iter(sorted((TREE / "catalogue/grid/feeders").glob("*.json"))), None)


def scenario(folder):
    small = pathlib.Path(SCENARIO).with_name("small.toml").read_text()
    (folder / "small.toml").write_text(small)
    (folder / "uncertain.toml").write_text(pathlib.Path(SCENARIO).read_text())
    (folder / "u.toml").write_text(f'extends = "uncertain.toml"\ntitle = "{TITLE}"\n')
    (folder / "s.toml").write_text(
        f'extends = "small.toml"\ntitle = "{TITLE}"\n[source."x{TITLE}"]\ntitle = "{TITLE}"\ngrade = "assumption"\n'
        f'[process.alpha]\nwafer_price = {{ is = "16_000 to 18_000 USD/wafer", source = "x{TITLE}" }}\n'
        f'[variant."v{TITLE}"]\nset = {{ "economy.discount_rate" = "9 %/year" }}\n')
    (folder / "bad.toml").write_text(f'extends = "small.toml"\n["t{TITLE}"]\nx = 1\n[process."{TITLE}"]\n"k{TITLE}" = "{TITLE}"\n'
                                     f'[process.alpha]\nwafer_price = "3 {TITLE}"\nnode = \'empirical("{STEERING[5]}.csv")\'\n')
    (folder / "latin.toml").write_bytes(b'title = "M\xfcller"\n')


def files(folder):
    scenario(folder)
    if SMALL_FEEDER is not None:
        shutil.copy(SMALL_FEEDER, folder / "feeder.json")
    (folder / "broken.json").write_bytes(b'{"version": "\xff\x1b[2J", "type": 3')
    head = b"Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"
    (folder / "net.csv").write_bytes(head + "conv\x1b[2J\u202e\x07µ, 16, 16, 3, 3, 8, 8, 1,\n".encode())
    (folder / "latin.csv").write_bytes(head + b"Gr\xfc\xdfe, 16, 16, 3, 3, 8, 8, 1,\n")
    (folder / "broken.onnx").write_bytes(b"\x08\x07\x12\x05\x1b[2J\xff" * 9)
    (folder / "day.csv").write_text("minute,load,ambient_c\n" + "".join(f"{15 * k},{200 + k},20\n" for k in range(96)))
    (folder / "latin-day.csv").write_bytes(b"minute,load,ambient_c,gr\xfc\xdfe\x1b[2J\n0,200,20,1\n15,x\x07\xff,20,1\n")
    (folder / "sheet.toml").write_text(f'I_r = 577.0\n"k{TITLE}" = 3\n')


def invocations(f):
    """The commands that have --json, each with the files of folder `f` in every place that takes one."""
    return {
        "run": [["run", f / "s.toml", "-n", "50"], ["run", f / "bad.toml"], ["run", f / "latin.toml"], ["run", f / "none.toml"],
                ["run", f / "s.toml", "-n", "50", "--set", "a\x1b[2J\udcff=1"], ["run", f / "s.toml", "--variant", "v\x1b\udcff"],
                ["run", f / "s.toml", "-n", "50", "--resume", f / "store"], ["run", f / "s.toml", "-n", "50", "-o", f / "out.json"]],
        "explain": [["explain", "npv", f / "s.toml"], ["explain", "npv\x1b\udcff", f / "s.toml"], ["explain", "npv", f / "bad.toml"]],
        "metrics": [["metrics"], ["metrics", "\x1b\udcff"]],
        "merge": [["merge", f / "part"], ["merge", f / "s.toml"], ["merge", f / "none"]],
        "map": [["map", "--scenario", f / "s.toml", "-n", "20", "--columns", "2", "--rows", "2"], ["map", "--scenario", f / "bad.toml"]],
        "compare": [["compare", f / "s.toml", "--against", f / "small.toml", "-n", "50"],
                    ["compare", f / "s.toml", "--against", f / "bad.toml", "-n", "50"]],
        "wafers": [["wafers", f / "s.toml", "-n", "50"], ["wafers", f / "bad.toml"], ["wafers", f / "s.toml", "--fails", "\x1b\udcff"]],
        "flip": [["flip", f / "s.toml", "-n", "64", "--most", "1"], ["flip", f / "s.toml", "--input", "\x1b\udcff"], ["flip", f / "bad.toml"]],
        "discover": [["discover", f / "u.toml", "-n", "1024"], ["discover", f / "bad.toml"]],
        "sense": [["sense", f / "s.toml", "-n", "64", "--screening", "8"], ["sense", f / "s.toml", "--metric", "\x1b\udcff"],
                  ["sense", f / "bad.toml"]],
        "update": [["update", f / "s.toml", "-n", "512"], ["update", f / "bad.toml"], ["update", f / "s.toml", "--since", "\x1b\udcff"]],
        "worth": [["worth", f / "s.toml", "-n", "256"], ["worth", f / "bad.toml"]],
        "anchor": [["anchor", f / "s.toml", "-n", "64"], ["anchor", f / "bad.toml"], ["anchor", f / "s.toml", "--site", "\x1b\udcff"]],
        "paths": [["paths", f / "s.toml", "-n", "64"], ["paths", f / "bad.toml"], ["paths", f / "s.toml", "--path", "\x1b\udcff"]],
        "plan": [["plan", f / "bad.toml"], ["plan", f / "s.toml", "--futures", "4"]],
        "stress": [["stress", f / "s.toml", "--site", "home", "-n", "64"], ["stress", f / "bad.toml"], ["stress", f / "s.toml", "--event", "\x1b\udcff", "--at", "2029Q1"]],
        "export": [["export", "h100"], ["export", "\x1b\udcff"], ["export", "h100", "--destination", "\x1b\udcff"]],
        "audit": [["audit", f / "s.toml", "-n", "100"], ["audit", f / "bad.toml"]],
        "validate": [["validate"], ["validate", "\x1b\udcff"]],
        "check": [["check", f / "s.toml"], ["check", f / "bad.toml"], ["check", f / "latin.toml"], ["check", f / "none.toml"]],
        "code": [["code", "E0203"], ["code", "\x1b\udcff"]],
        "schema": [["schema"], ["schema", "--answer", "\x1b\udcff"]],
        "sources": [["sources", f / "s.toml"], ["sources", f / "bad.toml"]],
        "die": [["die", "10x10", "--process", "n5"], ["die", "10x10", "--process", "n\x1b\udcff"], ["die", "1\x1b\udcff"]],
        "package": [["package", "10x10*2@n5"], ["package", "10x10@\x1b\udcff"]],
        "reticle": [["reticle", "8x6*2", "10x5", "--process", "n5"], ["reticle", "8x6*\x1b\udcff"]],
        "ttm": [["ttm", "--node", "7", "--chips", "1e6", "--transistors", "1e9", "--unique", "1e8", "--engineers", "9", "--parallel", "0.5"],
                ["ttm", "--node", "\x1b\udcff"]],
        "option": [["option", "payoff", "--row", "1,2"], ["option", "payoff", "--row", "1,\x1b\udcff"], ["option", "\x1b\udcff"]],
        "chip": [["chip", "orin"], ["chip", f / "bad.toml"], ["chip", "\x1b\udcff"], ["chip", f / "latin.toml"]],
        "design": [["design", f / "net.csv", "--node", "7"], ["design", "\x1b\udcff"], ["design", f / "latin.csv", "--node", "7"]],
        "workload": [["workload", f / "net.csv"], ["workload", f / "latin.csv"], ["workload", f / "broken.onnx"], ["workload", f / "none.csv"]],
        "grid": [["grid", "flow", f / "feeder.json"], ["grid", "flow", f / "broken.json"], ["grid", "flow", f / "latin.csv"],
                 ["grid", "flow", f / "feeder.json", "--batch", f / "broken.json"], ["grid", "age", "--load", f / "day.csv"],
                 ["grid", "age", "--load", f / "latin-day.csv"], ["grid", "age", "--load", f / "day.csv", "--spec", f / "sheet.toml"],
                 ["grid", "host", "\x1b\udcff"], ["grid", "host", f / "broken.json"], ["grid", "list"],
                 ["grid", "futures", f / "bad.toml"], ["grid", "\x1b\udcff"]],
    }


def commands_with_json(program):
    words = re.findall(r"^  ([a-z]+) ", program.run("--help").stdout.decode(), re.M)
    return {word for word in words if b"--json" in program.run(word, "--help").stdout}


def judge(program, words, outcome, is_json):
    what = f"{[os.fsencode(w) for w in words]}: exit {outcome.returncode}"
    check = program.check
    check(outcome.returncode in (0, 1, 2, 3, 4, 5), f"{what}: {outcome.stderr[-300:]!r}")
    check(b"E0699" not in outcome.stderr, f"{what}: {outcome.stderr[-300:]!r}")
    for name, data in (("out", outcome.stdout), ("err", outcome.stderr)):
        check(not controls(data), f"{what}: std{name} has the bytes {controls(data)}")
        try:
            text = data.decode("utf-8")
            check(not [w for w in STEERING if ord(w[0]) > 0x7F and w[0] in text], f"{what}: std{name} steers")
        except UnicodeDecodeError as trouble:
            check(False, f"{what}: std{name} is no UTF-8: {trouble}")
    if is_json and outcome.stdout:
        try:
            strict_json(outcome.stdout)
        except (ValueError, UnicodeDecodeError) as trouble:
            check(False, f"{what}: no JSON: {trouble}: {outcome.stdout[:200]!r}")
    check(outcome.returncode != 0 or outcome.stdout or "-o" in words, f"{what}: no output")


def judge_command(program, place, command, cases):
    """Every line of one command in one folder."""
    n_answered = 0
    is_first = place.name == os.fsdecode(FOLDERS[0])
    turn = [os.fsdecode(folder) for folder in FOLDERS].index(place.name)
    for k, words in enumerate(cases):
        words = [str(word) for word in words]
        # what takes no file needs one folder only
        if not is_first and not any(str(place) in word for word in words):
            continue
        both = (["--json"], [])
        for extra in both if is_first else both[(turn + k) % 2:][:1]:
            outcome = program.run(*words, *extra)
            judge(program, words, outcome, bool(extra))
            n_answered += outcome.returncode == 0
    # a question that only refuses shows nothing of what it answers
    program.check(n_answered > 0 or not is_first, f"{command} answers none of its lines")


def main():
    program = Program(sys.argv[1])
    missing = commands_with_json(program) - set(invocations(pathlib.Path(".")))
    program.check(not missing, f"no hostile names for {sorted(missing)}")
    with tempfile.TemporaryDirectory() as name:
        outer = os.fsencode(name)
        places = [pathlib.Path(os.fsdecode(os.path.join(outer, folder))) for folder in FOLDERS]
        jobs = []
        for place in places:
            place.mkdir()
            files(place)
            part = program.run("run", str(place / "s.toml"), "-n", "50", "--shard", "1/1", "-o", str(place / "part"))
            program.check(part.returncode == 0, f"{place.name!r}: no part: {part.stderr[-300:]!r}")
            jobs += [functools.partial(judge_command, program, place, *one) for one in invocations(place).items()]
        at_once(jobs)
        for place in places:
            if program.check((place / "out.json").exists(), f"{place.name!r}: no out.json"):
                strict_json((place / "out.json").read_bytes())
    program.finish("names")


if __name__ == "__main__":
    main()
