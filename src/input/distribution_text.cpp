// autarky: puts the parts of a quantity text together, in base units.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/normal.hpp"
#include "core/normal_density.hpp"
#include "core/normal_quantiles.hpp"
#include "core/real.hpp"
#include "input/distribution_forms.hpp"
#include "input/files.hpp"
#include "input/quantity_amounts.hpp"

namespace autarky::scenario {
namespace {

class Builder {
public:
    Builder(const Amounts& amounts, const std::string& folder) : amounts_(amounts), folder_(folder) {}

    QuantityText build(const Expression& expression) const {
        const bool is_date = amounts_.expected().is_date;
        const Amount* trailing = amounts_.trailing();
        if (trailing != nullptr) amounts_.check_unit(*trailing);
        QuantityText out;
        out.distribution = distribution(expression);
        out.unit = is_date ? "date" : "1";
        const Amount* shown = trailing != nullptr ? trailing : first_unit(expression);
        if (!is_date && shown != nullptr) {
            out.unit = shown->unit->text;
            out.unit_factor = shown->unit->unit.factor;
        }
        if (expression.name != "truncate") out.cut = cut_by_range(out);
        return out;
    }

private:
    static const Amount* first_unit(const Expression& e) {
        for (const auto& inner : e.inner)
            if (const auto* found = first_unit(inner)) return found;
        for (const auto& argument : e.arguments)
            if (argument.amount.unit) return &argument.amount;
        return nullptr;
    }

    [[nodiscard]] Distribution distribution(const Expression& e) const {
        if (e.name == "constant") return {Family::constant, {amounts_.checked(e.arguments[0].amount)}};
        if (e.name == "to") return between(e);
        const auto& all = signatures();
        const auto found = std::find_if(all.begin(), all.end(), [&](const Signature& s) { return s.name == e.name; });
        if (found == all.end()) {
            std::vector<std::string_view> names;
            for (const auto& signature : all)
                names.push_back(signature.name);
            auto hint = did_you_mean(e.name, names);
            if (hint.empty()) hint = fmt::format("known are {}", fmt::join(names, ", "));
            Amounts::fail(e, "E0206", fmt::format("unknown distribution '{}'", e.name), std::move(hint));
        }
        if (e.name == "truncate") return truncated(e);
        if (e.name == "discrete") return discrete(e);
        if (e.name == "empirical") return empirical(e);
        return bounded_by_range(from_form(e, *found, amounts_));
    }

    [[nodiscard]] Distribution between(const Expression& e) const {
        const Amount& low = e.arguments[0].amount;
        const Amount& high = e.arguments[1].amount;
        const double a = amounts_.checked(low, high.unit && !low.unit ? &high : nullptr);
        const double b = amounts_.checked(high);
        if (!(a < b))
            Amounts::fail(e, "E0206", fmt::format("'{}' does not rise", amounts_.written(e)),
                          a == b ? "write the one value"
                                 : "'a to b' is the 5th to the 95th percentile: the lower one comes first");
        // 0 % and 100 % are no percentiles of a logit-normal: with such an end it is a normal, cut at the bounds.
        if (amounts_.expected().range == Range::fraction && a > 0.0 && b < 1.0) return logit_normal_between(a, b, z95);
        if (!amounts_.expected().is_date && amounts_.expected().range != Range::fraction && a > 0.0)
            return lognormal_between(a, b, z95);
        return bounded_by_range({Family::normal, {0.5 * (a + b), (b - a) / (2.0 * z95)}});
    }

    [[nodiscard]] Distribution discrete(const Expression& e) const {
        Distribution out{Family::discrete, {}};
        double sum = 0.0;
        for (const auto& argument : e.arguments) {
            if (!argument.name.empty())
                Amounts::fail(e, "E0206", "discrete takes no names", "write discrete(10: 0.3, 20: 0.7)");
            out.parameters.push_back(amounts_.checked(argument.amount));
            const double p = amounts_.plain(*argument.probability);
            if (!(p >= 0.0 && p <= 1.0))
                Amounts::fail(*argument.probability, "E0206",
                              fmt::format("'{}' is no probability", amounts_.written(*argument.probability)));
            out.probabilities.push_back(p);
            sum += p;
        }
        constexpr double rounding = 1e-9;
        if (!(std::fabs(sum - 1.0) <= rounding))
            Amounts::fail(e, "E0206", fmt::format("the probabilities add up to {:.6g}, not to 1", sum));
        return out;
    }

    [[nodiscard]] Distribution empirical(const Expression& e) const {
        if (folder_.empty())
            Amounts::fail(e, "E0605", "a scenario that is no file cannot read another one",
                          "write the values as discrete(...)");
        const auto path = std::filesystem::path(folder_) / e.file;
        if (!may_name(folder_, path, find_data_folder()))
            Amounts::fail(e, "E0605", fmt::format("'{}': {}", e.file, outside_folder), outside_folder_hint);
        const auto file = read_file(path);
        if (!file.trouble.empty())
            Amounts::fail(e, "E0605", fmt::format("'{}': {}", e.file, file.trouble),
                          "the name is relative to this file");
        Amount amount;
        amount.at = e.at;
        amount.length = e.length;
        Distribution out{Family::empirical, {}};
        std::size_t line_number = 0;
        for (auto rest = without_mark(file.content); !rest.empty();) {
            const auto end = std::min(rest.find('\n'), rest.size());
            const std::string line = bare_cell(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            ++line_number;
            if (line.empty() || line[0] == '#') continue;
            const auto [behind, error] = std::from_chars(line.data(), line.data() + line.size(), amount.number);
            if (error == std::errc{} && behind == line.data() + line.size() && !std::isfinite(amount.number))
                Amounts::fail(e, "E0605", fmt::format("'{}' line {}: '{}' is no value", e.file, line_number, line),
                              "leave the line out, or write the number that belongs there");
            if (error != std::errc{} || behind != line.data() + line.size()) {
                const bool is_heading =
                    out.parameters.empty() && std::string_view("0123456789+-.").find(line[0]) == std::string_view::npos;
                if (is_heading) continue;
                Amounts::fail(e, "E0605",
                              fmt::format("'{}' line {}: '{:.20}' is no number", e.file, line_number,
                                          line.substr(0, line.find(' '))), // no more of a file that may be anybody's
                              line.find_first_of(",;") != std::string::npos
                                  ? "the file has one number a line, without commas inside"
                                  : "the file has one number a line");
            }
            const double x = amounts_.value(amount);
            if (const auto why = outside(amounts_.expected().range, x); !why.empty() || !std::isfinite(x))
                Amounts::fail(e, "E0205",
                              fmt::format("'{}' line {}: {:.6g} {}", e.file, line_number, amount.number,
                                          why.empty() ? "is not finite" : why));
            out.parameters.push_back(x);
        }
        if (out.parameters.size() < 2)
            Amounts::fail(e, "E0605", fmt::format("'{}' has fewer than two numbers", e.file));
        std::sort(out.parameters.begin(), out.parameters.end());
        return out;
    }

    /// Without the mark that spreadsheets put before UTF-8.
    static std::string_view without_mark(std::string_view content) {
        constexpr std::string_view mark = "\xEF\xBB\xBF";
        return content.starts_with(mark) ? content.substr(mark.size()) : content;
    }
    /// Without blanks and quotes around it and the commas of empty cells behind it; a comma between digits that groups them in
    /// threes goes too where quotes hold the cell together ("8,000").
    static std::string bare_cell(std::string_view line) {
        while (!line.empty() && std::string_view(" \t\r,;").find(line.back()) != std::string_view::npos)
            line.remove_suffix(1);
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
            line.remove_prefix(1);
        if (line.size() < 2 || line.front() != '"' || line.back() != '"') return std::string(line);
        std::string cell(line.substr(1, line.size() - 2));
        const auto digits = cell.substr(0, cell.find('.'));
        bool groups = true;
        for (std::size_t i = 0; i < digits.size(); ++i)
            groups = groups && (digits[i] == ',') == ((digits.size() - i) % 4 == 0 && i > 0);
        if (groups) std::erase(cell, ',');
        return cell;
    }

    [[nodiscard]] Distribution truncated(const Expression& e) const {
        const auto& inner = e.inner[0];
        // its own bounds decide, not whether the whole distribution would stay in the field's range
        Expected anywhere = amounts_.expected();
        anywhere.range = Range::any;
        const bool has_form = inner.name != "to" && inner.name != "constant" && inner.name != "truncate";
        auto out = has_form ? Builder(amounts_.expecting(anywhere), folder_).distribution(inner) : distribution(inner);
        if (out.family == Family::constant || out.family == Family::discrete || out.family == Family::empirical)
            Amounts::fail(inner, "E0206",
                          fmt::format("{} cannot be truncated", inner.name == "constant" ? "a number" : inner.name));
        if (e.arguments.size() != 2 || !e.arguments[0].name.empty() || !e.arguments[1].name.empty())
            Amounts::fail(e, "E0206", "truncate is not given what it takes", "write truncate(distribution, low, high)");
        const double low = amounts_.checked(e.arguments[0].amount), high = amounts_.checked(e.arguments[1].amount);
        if (!(low < high)) Amounts::fail(e, "E0206", "the bounds of truncate do not rise", "the lower one comes first");
        out.low = std::max(out.low, low);
        out.high = std::min(out.high, high);
        if (share_inside(out) < 1e-3)
            Amounts::fail(e, "E0206", "truncate leaves less than 0.1 % of the distribution", "widen the bounds");
        return out;
    }
    /// Rough probability between the truncation bounds; for bounded families, the share of the support.
    static double share_inside(const Distribution& d) {
        const auto& p = d.parameters;
        const auto normal_share = [&](double low, double high) {
            return normal_probability((high - p[0]) / p[1]) - normal_probability((low - p[0]) / p[1]);
        };
        const auto logit = [](double x) { return log(x / (1.0 - x)); };
        switch (d.family) {
        case Family::normal: return normal_share(d.low, d.high);
        case Family::lognormal: return d.high > 0.0 ? normal_share(d.low > 0.0 ? log(d.low) : -1e9, log(d.high)) : 0.0;
        case Family::logit_normal:
            return normal_share(d.low > 0.0 ? logit(d.low) : -1e9, d.high < 1.0 ? logit(d.high) : 1e9);
        case Family::loguniform: return log(std::min(d.high, p[1]) / std::max(d.low, p[0])) / log(p[1] / p[0]);
        case Family::bounded_metalog: return std::min(d.high, p[4]) > std::max(d.low, p[3]) ? 1.0 : 0.0;
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
        switch (amounts_.expected().range) {
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

    /// Says what the range of the field cuts off a distribution, and the mean of what is left, from 6 % on: "a to b" leaves 5 %
    /// on each side by itself, so a range that ends where the key does is meant.
    [[nodiscard]] std::string cut_by_range(const QuantityText& text) const {
        const auto& d = text.distribution;
        const bool is_cut = d.low > -1e300 || d.high < 1e300;
        if (!is_cut || (d.family != Family::normal && d.family != Family::lognormal && d.family != Family::metalog))
            return {};
        const auto [share, mean, whole] = left_by_bounds(d);
        if (share > 0.94 || !(share > 0.0)) return {};
        return fmt::format(
            "{:.3g} % of it lie outside what the key can be and are never drawn; the mean becomes {:.4g} {} "
            "instead of {:.4g}",
            100.0 * (1.0 - share), mean / text.unit_factor, text.unit, whole / text.unit_factor);
    }
    /// Probability between the bounds, the mean there, and the mean without them. A metalog is added up over places of equal
    /// probability, good to four digits.
    struct Left {
        double share = 1.0, mean = 0.0, whole = 0.0;
    };
    static Left left_by_bounds(const Distribution& d) {
        const auto& p = d.parameters;
        if (d.family == Family::normal) {
            const double a = (d.low - p[0]) / p[1], b = (d.high - p[0]) / p[1],
                         share = normal_probability(b) - normal_probability(a);
            const auto density = [](double x) { return abs(x) > 40.0 ? 0.0 : normal_density(x); };
            return {share, p[0] + p[1] * (density(a) - density(b)) / share, p[0]};
        }
        if (d.family == Family::lognormal) {
            const double a = d.low > 0.0 ? (log(d.low) - p[0]) / p[1] : -1e9;
            const double b = d.high < 1e300 ? (log(d.high) - p[0]) / p[1] : 1e9;
            const double share = normal_probability(b) - normal_probability(a), whole = exp(p[0] + 0.5 * p[1] * p[1]);
            return {share, whole * (normal_probability(b - p[1]) - normal_probability(a - p[1])) / share, whole};
        }
        const double ln9 = log(9.0);
        const double a2 = (p[2] - p[0]) / (2.0 * ln9), a3 = (p[2] + p[0] - 2.0 * p[1]) / (0.8 * ln9);
        Left left{0.0, 0.0, 0.0};
        constexpr int places = 10'000;
        for (int i = 0; i < places; ++i) {
            const double y = (static_cast<double>(i) + 0.5) / places, logit = log(y / (1.0 - y));
            const double x = p[1] + a2 * logit + a3 * (y - 0.5) * logit;
            left.whole += x / places;
            if (x < d.low || x > d.high) continue;
            left.share += 1.0 / places;
            left.mean += x / places;
        }
        left.mean = left.share > 0.0 ? left.mean / left.share : 0.0;
        return left;
    }

    const Amounts& amounts_;
    const std::string& folder_;
};

} // namespace

QuantityText put_together(std::string_view text, const ParsedText& parsed, const Expected& expected,
                          const std::string& folder) {
    const Amounts amounts(text, parsed, expected);
    return Builder(amounts, folder).build(parsed.expression);
}

} // namespace autarky::scenario
