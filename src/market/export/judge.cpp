// autarky: tries the clauses in force on an item.
// SPDX-License-Identifier: Apache-2.0
#include "market/export/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace autarky::market::licensing {
namespace {

Truth truth(bool holds) { return holds ? Truth::yes : Truth::no; }

template <class Q, class Unit> double written(const Q& limit, Unit unit) { return as_written(limit.in(unit)); }

/// Tests of a clause in the order in which its text names them.
class Tests {
public:
    Tests(const Clause<double>& clause, const Commodity& item) {
        const auto tpp = item.tpp(), density = item.density();
        from(tpp, written(clause.tpp_from, "TPP"_u), "TPP", "TPP");
        below(tpp, written(clause.tpp_below, "TPP"_u), "TPP", "TPP");
        from(density, written(clause.density_from, "TPP/mm^2"_u), "performance density", "TPP/mm^2");
        below(density, written(clause.density_below, "TPP/mm^2"_u), "performance density", "TPP/mm^2");
        if (item.is_planar) no_density();
        from(item.interconnect_gb_s, written(clause.interconnect_from, "GB/s"_u), "interconnect", "GB/s");
        from(item.memory_gb_s, written(clause.memory_from, "GB/s"_u), "memory bandwidth", "GB/s");
        below(item.memory_gb_s, written(clause.memory_below, "GB/s"_u), "memory bandwidth", "GB/s");
        stack(clause, item);
        if (clause.data_centre != Marketed::open) marketed(clause.data_centre, item.data_centre);
        if (!clause.vendor.empty())
            add({"addressed to its vendor", "1", "is", item.vendor == clause.vendor ? 1.0 : 0.0, 1.0,
                 truth(item.vendor == clause.vendor)});
    }
    std::vector<Test> take() { return std::move(tests_); }

private:
    void add(Test test) { tests_.push_back(test); }
    void from(std::optional<double> figure, double limit, std::string_view quantity, std::string_view unit) {
        if (limit > 0.0) add({quantity, unit, ">=", figure, limit, figure ? truth(*figure >= limit) : Truth::unknown});
    }
    void below(std::optional<double> figure, double limit, std::string_view quantity, std::string_view unit) {
        if (limit > 0.0) add({quantity, unit, "<", figure, limit, figure ? truth(*figure < limit) : Truth::unknown});
    }
    /// What is built of planar transistors has no density: such a test is missed, not open.
    void no_density() {
        for (auto& test : tests_)
            if (test.quantity == "performance density") test.holds = Truth::no;
    }
    /// Only a stack has a bandwidth density of its own: of a chip nothing is unknown here.
    void stack(const Clause<double>& clause, const Commodity& item) {
        const auto figure = item.stack_gb_s_mm2;
        const double above = written(clause.stack_above, "GB/s/mm^2"_u),
                     less = written(clause.stack_below, "GB/s/mm^2"_u);
        if (above > 0.0)
            add({"bandwidth density of a stack", "GB/s/mm^2", ">", figure, above, truth(figure && *figure > above)});
        if (less > 0.0)
            add({"bandwidth density of a stack", "GB/s/mm^2", "<", figure, less, truth(figure && *figure < less)});
    }
    void marketed(Marketed wanted, Marketed is) {
        const auto figure = is == Marketed::open ? std::nullopt : std::optional(is == Marketed::yes ? 1.0 : 0.0);
        add({"for data centres", "1", "is", figure, wanted == Marketed::yes ? 1.0 : 0.0,
             is == Marketed::open ? Truth::unknown : truth(is == wanted)});
    }

    std::vector<Test> tests_;
};

/// A stack has no rates, and a chip is no stack: no test on the other's figures.
bool is_about(const Clause<double>& clause, const Commodity& item) {
    const bool is_stack_clause = clause.stack_above.raw() > 0.0 || clause.stack_below.raw() > 0.0;
    const bool has_tests = is_stack_clause || clause.tpp_from.raw() > 0.0 || clause.tpp_below.raw() > 0.0 ||
                           clause.memory_from.raw() > 0.0 || clause.interconnect_from.raw() > 0.0;
    return !has_tests || is_stack_clause == item.stack_gb_s_mm2.has_value();
}

Tried try_clause(const RuleBook& book, const Clause<double>& clause, const Commodity& item, const Delivery& delivery,
                 double day) {
    const auto& rule = book.rules[static_cast<std::size_t>(clause.rule.index)];
    Tried out{&clause, &rule, Tests(clause, item).take()};
    for (const auto& test : out.tests)
        out.holds = std::min(out.holds, test.holds);
    out.reaches = delivery.is_reached_by(rule.row);
    out.binds = rule.is_binding(day);
    return out;
}

bool takes_back(const Tried& tried, const Clause<double>& controlling) {
    const auto& about = tried.clause->about;
    return about.empty() || about == controlling.paragraph;
}

/// Whether a clause of this effect takes back or excepts the paragraph: what says most so, in the order of the file.
const Tried* best(const Judgement& judged, Effect effect, const Clause<double>& controlling) {
    const Tried* out = nullptr;
    for (const auto& tried : judged.tried)
        if (tried.clause->effect == effect && tried.binds && takes_back(tried, controlling) &&
            tried.holds != Truth::no && (!out || tried.holds > out->holds))
            out = &tried;
    return out;
}

Truth negated(Truth t) { return t == Truth::yes ? Truth::no : t == Truth::no ? Truth::yes : t; }

/// The first clause that controls the item for sure, else the first that may.
void find_paragraph(Judgement& judged) {
    for (const auto& tried : judged.tried) {
        if (tried.clause->effect != Effect::control || !tried.binds || tried.holds == Truth::no) continue;
        const Tried* note = best(judged, Effect::exclusion, *tried.clause);
        const Truth holds = std::min(tried.holds, negated(note ? note->holds : Truth::no));
        if (note && holds == Truth::no && !judged.excluded_by) judged.excluded_by = note;
        if (holds > judged.controlled) {
            judged.controlled = holds;
            judged.decisive = &tried;
        }
        if (holds == Truth::yes) return;
    }
}

void find_licence(Judgement& judged) {
    if (judged.decisive && judged.decisive->reaches) {
        judged.needs_licence = judged.controlled;
        judged.exception = best(judged, Effect::exception, *judged.decisive->clause);
        if (judged.exception) judged.needs_licence = std::min(judged.needs_licence, negated(judged.exception->holds));
    }
    for (const auto& tried : judged.tried) {
        if (!tried.binds || !tried.reaches || tried.holds == Truth::no) continue;
        if (tried.clause->effect == Effect::letter && (!judged.letter || tried.holds > judged.letter->holds))
            judged.letter = &tried;
    }
    if (judged.letter) judged.needs_licence = std::max(judged.needs_licence, judged.letter->holds);
}

/// How an application is judged, and what else stands at the border.
void find_besides(Judgement& judged) {
    for (const auto& tried : judged.tried) {
        if (!tried.binds || !tried.reaches || tried.holds == Truth::no) continue;
        const auto effect = tried.clause->effect;
        const bool is_of_licence = judged.decisive && takes_back(tried, *judged.decisive->clause);
        if (effect == Effect::review && judged.needs_licence != Truth::no && is_of_licence &&
            (!judged.review || tried.holds > judged.review->holds))
            judged.review = &tried;
        const bool is_at_border = effect == Effect::tariff || effect == Effect::closure;
        const bool is_of_interest =
            effect == Effect::notice && (is_of_licence || (judged.letter && !tried.tests.empty()));
        if (is_at_border || is_of_interest) judged.besides.push_back(&tried);
    }
}

} // namespace

std::vector<double> RuleBook::changes() const {
    std::vector<double> days;
    for (const auto& rule : rules) {
        days.push_back(rule.row.effective.year);
        if (!rule.compliance.empty() && rule.row.compliance.year < rule.row.until.year)
            days.push_back(rule.row.compliance.year);
        if (!rule.until.empty()) days.push_back(rule.row.until.year);
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

void check_dates(const RuleBook& book, Diagnostics& findings) {
    for (std::size_t i = 0; i < book.rules.size(); ++i) {
        const auto& rule = book.rules[i];
        if (!(rule.row.effective.year < rule.row.until.year))
            findings.error(rule.origin, "E0431",
                           fmt::format("rule.{} ends on {} and begins on {}", rule.id, rule.until, rule.effective),
                           "a rule begins before it ends");
        for (std::size_t j = 0; j < i; ++j) {
            const auto& other = book.rules[j];
            if (rule.row.subject != other.row.subject || rule.row.effective.year >= other.row.until.year ||
                other.row.effective.year >= rule.row.until.year)
                continue;
            findings.error(
                rule.origin, "E0431",
                fmt::format("rule.{} and rule.{} are both in force from {} on", other.id, rule.id,
                            std::max(rule.row.effective.year, other.row.effective.year) == rule.row.effective.year
                                ? rule.effective
                                : other.effective),
                fmt::format("both are about '{}': end the earlier one with `until`", rule.row.subject));
        }
    }
}

Judgement judge(const RuleBook& book, const Commodity& item, const Delivery& delivery, double day) {
    Judgement out;
    for (const auto& clause : book.clauses)
        if (book.rules[static_cast<std::size_t>(clause.rule.index)].is_in_force(day) && is_about(clause, item))
            out.tried.push_back(try_clause(book, clause, item, delivery, day));
    find_paragraph(out);
    find_licence(out);
    find_besides(out);
    return out;
}

const Tried* nearest_miss(const Judgement& judged) {
    const Tried* out = nullptr;
    double least = std::numeric_limits<double>::infinity();
    for (const auto& tried : judged.tried) {
        if (tried.clause->effect != Effect::control || !tried.binds || tried.holds != Truth::no) continue;
        double missed = 0.0; // by the test that is furthest from being met
        bool has_figures = false;
        for (const auto& test : tried.tests) {
            if (test.holds != Truth::no) continue;
            const auto margin = test.margin();
            has_figures = margin.has_value();
            missed = std::max(missed, std::fabs(margin.value_or(0.0)));
        }
        if (!has_figures || missed >= least) continue;
        least = missed;
        out = &tried;
    }
    return out;
}

Passing passing(const RuleBook& book, const Commodity& item, const Delivery& delivery, double day) {
    Passing out;
    const auto tpp = item.tpp();
    if (!tpp || *tpp <= 0.0) return out;
    constexpr double beyond = 1e-9; // limits are strict on one side: a hair past them, and said as a bound
    const auto passes = [&](const Commodity& changed) {
        return judge(book, changed, delivery, day).controlled == Truth::no;
    };
    const auto try_area = [&](double area) {
        if (item.area_mm2 && area < *item.area_mm2) return;
        Commodity changed = item;
        changed.area_mm2 = area * (1.0 + beyond);
        if ((!out.least_area_mm2 || area < *out.least_area_mm2) && passes(changed)) out.least_area_mm2 = area;
    };
    const auto try_tpp = [&](double wanted) {
        if (wanted > *tpp || (out.most_tpp && wanted <= *out.most_tpp)) return;
        if (passes(item.with_tpp(wanted * (1.0 - beyond)))) out.most_tpp = wanted;
    };
    for (const auto& clause : book.clauses) {
        for (const double limit :
             {written(clause.density_from, "TPP/mm^2"_u), written(clause.density_below, "TPP/mm^2"_u)}) {
            if (limit <= 0.0) continue;
            try_area(*tpp / limit / item.units);
            if (item.area_mm2) try_tpp(limit * *item.area_mm2 * item.units);
        }
        for (const double limit : {written(clause.tpp_from, "TPP"_u), written(clause.tpp_below, "TPP"_u)})
            if (limit > 0.0) try_tpp(limit);
    }
    return out;
}

} // namespace autarky::market::licensing
