// autarky: inverse-distribution sampling: the value of an uncertain number as a function of its normal score.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "core/real.hpp"
#include "engine/normal_score.hpp"
#include "engine/quantile_table.hpp"
#include "engine/score_functions.hpp"
#include "input/inputs.hpp"
#include "input/metalog_bounds.hpp"

namespace autarky::engine {

/// How a quantile is computed.
enum class Form {
    constant,    ///< a
    linear,      ///< a + b z: normal
    exponential, ///< exp(a + b z): lognormal
    logistic,    ///< 1 / (1 + exp(-a - b z)): logit-normal
    steps,       ///< discrete: a chain of selects on thresholds of z
    table,       ///< cubics in z: pert, beta, metalog, and truncated normal, lognormal, logit-normal
    bounded,     ///< of cubics in z, between bounds: bounded metalog
    ramp,        ///< a + b u with u = Phi(z): uniform
    power,       ///< exp(a + b u): loguniform
    tent,        ///< inverse of the triangular distribution of u = Phi(z)
    sample,      ///< linear between order statistics in u = Phi(z): empirical
};

/// Whether a form is a function of u = Phi(z) rather than of z itself.
constexpr bool by_probability(Form form) { return form >= Form::ramp; }

/// Quantile function of one distribution, truncation included. Cheap to copy.
///
/// Truncation keeps the law within [low, high] of the distribution: u is mapped to F(low) + u (F(high) - F(low)). Where
/// even the most extreme draws stay within the bounds nothing is changed.
class Quantile {
public:
    /// Throws std::invalid_argument with a sentence when the parameters are no distribution, or the bounds exclude all of it.
    explicit Quantile(const Distribution& distribution);

    /// The value at a normal score. The same bits one by one and eight at a time.
    template <class R> [[nodiscard]] R operator()(const R& z) const {
        return by_probability(form_) ? at_probability(normal_probability(z)) : at_score(z);
    }
    /// The value at a normal score, for forms that are no function of u.
    template <class R> [[nodiscard]] R at_score(const R& z) const;
    /// The value at u = Phi(z), for forms that are functions of u.
    template <class R> [[nodiscard]] R at_probability(const R& u) const;

    [[nodiscard]] Form form() const { return form_; }
    [[nodiscard]] double median() const { return (*this)(0.0); }
    /// Stated error as a share of the distance between the 5 % and the 95 % quantile; 0 for closed forms, which are exact
    /// but for rounding.
    [[nodiscard]] double error() const { return table_ ? table_->error() : 0.0; }

private:
    struct Step {
        double from; ///< normal score from which `value` holds
        double value;
    };

    void set_truncation(double u_low, double u_high);
    void make_smooth(const Distribution& distribution, Form form, const ScoreFunction& f);
    void make_bounded(const Distribution& distribution);
    void make_ramp(const Distribution& distribution);
    void make_tent(const Distribution& distribution);
    void make_steps(const Distribution& distribution);
    void make_sample(const Distribution& distribution);

    [[nodiscard]] double order_statistic(double u) const;
    [[nodiscard]] Lanes order_statistic(Lanes u) const;

    Form form_ = Form::constant;
    double a_ = 0.0, b_ = 0.0;
    double u_low_ = 0.0, u_width_ = 1.0;        ///< truncation in u
    double low_ = 0.0, high_ = 0.0;             ///< forms in u: bounds that rounding must not cross
    double end_ = 0.0, mode_u_ = 0.0, d_ = 0.0; ///< tent: upper end, F(mode); factors b_ (below) and d_ (above)
    std::shared_ptr<const std::vector<Step>> steps_;
    std::shared_ptr<const std::vector<double>> sample_;
    std::shared_ptr<const QuantileTable> table_;
};

template <class R> R Quantile::at_score(const R& z) const {
    switch (form_) {
    case Form::linear: return fma(R(b_), z, R(a_));
    case Form::exponential: return exp(fma(R(b_), z, R(a_)));
    case Form::logistic: return R(1.0) / (R(1.0) + exp(-fma(R(b_), z, R(a_))));
    case Form::steps: {
        R value = (*steps_)[0].value;
        for (std::size_t k = 1; k < steps_->size(); ++k)
            value = select(z >= R((*steps_)[k].from), R((*steps_)[k].value), value);
        return value;
    }
    case Form::table: return (*table_)(z);
    case Form::bounded: return MetalogBounds{a_, b_}.bounded((*table_)(z));
    case Form::constant:
    case Form::ramp:
    case Form::power:
    case Form::tent:
    case Form::sample: break;
    }
    return a_;
}

template <class R> R Quantile::at_probability(const R& u_free) const {
    const R u = fma(R(u_width_), u_free, R(u_low_));
    R value = 0.0;
    if (form_ == Form::ramp)
        value = fma(R(b_), u, R(a_));
    else if (form_ == Form::power)
        value = exp(fma(R(b_), u, R(a_)));
    else if (form_ == Form::tent)
        value = select(u <= R(mode_u_), R(a_) + sqrt(u * R(b_)), R(end_) - sqrt(max(R(0.0), R(1.0) - u) * R(d_)));
    else
        value = order_statistic(u);
    return clamp(value, low_, high_);
}

} // namespace autarky::engine
