// autarky: distributions from their arguments.
// SPDX-License-Identifier: Apache-2.0
#include "input/distribution_forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/real.hpp"

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
Distribution metalog(const Expression& e, double p10, double p50, double p90) {
    if (!(p10 < p50 && p50 < p90))
        Amounts::fail(e, "E0206", "the values of metalog do not rise", "write p10, p50, p90");
    // Feasible while the density stays positive: |a3| < 1.66711 a2 (Keelin 2016, Decision Analysis 13(4), 3 terms).
    const double ln9 = log(9.0);
    const double a2 = (p90 - p10) / (2.0 * ln9), a3 = (p90 + p10 - 2.0 * p50) / (0.8 * ln9);
    if (!(abs(a3) < 1.66711 * a2))
        Amounts::fail(e, "E0206", "no metalog of three terms is that skewed",
                      "use lognormal(p10=, p90=) or truncate(...)");
    return {Family::metalog, {p10, p50, p90}};
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

} // namespace

const std::vector<Signature>& signatures() {
    static const std::vector<Signature> all{
        {"normal", Family::normal, {{"mean", "sd"}, {"p5", "p95"}, {"p10", "p90"}}},
        {"lognormal", Family::lognormal, {{"mean", "sd"}, {"p5", "p95"}, {"p10", "p90"}}},
        {"logitnormal", Family::logit_normal, {{"p5", "p95"}, {"p10", "p90"}}},
        {"uniform", Family::uniform, {{"low", "high"}}},
        {"triangular", Family::triangular, {{"low", "mode", "high"}}},
        {"pert", Family::pert, {{"low", "mode", "high"}}},
        {"beta",
         Family::beta,
         {{"alpha", "beta"}, {"alpha", "beta", "low", "high"}, {"mean", "sd"}, {"mean", "sd", "low", "high"}}},
        {"metalog", Family::metalog, {{"p10", "p50", "p90"}}},
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
    case Family::triangular:
    case Family::pert:
        return ordered(e, signature.family,
                       {amounts.checked(at("low")), amounts.checked(at("mode")), amounts.checked(at("high"))});
    case Family::metalog:
        return metalog(e, amounts.checked(at("p10")), amounts.checked(at("p50")), amounts.checked(at("p90")));
    default: return beta(e, v, amounts);
    }
}

} // namespace autarky::scenario
