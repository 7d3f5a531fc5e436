// autarky: the published cases of other silicon cost models.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/peers/cases.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

using namespace autarky;
using namespace autarky::silicon;

namespace {

const std::filesystem::path validation = std::filesystem::path(AUTARKY_SOURCE_DIR) / "validation";

} // namespace

TEST_CASE("every published case of every peer is reproduced within its tolerance") {
    for (const auto peer : silicon_peers()) {
        const auto cases = silicon_peer_cases(peer, validation);
        CHECK(cases.size() >= 10);
        for (const auto& row : cases) {
            CAPTURE(row.name);
            CAPTURE(row.expected);
            CAPTURE(row.got);
            CAPTURE(row.note);
            CHECK(row.pass);
            CHECK_FALSE(row.source.empty());
        }
    }
}

TEST_CASE("every peer with a known defect says so and shows the right value") {
    for (const auto peer : {"actuary", "catch", "google"}) {
        int defects = 0;
        for (const auto& row : silicon_peer_cases(peer, validation))
            defects += row.note.starts_with("defect:") ? 1 : 0;
        CAPTURE(peer);
        CHECK(defects >= 2);
    }
}

TEST_CASE("a table that cannot be computed fails and says why, without stopping the others") {
    const auto folder = std::filesystem::temp_directory_path() / "autarky_test_peers";
    std::filesystem::create_directories(folder / "actuary");
    std::ofstream(folder / "actuary" / "cases.csv")
        << "# source: a test\ncase,quantity,inputs,expected,tolerance,note\n"
           "good,yield,node=7 area=100,0.914,abs 0.001,\n"
           "no node,yield,node=6 area=100,0.914,abs 0.001,\n"
           "no input,yield,node=7,0.914,abs 0.001,\n"
           "no number,yield,node=7 area=big,0.914,abs 0.001,\n"
           "no quantity,beauty,node=7 area=100,0.914,abs 0.001,\n"
           "wrong,yield,node=7 area=100,0.9,abs 0.001,\n"
           "short,yield\n";
    const auto rows = silicon_peer_cases("actuary", folder);
    CHECK(rows.size() == 7);
    CHECK(rows[0].pass);
    CHECK(rows[1].note == "not computed: no node '6'");
    CHECK(rows[2].note == "not computed: input 'area' is missing");
    CHECK(rows[3].note == "not computed: input 'area' is 'big', which is no number");
    CHECK(rows[4].note == "not computed: no quantity 'beauty'");
    CHECK_FALSE(rows[5].pass);
    CHECK(rows[6].note == "not computed: fewer than five columns");
    for (std::size_t i = 1; i < rows.size(); ++i)
        CHECK_FALSE(rows[i].pass);
    std::filesystem::remove_all(folder);
    CHECK_FALSE(silicon_peer_cases("actuary", folder).front().pass);
    CHECK(silicon_peer_cases("nobody", validation).empty());
}
