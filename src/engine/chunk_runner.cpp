// autarky: draws, evaluates and accumulates one chunk of samples.
// SPDX-License-Identifier: Apache-2.0
#include "engine/chunk_runner.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <new>

namespace autarky::engine {
namespace {

constexpr unsigned all_lanes = 0xff;
constexpr std::size_t cache_line = 64;

bool is_good(double x) { return std::fabs(x) < largest_result; }

} // namespace

LanesBuffer::LanesBuffer(std::size_t n)
    : data_(static_cast<Lanes*>(
          ::operator new(std::max<std::size_t>(n, 1) * sizeof(Lanes), std::align_val_t{cache_line}))) {
    std::uninitialized_fill_n(data_.get(), n, Lanes(0.0));
}
void LanesBuffer::Free::operator()(Lanes* p) const { ::operator delete(p, std::align_val_t{cache_line}); }

ChunkRunner::ChunkRunner(const Model& model, const Sampler& sampler, const Selection& selection, State state)
    : model_(model),
      sampler_(sampler),
      selection_(selection),
      n_columns_(model.columns().size()),
      stride_(n_columns_ | 1U),
      evaluator_(model.evaluator()),
      inputs_(sampler.n_inputs()),
      columns_(groups_a_chunk * stride_),
      state_(std::move(state)) {
    for (const Column& column : model.columns()) {
        is_optional_.push_back(column.optional);
        if (stretches_.empty() || stretches_.back().optional != column.optional)
            stretches_.push_back({0, column.optional});
        stretches_.back().end = is_optional_.size();
    }
    sampler.write_constants(inputs_.data());
}

ChunkRunner::GoodLanes ChunkRunner::evaluate(std::uint64_t chunk, std::uint64_t first, std::uint64_t end, bool note) {
    const std::uint64_t start = chunk * chunk_size;
    const auto from = static_cast<std::size_t>(std::max(first, start) - start);
    const auto to = static_cast<std::size_t>(std::min(end, start + chunk_size) - start);
    GoodLanes good{};
    sampler_.draw(chunk, draws_);
    for (std::size_t group = from / Lanes::width; group * Lanes::width < to; ++group) {
        sampler_.write_values(draws_, group, inputs_.data());
        unsigned flagged = 0;
        evaluator_->evaluate(inputs_.data(), columns_.data() + group * stride_, flagged);
        flagged_[group] = flagged & all_lanes;
        unsigned present = all_lanes;
        if (group == from / Lanes::width) present &= all_lanes << (from % Lanes::width);
        if (group == to / Lanes::width) present &= all_lanes >> (Lanes::width - to % Lanes::width);
        const unsigned failed = failed_lanes(group) & present;
        if (failed != 0 && note) note_failures(chunk, group, failed);
        good[group] = present & ~failed & all_lanes;
    }
    return good;
}

unsigned ChunkRunner::failed_lanes(std::size_t group) const {
    const Lanes* const columns = &column_of(group, 0);
    const Lanes limit = largest_result;
    LaneMask good = Lanes(0.0) == Lanes(0.0);
    std::size_t at = 0;
    for (const Stretch& stretch : stretches_) {
        if (stretch.optional)
            for (; at < stretch.end; ++at)
                good = good & !(abs(columns[at]) >= limit); // NaN passes
        else
            for (; at < stretch.end; ++at)
                good = good & (abs(columns[at]) < limit);
    }
    return flagged_[group] | (all_lanes & ~good.bits());
}

void ChunkRunner::run(std::uint64_t chunk, std::uint64_t first, std::uint64_t end) {
    const GoodLanes good = evaluate(chunk, first, end, true);
    for (std::size_t k = 0; k < selection_.columns.size(); ++k) {
        if (k + 1 < state_.columns.size()) state_.columns[k + 1].histogram.prefetch();
        const std::size_t n = gather(good, selection_.columns[k]);
        state_.columns[k].add_block(values_.data(), n);
        state_.columns[k].none += n_absent_;
    }
    if (selection_.driver >= 0) accumulate_drivers(good);
}

void ChunkRunner::note_failures(std::uint64_t chunk, std::size_t group, unsigned lanes) {
    for (std::size_t lane = 0; lane < Lanes::width; ++lane) {
        if ((lanes >> lane & 1U) == 0) continue;
        ++state_.failures.count;
        const std::uint64_t sample = chunk * chunk_size + group * Lanes::width + lane;
        if (state_.failures.keeps(sample)) state_.failures.keep({sample, reason(group, lane)});
    }
}

std::string ChunkRunner::reason(std::size_t group, std::size_t lane) const {
    if ((flagged_[group] >> lane & 1U) != 0) return evaluator_->reason(lane);
    for (std::size_t c = 0; c < n_columns_; ++c) {
        const double x = column_of(group, c)[lane];
        if (is_good(x) || (is_optional_[c] && std::isnan(x))) continue;
        return fmt::format("{} is {}", model_.columns()[c].name, std::isnan(x) ? "not a number" : "beyond all bounds");
    }
    return {};
}

/// Collects the column's values of the good samples in values_, padded with zeros; returns how many exist.
std::size_t ChunkRunner::gather(const GoodLanes& good, std::size_t column) {
    n_absent_ = 0;
    std::size_t n = 0;
    if (!is_optional_[column] &&
        std::all_of(good.begin(), good.end(), [](unsigned lanes) { return lanes == all_lanes; })) {
        for (std::size_t group = 0; group < groups_a_chunk; ++group, n += Lanes::width)
            column_of(group, column).store(&values_[n]);
        return n;
    }
    for (std::size_t group = 0; group < groups_a_chunk; ++group) {
        const std::array<double, Lanes::width> lanes = column_of(group, column).array();
        for (unsigned left = good[group]; left != 0; left &= left - 1) {
            const double x = lanes[static_cast<std::size_t>(std::countr_zero(left))];
            const bool exists = !std::isnan(x);
            values_[n] = x;
            n += exists ? 1 : 0;
            n_absent_ += exists ? 0 : 1;
        }
    }
    std::fill_n(&values_[n], 16, 0.0);
    return n;
}

void ChunkRunner::accumulate_drivers(const GoodLanes& good) {
    std::array<double, chunk_size> y;
    std::array<std::uint8_t, chunk_size> places;
    std::size_t n = 0;
    for (std::size_t group = 0; group < groups_a_chunk; ++group) {
        const auto lanes = column_of(group, static_cast<std::size_t>(selection_.driver)).array();
        for (std::size_t lane = 0; lane < Lanes::width; ++lane) {
            if ((good[group] >> lane & 1U) == 0 || std::isnan(lanes[lane])) continue;
            y[n] = lanes[lane];
            places[n++] = static_cast<std::uint8_t>(group * Lanes::width + lane);
        }
    }
    state_.drivers.add_block(draws_, {y.data(), n}, {places.data(), n});
}

} // namespace autarky::engine
