#!/bin/bash
# autarky: fuzz targets, then the tests of every module, under AddressSanitizer and UndefinedBehaviorSanitizer
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/memory.sh [--seconds S] [--commits N] [--fuzz-seconds F] [--oracles FOLDER] [module ...]
#   --seconds S   stop after S seconds, and say which modules were left
#   --fuzz-seconds F   for so long each fuzz target runs (F = 120)
#   --commits N   modules that the last N commits touched come first (N = 10), but grid, whose years take minutes, last
# It fails on the first finding of a fuzz target and on any failed test.
set -uo pipefail
cd "$(dirname "$0")/.."
seconds=100000 commits=10 fuzz_seconds=120 oracles='' modules=()
while [ $# -gt 0 ]; do
    case $1 in
        --seconds) seconds=$2; shift 2 ;;
        --commits) commits=$2; shift 2 ;;
        --fuzz-seconds) fuzz_seconds=$2; shift 2 ;;
        --oracles) oracles=$2; shift 2 ;;
        *) modules+=("$1"); shift ;;
    esac
done
jobs=$(nproc)
build=build-asan
cmake --preset asan --log-level=WARNING -DAUTARKY_ORACLES="$oracles" >/dev/null || exit

fuzz() { # a target, from its kept corpus; prints how many inputs it saw
    local name=$1 found
    found=$(mktemp -d)
    mkdir -p "fuzz/corpus/$name"
    "$build/fuzz/fuzz_$name" -max_total_time="$fuzz_seconds" -timeout=10 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="$found/" "$found" "fuzz/corpus/$name" >"$found/log" 2>&1 && {
        echo "memory: fuzz $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$found/log") inputs, $(find "fuzz/corpus/$name" -type f | wc -l) kept"
        rm -rf "$found"
        return
    }
    tail -n 40 "$found/log"
    echo "memory: fuzz target $name failed; the input and the log are in $found"
    return 1
}
export -f fuzz
export build fuzz_seconds

if [ ${#modules[@]} -eq 0 ]; then
    mapfile -t targets < <(basename -s .cpp fuzz/*.cpp)
    cmake --build $build --parallel "$jobs" --target "${targets[@]/#/fuzz_}" -- --quiet || exit
    printf '%s\n' "${targets[@]}" | xargs -P "$jobs" -I{} bash -c 'fuzz {}' || exit 1
    echo "memory: ${#targets[@]} fuzz targets ran for $fuzz_seconds s each without a finding"
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
