// autarky: the generic reader: series and their draws.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "core/calendar.hpp"
#include "core/real.hpp"
#include "input/read.hpp"

namespace autarky::scenario {
namespace {

constexpr double always = 0.0;          ///< date of the one knot of a series that is a constant
constexpr std::size_t most_knots = 500; ///< a persistent series needs a matrix of that side

std::string date_text(const Node& node) {
    return node.kind == NodeKind::integer ? fmt::format("{}", node.integer) : node.text;
}

} // namespace

std::optional<double> Reader::knot_date(const Node& knot, const std::string& path) {
    const bool is_knot =
        knot.is_array() && (knot.items.size() == 2 || (knot.items.size() == 3 && knot.items[2].is_text()));
    if (!is_knot) {
        error(knot.place, "E0207", fmt::format("{}: a knot is [date, value] or [date, value, source]", path),
              "[\"2026Q2\", \"2_000 wafer/month\"]");
        return std::nullopt;
    }
    const auto text = date_text(knot.items[0]);
    const auto date = parse_date(text);
    if (!date)
        error(knot.items[0].place, "E0210", fmt::format("{}: '{}' is no date", path, text),
              "write 2026, \"2026Q2\", \"2026-04\" or \"2026-04-15\"");
    return date;
}

void Reader::set_constant_series(const FieldShape& field, const Node& value, void* member, const std::string& path,
                                 const Remarks& remarks) {
    const int row = read_number(field, value, path, remarks);
    if (row < 0) return;
    draw_series({row}, path, std::nullopt);
    field.set_series(member, {always}, {row});
}

void Reader::read_series(const FieldShape& field, const Node& value, void* member, const std::string& path,
                         const Remarks& remarks, const Node* persistence) {
    if (!value.is_array()) {
        set_constant_series(field, value, member, path, remarks);
        return;
    }
    if (value.items.empty() || value.items.size() > most_knots) {
        error(value.place, "E0208", fmt::format("{}: the series has {} knots", path, value.items.size()),
              fmt::format("give 1 to {}", most_knots));
        return;
    }
    std::vector<double> dates;
    std::vector<int> rows;
    bool is_fine = true;
    for (const auto& knot : value.items) {
        const auto date = knot_date(knot, path);
        const bool rises = !date || dates.empty() || *date > dates.back();
        if (!rises)
            error(knot.items[0].place, "E0208",
                  fmt::format("{}: '{}' is not after the knot before it", path, date_text(knot.items[0])),
                  "the dates of a series rise");
        Remarks own = remarks;
        int row = -1;
        if (date) {
            const auto knot_path = fmt::format("{}[{}]", path, date_text(knot.items[0]));
            if (knot.items.size() == 3) {
                own.source = sources_.cite(knot.items[2].text, knot.items[2].place, knot_path, inputs_.sources);
                if (own.source >= 0) own.grade = inputs_.sources[static_cast<std::size_t>(own.source)].grade;
            }
            row = read_number(field, knot.items[1], knot_path, own);
        }
        is_fine = is_fine && date && rises && row >= 0;
        if (!is_fine) continue;
        dates.push_back(*date);
        rows.push_back(row);
    }
    if (!is_fine) return;
    if (field.before == Before::error && start_ && dates.front() > *start_) {
        error(value.items[0].items[0].place, "E0209",
              fmt::format("{}: the series begins at {}, after the horizon's start {}", path,
                          date_text(value.items[0].items[0]), quarter_of(*start_).text()),
              "give a knot at or before the start");
        return;
    }
    std::optional<double> rho;
    if (persistence != nullptr) {
        rho = persistence->kind == NodeKind::real ? persistence->real : static_cast<double>(persistence->integer);
        const bool is_number = persistence->kind == NodeKind::real || persistence->kind == NodeKind::integer;
        if (!is_number || !(*rho > -1.0 && *rho < 1.0)) {
            error(persistence->place, "E0214", fmt::format("{}: persistence is a number above -1 and below 1", path),
                  "0.8; without it all knots move together");
            return;
        }
    }
    draw_series(rows, path, rho);
    field.set_series(member, dates, rows);
}

/// All uncertain knots share one stream; with a persistence they are an AR(1) with that correlation from knot to knot.
void Reader::draw_series(const std::vector<int>& rows, const std::string& path, std::optional<double> persistence) {
    std::vector<std::size_t> uncertain;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (inputs_.rows[static_cast<std::size_t>(rows[i])].distribution.family != Family::constant)
            uncertain.push_back(i);
    if (uncertain.empty()) return;
    const auto input = [&](std::size_t k) -> Input& {
        return inputs_.rows[static_cast<std::size_t>(rows[uncertain[k]])];
    };
    if (!persistence || uncertain.size() == 1) {
        const int stream = new_stream(path);
        for (std::size_t k = 0; k < uncertain.size(); ++k)
            input(k).stream = stream;
        return;
    }
    const std::size_t n = uncertain.size();
    CorrelationGroup group{path, {}, std::vector<double>(n * n, 0.0)};
    for (std::size_t k = 0; k < n; ++k) {
        input(k).stream = new_stream(input(k).path);
        group.streams.push_back(input(k).stream);
        // z[k] = r z[k-1] + sqrt(1 - r^2) e[k], r = persistence to the number of knots between
        double r = k == 0 ? 0.0 : 1.0;
        for (std::size_t gap = k == 0 ? 0 : uncertain[k] - uncertain[k - 1]; gap > 0; --gap)
            r *= *persistence;
        for (std::size_t j = 0; j < k; ++j)
            group.factor[k * n + j] = r * group.factor[(k - 1) * n + j];
        group.factor[k * n + k] = sqrt(1.0 - r * r);
    }
    inputs_.groups.push_back(std::move(group));
}

} // namespace autarky::scenario
