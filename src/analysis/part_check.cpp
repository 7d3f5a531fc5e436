// autarky: head and state of a part are one description.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/part_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "analysis/frame_json.hpp"
#include "core/calendar.hpp"
#include "model/metrics.hpp"

namespace autarky::analysis {
namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw engine::StateError(fmt::format("its head and its state do not belong together: {}", what));
}

/// The metric that an id stands for; "<region>" in the pattern is any name.
const model::MetricInfo* known_metric(std::string_view id) {
    static const auto patterns = model::metric_patterns();
    for (const auto& pattern : patterns) {
        const std::string_view text = pattern.id;
        if (text == id) return &pattern;
        const auto open = text.find('<'), close = text.find('>');
        if (open == std::string_view::npos || close == std::string_view::npos) continue;
        const auto before = text.substr(0, open), after = text.substr(close + 1);
        if (id.size() > before.size() + after.size() && id.starts_with(before) && id.ends_with(after)) return &pattern;
    }
    return nullptr;
}

void check_metric(const FrameMetric& metric, const Frame& frame) {
    const auto* known = known_metric(metric.id);
    if (known == nullptr) refuse(fmt::format("there is no metric '{}'", metric.id));
    if (metric.unit != known->unit || metric.unit_factor != known->unit_factor ||
        metric.may_be_none != known->may_be_none || metric.quarterly != known->quarterly)
        refuse(fmt::format("the metric '{}' is described otherwise", metric.id));
    if (metric.count != (metric.quarterly ? frame.quarters.size() : 1))
        refuse(fmt::format("the metric '{}' has {} figures", metric.id, metric.count));
}

void check_column(const FrameMetric& metric, std::size_t k, const Frame& frame, const engine::ColumnState& column) {
    const auto name = metric.quarterly ? fmt::format("{}[{}]", metric.id, frame.quarters[k]) : metric.id;
    if (column.name != name) refuse(fmt::format("'{}' stands where '{}' should", column.name, name));
    if (column.optional != metric.may_be_none) refuse(fmt::format("'{}' is described otherwise", name));
}

void check_quarters(const Frame& frame) {
    if (frame.quarters.empty()) refuse("there are no quarters");
    const auto first = parse_quarter(frame.quarters.front());
    if (!first) refuse(fmt::format("'{}' is no quarter", frame.quarters.front()));
    for (std::size_t k = 0; k < frame.quarters.size(); ++k)
        if (const auto expected = (*first + static_cast<int>(k)).text(); frame.quarters[k] != expected)
            refuse(fmt::format("'{}' stands where quarter {} should", frame.quarters[k], expected));
}

void check_drivers(const Part& part) {
    for (const auto& driver : part.state.drivers.drivers) {
        const auto& all = part.frame.drivers;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.name == driver.name; });
        if (found == all.end() || found->members.size() != driver.streams.size())
            refuse(fmt::format("the driver '{}' is described otherwise", driver.name));
    }
    for (const auto& driver : part.frame.drivers) {
        const auto is_share = [](double x) { return x >= 0.0 && x <= 1.0 + 1e-9; }; // shares are sums of parts
        const bool are_shares = std::all_of(driver.support.begin(), driver.support.end(), is_share);
        if (!are_shares || !is_share(std::accumulate(driver.support.begin(), driver.support.end(), 0.0)))
            refuse(fmt::format("the support of '{}' is no share", driver.name));
    }
}

} // namespace

void require_one_description(const Part& part) {
    const Frame& frame = part.frame;
    const auto& columns = part.state.columns;
    if (frame.sha256 != part.state.key.scenario) refuse("they are of two scenarios");
    check_quarters(frame);
    std::size_t next = 0;
    for (const auto& metric : frame.metrics) {
        check_metric(metric, frame);
        for (std::size_t k = 0; k < metric.count; ++k, ++next) {
            if (next == columns.size()) refuse(fmt::format("the metric '{}' has no figures", metric.id));
            check_column(metric, k, frame, columns[next]);
        }
    }
    if (next != columns.size()) refuse(fmt::format("'{}' is not described", columns[next].name));
    const auto& attributed = part.state.drivers.column;
    if (frame.find("npv") == nullptr || (!attributed.empty() && attributed != "npv")) refuse("the verdict is missing");
    check_drivers(part);
}

std::string difference(const Frame& one, const Frame& other) {
    const auto ids = [](const Frame& frame) {
        std::vector<std::string> out;
        for (const auto& metric : frame.metrics)
            out.push_back(metric.id + (metric.is_shown ? "" : " (not shown)"));
        return out;
    };
    if (ids(one) != ids(other)) return "other --metrics";
    if (one.sets != other.sets || one.variant != other.variant || one.title != other.title)
        return "another title, variant or override";
    if (json_of(one) != json_of(other)) return "other formulas, of a changed program of the same version";
    return {};
}

} // namespace autarky::analysis
