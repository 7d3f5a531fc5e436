#!/bin/bash
# autarky: LibreOffice recalculates the program's workbooks at other inputs; its results are the program's
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/check_workbook.sh PROGRAM
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh workbook
exec python3 tests/faces/test_workbook.py "$1" --soffice
