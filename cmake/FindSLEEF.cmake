# autarky: finds SLEEF, which Debian ships without a CMake package; gives the target SLEEF::sleef
# SPDX-License-Identifier: Apache-2.0
find_path(SLEEF_INCLUDE_DIR sleef.h)
find_library(SLEEF_LIBRARY sleef)
if(SLEEF_INCLUDE_DIR)
    file(STRINGS "${SLEEF_INCLUDE_DIR}/sleef.h" sleef_version_lines REGEX "#define SLEEF_VERSION_(MAJOR|MINOR|PATCHLEVEL)")
    string(REGEX MATCHALL "[0-9]+" SLEEF_VERSION "${sleef_version_lines}")
    list(JOIN SLEEF_VERSION "." SLEEF_VERSION)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
    SLEEF
    REQUIRED_VARS SLEEF_LIBRARY SLEEF_INCLUDE_DIR
    VERSION_VAR SLEEF_VERSION)
if(SLEEF_FOUND AND NOT TARGET SLEEF::sleef)
    add_library(SLEEF::sleef UNKNOWN IMPORTED)
    set_target_properties(SLEEF::sleef PROPERTIES IMPORTED_LOCATION "${SLEEF_LIBRARY}"
                                                  INTERFACE_INCLUDE_DIRECTORIES "${SLEEF_INCLUDE_DIR}")
endif()
mark_as_advanced(SLEEF_INCLUDE_DIR SLEEF_LIBRARY)
