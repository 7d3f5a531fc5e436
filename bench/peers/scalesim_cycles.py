#!/usr/bin/env python3
# autarky: SCALE-Sim's own compute classes on ResNet-18, beside `autarky chip` on the same topology: same cycles, ratio of times
# SPDX-License-Identifier: Apache-2.0
"""pip install scalesim==3.0.0; then python3 bench/peers/scalesim_cycles.py TOPOLOGY.csv build/autarky [RxC:dataflow ...]

Only SCALE-Sim's fastest part is timed: operand matrices, demand matrices and their counters of each layer, without memory
simulation, traces, reports and the start of Python. Autarky's time is given twice: of the work inside the process (reading
the table and counting, from `bench_compute_cycles` beside the program), which is the like of it, and of the whole process, of
which the start of the program is nearly all.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

from scalesim.compute.operand_matrix import operand_matrix
from scalesim.compute.systolic_compute_is import systolic_compute_is
from scalesim.compute.systolic_compute_os import systolic_compute_os
from scalesim.compute.systolic_compute_ws import systolic_compute_ws
from scalesim.layout_utils import layouts
from scalesim.scale_config import scale_config
from scalesim.topology_utils import topologies

CONFIG = """[general]
run_name = bench
[architecture_presets]
ArrayHeight: {rows}
ArrayWidth: {columns}
IfmapSramSzkB: 64
FilterSramSzkB: 64
OfmapSramSzkB: 64
IfmapOffset: 0
FilterOffset: 10000000
OfmapOffset: 20000000
Bandwidth: 10
Dataflow: {dataflow}
MemoryBanks: 1
ReadRequestBuffer: 32
WriteRequestBuffer: 32
[layout]
IfmapCustomLayout: False
IfmapSRAMBankBandwidth: 10
IfmapSRAMBankNum: 10
IfmapSRAMBankPort: 2
FilterCustomLayout: False
FilterSRAMBankBandwidth: 10
FilterSRAMBankNum: 10
FilterSRAMBankPort: 2
[sparsity]
SparsitySupport: false
SparseRep: ellpack_block
OptimizedMapping: false
BlockSize: 8
RandomNumberGeneratorSeed: 40
[run_presets]
InterfaceBandwidth: CALC
UseRamulatorTrace: False
"""
SYSTEMS = {"os": systolic_compute_os, "ws": systolic_compute_ws, "is": systolic_compute_is}


def scalesim_cycles(topology_file, rows, columns, dataflow):
    with tempfile.NamedTemporaryFile("w", suffix=".cfg") as file:
        file.write(CONFIG.format(rows=rows, columns=columns, dataflow=dataflow))
        file.flush()
        config = scale_config()
        config.read_conf_file(file.name)
    topology = topologies()
    topology.load_arrays(topology_file)
    total = 0
    start = time.perf_counter()
    for layer in range(topology.get_num_layers()):
        operands = operand_matrix()
        operands.set_params(config_obj=config, topoutil_obj=topology, layoututil_obj=layouts(), layer_id=layer)
        _, ifmap = operands.get_ifmap_matrix()
        _, weights = operands.get_filter_matrix()
        _, ofmap = operands.get_ofmap_matrix()
        system = SYSTEMS[dataflow]()
        system.set_params(config_obj=config, ifmap_op_mat=ifmap, filter_op_mat=weights, ofmap_op_mat=ofmap)
        demand = system.get_demand_matrices()[0]
        total += demand.shape[0] - 1  # SCALE-Sim prints the index of the last cycle
    return total, time.perf_counter() - start


def autarky_cycles(program, topology_file, rows, columns, dataflow, runs=20):
    command = [program, "chip", "--array", f"{rows}x{columns}", "--dataflow", dataflow, "--layers", topology_file,
               "--as", "scalesim", "--json"]
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        times.append(time.perf_counter() - start)
    return json.loads(out)["total"]["cycles"], min(times)


def autarky_seconds_inside(program):
    """Time of reading the table and counting its cycles, or None without the benchmark program."""
    bench = os.path.join(os.path.dirname(program), "bench", "bench_compute_cycles")
    if not os.path.exists(bench):
        return None
    command = [bench, "--benchmark_filter=table_and_cycles", "--benchmark_format=json"]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(out)["benchmarks"][0]["real_time"] * 1e-9


def main():
    topology, program = sys.argv[1:3]
    inside = autarky_seconds_inside(program)
    for case in sys.argv[3:] or ["128x128:os", "128x128:ws", "32x32:ws"]:
        size, dataflow = case.split(":")
        rows, columns = (int(n) for n in size.split("x"))
        ours, our_time = autarky_cycles(program, topology, rows, columns, dataflow)
        theirs, their_time = scalesim_cycles(topology, rows, columns, dataflow)
        verdict = "same cycles" if ours == theirs else f"CYCLES DIFFER: {ours} and {theirs}"
        work = f"the same work in autarky {inside * 1e6:.1f} us, ratio {their_time / inside:,.0f}; " if inside else ""
        print(f"{case}: {ours} cycles; SCALE-Sim {their_time:.3f} s, {work}whole autarky process {our_time * 1e3:.2f} ms, "
              f"ratio {their_time / our_time:.0f}: {verdict}", flush=True)
        if ours != theirs:
            sys.exit(1)


if __name__ == "__main__":
    main()
