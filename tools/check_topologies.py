#!/usr/bin/env python3
# autarky: layer tables of SCALE-Sim, read here and by SCALE-Sim's own reader
# SPDX-License-Identifier: Apache-2.0
"""check_topologies.py PROGRAM: writes tables as SCALE-Sim's own 131 topologies have them (header in any case, a width named
twice, blanks that do not break, remarks behind the last comma, a sparsity column, depthwise layers, products, files that
SCALE-Sim itself writes) and compares layer by layer

  - multiply-accumulates with SCALE-Sim's reader, topology_utils.py of its wheel on PyPI;
  - cycles on arrays of a few shapes with its own dimensions (calc_spatio_temporal_params) in the folding rule of its paper.

A table with a sparsity other than 1:1 must be refused by that name. The wheel is unpacked into .cache/scalesim and never
installed; its reader imports nothing but math.
"""
import contextlib
import importlib.util
import io
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "scalesim"
RELEASE = "scalesim==3.0.0"
TABLES = 60
ARRAYS = [(8, 8), (32, 16), (128, 128)]
HEADERS = [
    "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,",
    "Layer name,IFMAP Height,IFMAP Width,Filter Height,Filter Width,Channels,Num Filter,Strides,",
    "Layer Name, IFMAP height, IFMAP width, Filter height, Filter width, Channels, Num filter, Strides,",
    "Layer name, IFMAP Width, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,",
    "Layer\u00a0name, IFMAP\u00a0Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,",
]
SPARSE = "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides, Sparsity,"
PRODUCTS = ["Layer, M, N, K,", "Layer,M,N,K,", "Layer name, M, N, K,"]


def reader():
    """SCALE-Sim's module of topologies, or None when its wheel cannot be had."""
    path = FOLDER / "scalesim" / "topology_utils.py"
    if not path.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        got = subprocess.run([sys.executable, "-m", "pip", "download", "-qqq", "--no-deps", "--only-binary=:all:",
                              "--disable-pip-version-check", "--dest", FOLDER, RELEASE], check=False)
        if got.returncode != 0:
            return None
        for wheel in FOLDER.glob("*.whl"):
            with zipfile.ZipFile(wheel) as packed:
                packed.extract("scalesim/topology_utils.py", FOLDER)
            wheel.unlink()
    spec = importlib.util.spec_from_file_location("topology_utils", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def convolution(draw, name, end):
    kernel_h, kernel_w = draw.choice([1, 3, 5, 7]), draw.choice([1, 3, 5])
    height, width = kernel_h + draw.randrange(0, 60), kernel_w + draw.randrange(0, 60)
    blank = draw.choice(["", " ", "\t"])
    cells = [name, height, width, kernel_h, kernel_w, draw.randrange(1, 130), draw.randrange(1, 130), draw.choice([1, 1, 2, 4])]
    return ("," + blank).join(str(cell) for cell in cells) + end


def table(draw):
    """Text of one table, and whether it holds products."""
    n = draw.randrange(1, 8)
    if draw.random() < 0.25:
        rows = [f"p{i}, {draw.randrange(1, 400)}, {draw.randrange(1, 400)}, {draw.randrange(1, 400)}," for i in range(n)]
        return "\n".join([draw.choice(PRODUCTS), *rows]) + "\n", True
    names = [draw.choice(["conv", "C 3x3/", "DP", "fc-"]) + str(i) for i in range(n)]
    if draw.random() < 0.2:
        return "\n".join([SPARSE, *(convolution(draw, name, ", 1:1,") for name in names)]) + "\n", False
    end = draw.choice([",", ", ", ",\t# a remark"])
    lines = [draw.choice(HEADERS), *(convolution(draw, name, end) for name in names)]
    return draw.choice(["\n", "\r\n"]).join(lines) + draw.choice(["", "\n", "\n\n"]), False


def theirs(module, path, products):
    with contextlib.redirect_stdout(io.StringIO()):
        read = module.topologies()
        read.load_arrays(str(path), products)
        read.topo_calc_hyperparams()
    return read


def cycles_of(read, flow, rows, columns):
    """Index of the last cycle of each layer by Samajdar et al., ISPASS 2020, equations 1 to 4."""
    out = []
    for layer in range(read.get_num_layers()):
        s_row, s_col, streamed = read.calc_spatio_temporal_params(df=flow, layer_id=layer)
        folds = math.ceil(s_row / rows) * math.ceil(s_col / columns)
        out.append(folds * (streamed + rows + columns - 2 + (0 if flow == "os" else rows)) - 1)
    return out


def ours(program, *arguments):
    done = subprocess.run([program, *arguments, "--json"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ValueError(done.stderr.strip() or done.stdout.strip())
    return json.loads(done.stdout)


def differences(program, read, path, draw):
    macs = [entry[2] for entry in read.layers_calculated_hyperparams]
    rows, columns = draw.choice(ARRAYS)
    flow = draw.choice(["os", "ws", "is"])
    found = ours(program, "chip", "--array", f"{rows}x{columns}", "--dataflow", flow, "--layers", str(path), "--as", "scalesim")
    if [layer["macs"] for layer in found["layers"]] != macs:
        yield f"MACs {[layer['macs'] for layer in found['layers']]}, SCALE-Sim {macs}"
    cycles = cycles_of(read, flow, rows, columns)
    if [layer["cycles"] for layer in found["layers"]] != cycles:
        yield f"{flow} {rows}x{columns}: cycles {[layer['cycles'] for layer in found['layers']]}, SCALE-Sim {cycles}"
    total = ours(program, "workload", str(path))["macs"]
    if total != sum(macs):
        yield f"workload counts {total} MACs, SCALE-Sim {sum(macs)}"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = sys.argv[1]
    module = reader()
    if module is None:
        print(f"could not be had: {RELEASE}; its tables are not tried")
        return 0
    draw = random.Random(3)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for i in range(TABLES):
            text, products = table(draw)
            path = pathlib.Path(folder) / f"net{i}.csv"
            path.write_bytes(text.encode())
            try:
                wrong = list(differences(program, theirs(module, path, products), path, draw))
            except (ValueError, AssertionError, IndexError) as trouble:
                wrong = [f"{type(trouble).__name__}: {trouble}"]
            failed += bool(wrong)
            for sentence in wrong:
                print(f"FAIL {sentence[:400]}\n{text}")
        sparse = pathlib.Path(folder) / "sparse.csv"
        sparse.write_text(f"{SPARSE}\na, 8, 8, 3, 3, 4, 4, 1, 2:4,\n")
        refused = subprocess.run([program, "workload", str(sparse)], capture_output=True, text=True, check=False)
        if refused.returncode == 0 or "2:4" not in refused.stderr:
            failed += 1
            print(f"FAIL a sparsity of 2:4 is not refused by its name: {refused.stderr}")
    print(f"{TABLES} tables of SCALE-Sim, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
