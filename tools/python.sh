#!/bin/bash
# autarky: builds the Python module in the build folder and tests it
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/python.sh [--stubs] [pytest arguments ...]
# --stubs: writes the type stubs of python/autarky anew from the descriptions of the questions, and tests nothing.
# The module is build/python/autarky: PYTHONPATH=build/python. Its tools are those of tools/pip-python.txt, in .venv/.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${BUILD:-build}

tools/setup.sh build python
python=$PWD/.venv/bin/python
# another interpreter or another nanobind than last time: what CMake has found of them is looked for anew
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DAUTARKY_PYTHON=ON "-DPython_EXECUTABLE=$python" >/dev/null
cmake --build "$build" --target autarky_python autarky --parallel "$(nproc)" -- --quiet
export PYTHONPATH=$PWD/$build/python AUTARKY_PROGRAM=$PWD/$build/autarky
if [ "${1:-}" = --stubs ]; then
    exec "$python" tools/python_stubs.py
fi
"$python" -m pytest -q -p no:cacheprovider tests/python "$@"
