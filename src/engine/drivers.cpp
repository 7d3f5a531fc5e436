// autarky: how much of a result's variance each input drives.
// SPDX-License-Identifier: Apache-2.0
#include "engine/drivers.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <span>

#include "engine/sampler.hpp"
#include "engine/sobol.hpp"

namespace autarky::engine {
namespace {

__extension__ using UInt128 = unsigned __int128;
__extension__ using Int128 = __int128;

constexpr double clip = largest_quantum;
constexpr int pilot_bits = 20; ///< quanta in the largest deviation of the first samples, as a power of two

std::size_t power(std::size_t base, std::size_t exponent) {
    std::size_t result = 1;
    for (std::size_t k = 0; k < exponent; ++k)
        result *= base;
    return result;
}

template <class AnyBin> void add_bins(std::vector<AnyBin>& to, const std::vector<AnyBin>& from) {
    for (std::size_t k = 0; k < to.size(); ++k)
        to[k] += from[k];
}

void add_to(TailBin& bin, std::int64_t quanta) {
    constexpr std::int64_t half = std::int64_t{1} << (square_shift - 1U);
    const std::int64_t coarse = (quanta + half) >> square_shift;
    bin.sum += quanta;
    ++bin.count;
    bin.squares += static_cast<std::uint64_t>(coarse * coarse);
}

template <class AnyBin> double mean_of(std::span<const AnyBin> bins) {
    double n = 0.0, sum = 0.0;
    for (const AnyBin& bin : bins)
        n += static_cast<double>(bin.count), sum += static_cast<double>(bin.sum);
    return n > 0.0 ? sum / n : 0.0;
}

/// Sum over samples of the squared distance of their true bin mean from the mean of all bins, in quanta squared: the mean, over all
/// pairs of independent sets of samples, of the product of what both say of a bin. `bins` has those of one set after the other.
template <class AnyBin> double product_of_sets(std::span<const AnyBin> bins, std::size_t sets) {
    const std::size_t size = bins.size() / sets;
    std::vector<double> means;
    for (std::size_t set = 0; set < sets; ++set)
        means.push_back(mean_of(bins.subspan(set * size, size)));
    double out = 0.0;
    for (std::size_t k = 0; k < size; ++k) {
        double n = 0.0, filled = 0.0, sum = 0.0, squares = 0.0;
        for (std::size_t set = 0; set < sets; ++set) {
            const AnyBin& bin = bins[set * size + k];
            if (bin.count == 0) continue;
            const auto in_bin = static_cast<double>(bin.count);
            const double off = static_cast<double>(bin.sum) / in_bin - means[set];
            n += in_bin, filled += 1.0, sum += off, squares += off * off;
        }
        if (filled > 1.0) out += n * (sum * sum - squares) / (filled * (filled - 1.0));
    }
    return out;
}

/// Variance of the true bin means, in quanta squared: that of the observed ones less what the scatter within the bins
/// makes of it by chance.
double between_variance(const Bins& bins, double n, double mean, double sum_of_squares_about_mean) {
    double between = 0.0;
    double filled = 0.0;
    for (const Bin& bin : bins) {
        if (bin.count == 0) continue;
        const auto in_bin = static_cast<double>(bin.count);
        const double off = static_cast<double>(bin.sum) / in_bin - mean;
        between += in_bin * off * off;
        filled += 1.0;
    }
    if (n <= filled) return 0.0;
    const double within = (sum_of_squares_about_mean - between) / (n - filled);
    return (between - (filled - 1.0) * within) / n;
}

double between_variance(const Bins& bins, std::size_t sets, double n, double mean, double sum_of_squares_about_mean) {
    if (sets == 1) return between_variance(bins, n, mean, sum_of_squares_about_mean);
    return product_of_sets(std::span<const Bin>(bins), sets) / n;
}

/// Pairs of neighbouring bins joined, but for the outer two of either side: what those hide is told by the tails.
Bins joined_in_pairs(const Bins& bins, std::size_t sets) {
    Bins out;
    const std::size_t size = bins.size() / sets;
    for (std::size_t at = 0; at < bins.size(); ++at) {
        const std::size_t k = at % size;
        const bool joins = k % 2 == 1 && k != 1 && k + 1 != size;
        if (!joins) out.emplace_back();
        out.back() += bins[at];
    }
    return out;
}

/// First bins of groups of neighbouring ones of a tail, `step` at a time, and from the far end on until one holds what tells a
/// scatter. The far end comes first.
std::vector<std::size_t> groups_of(std::span<const TailBin> bins, std::size_t step, std::uint64_t least) {
    std::vector<std::size_t> out;
    std::uint64_t count = 0;
    for (std::size_t k = bins.size(); k-- > 0;) {
        count += bins[k].count;
        if (k % step != 0 || (count < least && k != 0)) continue;
        if (k == 0 && count < least && !out.empty()) out.pop_back(); // too few for a group of their own
        out.push_back(k);
        count = 0;
    }
    return out;
}

TailBins joined(std::span<const TailBin> bins, const std::vector<std::size_t>& groups) {
    TailBins out;
    std::size_t end = bins.size();
    for (const std::size_t first : groups) {
        out.emplace_back();
        for (std::size_t k = first; k < end; ++k)
            out.back() += bins[k];
        end = first;
    }
    return out;
}

/// Sum of squared distances of a bin's samples from their mean.
double scatter_of(const TailBin& bin) {
    if (bin.count < 2) return 0.0;
    const double per_square = std::ldexp(1.0, 2 * square_shift);
    const auto sum = static_cast<double>(bin.sum);
    return std::max(static_cast<double>(bin.squares) * per_square - sum * sum / static_cast<double>(bin.count), 0.0);
}

/// Sum over a tail's samples of the squared distance of their true bin mean from that of the tail.
double squares_within_tail(const TailBins& bins) {
    double n = 0.0, sum = 0.0;
    for (const TailBin& bin : bins)
        n += static_cast<double>(bin.count), sum += static_cast<double>(bin.sum);
    double out = 0.0;
    for (const TailBin& bin : bins) {
        const auto in_bin = static_cast<double>(bin.count);
        if (in_bin < 2.0) continue;
        const double off = static_cast<double>(bin.sum) / in_bin - sum / n;
        out += in_bin * off * off - scatter_of(bin) / (in_bin - 1.0) * (1.0 - in_bin / n);
    }
    return out;
}

/// A variance of bin means, and how much is inferred for what lies within the bins.
struct Inferred {
    double variance = 0.0, within = 0.0;
};

/// What bins tell as they become ever finer: what a bin hides falls with the square of its width, so the step from wide ones
/// to these tells it.
Inferred refined(double fine, double coarse) {
    const double within = (fine - coarse) / 3.0;
    return {fine + within, std::fabs(within)};
}

/// For 64 bins and the tails of the outer two. Of a result that is linear in the score 0.2 % of the share is missing; of a skewed
/// one what is missing falls with the samples in its tail, and `within` tells its size.
Inferred variance_by_score(const Bins& bins, std::size_t sets, const TailBins& tails, double n, double mean,
                           double sum_of_squares_about_mean) {
    Inferred out = refined(between_variance(bins, sets, n, mean, sum_of_squares_about_mean),
                           between_variance(joined_in_pairs(bins, sets), sets, n, mean, sum_of_squares_about_mean));
    for (std::size_t tail = 0; tail < n_tails; ++tail) {
        const auto of_set = [&](std::size_t set) {
            return std::span(tails).subspan((set * n_tails + tail) * n_tail_bins, n_tail_bins);
        };
        TailBins all(of_set(0).begin(), of_set(0).end());
        for (std::size_t set = 1; set < sets; ++set)
            for (std::size_t k = 0; k < n_tail_bins; ++k)
                all[k] += of_set(set)[k];
        const std::uint64_t least = sets == 1 ? 2 : 4 * sets; // most sets have some
        const auto squares = [&](std::size_t step) {
            const auto groups = groups_of(all, step, least);
            if (sets == 1) return squares_within_tail(joined(all, groups));
            TailBins apart;
            for (std::size_t set = 0; set < sets; ++set) {
                const TailBins of_one = joined(of_set(set), groups);
                apart.insert(apart.end(), of_one.begin(), of_one.end());
            }
            return product_of_sets(std::span<const TailBin>(apart), sets);
        };
        const auto more = refined(squares(1) / n, squares(2) / n);
        out.variance += more.variance;
        // The far end is as wide as its samples are few: what lies in it may be the input's or not.
        out.within += std::fabs(more.within) + scatter_of(joined(all, groups_of(all, 1, least)).front()) / n;
    }
    return out;
}

/// The grid summed over all dimensions but one.
Bins margin(const DriverTally& driver, std::size_t sets, std::size_t dimension) {
    Bins bins(driver.grid_side * sets);
    const std::size_t step = power(driver.grid_side, dimension), cells = driver.grid.size() / sets;
    for (std::size_t cell = 0; cell < driver.grid.size(); ++cell)
        bins[cell / cells * driver.grid_side + cell % cells / step % driver.grid_side] += driver.grid[cell];
    return bins;
}

} // namespace

std::pair<std::size_t, std::size_t> grid_shape(std::size_t n_streams) {
    constexpr std::array<std::size_t, 7> side{0, 0, 8, 4, 3, 2, 2};
    if (n_streams < 2) return {0, 0};
    return n_streams < side.size() ? std::pair{side[n_streams], n_streams} : std::pair<std::size_t, std::size_t>{2, 6};
}

Quantum Quantum::of(std::span<const double> first_values) {
    Quantum q;
    if (first_values.empty()) return q;
    double sum = 0.0;
    for (const double y : first_values)
        sum += y;
    q.pivot = sum / static_cast<double>(first_values.size());
    double largest = 0.0;
    for (const double y : first_values)
        largest = std::max(largest, std::fabs(y - q.pivot));
    q.exponent = largest > 0.0 ? std::ilogb(largest) - pilot_bits + 1 : -1000;
    q.exponent = std::max(q.exponent, -1000);
    return q;
}

DriverState DriverState::make(const Sampler& sampler, const std::vector<std::string>& stream_names, std::string column,
                              const Quantum& quantum) {
    DriverState state;
    state.column = std::move(column);
    state.quantum = quantum;
    if (sampler.sampling() == Sampling::sobol) state.scramblings.resize(n_scramblings);
    const auto add = [&](std::string name, std::vector<std::size_t> streams) {
        DriverTally driver{.name = std::move(name), .streams = std::move(streams)};
        driver.by_stream.assign(driver.streams.size(), Bins(n_score_bins * state.sets()));
        driver.tails.assign(driver.streams.size(), TailBins(n_tails * n_tail_bins * state.sets()));
        std::tie(driver.grid_side, driver.grid_dimensions) = grid_shape(driver.streams.size());
        if (driver.grid_side != 0) driver.grid.resize(power(driver.grid_side, driver.grid_dimensions) * state.sets());
        state.drivers.push_back(std::move(driver));
    };
    std::vector<bool> grouped(sampler.n_streams());
    for (const CorrelationGroup& group : sampler.groups()) {
        std::vector<std::size_t> members;
        bool used = false;
        for (const int stream : group.streams) {
            members.push_back(static_cast<std::size_t>(stream));
            grouped[members.back()] = true;
            used = used || sampler.is_used(members.back());
        }
        if (used) add(group.name, std::move(members));
    }
    for (std::size_t stream = 0; stream < sampler.n_streams(); ++stream)
        if (!grouped[stream] && sampler.is_used(stream)) add(stream_names[stream], {stream});
    return state;
}

void DriverState::add_block(const Draws& draws, std::span<const double> y, std::span<const std::uint8_t> places) {
    assert(y.size() == places.size() && y.size() <= chunk_size);
    std::array<std::int64_t, chunk_size> quanta;
    const double per_quantum = std::ldexp(1.0, -quantum.exponent);
    auto squares = UInt128{squares_high} << 64U | squares_low;
    for (std::size_t k = 0; k < y.size(); ++k) {
        const double scaled = (y[k] - quantum.pivot) * per_quantum;
        clipped += std::fabs(scaled) > clip ? 1 : 0;
        quanta[k] = std::llrint(std::clamp(scaled, -clip, clip));
        sum += quanta[k];
        squares += static_cast<UInt128>(quanta[k] * quanta[k]);
    }
    squares_low = static_cast<std::uint64_t>(squares);
    squares_high = static_cast<std::uint64_t>(squares >> 64U);
    count += y.size();
    if (!scramblings.empty()) // a chunk begins with the first of them
        for (std::size_t k = 0; k < y.size(); ++k)
            scramblings[scrambling_of(places[k])] += {quanta[k], 1, y[k] > 0.0 ? 1U : 0U};

    std::array<std::size_t, chunk_size> set{};
    if (sets() > 1)
        for (std::size_t k = 0; k < y.size(); ++k)
            set[k] = scrambling_of(places[k]) % sets();
    for (DriverTally& driver : drivers) {
        for (std::size_t member = 0; member < driver.streams.size(); ++member) {
            const std::uint8_t* const codes = &draws.bins[driver.streams[member] * chunk_size];
            Bin* const bins = driver.by_stream[member].data();
            for (std::size_t k = 0; k < y.size(); ++k) {
                const std::uint8_t code = codes[places[k]];
                Bin& bin = bins[set[k] * n_score_bins + bin_of(code)];
                bin.sum += quanta[k];
                ++bin.count;
                if (is_tail(code))
                    add_to(driver.tails[member][set[k] * n_tails * n_tail_bins + tail_bin_of(code)], quanta[k]);
            }
        }
        if (driver.grid_side == 0) continue;
        std::array<std::size_t, chunk_size> cell{};
        for (std::size_t k = 0; k < y.size(); ++k)
            cell[k] = set[k] * (driver.grid.size() / sets());
        std::size_t step = 1;
        for (std::size_t member = 0; member < driver.grid_dimensions; ++member, step *= driver.grid_side)
            for (std::size_t k = 0; k < y.size(); ++k)
                cell[k] += step * (bin_of(draws.bins[driver.streams[member] * chunk_size + places[k]]) *
                                   driver.grid_side / n_score_bins);
        for (std::size_t k = 0; k < y.size(); ++k) {
            driver.grid[cell[k]].sum += quanta[k];
            ++driver.grid[cell[k]].count;
        }
    }
}

void DriverState::add(const DriverState& other) {
    assert(drivers.size() == other.drivers.size());
    count += other.count;
    clipped += other.clipped;
    sum += other.sum;
    const auto squares =
        (UInt128{squares_high} << 64U | squares_low) + (UInt128{other.squares_high} << 64U | other.squares_low);
    squares_low = static_cast<std::uint64_t>(squares);
    squares_high = static_cast<std::uint64_t>(squares >> 64U);
    add_bins(scramblings, other.scramblings);
    for (std::size_t d = 0; d < drivers.size(); ++d) {
        for (std::size_t member = 0; member < drivers[d].by_stream.size(); ++member) {
            add_bins(drivers[d].by_stream[member], other.drivers[d].by_stream[member]);
            add_bins(drivers[d].tails[member], other.drivers[d].tails[member]);
        }
        add_bins(drivers[d].grid, other.drivers[d].grid);
    }
}

std::optional<ScramblingErrors> DriverState::errors() const {
    std::vector<double> means, shares;
    for (const ScramblingTally& tally : scramblings) {
        if (tally.count == 0) continue;
        const auto n = static_cast<double>(tally.count);
        means.push_back(std::ldexp(static_cast<double>(tally.sum) / n, quantum.exponent));
        shares.push_back(static_cast<double>(tally.positive) / n);
    }
    if (means.size() < 2) return std::nullopt;
    const auto error_of = [](const std::vector<double>& values) {
        const auto n = static_cast<double>(values.size());
        double mean = 0.0, squares = 0.0;
        for (const double x : values)
            mean += x / n;
        for (const double x : values)
            squares += (x - mean) * (x - mean);
        return std::sqrt(squares / (n * (n - 1.0)));
    };
    return ScramblingErrors{column, error_of(means), error_of(shares)};
}

std::vector<DriverShare> DriverState::shares() const {
    std::vector<DriverShare> out;
    if (count < 2) return out;
    const auto n = static_cast<double>(count);
    const double mean = static_cast<double>(sum) / n;
    const auto squares = UInt128{squares_high} << 64U | squares_low;
    const Int128 exact = static_cast<Int128>(squares) * static_cast<Int128>(count) - static_cast<Int128>(sum) * sum;
    const double about_mean = static_cast<double>(exact) / n;
    if (!(about_mean > 0.0)) return out;
    const double variance = about_mean / (n - 1.0);
    // 4/3 of the fine bins less 1/3 of the coarse, which are half as many and made of them: 16/9 - 4/9 + 1/18 of the variance.
    constexpr double of_refining = 25.0 / 18.0;
    // Products of sets scatter by n / (n - 1) of what bins of all samples do.
    const double of_sets = sets() == 1 ? 1.0 : 1.0 / static_cast<double>(sets() - 1);
    for (const DriverTally& driver : drivers) {
        double explained = 0.0, inferred = 0.0;
        double n_bins = 0.0;
        for (std::size_t member = 0; member < driver.by_stream.size(); ++member) {
            const Bins& bins = driver.by_stream[member];
            const auto of_stream = variance_by_score(bins, sets(), driver.tails[member], n, mean, about_mean);
            explained += of_stream.variance;
            inferred += of_stream.within;
            n_bins += of_sets * of_refining * static_cast<double>(bins.size() + driver.tails[member].size());
        }
        if (driver.grid_side != 0) {
            double joint = between_variance(driver.grid, sets(), n, mean, about_mean);
            for (std::size_t dimension = 0; dimension < driver.grid_dimensions; ++dimension)
                joint -= between_variance(margin(driver, sets(), dimension), sets(), n, mean, about_mean);
            explained += joint;
            n_bins += of_sets * static_cast<double>(driver.grid.size());
        }
        const double share = explained / variance;
        const double bounded = std::clamp(share, 0.0, 1.0), rest = 1.0 - bounded;
        // The second term is what bins of pure chance scatter by. It does not shrink with the share: of few samples a large one
        // may be chance alone.
        const double chance = (4.0 * bounded * rest * rest + 2.0 * n_bins / n) / n;
        const double of_bins = inferred / variance; // a law that need not hold: all that was inferred may be wrong
        out.push_back({driver.name, share, std::sqrt(chance + of_bins * of_bins)});
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
    return out;
}

} // namespace autarky::engine
