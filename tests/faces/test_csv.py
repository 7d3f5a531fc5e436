# autarky: every command that prints a table gives it as CSV that other programs read without harm
# SPDX-License-Identifier: Apache-2.0
"""usage: test_csv.py PROGRAM

The commands are those of the program's own help that have --csv: one that gains it must gain a line here. Each table is read by
Python's csv module in its strict mode, its units are held against the JSON Schema of the answer, and no cell begins as a formula
does, in a scenario whose names all begin so.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROGRAM = sys.argv[1]
TREE = Path(__file__).resolve().parents[2]
MODEL = TREE / "tests" / "model" / "data"
FEEDER = TREE / "catalogue" / "grid" / "feeders" / "cigre_lv.json"
# what it takes minutes to ask; the library's own test holds the tables of every answer
LEFT_OUT = {"grid surface"}


def run(*words, expected=(0, 1)):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode in expected, (words, done.returncode, done.stderr)
    return done.stdout


def commands_with_csv():
    lines = run("help").split("\nUsage")[1].split("\nOptions")[0].splitlines()
    names = [match[1] for line in lines if (match := re.match(r"  ([a-z-]+(?: [a-z-]+)?)  +\S", line))]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        helps = pool.map(lambda name: run(*name.split(), "--help"), names)
    return {name for name, text in zip(names, helps, strict=True) if "--csv" in text}


def odd_scenario(folder):
    """The small scenario of the model's tests; sites, merchants, its title and its source begin as formulas do."""
    text = (MODEL / "small.toml").read_text()
    for name, sign in (("home", "="), ("abroad", "@"), ("first", "-"), ("second", "+"), ("test", "=")):
        text = re.sub(rf"(?m)^(\[[a-z]+\.){name}([.\]])", rf'\1"{sign}{name}"\2', text).replace(f'"{name}"', f'"{sign}{name}"')
    (folder / "odd.toml").write_text(text.replace('title = "Small', 'title = "=1+1 Small').replace('"Round numbers', '"@round numbers'))
    over = (MODEL / "uncertain.toml").read_text().replace("small.toml", "odd.toml").replace("[merchant.first]", '[merchant."-first"]')
    uncertain = folder / "uncertain.toml"
    uncertain.write_text(over.replace('source = "test"', 'source = "=test"'))
    return uncertain


def invocations(folder):
    odd = odd_scenario(folder)
    part, load, layers = folder / "part", folder / "day.csv", folder / "layers.csv"
    run("run", odd, "-n", 64, "--shard", "1/1", "-o", part)
    load.write_text("minute,load,ambient_c\n" + "".join(f"{15 * k},{200 + k},20\n" for k in range(96)))
    layers.write_text("layer,operator,rows,columns,reduction\n=a,matmul,8,8,8\n")
    few = ["-n", 64]
    return {
        "run": ["run", odd, *few], "map": ["map", "--scenario", odd, *few, "--columns", 3, "--rows", 3], "break-even": ["break-even", odd, *few],
        "flip": ["flip", odd, *few, "--most", 2], "update": ["update", "ai5", "-n", 512], "worth": ["worth", odd, "-n", 300],
        "sense": ["sense", odd, *few, "--screening", 8, "--most", 2], "discover": ["discover", odd, "-n", 1024],
        "compare": ["compare", odd, "--set", 'economy.discount_rate="12 %/year"', *few],
        "wafers": ["wafers", odd, *few, "--fails", "=home", "--from", "2028Q1"],
        "stress": ["stress", odd, *few, "--site", "=home", "--at", "2028Q1"], "anchor": ["anchor", odd, *few],
        "plan": ["plan", odd, "--futures", 4], "paths": ["paths", "ai5", "--path", "taylor_expansion", "-n", 16],
        "explain": ["explain", "chip.unit_cost", odd, "--at", "2028Q1"], "metrics": ["metrics", "grid.*"], "merge": ["merge", part],
        "audit": ["audit", odd, "-n", 100], "validate": ["validate", "--peer", "yield"], "check": ["check", odd], "sources": ["sources", odd],
        "die": ["die", "26x16.5", "--d0", "0.08 to 0.4"], "package": ["package", "10x10*2@n5"], "reticle": ["reticle", "8x6*2", "10x5"],
        "ttm": ["ttm", "--node", 7, "--chips", "1e6", "--transistors", "1e9", "--unique", "1e8", "--engineers", 9, "--parallel", 0.5],
        "chip": ["chip", "hw3"], "export": ["export", "h100"], "design": ["design", layers, "--node", 5], "workload": ["workload", layers],
        "grid host": ["grid", "host", "us-pole-25", "--placements", 5], "grid fix": ["grid", "fix", "us-pole-25", "--devices", 6],
        "grid flow": ["grid", "flow", FEEDER], "grid fault": ["grid", "fault", TREE / "tests/answers/data/feeder.json"], "grid age": ["grid", "age", "--load", load],
        "grid nation": ["grid", "nation", "--units", 80], "grid cap": ["grid", "cap", "--futures", 50],
        "grid futures": ["grid", "futures", "dojo", "--futures", 40], "grid claims": ["grid", "claims"], "grid list": ["grid", "list"],
        "option mcdonald-siegel": "option mcdonald-siegel --r 0.04 --delta 0.04 --sigma 0.2 --investment 1 --value 1.5".split(),
        "option perpetual-put": "option perpetual-put --S 100 --K 100 --r 0.05 --sigma 0.2".split(),
        "option black-scholes": "option black-scholes --S 42 --K 40 --r 0.1 --sigma 0.2 --T 0.5".split(),
        "option margrabe": "option margrabe --S1 100 --S2 90 --sigma1 0.2 --sigma2 0.2 --rho 1 --T 1".split(),
        "option crr": "option crr --S 100 --K 100 --r 0.05 --sigma 0.2 --T 1 --right put".split(),
        "option newsvendor": "option newsvendor --mean 500 --sd 120 --price 25 --cost 12".split(),
        "option manne": "option manne --a 0.7 --r 0.1".split(), "option payoff": "option payoff --row -40,60 --row 80,20 --p 0.3,0.7".split(),
        "code": ["code", "E0203"],
    }


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def units_of(schema):
    """Units that an answer gives to items of a name, wherever they stand in it."""
    found = {}

    def see(node):
        if isinstance(node, dict):
            properties = node.get("properties", {})
            for key, item in properties.items():
                unit = item.get("unit", "") if isinstance(item, dict) else ""
                found.setdefault(key, set()).add("" if unit == "1" or unit.startswith("the ") else unit)
            for inner in node.values():
                see(inner)
        elif isinstance(node, list):
            for inner in node:
                see(inner)

    see(schema)
    return found


def judge(name, words, folder):
    text = run(*words, "--csv")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert rows and rows[0], f"{name}: no head"
    head = rows[0]
    assert len(set(head)) == len(head), f"{name}: a column twice: {head}"
    assert all(len(row) == len(head) for row in rows), f"{name}: ragged"
    assert text.endswith("\n") and "\r" not in text, name
    for row in rows:
        for cell in row:
            assert not re.match(r"[=+@-]", cell) or is_number(cell), f"{name}: a spreadsheet would run {cell!r}"
    answer = "run" if name == "merge" else name
    units = units_of(json.loads(run("schema", "--answer", answer)))
    n_units = 0
    for column in head:
        key, unit = re.fullmatch(r"(.*?)(?: \[(.+)\])?", column).groups()
        known = units.get(key) or units.get(key.rsplit(".", 1)[-1]) or {""}
        told = {one.rsplit(".", 1)[-1] for one in head}  # a unit may stand in a column of its own
        known = {"" if one in told else one for one in known}
        assert (unit or "") in known, f"{name}: {column!r} where the schema has {known}"
        n_units += unit is not None
    file = folder / (name.replace(" ", "-") + ".csv")
    run(*words, "-o", file)
    assert file.read_text() == text, f"{name}: -o {file.name} is not --csv"
    return n_units, any("=" in cell or "@" in cell for row in rows[1:] for cell in row)


def main():
    known = commands_with_csv()
    assert len(known) > 30, known
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = invocations(folder)
        assert set(asked) | LEFT_OUT == known, f"without a line here: {known - set(asked) - LEFT_OUT}; no such command: {set(asked) - known}"
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            seen = list(pool.map(lambda one: judge(*one, folder), asked.items()))
    n_units, n_odd = sum(units for units, _ in seen), sum(odd for _, odd in seen)
    assert n_units > 40 and n_odd > 5, (n_units, n_odd)  # the odd names are there
    print(f"{len(asked)} commands, {n_units} columns with units, {n_odd} tables with names that begin as formulas do")


main()
