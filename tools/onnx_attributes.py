#!/usr/bin/env python3
# autarky: writes the table of the attributes of ONNX operators from the schemas of onnx and ONNX Runtime
# SPDX-License-Identifier: Apache-2.0
"""onnx_attributes.py [--check]: writes src/compute/onnx/onnx_attribute_table.cpp, or says whether it is as it would be.

Every operator of ONNX's own domain in any operator set, those that ONNX Runtime adds to that domain, and those of
com.microsoft that the reader knows. Of each attribute the kind of value (a letter, capital for a list), and the operator
sets that have it where not all of them do. onnx and onnxruntime must be importable in the versions of tools/pip-onnx.txt.
"""
import pathlib
import re
import sys

import onnx
import onnxruntime
import onnxruntime.capi.onnxruntime_pybind11_state as runtime

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "compute" / "onnx" / "onnx_attribute_table.cpp"
KINDS = {"FLOAT": "f", "INT": "i", "STRING": "s", "TENSOR": "t", "GRAPH": "g", "SPARSE_TENSOR": "x", "TYPE_PROTO": "p",
         "FLOATS": "F", "INTS": "I", "STRINGS": "S", "TENSORS": "T", "GRAPHS": "G", "SPARSE_TENSORS": "X",
         "TYPE_PROTOS": "P"}
HEAD = """\
// autarky: the attributes of ONNX operators; written by tools/onnx_attributes.py.
// SPDX-License-Identifier: Apache-2.0
//
// Source: the schemas of onnx {} (operator sets 1 to {}) and, for com.microsoft and what ONNX Runtime adds, of
// onnxruntime {}. "axes:I-12": a list of whole numbers, up to operator set 12; "9-": from 9 on.
#include "compute/onnx/onnx_attributes.hpp"

// clang-format off
namespace autarky::compute {{

std::span<const OperatorAttributes> operator_attributes() {{
    static constexpr OperatorAttributes rows[] = {{
"""
TAIL = """\
    };
    return rows;
}

} // namespace autarky::compute
"""


def kind_of(attribute):
    return KINDS[str(attribute.type).split(".")[-1].split(":")[0]]


def known_of_microsoft():
    text = "".join(file.read_text() for file in sorted(TABLE.parent.glob("*.cpp")) if file != TABLE)
    return set(re.findall(r"com\.microsoft\.(\w+)", text))


def versions():
    """{operator: {operator set in which it changed: {(attribute, kind)}}}"""
    found = {}
    for schema in onnx.defs.get_all_schemas_with_history():
        if schema.domain == "":
            found.setdefault(schema.name, {})[schema.since_version] = {
                (name, kind_of(attribute)) for name, attribute in schema.attributes.items()}
    own = set(found)
    wanted = known_of_microsoft()
    for schema in runtime.get_all_operator_schema():
        if schema.domain == "" and schema.name not in own:
            name = schema.name
        elif schema.domain == "com.microsoft" and schema.name in wanted:
            name = "com.microsoft." + schema.name
        else:
            continue
        found.setdefault(name, {}).setdefault(1, set()).update(
            (key, kind_of(attribute)) for key, attribute in schema.attributes.items())
    return found


def words_of(by_set):
    """"axes:I-12 keepdims:i": each attribute with the operator sets that have it."""
    sets = sorted(by_set)
    words = []
    for name, kind in sorted(set().union(*by_set.values())):
        has = [(name, kind) in by_set[one] for one in sets]
        first = has.index(True)
        after = next((k for k in range(first, len(has)) if not has[k]), len(has))
        if any(has[after:]):
            raise SystemExit(f"{name} goes and comes back")
        begin = str(sets[first]) if first > 0 else ""
        end = str(sets[after] - 1) if after < len(has) else ""
        words.append(f"{name}:{kind}" + (f"{begin}-{end}" if begin or end else ""))
    return " ".join(words)


def table():
    out = HEAD.format(onnx.__version__, onnx.defs.onnx_opset_version(), onnxruntime.__version__)
    for name, by_set in sorted(versions().items()):
        line = f'        {{"{name}", "'
        for word in words_of(by_set).split():
            if len(line) + len(word) > 112:
                out += line.rstrip() + ' "\n'
                line = ' ' * 9 + '"'
            line += word + " "
        out += line.rstrip() + '"},\n'
    return out + TAIL


def main():
    text = table()
    if sys.argv[1:] == ["--check"]:
        if TABLE.read_text() != text:
            raise SystemExit(f"{TABLE.relative_to(ROOT)} is not what the schemas give: run tools/onnx_attributes.py")
        print("the table of attributes is that of the schemas")
    elif not sys.argv[1:]:
        TABLE.write_text(text)
    else:
        raise SystemExit(__doc__)


main()
