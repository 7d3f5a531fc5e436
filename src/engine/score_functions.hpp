// autarky: distributions as smooth functions of the normal score, with slopes: what quantile tables are built from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "engine/quantile_table.hpp"
#include "input/inputs.hpp"
#include "input/metalog_bounds.hpp"

namespace autarky::engine {

/// A number as a function of its normal score, increasing, with its derivative.
using ScoreFunction = std::function<Knot(double z)>;

[[nodiscard]] ScoreFunction normal_by_score(double mean, double sd);
[[nodiscard]] ScoreFunction lognormal_by_score(double log_mean, double log_sd);
[[nodiscard]] ScoreFunction logit_normal_by_score(double logit_mean, double logit_sd);
/// Beta distribution scaled to [low, high].
[[nodiscard]] ScoreFunction beta_by_score(double alpha, double beta, double low, double high);
/// Three-term metalog, unbounded, through its 10 %, 50 % and 90 % quantiles. Feasible iff |a3| < 1.66711 a2.
/// Source: Keelin, "The metalog distributions", Decision Analysis 13(4), 2016.
[[nodiscard]] ScoreFunction metalog_by_score(double p10, double p50, double p90);
[[nodiscard]] bool metalog_is_feasible(double p10, double p50, double p90);
/// The same between bounds; quantiles are those of the transformed value.
[[nodiscard]] ScoreFunction bounded_metalog_by_score(double p10, double p50, double p90, MetalogBounds bounds);

/// Whether the most extreme draws respect the bounds, so that a truncation would change nothing.
[[nodiscard]] bool stays_within(const ScoreFunction& f, double low, double high);

/// `f` conditioned to lie within [low, high]. Throws std::invalid_argument when less than 1e-9 of it does.
[[nodiscard]] ScoreFunction truncated(const ScoreFunction& f, double low, double high);

} // namespace autarky::engine
