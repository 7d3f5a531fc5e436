// autarky: which inputs formulas follow as the program does, and which numbers are read before sampling.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/followed.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "core/replay.hpp"
#include "engine/sampler.hpp"
#include "scenario/before_sampling.hpp"
#include "scenarios.hpp"

namespace {

using namespace autarky;
using namespace autarky::analysis;

std::vector<double> results(const ScenarioModel& model, const std::vector<double>& inputs) {
    std::vector<Lanes> in(inputs.begin(), inputs.end()), out(model.columns().size());
    unsigned failed = 0;
    model.evaluator()->evaluate(in.data(), out.data(), failed);
    std::vector<double> first;
    for (const auto& lanes : out)
        first.push_back(lanes.array()[0]);
    return first;
}

std::vector<double> medians(const ScenarioModel& model) { return engine::Sampler(model.inputs(), 1).medians(); }

/// The scenario loaded with one input at a value in base units; null where the loader refuses it.
std::unique_ptr<test::Studied> anew(const Inputs& inputs, std::size_t row, double value) {
    const auto& input = inputs.rows[row];
    LoadRequest request;
    request.data_folder = AUTARKY_SOURCE_DIR;
    request.sets = {fmt::format("{}=\"{} {}\"", input.path, value / input.unit_factor,
                                input.unit == "1" || input.unit == "date" ? "" : input.unit)};
    try {
        return std::make_unique<test::Studied>(load(request));
    } catch (const InputError&) {
        return nullptr;
    }
}

/// Columns that differ by more than rounding, and rest on no choice that rounding decides.
std::size_t differing(const std::vector<double>& a, const std::vector<double>& b) {
    std::size_t n = 0;
    for (std::size_t c = 0; c < a.size(); ++c)
        n += agree(a[c], b[c]) || std::fabs(a[c] - b[c]) < 1e-6 ? 0U
                                                                : 1U; // residues of stocks in chips, of money in USD
    return n;
}

bool is_row(const std::vector<std::size_t>& rows, std::size_t row) {
    return std::binary_search(rows.begin(), rows.end(), row);
}

} // namespace

TEST_CASE("what is not read before sampling acts alike, loaded or drawn; what is read there need not") {
    const auto on = test::main_scenario();
    const auto& inputs = on->model.inputs();
    const auto read = read_before_sampling(on->loaded.scenario);
    const auto here = medians(on->model);
    std::size_t compared = 0, other_way = 0;
    for (std::size_t row = 0; row < inputs.rows.size(); ++row) {
        const auto& input = inputs.rows[row];
        const bool is_knot = input.path.find('[') != std::string::npos;
        if (is_knot || input.is_computed || here[row] == 0.0 || (row % 29 != 0 && !is_row(read, row))) continue;
        const double value = input.unit == "date" ? here[row] + 0.25 : here[row] * 1.03;
        const auto loaded = anew(inputs, row, value);
        if (!loaded) continue;
        auto changed = here;
        changed[row] = value;
        const auto n = differing(results(on->model, changed), results(loaded->model, medians(loaded->model)));
        if (is_row(read, row)) {
            other_way += n > 0 ? 1U : 0U;
            continue;
        }
        CHECK_MESSAGE(n == 0, input.path, ": ", n, " columns differ");
        ++compared;
    }
    CHECK(compared > 20);
    CHECK(other_way > 0); // the sides of a die: so the list is needed
}

TEST_CASE("formulas of a chip's cost follow its inputs, except for those of the packing, and say why") {
    const auto on = test::main_scenario();
    const auto& inputs = on->model.inputs();
    const auto* metric = on->model.find("chip.unit_cost");
    REQUIRE(metric != nullptr);
    const auto here = medians(on->model);
    const WrittenCase written(on->model, here);
    const std::size_t column = metric->first + 10;
    const std::vector<std::int32_t> wanted{written.result(column).step};
    std::size_t asked = 0;
    const auto found = followed(on->model, written,
                                {column, wanted, here, [&](std::size_t row, double value) -> std::optional<double> {
                                     ++asked;
                                     const auto loaded = anew(inputs, row, value);
                                     if (!loaded) return std::nullopt;
                                     return results(loaded->model, medians(loaded->model))[column];
                                 }});
    CHECK(found.undecided.empty());
    CHECK(found.n_tried > 40);
    CHECK(asked > 0);
    const auto path_of = [&](const FixedInput& one) { return inputs.rows[one.row].path; };
    CHECK(std::any_of(found.fixed.begin(), found.fixed.end(),
                      [&](const auto& one) { return path_of(one).ends_with(".width"); }));
    const auto read = read_before_sampling(on->loaded.scenario);
    for (const auto& one : found.fixed)
        CHECK_MESSAGE(is_row(read, one.row), path_of(one), ": ", one.why);
}

TEST_CASE("an input that the program takes another way is fixed, and one that it cannot take too") {
    const auto on = test::small();
    const auto here = medians(on->model);
    const WrittenCase written(on->model, here);
    const auto column = static_cast<std::size_t>(on->model.verdict_column());
    const std::vector<std::int32_t> wanted{written.result(column).step};
    const auto with = [&](std::optional<double> answer) {
        return followed(on->model, written, {column, wanted, here, [&](std::size_t, double) { return answer; }});
    };
    const auto read = read_before_sampling(on->loaded.scenario);
    const auto wrong = with(written.result(column).value * 2.0), refused = with(std::nullopt);
    REQUIRE(!wrong.fixed.empty());
    CHECK(wrong.fixed.size() == refused.fixed.size());
    for (const auto& one : wrong.fixed)
        CHECK(is_row(read, one.row));
    CHECK(refused.fixed.front().why.find("could be tried") != std::string::npos);
}
