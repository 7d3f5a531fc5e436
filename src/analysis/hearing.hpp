// autarky: hears reports one by one in a set of futures, as likelihoods.
// SPDX-License-Identifier: Apache-2.0
//
// They know the leaning of a source's grade and what earlier reports of a group said.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/evidence.hpp"
#include "input/inputs.hpp"

namespace autarky::analysis {

/// How far reports of yields lean to the good side where their source has a grade: an uncertain number that all of them share.
struct GradeLeaning {
    Grade grade = Grade::press;
    Distribution points{}; ///< reported less true, as a share
    std::string written, source;
};

/// One leaning in each future of a set.
struct DrawnLeaning {
    Grade grade = Grade::press;
    std::vector<double> bias;
};

/// Whether a report takes the leaning of its grade: one of a yield that states no bias of its own.
bool takes_leaning(const Observation& seen);

class Hearing {
public:
    explicit Hearing(std::vector<DrawnLeaning> leanings) : leanings_(std::move(leanings)) {}

    /// What a report means in each future.
    struct Heard {
        std::vector<double> logs;   ///< log likelihoods
        std::vector<double> below;  ///< probability of a report that reads no more; NaN where it is no number
        std::vector<double> errors; ///< in standard deviations, of a report that belongs to a group
    };
    [[nodiscard]] Heard hear(const Observation& seen, const std::vector<double>& truth) const;
    /// Later reports of its group know its errors.
    void keep(const Observation& seen, const Heard& heard);

    /// Bias of a report in a future.
    [[nodiscard]] double bias_of(const Observation& seen, std::size_t future) const;

private:
    std::vector<DrawnLeaning> leanings_;
    Leaning groups_;
};

/// Log likelihood of several reports together in each future; `truths[k]` belongs to `reports[k]`.
std::vector<double> hear_all(const std::vector<const Observation*>& reports,
                             const std::vector<const std::vector<double>*>& truths, std::vector<DrawnLeaning> leanings);

} // namespace autarky::analysis
