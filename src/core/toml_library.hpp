// autarky: toml++ with this program's settings; every file that parses TOML includes it here, so that one definition holds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 64
// Else floats are read from a stream, which takes a failed allocation for a bad number.
#define TOML_FLOAT_CHARCONV 1
// The library's own assertions abort on malformed text; what they guard is reported as an error anyway.
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/impl/preprocessor.h>

#include <toml++/impl/forward_declarations.h>
// In version 3.3 the tests of characters call many letters (of Latin, Greek, Cyrillic and Kana) unreachable, which is
// undefined behaviour. Here they answer what is true of all of those: no white space, and no part of a bare key.
#pragma push_macro("TOML_UNREACHABLE")
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE return false
#include <toml++/impl/unicode.h>
#pragma pop_macro("TOML_UNREACHABLE")
#include <toml++/toml.h>
