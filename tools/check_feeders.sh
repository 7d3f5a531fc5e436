#!/bin/bash
# autarky: power-grid-model's own cases, and nets of pandapower and SimBench, through `autarky grid`
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/check_feeders.sh PROGRAM
# Needs a Python of 3.12 or newer, which power-grid-model asks for; without one it says so and ends well, unless CI is set and
# the machine has had one before. Packages go into .cache/feeders-venv, the source package into .cache/feeders-source.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:?usage: tools/check_feeders.sh PROGRAM}

python=
for candidate in python3 python3.14 python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then python=$candidate && break; fi
done
if [ -z "$python" ]; then
    echo 'feeders: no Python 3.12 here; conversions and power-grid-model'"'"'s own cases are not tried'
    exit 0
fi

venv=.cache/feeders-venv source=.cache/feeders-source
if ! cmp -s tools/pip-convert.txt "$venv/installed"; then
    rm -rf "$venv" && "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r tools/pip-convert.txt
    cp tools/pip-convert.txt "$venv/installed"
fi
release=$(grep '^power-grid-model==' tools/pip-convert.txt)
if [ "$(cat "$source/unpacked" 2>/dev/null)" != "$release" ]; then
    rm -rf "$source" && mkdir -p "$source"
    "$venv/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps --no-binary=power-grid-model \
        --dest "$source" "$release"
    tar -xzf "$source"/power_grid_model-*.tar.gz -C "$source" --strip-components=1 --wildcards '*/tests/data/*'
    rm -f "$source"/*.tar.gz
    printf '%s\n' "$release" >"$source/unpacked"
fi

"$python" tools/check_power_flow_cases.py "$program" "$source/tests/data"
"$venv/bin/python" tools/check_conversions.py "$program"
