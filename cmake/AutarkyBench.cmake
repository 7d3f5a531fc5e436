# autarky: how a benchmark program is declared
# SPDX-License-Identifier: Apache-2.0

# autarky_bench(<name> SOURCES bench_a.cpp ... USES module ... LINK third::party ...)
# Google Benchmark's main() is provided; the program is bench/bench_<name> in the build folder. A benchmark compares its
# result with a reference before it measures.
function(autarky_bench name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES;LINK")
    autarky_complete("bench: ${name}" "${arg_SOURCES}" "${arg_USES}" complete)
    if(NOT complete)
        return()
    endif()
    autarky_module_targets("${arg_USES}" used_targets)
    set(target bench_${name})
    add_executable(${target} ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE autarky_flags autarky_warnings benchmark::benchmark_main fmt::fmt
                                            ${used_targets} ${arg_LINK})
    target_compile_definitions(${target} PRIVATE AUTARKY_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    autarky_use_pch(${target})
endfunction()
