// autarky: evaluates changed cases sample by sample.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/samples.hpp"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>

#include "model/bound_scenario.hpp"
#include "model/simulate.hpp"

namespace autarky::analysis {
namespace {

/// The simulation in lanes, for the value alone.
class ValueEvaluator {
public:
    explicit ValueEvaluator(const Loaded& loaded) : bound_(loaded.scenario), simulation_(bound_.scenario()) {
        simulation_.leave_out_reports();
    }
    Lanes value(const std::vector<Lanes>& inputs, double demand) {
        bound_.set([&](std::size_t row) { return inputs[row]; });
        simulation_.scale_demand(demand);
        return simulation_.run().npv.raw();
    }

private:
    model::BoundScenario<Lanes> bound_;
    model::Simulation<Lanes> simulation_;
};

void change(std::vector<Lanes>& values, const ChangedCase& to, const Inputs& inputs) {
    for (const auto& one : to.changes)
        for (const std::size_t row : one.rows) {
            if (one.kind == InputChange::Kind::set) {
                values[row] = Lanes(one.value);
                continue;
            }
            const bool multiplies = one.kind == InputChange::Kind::multiply;
            const Lanes moved = multiplies ? values[row] * Lanes(one.value) : values[row] + Lanes(one.value);
            const auto& d = inputs.rows[row].distribution;
            values[row] = min(max(moved, Lanes(d.low)), Lanes(d.high));
        }
}

} // namespace

std::vector<std::size_t> rows_of_path(const Inputs& inputs, std::string_view path) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < inputs.rows.size(); ++i) {
        const std::string_view name = inputs.rows[i].path;
        const bool is_knot = name.size() > path.size() && name.starts_with(path) && name[path.size()] == '[';
        if (name == path || is_knot) out.push_back(i);
    }
    return out;
}

std::vector<std::string_view> paths_of(const Inputs& inputs) {
    std::vector<std::string_view> out;
    for (const auto& row : inputs.rows) {
        const std::string_view path = std::string_view(row.path).substr(0, row.path.find('['));
        if (out.empty() || out.back() != path) out.push_back(path);
    }
    return out;
}

namespace {

/// Asked between blocks of samples: true ends the work.
using Stop = std::function<bool(std::uint64_t done, std::uint64_t of)>;

/// Samples that are finished without a gap from the first one, by how many of each chunk are.
std::size_t finished_prefix(const std::vector<std::size_t>& of_chunk) {
    std::size_t out = 0;
    for (const std::size_t n : of_chunk) {
        out += n;
        if (n < engine::chunk_size) break;
    }
    return out;
}

/// How samples are drawn.
struct Drawing {
    std::uint64_t seed;
    engine::Sampling sampling = engine::usual_sampling;
};

/// Calls work(chunk's own worker, drawn inputs, first sample, how many) for every group of lanes, chunks on all threads in
/// ascending order. `given`: they stand where these draws say, else they are drawn by `how`. The samples that are finished: all, or after a stop the first ones, of which there are some.
template <class MakeWorker, class Work>
std::size_t for_each_group(const ScenarioModel& model, std::size_t samples, const Drawing& how, unsigned threads,
                           const Stop& stop, std::size_t first_chunk, MakeWorker&& make_worker, Work&& work,
                           const std::vector<engine::Draws>* given = nullptr) {
    const auto sampler = engine::sampler_of(model, how.seed, how.sampling);
    const std::size_t chunks = (samples + engine::chunk_size - 1) / engine::chunk_size;
    std::vector<std::size_t> finished(chunks, 0);
    std::atomic<std::size_t> next{0};
    std::atomic<std::uint64_t> done{0};
    std::atomic<bool> is_stopped{false};
    std::mutex asking;
    const auto next_chunk = [&](std::size_t /*in whatever order*/) {
        const std::size_t chunk = next++;
        if (is_stopped && chunk > 0) return;
        auto worker = make_worker();
        engine::Draws own;
        if (given == nullptr) sampler.draw(first_chunk + chunk, own);
        const auto& draws = given == nullptr ? own : (*given)[chunk];
        std::vector<Lanes> drawn(model.inputs().rows.size());
        sampler.write_constants(drawn.data());
        for (std::size_t group = 0; group < engine::groups_a_chunk; ++group) {
            const std::size_t first = chunk * engine::chunk_size + group * Lanes::width;
            if (first >= samples) break;
            sampler.write_values(draws, group, drawn.data());
            const std::size_t n = std::min(Lanes::width, samples - first);
            work(worker, drawn, first, n);
            finished[chunk] += n;
            done += n;
            const std::scoped_lock lock(asking);
            if (stop && stop(done, samples)) is_stopped = true;
            if (is_stopped) return;
        }
    };
    oneapi::tbb::task_arena arena(threads == 0 ? oneapi::tbb::task_arena::automatic : static_cast<int>(threads));
    arena.execute([&] { oneapi::tbb::parallel_for(std::size_t{0}, chunks, next_chunk); });
    return finished_prefix(finished);
}

void keep_first(std::vector<std::vector<double>>& values, std::size_t n) {
    for (auto& row : values)
        row.resize(n);
}

constexpr double none = std::numeric_limits<double>::quiet_NaN();

} // namespace

std::vector<std::vector<double>> values_of_cases(const ScenarioModel& model, const std::vector<ChangedCase>& cases,
                                                 std::size_t samples, std::uint64_t seed, unsigned threads,
                                                 const Stop& stop, engine::Sampling sampling) {
    std::vector<std::vector<double>> out(cases.size(), std::vector<double>(samples, none));
    const Stop of_cases = [&](std::uint64_t done, std::uint64_t of) {
        return stop && stop(done * cases.size(), of * cases.size());
    };
    const std::size_t finished = for_each_group(
        model, samples, {seed, sampling}, threads, of_cases, 0, [&] { return ValueEvaluator(model.loaded()); },
        [&](ValueEvaluator& evaluator, const std::vector<Lanes>& drawn, std::size_t first, std::size_t n) {
            std::vector<Lanes> changed;
            for (std::size_t c = 0; c < cases.size(); ++c) {
                changed = drawn;
                change(changed, cases[c], model.inputs());
                const Lanes value = evaluator.value(changed, cases[c].demand);
                for (std::size_t lane = 0; lane < n; ++lane)
                    out[c][first + lane] = value[lane];
            }
        });
    keep_first(out, finished);
    return out;
}

std::vector<std::vector<double>> values_of_columns(const ScenarioModel& model, const std::vector<std::size_t>& columns,
                                                   std::size_t samples, std::uint64_t seed, unsigned threads,
                                                   const Stop& stop, std::size_t first_sample,
                                                   engine::Sampling sampling) {
    assert(first_sample % engine::chunk_size == 0);
    std::vector<std::vector<double>> out(columns.size(), std::vector<double>(samples, none));
    const SelectedColumns selected(model, columns);
    const std::size_t finished = for_each_group(
        model, samples, {seed, sampling}, threads, stop, first_sample / engine::chunk_size,
        [&] { return selected.evaluator(); },
        [&](const std::unique_ptr<engine::Evaluator>& evaluator, const std::vector<Lanes>& drawn, std::size_t first,
            std::size_t n) {
            std::vector<Lanes> values(columns.size());
            unsigned failed = 0;
            evaluator->evaluate(drawn.data(), values.data(), failed);
            for (std::size_t c = 0; c < columns.size(); ++c)
                for (std::size_t lane = 0; lane < n; ++lane)
                    out[c][first + lane] = (failed >> lane & 1U) != 0 ? none : values[c][lane];
        });
    keep_first(out, finished);
    return out;
}

namespace {

std::vector<std::vector<double>> read_all(const ScenarioModel& model, const FigureReading& reading, std::size_t samples,
                                          std::uint64_t seed, unsigned threads, const Stop& stop,
                                          const std::vector<engine::Draws>* given) {
    struct Worker {
        explicit Worker(const SelectedColumns& selected, const Loaded& loaded)
            : evaluator(selected.evaluator()), bound(std::make_unique<model::BoundScenario<Lanes>>(loaded.scenario)) {}
        std::unique_ptr<engine::Evaluator> evaluator;
        std::unique_ptr<model::BoundScenario<Lanes>> bound;
    };
    std::vector<std::vector<double>> out(reading.figures, std::vector<double>(samples, none));
    const SelectedColumns selected(model, reading.columns);
    const std::size_t finished = for_each_group(
        model, samples, {seed}, threads, stop, 0, [&] { return Worker(selected, model.loaded()); },
        [&](Worker& worker, const std::vector<Lanes>& drawn, std::size_t first, std::size_t n) {
            std::vector<Lanes> values(reading.columns.size()), made(reading.figures);
            unsigned failed = 0;
            worker.evaluator->evaluate(drawn.data(), values.data(), failed);
            worker.bound->set([&](std::size_t row) { return drawn[row]; });
            reading.read(worker.bound->scenario(), drawn.data(), values.data(), made.data());
            for (std::size_t k = 0; k < reading.figures; ++k)
                for (std::size_t lane = 0; lane < n; ++lane)
                    out[k][first + lane] = (failed >> lane & 1U) != 0 ? none : made[k][lane];
        },
        given);
    keep_first(out, finished);
    return out;
}

} // namespace

std::vector<std::vector<double>> values_read(const ScenarioModel& model, const std::vector<std::size_t>& columns,
                                             std::size_t figures, const ReadFigures& read, std::size_t samples,
                                             std::uint64_t seed, unsigned threads, const Stop& stop) {
    return read_all(model, {columns, figures, read}, samples, seed, threads, stop, nullptr);
}

std::vector<std::vector<double>> values_read_at(const ScenarioModel& model, const FigureReading& reading,
                                                const std::vector<engine::Draws>& draws, std::uint64_t seed,
                                                unsigned threads, const Stop& stop) {
    return read_all(model, reading, draws.size() * engine::chunk_size, seed, threads, stop, &draws);
}

std::vector<std::vector<double>> scores_of(const engine::Sampler& sampler, const std::vector<std::size_t>& streams,
                                           const std::vector<std::size_t>& futures) {
    std::vector<std::vector<double>> out(streams.size());
    for (auto& scores : out)
        scores.reserve(futures.size());
    engine::Draws draws;
    std::optional<std::size_t> drawn;
    for (const auto future : futures) {
        const std::size_t chunk = future / engine::chunk_size;
        if (drawn != chunk) sampler.draw(chunk, draws);
        drawn = chunk;
        for (std::size_t k = 0; k < streams.size(); ++k)
            out[k].push_back(draws.scores[streams[k] * engine::chunk_size + future % engine::chunk_size]);
    }
    return out;
}

namespace {

/// Adds eight samples, `n` of which are there, each of the weight `weights[k]` and the value `value[k]`.
void add_moments(InputMoments& out, const std::vector<Lanes>& drawn, const double* weights, const double* value,
                 std::size_t n) {
    for (std::size_t row = 0; row < drawn.size(); ++row) {
        const auto values = drawn[row].array();
        for (std::size_t lane = 0; lane < n; ++lane) {
            const double weighed = weights[lane] * values[lane];
            out.mean[row] += weighed;
            out.square[row] += weighed * values[lane];
            out.product[row] += weighed * value[lane];
        }
    }
}

/// Sums over weighted samples. One thread: they then have one order.
std::vector<InputMoments> moments(const ScenarioModel& model, const std::vector<std::vector<double>>& weightings,
                                  const std::vector<double>& value, std::uint64_t seed,
                                  const std::vector<engine::Draws>* given) {
    const std::vector<double> nothing(model.inputs().rows.size(), 0.0);
    std::vector<InputMoments> out(weightings.size(), {nothing, nothing, nothing});
    struct Nothing {};
    static_cast<void>(for_each_group(
        model, value.size(), {seed}, 1, {}, 0, [] { return Nothing{}; },
        [&](Nothing& /*none*/, const std::vector<Lanes>& drawn, std::size_t first, std::size_t n) {
            for (std::size_t w = 0; w < weightings.size(); ++w)
                add_moments(out[w], drawn, weightings[w].data() + first, value.data() + first, n);
        },
        given));
    return out;
}

} // namespace

std::vector<InputMoments> weighted_moments(const ScenarioModel& model,
                                           const std::vector<std::vector<double>>& weightings,
                                           const std::vector<double>& value, std::uint64_t seed) {
    return moments(model, weightings, value, seed, nullptr);
}

InputMoments moments_of(const ScenarioModel& model, const std::vector<engine::Draws>& draws,
                        const std::vector<double>& value, std::uint64_t seed) {
    const std::size_t n = draws.size() * engine::chunk_size;
    const std::vector<double> alike(n, 1.0 / static_cast<double>(n));
    return std::move(moments(model, {alike}, value, seed, &draws).front());
}

} // namespace autarky::analysis
