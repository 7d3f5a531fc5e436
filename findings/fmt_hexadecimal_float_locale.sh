#!/bin/bash
# autarky: finding: fmt writes hexadecimal floats with the C locale's decimal point, though nobody asked for a locale
# SPDX-License-Identifier: Apache-2.0
#
# Surprise: fmt promises output that does not depend on the locale unless a format has 'L'. {}, {:.3f}, {:g} and {:e} keep
#   that promise; {:a} does not. After setlocale(LC_ALL, "de_DE.UTF-8") 1.5 is written 0x1,8p+0, which neither
#   std::from_chars nor strtod in the C locale reads back whole: they stop at the comma and give 1.
# Package: libfmt-dev 9.1.0+ds1-2 (Debian bookworm; version 9.1.0 of fmt).
# Hurt: who writes {:a} because it is exact (hashes, caches, tests, state files) in a library that a host program loads.
# Seen on 2026-11-29:
#   0x1,8p+0 1.500 1.5 1.5 1.500000e+00
#   read back in the C locale: 1
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod a+rwx . # apt downloads as a user of its own
apt-get -qq download libfmt-dev=9.1.0+ds1-2 libfmt9=9.1.0+ds1-2 locales=2.36-9+deb12u14 # the last for a locale to set
for package in ./*.deb; do dpkg -x "$package" .; done
I18NPATH=$folder/usr/share/i18n localedef -i de_DE -f UTF-8 ./de_DE.UTF-8
cat >hex.cpp <<'EOF'
#include <charconv>
#include <clocale>
#include <cstdio>
#include <string>
#include <fmt/format.h>
int main() {
    if (std::setlocale(LC_ALL, "de_DE.UTF-8") == nullptr) return 2;
    const std::string hex = fmt::format("{:a}", 1.5);
    std::puts(fmt::format("{} {:.3f} {} {:g} {:e}", hex, 1.5, 1.5, 1.5, 1.5).c_str());
    double back = 0.0;
    std::from_chars(hex.data() + 2, hex.data() + hex.size(), back, std::chars_format::hex);
    std::printf("read back in the C locale: %g\n", back);
}
EOF
g++ -std=c++20 -I usr/include hex.cpp usr/lib/x86_64-linux-gnu/libfmt.so.9 -Wl,-rpath,"$folder/usr/lib/x86_64-linux-gnu" -o hex
LOCPATH=$folder ./hex | tee seen
diff seen - <<'EOF'
0x1,8p+0 1.500 1.5 1.5 1.500000e+00
read back in the C locale: 1
EOF
