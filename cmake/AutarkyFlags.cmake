# autarky: compiler flags of every target, as three interface targets: flags, warnings, precompiled headers
# SPDX-License-Identifier: Apache-2.0

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release, RelWithDebInfo" FORCE)
endif()
if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    message(FATAL_ERROR "Autarky gives the same bits everywhere by fixing the family of instruction sets, x86-64; "
                        "this is a ${CMAKE_SYSTEM_PROCESSOR} machine.")
endif()
include("${CMAKE_CURRENT_LIST_DIR}/AutarkyIsa.cmake")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)
# Libraries and programs take the same -fPIC, so that all of them can share one precompiled header.
add_compile_options(-fPIC)
if(CMAKE_GENERATOR MATCHES "Ninja")
    add_compile_options(-fdiagnostics-color=always)
endif()

# ccache, when it is there; its default settings never hit with a precompiled header.
find_program(AUTARKY_CCACHE ccache)
mark_as_advanced(AUTARKY_CCACHE)
if(AUTARKY_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        /usr/bin/env "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
        "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" "${AUTARKY_CCACHE}")
endif()

if(AUTARKY_SANITIZE)
    add_compile_options(-fsanitize=${AUTARKY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    # These four look at every access to a member and take 40 % of the build; AddressSanitizer and the processor see most of it.
    add_compile_options(-fno-sanitize=null,alignment,object-size,vptr)
    add_link_options(-fsanitize=${AUTARKY_SANITIZE})
endif()

# autarky_flags: what decides the numbers, and the include root. Everything that links a module gets it.
add_library(autarky_flags INTERFACE)
target_compile_features(autarky_flags INTERFACE cxx_std_20)
target_compile_options(autarky_flags INTERFACE -march=${AUTARKY_ISA} -ffp-contract=off)
# gcc copies a struct of two 32-byte vectors in 16-byte pieces unless told; reading such a copy back stalls the processor.
target_compile_options(autarky_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-mmove-max=256;-mstore-max=256>)
configure_file("${CMAKE_CURRENT_LIST_DIR}/version.hpp.in" "${PROJECT_BINARY_DIR}/generated/core/version.hpp" @ONLY)
target_include_directories(autarky_flags INTERFACE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_BINARY_DIR}/generated")

add_library(autarky_warnings INTERFACE)
target_compile_options(
    autarky_warnings
    INTERFACE -Wall
              -Wextra
              -Wpedantic
              -Wconversion
              -Wshadow
              -Wold-style-cast
              -Wnon-virtual-dtor
              -Woverloaded-virtual
              -Wimplicit-fallthrough
              -Wnull-dereference
              $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond>
              $<$<CXX_COMPILER_ID:GNU>:-Wlogical-op>
              # a condition of a formula is a bool or a mask of lanes: & is written for both
              $<$<CXX_COMPILER_ID:Clang>:-Wno-bitwise-instead-of-logical>
              # std::stable_sort of gcc 12's library
              $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
              # false alarms of gcc 12 inside std::string (GCC bugs 105651, 105329), and notes about the size of vector
              # arguments between gcc versions
              $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
              $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
              $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
              $<$<CXX_COMPILER_ID:GNU>:-Wno-psabi>
              $<$<BOOL:${AUTARKY_WERROR}>:-Werror>)

# ... and of its own AVX-512 header (GCC bug 105593)
if(AUTARKY_ISA STREQUAL "x86-64-v4" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(autarky_warnings INTERFACE -Wno-maybe-uninitialized -Wno-uninitialized)
endif()
if(AUTARKY_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU") # gcc cannot follow values through the code that is added
    target_compile_options(autarky_warnings INTERFACE -Wno-maybe-uninitialized -Wno-null-dereference)
endif()

# One precompiled header for the whole tree: std and fmt only.
function(autarky_use_pch target)
    if(NOT AUTARKY_PCH)
        return()
    endif()
    if(NOT TARGET autarky_pch)
        file(WRITE "${PROJECT_BINARY_DIR}/generated/pch.cpp" "// autarky: carries the precompiled header\n")
        add_library(autarky_pch OBJECT "${PROJECT_BINARY_DIR}/generated/pch.cpp")
        target_link_libraries(autarky_pch PRIVATE autarky_flags autarky_warnings fmt::fmt)
        target_precompile_headers(autarky_pch PRIVATE "${PROJECT_SOURCE_DIR}/cmake/pch.hpp")
    endif()
    target_precompile_headers(${target} REUSE_FROM autarky_pch)
endfunction()
