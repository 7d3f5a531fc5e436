// autarky: what `explain` shows.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "program_run.hpp"

using namespace autarky::test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("an explanation shows value, formula and source, and how far it is from the samples") {
    const auto outcome = autarky_run({"explain", "chip.unit_cost", small_scenario(), "--at", "2028Q2", "--depth", "6"});
    CHECK(outcome.exit == 0);
    const auto& text = outcome.out;
    CHECK(text.starts_with("chip.unit_cost at 2028Q2: Recurring cost of a shipped, tested chip"));
    CHECK(has(text, "with every input at its median. In 2,000 samples: 5 % "));
    CHECK(has(text, "that median."));
    CHECK(has(text, "process.alpha.wafer_price \"16_000 to 24_000 USD/wafer\" · paper, paper"));
    CHECK(has(text, "paper: A paper for tests, 2025"));
    CHECK(has(text, "10 % more of an input changes it by"));
    CHECK(has(text, "├ "));
    CHECK(has(text, "  [1]"));
}

TEST_CASE("unknown metrics, quarters and codes are refused with a suggestion") {
    const auto err = [](const std::vector<std::string>& words) {
        const auto outcome = autarky_run(words);
        CHECK(outcome.exit == 2);
        CHECK(outcome.out == "");
        return outcome.err;
    };
    CHECK(err({"explain", "chip.unit_csot"})
              .ends_with("error[E0505]: there is no metric 'chip.unit_csot'\n"
                         "      = did you mean 'chip.unit_cost'?\n"));
    CHECK(err({"explain", "chip.unit_cost", "--at", "2028Q5"})
              .ends_with("error[E0504]: --at: '2028Q5' is no quarter\n      = a quarter is written like 2028Q2\n"));
    CHECK(
        err({"explain", "chip.unit_cost", small_scenario(), "--at", "2050Q1"})
            .ends_with("error[E0504]: --at: 2050Q1 is outside the scenario\n      = it runs from 2026Q1 to 2030Q4\n"));
    CHECK(err({"explain", "E0999"}).starts_with("error[E0505]: there is no code 'E0999'\n"));
}

TEST_CASE("the code of a message is explained") {
    CHECK(has(autarky_run({"explain", "E0502"}).out, "E0502: a command or an option of that name does not exist"));
    CHECK(autarky_run({"explain", "E0203"}).exit == 0);
}

TEST_CASE("every metric of the small scenario can be explained") {
    const auto list = nlohmann::json::parse(autarky_run({"metrics", "--json"}).out);
    const std::vector<std::string> quarters{"2026Q1", "2028Q2", "2030Q4"};
    std::size_t turn = 0;
    for (const auto& row : list) {
        auto id = row["id"].get<std::string>();
        for (const auto& [pattern, name] :
             std::vector<std::pair<std::string, std::string>>{{"<region>", "north"},
                                                              {"<path>", "grow"},
                                                              {"<chip>.<site>", "one.home"},
                                                              {"<chip>.<programme>", "one.cars"},
                                                              {"<chip>", "one"},
                                                              {"<site>", "home"},
                                                              {"<maker>", "follower"},
                                                              {"<rival>", "eastern"}})
            if (const auto at = id.find(pattern); at != std::string::npos) id.replace(at, pattern.size(), name);
        if (id.find("<outlet>") != std::string::npos || id.find("<back_end>") != std::string::npos)
            continue; // the small scenario has none
        const auto& quarter = quarters[turn++ % quarters.size()];
        std::vector<std::string> words{"explain", id, small_scenario(), "--json"};
        if (row["quarterly"] == true) words.insert(words.end(), {"--at", quarter});
        const auto outcome = autarky_run(words);
        REQUIRE_MESSAGE(outcome.exit == 0, id);
        const auto json = nlohmann::json::parse(outcome.out);
        CHECK(json["metric"] == id);
        CHECK(json.contains("tree"));
    }
}
