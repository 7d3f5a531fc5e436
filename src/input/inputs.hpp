// autarky: the table of inputs: every number of a scenario with its distribution, unit, source and place.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/diagnostics.hpp"
#include "core/dim.hpp"

namespace autarky {

/// How well a number is supported, best first.
enum class Grade { filing, paper, dataset, press, rumour, assumption };

/// Where numbers come from (`[source.<id>]`).
struct Source {
    std::string id;
    std::string title;
    std::string date; ///< as published: "2025", "2025-10" or "2025-10-17"
    Grade grade = Grade::assumption;
    std::string url{};
};

/// Family of a distribution, with its parameters in base units.
enum class Family {
    constant,        ///< value
    normal,          ///< mean, standard deviation
    lognormal,       ///< mean and standard deviation of the logarithm
    logit_normal,    ///< mean and standard deviation of the logit
    uniform,         ///< low, high
    loguniform,      ///< low, high: the logarithm is uniform
    triangular,      ///< low, mode, high
    pert,            ///< low, mode, high (modified PERT with shape 4)
    beta,            ///< alpha, beta, low, high
    discrete,        ///< values with probabilities
    metalog,         ///< three-term metalog from p10, p50, p90 (Keelin 2016)
    bounded_metalog, ///< its transform's p10, p50, p90, then low and high; see metalog_bounds.hpp
    empirical,       ///< sorted sample, linear between order statistics
};

/// A distribution as the file gives it, parameters in base units of the field.
struct Distribution {
    Family family = Family::constant;
    std::vector<double> parameters;      ///< as listed at Family; for `empirical` the sorted values
    std::vector<double> probabilities{}; ///< for `discrete`
    double low = -1e308;                 ///< truncation, also from the field's range
    double high = 1e308;
};

/// One number of a scenario. Numbers that share a stream move together (the knots of a series).
struct Input {
    std::string path; ///< "process.sf2.wafer_price", "site.taylor.capacity[2026Q2]"
    Dim dim;
    std::string unit;         ///< unit as written in the file
    double unit_factor = 1.0; ///< base units in one such unit
    std::string written;      ///< the text in the file
    Distribution distribution;
    int stream = -1; ///< row of Inputs::streams, -1 for a constant
    int source = -1; ///< row of Inputs::sources, -1: a default of the program
    std::string note{};
    bool is_default = false;  ///< the file left it out and the description's fallback was used
    bool is_computed = false; ///< it follows from other rows; its value is that of the central case
    Origin origin{};
    Grade grade = Grade::assumption; ///< of its source, unless the value gives its own
    std::string at{};                ///< place inside the source: "p. 12", "table 3"
    std::string as_of{};             ///< date to which the value belongs, as written
};

/// Streams whose normal scores are correlated: z = factor * e with independent e, `factor` lower triangular, row-major.
struct CorrelationGroup {
    std::string name;
    std::vector<int> streams;
    std::vector<double> factor;
};

/// A key that the files left out, and what the description filled in.
struct DefaultValue {
    std::string path;
    std::string text;
};

/// All numbers of a scenario.
struct Inputs {
    std::vector<Input> rows;
    std::vector<std::string> streams; ///< names; a draw depends on the name only, never on the position
    std::vector<CorrelationGroup> groups;
    std::vector<Source> sources;
    std::vector<std::string> network_files; ///< SHA-256 of each network file that the scenario runs
    /// Names of streams, strongest first, whether they are among `streams` or not: what fills the space evenly serves them best.
    std::vector<std::string> strongest{};
};

} // namespace autarky
