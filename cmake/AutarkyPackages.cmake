# autarky: the libraries that Debian gives us; all that are missing are named at once, with the line that installs them
# SPDX-License-Identifier: Apache-2.0
set(autarky_missing_packages "")

# autarky_package(<apt package> <find_package arguments>...)
macro(autarky_package apt name)
    find_package(${name} ${ARGN} QUIET)
    if(NOT ${name}_FOUND)
        list(APPEND autarky_missing_packages ${apt})
    endif()
endmacro()

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
autarky_package(libfmt-dev fmt 9)
autarky_package(libsleef-dev SLEEF 3.5)
autarky_package(libtomlplusplus-dev tomlplusplus 3.3)
autarky_package(libcli11-dev CLI11 2.1)
autarky_package(nlohmann-json3-dev nlohmann_json 3.11)
autarky_package(libboost-dev Boost 1.74)
autarky_package(libtbb-dev TBB 2021)
autarky_package(libsqlite3-dev SQLite3 3.40)
autarky_package(libeigen3-dev Eigen3 3.4)
autarky_package(libprotobuf-dev Protobuf 3.21)
autarky_package(libonnx-dev ONNX 1.12)
autarky_package(libcpp-httplib-dev CppHttplib)
autarky_package(libxlsxwriter-dev XlsxWriter)
autarky_package(libminizip-dev Minizip)
if(AUTARKY_TESTS)
    autarky_package(doctest-dev doctest 2.4)
    autarky_package(python3 Python3 3.9 COMPONENTS Interpreter)
endif()
if(AUTARKY_BENCH)
    autarky_package(libbenchmark-dev benchmark 1.7)
endif()

# Found here, at the top, so that whatever links the grid sees the target; without it there is no power flow.
find_package(PowerGridModel QUIET)
# The same for plans: without it there is no solver.
find_package(Highs QUIET)

if(autarky_missing_packages)
    list(JOIN autarky_missing_packages " " autarky_missing_packages)
    message(FATAL_ERROR "Autarky needs packages that are not installed. Install them with\n"
                        "    apt-get install ${autarky_missing_packages}\n"
                        "or let `make build` (or `make test`) do it.")
endif()
