// autarky: the numbers that packing and the layout of networks read.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/before_sampling.hpp"

#include <algorithm>

#include "scenario/computed.hpp"

namespace autarky {
namespace {

class Rows {
public:
    void add(Uncertain leaf) {
        if (leaf.input >= 0) rows_.push_back(static_cast<std::size_t>(leaf.input));
    }
    /// Every number of an entity.
    template <template <class> class E> void add_all(const E<Uncertain>& entity) {
        E<Uncertain> ignored;
        map_reading(entity, ignored, [this](const Uncertain& leaf, Uncertain& /*to*/) { add(leaf); });
    }
    std::vector<std::size_t> sorted() && {
        std::sort(rows_.begin(), rows_.end());
        rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
        return std::move(rows_);
    }

private:
    std::vector<std::size_t> rows_;
};

} // namespace

std::vector<std::size_t> read_before_sampling(const Scenario<Uncertain>& s) {
    Rows out;
    for (const auto& allocation : s.allocation.rows) {
        const auto& chip = s.chip[allocation.chip];
        const auto& process = s.process[s.site[allocation.site].process];
        out.add(chip.width.raw());
        out.add(chip.height.raw());
        out.add(process.wafer_diameter.raw());
        out.add(process.edge_exclusion.raw());
        out.add(process.scribe.raw());
    }
    if (!s.computed) return std::move(out).sorted();
    const auto add_work = [&](const LaidWork& work, std::size_t accelerator) {
        out.add_all(s.workload[work.workload]);
        out.add_all(s.accelerator[accelerator]);
    };
    for (const auto& chip : s.computed->rows) {
        out.add_all(s.accelerator[chip.accelerator]);
        for (const auto& work : chip.own)
            add_work(work, chip.accelerator);
        for (const auto& work : chip.of_merchant)
            add_work(work, chip.merchant);
    }
    for (const auto& need : s.computed->needs)
        add_work(need.laid, need.merchant);
    return std::move(out).sorted();
}

} // namespace autarky
