// autarky: which dated rule controls an item: every clause with its tests, the paragraph, and what of a licence is left.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/inputs.hpp"
#include "market/export/item.hpp"

namespace autarky::market::licensing {

/// Kleene's three values: a test on an unknown figure is neither met nor missed. In this order `min` is "and", `max` is "or".
enum class Truth { no, unknown, yes };
constexpr std::array<std::string_view, 3> choices(Type<Truth> /*type*/) { return {"no", "unknown", "yes"}; }

/// A rule as it is used, with what was written of its days.
struct DatedRule {
    std::string id;
    Rule<double> row{};
    std::string effective, compliance, until; ///< as written; empty when left out
    Grade grade = Grade::assumption;
    Origin origin{};

    [[nodiscard]] bool is_in_force(double day) const { return row.effective.year <= day && day < row.until.year; }
    [[nodiscard]] bool is_binding(double day) const { return is_in_force(day) && row.compliance.year <= day; }
};

/// Rules in the order of their days, with clauses in the order of the file: of paragraphs that apply the first counts.
struct RuleBook {
    std::vector<DatedRule> rules;
    std::vector<Clause<double>> clauses; ///< `rule` is a row of `rules`

    /// Every day on which something begins, binds or ends, ascending, each once.
    [[nodiscard]] std::vector<double> changes() const;
};

/// Finds rules that end before they begin, and rules of one subject that are in force on the same day.
void check_dates(const RuleBook& book, Diagnostics& findings);

/// One test of a clause.
struct Test {
    std::string_view quantity, unit, relation; ///< relation: ">=", "<", ">", "is"
    std::optional<double> figure;              ///< none when it is not known
    double limit = 0.0;
    Truth holds = Truth::unknown;

    /// How far the figure lies above the limit, as a share of it.
    [[nodiscard]] std::optional<double> margin() const {
        return figure && limit > 0.0 ? std::optional(*figure / limit - 1.0) : std::nullopt;
    }
};

/// A clause of a rule in force, tried on an item.
struct Tried {
    const Clause<double>* clause = nullptr;
    const DatedRule* rule = nullptr;
    std::vector<Test> tests;
    Truth holds = Truth::yes;
    bool reaches = true; ///< the rule applies to this delivery
    bool binds = true;   ///< and must be complied with on this day
};

/// Where it goes, and where the buyer's parent sits.
struct Delivery {
    Destination destination, headquarters;

    [[nodiscard]] bool is_reached_by(const Rule<double>& rule) const {
        return destination.is_in(rule.scope) || (rule.by_headquarters && headquarters.is_embargoed());
    }
};

/// What holds of an item on a day.
struct Judgement {
    std::vector<Tried> tried;            ///< all clauses in force
    Truth controlled = Truth::no;        ///< by a paragraph, wherever it goes
    Truth needs_licence = Truth::no;     ///< for this delivery, exceptions taken into account
    const Tried* decisive = nullptr;     ///< the clause of the paragraph, or the one that leaves it open
    const Tried* excluded_by = nullptr;  ///< when a note takes the paragraph back
    const Tried* exception = nullptr;    ///< that may be used
    const Tried* letter = nullptr;       ///< by which the addressee needs a licence
    const Tried* review = nullptr;       ///< how an application is judged
    std::vector<const Tried*> besides{}; ///< tariffs, closures and notices that reach the delivery

    Judgement() = default;
    Judgement(const Judgement&) = delete; // its pointers lead into itself
    Judgement& operator=(const Judgement&) = delete;
    Judgement(Judgement&&) = default; // a moved vector keeps its elements where they are
    Judgement& operator=(Judgement&&) = default;
    ~Judgement() = default;

    /// Paragraph under which the item is controlled, or may be; empty when it is not.
    [[nodiscard]] std::string_view paragraph() const {
        return controlled != Truth::no && decisive ? std::string_view(decisive->clause->paragraph) : "";
    }
};

/// Judges an item. `day` is a decimal year as parse_date gives it.
Judgement judge(const RuleBook& book, const Commodity& item, const Delivery& delivery, double day);

/// Of an item that no paragraph controls: the clause that it misses by the least. Null when there is none with a figure.
const Tried* nearest_miss(const Judgement& judged);

/// What would have to be different for no paragraph to apply.
struct Passing {
    std::optional<double> least_area_mm2; ///< more than this, at the same TPP; none when no area helps
    std::optional<double> most_tpp;       ///< less than this, on the same area; none without rates
};
Passing passing(const RuleBook& book, const Commodity& item, const Delivery& delivery, double day);

} // namespace autarky::market::licensing
