// autarky: runs the scenarios of past times and compares their claims, which are records.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/backtest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "analysis/audit.hpp"
#include "core/sorted_quantile.hpp"
#include "input/files.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

std::filesystem::path folder_of(const std::filesystem::path& validation, PastKind kind) {
    return validation / (kind == PastKind::record ? "backtests" : "decisions");
}

/// What a claim states, in its unit; a bound is open on one side.
struct Record {
    double low, high;
};
Record record_of(const Claim& claim) {
    constexpr double open = std::numeric_limits<double>::infinity();
    const double low = claim.low / claim.unit_factor, high = claim.high / claim.unit_factor;
    switch (claim.comparison) {
    case Comparison::at_least: return {low, open};
    case Comparison::at_most: return {-open, high};
    case Comparison::about: return {low - claim.tolerance * std::fabs(low), high + claim.tolerance * std::fabs(high)};
    case Comparison::within: break;
    }
    return {low, high};
}

/// A figure of a row as people write it: years have a month's digit and no thousands.
std::string figure_of(const ValidationCase& row, double value) {
    return row.unit == "year" ? fmt::format("{:.1f}", value) : show::figure(value);
}

/// How narrow a band is: years for dates, a factor for what is above 0.
std::string width_of(const ValidationCase& row) {
    if (row.unit == "year") return fmt::format(", {:.1f} years wide", row.high - row.low);
    if (row.low > 0.0) return fmt::format(", a factor of {} wide", show::figure(row.high / row.low));
    return {};
}

ValidationCase row_of(const AuditRow& row, const Inputs& inputs, PastKind kind) {
    const Claim& claim = *row.claim;
    ValidationCase out;
    out.name = fmt::format("{} ({}{}{}, {})", claim.text, claim.metric, claim.less.empty() ? "" : " less " + claim.less,
                           claim.at ? " in " + claim.at->text() : "", claim.unit);
    if (claim.source >= 0) out.source = inputs.sources[static_cast<std::size_t>(claim.source)].title;
    out.unit = claim.unit;
    out.expected = 0.5 * (claim.low + claim.high) / claim.unit_factor;
    out.tolerance = 0.5 * (claim.high - claim.low) / claim.unit_factor;
    if (claim.comparison == Comparison::about) // as record_of widens it
        out.tolerance += 0.5 * claim.tolerance * (std::fabs(claim.low) + std::fabs(claim.high)) / claim.unit_factor;
    out.relative = false;
    out.got = row.p50;
    out.low = row.p05;
    out.high = row.p95;
    const Record record = record_of(claim);
    out.pass = kind == PastKind::record ? record.low <= row.p50 && row.p50 <= record.high
                                        : record.low <= row.p95 && row.p05 <= record.high;
    out.note = fmt::format("5 to 95 % of futures: {} to {}{}; in {:.0f} % it is as recorded", figure_of(out, row.p05),
                           figure_of(out, row.p95), kind == PastKind::decision ? width_of(out) : "", 100.0 * row.share);
    if (!claim.why.empty()) out.note += "; " + claim.why;
    return out;
}

double median_of(std::vector<double> values) {
    if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
    std::ranges::sort(values);
    return sorted_quantile(values, 0.5);
}

} // namespace

std::vector<std::string> backtests(const std::filesystem::path& folder, PastKind kind) {
    std::vector<std::string> names;
    for (const auto& file : scenario::files_with(".toml", folder_of(folder, kind)))
        names.push_back(file.stem().string());
    return names;
}

std::vector<ValidationCase> backtest_cases(std::string_view name, const std::filesystem::path& folder, unsigned threads,
                                           PastKind kind) {
    const auto file = folder_of(folder, kind) / fmt::format("{}.toml", name);
    LoadRequest request;
    request.scenario = file.string();
    request.data_folder = folder.parent_path().string();
    request.metrics = known_metrics();
    const Loaded loaded = load(request);
    const ScenarioModel model(loaded);
    std::vector<std::size_t> own; // what the file extends has a backtest of its own
    for (std::size_t i = 0; i < loaded.claims.size(); ++i)
        if (std::filesystem::path(loaded.claims[i].origin.file).filename() == file.filename()) own.push_back(i);
    std::vector<ValidationCase> out;
    const auto audited = audit(model, own, {backtest_samples, 1, threads});
    for (const AuditRow& row : audited.rows)
        out.push_back(row_of(row, loaded.inputs, kind));
    return out;
}

Coverage coverage_of(const std::vector<ValidationCase>& decisions) {
    Coverage out;
    std::vector<double> ratios, years;
    for (const auto& row : decisions) {
        ++out.rows;
        out.met += row.pass ? 1 : 0;
        if (row.unit == "year")
            years.push_back(row.high - row.low);
        else if (row.low > 0.0)
            ratios.push_back(row.high / row.low);
    }
    out.ratio = median_of(std::move(ratios));
    out.years = median_of(std::move(years));
    return out;
}

} // namespace autarky::analysis
