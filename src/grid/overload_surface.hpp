// autarky: the share of street transformers that devices overload, as the quarterly model reads it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/diagnostics.hpp"
#include "core/surface.hpp"
#include "grid/nation.hpp"

namespace autarky::grid {

/// Sample and stated error of the surfaces in the catalogue: the largest distance at random points off the table, and some
/// more; tests/grid/test_overload.cpp looks at 50 of them.
inline constexpr int surface_units = 400;
inline constexpr double surface_error = 0.008;

/// What a fleet does to a region's street transformers.
struct OverloadShares {
    double over = 0.0;    ///< of the units: above their owner's limit
    double waiting = 0.0; ///< of the car places: their device is one too many for its unit
};

/// Both as surfaces over penetration, managed share and clustering, and what they were made for.
struct OverloadTables {
    Surface over, waiting;
    double homes_a_unit = 0.0, places_a_unit = 0.0; ///< means of the sample
    double car_w = 0.0;                             ///< average power of the device that fills a place
};

/// The work behind the surfaces: a sample of a region's units, each with the number of cars that first breaks its owner's
/// limit, found by the street simulation; the shares are then exact in penetration and clustering (beta-binomial).
class OverloadModel {
public:
    OverloadModel(const StreetCatalogue& catalogue, std::string region, int units, std::uint64_t seed);

    /// Penetration: share of places for a car that have the device (0 to 1); managed: share of cars that follow the
    /// street's lowest limit; clustering: intraclass correlation.
    [[nodiscard]] OverloadShares shares(double penetration, double managed, double clustering) const;
    [[nodiscard]] double share(double penetration, double managed, double clustering) const {
        return shares(penetration, managed, clustering).over;
    }
    /// The same on the grid of the surfaces.
    [[nodiscard]] OverloadTables tables(double stated_error) const;
    [[nodiscard]] double homes_a_unit() const;
    [[nodiscard]] double places_a_unit() const;
    [[nodiscard]] double car_w() const;

    static std::vector<SurfaceAxis> axes();

private:
    /// Cars that first break the limit of each unit; places + 1 when none do.
    [[nodiscard]] std::vector<int> breaking(double managed) const;
    [[nodiscard]] OverloadShares shares_of(const std::vector<int>& breaking, double penetration,
                                           double clustering) const;

    std::string region_;
    std::vector<UnitType> types_;
    std::vector<Street> streets_;
    std::vector<std::vector<std::size_t>> kinds_; ///< of each type: days on which its peak can lie
    std::vector<SampledUnit> units_;
    std::vector<Drawn> drawn_;
};

/// Text of catalogue/grid/overload_<region>.toml, and back. Reading a text that is no such file gives no value, with
/// findings.
std::string written_tables(const OverloadTables& tables, const std::string& title);
std::optional<OverloadTables> read_tables(const std::string& text, const std::string& file, Diagnostics& findings);

} // namespace autarky::grid
