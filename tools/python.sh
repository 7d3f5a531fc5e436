#!/bin/bash
# autarky: builds the Python module in the build folder and tests it
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/python.sh [-j JOBS] [pytest arguments ...]
# The module is build/python/autarky: PYTHONPATH=build/python. Its tools are those of tools/pip-python.txt, in .venv/.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${BUILD:-build}
jobs=$(nproc)
if [ "${1:-}" = -j ]; then
    jobs=$2
    shift 2
fi

tools/setup.sh build python
python=$PWD/.venv/bin/python
# another interpreter or another nanobind than last time: what CMake has found of them is looked for anew
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DAUTARKY_PYTHON=ON "-DPython_EXECUTABLE=$python" >/dev/null
cmake --build "$build" --target autarky_python autarky --parallel "$jobs" -- --quiet
export PYTHONPATH=$PWD/$build/python AUTARKY_PROGRAM=$PWD/$build/autarky
"$python" -m pytest -q -p no:cacheprovider tests/python "$@"
