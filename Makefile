# autarky: the commands of a newcomer and of a developer; CMake does the work
# SPDX-License-Identifier: Apache-2.0
#
#   make demo    installs what is missing, builds, runs the bundled main scenario
#   make test    the same, and runs every test
#   make help    the rest

BUILD  := build
PREFIX ?= /usr/local
JOBS   ?= $(shell nproc)
# what tests read from outside the tree, see AUTARKY_ORACLES in CMakeLists.txt
ORACLES ?=

# A folder that is configured already keeps its options: `make demo` after `make test` leaves the tests in.
configure = cmake -S . -B $(BUILD) -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
without_tests = $(if $(wildcard $(BUILD)/CMakeCache.txt),,-DAUTARKY_TESTS=OFF)
log       = @printf 'autarky: %s\n'
# A terminal sees how far the compiler is; a log does not.
quiet     = $$([ -t 1 ] || echo --quiet)
# what the next command takes when nothing is built yet, on two processors
first     = $(if $(wildcard $(BUILD)/autarky),, (the first time some $(1) minutes on two processors))

.DEFAULT_GOAL := build
.PHONY: help setup build demo page test bench install format check-format check-headers docs clean

help:
	@printf '%s\n' \
	 'make demo           install what is missing, build, run the main scenario to its verdict' \
	 'make test           install what is missing, build, run every test' \
	 'make build          install what is missing, build $(BUILD)/autarky' \
	 'make bench          build and run the benchmarks' \
	 'make install        put the program and its data under PREFIX ($(PREFIX)), below DESTDIR' \
	 'make page           build the page of `autarky serve` anew (brings Node itself)' \
	 'make docs           write docs/reference and the JSON Schema anew from the program' \
	 'make format         lay the C++ files out; make check-format only compares' \
	 'make check-headers  compile every header alone' \
	 'make clean          remove $(BUILD)/'

setup:
	@tools/setup.sh build

build: setup
	@[ -f $(BUILD)/build.ninja ] && ! [ .cache -nt $(BUILD)/build.ninja ] || { printf 'autarky: configuring\n'; $(configure) $(without_tests); }
	$(log) 'building $(BUILD)/autarky$(call first,8)'
	@cmake --build $(BUILD) --target autarky --parallel $(JOBS) -- $(quiet)

demo: build
	$(log) 'running the main scenario: $(BUILD)/autarky run'
	@$(BUILD)/autarky run
	@printf '\n%s\n' 'To look at it, change inputs and see where each number comes from:  $(BUILD)/autarky serve'

page:
	@tools/page.sh

test:
	@tools/setup.sh build test
	$(log) 'configuring with tests'
	@$(configure) -DAUTARKY_TESTS=ON -DAUTARKY_ORACLES="$(ORACLES)"
	$(log) 'building the program and the tests$(call first,15)'
	@cmake --build $(BUILD) --parallel $(JOBS) -- $(quiet)
	$(log) 'running the tests (some four minutes on two processors)'
	@ctest --test-dir $(BUILD) --output-on-failure --no-tests=error --parallel $(JOBS) $$([ ! -t 1 ] || echo --progress)

bench:
	@tools/setup.sh build bench
	$(log) 'configuring with benchmarks'
	@$(configure) $(without_tests) -DAUTARKY_BENCH=ON
	$(log) 'building the benchmarks'
	@cmake --build $(BUILD) --parallel $(JOBS) -- $(quiet)
	@if [ -x bench/run ]; then bench/run $(BUILD); else for b in $(BUILD)/bench/bench_*; do [ ! -x $$b ] || $$b || exit 1; done; fi

install: build
	$(log) 'installing under $(DESTDIR)$(PREFIX)'
	@cmake --install $(BUILD) --prefix "$(PREFIX)" --strip >/dev/null

docs: build
	$(log) 'writing docs/reference'
	@$(BUILD)/autarky docs --out docs/reference

format:
	@tools/setup.sh format
	@tools/format.sh

check-format:
	@tools/setup.sh format
	@tools/format.sh --check

check-headers:
	@tools/setup.sh build test
	@[ -f $(BUILD)/build.ninja ] || $(configure)
	$(log) 'compiling every header alone'
	@cmake --build $(BUILD) --target all_verify_interface_header_sets --parallel $(JOBS) -- $(quiet)

clean:
	@rm -rf $(BUILD)
