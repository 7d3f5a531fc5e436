#!/bin/bash
# autarky: unpacks the wheels of tools/pip.txt, whose native libraries the build links, into .cache/
# SPDX-License-Identifier: Apache-2.0
#
# Only pip's download is used, so a wheel may ask for a newer Python than the one that is here. With nothing to do it
# ends at once and says nothing; what cannot be had is said, and the program is then built without it.
set -uo pipefail
cd "$(dirname "$0")/.."

status=0
while read -r line; do
    name=${line%%==*} folder=.cache/${line%%==*}
    [ "$(cat "$folder/unpacked" 2>/dev/null)" = "$line" ] && continue
    printf 'setup: fetching %s into %s\n' "$line" "$folder"
    rm -rf "$folder" && mkdir -p "$folder"
    if python3 -m pip download -qqq --retries 1 --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.12 \
        --platform manylinux_2_28_x86_64 --platform manylinux2014_x86_64 --dest "$folder" "$line" && python3 -m zipfile -e "$folder"/*.whl "$folder"; then
        rm -f "$folder"/*.whl
        printf '%s\n' "$line" >"$folder/unpacked"
    else
        printf 'setup: %s could not be fetched; the program is built without %s\n' "$line" "$name" >&2
        rm -rf "$folder"
        status=1
    fi
done < <(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' tools/pip.txt)
exit $status
