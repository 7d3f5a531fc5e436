// autarky: what is bundled: catalogue and scenarios read without a finding, in every variant, and fast.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <ctime>
#include <set>
#include <string>

#include "input/files.hpp"
#include "scenario/load.hpp"

using namespace autarky;

namespace {

LoadRequest request(const std::string& name) {
    LoadRequest out;
    out.scenario = name;
    out.data_folder = AUTARKY_SOURCE_DIR;
    return out;
}
std::vector<std::string> scenarios() { return scenario::bundled_scenarios(AUTARKY_SOURCE_DIR); }

} // namespace

TEST_CASE("every bundled scenario reads without a finding, alone and in each of its variants") {
    REQUIRE(!scenarios().empty());
    for (const auto& name : scenarios()) {
        const auto plain = check(request(name));
        CHECK_MESSAGE(plain.empty(), plain.render());
        for (const auto& variant : variants_of(request(name))) {
            auto with = request(name);
            with.variants = {variant};
            const auto found = check(with);
            CHECK_MESSAGE(found.empty(), name << " " << variant << "\n" << found.render());
        }
    }
}

TEST_CASE("every row of the catalogue reads, whether a scenario uses it or not") {
    auto whole = request("ai5");
    whole.whole_catalogue = true;
    const auto found = check(whole);
    CHECK_MESSAGE(found.empty(), found.render());
}

TEST_CASE("every number of the bundled files has a source; paths and streams are unique") {
    for (const auto& name : scenarios()) {
        const auto loaded = load(request(name));
        std::set<std::string> paths, streams;
        for (const auto& input : loaded.inputs.rows) {
            CHECK_MESSAGE(paths.insert(input.path).second, input.path);
            CHECK_MESSAGE((input.is_default || input.source >= 0), input.path);
            CHECK(input.stream < static_cast<int>(loaded.inputs.streams.size()));
        }
        for (const auto& stream : loaded.inputs.streams)
            CHECK_MESSAGE(streams.insert(stream).second, stream);
        for (const auto& group : loaded.inputs.groups)
            CHECK(group.factor.size() == group.streams.size() * group.streams.size());
    }
}

TEST_CASE("the main scenario has the size that it promises") {
    const auto loaded = load(request("ai5"));
    const auto uncertain = std::count_if(loaded.inputs.rows.begin(), loaded.inputs.rows.end(),
                                         [](const Input& input) { return input.stream >= 0; });
    CHECK(uncertain >= 150);
    CHECK(loaded.scenario.site.size() >= 4);
    CHECK(loaded.scenario.maker.size() >= 10);
    CHECK(loaded.scenario.region.size() >= 4);
    CHECK(loaded.scenario.horizon.start.text() == "2025Q4");
    CHECK(loaded.scenario.horizon.end.text() == "2035Q4");
    CHECK(std::count(loaded.known_variants.begin(), loaded.known_variants.end(), "article") == 1);
    CHECK(std::count(loaded.known_variants.begin(), loaded.known_variants.end(), "reported") == 1);
}

TEST_CASE("loading the main scenario is a matter of milliseconds, and gives the same every time") {
    const auto first = load(request("ai5"));
    const auto before = std::clock();
    const auto second = load(request("ai5"));
    const double milliseconds = 1e3 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    CHECK(first.sha256 == second.sha256);
    CHECK(first.inputs.streams == second.inputs.streams);
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    CHECK(milliseconds < 60.0); // processor time; it is about 16
#endif
    MESSAGE("processor time of loading: " << milliseconds << " ms");
}
