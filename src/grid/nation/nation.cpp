// autarky: from the street to the country: shares, counts and cost by penetration.
// SPDX-License-Identifier: Apache-2.0
#include "grid/nation/nation.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <numeric>
#include <span>
#include <thread>
#include <utility>

#include "grid/street/clustering.hpp"
#include "grid/street/diversity.hpp"

namespace autarky::grid {

SampledUnit sampled_unit(const std::vector<UnitType>& types, const StreetRegion& region, std::uint64_t seed,
                         std::size_t i, std::size_t n) {
    const Luck luck(seed);
    constexpr std::uint64_t which = 201, loaded = 202, devices = 203;
    double total = 0.0;
    for (const UnitType& type : types)
        total += type.weight;
    // Types in proportion, along the sample; utilisation by strata in a shuffled order (a lattice of golden ratio).
    double u = (static_cast<double>(i) + luck.uniform(i, which)) / static_cast<double>(n) * total;
    SampledUnit out;
    while (out.type + 1 < types.size() && u >= types[out.type].weight)
        u -= types[out.type++].weight;
    const UnitType& type = types[out.type];
    double lattice = 0.6180339887498949 * static_cast<double>(i) + luck.uniform(0, loaded);
    lattice -= std::floor(lattice);
    const double utilisation = between(region.utilisation, lattice);
    const double peak_kw = utilisation * type.rating_kva * type.home.power_factor;
    const double homes = homes_behind(peak_kw, type.home.peak_one_kw, type.home.peak_many_kw);
    out.homes = std::max(1.0, std::floor(homes + 0.5));
    out.base_scale =
        peak_kw / (out.homes * diversified_peak_kw(type.home.peak_one_kw, type.home.peak_many_kw, out.homes));
    out.places = std::max(1, static_cast<int>(std::floor(out.homes * type.cars_a_home + luck.uniform(i, loaded, 1))));
    out.luck = luck.uniform(i, devices);
    return out;
}

namespace {

/// What one unit shows at one penetration.
struct Shown {
    int cars = 0, robots = 0;
    double peak_pu = 0.0, hot_spot_c = 0.0, ageing = 0.0, peak_kva = 0.0, mean_kva = 0.0;
};

/// Units of one type that a thread ages together.
struct Group {
    static constexpr std::size_t most = 2 * Lanes::width; // few enough that those of a stopped study lie evenly
    std::size_t type = 0;
    std::vector<std::size_t> members;
};

/// A unit with the devices that it has at one penetration, or at several in a row: it is aged once.
struct Case {
    std::size_t member = 0; ///< of the group
    int cars = 0, robots = 0;
    std::size_t first = 0, last = 0; ///< penetrations
};

/// Step from one of `n` groups to the next so that the first ones, whatever their number, lie spread over all: some golden
/// ratio of them, without a common divisor.
std::size_t spreading_stride(std::size_t n) {
    auto stride = static_cast<std::size_t>(0.6180339887498949 * static_cast<double>(n));
    while (std::gcd(std::max<std::size_t>(stride, 1), n) > 1)
        ++stride;
    return std::max<std::size_t>(stride, 1);
}

/// Sum of many streets' loads by step in whole VA, so that no order of adding shows.
using Joint = std::vector<std::int64_t>;
constexpr double watts = 1000.0;

class Study {
public:
    Study(const StreetCatalogue& catalogue, const NationStudy& study)
        : study_(study), region_(catalogue.regions.at(study.region)), types_(catalogue.units_of(study.region)) {
        const auto n = static_cast<std::size_t>(study.units);
        for (const UnitType& type : types_)
            streets_.push_back(catalogue.street(type, study.seed, study.timer_share));
        for (std::size_t i = 0; i < n; ++i) {
            units_.push_back(sampled_unit(types_, region_, study.seed, i, n));
            if (groups_.empty() || groups_.back().type != units_[i].type ||
                groups_.back().members.size() == Group::most)
                groups_.push_back({units_[i].type, {}});
            groups_.back().members.push_back(i);
            auto& shape = shapes_[{units_[i].type, units_[i].homes}];
            if (shape.hours.empty()) shape = streets_[units_[i].type].homes_shape(units_[i].homes);
        }
        shown_.assign(study.penetrations.size(), std::vector<Shown>(n));
        joint_.assign(study.penetrations.size(), Joint(kinds_of_day * steps_a_day, 0));
    }

    NationResult run(const Watched& watched) {
        std::atomic<std::size_t> next{0};
        std::mutex adding;
        WatchedCount count(watched, units_.size());
        const std::size_t stride = spreading_stride(groups_.size());
        is_aged_.assign(groups_.size(), 0);
        const auto work = [&] {
            std::vector<Joint> mine(joint_.size(), Joint(kinds_of_day * steps_a_day, 0));
            for (std::size_t k = 0; !count.is_stopped() && (k = next.fetch_add(1)) < groups_.size();) {
                const std::size_t g = k * stride % groups_.size();
                age_group(g, mine);
                is_aged_[g] = 1;
                count.add(groups_[g].members.size());
            }
            const std::scoped_lock lock(adding);
            for (std::size_t k = 0; k < joint_.size(); ++k)
                for (std::size_t s = 0; s < joint_[k].size(); ++s)
                    joint_[k][s] += mine[k][s];
        };
        {
            std::vector<std::jthread> others;
            for (int i = 1; i < study_.threads; ++i)
                others.emplace_back(work);
            work();
        }
        if (count.is_stopped()) keep_aged();
        return units_.empty() ? NationResult{} : summed();
    }

private:
    /// Drops the units that were not aged.
    void keep_aged() {
        std::vector<std::size_t> kept;
        for (std::size_t g = 0; g < groups_.size(); ++g)
            if (is_aged_[g] != 0) kept.insert(kept.end(), groups_[g].members.begin(), groups_[g].members.end());
        std::sort(kept.begin(),
                  kept.end()); // each moves to a place that is its own or another's that has moved already
        for (std::size_t i = 0; i < kept.size(); ++i) {
            units_[i] = units_[kept[i]];
            for (auto& shown : shown_)
                shown[i] = shown[kept[i]];
        }
        units_.resize(kept.size());
    }

    /// Cases of a group, by unit.
    [[nodiscard]] std::vector<Case> cases_of(const Group& group) const {
        std::vector<Case> out;
        for (std::size_t m = 0; m < group.members.size(); ++m) {
            const SampledUnit& unit = units_[group.members[m]];
            for (std::size_t k = 0; k < study_.penetrations.size(); ++k) {
                const double p = study_.penetrations[k];
                const Case one{m, beta_binomial_quantile(unit.places, p, study_.clustering, unit.luck),
                               static_cast<int>(std::floor(p * study_.robots_a_home * unit.homes + unit.luck)), k, k};
                if (k > 0 && one.cars == out.back().cars && one.robots == out.back().robots)
                    out.back().last = k;
                else
                    out.push_back(one);
            }
        }
        return out;
    }

    void age_group(std::size_t g, std::vector<Joint>& joint) {
        const Group& group = groups_[g];
        const Street& street = streets_[group.type];
        std::vector<Drawn> drawn;
        for (const std::size_t i : group.members) {
            drawn.push_back(street.draw(i, units_[i].places));
            drawn.back().homes_kw = street.homes_kw(shapes_.at({group.type, units_[i].homes}), units_[i].base_scale);
        }
        const auto cases = cases_of(group);
        for (std::size_t first = 0; first < cases.size(); first += Lanes::width)
            age_cases(group, {cases.data() + first, std::min(cases.size() - first, Lanes::width)}, drawn, joint);
    }

    /// Up to as many cases as there are lanes; lanes that are left carry no load.
    void age_cases(const Group& group, std::span<const Case> cases, const std::vector<Drawn>& drawn,
                   std::vector<Joint>& joint) {
        const Street& street = streets_[group.type];
        const UnitType& type = types_[group.type];
        const std::size_t width = kinds_of_day * steps_a_day;
        std::vector<double> table(width * Lanes::width);
        std::array<Shown, Lanes::width> shown{};
        for (std::size_t lane = 0; lane < cases.size(); ++lane) {
            const Case& one = cases[lane];
            const SampledUnit& unit = units_[group.members[one.member]];
            const StreetLoad load = street.load(
                {unit.homes, one.cars, one.robots, unit.base_scale, study_.managed_share}, drawn[one.member]);
            shown[lane] = {one.cars, one.robots,    load.peak_kva / type.rating_kva, 0.0,
                           0.0,      load.peak_kva, street.yearly_mean(load.kva)};
            for (std::size_t s = 0; s < width; ++s)
                table[s * Lanes::width + lane] = load.kva[s] / type.rating_kva;
            add_joint(one, load, joint);
        }
        std::vector<Lanes> pu(width);
        for (std::size_t s = 0; s < width; ++s)
            pu[s] = Lanes::load(table.data() + s * Lanes::width);
        const AgedYear<Lanes> year = aged_year(in_lanes(type.heat), type.paper, street.plan(), pu);
        for (std::size_t lane = 0; lane < cases.size(); ++lane) {
            shown[lane].hot_spot_c = year.highest_hot_spot_c[lane];
            shown[lane].ageing = year.equivalent_factor[lane];
            for (std::size_t k = cases[lane].first; k <= cases[lane].last; ++k)
                shown_[k][group.members[cases[lane].member]] = shown[lane];
        }
    }
    static void add_joint(const Case& one, const StreetLoad& load, std::vector<Joint>& joint) {
        Joint va(load.kva.size());
        std::ranges::transform(load.kva, va.begin(),
                               [](double kva) { return static_cast<std::int64_t>(kva * watts + 0.5); });
        for (std::size_t k = one.first; k <= one.last; ++k)
            for (std::size_t s = 0; s < va.size(); ++s)
                joint[k][s] += va[s];
    }

    [[nodiscard]] NationResult summed() const {
        NationResult out;
        const auto n = static_cast<double>(units_.size());
        double homes = 0.0, kva = 0.0;
        for (const SampledUnit& unit : units_) {
            homes += unit.homes;
            kva += types_[unit.type].rating_kva;
        }
        out.sampled = static_cast<int>(units_.size());
        out.homes = region_.homes;
        out.homes_a_unit = homes / n;
        out.units = region_.homes / out.homes_a_unit;
        out.installed_kva = out.units * kva / n;
        double base_peak = 0.0, base_mean = 0.0, base_joint = 0.0;
        for (std::size_t k = 0; k < study_.penetrations.size(); ++k) {
            NationRow row;
            row.penetration = study_.penetrations[k];
            double peak = 0.0, mean = 0.0, cars = 0.0, robots = 0.0, added_kva = 0.0;
            for (std::size_t i = 0; i < units_.size(); ++i) {
                const Shown& s = shown_[k][i];
                const UnitType& type = types_[units_[i].type];
                row.over_rating += s.peak_pu > 1.0, row.over_125 += s.peak_pu > 1.25, row.over_150 += s.peak_pu > 1.5;
                row.hot_120 += s.hot_spot_c > 120.0, row.hot_140 += s.hot_spot_c > 140.0;
                row.ageing_fast += s.ageing > 1.0;
                row.over_limit += s.peak_pu > type.limit_pu;
                constexpr double shown_at_most = 20.0;
                row.mean_ageing += std::min(s.ageing, shown_at_most);
                const bool needs = s.peak_pu > type.limit_pu || s.hot_spot_c > 120.0 || s.ageing > 1.0;
                row.needs += needs;
                peak += s.peak_kva, mean += s.mean_kva, cars += s.cars, robots += s.robots;
                if (!needs) continue;
                constexpr double size_to = 0.75; // NREL DISCO's default for a new unit
                const double wanted = std::max(s.peak_kva / size_to, type.rating_kva * 1.25);
                added_kva += wanted - type.rating_kva;
                for (std::size_t c = 0; c < 3; ++c)
                    row.cost_usd[c] += unit_usd(wanted) * region_.costs.price_factor[c];
            }
            for (double* share : {&row.over_rating, &row.over_125, &row.over_150, &row.hot_120, &row.hot_140,
                                  &row.ageing_fast, &row.over_limit, &row.mean_ageing, &row.needs})
                *share /= n;
            row.share_error = std::sqrt(row.needs * (1.0 - row.needs) / n);
            row.needs_units = row.needs * out.units;
            for (double& cost : row.cost_usd)
                cost *= out.units / n;
            row.cars = cars / n * out.units;
            row.robots = robots / n * out.units;
            row.peak_kw_a_unit = peak / n;
            row.added_kva_share = added_kva / (out.installed_kva / out.units * n);
            const double joint = joint_peak(k);
            if (k == 0) base_peak = peak, base_mean = mean, base_joint = joint;
            if (cars > 0.0 && study_.penetrations.front() == 0.0) {
                row.added_kw_a_car = (peak - base_peak) / cars;
                row.average_kw_a_car = (mean - base_mean) / cars;
                row.system_kw_a_car = (joint - base_joint) / cars;
            }
            out.rows.push_back(row);
        }
        return out;
    }
    /// Highest quarter of an hour of all streets together: they share their calendar, a stand-in for one system.
    [[nodiscard]] double joint_peak(std::size_t k) const {
        return static_cast<double>(*std::ranges::max_element(joint_[k])) / watts;
    }
    /// Installed cost of `kva`, in several units when the list ends before it.
    [[nodiscard]] double unit_usd(double kva) const {
        const double largest = region_.costs.unit_usd.back().first;
        const double units = std::ceil(kva / largest);
        return units * between(region_.costs.unit_usd, kva / units);
    }

    const NationStudy& study_;
    const StreetRegion& region_;
    std::vector<UnitType> types_;
    std::vector<Street> streets_;
    std::vector<SampledUnit> units_;
    std::vector<Group> groups_;
    std::map<std::pair<std::size_t, double>, HomesShape> shapes_; ///< by type and number of homes
    std::vector<std::uint8_t> is_aged_;                           ///< [group], each written by one thread
    std::vector<std::vector<Shown>> shown_;                       ///< [penetration][unit]
    std::vector<Joint> joint_;                                    ///< [penetration]
};

} // namespace

NationResult study_nation(const StreetCatalogue& catalogue, const NationStudy& study, const Watched& watched) {
    return Study(catalogue, study).run(watched);
}

} // namespace autarky::grid
