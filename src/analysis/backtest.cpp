// autarky: runs the scenarios of past times and compares their claims, which are records.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/backtest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/audit.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

std::filesystem::path folder_of(const std::filesystem::path& validation) { return validation / "backtests"; }

bool is_met(const Claim& claim, double low, double high, double median) {
    switch (claim.comparison) {
    case Comparison::at_least: return median >= low;
    case Comparison::at_most: return median <= high;
    case Comparison::about: return std::fabs(median - low) <= claim.tolerance * std::fabs(low);
    case Comparison::within: break;
    }
    return low <= median && median <= high;
}

ValidationCase row_of(const AuditRow& row, const Inputs& inputs) {
    const Claim& claim = *row.claim;
    const double low = claim.low / claim.unit_factor, high = claim.high / claim.unit_factor;
    ValidationCase out;
    out.name =
        fmt::format("{} ({}{}, {})", claim.text, claim.metric, claim.at ? " in " + claim.at->text() : "", claim.unit);
    if (claim.source >= 0) out.source = inputs.sources[static_cast<std::size_t>(claim.source)].title;
    out.expected = 0.5 * (low + high);
    out.tolerance = 0.5 * (high - low);
    out.relative = false;
    out.got = row.p50;
    out.pass = is_met(claim, low, high, row.p50);
    out.note = fmt::format("5 to 95 % of futures: {} to {}; in {:.0f} % it is as recorded", show::figure(row.p05),
                           show::figure(row.p95), 100.0 * row.share);
    if (!claim.why.empty()) out.note += "; " + claim.why;
    return out;
}

} // namespace

std::vector<std::string> backtests(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder_of(folder), none))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    std::ranges::sort(names);
    return names;
}

std::vector<ValidationCase> backtest_cases(std::string_view name, const std::filesystem::path& folder,
                                           unsigned threads) {
    const auto file = folder_of(folder) / fmt::format("{}.toml", name);
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
    for (const AuditRow& row : audit(model, own, {backtest_samples, 1, threads}))
        out.push_back(row_of(row, loaded.inputs));
    return out;
}

} // namespace autarky::analysis
