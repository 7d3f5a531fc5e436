# autarky: minizip as Debian packs it, with which libxlsxwriter writes. Gives Minizip::Minizip.
# SPDX-License-Identifier: Apache-2.0
find_path(Minizip_INCLUDE_DIR minizip/unzip.h)
find_library(Minizip_LIBRARY minizip)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Minizip REQUIRED_VARS Minizip_INCLUDE_DIR Minizip_LIBRARY)
mark_as_advanced(Minizip_INCLUDE_DIR Minizip_LIBRARY)

if(Minizip_FOUND AND NOT TARGET Minizip::Minizip)
    add_library(Minizip::Minizip SHARED IMPORTED)
    set_target_properties(Minizip::Minizip PROPERTIES IMPORTED_LOCATION "${Minizip_LIBRARY}"
                                                      INTERFACE_INCLUDE_DIRECTORIES "${Minizip_INCLUDE_DIR}")
endif()
