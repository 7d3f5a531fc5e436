// autarky: from the street to the country: shares, counts and cost by penetration.
// SPDX-License-Identifier: Apache-2.0
#include "grid/nation/nation.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>
#include <thread>

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

/// A group of up to eight units of one type.
struct Group {
    std::size_t type = 0;
    std::vector<std::size_t> members;
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
                groups_.back().members.size() == Lanes::width)
                groups_.push_back({units_[i].type, {}});
            groups_.back().members.push_back(i);
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
        for (std::size_t i = 0; i < kept.size(); ++i) {
            units_[i] = units_[kept[i]];
            for (auto& shown : shown_)
                shown[i] = shown[kept[i]];
        }
        units_.resize(kept.size());
    }

    void age_group(std::size_t g, std::vector<Joint>& joint_load) {
        const Group& group = groups_[g];
        const Street& street = streets_[group.type];
        const UnitType& type = types_[group.type];
        std::vector<Drawn> drawn;
        for (const std::size_t i : group.members) {
            drawn.push_back(street.draw(i, units_[i].places));
            drawn.back().homes_kw = street.homes_kw(units_[i].homes, units_[i].base_scale);
        }
        const std::size_t width = kinds_of_day * steps_a_day;
        std::vector<double> table(width * Lanes::width);
        std::vector<Lanes> pu(width);
        const Iec60076<Lanes> unit = in_lanes(type.heat);
        for (std::size_t k = 0; k < study_.penetrations.size(); ++k) {
            const double p = study_.penetrations[k];
            Joint& joint = joint_load[k];
            for (std::size_t lane = 0; lane < Lanes::width; ++lane) {
                const std::size_t i = group.members[std::min(lane, group.members.size() - 1)];
                const SampledUnit& sampled = units_[i];
                Shown& shown = shown_[k][i];
                shown.cars = beta_binomial_quantile(sampled.places, p, study_.clustering, sampled.luck);
                shown.robots = static_cast<int>(std::floor(p * study_.robots_a_home * sampled.homes + sampled.luck));
                const StreetLoad load =
                    street.load({sampled.homes, shown.cars, shown.robots, sampled.base_scale, study_.managed_share},
                                drawn[std::min(lane, group.members.size() - 1)]);
                shown.peak_kva = load.peak_kva;
                shown.peak_pu = load.peak_kva / type.rating_kva;
                shown.mean_kva = street.yearly_mean(load.kva);
                for (std::size_t s = 0; s < width; ++s)
                    table[s * Lanes::width + lane] = load.kva[s] / type.rating_kva;
                if (lane < group.members.size())
                    for (std::size_t s = 0; s < width; ++s)
                        joint[s] += std::llround(load.kva[s] * watts);
            }
            for (std::size_t s = 0; s < width; ++s)
                pu[s] = Lanes::load(table.data() + s * Lanes::width);
            const AgedYear<Lanes> year = aged_year(unit, type.paper, street.plan(), pu);
            for (std::size_t lane = 0; lane < group.members.size(); ++lane) {
                Shown& shown = shown_[k][group.members[lane]];
                shown.hot_spot_c = year.highest_hot_spot_c[lane];
                shown.ageing = year.equivalent_factor[lane];
            }
        }
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
    std::vector<std::uint8_t> is_aged_;     ///< [group], each written by one thread
    std::vector<std::vector<Shown>> shown_; ///< [penetration][unit]
    std::vector<Joint> joint_;              ///< [penetration]
};

} // namespace

NationResult study_nation(const StreetCatalogue& catalogue, const NationStudy& study, const Watched& watched) {
    return Study(catalogue, study).run(watched);
}

} // namespace autarky::grid
