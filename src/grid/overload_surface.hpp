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
inline constexpr double surface_error = 0.01;

/// The work behind the surface: a sample of a region's units, each with the number of cars that first breaks its owner's
/// limit, found by the street simulation; the share is then exact in penetration and clustering (beta-binomial).
class OverloadModel {
public:
    OverloadModel(const StreetCatalogue& catalogue, std::string region, int units, std::uint64_t seed);

    /// Share of the region's units above their owner's limit. Penetration: share of places for a car that have the device
    /// (0 to 1); managed: share of cars that follow the street's lowest limit; clustering: intraclass correlation.
    [[nodiscard]] double share(double penetration, double managed, double clustering) const;
    /// The same on the grid of the surface.
    [[nodiscard]] Surface surface(double stated_error) const;
    [[nodiscard]] double cars_a_unit() const;

    static std::vector<SurfaceAxis> axes();

private:
    /// Cars that first break the limit of each unit; places + 1 when none do.
    [[nodiscard]] std::vector<int> breaking(double managed) const;
    [[nodiscard]] double share_of(const std::vector<int>& breaking, double penetration, double clustering) const;

    std::string region_;
    std::vector<UnitType> types_;
    std::vector<Street> streets_;
    std::vector<std::vector<std::size_t>> kinds_; ///< of each type: days on which its peak can lie
    std::vector<SampledUnit> units_;
    std::vector<Drawn> drawn_;
};

/// Text of catalogue/grid/overload_<region>.toml, and back. Reading a text that is no surface gives no value, with findings.
std::string written_surface(const Surface& surface, const std::string& title);
std::optional<Surface> read_surface(const std::string& text, const std::string& file, Diagnostics& findings);

} // namespace autarky::grid
