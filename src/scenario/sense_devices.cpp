// autarky: whether what devices need can be asked for, met and sold.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "scenario/sense.hpp"
#include "scenario/sense_parts.hpp"

namespace autarky::scenario {
namespace {

/// A kind of device with what it needs.
struct Device {
    std::string_view table;
    const std::string& name;
    const market::Need<Uncertain>& need;

    [[nodiscard]] std::string key(std::string_view of = {}) const {
        return of.empty() ? fmt::format("{}.{}", table, name) : fmt::format("{}.{}.{}", table, name, of);
    }
};

template <class Rows> void add_devices(std::string_view table, const Rows& rows, std::vector<Device>& out) {
    for (std::size_t i = 0; i < rows.size(); ++i)
        out.push_back({table, rows.names[i], rows[i]});
}

std::vector<Device> devices_of(const Scenario<Uncertain>& s, bool with_outlets) {
    std::vector<Device> out;
    add_devices("vehicle", s.vehicle, out);
    add_devices("robot", s.robot, out);
    if (with_outlets) add_devices("outlet", s.outlet, out);
    return out;
}

/// Whether some knot of a series can be above zero; what follows from a workload is.
template <class Q> bool is_needed(const Sense& sense, const Series<Q>& series) {
    return std::ranges::any_of(series.values, [&](const auto& knot) {
        return !sense.is_typed(leaf_of(knot)) || sense.most(leaf_of(knot)) > 0.0;
    });
}

template <class Q> Origin place_of(const Sense& sense, const Series<Q>& series, const Device& device) {
    return series.values.empty() ? sense.origin({device.table, device.name})
                                 : sense.input(leaf_of(series.values.front())).origin;
}

void check_work(const Sense& sense, const Device& device) {
    const auto& need = device.need;
    if (is_needed(sense, need.work)) return;
    const bool moves = is_needed(sense, need.bandwidth), holds = is_needed(sense, need.memory);
    if (!moves && !holds) return;
    sense.error(place_of(sense, need.work, device), "E0420",
                fmt::format("{}: no work, but {} has a need of {}", device.key("work"), device.key(),
                            moves ? "bandwidth" : "memory"),
                "give the operations that one copy of its task sustains, or take its other needs out");
}

// ---- copies ------------------------------------------------------------------------------------------------------

bool is_count(double x) { return x >= 1.0 && x == std::round(x); }

/// A value that the distribution can give and that is no number of copies; nothing if there is none.
std::string odd_copies(const Distribution& d) {
    if (d.family != Family::constant && d.family != Family::discrete && d.family != Family::empirical)
        return "any fraction in its range";
    for (std::size_t i = 0; i < d.parameters.size(); ++i) {
        const bool may_be = d.family != Family::discrete || d.probabilities[i] > 0.0;
        if (may_be && !is_count(d.parameters[i])) return fmt::format("{:g}", d.parameters[i]);
    }
    if (d.family == Family::empirical && d.parameters.front() < d.parameters.back())
        return "a fraction between two of its values";
    return {};
}

/// Whether two knots have the same value in every draw.
bool is_same(const Input& a, const Input& b) {
    return a.stream == b.stream && a.distribution.family == b.distribution.family &&
           a.distribution.parameters == b.distribution.parameters &&
           a.distribution.probabilities == b.distribution.probabilities;
}

/// Whether the middle of a quarter, at which a series is read, lies between two dates.
bool holds_a_middle(double from, double to) {
    const double next = quarter_of(from).middle();
    const double middle = next > from ? next : next + 0.25;
    return middle < to;
}

void check_copies(const Sense& sense, const Device& device) {
    const auto& series = device.need.redundancy;
    constexpr const char* hint = "1, or 2 where one may fail; where either may be: discrete(1: 0.5, 2: 0.5)";
    for (const auto leaf : series.values) {
        const auto odd = odd_copies(sense.input(leaf).distribution);
        if (odd.empty()) continue;
        sense.error(sense.input(leaf).origin, "E0420",
                    fmt::format("{}: a device carries whole copies of its task, and '{}' may be {}",
                                device.key("redundancy"), sense.input(leaf).written, odd),
                    hint);
        return;
    }
    for (std::size_t i = 1; i < series.values.size(); ++i) {
        const auto& before = sense.input(series.values[i - 1]);
        const auto& after = sense.input(series.values[i]);
        if (is_same(before, after) || !holds_a_middle(series.dates[i - 1], series.dates[i])) continue;
        sense.error(
            after.origin, "E0420",
            fmt::format("{}: between '{}' and '{}' the copies would be fractions", device.key("redundancy"),
                        before.written, after.written),
            "a series runs straight between its knots; for a step repeat the old value at the end of the quarter "
            "before");
        return;
    }
}

// ---- chips -------------------------------------------------------------------------------------------------------

/// What a chip gives, as the rows of chips and merchants name it.
struct Giver {
    std::string key;
    Uncertain throughput, bandwidth, memory;
};

void check_giver(const Sense& sense, const Device& device, const Giver& chip) {
    const auto lacks = [&](const auto& needed, Uncertain given, std::string_view need, std::string_view what) {
        if (!is_needed(sense, needed) || sense.most(given) > 0.0) return;
        sense.error(sense.input(given).origin, "E0421",
                    fmt::format("{}.{}: it gives none, and {} needs some, so it could never serve", chip.key, what,
                                device.key(need)),
                    fmt::format("give {} what it has, or take the need out of {}", chip.key, device.key()));
    };
    lacks(device.need.work, chip.throughput, "work", "throughput");
    lacks(device.need.bandwidth, chip.bandwidth, "bandwidth", "memory_bandwidth");
    lacks(device.need.memory, chip.memory, "memory", "memory");
}

void check_merchants(const Sense& sense) {
    const auto devices = devices_of(sense.s, false);
    const auto& merchants = sense.s.merchant;
    const bool can_buy =
        std::ranges::any_of(merchants.rows, [](const auto& merchant) { return !merchant.fallback_only; });
    if (devices.empty() || can_buy) return;
    const auto& first = devices.front();
    const bool has_any = merchants.size() > 0;
    sense.error(has_any ? sense.origin({"merchant", merchants.names.front(), "fallback_only"})
                        : sense.origin({first.table, first.name}),
                "E0422",
                has_any ? fmt::format("every merchant is a fallback only, so {} has no chip to buy", first.key())
                        : fmt::format("{} has no chip to buy, for there is no merchant", first.key()),
                has_any ? "set fallback_only = false for what the buyer would buy otherwise"
                        : "[merchant.name]: without an offer there is nothing that making could be compared with");
}

/// A chip's peak counts only where a task asks for work.
void check_throughput(const Sense& sense) {
    const auto devices = devices_of(sense.s, true);
    if (sense.s.chip.size() == 0 || devices.empty()) return;
    if (std::ranges::any_of(devices, [&](const Device& device) { return is_needed(sense, device.need.work); })) return;
    sense.warning(sense.input(sense.s.chip[std::size_t{0}].throughput.raw()).origin, "W0420",
                  fmt::format("chip.{}.throughput: no device asks for work, so throughput has no effect",
                              sense.s.chip.names.front()),
                  fmt::format("{} = \"... TOPS\"", devices.front().key("work")));
}

// ---- regions -----------------------------------------------------------------------------------------------------

void check_shares(const Sense& sense) {
    const auto& regions = sense.s.region;
    if (sense.s.vehicle.size() == 0 || regions.size() == 0) return;
    double sum = 0.0;
    std::string terms;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const double share = sense.median(regions[i].vehicle_share);
        sum += share;
        terms += fmt::format("{}{} {:.4g} %", i == 0 ? "" : ", ", regions.names[i], 100.0 * share);
    }
    constexpr double notable = 0.01, too_much = 0.10;
    const double off = std::fabs(sum - 1.0);
    if (off <= notable + 1e-12) return;
    const auto at = sense.input(regions[std::size_t{0}].vehicle_share).origin;
    const auto message = fmt::format("region.*.vehicle_share: the shares add up to {:.4g} %: {}", 100.0 * sum, terms);
    if (off > too_much + 1e-12)
        sense.error(at, "E0425", message, "every vehicle is sold somewhere: the medians of the shares add up to 100 %");
    else
        sense.warning(at, "W0425", message, "they are scaled to 100 %; make them add up if that is not meant");
}

void check_regions(const Sense& sense) {
    const auto devices = devices_of(sense.s, false);
    if (devices.empty() || sense.s.region.size() > 0) return;
    sense.error(sense.origin({devices.front().table, devices.front().name}), "E0430",
                fmt::format("{} is sold nowhere, for there is no region", devices.front().key()),
                "[region.name], or use = [\"region.*\"] for those of the catalogue");
}

void check_any_device(const Sense& sense) {
    if (has_devices(sense.s, sense.inputs)) return;
    const auto devices = devices_of(sense.s, false);
    const auto at =
        !devices.empty() ? sense.origin({devices.front().table, devices.front().name}) : sense.origin({"horizon"});
    sense.warning(
        at, "W0428", "no vehicle or robot can be sold within the horizon, so there is nothing to decide about",
        "a vehicle needs volume and part_limit, a robot a market share, part_limit and workers, before the horizon "
        "ends");
}

} // namespace

void check_devices(const Sense& sense) {
    for (const auto& device : devices_of(sense.s, true)) {
        check_work(sense, device);
        check_copies(sense, device);
    }
    check_merchants(sense);
    check_throughput(sense);
    check_regions(sense);
    check_shares(sense);
    check_any_device(sense);
}

} // namespace autarky::scenario

namespace autarky {

using namespace scenario;

void check_service(const Scenario<Uncertain>& s, const Inputs& inputs, const Node& root, const Texts& texts,
                   Diagnostics& diagnostics) {
    const Sense sense{s, inputs, root, texts, diagnostics};
    for (const auto& device : devices_of(s, true)) {
        for (std::size_t i = 0; i < s.chip.size(); ++i)
            check_giver(sense, device,
                        {"chip." + s.chip.names[i], s.chip[i].throughput.raw(), s.chip[i].memory_bandwidth.raw(),
                         s.chip[i].memory.raw()});
        for (std::size_t i = 0; i < s.merchant.size(); ++i)
            if (!s.merchant[i].fallback_only)
                check_giver(sense, device,
                            {"merchant." + s.merchant.names[i], s.merchant[i].throughput.raw(),
                             s.merchant[i].memory_bandwidth.raw(), s.merchant[i].memory.raw()});
    }
}

bool has_devices(const Scenario<Uncertain>& s, const Inputs& inputs) {
    const auto most = [&](const auto& value) {
        return support(inputs.rows[static_cast<std::size_t>(leaf_of(value).input)].distribution).second;
    };
    const auto least = [&](const auto& value) {
        return support(inputs.rows[static_cast<std::size_t>(leaf_of(value).input)].distribution).first;
    };
    const auto wanted = [&](const auto& vehicle) {
        return most_in_horizon(s, inputs, vehicle.volume) > 0.0 && most_in_horizon(s, inputs, vehicle.part_limit) > 0.0;
    };
    const bool has_workers = std::ranges::any_of(s.region.rows, [&](const auto& region) {
        return most(region.workforce) > 0.0 && most(region.automatable) > 0.0;
    });
    const auto sells = [&](const auto& robot) {
        return has_workers && most(robot.market_share) > 0.0 && most(robot.innovation) > 0.0 &&
               most_in_horizon(s, inputs, robot.part_limit) > 0.0 && least(robot.start) < (s.horizon.end + 1).start();
    };
    return std::ranges::any_of(s.vehicle.rows, wanted) || std::ranges::any_of(s.robot.rows, sells);
}

} // namespace autarky
