#!/usr/bin/env python3
# autarky: the MPS that `plan` writes has the optimum that `plan` states, to GLPK and to HiGHS's own program
# SPDX-License-Identifier: Apache-2.0
"""usage: check_mps.py PROGRAM

GLPK's reader and solver share nothing with those that the program links; a name with a blank, a bound left out or an integer
without one would be read in another way by one of them.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TREE = pathlib.Path(__file__).resolve().parent.parent
CASES = [["tests/model/data/uncertain.toml", "--futures", "4"], ["ai5", "--futures", "2"],
         ["ai5", "--futures", "2", "--risk-weight", "0.5"]]
CLOSE = 2e-6  # relative: twice the gap at which the program stops a search


def run(*words, env=None, folder=TREE):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120, cwd=folder, env=env)
    assert done.returncode == 0, f"{words}: {done.stderr or done.stdout}"
    return done.stdout


def by_glpk(mps, folder):
    out = folder / "glpk.txt"
    run("glpsol", "--freemps", mps, "--mipgap", "1e-7", "-o", out)
    return float(re.search(r"^Objective: .*= ([-+0-9.e]+) \(MIN", out.read_text(), re.M).group(1))


def by_highs(packed, mps, folder):
    program, out = folder / "highs", folder / "highs.txt"
    shutil.copy(packed, program)  # the wheel was unpacked without the right to run it
    program.chmod(0o755)
    libraries = {**os.environ, "LD_LIBRARY_PATH": str(packed.parent.parent / "lib")}
    options = folder / "options"
    options.write_text("mip_rel_gap = 1e-7\n")
    run(program, "--options_file", options, "--solution_file", out, mps, env=libraries, folder=folder)  # it leaves a log where it is started
    return float(re.search(r"^Objective ([-+0-9.e]+)", out.read_text(), re.M).group(1))


def main():
    program = sys.argv[1]
    highs = next(TREE.glob(".cache/highsbox/*/purelib/highsbox/highs_dist/bin/highs"), None)
    solvers = {"GLPK": by_glpk} if shutil.which("glpsol") else {}
    if highs is not None:
        solvers["HiGHS"] = lambda mps, folder: by_highs(highs, mps, folder)
    if len(solvers) < 2:
        sys.exit(f"mps: only {len(solvers)} of glpsol (tools/apt-ci.txt) and highs (tools/fetch_wheels.sh) is here")
    n_wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        mps = folder / "plan.mps"
        for case in CASES:
            stated = json.loads(run(program, "plan", *case, "--json"))["plan"]["value_musd"]
            mps.write_text(run(program, "plan", *case, "--as", "mps"))
            for solver, solve in solvers.items():
                found = solve(mps, folder)
                is_same = abs(found - stated) <= CLOSE * abs(stated)
                n_wrong += not is_same
                print(f"mps: {' '.join(case)}: {solver} {found:.6f}, stated {stated:.6f}{'' if is_same else ': OTHER'}")
    print(f"mps: {len(CASES) * len(solvers)} readings, {n_wrong} with another optimum")
    sys.exit(1 if n_wrong else 0)


if __name__ == "__main__":
    main()
