// autarky: one formula, many uses: compiled against a yield model that is changed in one line.
// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <doctest/doctest.h>

#include "silicon/die_study.hpp"
#include "silicon/peers/cases.hpp"

using namespace autarky;
using namespace autarky::silicon;

TEST_CASE("a change of the yield formula is seen by the study of a die") {
    DieInput in;
    in.die = {26.0, 16.5, 0.1};
    in.density_per_cm2 = 0.1;
    in.wafer_price_usd = 20000.0;
    // unchanged: 226.25 USD; with nine tenths of the yield it is ten ninths of that
    CHECK(study(in).cost->die == doctest::Approx(226.25 / 0.9).epsilon(1e-4));
}

TEST_CASE("a change of the yield formula is seen by the published cases") {
    const std::filesystem::path validation = std::filesystem::path(AUTARKY_SOURCE_DIR) / "validation";
    for (const auto* peer : {"actuary", "catch", "ttm"}) {
        int failed = 0;
        for (const auto& row : silicon_peer_cases(peer, validation))
            failed += row.pass ? 0 : 1;
        CAPTURE(peer);
        CHECK(failed >= 5);
    }
}
