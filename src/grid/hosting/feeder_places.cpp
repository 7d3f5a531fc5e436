// autarky: where on a feeder cars can stand, and the feeder that they are tried on.
// SPDX-License-Identifier: Apache-2.0
#include "grid/hosting/feeder_places.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "grid/feeder/feeder_rows.hpp"

namespace autarky::grid {
namespace {

using nlohmann::json;

constexpr double low_voltage_v = 1000.0;
constexpr double largest_connection_w = 1.7320508 * 400.0 * 250.0; // 3 x 250 A
constexpr double largest_home_w = 1.7320508 * 400.0 * 63.0;        // 3 x 63 A

std::array<double, 3> by_phase_of(const json& row, const char* key) {
    std::array<double, 3> out{};
    if (!row.contains(key)) return out;
    const json& value = row[key];
    for (std::size_t phase = 0; phase < 3; ++phase) {
        const json& one = value.is_array() ? value[phase] : value;
        out[phase] = one.is_number() ? one.get<double>() / (value.is_array() ? 1.0 : 3.0) : 0.0;
    }
    return out;
}

double sum(const std::array<double, 3>& x) { return x[0] + x[1] + x[2]; }

/// One load of the file that draws.
struct Part {
    std::string component;
    int node = 0, type = 0;
    std::array<double, 3> p{}, q{};
    json row;

    /// What two loads must share to be parts of one customer.
    [[nodiscard]] auto kind() const { return std::tuple(component, std::array{p[0] != 0.0, p[1] != 0.0, p[2] != 0.0}); }
};

class Places {
public:
    Places(const FeederDocument& feeder, const FeederFacts& facts, const Street& habits)
        : feeder_(feeder), facts_(facts), habits_(habits), data_(feeder.data()) {
        for (const json& node : feeder.rows("node"))
            u_rated_[node["id"].get<int>()] = number_of(node, "u_rated", 0.0);
    }

    /// Leaves out of the feeder what gives or draws nothing in the evening.
    void quiet() {
        const std::set<int> dead(facts_.dead_nodes.begin(), facts_.dead_nodes.end());
        std::size_t n_off = 0, n_dead = 0, n_zero = 0, n_negative = 0;
        for (const char* component : {"sym_load", "asym_load"})
            for (const json& row : feeder_.rows(component)) {
                Part part{component,
                          *whole_of(row, "node"),
                          whole_of(row, "type").value_or(0),
                          by_phase_of(row, "p_specified"),
                          by_phase_of(row, "q_specified"),
                          row};
                if (!is_on(row, "status"))
                    ++n_off;
                else if (dead.contains(part.node))
                    ++n_dead;
                else if (std::ranges::all_of(part.p, [](double x) { return x == 0.0; }) && sum(part.q) == 0.0)
                    ++n_zero;
                else if (sum(part.p) < 0.0)
                    ++n_negative;
                else
                    parts_.push_back(std::move(part));
            }
        say(n_off, "switched off");
        say(n_dead, "at nodes without a source");
        say(n_zero, "zero");
        if (n_negative > 0)
            notes_.push_back(fmt::format("{} load{} below zero: generation, which gives nothing in the evening",
                                         n_negative, n_negative == 1 ? " is" : "s are"));
        drop_generation();
    }

    /// Customers in no particular order.
    void gather() {
        // The k-th load of each type of a node makes customer k, those that draw most first.
        std::ranges::stable_sort(parts_, {}, [](const Part& part) { return std::tuple(-sum(part.p), -sum(part.q)); });
        std::map<std::tuple<int, std::string, std::array<bool, 3>>, std::vector<std::size_t>> at;
        std::map<std::tuple<int, std::string, std::array<bool, 3>, int>, std::size_t> count;
        std::size_t n_medium = 0;
        for (const Part& part : parts_) {
            if (u_rated_[part.node] > low_voltage_v) {
                ++n_medium;
                continue;
            }
            const auto [component, phases] = part.kind();
            auto& here = at[{part.node, component, phases}];
            const std::size_t k = count[{part.node, component, phases, part.type}]++;
            if (k == here.size()) {
                here.push_back(customers_.size());
                customers_.push_back({part.node, phases, 0.0, 1});
                if (component == "sym_load" || sum(part.p) == 0.0) customers_.back().phases = {true, true, true};
            }
            customers_[here[k]].p_w += sum(part.p);
        }
        if (n_medium > 0)
            notes_.push_back(fmt::format("{} load{} above 1 kV: whole streets, where no car stands", n_medium,
                                         n_medium == 1 ? " is" : "s are"));
        std::size_t n_large = 0;
        for (FeederCustomer& customer : customers_) {
            if (customer.p_w > largest_connection_w) aggregate(customer);
            n_large += customer.p_w > largest_home_w && customer.p_w <= largest_connection_w ? 1 : 0;
        }
        if (n_large > 0)
            notes_.push_back(fmt::format("{} load{} more than a home's 3 x 63 A and {} taken as one customer", n_large,
                                         n_large == 1 ? " draws" : "s draw", n_large == 1 ? "is" : "are"));
    }

    /// Orders customers by what the feeder is, so that ids, rows and components in another order change nothing: in turn by
    /// node, nodes by their voltage with the loads of the file.
    void order(const FlowResult& flow) {
        const FlowComponent& nodes = *flow.find("node");
        std::map<int, std::vector<long long>> key;
        constexpr double resolution = 1e9; // far above the solver's tolerance, so equal nodes are equal
        for (std::size_t i = 0; i < nodes.id.size(); ++i)
            for (const char* column : {"u_pu", "u_angle"})
                for (std::size_t phase = 0; phase < nodes.find(column)->width; ++phase)
                    key[nodes.id[i]].push_back(-std::llround(resolution * 1e-3 * nodes.at(column, 0, i, phase)));
        std::ranges::stable_sort(customers_, {},
                                 [&](const FeederCustomer& c) { return std::tuple(key[c.node], -c.p_w, c.phases); });
        std::map<int, std::size_t> seen;
        std::vector<std::pair<std::size_t, FeederCustomer>> turns;
        for (const FeederCustomer& customer : customers_)
            turns.emplace_back(seen[customer.node]++, customer);
        std::ranges::stable_sort(turns, {}, &std::pair<std::size_t, FeederCustomer>::first);
        for (std::size_t i = 0; i < turns.size(); ++i)
            customers_[i] = turns[i].second;
    }

    [[nodiscard]] bool by_phase() const {
        return !feeder_.rows("asym_line").empty() ||
               std::ranges::any_of(parts_, [](const Part& part) { return part.component == "asym_load"; });
    }
    [[nodiscard]] bool has_voltage_regulators() const { return data_.contains("voltage_regulator"); }
    [[nodiscard]] const std::vector<FeederCustomer>& customers() const { return customers_; }
    [[nodiscard]] std::vector<std::string>& notes() { return notes_; }

    /// The feeder's text with a load of constant power for the cars of each customer, and the loads in its order.
    std::pair<std::string, std::vector<FeederLoads>> with_cars() {
        const std::string cars_at = by_phase() ? "asym_load" : "sym_load";
        std::vector<FeederLoads> loads;
        for (const char* component : {"sym_load", "asym_load"}) {
            FeederLoads all{component, component[0] == 'a' ? 3U : 1U, {}, {}, 0};
            json rows = json::array();
            for (const Part& part : parts_) {
                if (part.component != component) continue;
                rows.push_back(part.row);
                put(all, part.p, part.q);
            }
            if (component == cars_at) {
                for (const FeederCustomer& customer : customers_) {
                    const json zero = all.phases == 3 ? json{0, 0, 0} : json(0);
                    rows.push_back({{"id", fresh_id()},
                                    {"node", customer.node},
                                    {"status", 1},
                                    {"type", 0},
                                    {"p_specified", zero},
                                    {"q_specified", zero}});
                    put(all, {}, {});
                }
                all.n_cars = customers_.size();
            }
            data_.erase(component);
            if (rows.empty()) continue;
            data_[component] = std::move(rows);
            loads.push_back(std::move(all));
        }
        return {FeederDocument(data_).text(), loads};
    }

private:
    void say(std::size_t n, const char* what) {
        if (n > 0) notes_.push_back(fmt::format("{} load{} {}: no place for a car", n, n == 1 ? " is" : "s are", what));
    }
    void drop_generation() {
        double watts = 0.0;
        std::size_t n = 0;
        std::set<int> dropped;
        for (const char* component : {"sym_gen", "asym_gen"})
            for (const json& row : feeder_.rows(component)) {
                dropped.insert(row["id"].get<int>());
                const double p = sum(by_phase_of(row, "p_specified"));
                if (!is_on(row, "status") || p == 0.0) continue;
                watts += p, ++n;
            }
        data_.erase("sym_gen");
        data_.erase("asym_gen");
        for (const char* component : {"sym_load", "asym_load"})
            for (const json& row : feeder_.rows(component))
                if (std::ranges::none_of(parts_, [&](const Part& part) { return part.row["id"] == row["id"]; }))
                    dropped.insert(row["id"].get<int>());
        json kept = json::array();
        for (const json& row : feeder_.rows("voltage_regulator"))
            if (is_on(row, "status") && !dropped.contains(whole_of(row, "regulated_object").value_or(0)))
                kept.push_back(row);
        data_.erase("voltage_regulator");
        if (!kept.empty()) data_["voltage_regulator"] = std::move(kept);
        for (const char* idle : {"fault", "sym_voltage_sensor", "asym_voltage_sensor", "sym_power_sensor",
                                 "asym_power_sensor", "sym_current_sensor", "asym_current_sensor"})
            data_.erase(idle);
        if (n > 0)
            notes_.push_back(fmt::format("{} generator{} of {:.4g} kW together {} nothing in the evening", n,
                                         n == 1 ? "" : "s", watts / 1e3, n == 1 ? "gives" : "give"));
    }
    /// As many homes as draw the load's power together at their peak.
    void aggregate(FeederCustomer& customer) {
        const double kw = customer.p_w / 1e3;
        double homes = kw;
        constexpr int rounds = 30; // the peak a home falls slowly with their number, so this settles at once
        for (int i = 0; i < rounds; ++i)
            homes = homes * kw / std::ranges::max(habits_.homes_kw(homes, 1.0));
        customer.homes = std::max(1, static_cast<int>(std::lround(homes)));
        notes_.push_back(fmt::format("the load of {:.4g} kW at node {} is no single home: it stands for {} homes", kw,
                                     customer.node, customer.homes));
    }
    static void put(FeederLoads& to, const std::array<double, 3>& p, const std::array<double, 3>& q) {
        if (to.phases == 1) {
            to.p_w.push_back(sum(p)), to.q_var.push_back(sum(q));
        } else {
            to.p_w.insert(to.p_w.end(), p.begin(), p.end());
            to.q_var.insert(to.q_var.end(), q.begin(), q.end());
        }
    }
    int fresh_id() {
        if (taken_.empty())
            for (const auto& [component, rows] : feeder_.data().items())
                for (const json& row : rows)
                    taken_.insert(row["id"].get<int>());
        while (taken_.contains(next_id_))
            ++next_id_;
        return next_id_++;
    }

    const FeederDocument& feeder_;
    const FeederFacts& facts_;
    const Street& habits_;
    json data_;
    std::map<int, double> u_rated_;
    std::vector<Part> parts_;
    std::vector<FeederCustomer> customers_;
    std::vector<std::string> notes_;
    std::set<int> taken_;
    int next_id_ = 0;
};

/// A load or line by phase that counts: empty, zero and switched-off ones do not.
bool needs_phases(const FeederDocument& feeder) {
    return !feeder.rows("asym_line").empty() || std::ranges::any_of(feeder.rows("asym_load"), [](const json& row) {
        const auto p = by_phase_of(row, "p_specified"), q = by_phase_of(row, "q_specified");
        return is_on(row, "status") && (p != std::array<double, 3>{} || q != std::array<double, 3>{});
    });
}

} // namespace

std::unique_ptr<HostedFeeder> hosted_feeder(const std::string& text, const std::string& file, double frequency_hz,
                                            const Street& habits, Diagnostics& findings) {
    const auto feeder = FeederDocument::read(text, file, findings);
    if (!feeder) return nullptr;
    auto out = std::make_unique<HostedFeeder>();
    out->facts = check_feeder(*feeder, file, findings, {needs_phases(*feeder), false, false});
    if (findings.has_errors()) return nullptr;
    Places places(*feeder, out->facts, habits);
    places.quiet();
    places.gather();
    if (places.customers().empty()) {
        std::string why;
        for (const std::string& note : places.notes())
            why += (why.empty() ? "" : "; ") + note;
        findings.error({file, 0, 0, 0}, "E0402", "the feeder has no load where a car could stand",
                       why.empty() ? "cars stand at the loads of homes: sym_load, asym_load" : why);
        return nullptr;
    }
    out->by_phase = places.by_phase();
    out->frequency_hz = frequency_hz;
    if (places.has_voltage_regulators()) out->method = FlowMethod::newton_raphson;
    FlowOptions options;
    options.symmetric = !out->by_phase;
    options.wanted = {{"node", "u_pu"}, {"node", "u_angle"}};
    const auto as_it_is = PowerFlow::make(places.with_cars().first, file, frequency_hz, findings);
    if (!as_it_is) return nullptr;
    const FlowResult flow = as_it_is->solve(options);
    if (!flow.failed.empty()) {
        findings.error({file, 0, 0, 0}, "E0412",
                       fmt::format("the feeder has no power flow with its own loads: {}", flow.failed.front().message),
                       "without one nothing can be said of cars");
        return nullptr;
    }
    places.order(flow);
    std::tie(out->text, out->loads) = places.with_cars();
    out->customers = places.customers();
    out->notes = places.notes();
    for (std::size_t i = 0; i < out->customers.size(); ++i)
        out->home_of.insert(out->home_of.end(), static_cast<std::size_t>(out->customers[i].homes), i);
    constexpr std::size_t most_homes = 2000; // a street has tens, a station's area hundreds
    if (out->n_homes() > most_homes) {
        findings.error({file, 0, 0, 0}, "E0402",
                       fmt::format("its loads stand for {} homes: that is no feeder of a street", out->n_homes()),
                       "cars are placed at homes one by one; give the loads of one low-voltage network");
        return nullptr;
    }
    return out;
}

} // namespace autarky::grid
