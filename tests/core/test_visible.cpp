// autarky: tests of text that may come from anywhere.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "core/diagnostics.hpp"
#include "core/utf8.hpp"
#include "core/visible.hpp"

using namespace autarky;

TEST_CASE("plain text, umlauts, Greek, CJK and emoji with joiners stay as they are") {
    for (const std::string text : {"", "a b~", "21 µm² ≥ 5 %", "中文", "👩‍🔧", "é"})
        CHECK(visible(text) == text);
}

TEST_CASE("what would steer a terminal is shown by one character each") {
    CHECK(visible("a\x1b[2Jb") == "a␛[2Jb");
    CHECK(visible(std::string("\0\a\b\r\x7f", 5)) == "␀␇␈␍␡");
    CHECK(visible("a\tb") == "a b");
    CHECK(visible("a\nb") == "a␊b");
    CHECK(visible_lines("a\nb\r\n") == "a\nb␍\n");
    CHECK(visible("\u009b31m") == "\uFFFD31m");             // C1: control sequence introducer
    CHECK(visible("\u202egnp\u202c") == "\uFFFDgnp\uFFFD"); // right-to-left override
    CHECK(visible("\u2066\u2069\u200f\u2028\ufeff") == "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(visible("\U000E0041") == "\uFFFD");         // a tag
    CHECK(visible("\uFFFE\uFFFF") == "\uFFFD\uFFFD"); // neither may stand in XML
}

TEST_CASE("bytes that are no UTF-8 are replaced one by one") {
    CHECK(visible("M\xfcller") == "M\uFFFDller");
    CHECK(visible("\xc3") == "\uFFFD");
    CHECK(visible("\xe2\x82") == "\uFFFD\uFFFD");
    CHECK(visible("\xc0\xaf") == "\uFFFD\uFFFD");           // an overlong slash
    CHECK(visible("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD"); // half of a pair
    CHECK(visible("\xf4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(first_invalid_utf8("abc\xff") == 3);
    CHECK(first_invalid_utf8("µ\U0010FFFF") == std::string_view::npos);
}

TEST_CASE("our own colours pass where they are asked for, no other sequence does") {
    CHECK(visible_lines("\033[1;31merror\033[0m", Colours::ours) == "\033[1;31merror\033[0m");
    CHECK(visible_lines("\033[1;31merror\033[0m") == "␛[1;31merror␛[0m");
    CHECK(visible_lines("\033[8mhidden\033[0m", Colours::ours) == "␛[8mhidden\033[0m");
    CHECK(visible_lines("\033]0;title\a", Colours::ours) == "␛]0;title␇");
}

TEST_CASE("in JSON the same characters become escapes, the data stays") {
    CHECK(visible_json("\"a\u009b\u202e\x7f µ\"") == "\"a\\u009b\\u202e\\u007f µ\"");
    CHECK(visible_json("\"\U000E0041\"") == "\"\\udb40\\udc41\"");
}

TEST_CASE("a finding shows the controls of its file, line, message and hint") {
    Diagnostics found;
    found.remember_source("a\x1b.toml", "k = \"\t\x1b[2J\xff\" # \u202e\n");
    found.error({"a\x1b.toml", 1, 5, 1}, "E0207", "key '\r\n' is wrong", "not \a");
    CHECK(found.render() == "a␛.toml:1:5: error[E0207]: key '␍␊' is wrong\n"
                            "    1 | k = \" ␛[2J\uFFFD\" # \uFFFD\n"
                            "      |     ^\n"
                            "      = not ␇\n");
}
