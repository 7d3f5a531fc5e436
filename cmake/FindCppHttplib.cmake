# autarky: cpp-httplib as Debian packs it: a shared library with pkg-config's file. Gives CppHttplib::CppHttplib.
# SPDX-License-Identifier: Apache-2.0
find_path(CppHttplib_INCLUDE_DIR httplib.h)
find_library(CppHttplib_LIBRARY cpp-httplib)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(CppHttplib REQUIRED_VARS CppHttplib_INCLUDE_DIR CppHttplib_LIBRARY)
mark_as_advanced(CppHttplib_INCLUDE_DIR CppHttplib_LIBRARY)

if(CppHttplib_FOUND AND NOT TARGET CppHttplib::CppHttplib)
    add_library(CppHttplib::CppHttplib SHARED IMPORTED)
    # Debian built the library with these: types of the header have other members without them.
    set_target_properties(
        CppHttplib::CppHttplib
        PROPERTIES IMPORTED_LOCATION "${CppHttplib_LIBRARY}"
                   INTERFACE_INCLUDE_DIRECTORIES "${CppHttplib_INCLUDE_DIR}"
                   INTERFACE_COMPILE_DEFINITIONS
                   "CPPHTTPLIB_OPENSSL_SUPPORT;CPPHTTPLIB_ZLIB_SUPPORT;CPPHTTPLIB_BROTLI_SUPPORT")
endif()
