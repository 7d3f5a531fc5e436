// autarky: what is known about a run beside its samples: metrics, quarters, what each driver is and does.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "analysis/selection.hpp"
#include "core/describe_plain.hpp"

namespace autarky::analysis {

/// Classes of support: the grades, best first, then numbers that the files left out, then luck: draws that stand for chance and
/// not for ignorance.
inline constexpr std::size_t n_classes = 8;
inline constexpr std::size_t assumption_class = 5, default_class = 6, luck_class = 7;
extern const std::array<std::string_view, n_classes> class_names;
using ByClass = std::array<double, n_classes>;

struct FrameMetric {
    std::string id, unit, doc;
    double unit_factor = 1.0;
    bool may_be_none = false, quarterly = true, is_shown = true;
    std::size_t first = 0, count = 1; ///< its columns in the result
};

/// One input, a series whose knots move together, or a correlated group.
struct FrameDriver {
    std::string name;
    std::vector<std::string> members; ///< streams, more than one for a group
    std::string largest;              ///< the member that goes most with the value; the name of a single input
    std::string written;              ///< the text in the file, of a single number
    /// Derivative of the verdict's value at input medians, USD by one `unit`; all knots of a series rise together. For a
    /// group, `unit` is a standard deviation of its first member, which the others follow as they are correlated.
    double gradient_usd = 0.0;
    std::string unit;
    std::string rise; ///< a rise that a reader can picture: "10 %", "1 point", "a quarter later"; empty of luck
    /// What it does to the verdict's value: to its mean, by central differences on common random numbers, for the drivers that
    /// matter most in a pilot run (`rise_error_usd`, the standard error, is then positive); else at the slope of the medians.
    double rise_usd = 0.0, rise_error_usd = 0.0;
    ByClass support{}; ///< shares of its numbers by class, sum 1
};

/// Everything that a summary needs beside the accumulated state; equal for all parts of a run.
struct Frame {
    std::string scenario, title, variant, sha256;
    std::vector<std::string> sets;             ///< overrides of the command line
    std::vector<std::string> known_variants;   ///< of the scenario
    std::vector<std::string> vehicles, robots; ///< names of the programmes: what the scenario calls its devices
    std::vector<std::string> quarters;
    std::vector<FrameMetric> metrics; ///< accumulated ones, in the order of the result's columns
    std::vector<FrameDriver> drivers; ///< every group and uncertain stream
    ByClass numbers{}, uncertain{};   ///< count of numbers, and of uncertain ones among them, by class
    double median_case_usd = 0.0;     ///< the verdict's value with every input at its median

    [[nodiscard]] const FrameMetric* find(std::string_view id) const;
};

/// How the effects of drivers are found: the strongest measured on draws, or all as slopes at the medians; `none`: drivers are
/// left out of the frame.
enum class Effects { measured, slopes, none };
constexpr std::array<std::string_view, 3> choices(Type<Effects> /*type*/) { return {"measured", "slopes", "none"}; }

Frame frame_of(const ScenarioModel& model, const std::vector<SelectedMetric>& selected,
               const std::vector<std::string>& sets = {}, Effects effects = Effects::measured);

} // namespace autarky::analysis
