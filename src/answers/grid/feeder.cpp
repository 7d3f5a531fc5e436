// autarky: opens feeders and solves them, once or over a batch.
// SPDX-License-Identifier: Apache-2.0
#include "answers/grid/feeder.hpp"

#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/refuse.hpp"

namespace autarky::answers {

std::string feeder_path(const Catalogue& catalogue, const std::string& name) {
    if (name == "-" || name.ends_with(".json")) return name;
    return catalogue.feeder(name);
}

namespace {

/// The path of a feeder, or a file of any name.
std::string feeder_file(const Catalogue& catalogue, const std::string& name) {
    auto file = feeder_path(catalogue, name);
    std::error_code ignored;
    if (!file.empty() || std::filesystem::exists(name, ignored)) return file.empty() ? name : file;
    const auto feeders = catalogue.feeders();
    const auto suggestion = did_you_mean(name, {feeders.begin(), feeders.end()});
    refuse_field("feeder", "E0601", fmt::format("there is no feeder and no file '{}'", name), suggestion);
}

} // namespace

SolvableFeeder SolvableFeeder::open(const Catalogue& catalogue, const std::string& name, grid::FeederPlan plan,
                                    double frequency_hz, const Watch& watch) {
    SolvableFeeder out;
    out.file = feeder_file(catalogue, name);
    Diagnostics findings;
    out.document = grid::FeederDocument::read(file_text(out.file, "feeder"), out.file, findings);
    if (!out.document) throw InputError{std::move(findings)};
    out.facts = grid::check_feeder(*out.document, out.file, findings, plan);
    if (findings.has_errors()) throw InputError{std::move(findings)};
    out.flow = grid::PowerFlow::make(out.document->text(), out.file, frequency_hz, findings);
    watch.settle(findings);
    return out;
}

grid::FlowResult SolvableFeeder::solved(const std::string& batch, grid::FlowOptions options, const Watch& watch) const {
    constexpr int none_beside_this_one = -1;
    options.threads = watch.n_threads() == 1 ? none_beside_this_one : static_cast<int>(watch.n_threads());
    if (batch.empty()) return flow->solve(options);
    Diagnostics findings;
    auto out = flow->solve_batch(file_text(batch, "batch"), batch, options, findings);
    watch.settle(findings);
    return std::move(*out);
}

} // namespace autarky::answers
