#!/bin/bash
# autarky: clang-tidy-19 on the .cpp files that are named, or that the last COMMITS commits touched, newest first
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/tidy.sh [--commits N] [--since COMMIT] [--seconds S] [--all] [file.cpp ...]
#   --commits N   files of src/ and apps/ that the last N commits touched (the default, N = 10)
#   --since C     those that were touched since commit C, the last one at which all of them were clean
#   --all         every .cpp file of src/ and apps/
#   --seconds S   start no further file after S seconds, say which ones were left, and fail: what was not looked at is not clean
set -euo pipefail
cd "$(dirname "$0")/.."
commits=10 since='' seconds=100000 all=no files=()
while [ $# -gt 0 ]; do
    case $1 in
        --commits) commits=$2; shift 2 ;;
        --since) since=$2; shift 2 ;;
        --seconds) seconds=$2; shift 2 ;;
        --all) all=yes; shift ;;
        *) files+=("$1"); shift ;;
    esac
done
if [ $all = yes ]; then
    mapfile -t files < <(find src apps -name '*.cpp' | sort)
elif [ ${#files[@]} -eq 0 ]; then
    # a header is covered by the .cpp files that include it, first of all by its own
    touched() { # a file that only moved is as clean as it was
        if [ -n "$since" ]; then git diff --name-only -M --diff-filter=AM "$since" HEAD "$@"; else git log -n "$commits" --format= --name-only "$@"; fi
    }
    mapfile -t files < <(touched -- 'src/*.cpp' 'src/*.hpp' 'apps/*.cpp' 'apps/*.hpp' |
        sed 's/\.hpp$/.cpp/' | awk '!seen[$0]++' | while read -r f; do [ ! -f "$f" ] || printf '%s\n' "$f"; done)
fi
[ ${#files[@]} -gt 0 ] || { echo "tidy: no files"; exit 0; }
cmake --preset tidy --log-level=WARNING >/dev/null
database=build-tidy
export database seconds
start=$(date +%s)
export start
check() {
    if [ $(($(date +%s) - start)) -ge "$seconds" ]; then
        echo "tidy: out of time, left $1"
        return 1
    fi
    grep -qF "\"file\": \"$PWD/$1\"" "$database/compile_commands.json" || return 0
    clang-tidy-19 --quiet -p "$database" "$1" 2>/dev/null
}
export -f check
echo "tidy: ${#files[@]} files"
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -I{} bash -c 'check {}'
