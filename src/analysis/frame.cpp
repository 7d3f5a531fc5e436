// autarky: gathers what a summary needs beside the samples.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/frame.hpp"

#include <fmt/format.h>

#include <cmath>

#include "analysis/driver_effects.hpp"
#include "analysis/traced_case.hpp"
#include "engine/sampler.hpp"
#include "input/support.hpp"

namespace autarky::analysis {

const std::array<std::string_view, n_classes> class_names{"filing", "paper",      "dataset", "press",
                                                          "rumour", "assumption", "default", "luck"};

namespace {

std::size_t class_of(const Input& row) {
    if (is_luck(row)) return luck_class;
    const auto grade = support_of(row);
    return grade ? static_cast<std::size_t>(*grade) : default_class;
}

/// Describes the drivers; the rows of each stream are found once.
class DriverTable {
public:
    DriverTable(const Inputs& inputs, const std::vector<double>& medians, const std::vector<double>& gradient)
        : inputs_(inputs), medians_(medians), gradient_(gradient), rows_(inputs.streams.size()) {
        for (std::size_t row = 0; row < inputs.rows.size(); ++row)
            if (inputs.rows[row].stream >= 0) rows_[static_cast<std::size_t>(inputs.rows[row].stream)].push_back(row);
    }

    [[nodiscard]] std::vector<FrameDriver> all() const {
        std::vector<FrameDriver> out;
        std::vector<bool> is_grouped(inputs_.streams.size(), false);
        for (const auto& group : inputs_.groups) {
            for (const int stream : group.streams)
                is_grouped[static_cast<std::size_t>(stream)] = true;
            out.push_back(of_group(group));
        }
        for (std::size_t stream = 0; stream < rows_.size(); ++stream)
            if (!is_grouped[stream] && !rows_[stream].empty()) out.push_back(of_stream(stream));
        return out;
    }

private:
    [[nodiscard]] FrameDriver of_stream(std::size_t stream) const {
        const auto& rows = rows_[stream];
        const auto& first = inputs_.rows[rows.front()];
        FrameDriver out;
        out.name = inputs_.streams[stream];
        out.members = {out.name};
        out.largest = out.name;
        out.written = rows.size() == 1 ? first.written : std::string{};
        double slope = 0.0;
        double tenth = 0.0;
        for (const auto row : rows) {
            slope += gradient_[row];
            tenth += gradient_[row] * 0.1 * std::fabs(medians_[row]);
        }
        out.gradient_usd = slope * first.unit_factor;
        out.unit = first.unit.empty() ? "1" : first.unit;
        if (is_luck(first)) {
            out.rise_usd = 0.0;
        } else if (is_count(first)) {
            out.rise = "one more";
            out.rise_usd = out.gradient_usd;
        } else if (first.unit == "date") {
            out.rise = "a quarter later";
            out.rise_usd = slope * 0.25;
        } else if (first.unit == "%") {
            out.rise = "1 point";
            out.rise_usd = slope * 0.01;
        } else if (first.unit == "%/year") {
            out.rise = "1 point a year";
            out.rise_usd = slope * 0.01;
        } else if (medians_[rows.front()] == 0.0) {
            out.rise = "1 " + first.unit;
            out.rise_usd = out.gradient_usd;
        } else {
            out.rise = "10 %";
            out.rise_usd = tenth;
        }
        add_support(rows, out.support, 1.0 / static_cast<double>(rows.size()));
        return out;
    }

    [[nodiscard]] FrameDriver of_group(const CorrelationGroup& group) const {
        FrameDriver out;
        out.name = out.largest = group.name;
        const std::size_t n = group.streams.size();
        std::size_t n_rows = 0;
        for (std::size_t k = 0; k < n; ++k) {
            const auto stream = static_cast<std::size_t>(group.streams[k]);
            out.members.push_back(inputs_.streams[stream]);
            n_rows += rows_[stream].size();
            for (const auto row : rows_[stream]) // the first column of the factor holds the correlations with the first
                out.gradient_usd += gradient_[row] * group.factor[k * n] * deviation(inputs_.rows[row]);
        }
        out.unit = "standard deviation";
        out.rise = "1 std deviation";
        out.rise_usd = out.gradient_usd;
        for (const int stream : group.streams)
            add_support(rows_[static_cast<std::size_t>(stream)], out.support,
                        1.0 / static_cast<double>(std::max<std::size_t>(n_rows, 1)));
        return out;
    }

    /// Of these nobody has a tenth more.
    static bool is_count(const Input& row) {
        const auto key = std::string_view(row.path).substr(row.path.rfind('.') + 1);
        return row.unit == "1" && (key.starts_with("respins") || key.starts_with("redundancy"));
    }

    void add_support(const std::vector<std::size_t>& rows, ByClass& support, double weight) const {
        for (const auto row : rows)
            support[class_of(inputs_.rows[row])] += weight;
    }

    const Inputs& inputs_;
    const std::vector<double>& medians_;
    const std::vector<double>& gradient_;
    std::vector<std::vector<std::size_t>> rows_; ///< of each stream
};

/// The verdict's value of one case.
double value_of(const ScenarioModel& model, const std::vector<double>& inputs) {
    const SelectedColumns value(model, {static_cast<std::size_t>(model.verdict_column())});
    const std::vector<Lanes> lanes(inputs.begin(), inputs.end());
    Lanes out;
    unsigned failed = 0;
    value.evaluator()->evaluate(lanes.data(), &out, failed);
    return out[0];
}

} // namespace

const FrameMetric* Frame::find(std::string_view id) const {
    for (const auto& metric : metrics)
        if (metric.id == id) return &metric;
    return nullptr;
}

Frame frame_of(const ScenarioModel& model, const std::vector<SelectedMetric>& selected,
               const std::vector<std::string>& sets, Effects effects) {
    const auto& loaded = model.loaded();
    Frame out{.scenario = loaded.name,
              .title = loaded.title,
              .variant = loaded.variant,
              .sha256 = loaded.sha256,
              .sets = sets,
              .known_variants = loaded.known_variants,
              .vehicles = loaded.scenario.vehicle.names,
              .robots = loaded.scenario.robot.names,
              .quarters = model.quarters(),
              .metrics = {},
              .drivers = {}};
    std::size_t next = 0;
    for (const auto& row : selected) {
        const auto& metric = model.metrics()[row.metric];
        const auto& info = metric.info;
        out.metrics.push_back({info.id, info.unit, info.doc, info.unit_factor, info.may_be_none, info.quarterly,
                               row.is_shown, next, metric.count});
        next += metric.count;
    }
    for (const auto& row : loaded.inputs.rows) {
        if (row.is_computed) continue;
        const auto support = class_of(row);
        out.numbers[support] += 1.0;
        if (row.stream >= 0) out.uncertain[support] += 1.0;
    }
    const auto medians = engine::Sampler(loaded.inputs, 0).medians();
    if (effects == Effects::none) {
        out.median_case_usd = value_of(model, medians);
        return out;
    }
    const TracedCase at_medians(model, medians, Leaves::uncertain);
    const auto verdict = static_cast<std::size_t>(model.verdict_column());
    out.median_case_usd = at_medians.result(verdict).value;
    out.drivers = DriverTable(loaded.inputs, medians, at_medians.gradient(verdict)).all();
    if (effects == Effects::measured) measure_rises(model, out.drivers);
    return out;
}

} // namespace autarky::analysis
