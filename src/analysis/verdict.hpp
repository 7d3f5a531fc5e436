// autarky: the verdict of a run: how likely making is worth more than buying, and by how much.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/result.hpp"
#include "engine/state.hpp"

namespace autarky::analysis {

/// Figures of a value in USD.
struct ValueBand {
    double mean = 0.0, standard_error = 0.0, p05 = 0.0, p25 = 0.0, p50 = 0.0, p75 = 0.0, p95 = 0.0;
};

enum class Call { make, lean_make, undecided, lean_buy, buy, none };

struct Verdict {
    /// Probability that making is worth more. Failed samples count against it in `low` and for it in `high`.
    double p_make_low = 0.0, p_make_high = 0.0;
    double p_make_error = 0.0; ///< standard error of sampling
    ValueBand npv, npv_with_tail;
    std::vector<double>
        npv_dots;          ///< as many equally likely futures: the value at (i - 1/2) / n, ascending; empty without any
    bool is_empty = false; ///< no sample gave a value

    [[nodiscard]] double p_make() const { return 0.5 * (p_make_low + p_make_high); }
    /// make from 90 %, lean_make from 60 %, undecided from 40 %, lean_buy from 10 %; none when the failed samples could
    /// move it across more than one of these bounds.
    [[nodiscard]] Call call() const;
};

/// From the columns `npv` and `npv.with_tail`.
Verdict verdict_of(const engine::Result& result);
/// Of the column `npv`: 50 values, as many as a reader counts well (Fernandes et al., CHI 2018).
std::vector<double> npv_dots(const engine::State& state);

/// "Make: ..." in one sentence, with the share of futures.
std::string sentence(const Verdict& verdict);

} // namespace autarky::analysis
