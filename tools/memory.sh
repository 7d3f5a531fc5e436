#!/bin/bash
# autarky: the tests of every module under AddressSanitizer and UndefinedBehaviorSanitizer
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/memory.sh [--seconds S] [--commits N] [--oracles FOLDER] [module ...]
#   --seconds S   stop after S seconds, and say which modules were left
#   --commits N   modules that the last N commits touched come first (N = 10), but grid, whose years take minutes, last
# It fails on any failed test.
set -uo pipefail
cd "$(dirname "$0")/.."
seconds=100000 commits=10 oracles='' modules=()
while [ $# -gt 0 ]; do
    case $1 in
        --seconds) seconds=$2; shift 2 ;;
        --commits) commits=$2; shift 2 ;;
        --oracles) oracles=$2; shift 2 ;;
        *) modules+=("$1"); shift ;;
    esac
done
jobs=$(nproc)
build=build-asan
cmake --preset asan --log-level=WARNING -DAUTARKY_ORACLES="$oracles" >/dev/null || exit

if [ ${#modules[@]} -eq 0 ]; then
    mapfile -t modules < <({
        git log -n "$commits" --format= --name-only -- src tests | sed -n 's#^\(src\|tests\)/\([a-z]*\)/.*#\2#p'
        ls tests
    } | awk '!seen[$0]++ { if ($0 == "grid") last = $0; else print } END { print last }' | while read -r m; do [ ! -d "src/$m" ] || [ ! -d "tests/$m" ] || echo "$m"; done)
fi
left=() failed=()
in_time() { # a command, stopped with 124 when the time of the whole is over
    local rest=$((seconds - SECONDS))
    [ $rest -gt 0 ] || return 124
    timeout "$rest" "$@"
}
for module in "${modules[@]}"; do
    mapfile -t tests < <(ninja -C $build -t targets all 2>/dev/null | sed -n "s#^tests/$module/\(test_[a-z_]*\): CXX_EXECUTABLE.*#\1#p" |
        grep -v '_commands\?$') # those run the program, as the tests of the release build do
    [ ${#tests[@]} -gt 0 ] || continue
    in_time cmake --build $build --parallel "$jobs" --target "${tests[@]}" -- --quiet
    case $? in 0) ;; 124) left+=("$module"); continue ;; *) exit 1 ;; esac
    labels=$(IFS='|'; echo "${tests[*]#test_}")
    in_time ctest --test-dir $build --label-regex "^($labels)\$" --label-exclude '^(slow|compile-fail|tools)$' --parallel "$jobs" \
        --output-on-failure --no-tests=error >"$build/tests-$module.log"
    case $? in 0) ;; 124) left+=("$module"); continue ;; *) failed+=("$module"); tail -n 60 "$build/tests-$module.log"; continue ;; esac
    echo "memory: $module: $(sed -n 's/^100% tests passed, 0 tests failed out of \(.*\)/\1 tests passed/p' "$build/tests-$module.log")"
done
[ ${#left[@]} -eq 0 ] || echo "memory: out of time, left: ${left[*]}"
[ ${#failed[@]} -eq 0 ] || { echo "memory: failed: ${failed[*]}"; exit 1; }
