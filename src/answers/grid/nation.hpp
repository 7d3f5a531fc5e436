// autarky: "how many transformers does a country have to replace?", and the claims and tables behind it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "answers/entry.hpp"
#include "grid/nation/nation.hpp"
#include "grid/nation/published.hpp"

namespace autarky::answers {

/// Regions whose streets the catalogue has.
enum class GridRegion { us, europe };
constexpr std::array<std::string_view, 2> choices(Type<GridRegion> /*type*/) { return {"us", "europe"}; }
constexpr std::string_view name_of(GridRegion region) {
    return choices(Type<GridRegion>{})[static_cast<std::size_t>(region)];
}

// --- nation -----------------------------------------------------------------------------------------------------------------

struct NationQuestion {
    GridRegion region = GridRegion::us;
    std::vector<double> penetration;
    double managed = 0.0, timers = 0.0, clustering = 0.1, robots = 0.0;
    int units = 10'000;
    std::uint64_t seed = 1;
};
constexpr auto describe(Type<NationQuestion> /*type*/) {
    using Q = NationQuestion;
    return fields(
        asked("region", &Q::region, "Region"),
        asked("penetration", &Q::penetration, "1"_u, "Share of car places with the device", Range::fraction)
            .as("SHARE")
            .otherwise("0, 0.1, 0.3, 0.5, 1"),
        asked("managed", &Q::managed, "1"_u, "Share of cars whose charging is managed", Range::fraction).as("SHARE"),
        asked("timers", &Q::timers, "1"_u, "Share of cars on a timer at 23 h", Range::fraction).as("SHARE"),
        asked("clustering", &Q::clustering, "1"_u, "Correlation of devices within a street", Range::fraction).as("RHO"),
        asked("robots", &Q::robots, "1"_u, "Robots a home at full penetration").from_to(0, 10),
        asked("units", &Q::units, "1"_u, "Sampled transformers").from_to(8, 1e6),
        asked("seed", &Q::seed, "1"_u, "Seed of all luck"));
}

struct NationAnswer {
    grid::NationStudy study;
    grid::NationResult result;
    std::vector<grid::Comparison> compared; ///< with published studies
};

NationAnswer nation(const Catalogue& catalogue, const NationQuestion& question, const Watch& watch = {});
std::string text(const NationAnswer& answer, const show::Page& page);
Standing standing(const NationAnswer& answer);
std::string picture(const NationAnswer& answer);
extern const Entry nation_entry;

// --- surface ----------------------------------------------------------------------------------------------------------------

struct SurfaceQuestion {
    GridRegion region = GridRegion::us;
    std::uint64_t seed = 1;
};
constexpr auto describe(Type<SurfaceQuestion> /*type*/) {
    using Q = SurfaceQuestion;
    return fields(asked("region", &Q::region, "Region"), asked("seed", &Q::seed, "1"_u, "Seed of all luck"));
}

struct SurfaceAnswer {
    GridRegion region = GridRegion::us;
    grid::OverloadTables tables;
};

SurfaceAnswer surface(const Catalogue& catalogue, const SurfaceQuestion& question, const Watch& watch = {});
/// The TOML file that the catalogue has.
std::string text(const SurfaceAnswer& answer, const show::Page& page);
std::string picture(const SurfaceAnswer& answer);
extern const Entry surface_entry;

// --- claims -----------------------------------------------------------------------------------------------------------------

struct ClaimsQuestion {
    std::uint64_t seed = 1;
};
constexpr auto describe(Type<ClaimsQuestion> /*type*/) {
    return fields(asked("seed", &ClaimsQuestion::seed, "1"_u, "Seed of all luck"));
}

struct ClaimsAnswer {
    std::vector<grid::EssayCheck> checks;
};

ClaimsAnswer claims(const Catalogue& catalogue, const ClaimsQuestion& question, const Watch& watch = {});
std::string text(const ClaimsAnswer& answer, const show::Page& page);
extern const Entry claims_entry;

// --- list -------------------------------------------------------------------------------------------------------------------

struct GridListQuestion {
    friend bool operator==(const GridListQuestion&, const GridListQuestion&) = default;
};
constexpr auto describe(Type<GridListQuestion> /*type*/) { return fields(); }

struct GridListAnswer {
    grid::StreetCatalogue streets;
    std::vector<std::string> feeders;
};

GridListAnswer grid_list(const Catalogue& catalogue, const GridListQuestion& question, const Watch& watch = {});
std::string text(const GridListAnswer& answer, const show::Page& page);
extern const Entry grid_list_entry;

} // namespace autarky::answers
