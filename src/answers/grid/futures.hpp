// autarky: "when does the grid bind before chips do?", over the futures of a scenario, and of all makers' cars.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/grid_futures.hpp"
#include "answers/entry.hpp"
#include "answers/grid/nation.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct FuturesQuestion : ScenarioChoice {
    int futures = 2'000;
    std::uint64_t seed = 1;
    double managed = 0.8;
};
constexpr auto describe(Type<FuturesQuestion> /*type*/) {
    using Q = FuturesQuestion;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(asked("futures", &Q::futures, "1"_u, "Futures drawn").from_to(10, 1e7),
               asked("seed", &Q::seed, "1"_u, "Seed of all luck"),
               asked("managed", &Q::managed, "1"_u, "Share of managed charging in the managed case", Range::fraction)
                   .as("SHARE")));
}

struct FuturesAnswer {
    struct Case {
        std::string name, managed;
        analysis::GridFutures found;
    };
    std::string scenario, title, variant;
    FuturesQuestion question;
    std::vector<Case> cases;
    std::uint64_t samples = 0; ///< futures of each case
    bool is_stopped = false;   ///< fewer futures, or fewer cases
};

FuturesAnswer futures(const Catalogue& catalogue, const FuturesQuestion& question, const Watch& watch = {});
std::string text(const FuturesAnswer& answer, const show::Page& page);
std::string picture(const FuturesAnswer& answer);
Standing standing(const FuturesAnswer& answer);

extern const Entry futures_entry;

// --- cap --------------------------------------------------------------------------------------------------------------------

/// The same of all makers' cars: the bundled scenario `all-makers`.
struct CapQuestion {
    GridRegion region = GridRegion::us;
    int futures = 2'000;
    std::uint64_t seed = 1;
};
constexpr auto describe(Type<CapQuestion> /*type*/) {
    using Q = CapQuestion;
    return fields(asked("region", &Q::region, "Region"),
                  asked("futures", &Q::futures, "1"_u, "Futures drawn").from_to(10, 1e6),
                  asked("seed", &Q::seed, "1"_u, "Seed of all luck"));
}

struct CapAnswer {
    CapQuestion question;
    FuturesAnswer found;
};

CapAnswer cap(const Catalogue& catalogue, const CapQuestion& question, const Watch& watch = {});
std::string text(const CapAnswer& answer, const show::Page& page);
std::string picture(const CapAnswer& answer);
Standing standing(const CapAnswer& answer);

extern const Entry cap_entry;

} // namespace autarky::answers
