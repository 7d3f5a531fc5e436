#!/bin/bash
# autarky: fuzz targets under libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer, from the kept corpus; prints counts
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/fuzz.sh [--seconds S] [target ...]
#        tools/fuzz.sh [--seconds S] --today N [BUILD]
#   --seconds S   for so long each target runs (S = 120)
#   --today N     what fits into some six minutes from nothing, others every day: N of the small targets, which build in two
#                 minutes; and those that link most of the program, whose build with sanitizers takes most of an hour of one
#                 processor, without libFuzzer and sanitizers as the tests of BUILD (build if left out) have them, half as long
# It fails on a finding; the input is kept, its path told.
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
day=$(($(date -u +%s) / 86400))
large=(scenario store part question) by_chance=() tests=build
if [ "$today" -gt 0 ]; then
    tests=${targets[0]:-build} by_chance=("${large[@]}") targets=()
    mapfile -t small < <(basename -s .cpp fuzz/*.cpp | grep -vxF "$(printf '%s\n' "${large[@]}")")
    for ((k = 0; k < today && k < ${#small[@]}; k++)); do
        targets+=("${small[$(((day * today + k) % ${#small[@]}))]}")
    done
elif [ ${#targets[@]} -eq 0 ]; then
    mapfile -t targets < <(basename -s .cpp fuzz/*.cpp)
fi
[ -f $build/build.ninja ] || cmake --preset asan --log-level=WARNING >/dev/null || exit
cmake --build $build --parallel "$jobs" --target "${targets[@]/#/fuzz_}" -- --quiet || exit
[ ${#by_chance[@]} -eq 0 ] || cmake --build "$tests" --parallel "$jobs" --target "${by_chance[@]/#/fuzz_}" -- --quiet || exit

told() { # told <what> <folder>: of a run that failed
    tail -n 40 "$2/log"
    echo "fuzz: $1 failed; the input and the log are in $2"
    return 1
}

fuzz() { # a target, from its kept corpus; prints how many inputs it saw
    local name=$1 found
    found=$(mktemp -d)
    "$build/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="$found/" "$found" "fuzz/corpus/$name" >"$found/log" 2>&1 || { told "$name" "$found"; return; }
    echo "fuzz: $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$found/log") inputs in $seconds s, $(find "fuzz/corpus/$name" -type f | wc -l) kept"
    rm -rf "$found"
}

chance() { # the same of inputs that are made by chance with today's seed
    local name=$1 found program corpus
    found=$(mktemp -d) program=$(realpath "$tests/fuzz/fuzz_$name") corpus=$(realpath "fuzz/corpus/$name")
    (cd "$found" && "$program" "$corpus" 0 "$day" $((seconds / 2)) >log 2>&1) || { told "$name by chance" "$found"; return; }
    echo "fuzz: $name: $(cat "$found/log"), seed $day, in $((seconds / 2)) s, no sanitizers"
    rm -rf "$found"
}
export -f fuzz chance told
export build tests seconds day
{
    printf 'fuzz %s\n' "${targets[@]}"
    [ ${#by_chance[@]} -eq 0 ] || printf 'chance %s\n' "${by_chance[@]}"
} | xargs -P "$jobs" -I{} bash -c '{}' || exit 1
echo "fuzz: ${targets[*]} ${by_chance[*]}: without a finding"
