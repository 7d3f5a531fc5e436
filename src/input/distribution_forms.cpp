// autarky: distributions from their arguments.
// SPDX-License-Identifier: Apache-2.0
#include "input/distribution_forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/normal_quantiles.hpp"
#include "core/real.hpp"
#include "input/metalog_bounds.hpp"

namespace autarky::scenario {
namespace {

using Form = std::vector<std::string_view>;
using Values = std::map<std::string_view, const Amount*>;

std::string forms_text(const Signature& signature) {
    std::vector<std::string> texts;
    for (const auto& form : signature.forms) {
        std::string text = fmt::format("{}(", signature.name);
        for (std::size_t i = 0; i < form.size(); ++i)
            text += fmt::format("{}{}", i > 0 ? ", " : "", form[i]);
        texts.push_back(text + ")");
    }
    return fmt::format("{}", fmt::join(texts, " or "));
}

std::string_view canonical_name(std::string_view name) {
    if (name == "min") return "low";
    if (name == "max") return "high";
    return name;
}

Values named_values(const Expression& e, const Signature& signature) {
    Form given;
    for (const auto& argument : e.arguments)
        given.push_back(canonical_name(argument.name));
    const bool positional = std::all_of(given.begin(), given.end(), [](std::string_view n) { return n.empty(); });
    for (const auto& form : signature.forms) {
        if (form.size() != given.size()) continue;
        Values values;
        for (std::size_t i = 0; i < form.size(); ++i)
            values[positional ? form[i] : given[i]] = &e.arguments[i].amount;
        const bool fits =
            values.size() == form.size() &&
            std::all_of(form.begin(), form.end(), [&](std::string_view n) { return values.count(n) == 1; });
        if (fits) return values;
    }
    Amounts::fail(e, "E0206", fmt::format("{} is not given what it takes", e.name), "write " + forms_text(signature));
}
Distribution normal(const Amount& mean, const Amount& sd, const Amounts& amounts) {
    const double m = amounts.checked(mean), s = amounts.spread(sd);
    return {Family::normal, {m, s}};
}
Distribution lognormal(const Amount& mean, const Amount& sd, const Amounts& amounts) {
    const double m = amounts.checked(mean), s = amounts.spread(sd);
    if (!(m > 0.0)) Amounts::fail(mean, "E0206", "a lognormal has a positive mean", "use normal(...)");
    const double variance = log(1.0 + (s / m) * (s / m));
    return {Family::lognormal, {log(m) - 0.5 * variance, sqrt(variance)}};
}
Distribution ordered(const Expression& e, Family family, std::vector<double> values) {
    if (!std::is_sorted(values.begin(), values.end()) || !(values.front() < values.back()))
        Amounts::fail(e, "E0206", fmt::format("the values of {} do not rise", e.name),
                      values.size() == 2 ? "write low, high" : "write low, mode, high");
    return {family, std::move(values)};
}
/// Three terms through the median and the values at `share` and 1 - `share`: M(y) = a1 + a2 L + a3 (y - 1/2) L with
/// L = ln(y / (1 - y)) (Keelin 2016, Decision Analysis 13(4)).
Distribution metalog(const Expression& e, double low, double middle, double high, double share) {
    const double given = log((1.0 - share) / share), ln9 = log(9.0);
    const double a2 = (high - low) / (2.0 * given), a3 = (high + low - 2.0 * middle) / (2.0 * (0.5 - share) * given);
    // Feasible while the density stays positive: |a3| < 1.66711 a2 (ibid., three terms).
    if (!(abs(a3) < 1.66711 * a2))
        Amounts::fail(e, "E0206", "no metalog of three terms is that skewed",
                      "use lognormal(p10=, p90=) or truncate(...)");
    if (share == 0.1) return {Family::metalog, {low, middle, high}};
    return {Family::metalog, {middle - a2 * ln9 + 0.4 * a3 * ln9, middle, middle + a2 * ln9 + 0.4 * a3 * ln9}};
}

/// The triangle whose mode is given and whose values at `share` and 1 - `share` are. The distances d and u of its ends from the
/// mode satisfy (d - l)^2 = share d (d + u) and (u - r)^2 = share u (d + u), l and r those of the percentiles; the
/// iteration closes in from l and r, by about half a digit a step.
Distribution triangle_through(const Expression& e, double low, double mode, double high, double share, Range range) {
    if (!(low <= mode && mode <= high && low < high))
        Amounts::fail(e, "E0206", "the values of triangular do not rise",
                      "write the lower percentile, mode, the upper one");
    const double left = mode - low, right = high - mode;
    double d = left, u = right;
    constexpr int most_steps = 500;
    for (int step = 0; step < most_steps; ++step) {
        const double next_d = left + sqrt(share * d * (d + u)), next_u = right + sqrt(share * u * (d + u));
        const bool stands = next_d == d && next_u == u;
        d = next_d;
        u = next_u;
        if (stands) break;
    }
    for (const double end : {mode - d, mode + u})
        if (const auto why = outside(range, end); !why.empty())
            Amounts::fail(e, "E0205", fmt::format("the triangle through these percentiles has an end that {}", why),
                          "write its ends: triangular(low, mode, high)");
    return {Family::triangular, {mode - d, mode, mode + u}};
}

/// PERT of any peakedness: a beta with alpha = 1 + lambda (mode - low) / (high - low); 4 is the usual one (Vose 2008, Risk
/// Analysis, modified PERT).
Distribution pert(const Expression& e, double low, double mode, double high, double lambda) {
    if (!(low <= mode && mode <= high && low < high))
        Amounts::fail(e, "E0206", "the values of pert do not rise", "write low, mode, high, lambda");
    if (!(lambda > 0.0)) Amounts::fail(e, "E0206", "lambda of pert must be above zero", "4 is the usual one");
    const double width = high - low;
    return {Family::beta, {1.0 + lambda * (mode - low) / width, 1.0 + lambda * (high - mode) / width, low, high}};
}
Distribution beta(const Expression& e, const Values& v, const Amounts& amounts) {
    const bool has_bounds = v.count("low") == 1;
    if (!has_bounds && amounts.expected().dim != dimensionless)
        Amounts::fail(e, "E0206", "beta needs its bounds here", "write beta(alpha, beta, low, high)");
    const double low = has_bounds ? amounts.checked(*v.at("low")) : 0.0;
    const double high = has_bounds ? amounts.checked(*v.at("high")) : 1.0;
    if (!(low < high)) Amounts::fail(e, "E0206", "the bounds of beta do not rise", "the lower one comes first");
    double alpha = 0.0, beta = 0.0;
    if (v.count("mean") == 1) {
        const double m = (amounts.checked(*v.at("mean")) - low) / (high - low),
                     s = amounts.spread(*v.at("sd")) / (high - low);
        const double size = m * (1.0 - m) / (s * s) - 1.0;
        if (!(m > 0.0 && m < 1.0 && size > 0.0))
            Amounts::fail(e, "E0206", "no beta distribution has this mean and standard deviation",
                          "the mean lies between the bounds, the deviation is below sqrt(mean (1 - mean))");
        alpha = m * size;
        beta = (1.0 - m) * size;
    } else {
        alpha = amounts.plain(*v.at("alpha"));
        beta = amounts.plain(*v.at("beta"));
    }
    if (!(alpha > 0.0 && beta > 0.0)) Amounts::fail(e, "E0206", "alpha and beta must be above zero");
    return {Family::beta, {alpha, beta, low, high}};
}

/// Three percentiles, without bounds, with both, or with one by its name.
std::vector<Form> metalog_forms() {
    std::vector<Form> out;
    for (const std::vector<std::string_view>& bounds : {Form{}, Form{"low", "high"}, Form{"low"}, Form{"high"}})
        for (const Form& percentiles :
             {Form{"p10", "p50", "p90"}, Form{"p5", "p50", "p95"}, Form{"p25", "p50", "p75"}}) {
            out.push_back(percentiles);
            out.back().insert(out.back().end(), bounds.begin(), bounds.end());
        }
    return out;
}

/// A bound that is never reached may be the end of what the field can be and is not: 0 USD of a price.
double bound(const Amount& amount, const Amounts& amounts) {
    const double x = amounts.value(amount);
    const Range range = amounts.expected().range;
    const bool is_open_end = (range == Range::positive && x == 0.0) || (range == Range::rate && x == -1.0);
    return is_open_end ? x : amounts.checked(amount);
}

/// The bounds of a metalog, which must lie within what the field can be, so that no part of it is cut.
MetalogBounds metalog_bounds(const Expression& e, const Values& v, const Amounts& amounts) {
    MetalogBounds out;
    if (v.count("low") == 1) out.low = bound(*v.at("low"), amounts);
    if (v.count("high") == 1) out.high = bound(*v.at("high"), amounts);
    const bool needs_low = amounts.expected().range != Range::any,
               needs_high = amounts.expected().range == Range::fraction;
    if ((needs_low && !out.has_low()) || (needs_high && !out.has_high()))
        Amounts::fail(e, "E0206", "this metalog reaches beyond what the key can be",
                      needs_high ? "give it both bounds: low=, high=" : "give it a lower bound too: low=");
    return out;
}

} // namespace

const std::vector<Signature>& signatures() {
    static const std::vector<Signature> all{
        {"normal", Family::normal, {{"mean", "sd"}, {"p5", "p95"}, {"p10", "p90"}}},
        {"lognormal", Family::lognormal, {{"mean", "sd"}, {"p5", "p95"}, {"p10", "p90"}}},
        {"logitnormal", Family::logit_normal, {{"p5", "p95"}, {"p10", "p90"}}},
        {"uniform", Family::uniform, {{"low", "high"}}},
        {"loguniform", Family::loguniform, {{"low", "high"}}},
        {"triangular", Family::triangular, {{"low", "mode", "high"}, {"p5", "mode", "p95"}, {"p10", "mode", "p90"}}},
        {"pert", Family::pert, {{"low", "mode", "high"}, {"low", "mode", "high", "lambda"}}},
        {"beta",
         Family::beta,
         {{"alpha", "beta"}, {"alpha", "beta", "low", "high"}, {"mean", "sd"}, {"mean", "sd", "low", "high"}}},
        {"metalog", Family::metalog, metalog_forms()},
        {"discrete", Family::discrete, {}},
        {"empirical", Family::empirical, {}},
        {"truncate", Family::constant, {}},
    };
    return all;
}

Distribution lognormal_between(double a, double b, double z) {
    const double la = log(a), lb = log(b);
    return {Family::lognormal, {0.5 * (la + lb), (lb - la) / (2.0 * z)}};
}

Distribution logit_normal_between(double a, double b, double z) {
    const double la = log(a / (1.0 - a)), lb = log(b / (1.0 - b));
    return {Family::logit_normal, {0.5 * (la + lb), (lb - la) / (2.0 * z)}};
}

Distribution from_form(const Expression& e, const Signature& signature, const Amounts& amounts) {
    const bool has_one_bound = signature.family == Family::metalog && e.arguments.size() == 4;
    if (has_one_bound && e.arguments.back().name.empty())
        Amounts::fail(e, "E0206", "metalog has a fourth value that may be a lower or an upper bound",
                      "name it: low=... or high=..., and the percentiles p10=, p50=, p90=");
    const auto v = named_values(e, signature);
    const auto has = [&v](std::string_view name) { return v.count(name) == 1; };
    const auto at = [&v](std::string_view name) -> const Amount& { return *v.at(name); };
    switch (signature.family) {
    case Family::normal:
    case Family::lognormal:
    case Family::logit_normal: {
        const bool is_normal = signature.family == Family::normal;
        if (has("mean"))
            return is_normal ? normal(at("mean"), at("sd"), amounts) : lognormal(at("mean"), at("sd"), amounts);
        const bool wide = has("p5");
        const double a = amounts.checked(at(wide ? "p5" : "p10")), b = amounts.checked(at(wide ? "p95" : "p90"));
        if (!(a < b)) Amounts::fail(e, "E0206", "the percentiles do not rise", "the lower one comes first");
        const double z = wide ? z95 : z90;
        if (is_normal) return {Family::normal, {0.5 * (a + b), (b - a) / (2.0 * z)}};
        if (signature.family == Family::logit_normal) {
            if (!(a > 0.0 && b < 1.0))
                Amounts::fail(e, "E0206", "a logit-normal lies between 0 and 1 and reaches neither",
                              "use uniform(low, high) or pert(low, mode, high)");
            return logit_normal_between(a, b, z);
        }
        if (!(a > 0.0)) Amounts::fail(e, "E0206", "a lognormal has positive values only", "use normal(...)");
        return lognormal_between(a, b, z);
    }
    case Family::uniform:
        return ordered(e, signature.family, {amounts.checked(at("low")), amounts.checked(at("high"))});
    case Family::loguniform: {
        const double low = amounts.checked(at("low"));
        if (!(low > 0.0))
            Amounts::fail(at("low"), "E0206", "a loguniform has positive values only", "use uniform(...)");
        return ordered(e, signature.family, {low, amounts.checked(at("high"))});
    }
    case Family::triangular:
        if (has("p5"))
            return triangle_through(e, amounts.checked(at("p5")), amounts.checked(at("mode")),
                                    amounts.checked(at("p95")), 0.05, amounts.expected().range);
        if (has("p10"))
            return triangle_through(e, amounts.checked(at("p10")), amounts.checked(at("mode")),
                                    amounts.checked(at("p90")), 0.1, amounts.expected().range);
        [[fallthrough]];
    case Family::pert:
        if (has("lambda"))
            return pert(e, amounts.checked(at("low")), amounts.checked(at("mode")), amounts.checked(at("high")),
                        amounts.plain(at("lambda")));
        return ordered(e, signature.family,
                       {amounts.checked(at("low")), amounts.checked(at("mode")), amounts.checked(at("high"))});
    case Family::metalog: {
        const auto [low, high, share] = has("p5")    ? std::tuple{"p5", "p95", 0.05}
                                        : has("p25") ? std::tuple{"p25", "p75", 0.25}
                                                     : std::tuple{"p10", "p90", 0.1};
        const double a = amounts.checked(at(low)), m = amounts.checked(at("p50")), b = amounts.checked(at(high));
        if (!(a < m && m < b))
            Amounts::fail(e, "E0206", "the values of metalog do not rise",
                          "write the lower percentile, p50, the upper one");
        if (!has("low") && !has("high")) return metalog(e, a, m, b, share);
        const auto bounds = metalog_bounds(e, v, amounts);
        if (!(bounds.low < a && b < bounds.high))
            Amounts::fail(e, "E0206", "the percentiles of metalog do not lie between its bounds",
                          "a bound is never reached: it lies outside the percentiles");
        auto out = metalog(e, bounds.freed(a), bounds.freed(m), bounds.freed(b), share);
        out.family = Family::bounded_metalog;
        out.parameters.insert(out.parameters.end(), {bounds.low, bounds.high});
        return out;
    }
    default: return beta(e, v, amounts);
    }
}

} // namespace autarky::scenario
