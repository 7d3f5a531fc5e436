// autarky: puts the parts of a quantity text together, in base units.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>

#include "core/real.hpp"
#include "scenario/files.hpp"
#include "scenario/quantity_parts.hpp"

namespace autarky::scenario {
namespace {

constexpr double z95 = 1.6448536269514722; // standard normal quantile at 95 %
constexpr double z90 = 1.2815515655446004;

using Form = std::vector<std::string_view>;

/// Names of the arguments that a distribution takes; the first form of that length is the positional one.
struct Signature {
    std::string_view name;
    Family family;
    std::vector<Form> forms;
};

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

class Builder {
public:
    Builder(std::string_view text, const ParsedText& parsed, const Expected& expected, const std::string& folder)
        : text_(text), trailing_(parsed.trailing ? &*parsed.trailing : nullptr), expected_(expected), folder_(folder) {}

    QuantityText build(const Expression& expression) {
        if (trailing_ != nullptr) check_unit(*trailing_);
        QuantityText out;
        out.distribution = distribution(expression);
        out.unit = std::string(expected_.is_date ? "date" : expected_.unit);
        const Amount* shown = trailing_ != nullptr ? trailing_ : first_unit(expression);
        if (!expected_.is_date && shown == nullptr) out.unit = "1";
        if (!expected_.is_date && shown != nullptr) {
            out.unit = shown->unit->text;
            out.unit_factor = shown->unit->unit.factor;
        }
        return out;
    }

private:
    using Values = std::map<std::string_view, const Amount*>;

    [[noreturn]] void fail(const Amount& amount, const char* code, std::string message, std::string hint = {}) const {
        throw TextError{code, std::move(message), std::move(hint), amount.at, amount.length};
    }
    [[noreturn]] static void fail(const Expression& e, const char* code, std::string message, std::string hint = {}) {
        throw TextError{code, std::move(message), std::move(hint), e.at, e.length};
    }
    [[nodiscard]] std::string_view written(const Amount& amount) const {
        return text_.substr(amount.at, amount.length);
    }

    static const Amount* first_unit(const Expression& e) {
        for (const auto& inner : e.inner)
            if (const auto* found = first_unit(inner)) return found;
        for (const auto& argument : e.arguments)
            if (argument.amount.unit) return &argument.amount;
        return nullptr;
    }

    void check_unit(const Amount& amount) const {
        if (amount.unit->unit.dim == expected_.dim && !expected_.is_date) return;
        const auto wanted = expected_.is_date                ? std::string("a date")
                            : expected_.dim == dimensionless ? std::string("a plain number")
                                                             : fmt::format("a quantity in {}", expected_.unit);
        throw TextError{"E0204", fmt::format("'{}' does not fit {}", amount.unit->text, wanted),
                        expected_.is_date ? std::string{} : fmt::format("expected a unit such as '{}'", expected_.unit),
                        amount.unit_at, amount.unit_length};
    }

    /// In base units; `beside` is an amount whose unit counts for this one too.
    [[nodiscard]] double value(const Amount& amount, const Amount* beside = nullptr) const {
        if (amount.is_date) return amount.number;
        if (expected_.is_date) return duration(amount);
        const Amount* unit = amount.unit ? &amount : beside != nullptr && beside->unit ? beside : trailing_;
        if (unit == nullptr) {
            if (expected_.dim == dimensionless) return amount.number;
            fail(amount, "E0202", fmt::format("'{}' has no unit", written(amount)),
                 fmt::format("write '{} {}'", written(amount), expected_.unit));
        }
        if (amount.unit && trailing_ != nullptr)
            throw TextError{"E0201", fmt::format("'{}' follows amounts that have units already", trailing_->unit->text),
                            "write the unit once, at the end", trailing_->unit_at, trailing_->unit_length};
        check_unit(*unit);
        const double base = amount.number * unit->unit->unit.factor;
        if (!std::isfinite(base)) fail(amount, "E0201", fmt::format("'{}' is too large", written(amount)));
        return base;
    }
    [[nodiscard]] double duration(const Amount& amount) const {
        const Amount* unit = amount.unit ? &amount : trailing_;
        if (unit == nullptr || unit->unit->unit.dim != units::time)
            fail(amount, "E0204", fmt::format("'{}' is no duration", written(amount)),
                 "the spread of a date is a time, such as 3 month");
        return amount.number * unit->unit->unit.factor;
    }
    [[nodiscard]] double plain(const Amount& amount) const {
        if (!amount.unit) return amount.number;
        if (amount.unit->unit.dim != dimensionless)
            throw TextError{"E0204",
                            fmt::format("'{}' does not fit a plain number", amount.unit->text),
                            {},
                            amount.unit_at,
                            amount.unit_length};
        return amount.number * amount.unit->unit.factor;
    }
    double checked(const Amount& amount, const Amount* beside = nullptr) const {
        const double x = value(amount, beside);
        if (const auto why = outside(expected_.range, x); !why.empty())
            fail(amount, "E0205", fmt::format("'{}' {}", written(amount), why));
        return x;
    }

    Distribution distribution(const Expression& e) {
        if (e.name == "constant") return {Family::constant, {checked(e.arguments[0].amount)}};
        if (e.name == "to") return between(e);
        const auto& all = signatures();
        const auto found = std::find_if(all.begin(), all.end(), [&](const Signature& s) { return s.name == e.name; });
        if (found == all.end()) {
            std::vector<std::string_view> names;
            for (const auto& signature : all)
                names.push_back(signature.name);
            auto hint = did_you_mean(e.name, names);
            if (hint.empty()) hint = fmt::format("known are {}", fmt::join(names, ", "));
            fail(e, "E0206", fmt::format("unknown distribution '{}'", e.name), std::move(hint));
        }
        if (e.name == "truncate") return truncated(e);
        if (e.name == "discrete") return discrete(e);
        if (e.name == "empirical") return empirical(e);
        return bounded_by_range(from_form(e, *found));
    }

    Distribution between(const Expression& e) {
        const Amount& low = e.arguments[0].amount;
        const Amount& high = e.arguments[1].amount;
        const double a = checked(low, high.unit && !low.unit ? &high : nullptr);
        const double b = checked(high);
        if (!(a < b))
            fail(e, "E0206", fmt::format("'{}' does not rise", text_.substr(e.at, e.length)),
                 a == b ? "write the one value"
                        : "'a to b' is the 5th to the 95th percentile: the lower one comes first");
        // 0 % and 100 % are no percentiles of a logit-normal: with such an end it is a normal, cut at the bounds.
        if (expected_.range == Range::fraction && a > 0.0 && b < 1.0) return from_logits(e, a, b, z95);
        if (!expected_.is_date && expected_.range != Range::fraction && a > 0.0) return from_logs(a, b, z95);
        return bounded_by_range({Family::normal, {0.5 * (a + b), (b - a) / (2.0 * z95)}});
    }

    static Distribution from_logs(double a, double b, double z) {
        const double la = log(a), lb = log(b);
        return {Family::lognormal, {0.5 * (la + lb), (lb - la) / (2.0 * z)}};
    }
    static Distribution from_logits(const Expression& e, double a, double b, double z) {
        if (!(a > 0.0 && b < 1.0))
            fail(e, "E0206", "a logit-normal lies between 0 and 1 and reaches neither",
                 "use uniform(low, high) or pert(low, mode, high)");
        const double la = log(a / (1.0 - a)), lb = log(b / (1.0 - b));
        return {Family::logit_normal, {0.5 * (la + lb), (lb - la) / (2.0 * z)}};
    }

    Values named_values(const Expression& e, const Signature& signature) const {
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
        fail(e, "E0206", fmt::format("{} is not given what it takes", e.name), "write " + forms_text(signature));
    }
    static std::string_view canonical_name(std::string_view name) {
        if (name == "min") return "low";
        if (name == "max") return "high";
        return name;
    }

    Distribution from_form(const Expression& e, const Signature& signature) const {
        const auto v = named_values(e, signature);
        const auto has = [&v](std::string_view name) { return v.count(name) == 1; };
        const auto at = [&v](std::string_view name) -> const Amount& { return *v.at(name); };
        switch (signature.family) {
        case Family::normal:
        case Family::lognormal:
        case Family::logit_normal: {
            const bool is_normal = signature.family == Family::normal;
            if (has("mean")) return is_normal ? normal(at("mean"), at("sd")) : lognormal(at("mean"), at("sd"));
            const bool wide = has("p5");
            const double a = checked(at(wide ? "p5" : "p10")), b = checked(at(wide ? "p95" : "p90"));
            if (!(a < b)) fail(e, "E0206", "the percentiles do not rise", "the lower one comes first");
            const double z = wide ? z95 : z90;
            if (is_normal) return {Family::normal, {0.5 * (a + b), (b - a) / (2.0 * z)}};
            if (signature.family == Family::logit_normal) return from_logits(e, a, b, z);
            if (!(a > 0.0)) fail(e, "E0206", "a lognormal has positive values only", "use normal(...)");
            return from_logs(a, b, z);
        }
        case Family::uniform: return ordered(e, signature.family, {checked(at("low")), checked(at("high"))});
        case Family::triangular:
        case Family::pert:
            return ordered(e, signature.family, {checked(at("low")), checked(at("mode")), checked(at("high"))});
        case Family::metalog: return metalog(e, checked(at("p10")), checked(at("p50")), checked(at("p90")));
        default: return beta(e, v);
        }
    }

    Distribution normal(const Amount& mean, const Amount& sd) const {
        const double m = checked(mean), s = spread(sd);
        return {Family::normal, {m, s}};
    }
    Distribution lognormal(const Amount& mean, const Amount& sd) const {
        const double m = checked(mean), s = spread(sd);
        if (!(m > 0.0)) fail(mean, "E0206", "a lognormal has a positive mean", "use normal(...)");
        const double variance = log(1.0 + (s / m) * (s / m));
        return {Family::lognormal, {log(m) - 0.5 * variance, sqrt(variance)}};
    }
    double spread(const Amount& sd) const {
        const double s = value(sd);
        if (!(s > 0.0)) fail(sd, "E0206", fmt::format("the standard deviation '{}' must be above zero", written(sd)));
        return s;
    }
    Distribution ordered(const Expression& e, Family family, std::vector<double> values) const {
        if (!std::is_sorted(values.begin(), values.end()) || !(values.front() < values.back()))
            fail(e, "E0206", fmt::format("the values of {} do not rise", e.name),
                 values.size() == 2 ? "write low, high" : "write low, mode, high");
        return {family, std::move(values)};
    }
    Distribution metalog(const Expression& e, double p10, double p50, double p90) const {
        if (!(p10 < p50 && p50 < p90)) fail(e, "E0206", "the values of metalog do not rise", "write p10, p50, p90");
        // Feasible while the density stays positive: |a3| < 1.66711 a2 (Keelin 2016, Decision Analysis 13(4), 3 terms).
        const double ln9 = log(9.0);
        const double a2 = (p90 - p10) / (2.0 * ln9), a3 = (p90 + p10 - 2.0 * p50) / (0.8 * ln9);
        if (!(abs(a3) < 1.66711 * a2))
            fail(e, "E0206", "no metalog of three terms is that skewed", "use lognormal(p10=, p90=) or truncate(...)");
        return {Family::metalog, {p10, p50, p90}};
    }
    Distribution beta(const Expression& e, const Values& v) const {
        const bool has_bounds = v.count("low") == 1;
        if (!has_bounds && expected_.dim != dimensionless)
            fail(e, "E0206", "beta needs its bounds here", "write beta(alpha, beta, low, high)");
        const double low = has_bounds ? checked(*v.at("low")) : 0.0;
        const double high = has_bounds ? checked(*v.at("high")) : 1.0;
        if (!(low < high)) fail(e, "E0206", "the bounds of beta do not rise", "the lower one comes first");
        double alpha = 0.0, beta = 0.0;
        if (v.count("mean") == 1) {
            const double m = (checked(*v.at("mean")) - low) / (high - low), s = spread(*v.at("sd")) / (high - low);
            const double size = m * (1.0 - m) / (s * s) - 1.0;
            if (!(m > 0.0 && m < 1.0 && size > 0.0))
                fail(e, "E0206", "no beta distribution has this mean and standard deviation",
                     "the mean lies between the bounds, the deviation is below sqrt(mean (1 - mean))");
            alpha = m * size;
            beta = (1.0 - m) * size;
        } else {
            alpha = plain(*v.at("alpha"));
            beta = plain(*v.at("beta"));
        }
        if (!(alpha > 0.0 && beta > 0.0)) fail(e, "E0206", "alpha and beta must be above zero");
        return {Family::beta, {alpha, beta, low, high}};
    }

    Distribution discrete(const Expression& e) const {
        Distribution out{Family::discrete, {}};
        double sum = 0.0;
        for (const auto& argument : e.arguments) {
            if (!argument.name.empty()) fail(e, "E0206", "discrete takes no names", "write discrete(10: 0.3, 20: 0.7)");
            out.parameters.push_back(checked(argument.amount));
            const double p = plain(*argument.probability);
            if (!(p >= 0.0 && p <= 1.0))
                fail(*argument.probability, "E0206",
                     fmt::format("'{}' is no probability", written(*argument.probability)));
            out.probabilities.push_back(p);
            sum += p;
        }
        constexpr double rounding = 1e-9;
        if (!(std::fabs(sum - 1.0) <= rounding))
            fail(e, "E0206", fmt::format("the probabilities add up to {:.6g}, not to 1", sum));
        return out;
    }

    Distribution empirical(const Expression& e) const {
        if (folder_.empty())
            fail(e, "E0605", "a scenario that is no file cannot read another one", "write the values as discrete(...)");
        const auto file = read_file(std::filesystem::path(folder_) / e.file);
        if (!file.trouble.empty())
            fail(e, "E0605", fmt::format("'{}': {}", e.file, file.trouble), "the name is relative to this file");
        Amount amount;
        amount.at = e.at;
        amount.length = e.length;
        Distribution out{Family::empirical, {}};
        std::size_t line_number = 0;
        for (std::size_t at = 0; at < file.content.size();) {
            const auto end = std::min(file.content.find('\n', at), file.content.size());
            std::string line = file.content.substr(at, end - at);
            at = end + 1;
            ++line_number;
            while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
                line.pop_back();
            if (line.empty() || line[0] == '#') continue;
            const auto [rest, error] = std::from_chars(line.data(), line.data() + line.size(), amount.number);
            if (error != std::errc{} || rest != line.data() + line.size()) {
                if (out.parameters.empty() && line_number == 1) continue; // a heading
                fail(e, "E0605", fmt::format("'{}' line {}: '{:.40}' is no number", e.file, line_number, line),
                     "the file has one number a line");
            }
            const double x = value(amount);
            if (const auto why = outside(expected_.range, x); !why.empty() || !std::isfinite(x))
                fail(e, "E0205",
                     fmt::format("'{}' line {}: '{}' {}", e.file, line_number, line,
                                 why.empty() ? "is not finite" : why));
            out.parameters.push_back(x);
        }
        if (out.parameters.size() < 2) fail(e, "E0605", fmt::format("'{}' has fewer than two numbers", e.file));
        std::sort(out.parameters.begin(), out.parameters.end());
        return out;
    }

    Distribution truncated(const Expression& e) {
        const auto& inner = e.inner[0];
        auto out = distribution(inner);
        if (out.family == Family::constant || out.family == Family::discrete || out.family == Family::empirical)
            fail(inner, "E0206",
                 fmt::format("{} cannot be truncated", inner.name == "constant" ? "a number" : inner.name));
        if (e.arguments.size() != 2 || !e.arguments[0].name.empty() || !e.arguments[1].name.empty())
            fail(e, "E0206", "truncate is not given what it takes", "write truncate(distribution, low, high)");
        const double low = checked(e.arguments[0].amount), high = checked(e.arguments[1].amount);
        if (!(low < high)) fail(e, "E0206", "the bounds of truncate do not rise", "the lower one comes first");
        out.low = std::max(out.low, low);
        out.high = std::min(out.high, high);
        if (share_inside(out) < 1e-3)
            fail(e, "E0206", "truncate leaves less than 0.1 % of the distribution", "widen the bounds");
        return out;
    }
    /// Rough probability between the truncation bounds; for bounded families, the share of the support.
    static double share_inside(const Distribution& d) {
        const auto& p = d.parameters;
        const auto phi = [](double x) { return 0.5 * erfc(-x * 0.70710678118654752); };
        const auto normal_share = [&](double low, double high) {
            return phi((high - p[0]) / p[1]) - phi((low - p[0]) / p[1]);
        };
        const auto logit = [](double x) { return log(x / (1.0 - x)); };
        switch (d.family) {
        case Family::normal: return normal_share(d.low, d.high);
        case Family::lognormal: return d.high > 0.0 ? normal_share(d.low > 0.0 ? log(d.low) : -1e9, log(d.high)) : 0.0;
        case Family::logit_normal:
            return normal_share(d.low > 0.0 ? logit(d.low) : -1e9, d.high < 1.0 ? logit(d.high) : 1e9);
        case Family::metalog: return std::min(d.high, p[2]) > std::max(d.low, p[0]) ? 1.0 : 0.0;
        default: {
            const double low = d.family == Family::beta ? p[2] : p.front();
            const double width = p.back() - low;
            return (std::min(d.high, p.back()) - std::max(d.low, low)) / width;
        }
        }
    }

    /// Unbounded families are cut at the bounds of the field.
    [[nodiscard]] Distribution bounded_by_range(Distribution d) const {
        if (d.family != Family::normal && d.family != Family::metalog && d.family != Family::lognormal) return d;
        switch (expected_.range) {
        case Range::any: break;
        case Range::positive:
        case Range::nonnegative:
            if (d.family != Family::lognormal) d.low = 0.0;
            break;
        case Range::fraction:
            if (d.family != Family::lognormal) d.low = 0.0;
            d.high = 1.0;
            break;
        case Range::rate:
            if (d.family != Family::lognormal) d.low = -1.0;
            break;
        }
        return d;
    }

    std::string_view text_;
    const Amount* trailing_;
    const Expected& expected_;
    const std::string& folder_;
};

} // namespace

QuantityText put_together(std::string_view text, const ParsedText& parsed, const Expected& expected,
                          const std::string& folder) {
    return Builder(text, parsed, expected, folder).build(parsed.expression);
}

} // namespace autarky::scenario
