// autarky: evaluates mixtures of futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/mixture.hpp"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>

#include "engine/sampler.hpp"
#include "input/support.hpp"

namespace autarky::analysis {
namespace {

using Stop = std::function<bool(std::uint64_t, std::uint64_t)>;

constexpr std::size_t masks_a_task = 64;
constexpr std::size_t second_chunk = (std::size_t{1} << 30U) / engine::chunk_size;

/// FreeDriver of each row, -1 for one that is certain.
std::vector<int> driver_of_rows(std::size_t rows, const std::vector<FreeDriver>& drivers) {
    std::vector<int> out(rows, -1);
    for (std::size_t d = 0; d < drivers.size(); ++d)
        for (const auto row : drivers[d].rows)
            out[row] = static_cast<int>(d);
    return out;
}

/// Both futures of the pairs of a chunk, one octet at a time.
class Pairs {
public:
    explicit Pairs(const engine::Sampler& sampler)
        : sampler_(sampler), first_(sampler.n_inputs()), second_(sampler.n_inputs()), mixed_(sampler.n_inputs()) {
        sampler_.write_constants(first_.data());
        sampler_.write_constants(second_.data());
    }
    void draw(std::size_t chunk) {
        sampler_.draw(chunk, first_draws_);
        sampler_.draw(chunk + second_chunk, second_draws_);
    }
    void take(std::size_t octet_of_chunk) {
        sampler_.write_values(first_draws_, octet_of_chunk, first_.data());
        sampler_.write_values(second_draws_, octet_of_chunk, second_.data());
    }
    const Lanes* mixed(const Mask& mask, const std::vector<int>& driver_of_row) {
        for (std::size_t row = 0; row < mixed_.size(); ++row) {
            const int driver = driver_of_row[row];
            mixed_[row] = driver >= 0 && mask[static_cast<std::size_t>(driver)] ? second_[row] : first_[row];
        }
        return mixed_.data();
    }

private:
    const engine::Sampler& sampler_;
    engine::Draws first_draws_, second_draws_;
    std::vector<Lanes> first_, second_, mixed_;
};

/// One column of a scenario.
class ScenarioMixtures {
public:
    ScenarioMixtures(const ScenarioModel& model, std::size_t column, const std::vector<FreeDriver>& drivers,
                     std::uint64_t seed, unsigned threads, Stop stop)
        : value_(model, {column}),
          sampler_(model.inputs(), seed), // random: both futures of a pair must be independent
          driver_of_row_(driver_of_rows(model.inputs().rows.size(), drivers)),
          threads_(threads),
          stop_(std::move(stop)) {}

    MixtureValues values(const MixtureRequest& asked) const {
        MixtureValues out(asked.masks, std::vector<double>(asked.pairs, std::numeric_limits<double>::quiet_NaN()));
        std::uint64_t done = 0; // under the lock, so that each amount is told once
        std::atomic<bool> is_stopped{false};
        std::mutex asking;
        // A task is some masks of a chunk: a screening has few pairs and many masks.
        const std::size_t chunks = (asked.pairs + engine::chunk_size - 1) / engine::chunk_size;
        const std::size_t blocks = (asked.masks + masks_a_task - 1) / masks_a_task;
        const auto task_of = [&](std::size_t task) {
            if (is_stopped) return;
            const std::size_t chunk = task / blocks, from = task % blocks * masks_a_task;
            const std::size_t to = std::min(from + masks_a_task, asked.masks);
            fill(chunk, from, to, asked, out);
            const std::scoped_lock lock(asking);
            done += (to - from) * std::min(engine::chunk_size, asked.pairs - chunk * engine::chunk_size);
            if (stop_ && stop_(done, asked.pairs * asked.masks)) is_stopped = true;
        };
        oneapi::tbb::task_arena arena(threads_ == 0 ? oneapi::tbb::task_arena::automatic : static_cast<int>(threads_));
        arena.execute([&] { oneapi::tbb::parallel_for(std::size_t{0}, chunks * blocks, task_of); });
        return is_stopped ? MixtureValues{} : out;
    }

private:
    /// The masks [from, to) of a chunk's pairs.
    void fill(std::size_t chunk, std::size_t from, std::size_t to, const MixtureRequest& asked,
              MixtureValues& out) const {
        const auto evaluator = value_.evaluator();
        Pairs pairs(sampler_);
        pairs.draw(chunk);
        for (std::size_t at = 0; at < engine::groups_a_chunk; ++at) {
            const std::size_t octet = chunk * engine::groups_a_chunk + at, first = octet * Lanes::width;
            if (first >= asked.pairs) return;
            pairs.take(at);
            for (std::size_t m = from; m < to; ++m) {
                Lanes value;
                unsigned failed = 0;
                evaluator->evaluate(pairs.mixed(asked.mask_of(octet, m), driver_of_row_), &value, failed);
                for (std::size_t lane = 0; lane < std::min(Lanes::width, asked.pairs - first); ++lane)
                    if ((failed >> lane & 1U) == 0) out[m][first + lane] = value[lane];
            }
        }
    }

    SelectedColumns value_;
    engine::Sampler sampler_;
    std::vector<int> driver_of_row_;
    unsigned threads_;
    Stop stop_;
};

} // namespace

std::vector<FreeDriver> drivers_of(const Inputs& inputs) {
    std::vector<FreeDriver> by_stream(inputs.streams.size());
    for (std::size_t row = 0; row < inputs.rows.size(); ++row) {
        const auto& input = inputs.rows[row];
        if (input.stream < 0 || input.distribution.family == Family::constant) continue;
        auto& one = by_stream[static_cast<std::size_t>(input.stream)];
        one.rows.push_back(row);
        one.is_luck = one.is_luck || is_luck(input);
    }
    std::vector<FreeDriver> out;
    for (const auto& group : inputs.groups) {
        FreeDriver one;
        one.name = group.name;
        one.is_group = true;
        one.members = group.streams.size();
        for (const int stream : group.streams) {
            auto& member = by_stream[static_cast<std::size_t>(stream)];
            one.rows.insert(one.rows.end(), member.rows.begin(), member.rows.end());
            member.rows.clear();
        }
        if (!one.rows.empty()) out.push_back(std::move(one));
    }
    for (std::size_t stream = 0; stream < by_stream.size(); ++stream) {
        auto& one = by_stream[stream];
        if (one.rows.empty()) continue;
        one.name = inputs.streams[stream];
        out.push_back(std::move(one));
    }
    return out;
}

Mixtures mixtures_of(const ScenarioModel& model, std::size_t column, const std::vector<FreeDriver>& drivers,
                     std::uint64_t seed, unsigned threads, Stop stop) {
    const auto mixtures =
        std::make_shared<const ScenarioMixtures>(model, column, drivers, seed, threads, std::move(stop));
    return [mixtures](const MixtureRequest& asked) { return mixtures->values(asked); };
}

Mixtures counted(Mixtures mixtures, EvaluationCount& count) {
    return [mixtures = std::move(mixtures), &count](const MixtureRequest& asked) {
        auto out = mixtures(asked);
        for (const auto& values : out) {
            count.evaluations += values.size();
            count.failed += static_cast<std::uint64_t>(
                std::count_if(values.begin(), values.end(), [](double value) { return !std::isfinite(value); }));
        }
        return out;
    };
}

} // namespace autarky::analysis
