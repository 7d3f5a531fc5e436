# autarky: chooses the instruction set: eight doubles a vector where this machine has AVX-512, else four; same bits
# SPDX-License-Identifier: Apache-2.0
include(CheckCXXSourceRuns)

set(AUTARKY_ISA "" CACHE STRING "x86-64-v3 (AVX2) or x86-64-v4 (AVX-512); empty: what this machine has")
set_property(CACHE AUTARKY_ISA PROPERTY STRINGS "" x86-64-v3 x86-64-v4)
if(NOT AUTARKY_ISA)
    check_cxx_source_runs(
        "int main() {
            return __builtin_cpu_supports(\"avx512f\") && __builtin_cpu_supports(\"avx512bw\") && __builtin_cpu_supports(\"avx512cd\") &&
                __builtin_cpu_supports(\"avx512dq\") && __builtin_cpu_supports(\"avx512vl\") ? 0 : 1;
        }"
        AUTARKY_MACHINE_HAS_AVX512)
    if(AUTARKY_MACHINE_HAS_AVX512)
        set(AUTARKY_ISA x86-64-v4)
    else()
        set(AUTARKY_ISA x86-64-v3)
    endif()
elseif(NOT AUTARKY_ISA MATCHES "^x86-64-v[34]$")
    message(FATAL_ERROR "AUTARKY_ISA is '${AUTARKY_ISA}'; expected x86-64-v3 or x86-64-v4")
endif()
