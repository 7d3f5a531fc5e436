#!/bin/bash
# autarky: lays out every C++ file of the tree with clang-format-19; --check only reports, file:line, what differs
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."
mode=(-i)
[ "${1:-}" != --check ] || mode=(--dry-run --Werror)
find apps src tests bench fuzz cmake python -not -path '*/data/*' \( -name '*.cpp' -o -name '*.hpp' \) -print0 2>/dev/null | sort -z |
    xargs -0 --no-run-if-empty clang-format-19 "${mode[@]}"
