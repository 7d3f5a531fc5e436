# autarky: how a test program, a mistake that must not compile, and a benchmark are declared
# SPDX-License-Identifier: Apache-2.0

# Seconds after which a test case is taken as hung; sanitizers slow a test down, and so does a build without optimisation.
set(AUTARKY_TEST_TIMEOUT 60)
if(AUTARKY_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug")
    set(AUTARKY_TEST_TIMEOUT 300)
endif()

# autarky_test(<name>
#     SOURCES test_a.cpp ...   doctest files; main() is provided
#     USES module ...          modules of src/
#     LINK third::party ...
#     LABELS label ...         beside the name itself
#     TIMEOUT seconds
#     WHOLE                    one CTest entry for the program instead of one a test case
#     PROGRAM)                 the tests run the autarky program; AUTARKY_PROGRAM is its path
# Compile definitions: AUTARKY_TEST_DATA_DIR (data/ beside the CMakeLists.txt), AUTARKY_SOURCE_DIR (top of the tree) and
# AUTARKY_ORACLES_DIR (empty when AUTARKY_ORACLES is not set).
function(autarky_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "WHOLE;PROGRAM" "TIMEOUT" "SOURCES;USES;LINK;LABELS")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "autarky_test(${name}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(arg_PROGRAM AND NOT TARGET autarky)
        return()
    endif()
    autarky_complete("tests: ${name}" "${arg_SOURCES}" "${arg_USES}" complete)
    if(NOT complete)
        return()
    endif()
    autarky_module_targets("${arg_USES}" used_targets)
    set(target test_${name})
    add_executable(${target} ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE autarky_test_main autarky_flags autarky_warnings doctest::doctest fmt::fmt
                                            ${used_targets} ${arg_LINK})
    target_compile_definitions(
        ${target}
        PRIVATE AUTARKY_TEST_DATA_DIR="${CMAKE_CURRENT_SOURCE_DIR}/data" AUTARKY_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                AUTARKY_ORACLES_DIR="${AUTARKY_ORACLES}")
    autarky_use_pch(${target})
    if(arg_PROGRAM)
        target_compile_definitions(${target} PRIVATE AUTARKY_PROGRAM="$<TARGET_FILE:autarky>")
        add_dependencies(${target} autarky)
    endif()

    set(timeout ${AUTARKY_TEST_TIMEOUT})
    if(arg_TIMEOUT)
        math(EXPR timeout "${AUTARKY_TEST_TIMEOUT} * ${arg_TIMEOUT} / 60")
    endif()
    if(arg_WHOLE)
        add_test(NAME ${name} COMMAND ${target})
        set_tests_properties(${name} PROPERTIES LABELS "${name};${arg_LABELS}" TIMEOUT ${timeout})
    else()
        set(entries "${CMAKE_CURRENT_BINARY_DIR}/${target}.entries.cmake")
        add_custom_command(
            TARGET ${target}
            POST_BUILD
            COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/cmake/discover_tests.py" $<TARGET_FILE:${target}>
                    "${entries}" ${name} ${timeout} "${name};${arg_LABELS}"
            BYPRODUCTS "${entries}"
            VERBATIM)
        set(include "${CMAKE_CURRENT_BINARY_DIR}/${target}.include.cmake")
        file(WRITE "${include}" "if(EXISTS [==[${entries}]==])\n  include([==[${entries}]==])\n"
                                "else()\n  add_test(${target}_is_not_built ${target}_is_not_built)\nendif()\n")
        set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${include}")
    endif()
endfunction()

# autarky_compile_fail(<name>
#     SOURCE file.cpp          compiles as it is; with the mistake it must not
#     MISTAKES A B ...         macros, each of which switches one mistake on (default: AUTARKY_MISTAKE)
#     EXPECT "regex"           what the compiler must say about every mistake (optional)
#     USES module ...)
function(autarky_compile_fail name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "SOURCE;EXPECT" "MISTAKES;USES")
    if(NOT arg_MISTAKES)
        set(arg_MISTAKES AUTARKY_MISTAKE)
    endif()
    autarky_complete("tests: ${name}" "${arg_SOURCE}" "${arg_USES}" complete)
    if(NOT complete)
        return()
    endif()
    autarky_module_targets("${arg_USES}" used_targets)
    get_filename_component(source "${arg_SOURCE}" ABSOLUTE)
    # One object library gives the include folders and definitions of the used modules; it is never built.
    set(target compile_fail_${name})
    add_library(${target} OBJECT EXCLUDE_FROM_ALL "${source}")
    target_link_libraries(${target} PRIVATE autarky_flags fmt::fmt ${used_targets})
    set(includes "$<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>")
    set(definitions "$<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>")
    set(compiler
        "${CMAKE_CXX_COMPILER}" -std=c++20 -march=${AUTARKY_ISA} -ffp-contract=off -fsyntax-only -fdiagnostics-color=never
        "$<$<BOOL:${includes}>:-I$<JOIN:${includes},$<SEMICOLON>-I>>"
        "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},$<SEMICOLON>-D>>")
    foreach(mistake IN ITEMS "" LISTS arg_MISTAKES)
        if(mistake)
            set(test "${name}: ${mistake} does not compile")
            set(switch -D${mistake})
        else()
            set(test "${name}: compiles without a mistake")
            set(switch "")
        endif()
        add_test(
            NAME "${test}"
            COMMAND "${CMAKE_COMMAND}" "-DMISTAKE=${mistake}" "-DEXPECT=${arg_EXPECT}" -P
                    "${PROJECT_SOURCE_DIR}/cmake/CompileFail.cmake" -- ${compiler} ${switch} "${source}"
            COMMAND_EXPAND_LISTS)
        set_tests_properties("${test}" PROPERTIES LABELS compile-fail TIMEOUT ${AUTARKY_TEST_TIMEOUT})
    endforeach()
endfunction()
