#!/usr/bin/env python3
# autarky: runs power-grid-model's own validation folders through `autarky grid` and compares every number
# SPDX-License-Identifier: Apache-2.0
"""usage: check_power_flow_cases.py PROGRAM FOLDER [--verbose]

FOLDER is tests/data of power-grid-model's source package (see tools/check_feeders.sh). Every folder of power flows and short
circuits must give the numbers of its expected output within its own tolerances, or be refused with an error where the library
raises one itself. Every folder of state estimation, which is not computed, must have its measurements said. A difference that
nobody was told is a failure. Prints one line a failure and a table; exit code 1 when there is a failure.
"""
import cmath
import collections
import json
import math
import pathlib
import re
import subprocess
import sys

TAPS = {"any_valid_tap": "any", "min_voltage_tap": "low", "max_voltage_tap": "high", "fast_any_tap": "fast"}
NOT_COMPUTED = -128  # the library's mark of a whole number that it has not; null here
# Units whose short-circuit voltage is below their load losses, which no unit can have; refused by name.
IMPOSSIBLE = "auto-tap-changer-meshed-"
SAID = ("E0", "W0408", "W0412", "failed")


def run(program, *arguments):
    done = subprocess.run([program, "grid", *map(str, arguments), "--json"], capture_output=True, text=True, check=False)
    return done.returncode, (json.loads(done.stdout) if done.stdout.strip() else None), done.stderr


def elements(scenario):
    """Rows of one scenario by component and id."""
    out = collections.defaultdict(dict)
    for name, rows in scenario.items():
        if not isinstance(rows, list) or name in ("dead_nodes", "failed", "tap_positions", "warnings"):
            continue
        for row in rows:
            out[row.get("component", "node" if name == "nodes" else name)][row["id"]] = row
    return out


def tolerance(atol, key):
    """The absolute tolerance of an attribute; the keys of a table of them are regular expressions."""
    if not isinstance(atol, dict):
        return atol
    return next((value for pattern, value in atol.items() if re.fullmatch(pattern, key)), atol.get("default", 1e-8))


def differences(expected, got, rtol, atol):
    """Values of the expected rows that differ, in words."""
    for component, rows in expected.items():
        for place, row in enumerate(rows):
            there = list(got[component].values())
            ours = got[component].get(row["id"]) if "id" in row else there[place] if place < len(there) else None
            if ours is None:
                if component.endswith("_sensor") or component == "fault" or component.endswith("regulator"):
                    continue  # no part in this calculation
                yield f"{component} {row.get('id', place)} is missing"
                continue
            for key, value in row.items():
                if key in ("id", "u_angle") or value is None or key not in ours:
                    continue  # the library's own test passes over u_angle too: it has no common origin
                absolute = tolerance(atol, key)
                pairs = list(zip(value, ours[key]) if isinstance(value, list) else [(value, ours[key])])
                if key.endswith("_angle") and None not in (v for pair in pairs for v in pair):
                    # An angle counts as far as its phasor does: that of nothing is any, and a full turn is none.
                    lengths = ours.get(key[:-6], 1.0)
                    lengths = lengths if isinstance(lengths, list) else [lengths] * len(pairs)
                    pairs = [(0.0, max(0.0, r * abs(cmath.rect(1, w) - cmath.rect(1, h)) - rtol * r)) for (w, h), r in zip(pairs, lengths)]
                for wanted, have in pairs:
                    if wanted is None or (have is None and wanted == NOT_COMPUTED):
                        continue
                    wanted = float(wanted)
                    if have is None or not abs(have - wanted) <= absolute + rtol * abs(wanted):
                        if not (math.isnan(wanted) or (have is None and math.isinf(wanted))):
                            yield f"{component} {ours['id']} {key}: {wanted} expected, {have} here"


class Checker:
    def __init__(self, program):
        self.program, self.failures, self.counts = program, [], collections.Counter()

    def judge(self, folder, kind, told, code, wrong):
        name = f"{folder} ({kind})"
        if wrong and code == 0 and not told:
            self.failures.append(f"{name}: {wrong[0]}" + (f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""))
        self.counts["equal" if not wrong else "refused or said"] += 1

    def case(self, root, folder):
        params = json.loads((folder / "params.json").read_text())
        short = folder.relative_to(root)
        methods = params["calculation_method"]
        methods = [methods] if isinstance(methods, str) else methods
        if short.parts[0] == "state_estimation":
            return self.estimation(short, folder)
        for method in methods:
            for output in sorted(folder.glob("*_output*.json")):
                self.output(short, folder, params, method, output)

    def estimation(self, short, folder):
        code, _, said = run(self.program, "flow", folder / "input.json")
        data = json.loads((folder / "input.json").read_text())["data"]
        sensors = [c for c, rows in data.items() if c.endswith("_sensor") and rows]
        unsaid = [c for c in sensors if code != 3 and f"{c} ha" not in said]
        if unsaid:
            self.failures.append(f"{short}: nothing is said of {unsaid[0]}")
        self.counts["state estimation, said"] += 1

    def output(self, short, folder, params, method, output):
        kind, batch = output.stem.split("_")[0], output.stem.endswith("_batch")
        arguments = ["fault" if kind == "sc" else "flow", folder / "input.json"]
        if batch:
            arguments += ["--batch", folder / "update_batch.json"]
        if kind == "sc":
            arguments += ["--currents", "smallest" if params.get("short_circuit_voltage_scaling") == "minimum" else "largest"]
        else:
            arguments += ["--method", method, "--symmetric" if kind == "sym" else "--asymmetric"]
            if "tap_changing_strategy" in params:
                arguments += ["--taps", TAPS[params["tap_changing_strategy"]]]
            elif "transformer_tap_regulator" in json.loads((folder / "input.json").read_text())["data"]:
                arguments += ["--taps", "off"]  # the library's own default
            if "calculation_initialization" in params:
                arguments += ["--initial", params["calculation_initialization"]]
        code, got, said = run(self.program, *arguments)
        told = any(word in said for word in SAID) or "raises" in params or "xfail" in params
        wrong = [f"exit {code}: {said.strip().splitlines()[0] if said.strip() else ''}"] if code not in (0, 4) or got is None else []
        if not wrong:
            expected = json.loads(output.read_text())["data"]
            for i, one in enumerate(expected if isinstance(expected, list) else [expected]):
                scenario = got["scenarios"][i] if "scenarios" in got else got
                wrong += differences(one, elements(scenario), params["rtol"], params["atol"])
        if code == 3 and not ("raises" in params or "xfail" in params or short.name.startswith(IMPOSSIBLE)):
            self.failures.append(f"{short} ({kind}, {method}): refused: {said.strip().splitlines()[0]}")
        self.judge(short, f"{kind}, {method}", told, code, wrong)


def main() -> int:
    program, root = sys.argv[1], pathlib.Path(sys.argv[2])
    folders = sorted(path.parent for path in root.rglob("params.json"))
    if len(folders) < 100:
        print(f"{root} has {len(folders)} folders with params.json; at least 100 are expected")
        return 1
    checker = Checker(program)
    for folder in folders:
        checker.case(root, folder)
    for line in checker.failures:
        print(line)
    for name, n in sorted(checker.counts.items()):
        print(f"{n:5} {name}")
    print(f"{sum(checker.counts.values()) - len(checker.failures)} passed, {len(checker.failures)} failed")
    return 1 if checker.failures else 0


if __name__ == "__main__":
    sys.exit(main())
