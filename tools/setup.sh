#!/bin/bash
# autarky: installs what is missing for the named purposes: build, test, bench, port, python, format, ci
# SPDX-License-Identifier: Apache-2.0
#
# For each purpose it reads tools/apt-<purpose>.txt (Debian packages) and, when there is one, tools/pip-<purpose>.txt
# (Python packages, which go into .venv/ of this project); for the build it also unpacks the wheels of tools/pip.txt into
# .cache/. With nothing to do it ends at once and says nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# The lines of a list without comments.
entries() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$1"; }

missing_packages() {
    local wanted=() installed package
    for purpose in "$@"; do
        [ -f "tools/apt-$purpose.txt" ] || fail "there is no list tools/apt-$purpose.txt"
        mapfile -t -O "${#wanted[@]}" wanted < <(entries "tools/apt-$purpose.txt")
    done
    installed=$(dpkg-query -W -f='${db:Status-Abbrev}${Package}\n' "${wanted[@]}" 2>/dev/null || true)
    for package in "${wanted[@]}"; do
        grep -qxF "ii $package" <<<"$installed" || printf '%s\n' "$package"
    done | sort -u
}

install_packages() {
    local log as_root=()
    command -v apt-get >/dev/null || fail "this needs the Debian packages $* and there is no apt-get here; install them by hand"
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            fail "this needs the Debian packages $*; you are not root and there is no sudo: as root, run  apt-get install $*"
        as_root=(sudo)
        [ -t 0 ] || as_root=(sudo -n)
    fi
    log=$(mktemp -t autarky-setup.XXXXXX)
    apt() {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 \
            -o Dpkg::Options::=--force-unsafe-io "$@" </dev/null >>"$log" 2>&1
    }
    say "installing $# Debian packages and what they need: $*"
    say "reading the package lists"
    apt update || say "apt-get update reports a problem, see $log; going on with the lists that are there"
    say "downloading and unpacking (one to three minutes on a bare machine)"
    if ! apt install --no-install-recommends "$@"; then
        tail -n 15 "$log" >&2
        fail "apt-get could not install the packages; the whole log is $log"
    fi
    rm -f "$log"
    say "Debian packages are in place"
}

# A Python environment is made only for a purpose that has a list of Python packages.
install_python() {
    local list=$1 stamp=.venv/$(basename "$1").installed
    cmp -s "$list" "$stamp" && return
    say "installing Python packages of $list into .venv"
    [ -x .venv/bin/python ] || python3 -m venv .venv || fail "python3 could not make .venv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$list" || fail "pip could not install $list"
    cp "$list" "$stamp"
}

[ $# -gt 0 ] || fail "say for what: build, test, bench, port, python, format or ci"
mapfile -t missing < <(missing_packages "$@")
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
for purpose in "$@"; do
    # a program without them still builds; the script says what is then left out
    [ "$purpose" != build ] || tools/fetch_wheels.sh || true
    [ ! -f "tools/pip-$purpose.txt" ] || install_python "tools/pip-$purpose.txt"
done
