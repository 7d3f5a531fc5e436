# autarky: what a larger scenario costs: the main one with four times as many generations, regions, or of all kinds
# SPDX-License-Identifier: Apache-2.0
"""usage: growth.py PROGRAM [ROUNDS]

Each copy of a row has another name and the same numbers: what it computes costs what the first does, whatever it means. Prints the
processor time of one more sample, from runs of 1,024 and 5,120 samples of the value alone on one thread, in turn, and its ratio to
the plain scenario's (median of the rounds).
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

TREE = Path(__file__).resolve().parents[1]
COPIES = 4
FEW, MANY = 1024, 5120


def inline(value):
    """TOML of a value on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(inline(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def rows_of(kind):
    """The rows of a kind that take part, catalogue and scenario together."""
    scenario = tomllib.loads((TREE / "scenarios" / "ai5.toml").read_text())
    known = {}
    for file in (TREE / "catalogue").glob("*.toml"):
        known |= tomllib.loads(file.read_text()).get(kind, {})
    named = set(scenario.get(kind, {})) | (set(known) if f"{kind}.*" in scenario["use"] else set())
    return {name: known.get(name, {}) | scenario.get(kind, {}).get(name, {}) for name in named}


def even(kind, rows):
    """Every region sells the same share of the vehicles: shares add up to 100 %."""
    if kind != "region":
        return {}
    return {"vehicle_share": {"is": f"{100 / (COPIES * len(rows)):.9f} %", "source": "working-estimate"}}


def copies(kind):
    """Further rows of a kind, as text, and what the first ones share with them."""
    rows = rows_of(kind)
    named = {name: even(kind, rows) for name in rows}
    named |= {f"{name}_{number}": row | even(kind, rows) for name, row in rows.items() for number in range(1, COPIES)}
    return "".join(f"[{kind}.{name}]\n" + "".join(f"{key} = {inline(value)}\n" for key, value in row.items())
                   for name, row in sorted(named.items()))


def write(folder, name, kinds):
    text = 'extends = "ai5.toml"\ntitle = "' + name + '"\n'
    (folder / f"{name}.toml").write_text(text + "".join(copies(kind) for kind in kinds))
    return folder / f"{name}.toml"


def seconds(program, scenario, samples):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([program, "run", str(scenario), "--quick", "--threads", "1", "--metrics", "npv", "-n", str(samples), "--json"],
                          capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        (folder / "ai5.toml").write_text((TREE / "scenarios" / "ai5.toml").read_text())
        scenarios = {"plain": folder / "ai5.toml",
                     "successors x 4": write(folder, "successors", ["successor"]),
                     "regions x 4": write(folder, "regions", ["region"]),
                     "vehicles, robots, merchants, regions, successors x 4":
                         write(folder, "all", ["vehicle", "robot", "merchant", "region", "successor"])}
        times = {name: [] for name in scenarios}
        for _ in range(rounds):
            for name, file in scenarios.items():
                times[name].append((seconds(program, file, MANY) - seconds(program, file, FEW)) / (MANY - FEW))
        for name, of in times.items():
            ratio = statistics.median(a / b for a, b in zip(of, times["plain"], strict=True))
            print(f"{name}: {1e6 * min(of):.0f} us a sample at least, {ratio:.2f}x")


if __name__ == "__main__":
    main()
