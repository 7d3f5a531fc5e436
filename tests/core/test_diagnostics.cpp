// autarky: the texts of findings, whole.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "core/diagnostics.hpp"

using namespace autarky;

TEST_CASE("a finding shows file, line, column, code, the line with a caret, and the hint") {
    Diagnostics diagnostics;
    diagnostics.remember_source("a.toml", "[process.sf2]\nwafer_price = \"20_000 USD/wafre\"\n");
    diagnostics.error({"a.toml", 2, 27, 5}, "E0203", "process.sf2.wafer_price: unknown unit 'wafre'",
                      "did you mean 'wafer'?");
    CHECK(diagnostics.render() == "a.toml:2:27: error[E0203]: process.sf2.wafer_price: unknown unit 'wafre'\n"
                                  "    2 | wafer_price = \"20_000 USD/wafre\"\n"
                                  "      |                           ^~~~~\n"
                                  "      = did you mean 'wafer'?\n");
    CHECK(diagnostics.has_errors());
}

TEST_CASE("colour goes to the word error and to the caret only") {
    Diagnostics diagnostics;
    diagnostics.remember_source("a.toml", "x = 1\n");
    diagnostics.warning({"a.toml", 1, 1, 1}, "W0001", "look here");
    CHECK(diagnostics.render(true) == "a.toml:1:1: \033[1;33mwarning[W0001]\033[0m: look here\n"
                                      "    1 | x = 1\n"
                                      "      | \033[1;31m^\033[0m\n");
    CHECK(!diagnostics.has_errors());
    CHECK(!diagnostics.empty());
}

TEST_CASE("findings come in the order of the text, whatever found them first") {
    Diagnostics diagnostics;
    diagnostics.error({"b.toml", 1, 1, 1}, "E1", "third");
    diagnostics.error({"a.toml", 9, 1, 1}, "E1", "second");
    diagnostics.error({"a.toml", 2, 5, 1}, "E1", "first");
    diagnostics.error({}, "E1", "nowhere");
    CHECK(diagnostics.render() == "error[E1]: nowhere\n"
                                  "a.toml:2:5: error[E1]: first\n"
                                  "a.toml:9:1: error[E1]: second\n"
                                  "b.toml:1:1: error[E1]: third\n");
}

TEST_CASE("after the limit the rest is counted") {
    Diagnostics diagnostics;
    for (std::size_t i = 1; i <= 25; ++i)
        diagnostics.error({"a.toml", i, 1, 1}, "E1", "again");
    const auto text = diagnostics.render(false, 2);
    CHECK(text == "a.toml:1:1: error[E1]: again\na.toml:2:1: error[E1]: again\n... and 23 more\n");
}

TEST_CASE("the caret stands under the culprit behind tabs and wide characters") {
    Diagnostics diagnostics;
    diagnostics.remember_source("a.toml", "\tk = \"推理 x\"\n");
    diagnostics.error({"a.toml", 1, 10, 1}, "E1", "here");
    // one tab, 'k = "' as five blanks, two wide characters as two blanks each, one blank
    CHECK(diagnostics.render() == "a.toml:1:10: error[E1]: here\n    1 |  k = \"推理 x\"\n      |            ^\n");
}

TEST_CASE("a place behind the end of the text, or in an unknown file, is told without a line") {
    Diagnostics diagnostics;
    diagnostics.remember_source("a.toml", "x = 1\n");
    diagnostics.error({"a.toml", 77, 3, 1}, "E1", "far");
    diagnostics.error({"b.toml", 1, 1, 1}, "E1", "elsewhere");
    CHECK(diagnostics.render() == "a.toml:77:3: error[E1]: far\nb.toml:1:1: error[E1]: elsewhere\n");
}

TEST_CASE("merging takes every finding once") {
    Diagnostics one, two;
    one.error({"a.toml", 1, 1, 1}, "E1", "same");
    two.error({"a.toml", 1, 1, 1}, "E1", "same");
    two.warning({"a.toml", 2, 1, 1}, "W1", "other");
    two.remember_source("a.toml", "first\nsecond\n");
    one.merge(two);
    CHECK(one.items().size() == 2);
    CHECK(one.render() == "a.toml:1:1: error[E1]: same\n    1 | first\n      | ^\n"
                          "a.toml:2:1: warning[W1]: other\n    2 | second\n      | ^\n");
}

TEST_CASE("a typo is recognised, another word is not") {
    const std::vector<std::string_view> words{"wafer_price", "mask_set", "alpha"};
    CHECK(did_you_mean("wafer_prise", words) == "did you mean 'wafer_price'?");
    CHECK(did_you_mean("alhpa", words) == "did you mean 'alpha'?");
    CHECK(did_you_mean("colour", words).empty());
    CHECK(did_you_mean("", words).empty());
    CHECK(did_you_mean(std::string(1000, 'a'), words).empty());
}

TEST_CASE("a word that names are made of proposes these names, where they are few") {
    const std::vector<std::string_view> sites{"samsung_taylor_sf2", "samsung_taylor_sf2p", "tsmc_taiwan_n3",
                                              "tsmc_arizona_n3"};
    CHECK(did_you_mean("taylor", sites) == "did you mean 'samsung_taylor_sf2' or 'samsung_taylor_sf2p'?");
    CHECK(did_you_mean("arizona", sites) == "did you mean 'tsmc_arizona_n3'?");
    CHECK(did_you_mean("taylo", {"taylor_made"}).empty()); // a part is whole or none
    CHECK(did_you_mean("n3", sites).empty());              // too short to be told from chance
    const std::vector<std::string_view> events{"strait_blockade", "strait_crisis", "strait_war"};
    CHECK(did_you_mean("strait", events) == "did you mean 'strait_blockade', 'strait_crisis' or 'strait_war'?");
    CHECK(did_you_mean("site", {"site_north", "site_south", "site_east", "site_west"})
              .empty()); // a list would do as well
}
