// autarky: the cheapest way to make a feeder carry a number of cars: transformer, lines, managed charging.
// SPDX-License-Identifier: Apache-2.0
#include "grid/hosting/feeder_remedy.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <map>

#include "core/finance.hpp"
#include "grid/feeder/feeder_rows.hpp"
#include "grid/feeder/flow_summary.hpp"

namespace autarky::grid {
namespace {

using nlohmann::json;

constexpr double ohm_a_m = 0.206e-3;

/// The rows of one component of a feeder.
class Rows {
public:
    Rows(json& document, const char* component) {
        json& data = document["data"];
        if (data.contains(component)) rows_ = &data[component];
    }
    [[nodiscard]] std::size_t size() const { return rows_ ? rows_->size() : 0; }
    [[nodiscard]] double get(std::size_t row, const char* key) const { return number_of((*rows_)[row], key, 0.0); }
    void scale(std::size_t row, const char* key, double factor) {
        json& at = (*rows_)[row];
        if (at.contains(key)) at[key] = number_of(at, key, 0.0) * factor;
    }

private:
    json* rows_ = nullptr;
};

/// Standard rating `steps` above `kva`; 0 when the list ends.
double larger(const Points& list, double kva, int steps) {
    for (const auto& [rating, usd] : list)
        if (rating > kva * 1.001 && --steps == 0) return rating;
    return 0.0;
}

class Search {
public:
    Search(const HostedFeeder& feeder, const Street& habits, const HostingLimits& limits, const FeederHosting& how,
           int cars, const UpgradeCosts& costs, double price_factor)
        : feeder_(feeder),
          document_(json::parse(feeder.text)),
          habits_(habits),
          limits_(limits),
          how_(how),
          cars_(cars),
          costs_(costs),
          price_factor_(price_factor) {}

    FeederMitigation run(const std::string& file, Diagnostics& findings, const Watched& watched) {
        if (!rank_lines(file, findings)) return {};
        std::vector<FeederRemedy> all;
        for (const int sizes : {0, 1, 2})
            for (const double share : {0.0, 0.1, 0.25, 0.5, 1.0})
                for (const bool managed : {false, true}) {
                    FeederRemedy remedy;
                    remedy.sizes_up = sizes, remedy.lines_share = share, remedy.managed = managed;
                    if (price(remedy)) all.push_back(remedy);
                }
        std::ranges::stable_sort(all, {}, &FeederRemedy::annualised_usd);
        FeederMitigation out;
        const auto placements = static_cast<std::uint64_t>(how_.placements);
        for (FeederRemedy& remedy : all) {
            bool is_stopped = false;
            const auto each = [&](std::uint64_t done, std::uint64_t) {
                is_stopped = watched && watched(out.trail.size() * placements + done, all.size() * placements);
                return is_stopped;
            };
            if (!judge(remedy, file, findings, each) || is_stopped) return {};
            out.trail.push_back(remedy);
            if (remedy.clears) break;
        }
        out.needed = !out.trail.front().clears;
        return out;
    }

private:
    /// Lines by voltage drop times loading in one flow with the loads of the file.
    bool rank_lines(const std::string& file, Diagnostics& findings) {
        const auto flow = PowerFlow::make(feeder_.text, file, feeder_.frequency_hz, findings);
        if (!flow) return false;
        FlowOptions options;
        options.symmetric = !feeder_.by_phase;
        const FlowResult result = flow->solve(options);
        if (!result.failed.empty()) {
            findings.error({file, 0, 0, 0}, "E0412",
                           "the feeder has no power flow with its own loads: " + result.failed.front().message);
            return false;
        }
        Rows lines(document_, "line");
        std::vector<double> weight(lines.size(), 0.0);
        const FlowComponent* found = result.find("line");
        for (std::size_t i = 0; found && i < lines.size(); ++i) {
            double current = 0.0;
            for (std::size_t phase = 0; phase < found->find("i_from")->width; ++phase)
                current = std::max(current, found->at("i_from", 0, i, phase));
            const double loading = found->at("loading", 0, i);
            weight[i] = current * lines.get(i, "r1") * (0.2 + (std::isfinite(loading) ? loading : 0.0));
        }
        order_.resize(lines.size());
        for (std::size_t i = 0; i < order_.size(); ++i)
            order_[i] = i;
        std::ranges::stable_sort(order_, [&](std::size_t a, std::size_t b) { return weight[a] > weight[b]; });
        return true;
    }
    [[nodiscard]] std::size_t n_lines(double share) const {
        return static_cast<std::size_t>(std::ceil(share * static_cast<double>(order_.size())));
    }
    bool price(FeederRemedy& remedy) {
        double works = 0.0;
        Rows units(document_, "transformer"), lines(document_, "line");
        for (std::size_t i = 0; remedy.sizes_up > 0 && i < units.size(); ++i) {
            const double rating = larger(costs_.unit_usd, units.get(i, "sn") / 1e3, remedy.sizes_up);
            if (rating <= 0.0) return false;
            works += between(costs_.unit_usd, rating);
        }
        if (remedy.sizes_up > 0 && works <= 0.0) return false;
        if (remedy.lines_share > 0.0 && order_.empty()) return false;
        for (std::size_t i = 0; i < n_lines(remedy.lines_share); ++i)
            remedy.line_m += lines.get(order_[i], "r1") / ohm_a_m;
        const double cables = remedy.line_m * costs_.line_usd_a_m;
        remedy.capex_usd = (works + cables) * price_factor_;
        const double recovery =
            capital_recovery<double>(PerYear<double>(costs_.rate), Duration<double>(costs_.life_years)).raw();
        remedy.annualised_usd =
            remedy.capex_usd * recovery + (remedy.managed ? cars_ * costs_.managed_usd_a_car_year : 0.0);
        return true;
    }
    [[nodiscard]] std::string text_with(const FeederRemedy& remedy) const {
        json document = document_;
        Rows units(document, "transformer"), lines(document, "line");
        for (std::size_t i = 0; remedy.sizes_up > 0 && i < units.size(); ++i) {
            const double now = units.get(i, "sn") / 1e3;
            const double factor = larger(costs_.unit_usd, now, remedy.sizes_up) / now;
            for (const char* key : {"sn", "pk", "p0"})
                units.scale(i, key, factor);
        }
        for (std::size_t i = 0; i < n_lines(remedy.lines_share); ++i) {
            for (const char* key : {"r1", "x1", "r0", "x0"})
                lines.scale(order_[i], key, 0.5);
            for (const char* key : {"c1", "c0", "i_n"})
                lines.scale(order_[i], key, 2.0);
        }
        return document.dump();
    }
    bool judge(FeederRemedy& remedy, const std::string& file, Diagnostics& findings, const Watched& watched) const {
        HostedFeeder changed = feeder_;
        changed.text = text_with(remedy);
        for (auto& [id, rated] : changed.facts.rated_a)
            scale_rating(id, rated, remedy);
        FeederHosting how = how_;
        if (!remedy.managed) how.managed_share = 0.0;
        const HostingResult result = host_feeder(changed, habits_, limits_, how, file, findings, watched);
        if (findings.has_errors()) return false;
        remedy.first = result.any().first();
        remedy.clears = result.any().at_once == 0 && remedy.first >= cars_;
        std::map<std::string, int> stops;
        for (const std::string& name : result.binding)
            ++stops[name];
        for (const auto& [name, n] : stops)
            if (remedy.binding.empty() || n > stops[remedy.binding]) remedy.binding = name;
        return true;
    }
    /// A larger unit has the rated currents of its size.
    void scale_rating(int id, std::vector<double>& rated, const FeederRemedy& remedy) const {
        if (remedy.sizes_up == 0) return;
        for (const json& unit : document_["data"].value("transformer", json::array()))
            if (whole_of(unit, "id") == id)
                for (double& ampere : rated) {
                    const double now = number_of(unit, "sn", 0.0) / 1e3;
                    ampere *= larger(costs_.unit_usd, now, remedy.sizes_up) / now;
                }
    }

    const HostedFeeder& feeder_;
    json document_;
    const Street& habits_;
    HostingLimits limits_;
    FeederHosting how_;
    int cars_;
    const UpgradeCosts& costs_;
    double price_factor_;
    std::vector<std::size_t> order_;
};

} // namespace

std::string FeederRemedy::text() const {
    std::string out;
    const auto add = [&out](const std::string& part) { out += out.empty() ? part : " + " + part; };
    if (sizes_up == 1) add("larger transformer");
    if (sizes_up == 2) add("transformer two sizes larger");
    if (lines_share > 0.0) add(fmt::format("{:.0f} m of parallel line", line_m));
    if (managed) add("managed charging");
    return out.empty() ? "nothing" : out;
}

FeederMitigation cheapest_feeder_remedy(const HostedFeeder& feeder, const Street& habits, const HostingLimits& limits,
                                        const FeederHosting& how, int cars, const UpgradeCosts& costs,
                                        double price_factor, const std::string& file, Diagnostics& findings,
                                        const Watched& watched) {
    return Search(feeder, habits, limits, how, cars, costs, price_factor).run(file, findings, watched);
}

} // namespace autarky::grid
