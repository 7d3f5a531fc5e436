#!/bin/bash
# autarky: finding: libxlsxwriter reports success for a workbook of which half a sheet is missing
# SPDX-License-Identifier: Apache-2.0
#
# Surprise: workbook_close() returns LXW_NO_ERROR when a temporary file could not be written whole (a full disk, a limit of
#   size). Every sheet is collected in one; its writes are not looked at, and what is there is packed. The .xlsx is a good
#   archive whose sheet stops in the middle of a row, which spreadsheet programs refuse or repair.
# Package: libxlsxwriter4 1.1.4-2+b1 (Debian bookworm).
# Hurt: who takes the return value of workbook_close() for the fate of the file. Remedy: read the archive back and compare
#   (here each part must end with its root element, and the sheet must have its cells).
# Seen on 2026-11-30, 5,000 cells, files of at most 64 KB:
#   workbook_close: 0, cells in the file: 1142 of 5000, ends with </worksheet>: no
#   without a limit: workbook_close: 0, cells in the file: 5000 of 5000, ends with </worksheet>: yes
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod a+rwx . # apt downloads as a user of its own
apt-get -qq download libxlsxwriter-dev=1.1.4-2+b1 libxlsxwriter4=1.1.4-2+b1 libminizip1=1.1-8+deb12u1
for package in ./*.deb; do dpkg -x "$package" .; done
cat >many.c <<'EOF'
#include <signal.h>
#include <stdio.h>
#include <xlsxwriter.h>
int main(void) {
    signal(SIGXFSZ, SIG_IGN); /* a write over the limit is an error like any other */
    lxw_workbook* book = workbook_new("many.xlsx");
    lxw_worksheet* sheet = workbook_add_worksheet(book, "One");
    for (int row = 0; row < 5000; ++row)
        worksheet_write_number(sheet, row, 0, row, NULL);
    printf("%d\n", workbook_close(book));
    return 0;
}
EOF
lib=$PWD/usr/lib/x86_64-linux-gnu
gcc -I usr/include many.c -o many -L "$lib" -Wl,-rpath-link,"$lib" -lxlsxwriter
told() {
    local closed
    closed=$(LD_LIBRARY_PATH=$lib ./many)
    python3 - "$closed" <<'EOF'
import sys, zipfile
sheet = zipfile.ZipFile("many.xlsx").read("xl/worksheets/sheet1.xml")
ends = "yes" if sheet.rstrip().endswith(b"</worksheet>") else "no"
print(f"workbook_close: {sys.argv[1]}, cells in the file: {sheet.count(b'<c ')} of 5000, ends with </worksheet>: {ends}")
EOF
}
limited=$(ulimit -f 64 && told)
whole=$(told)
printf '%s\nwithout a limit: %s\n' "$limited" "$whole"
[[ $limited == "workbook_close: 0, "*"worksheet>: no" ]]
[[ $whole == "workbook_close: 0, cells in the file: 5000 of 5000, ends with </worksheet>: yes" ]]
