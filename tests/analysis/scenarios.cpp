// autarky: loads and runs scenarios for the tests of analysis.
// SPDX-License-Identifier: Apache-2.0
#include "scenarios.hpp"

#include <doctest/doctest.h>

#include "analysis/selection.hpp"
#include "engine/run.hpp"

namespace autarky::analysis::test {

std::unique_ptr<Studied> studied(const LoadRequest& request) {
    try {
        return std::make_unique<Studied>(load(request));
    } catch (const InputError& error) {
        FAIL(error.diagnostics.render());
        throw;
    }
}

std::unique_ptr<Studied> small(const std::vector<std::string>& sets, const std::vector<std::string>& variants) {
    LoadRequest request;
    request.scenario = AUTARKY_SOURCE_DIR "/tests/model/data/uncertain.toml";
    request.sets = sets;
    request.variants = variants;
    request.data_folder = AUTARKY_SOURCE_DIR;
    return studied(request);
}

std::unique_ptr<Studied> main_scenario(const std::vector<std::string>& variants) {
    LoadRequest request;
    request.variants = variants;
    request.data_folder = AUTARKY_SOURCE_DIR;
    return studied(request);
}

Summary run(const Studied& on, std::uint64_t samples, std::uint64_t seed, const std::vector<std::string>& patterns) {
    const auto selected = selected_metrics(on.model, patterns);
    engine::RunOptions options;
    options.samples = samples;
    options.seed = seed;
    options.columns = columns_of(on.model, selected);
    options.driver_column = on.model.verdict_column();
    return summary_of(frame_of(on.model, selected), engine::run(on.model, options), 0);
}

} // namespace autarky::analysis::test
