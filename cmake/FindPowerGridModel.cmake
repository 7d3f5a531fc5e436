# autarky: finds power-grid-model's C library inside its Python wheel; gives the target PowerGridModel::c
# SPDX-License-Identifier: Apache-2.0
#
# Places searched, in this order: PowerGridModel_ROOT (variable or environment), .cache/power-grid-model (where
# tools/setup.sh unpacks the wheel), .venv, the site-packages of python3. Only the C API is used: the wheel's C++
# wrapper headers do not compile with gcc 12.
set(PowerGridModel_ROOT "$ENV{PowerGridModel_ROOT}" CACHE PATH "Unpacked power-grid-model wheel, or a site-packages folder")

set(pgm_inside "power_grid_model/_core/power_grid_model_c")
file(
    GLOB
    pgm_candidates
    "${PowerGridModel_ROOT}"
    "${PowerGridModel_ROOT}/${pgm_inside}"
    "${PROJECT_SOURCE_DIR}/.cache/power-grid-model/${pgm_inside}"
    "${PROJECT_SOURCE_DIR}/.venv/lib/python3*/site-packages/${pgm_inside}"
    "/usr/local/lib/python3*/dist-packages/${pgm_inside}"
    "/usr/lib/python3/dist-packages/${pgm_inside}")
find_path(
    PowerGridModel_INCLUDE_DIR power_grid_model_c.h
    HINTS ${pgm_candidates}
    PATH_SUFFIXES include)
find_library(
    PowerGridModel_LIBRARY power_grid_model_c
    HINTS ${pgm_candidates}
    PATH_SUFFIXES lib64 lib)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
    PowerGridModel
    REQUIRED_VARS PowerGridModel_LIBRARY PowerGridModel_INCLUDE_DIR
    REASON_FAILURE_MESSAGE "unpack the wheel that tools/pip.txt names, or set PowerGridModel_ROOT")
if(PowerGridModel_FOUND AND NOT TARGET PowerGridModel::c)
    add_library(PowerGridModel::c SHARED IMPORTED)
    set_target_properties(
        PowerGridModel::c PROPERTIES IMPORTED_LOCATION "${PowerGridModel_LIBRARY}"
                                     INTERFACE_INCLUDE_DIRECTORIES "${PowerGridModel_INCLUDE_DIR}")
endif()
mark_as_advanced(PowerGridModel_INCLUDE_DIR PowerGridModel_LIBRARY)
