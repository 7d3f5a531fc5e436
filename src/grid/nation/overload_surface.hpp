// autarky: the share of street transformers that devices overload, as the quarterly model reads it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/diagnostics.hpp"
#include "core/surface.hpp"
#include "core/watched.hpp"
#include "grid/nation/nation.hpp"

namespace autarky::grid {

/// Sample and stated error of the surfaces in the catalogue: the largest distance at random points off the table, and some
/// more; tests/grid/test_overload.cpp looks at 50 of them.
inline constexpr int surface_units = 400;
inline constexpr double surface_error = 0.008;
inline constexpr double ageing_error = 0.0001; ///< of the ageing surface, years of life a year

/// What a fleet does to a region's street transformers.
struct OverloadShares {
    double over = 0.0;    ///< of the units: above their owner's limit
    double waiting = 0.0; ///< of the car places: their device is one too many for its unit
};

/// Surfaces over penetration, managed share and clustering, and what they were made for.
struct OverloadTables {
    Surface over, waiting;
    Surface ageing; ///< years of life a year that cars take from a unit, as long as it is within its limit
    double homes_a_unit = 0.0, places_a_unit = 0.0; ///< means of the sample
    double car_w = 0.0;                             ///< average power of the device that fills a place
};

/// The work behind the surfaces: a sample of a region's units, each with the number of cars that first breaks its owner's
/// limit and how fast it ages with fewer, found by the street simulation; the figures are then exact in penetration and
/// clustering (beta-binomial).
class OverloadModel {
public:
    OverloadModel(const StreetCatalogue& catalogue, std::string region, int units, std::uint64_t seed);

    /// Penetration: share of places for a car that have the device (0 to 1); managed: share of cars that follow the
    /// street's lowest limit; clustering: intraclass correlation.
    [[nodiscard]] OverloadShares shares(double penetration, double managed, double clustering) const;
    [[nodiscard]] double share(double penetration, double managed, double clustering) const {
        return shares(penetration, managed, clustering).over;
    }
    /// Years of life a year beyond those without cars, by unit and number of cars, for the numbers that keep the unit within
    /// its limit. A year of IEC 60076-7 with the type's paper at up to nine numbers of cars, linear between them.
    [[nodiscard]] std::vector<std::vector<double>> ageing(double managed) const;
    /// Its mean over the units.
    [[nodiscard]] double mean_ageing(const std::vector<std::vector<double>>& ageing, double penetration,
                                     double clustering) const;
    /// All on the grid of the surfaces, the same for any number of threads; none when it was stopped.
    [[nodiscard]] std::optional<OverloadTables> tables(double stated_error, unsigned threads = 1,
                                                       const Watched& watched = {}) const;
    [[nodiscard]] double homes_a_unit() const;
    [[nodiscard]] double places_a_unit() const;
    [[nodiscard]] double car_w() const;

    static std::vector<SurfaceAxis> axes();

private:
    /// Cars that first break the limit of each unit; places + 1 when none do.
    [[nodiscard]] std::vector<int> breaking(double managed) const;
    [[nodiscard]] OverloadShares shares_of(const std::vector<int>& breaking, double penetration,
                                           double clustering) const;
    /// A unit with so many cars.
    struct Aged {
        std::size_t unit = 0;
        int cars = 0;
        double factor = 0.0; ///< years of life a year
    };
    /// Fills the factors of up to eight, all of one type.
    void age(Aged* first, std::size_t n, double managed) const;
    /// `limit`: what `breaking` says. Counts its units; stopped, it is not whole.
    [[nodiscard]] std::vector<std::vector<double>> ageing(double managed, const std::vector<int>& limit,
                                                          WatchedCount& count) const;

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
