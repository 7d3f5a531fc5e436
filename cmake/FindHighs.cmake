# autarky: finds the HiGHS solver inside the wheel highsbox; gives the target Highs::c
# SPDX-License-Identifier: Apache-2.0
#
# Places searched, in this order: Highs_ROOT (variable or environment), .cache/highsbox (where tools/setup.sh unpacks the
# wheel), .venv, the site-packages of python3. Only the C API is used: the library was built with the C++ ABI before
# gcc 5, so what takes a std::string in its C++ interface does not link.
set(Highs_ROOT "$ENV{Highs_ROOT}" CACHE PATH "Unpacked highsbox wheel, or a site-packages folder")

set(highs_inside "highsbox/highs_dist")
file(
    GLOB
    highs_candidates
    "${Highs_ROOT}"
    "${Highs_ROOT}/${highs_inside}"
    "${PROJECT_SOURCE_DIR}/.cache/highsbox/highsbox-*.data/purelib/${highs_inside}"
    "${PROJECT_SOURCE_DIR}/.venv/lib/python3*/site-packages/${highs_inside}"
    "/usr/local/lib/python3*/dist-packages/${highs_inside}"
    "/usr/lib/python3/dist-packages/${highs_inside}")
find_path(
    Highs_INCLUDE_DIR interfaces/highs_c_api.h
    HINTS ${highs_candidates}
    PATH_SUFFIXES include/highs)
find_library(
    Highs_LIBRARY highs
    HINTS ${highs_candidates}
    PATH_SUFFIXES lib64 lib)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
    Highs
    REQUIRED_VARS Highs_LIBRARY Highs_INCLUDE_DIR
    REASON_FAILURE_MESSAGE "unpack the wheel that tools/pip.txt names, or set Highs_ROOT")
if(Highs_FOUND AND NOT TARGET Highs::c)
    add_library(Highs::c SHARED IMPORTED)
    set_target_properties(Highs::c PROPERTIES IMPORTED_LOCATION "${Highs_LIBRARY}"
                                              INTERFACE_INCLUDE_DIRECTORIES "${Highs_INCLUDE_DIR}")
endif()
mark_as_advanced(Highs_INCLUDE_DIR Highs_LIBRARY)
