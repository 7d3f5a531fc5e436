// autarky: loads a scenario.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>

#include "core/exact_text.hpp"
#include "core/sha256.hpp"
#include "input/central.hpp"
#include "input/read.hpp"
#include "input/shape.hpp"
#include "scenario/compose.hpp"
#include "scenario/computed.hpp"
#include "scenario/correlation.hpp"
#include "scenario/packed.hpp"
#include "scenario/read_claims.hpp"
#include "scenario/scenario_shape.hpp"
#include "scenario/sense.hpp"
#include "scenario/strongest.hpp"
#include "scenario/successors.hpp"

namespace autarky {
namespace {

using namespace scenario;

/// Takes the scenario's price year; one that the index lacks is told here, not at every amount of money.
void take_price_year(const Node& root, const Texts& texts, Prices& prices, Diagnostics& diagnostics) {
    const Node* economy = root.find(economy_key);
    const Node* year = economy != nullptr && economy->is_table() ? economy->find(price_year_key) : nullptr;
    if (year == nullptr ||
        year->kind != NodeKind::integer) { // the reader says so; every amount of money would only repeat it
        prices.price_year = prices.last_year();
        return;
    }
    const auto written = static_cast<int>(std::clamp<std::int64_t>(year->integer, 0, 9999));
    if (written > 0 && prices.covers(written)) {
        prices.price_year = written;
        return;
    }
    diagnostics.error(texts.origin(year->place), "E0212",
                      fmt::format("{}.{}: there are no prices of {}", economy_key, price_year_key, year->integer),
                      prices.covered_years("USD"));
    prices.price_year = prices.last_year();
}

std::string title_of(const Node& root, const Texts& texts, Diagnostics& diagnostics) {
    for (const auto key : {"schema", "title", "note"}) {
        const Node* value = root.find(key);
        if (value != nullptr && !value->is_text())
            diagnostics.error(texts.origin(value->place), "E0207",
                              fmt::format("{}: needs a text, not {}", key, kind_name(value->kind)));
    }
    const Node* schema = root.find("schema");
    constexpr std::string_view known_schema = "autarky/1";
    if (schema != nullptr && schema->is_text() && schema->text != known_schema)
        diagnostics.error(texts.origin(schema->place), "E0211", fmt::format("schema '{}' is not known", schema->text),
                          fmt::format("this program reads \"{}\"", known_schema));
    const Node* title = root.find("title");
    return title != nullptr ? title->text : std::string{};
}

/// Everything that has an effect: the merged tree without unused sources, and what stands in the files it names.
std::string effective_hash(Node root, const Texts& texts, const Inputs& inputs, int price_year) {
    if (price_year == 0) root.erase("price_index");
    root.erase("title");
    if (Node* sources = root.find("source")) {
        const auto is_cited = [&inputs](const Member& member) {
            for (const auto& source : inputs.sources)
                if (source.id == member.key) return true;
            return false;
        };
        std::erase_if(sources->members, [&](const Member& member) { return !is_cited(member); });
    }
    auto text = canonical(root, texts);
    for (const auto& input : inputs.rows)
        if (input.distribution.family == Family::empirical)
            for (const double x : input.distribution.parameters)
                text += exact_text(x) + "\n";
    for (const auto& file : inputs.network_files)
        text += file + "\n";
    return sha256_hex(text);
}

using Finish = std::function<void(const Node& root, const Texts& texts)>;

/// Reads everything; findings are in `tables.warnings`, errors too. Without errors so far, `finish` has the last word.
void read_tables(const LoadRequest& request, const Shape& shape, void* target, LoadedTables& tables,
                 const Finish& finish = {}) {
    auto& diagnostics = tables.warnings;
    Texts texts;
    auto composed = compose(request, shape, texts, diagnostics);
    tables.name = composed.name;
    tables.variant = fmt::format("{}", fmt::join(composed.variants, "+"));
    tables.known_variants = composed.known_variants;
    if (!composed.is_readable) return;
    const Node& root = composed.root;
    tables.title = title_of(root, texts, diagnostics);
    Prices prices;
    prices.read(root, texts, diagnostics);
    take_price_year(root, texts, prices, diagnostics);
    SourceTable sources(root, texts, diagnostics);
    Reader reader(texts, prices, sources, tables.inputs, diagnostics);
    reader.suggest_from(std::move(composed.names));
    reader.read(shape, root, target, reserved_keys());
    tables.defaults = reader.defaults();
    read_correlations(root, composed.first_scenario_text, texts, tables.inputs, diagnostics);
    const ClaimContext context{root,    texts,           prices,
                               reader,  request.metrics, composed.first_scenario_text,
                               sources, tables.inputs,   diagnostics};
    tables.claims = read_claims(root, context);
    tables.observations = read_observations(root, context);
    if (finish && !diagnostics.has_errors()) finish(root, texts);
    if (!diagnostics.has_errors())
        tables.sha256 = effective_hash(composed.root, texts, tables.inputs, prices.price_year);
}

/// A horizon that runs backwards, and a decision behind it, leave nothing to simulate.
void check_horizon(const Scenario<Uncertain>& scenario, const Inputs& inputs, const Node& root, const Texts& texts,
                   Diagnostics& diagnostics) {
    const Horizon& horizon = scenario.horizon;
    if (horizon.quarters() < 1) {
        const Node* section = root.find(horizon_key);
        const Node* end = section == nullptr ? nullptr : section->find("end");
        diagnostics.error(
            end == nullptr ? Origin{} : texts.origin(end->place), "E0205",
            fmt::format("horizon.end: {} is before horizon.start, {}", horizon.end.text(), horizon.start.text()));
        return;
    }
    const Input& decision = inputs.rows[static_cast<std::size_t>(scenario.economy.decision_date.year.input)];
    const double last = (horizon.end + 1).start();
    if (central_value(decision.distribution) >= last)
        diagnostics.error(decision.origin, "E0205",
                          fmt::format("economy.decision_date: '{}' is behind the horizon, which ends with {}",
                                      decision.written, horizon.end.text()),
                          "every cost before the decision is sunk, so nothing would be left to decide");
}

void read_scenario(const LoadRequest& request, Scenario<Uncertain>& scenario, LoadedTables& tables) {
    read_tables(request, scenario_shape(), &scenario, tables, [&](const Node& root, const Texts& texts) {
        check_horizon(scenario, tables.inputs, root, texts, tables.warnings);
        // The whole catalogue is no scenario: its regions, say, need not add up.
        if (!request.whole_catalogue) check_sense(scenario, tables.inputs, root, texts, tables.warnings);
        if (tables.warnings.has_errors()) return;
        prepare_computed(scenario, tables.inputs, root, texts, tables.warnings);
        if (tables.warnings.has_errors()) return;
        if (!request.whole_catalogue) // whose chips are not all meant for the devices of this scenario
            check_service(scenario, tables.inputs, root, texts, tables.warnings);
        add_generations(scenario);
        prepare_packed(scenario, tables.inputs, tables.warnings);
        tables.inputs.strongest = strongest_inputs();
    });
}

} // namespace

LoadedTables load_tables(const LoadRequest& request, const Shape& shape, void* target) {
    LoadedTables tables;
    read_tables(request, shape, target, tables);
    if (tables.warnings.has_errors()) throw InputError{std::move(tables.warnings)};
    return tables;
}

Loaded load(const LoadRequest& request) {
    Loaded loaded;
    read_scenario(request, loaded.scenario, loaded);
    if (loaded.warnings.has_errors()) throw InputError{std::move(loaded.warnings)};
    return loaded;
}

std::vector<std::string> variants_of(const LoadRequest& request) {
    Texts texts;
    Diagnostics ignored;
    return compose(request, scenario_shape(), texts, ignored).known_variants;
}

Diagnostics check(const LoadRequest& request) {
    LoadedTables tables;
    Scenario<Uncertain> scenario;
    read_scenario(request, scenario, tables);
    return std::move(tables.warnings);
}

} // namespace autarky
