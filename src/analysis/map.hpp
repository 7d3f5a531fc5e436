// autarky: where make beats buy, over any two inputs: the probability on common random numbers and its 50 % line.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "core/describe_plain.hpp"

namespace autarky::analysis {

/// An axis as asked for: "chip.ai5.utilisation_ratio=0.3..2.5" sets the input, "vehicle.cars.volume*0.1..10" multiplies it
/// (every knot of a series); without a range it spans the input's own 1 to 99 %.
struct MapRequest {
    std::string x, y;
    std::uint64_t samples = 1000;
    std::uint64_t seed = 1;
    std::size_t columns = 13, rows = 11;
};

struct MapAxis {
    std::string path, unit;
    bool is_factor = false, is_log = false;
    std::vector<double> at;         ///< in `unit`, ascending
    std::optional<double> scenario; ///< where the scenario's centre lies
    std::optional<double> essay;    ///< where the variant `article` puts it
};
constexpr auto describe(Type<MapAxis> /*type*/) {
    using A = MapAxis;
    return fields(item("path", &A::path, "Input"),
                  item("unit", &A::unit, "Unit of the figures, x for a multiple of it"),
                  item("is_factor", &A::is_factor, "Whether the figures multiply the input instead of setting it"),
                  item("is_log", &A::is_log, "Whether they are evenly spaced on a log scale"),
                  item("at", &A::at, unit_in("unit"), "Figures of the axis, ascending"),
                  item("scenario", &A::scenario, unit_in("unit"), "Centre of the scenario's own input")
                      .null_if("it changes within a series"),
                  item("essay", &A::essay, unit_in("unit"), "Centre in the variant 'article'")
                      .null_if("the scenario has no such variant or input"));
}

/// A point of the line on which make and buy are equally likely to be the better one.
struct MapPoint {
    double x = 0.0, y = 0.0;
};
constexpr auto describe(Type<MapPoint> /*type*/) {
    return fields(item("x", &MapPoint::x, "1"_u, "In the unit of the x axis"),
                  item("y", &MapPoint::y, "1"_u, "In the unit of the y axis"));
}
struct MapSegment {
    MapPoint from, to;
};
constexpr auto describe(Type<MapSegment> /*type*/) {
    return fields(item("from", &MapSegment::from, "One end"), item("to", &MapSegment::to, "The other end"));
}

struct MapAnswer {
    std::string scenario, variant;
    std::uint64_t samples = 0, seed = 1, failed = 0;
    MapAxis x, y;
    std::vector<std::vector<double>> p_make; ///< [row of y][column of x]
    double p_least = 1.0, p_most = 0.0;      ///< of them
    double largest_error = 0.0;              ///< standard error as if the draws were random, the largest on the map
    std::vector<MapSegment> even;            ///< where p_make is 1/2, by linear interpolation in the axes' scales
};
constexpr auto describe(Type<MapAnswer> /*type*/) {
    using A = MapAnswer;
    return fields(item("scenario", &A::scenario, "Scenario"),
                  item("variant", &A::variant, "Its variants, + between them"),
                  item("samples", &A::samples, "1"_u, "Samples at each point, the same draws everywhere"),
                  item("seed", &A::seed, "1"_u, "Seed of the draws"),
                  item("failed", &A::failed, "1"_u, "Failed samples, all points together; left out"),
                  item("x", &A::x, "Horizontal axis"), item("y", &A::y, "Vertical axis"),
                  item("p_make", &A::p_make, "1"_u, "Probability that making is worth more: a list of x for each y"),
                  item("p_least", &A::p_least, "1"_u, "The smallest of these probabilities"),
                  item("p_most", &A::p_most, "1"_u, "The largest of them"),
                  item("largest_error", &A::largest_error, "1"_u,
                       "Largest standard error of these probabilities, as if the draws were random, which is too wide"),
                  item("even", &A::even, "Line on which it is 50 %, as segments"));
}

/// `article` is the scenario in the variant of that name, null when there is none. Throws InputError-like refusals for an
/// axis that names no input, an empty or reversed range. `stop(done, of)` is asked now and then.
MapAnswer map_of(const ScenarioModel& model, const Loaded* article, const MapRequest& question, unsigned threads,
                 const std::function<bool(std::uint64_t, std::uint64_t)>& stop = {});

/// The map as a picture.
std::string map_svg(const MapAnswer& answer);

} // namespace autarky::analysis
