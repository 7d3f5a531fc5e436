// autarky: power flow through power-grid-model's C interface.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <limits>
#include <list>
#include <type_traits>
#include <variant>

#include "grid/feeder/feeder_document.hpp"
#include "grid/feeder/library_names.hpp"
#include "grid/feeder/pgm_session.hpp"
#include "grid/feeder/power_flow.hpp"
#include "grid/feeder/update_keys.hpp"

namespace autarky::grid {
namespace {

using namespace pgm;

/// A data set read from JSON, with the memory that it points to.
struct Parsed {
    struct Part {
        std::string component;
        std::size_t elements;
        std::vector<PGM_Idx> indptr;
        Buffer buffer;
    };
    Deserializer deserializer;
    ConstDataset dataset;
    std::string kind; // "input", "update"
    std::size_t batch_size = 1;
    bool is_batch = false;
    std::list<Part> parts;
};

Parsed parse(const Session& h, const std::string& text) {
    Parsed out;
    out.deserializer.reset(h.checked(
        PGM_create_deserializer_from_binary_buffer(h, text.data(), static_cast<PGM_Idx>(text.size()), PGM_json)));
    PGM_WritableDataset* writable = h.checked(PGM_deserializer_get_dataset(h, out.deserializer.get()));
    const PGM_DatasetInfo* info = h.checked(PGM_dataset_writable_get_info(h, writable));
    out.kind = PGM_dataset_info_name(h, info);
    out.is_batch = PGM_dataset_info_is_batch(h, info) != 0;
    out.batch_size = static_cast<std::size_t>(PGM_dataset_info_batch_size(h, info));
    for (PGM_Idx i = 0; i < PGM_dataset_info_n_components(h, info); ++i) {
        const char* name = PGM_dataset_info_component_name(h, info, i);
        const PGM_Idx total = PGM_dataset_info_total_elements(h, info, i);
        const PGM_MetaComponent* meta = h.checked(PGM_meta_get_component_by_name(h, out.kind.c_str(), name));
        Parsed::Part& part = out.parts.emplace_back();
        part.component = name;
        part.elements = static_cast<std::size_t>(total);
        if (PGM_dataset_info_elements_per_scenario(h, info, i) < 0) part.indptr.resize(out.batch_size + 1);
        part.buffer.reset(h.checked(PGM_create_buffer(h, meta, std::max<PGM_Idx>(total, 1))));
        PGM_buffer_set_nan(h, meta, part.buffer.get(), 0, total);
        PGM_dataset_writable_set_buffer(h, writable, name, part.indptr.empty() ? nullptr : part.indptr.data(),
                                        part.buffer.get());
        h.check();
    }
    PGM_deserializer_parse_to_buffer(h, out.deserializer.get());
    h.check();
    out.dataset.reset(h.checked(PGM_create_dataset_const_from_writable(h, writable)));
    return out;
}

/// Components without a part in a calculation; their results would be marks for "not computed".
bool is_idle(std::string_view component, FlowKind kind) {
    if (component.ends_with("_sensor")) return true;
    return kind == FlowKind::power_flow ? component == "fault" : component.ends_with("_regulator");
}

/// Results of one attribute as the library writes them.
using Raw = std::variant<std::vector<double>, std::vector<std::int32_t>, std::vector<std::int8_t>>;

/// Memory for the attributes that are wanted, and the data set that points to it.
class Output {
public:
    Output(const Session& h, const FlowOptions& options, bool is_batch, std::size_t n_scenarios,
           const std::vector<std::pair<std::string, std::vector<int>>>& elements)
        : n_scenarios_(n_scenarios) {
        const bool flow = options.kind == FlowKind::power_flow;
        const char* kind = !flow ? "sc_output" : options.symmetric ? "sym_output" : "asym_output";
        dataset_.reset(
            h.checked(PGM_create_dataset_mutable(h, kind, is_batch ? 1 : 0, static_cast<PGM_Idx>(n_scenarios))));
        const PGM_MetaDataset* meta = h.checked(PGM_meta_get_dataset_by_name(h, kind));
        for (PGM_Idx i = 0; i < PGM_meta_n_components(h, meta); ++i)
            add_component(h, PGM_meta_get_component_by_idx(h, meta, i), options, elements);
    }
    [[nodiscard]] const PGM_MutableDataset* dataset() const { return dataset_.get(); }

    [[nodiscard]] std::vector<FlowComponent> take() {
        std::vector<FlowComponent> out;
        for (Column& column : columns_) {
            if (out.empty() || out.back().name != column.component) out.push_back({column.component, *column.ids, {}});
            if (column.attribute == "id") continue;
            FlowColumn& kept = out.back().columns.emplace_back();
            kept.name = column.attribute;
            kept.width = column.width;
            std::visit(
                [&](auto& raw) {
                    using Value = typename std::decay_t<decltype(raw)>::value_type;
                    if constexpr (std::is_same_v<Value, double>) {
                        kept.values = std::move(raw);
                    } else {
                        // The library marks whole numbers that it did not compute by their lowest value.
                        kept.values.reserve(raw.size());
                        for (const Value x : raw)
                            kept.values.push_back(x == std::numeric_limits<Value>::min()
                                                      ? std::numeric_limits<double>::quiet_NaN()
                                                      : static_cast<double>(x));
                    }
                },
                column.raw);
        }
        return out;
    }

private:
    struct Column {
        std::string component, attribute;
        std::size_t width;
        Raw raw;
        const std::vector<int>* ids;
    };

    void add_component(const Session& h, const PGM_MetaComponent* meta, const FlowOptions& options,
                       const std::vector<std::pair<std::string, std::vector<int>>>& elements) {
        const std::string name = PGM_meta_component_name(h, meta);
        const auto found = std::ranges::find(elements, name, &std::pair<std::string, std::vector<int>>::first);
        if (found == elements.end() || is_idle(name, options.kind)) return;
        const auto wanted = [&](const std::string& attribute) {
            return options.wanted.empty() || std::ranges::any_of(options.wanted, [&](const auto& pair) {
                       return pair.first == name && (attribute.empty() || pair.second == attribute);
                   });
        };
        if (!wanted({})) return;
        const auto n = found->second.size();
        PGM_dataset_mutable_add_buffer(h, dataset_.get(), name.c_str(), static_cast<PGM_Idx>(n),
                                       static_cast<PGM_Idx>(n * n_scenarios_), nullptr, nullptr);
        h.check();
        for (PGM_Idx i = 0; i < PGM_meta_n_attributes(h, meta); ++i) {
            const PGM_MetaAttribute* attribute = PGM_meta_get_attribute_by_idx(h, meta, i);
            const std::string attribute_name = PGM_meta_attribute_name(h, attribute);
            if (wanted(attribute_name)) add_column(h, name, attribute_name, attribute, found->second);
        }
    }
    void add_column(const Session& h, const std::string& component, const std::string& name,
                    const PGM_MetaAttribute* attribute, const std::vector<int>& ids) {
        const std::size_t size = ids.size() * n_scenarios_;
        Column& column = columns_.emplace_back(Column{component, name, 1, {}, &ids});
        switch (PGM_meta_attribute_ctype(h, attribute)) {
        case PGM_int32: column.raw = std::vector<std::int32_t>(size, std::numeric_limits<std::int32_t>::min()); break;
        case PGM_int8: column.raw = std::vector<std::int8_t>(size, std::numeric_limits<std::int8_t>::min()); break;
        case PGM_double3: column.width = 3; [[fallthrough]];
        default: column.raw = std::vector<double>(size * column.width, std::numeric_limits<double>::quiet_NaN());
        }
        void* memory = std::visit([](auto& raw) { return static_cast<void*>(raw.data()); }, column.raw);
        PGM_dataset_mutable_add_attribute_buffer(h, dataset_.get(), component.c_str(), name.c_str(), memory);
        h.check();
    }

    std::size_t n_scenarios_;
    MutableDataset dataset_;
    std::list<Column> columns_;
};

PGM_Idx library_method(FlowMethod method) {
    switch (method) {
    case FlowMethod::newton_raphson: return PGM_newton_raphson;
    case FlowMethod::iterative_current: return PGM_iterative_current;
    case FlowMethod::linear: return PGM_linear;
    case FlowMethod::linear_current: return PGM_linear_current;
    }
    return PGM_default_method;
}

PGM_Idx library_strategy(TapStrategy strategy) {
    switch (strategy) {
    case TapStrategy::off: return PGM_tap_changing_strategy_disabled;
    case TapStrategy::any: return PGM_tap_changing_strategy_any_valid_tap;
    case TapStrategy::low: return PGM_tap_changing_strategy_min_voltage_tap;
    case TapStrategy::high: return PGM_tap_changing_strategy_max_voltage_tap;
    case TapStrategy::fast: return PGM_tap_changing_strategy_fast_any_tap;
    }
    return PGM_tap_changing_strategy_disabled;
}

PGM_Idx library_start(StartVoltages start) {
    switch (start) {
    case StartVoltages::automatic: return PGM_calculation_initialization_default;
    case StartVoltages::flat: return PGM_calculation_initialization_flat;
    case StartVoltages::linear: return PGM_calculation_initialization_linear;
    case StartVoltages::average_source: return PGM_calculation_initialization_average_source;
    }
    return PGM_calculation_initialization_default;
}

Options library_options(const Session& h, const FlowOptions& from, bool has_tap_regulators) {
    Options out(h.checked(PGM_create_options(h)));
    if (from.kind == FlowKind::power_flow) {
        PGM_set_calculation_type(h, out.get(), PGM_power_flow);
        PGM_set_calculation_method(h, out.get(), library_method(from.method));
        PGM_set_symmetric(h, out.get(), from.symmetric ? 1 : 0);
        PGM_set_err_tol(h, out.get(), from.tolerance);
        PGM_set_max_iter(h, out.get(), from.max_iterations);
        if (from.start != StartVoltages::automatic)
            PGM_set_calculation_initialization(h, out.get(), library_start(from.start));
        if (has_tap_regulators) PGM_set_tap_changing_strategy(h, out.get(), library_strategy(from.taps));
    } else {
        PGM_set_calculation_type(h, out.get(), PGM_short_circuit);
        PGM_set_calculation_method(h, out.get(), PGM_iec60909);
        PGM_set_symmetric(h, out.get(), 0);
        PGM_set_short_circuit_voltage_scaling(h, out.get(),
                                              from.kind == FlowKind::largest_short_circuit
                                                  ? PGM_short_circuit_voltage_scaling_maximum
                                                  : PGM_short_circuit_voltage_scaling_minimum);
    }
    PGM_set_threading(h, out.get(), from.threads);
    h.check();
    return out;
}

/// The library's first line is what happened; what follows is where in its source.
std::string first_line(std::string text) {
    text.resize(std::min(text.find('\n'), text.size()));
    return text;
}

/// What to do about an update that the library does not take.
std::string update_hint(std::string_view what) {
    constexpr std::string_view component = "Cannot find component with name: ";
    if (what.starts_with(component)) {
        const auto name = what.substr(component.size(), what.find('!') - component.size());
        std::vector<std::string_view> names;
        for (const LibraryComponent& one : library_components("update"))
            names.push_back(one.name);
        const std::string likely = did_you_mean(name, names);
        return likely.empty() ? fmt::format("there are {}", fmt::join(names, ", ")) : likely;
    }
    return R"(an update is {"version": "1.0", "type": "update", "is_batch": true, "attributes": {}, )"
           R"("data": [{"sym_load": [{"id": 1, "p_specified": 1000}]}]}, a list of scenarios)";
}

class LibraryFlow final : public PowerFlow {
public:
    LibraryFlow(const std::string& text, double frequency_hz) : input_(parse(session_, text)) {
        if (input_.kind != "input" || input_.is_batch)
            throw LibraryError("this is a data set of type '" + input_.kind + "', not one feeder of type 'input'");
        for (const Parsed::Part& part : input_.parts) {
            const PGM_MetaAttribute* id =
                session_.checked(PGM_meta_get_attribute_by_name(session_, "input", part.component.c_str(), "id"));
            std::vector<std::int32_t> ids(part.elements);
            if (!ids.empty())
                PGM_buffer_get_value(session_, id, part.buffer.get(), ids.data(), 0, static_cast<PGM_Idx>(ids.size()),
                                     -1);
            elements_.emplace_back(part.component, std::vector<int>(ids.begin(), ids.end()));
        }
        model_.reset(session_.checked(PGM_create_model(session_, frequency_hz, input_.dataset.get())));
    }

    FlowResult solve(const FlowOptions& options) const override { return run(options, nullptr, false, 1); }

    std::optional<FlowResult> solve_batch(const std::string& update, const std::string& file,
                                          const FlowOptions& options, Diagnostics& findings) const override {
        try {
            const Session h;
            const Parsed parsed = parse_update(h, update, file, findings);
            if (parsed.kind != "update")
                throw LibraryError("this is a data set of type '" + parsed.kind + "', not an update");
            if (!parsed.is_batch)
                throw LibraryError("this update is no batch: is_batch is true, and data a list of scenarios");
            if (parsed.batch_size == 0) throw LibraryError("this batch has no scenario");
            say_unknown_keys(update, file, findings);
            return run(options, parsed.dataset.get(), true, parsed.batch_size);
        } catch (const LibraryError& error) {
            const std::string what = first_line(error.what());
            findings.error({file, 0, 0, 0}, "E0411", what, update_hint(what));
            return std::nullopt;
        }
    }

    FlowResult solve_loads(std::span<const LoadValues> loads, std::size_t n_scenarios,
                           const FlowOptions& options) const override {
        const Session h;
        ConstDataset update(h.checked(PGM_create_dataset_const(h, "update", 1, static_cast<PGM_Idx>(n_scenarios))));
        for (const LoadValues& values : loads) {
            const std::string name(values.component);
            const std::size_t n = ids(name).size();
            assert(values.p_w.size() == values.q_var.size() && values.p_w.size() % (n * n_scenarios) == 0);
            PGM_dataset_const_add_buffer(h, update.get(), name.c_str(), static_cast<PGM_Idx>(n),
                                         static_cast<PGM_Idx>(n * n_scenarios), nullptr, nullptr);
            PGM_dataset_const_add_attribute_buffer(h, update.get(), name.c_str(), "p_specified", values.p_w.data());
            PGM_dataset_const_add_attribute_buffer(h, update.get(), name.c_str(), "q_specified", values.q_var.data());
            h.check();
        }
        return run(options, update.get(), true, n_scenarios);
    }

    std::vector<int> ids(std::string_view component) const override {
        const auto found = std::ranges::find(elements_, component, &std::pair<std::string, std::vector<int>>::first);
        return found == elements_.end() ? std::vector<int>{} : found->second;
    }

private:
    FlowResult run(const FlowOptions& options, const PGM_ConstDataset* update, bool is_batch,
                   std::size_t n_scenarios) const {
        const Session h;
        FlowResult result;
        result.symmetric = options.symmetric && options.kind == FlowKind::power_flow;
        result.n_scenarios = n_scenarios;
        Output output(h, options, is_batch, n_scenarios, elements_);
        if (n_scenarios == 0) return result;
        const Model copy(h.checked(PGM_copy_model(h, model_.get())));
        const Options how = library_options(h, options, !ids("transformer_tap_regulator").empty());
        PGM_calculate(h, copy.get(), how.get(), output.dataset(), update);
        const PGM_Idx code = PGM_error_code(h);
        if (code == PGM_batch_error && PGM_n_failed_scenarios(h) > 0) {
            for (PGM_Idx i = 0; i < PGM_n_failed_scenarios(h); ++i)
                result.failed.push_back(
                    {static_cast<std::size_t>(PGM_failed_scenarios(h)[i]), first_line(PGM_batch_errors(h)[i])});
            for (const FailedScenario& failed : result.failed)
                rethrow_no_memory(failed.message);
        } else if (code != PGM_no_error) {
            rethrow_no_memory(PGM_error_message(h));
            for (std::size_t i = 0; i < n_scenarios; ++i)
                result.failed.push_back({i, first_line(PGM_error_message(h))});
        }
        PGM_clear_error(h);
        result.components = output.take();
        for (const FailedScenario& failed : result.failed)
            blank(result, failed.index);
        return result;
    }
    /// As it is, or when the library does not take it so, put right.
    static Parsed parse_update(const Session& h, const std::string& update, const std::string& file,
                               Diagnostics& findings) {
        try {
            return parse(h, update);
        } catch (const LibraryError&) {
            const std::string repaired = repaired_update(update, file, findings);
            if (repaired == update) throw;
            return parse(h, repaired);
        }
    }
    /// The library passes over names that it does not know, so that a misspelt one would change nothing unseen.
    static void say_unknown_keys(const std::string& update, const std::string& file, Diagnostics& findings) {
        for (const auto& [component, attribute] : update_keys(update)) {
            if (component.empty()) findings.warning({file, 0, 0, 0}, "W0410", unknown_heading(attribute), heading_hint);
            const LibraryComponent* known = library_component("update", component);
            if (!known || known->find(attribute) || is_bookkeeping(attribute)) continue;
            std::vector<std::string_view> names;
            for (const LibraryAttribute& one : known->attributes)
                names.push_back(one.name);
            findings.warning({file, 0, 0, 0}, "W0410",
                             fmt::format("{} has no '{}' to update; it is ignored", component, attribute),
                             fmt::format("a {} has {}", component, fmt::join(names, ", ")));
        }
    }
    static void blank(FlowResult& result, std::size_t scenario) {
        for (FlowComponent& component : result.components)
            for (FlowColumn& column : component.columns) {
                const std::size_t width = component.id.size() * column.width;
                std::fill_n(column.values.begin() + static_cast<std::ptrdiff_t>(scenario * width), width,
                            std::numeric_limits<double>::quiet_NaN());
            }
    }

    Session session_;
    Parsed input_;
    std::vector<std::pair<std::string, std::vector<int>>> elements_; // component, ids
    Model model_;
};

} // namespace

bool power_flow_available() { return true; }
std::string power_flow_version() { return PGM_version(); }

std::unique_ptr<PowerFlow> PowerFlow::make(const std::string& text, const std::string& file, double frequency_hz,
                                           Diagnostics& findings) {
    try {
        return std::make_unique<LibraryFlow>(text, frequency_hz);
    } catch (const LibraryError& error) {
        findings.error({file, 0, 0, 0}, "E0411", first_line(error.what()), "see power-grid-model's input data");
        return nullptr;
    }
}

} // namespace autarky::grid
