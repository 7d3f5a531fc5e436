#!/bin/bash
# autarky: finding: pysmps reads an SMPS file right the first time; the second time every random block holds its cases twice
# SPDX-License-Identifier: Apache-2.0
#
# Surprise: the lists of cases and probabilities of a block are attributes of the class, not of the block. So the first stochastic
#   program that a process reads is right, and every later one, even the same file again, holds the cases of all those before it too,
#   without a word: probabilities add up to 2, then 3, and the costs with them. Two blocks in one file hold each other's cases.
# Package: pysmps 1.5.6 from PyPI (its newest, 2021), solved by scipy 1.14.1 (HiGHS) with numpy 1.26.4.
# Hurt: who compares a solver with published SMPS cases one after another in one process, which is what such a reader is for: the
#   first case agrees, the next ones do not, and the fault looks like the solver's.
# Case: the farmer of Birge and Louveaux (500 acres, yields a fifth higher or lower): recourse -108,390 is the book's figure.
# Seen on 2026-11-30:
#   first reading: 3 cases, probabilities add up to 1, optimum -108390
#   second reading: 6 cases, probabilities add up to 2, optimum -330200
#   two blocks of two cases each: 4 and 4
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qqq --disable-pip-version-check pysmps==1.5.6 numpy==1.26.4 scipy==1.14.1
cat >farmer.cor <<'EOF'
NAME          FARMER
ROWS
 N  COST
 L  LAND
 G  WHEATBAL
 G  CORNBAL
 L  BEETBAL
 L  QUOTA
COLUMNS
    WHEAT     COST      150.0     LAND      1.0
    WHEAT     WHEATBAL  2.5
    CORN      COST      230.0     LAND      1.0
    CORN      CORNBAL   3.0
    BEETS     COST      260.0     LAND      1.0
    BEETS     BEETBAL   -20.0
    WHEATBUY  COST      238.0     WHEATBAL  1.0
    WHEATSEL  COST      -170.0    WHEATBAL  -1.0
    CORNBUY   COST      210.0     CORNBAL   1.0
    CORNSELL  COST      -150.0    CORNBAL   -1.0
    BEETSELL  COST      -36.0     BEETBAL   1.0
    BEETSELL  QUOTA     1.0
    BEETDUMP  COST      -10.0     BEETBAL   1.0
RHS
    RHS       LAND      500.0     WHEATBAL  200.0
    RHS       CORNBAL   240.0     QUOTA     6000.0
ENDATA
EOF
cat >farmer.tim <<'EOF'
TIME          FARMER
PERIODS       LP
    WHEAT     LAND                     SPRING
    WHEATBUY  WHEATBAL                 AUTUMN
ENDATA
EOF
cat >farmer.sto <<'EOF'
STOCH         FARMER
BLOCKS        DISCRETE
 BL YIELDS    AUTUMN    0.333333333333
    WHEAT     WHEATBAL  2.0
    CORN      CORNBAL   2.4
    BEETS     BEETBAL   -16.0
 BL YIELDS    AUTUMN    0.333333333333
    WHEAT     WHEATBAL  2.5
    CORN      CORNBAL   3.0
    BEETS     BEETBAL   -20.0
 BL YIELDS    AUTUMN    0.333333333334
    WHEAT     WHEATBAL  3.0
    CORN      CORNBAL   3.6
    BEETS     BEETBAL   -24.0
ENDATA
EOF
cp farmer.cor two.cor
cp farmer.tim two.tim
cat >two.sto <<'EOF'
STOCH         FARMER
BLOCKS        DISCRETE
 BL WHEATS    AUTUMN    0.5
    WHEAT     WHEATBAL  2.0
 BL WHEATS    AUTUMN    0.5
    WHEAT     WHEATBAL  3.0
 BL CORNS     AUTUMN    0.5
    CORN      CORNBAL   2.4
 BL CORNS     AUTUMN    0.5
    CORN      CORNBAL   3.6
ENDATA
EOF
cat >solve.py <<'EOF'
import contextlib, io, sys
import numpy as np
from pysmps import smps_loader
from scipy.optimize import linprog


def optimum(path):
    """The two-stage program as one: A x = b; T x + W y = h in each case, weighed by its probability."""
    with contextlib.redirect_stdout(io.StringIO()):
        d = smps_loader.load_2stage_problem(path)
    n, m, k = len(d["c"]), len(d["q"][0]), len(d["p"])
    rows = [np.hstack([d["A"], np.zeros((d["A"].shape[0], m * k))])]
    for i in range(k):
        rows.append(np.hstack([d["T"][i]] + [d["W"] if j == i else np.zeros(d["W"].shape) for j in range(k)]))
    cost = np.concatenate([d["c"]] + [d["p"][i] * d["q"][i] for i in range(k)])
    best = linprog(cost, A_eq=np.vstack(rows), b_eq=np.concatenate([d["b"]] + list(d["h"])), method="highs")
    return k, sum(d["p"]), best.fun


if sys.argv[1] == "twice":
    for name in ("first", "second"):
        cases, total, best = optimum("farmer")
        print(f"{name} reading: {cases} cases, probabilities add up to {total:.6g}, optimum {best:.6g}")
else:
    blocks = smps_loader.load_smps("two")["blocks"]
    print("two blocks of two cases each:", " and ".join(str(len(blocks[name].cases)) for name in ("WHEATS", "CORNS")))
EOF
{ venv/bin/python solve.py twice; venv/bin/python solve.py two; } | tee seen
diff seen - <<'EOF'
first reading: 3 cases, probabilities add up to 1, optimum -108390
second reading: 6 cases, probabilities add up to 2, optimum -330200
two blocks of two cases each: 4 and 4
EOF
