#!/bin/bash
# autarky: the loops of tests/hold over a built program: what it promises when it is killed, starved and lied to
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/hold.sh [BUILD]        the build folder, with the tests built; build if left out
set -uo pipefail
cd "$(dirname "$0")/.."
build=$(realpath "${1:-build}")
failed=()
loop() { # a script of tests/hold with its arguments
    python3 "tests/hold/$1.py" "$build/autarky" "${@:2}" || failed+=("$1")
}
loop names
loop tables
loop kills 30
loop stops
loop full_disk 6
loop faults "$build/tests/hold/faults.so" 5
loop locales "$build/tests/hold/faults.so"
loop memory
[ ${#failed[@]} -eq 0 ] || { printf 'hold: failed: %s\n' "${failed[*]}"; exit 1; }
