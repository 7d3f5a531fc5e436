# autarky: writes cases.csv: shares of work that a robot undercuts, by direct integration over wages and tasks.
# SPDX-License-Identifier: Apache-2.0
#
# No closed form is used: the density of the wage in each occupation times the probability of the task's productivity,
# itself an integral of its density, over the logarithm of the wage. Run: python undercut.py > cases.csv (SciPy 1.17).
import math

from scipy.integrate import quad

# name, yearly cost of a robot, region's wage, output at the median task (workers), spread over tasks,
# occupations (share, wage over the region's, spread)
CASES = [
    ("one occupation, break-even at the median", 20_000, 50_000, 0.4, 1.0, [(1.0, 1.0, 0.22)]),
    ("one occupation, dear robot", 60_000, 52_000, 0.4, 0.9, [(1.0, 1.0, 0.25)]),
    ("one occupation, cheap robot", 9_000, 52_000, 0.55, 0.7, [(1.0, 1.0, 0.25)]),
    ("supervised in a poor region", 11_000, 12_700, 0.75, 0.6, [(1.0, 1.0, 0.36)]),
    ("two occupations", 26_000, 52_000, 0.62, 0.8, [(0.6, 0.9, 0.21), (0.4, 1.15, 0.26)]),
    ("three occupations, wide tasks", 31_000, 51_500, 0.4, 1.26,
     [(0.55, 0.93, 0.2), (0.3, 1.05, 0.24), (0.15, 1.29, 0.3)]),
    ("three occupations, tasks nearly alike", 30_000, 51_500, 0.6, 0.05,
     [(0.55, 0.93, 0.2), (0.3, 1.05, 0.24), (0.15, 1.29, 0.3)]),
    ("far in the tail", 150_000, 40_000, 0.2, 0.5, [(1.0, 1.0, 0.2)]),
]


def density(x, centre, spread):
    return math.exp(-0.5 * ((x - centre) / spread) ** 2) / (spread * math.sqrt(2 * math.pi))


def above(threshold, centre, spread):
    """Probability that a normal draw exceeds the threshold, by integration."""
    low = max(threshold, centre - 40 * spread)
    high = max(centre + 40 * spread, low)
    inside = [x for x in (centre, centre - 4 * spread, centre + 4 * spread) if low < x < high]
    return quad(density, low, high, args=(centre, spread), points=inside or None, epsabs=1e-14, epsrel=1e-12, limit=400)[0]


def undercut(cost, wage, output, tasks, jobs):
    total = 0.0
    for share, over, spread in jobs:
        centre = math.log(wage * over)

        def chance(log_wage):
            return density(log_wage, centre, spread) * above(math.log(cost) - log_wage, math.log(output), tasks)

        total += share * quad(chance, centre - 12 * spread, centre + 12 * spread, epsabs=1e-13, epsrel=1e-11, limit=400)[0]
    return total


print("""# autarky: share of work that a robot undercuts, over lognormal wages by occupation and lognormal tasks
# SPDX-License-Identifier: Apache-2.0
# quantities: src/analysis/validate.cpp; cost and wage in USD a year, output in workers, spreads of logarithms
case,quantity,inputs,expected,tolerance,note
# source: direct integration with SciPy 1.17 (validation/labour/undercut.py)""")
for name, cost, wage, output, tasks, jobs in CASES:
    inputs = f"cost={cost} wage={wage} output={output} tasks={tasks} jobs={len(jobs)}"
    for i, (share, over, spread) in enumerate(jobs, 1):
        inputs += f" share{i}={share} over{i}={over} spread{i}={spread}"
    tolerance = "1e-6" if cost < 100_000 else "abs 1e-9"
    print(f'"{name}",undercut,{inputs},{undercut(cost, wage, output, tasks, jobs):.15g},{tolerance},')
