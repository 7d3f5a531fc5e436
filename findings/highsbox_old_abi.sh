#!/bin/bash
# autarky: finding: C++ that includes the headers of the wheel highsbox does not link with the library beside them
# SPDX-License-Identifier: Apache-2.0
#
# Surprise: the wheel ships HiGHS's C++ headers, its library and a CMake package for it, and a program compiles against them; but the
#   library was built with the C++ ABI of before gcc 5, and no header and no flag of the CMake package says so. Every function
#   that takes a std::string is missing at the link. With -D_GLIBCXX_USE_CXX11_ABI=0 the same program links and works,
#   and so does the C interface without any flag.
# Package: highsbox 1.15.1 from PyPI, with any gcc from 5 on at its defaults (Debian bookworm has 12).
# Hurt: who takes HiGHS from PyPI for a C++ program, as the package's page offers: what does link (everything without a string) hides
#   that the rest does not, and mixing the flag into a larger program breaks its other libraries in turn.
# Seen on 2026-11-30:
#   C++ interface at the defaults: does not link, readModel(std::__cxx11::basic_string) is undefined
#   C++ interface, old ABI: objective 2
#   C interface at the defaults: objective 2
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip download -qqq --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.12 \
    --platform manylinux2014_x86_64 highsbox==1.15.1
python3 -m zipfile -e highsbox-*.whl .
highs=$(echo highsbox-*.data/purelib/highsbox/highs_dist)
cat >least.mps <<'MPS'
NAME least
ROWS
 N cost
 G row
COLUMNS
 x cost 1
 x row 1
RHS
 RHS row 2
ENDATA
MPS
cat >cpp.cpp <<'CPP'
#include <Highs.h>
#include <cstdio>
int main() {
    Highs highs;
    highs.setOptionValue("output_flag", false);
    highs.readModel("least.mps");
    highs.run();
    std::printf("objective %g\n", highs.getInfo().objective_function_value);
}
CPP
cat >c.cpp <<'CPP'
#include <interfaces/highs_c_api.h>
#include <cstdio>
int main() {
    void* highs = Highs_create();
    Highs_setBoolOptionValue(highs, "output_flag", 0);
    Highs_readModel(highs, "least.mps");
    Highs_run(highs);
    std::printf("objective %g\n", Highs_getObjectiveValue(highs));
    Highs_destroy(highs);
}
CPP
build() { # source, program, flags
    g++ -std=c++17 -I "$highs/include/highs" "${@:3}" "$1" "$highs/lib/libhighs.so" -Wl,-rpath,"$PWD/$highs/lib" -o "$2"
}
{
    if build cpp.cpp new 2>errors; then
        echo "C++ interface at the defaults: $(./new)"
    elif grep -q 'undefined reference.*Highs::readModel(std::__cxx11::basic_string' errors; then
        echo 'C++ interface at the defaults: does not link, readModel(std::__cxx11::basic_string) is undefined'
    fi
    build cpp.cpp old -D_GLIBCXX_USE_CXX11_ABI=0
    echo "C++ interface, old ABI: $(./old)"
    build c.cpp c
    echo "C interface at the defaults: $(./c)"
} | tee seen
diff seen - <<'SEEN'
C++ interface at the defaults: does not link, readModel(std::__cxx11::basic_string) is undefined
C++ interface, old ABI: objective 2
C interface at the defaults: objective 2
SEEN
