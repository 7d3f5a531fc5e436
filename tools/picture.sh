#!/bin/bash
# autarky: takes the picture of the page that README shows, from the real server in a browser
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/picture.sh [PROGRAM]     build/autarky if left out
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh browser
folder=$(mktemp -d -t autarky-picture.XXXXXX)
trap 'rm -rf "$folder"' EXIT
PICTURES=$folder .venv/bin/python tests/browser/test_page.py "${1:-build/autarky}" Page.test_start_shows_the_verdict_of_the_library
mv "$folder/page.png" docs/page.png
printf 'picture: docs/page.png, %s bytes\n' "$(stat -c %s docs/page.png)"
