#!/bin/bash
# autarky: fuzz targets under libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer, from the kept corpus; prints counts
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/fuzz.sh [--seconds S] [--today N] [target ...]
#   --seconds S   for so long each target runs (S = 120)
#   --today N     N targets, others every day, so that all had their turn after a few days
# It fails on the first finding; the input is kept, its path told.
set -uo pipefail
cd "$(dirname "$0")/.."
seconds=120 today=0 targets=()
while [ $# -gt 0 ]; do
    case $1 in
        --seconds) seconds=$2; shift 2 ;;
        --today) today=$2; shift 2 ;;
        *) targets+=("$1"); shift ;;
    esac
done
jobs=$(nproc)
build=build-asan
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(basename -s .cpp fuzz/*.cpp)
if [ "$today" -gt 0 ]; then
    all=("${targets[@]}") targets=()
    day=$(($(date -u +%s) / 86400))
    for ((k = 0; k < today && k < ${#all[@]}; k++)); do
        targets+=("${all[$(((day * today + k) % ${#all[@]}))]}")
    done
fi
[ -f $build/build.ninja ] || cmake --preset asan --log-level=WARNING >/dev/null || exit
cmake --build $build --parallel "$jobs" --target "${targets[@]/#/fuzz_}" -- --quiet || exit

fuzz() { # a target, from its kept corpus; prints how many inputs it saw
    local name=$1 found
    found=$(mktemp -d)
    "$build/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="$found/" "$found" "fuzz/corpus/$name" >"$found/log" 2>&1 && {
        echo "fuzz: $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$found/log") inputs in $seconds s, $(find "fuzz/corpus/$name" -type f | wc -l) kept"
        rm -rf "$found"
        return
    }
    tail -n 40 "$found/log"
    echo "fuzz: $name failed; the input and the log are in $found"
    return 1
}
export -f fuzz
export build seconds
printf '%s\n' "${targets[@]}" | xargs -P "$jobs" -I{} bash -c 'fuzz {}' || exit 1
echo "fuzz: ${targets[*]}: without a finding"
