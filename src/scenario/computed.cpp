// autarky: prepares what is computed of the chips of a scenario.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/computed.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "input/central.hpp"
#include "input/node.hpp"
#include "scenario/slots.hpp"
#include "scenario/workload_network.hpp"

namespace autarky {
namespace {

using namespace scenario;
using compute::Precision;

class Preparation {
public:
    Preparation(Scenario<Uncertain>& scenario, Inputs& inputs, const Node& root, const Texts& texts,
                Diagnostics& diagnostics)
        : scenario_(scenario), inputs_(inputs), root_(root), texts_(texts), diagnostics_(diagnostics) {
        set_central();
    }

    void run() {
        auto computed = std::make_shared<ComputedChips>();
        for (std::size_t i = 0; i < scenario_.chip.size(); ++i)
            if (auto chip = prepare(i)) computed->rows.push_back(std::move(*chip));
        add_needs(scenario_.vehicle, ComputedNeed::Table::vehicle, "vehicle", computed->needs);
        add_needs(scenario_.robot, ComputedNeed::Table::robot, "robot", computed->needs);
        add_needs(scenario_.outlet, ComputedNeed::Table::outlet, "outlet", computed->needs);
        if ((computed->rows.empty() && computed->needs.empty()) || diagnostics_.has_errors()) return;
        scenario_.computed = central_.computed = computed;
        compute_chips(central_);
        for (auto& chip : computed->rows)
            if (chip.width || chip.height) set_area_range(chip);
        for (const auto& [from, to] : leaves_)
            if (auto& row = inputs_.rows[static_cast<std::size_t>(from)]; row.is_computed)
                row.distribution.parameters = {*to};
    }

private:
    void set_central() {
        for (const auto& slot : slots_of(scenario_, central_)) {
            *slot.to = central_value(inputs_.rows[static_cast<std::size_t>(slot.input)].distribution);
            leaves_.emplace_back(slot.input, slot.to);
        }
    }
    /// To first order: every uncertain number, with those that share its draw, goes to its 5th and 95th percentile alone;
    /// what the area moves adds up as independent errors do.
    void set_area_range(ComputedChip& chip) {
        const auto area = [&] { return computed_area(chip, central_.accelerator[chip.accelerator]).in("mm^2"_u); };
        const double middle = area();
        double below = 0.0;
        double above = 0.0;
        for (const auto& [stream, leaves] : uncertain_leaves()) {
            double least = middle;
            double most = middle;
            for (const bool high : {false, true}) {
                for (const auto& [input, value] : leaves) {
                    const auto range = central_range(inputs_.rows[static_cast<std::size_t>(input)].distribution);
                    *value = high ? range.second : range.first;
                }
                least = std::min(least, area());
                most = std::max(most, area());
            }
            for (const auto& [input, value] : leaves)
                *value = central_value(inputs_.rows[static_cast<std::size_t>(input)].distribution);
            below += (middle - least) * (middle - least);
            above += (most - middle) * (most - middle);
        }
        constexpr double least_share = 0.1; // errors that add up may reach beyond nothing; no die is that much smaller
        chip.area_low_mm2 = std::max(middle - sqrt(below), least_share * middle);
        chip.area_high_mm2 = middle + sqrt(above);
    }
    [[nodiscard]] std::map<int, std::vector<std::pair<int, double*>>> uncertain_leaves() const {
        std::map<int, std::vector<std::pair<int, double*>>> out;
        for (const auto& leaf : leaves_)
            if (const int stream = inputs_.rows[static_cast<std::size_t>(leaf.first)].stream; stream >= 0)
                out[stream].push_back(leaf);
        return out;
    }

    [[nodiscard]] bool is_computed(Uncertain leaf) const {
        return inputs_.rows[static_cast<std::size_t>(leaf.input)].is_computed;
    }
    /// Where a key of a row stands, or the row itself.
    [[nodiscard]] Origin origin(std::string_view table, std::string_view row, std::string_view key = {}) const {
        const Node* rows = root_.find(table);
        if (rows == nullptr) return {};
        for (const auto& member : rows->members) {
            if (member.key != row) continue;
            const Node* value = key.empty() ? nullptr : member.value.find(key);
            return texts_.origin(value != nullptr ? value->place : member.place);
        }
        return {};
    }
    /// To which the files that a key names are relative; empty where the text is no file.
    [[nodiscard]] std::string folder(std::string_view table, std::string_view row, std::string_view key) const {
        const Node* rows = root_.find(table);
        const Node* found = rows == nullptr ? nullptr : rows->find(row);
        const Node* value = found == nullptr ? nullptr : found->find(key);
        return value == nullptr || value->place.text < 0 ? std::string{} : texts_.of(value->place).folder;
    }
    void error(Origin at, const char* code, std::string message, std::string hint = {}) {
        diagnostics_.error(std::move(at), code, std::move(message), std::move(hint));
    }

    std::optional<ComputedChip> prepare(std::size_t i) {
        const auto& name = scenario_.chip.names[i];
        const auto& chip = scenario_.chip[i];
        if (chip.accelerator.index < 0) {
            if (chip.workload.index >= 0)
                error(origin("chip", name, "workload"), "E0302",
                      fmt::format("chip.{} names a workload but no accelerator to run it", name),
                      "accelerator = the name of a row of 'accelerator'");
            else if (chip.also_runs.size() > 0)
                further_without_first(name);
            return std::nullopt;
        }
        ComputedChip out;
        out.chip = i;
        out.accelerator = static_cast<std::size_t>(chip.accelerator.index);
        out.width = is_computed(chip.width.raw());
        out.height = is_computed(chip.height.raw());
        out.throughput = is_computed(chip.throughput.raw());
        out.precision = is_computed(chip.precision.raw());
        out.memory = is_computed(chip.memory.raw());
        out.memory_bandwidth = is_computed(chip.memory_bandwidth.raw());
        out.power = is_computed(chip.power.raw());
        out.utilisation_ratio = is_computed(chip.utilisation_ratio);
        const auto& own = central_.accelerator[out.accelerator];
        out.sums_blocks = !(own.die_area.raw() > 0.0);
        out.runs = own.precision;
        if (!is_sound(out.accelerator, own.precision)) return std::nullopt;
        if (chip.workload.index < 0 && chip.also_runs.size() > 0) further_without_first(name);
        if (chip.workload.index >= 0 && !add_workloads(out, name)) return std::nullopt;
        return out;
    }
    void further_without_first(const std::string& chip) {
        error(origin("chip", chip, "also_runs"), "E0302",
              fmt::format("chip.{} names further workloads in also_runs, but neither accelerator nor a first workload "
                          "to take turns with",
                          chip),
              "accelerator = \"...\" and workload = \"...\"");
    }

    bool is_sound(std::size_t accelerator, Precision precision) {
        const auto& name = scenario_.accelerator.names[accelerator];
        const auto trouble = accelerator_error(central_.accelerator[accelerator], precision);
        if (!trouble.empty())
            error(origin("accelerator", name), "E0405", fmt::format("accelerator.{}: {}", name, trouble));
        return trouble.empty();
    }

    /// The chip's workload and those that take turns with it, laid on it and on the merchant's chip.
    bool add_workloads(ComputedChip& out, const std::string& chip) {
        std::vector<std::size_t> rows{static_cast<std::size_t>(scenario_.chip[out.chip].workload.index)};
        for (const auto& further : scenario_.chip[out.chip].also_runs.rows)
            rows.push_back(static_cast<std::size_t>(further.workload.index));
        for (auto row = rows.begin(); row != rows.end(); ++row)
            if (std::find(rows.begin(), row, *row) != row) {
                error(origin("chip", chip, "also_runs"), "E0402",
                      fmt::format("chip.{} runs '{}' twice", chip, scenario_.workload.names[*row]),
                      "twice the work is twice its rate");
                return false;
            }
        if (out.utilisation_ratio) {
            const auto merchant =
                reference_accelerator(origin("chip", chip, "workload"), "chip." + chip, "utilisation_ratio = \"...\"");
            if (!merchant) return false;
            out.merchant = *merchant;
        }
        for (const std::size_t row : rows) {
            const auto network = network_of(row);
            if (!network) return false;
            auto own = plan(out.accelerator, row, *network, origin("chip", chip, "workload"));
            if (!own) return false;
            out.own.push_back(std::move(*own));
            if (!out.utilisation_ratio) continue;
            auto of_merchant = plan(out.merchant, row, *network, origin("chip", chip, "workload"));
            if (!of_merchant) return false;
            out.of_merchant.push_back(std::move(*of_merchant));
        }
        out.runs = out.own.front().runs;
        return true;
    }

    std::optional<compute::Network> network_of(std::size_t row) {
        const auto& workload = scenario_.workload[row];
        const auto& name = scenario_.workload.names[row];
        const auto path = fmt::format("workload.{}", name);
        std::string hash;
        auto network = find_network({path, workload.network, workload.dimensions, folder("workload", name, "network"),
                                     origin("workload", name, "network"), origin("workload", name, "dimensions")},
                                    diagnostics_, &hash);
        auto& hashes = inputs_.network_files;
        if (!hash.empty() && std::ranges::find(hashes, hash) == hashes.end()) hashes.push_back(std::move(hash));
        return network;
    }

    /// Accelerator of the first merchant's chip, to which utilisations refer. `instead` is what the row may type in.
    std::optional<std::size_t> reference_accelerator(Origin at, const std::string& who, const std::string& instead) {
        if (scenario_.merchant.size() == 0) {
            error(std::move(at), "E0302", fmt::format("{}: there is no merchant whose chip could be compared", who),
                  "[merchant.name]");
            return std::nullopt;
        }
        const auto& merchant = scenario_.merchant.names[0];
        const auto reference = scenario_.merchant[std::size_t{0}].accelerator;
        if (reference.index < 0) {
            error(std::move(at), "E0302",
                  fmt::format(
                      "{}: a utilisation that follows from a workload needs the accelerator of merchant.{}, which "
                      "names none",
                      who, merchant),
                  fmt::format("accelerator = \"...\" in [merchant.{}], or {} in [{}]", merchant, instead, who));
            return std::nullopt;
        }
        return static_cast<std::size_t>(reference.index);
    }

    /// Needs of devices that follow from the network that they run.
    template <class Rows>
    void add_needs(const Rows& table, ComputedNeed::Table kind, const char* key, std::vector<ComputedNeed>& out) {
        for (std::size_t i = 0; i < table.size(); ++i) {
            const auto& device = table[i];
            if (device.workload.index < 0) continue;
            const std::string who = fmt::format("{}.{}", key, table.names[i]);
            ComputedNeed need;
            need.table = kind;
            need.row = i;
            need.work = series_is_computed(device.work);
            need.utilisation = is_computed(device.utilisation);
            need.bandwidth = series_is_computed(device.bandwidth);
            need.memory = series_is_computed(device.memory);
            const auto workload = static_cast<std::size_t>(device.workload.index);
            const auto network = network_of(workload);
            if (!network) return;
            need.operations = 2.0 * static_cast<double>(macs(*network));
            need.weight_bytes = static_cast<double>(parameters(*network)) *
                                compute::block_format(scenario_.workload[workload].precision).bits_a_value() / 8.0;
            need.laid.workload = workload;
            if (need.utilisation) {
                const auto merchant =
                    reference_accelerator(origin(key, table.names[i], "workload"), who, "utilisation = \"...\"");
                if (!merchant) return;
                need.merchant = *merchant;
                auto laid = plan(*merchant, workload, *network, origin(key, table.names[i], "workload"));
                if (!laid) return;
                need.laid = std::move(*laid);
            }
            out.push_back(std::move(need));
        }
    }
    template <class Series> [[nodiscard]] bool series_is_computed(const Series& series) const {
        return series.values.size() == 1 && is_computed(series.values.front().raw());
    }

    /// The network of a workload on an accelerator, in the number format that it runs.
    std::optional<LaidWork> plan(std::size_t accelerator, std::size_t workload, const compute::Network& network,
                                 Origin at) {
        const Precision wanted = compute::usual_precision(scenario_.workload[workload].precision);
        const auto& name = scenario_.accelerator.names[accelerator];
        const auto& model = central_.accelerator[accelerator];
        const auto runs = compute::runnable_precision(model, wanted);
        if (!runs) {
            error(std::move(at), "E0405",
                  fmt::format("accelerator.{} lacks {} and every wider format", name,
                              compute::precision_names[static_cast<std::size_t>(wanted)]),
                  "give it a rate_..., or the workload another precision");
            return std::nullopt;
        }
        if (!is_sound(accelerator, *runs)) return std::nullopt;
        warn_of_frozen(accelerator);
        return LaidWork{
            workload, *runs,
            std::make_shared<const compute::WorkPlan>(
                compute::machine_of(model, *runs, compute::stored_as(scenario_.workload[workload].precision, wanted)),
                network)};
    }

    /// Sizes decide how a network lies on a chip; that is done once.
    void warn_of_frozen(std::size_t accelerator) {
        if (!warned_.insert(accelerator).second) return;
        const auto& name = scenario_.accelerator.names[accelerator];
        const auto& model = scenario_.accelerator[accelerator];
        for (const auto& [key, leaf] :
             {std::pair{"buffer", model.buffer.raw()}, {"accumulators", model.accumulators.raw()}})
            if (inputs_.rows[static_cast<std::size_t>(leaf.input)].stream >= 0)
                diagnostics_.warning(origin("accelerator", name, key), "W0310",
                                     fmt::format("accelerator.{}.{}: latencies are computed at its centre", name, key),
                                     "its uncertainty acts on the area only");
    }

    Scenario<Uncertain>& scenario_;
    Inputs& inputs_;
    const Node& root_;
    const Texts& texts_;
    Diagnostics& diagnostics_;
    Scenario<double> central_;
    std::set<std::size_t> warned_;
    std::vector<std::pair<int, double*>> leaves_;
};

} // namespace

void prepare_computed(Scenario<Uncertain>& scenario, Inputs& inputs, const Node& root, const Texts& texts,
                      Diagnostics& diagnostics) {
    const auto names_one = [](const auto& row) { return row.workload.index >= 0; };
    const auto any = [&](const auto& table) { return std::any_of(table.rows.begin(), table.rows.end(), names_one); };
    const bool chips = std::any_of(scenario.chip.rows.begin(), scenario.chip.rows.end(), [](const auto& chip) {
        return chip.accelerator.index >= 0 || chip.workload.index >= 0 || chip.also_runs.size() > 0;
    });
    if (chips || any(scenario.vehicle) || any(scenario.robot) || any(scenario.outlet))
        Preparation(scenario, inputs, root, texts, diagnostics).run();
}

} // namespace autarky
