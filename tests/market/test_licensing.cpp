// autarky: tests of dated export rules on rule books of their own.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "core/calendar.hpp"
#include "market/export/judge.hpp"

using namespace autarky;
using namespace autarky::market::licensing;

namespace {

DatedRule rule(std::string id, const char* from, const char* until, std::string subject = "chips") {
    DatedRule out;
    out.id = std::move(id);
    out.row.title = out.id;
    out.row.subject = std::move(subject);
    out.row.effective.year = *parse_date(from);
    out.row.compliance.year = 1900.0;
    out.row.until.year = *parse_date(until);
    out.effective = from;
    out.until = until;
    return out;
}

Clause<double> clause(int of, const char* paragraph, Effect effect = Effect::control) {
    Clause<double> out;
    out.rule.index = of;
    out.paragraph = paragraph;
    out.effect = effect;
    return out;
}

/// One rule of two paragraphs with a note and an exception, as 3A090 has them.
RuleBook small_book() {
    RuleBook book;
    book.rules.push_back(rule("r", "2023-11-17", "2200-01-01"));
    auto high = clause(0, "a");
    high.tpp_from = quantity(4800.0, "TPP"_u);
    auto dense = clause(0, "a");
    dense.tpp_from = quantity(1600.0, "TPP"_u);
    dense.density_from = quantity(5.92, "TPP/mm^2"_u);
    auto note = clause(0, "note", Effect::exclusion);
    note.data_centre = Marketed::no;
    note.tpp_below = quantity(4800.0, "TPP"_u);
    auto exception = clause(0, "exception", Effect::exception);
    exception.data_centre = Marketed::no;
    exception.tpp_from = quantity(4800.0, "TPP"_u);
    book.clauses = {high, dense, note, exception};
    return book;
}

Commodity chip(double int8_tops, std::optional<double> area, Marketed marketed) {
    Commodity out;
    out.rates = {{"int8", 8.0, int8_tops}};
    out.area_mm2 = area;
    out.data_centre = marketed;
    return out;
}

Delivery china() {
    Destination place;
    place.is_china = place.d5 = true;
    return {place, place};
}

const double day = *parse_date("2024-01-01");

} // namespace

TEST_CASE("TPP is the most over precisions, and of several units their sum") {
    Commodity item;
    item.rates = {{"int8", 8.0, 517.0}, {"fp16", 16.0, 259.0}, {"fp4", 4.0, 1035.0}};
    CHECK(*item.tpp() == 4144.0); // 259 x 16, above 4,136 and 4,140
    item.units = 2.0;
    CHECK(*item.tpp() == 8288.0);
    item.area_mm2 = 400.0;
    CHECK(*item.density() == doctest::Approx(8288.0 / 800.0).epsilon(1e-15)); // the density is that of one
}

TEST_CASE("a figure at its limit is controlled, and a hair below it is not") {
    const auto book = small_book();
    const auto at = judge(book, chip(600.0, 2000.0, Marketed::yes), china(), day); // 600 int8 TOPS are 4,800 TPP
    CHECK(at.controlled == Truth::yes);
    CHECK(at.paragraph() == "a");
    CHECK(judge(book, chip(599.99, 2000.0, Marketed::yes), china(), day).controlled == Truth::no);
    const double edge = 1600.0 / 5.92;
    CHECK(judge(book, chip(200.0, edge * (1.0 - 1e-9), Marketed::yes), china(), day).controlled == Truth::yes);
    CHECK(judge(book, chip(200.0, edge * (1.0 + 1e-9), Marketed::yes), china(), day).controlled == Truth::no);
}

TEST_CASE("an unknown area is neither zero nor infinite") {
    const auto book = small_book();
    CHECK(judge(book, chip(400.0, {}, Marketed::yes), china(), day).controlled == Truth::unknown);
    CHECK(judge(book, chip(600.0, {}, Marketed::yes), china(), day).controlled == Truth::yes); // whatever it is
    CHECK(judge(book, chip(199.0, {}, Marketed::yes), china(), day).controlled == Truth::no);
    CHECK(judge(book, chip(400.0, {}, Marketed::no), china(), day).controlled == Truth::no); // by the note
    const auto pass = passing(book, chip(400.0, {}, Marketed::yes), china(), day);
    CHECK(*pass.least_area_mm2 == doctest::Approx(3200.0 / 5.92).epsilon(1e-12));
}

TEST_CASE("an open flag leaves open what the note decides") {
    const auto book = small_book();
    const auto judged = judge(book, chip(400.0, 300.0, Marketed::open), china(), day);
    CHECK(judged.controlled == Truth::unknown);
    CHECK(judged.excluded_by == nullptr);
    CHECK(judge(book, chip(400.0, 300.0, Marketed::no), china(), day).excluded_by->clause->paragraph == "note");
}

TEST_CASE("an exception saves the licence and not the class") {
    const auto judged = judge(small_book(), chip(700.0, 600.0, Marketed::no), china(), day);
    CHECK(judged.controlled == Truth::yes);
    REQUIRE(judged.exception != nullptr);
    CHECK(judged.needs_licence == Truth::no);
    CHECK(judge(small_book(), chip(700.0, 600.0, Marketed::yes), china(), day).needs_licence == Truth::yes);
}

TEST_CASE("what would pass passes, and what is a hair short of it does not") {
    const auto book = small_book();
    for (const double tops : {250.0, 400.0, 599.0, 700.0, 5000.0})
        for (const double area : {50.0, 270.0, 800.0}) {
            const auto item = chip(tops, area, Marketed::yes);
            if (judge(book, item, china(), day).controlled != Truth::yes) continue;
            const auto pass = passing(book, item, china(), day);
            REQUIRE(pass.most_tpp);
            const auto with = [&](double tpp) { return judge(book, item.with_tpp(tpp), china(), day).controlled; };
            CHECK(with(*pass.most_tpp * (1.0 - 1e-8)) == Truth::no);
            CHECK(with(*pass.most_tpp * (1.0 + 1e-8)) == Truth::yes);
            CHECK(pass.least_area_mm2.has_value() == (tops < 600.0));
            if (!pass.least_area_mm2) continue;
            auto larger = item;
            larger.area_mm2 = *pass.least_area_mm2 * (1.0 + 1e-8);
            CHECK(judge(book, larger, china(), day).controlled == Truth::no);
            larger.area_mm2 = *pass.least_area_mm2 * (1.0 - 1e-8);
            CHECK(judge(book, larger, china(), day).controlled == Truth::yes);
        }
}

TEST_CASE("a rule holds from its first day to the one before its end, and binds from its day of compliance") {
    auto book = small_book();
    book.rules[0].row.until.year = *parse_date("2024-04-04");
    book.rules[0].row.compliance.year = *parse_date("2023-12-01");
    const auto controlled = [&](const char* date) {
        return judge(book, chip(700.0, 600.0, Marketed::yes), china(), *parse_date(date)).controlled;
    };
    CHECK(controlled("2023-11-16") == Truth::no);
    CHECK(controlled("2023-11-17") == Truth::no); // in force, not to be complied with yet
    CHECK(controlled("2023-12-01") == Truth::yes);
    CHECK(controlled("2024-04-03") == Truth::yes);
    CHECK(controlled("2024-04-04") == Truth::no);
}

TEST_CASE("the buyer's parent brings the rule to where it buys") {
    auto book = small_book();
    book.rules[0].row.by_headquarters = true;
    book.rules[0].row.scope = Scope::embargoed;
    const auto item = chip(700.0, 600.0, Marketed::yes);
    Delivery away;
    away.headquarters = china().headquarters;
    CHECK(judge(book, item, away, day).needs_licence == Truth::yes);
    CHECK(judge(book, item, Delivery{}, day).needs_licence == Truth::no);
    CHECK(judge(book, item, Delivery{}, day).controlled == Truth::yes); // the class does not travel
}

TEST_CASE("group A:5 and A:6 take listed destinations out again") {
    Destination israel;
    israel.d4 = true;
    CHECK(israel.is_in(Scope::listed));
    israel.a6 = true;
    CHECK_FALSE(israel.is_in(Scope::listed));
    CHECK(israel.is_in(Scope::worldwide));
}

TEST_CASE("rules that overlap or end before they begin are refused") {
    RuleBook book;
    book.rules = {rule("old", "2022-10-07", "2023-11-17"), rule("new", "2023-11-17", "2200-01-01")};
    Diagnostics sound;
    check_dates(book, sound);
    CHECK(sound.empty());
    book.rules[0].row.until.year = *parse_date("2023-11-18");
    Diagnostics overlap;
    check_dates(book, overlap);
    REQUIRE(overlap.items().size() == 1);
    CHECK(overlap.items()[0].code == "E0431");
    CHECK(overlap.items()[0].message == "rule.old and rule.new are both in force from 2023-11-17 on");
    book.rules = {rule("back", "2023-11-17", "2022-10-07")};
    Diagnostics backwards;
    check_dates(book, backwards);
    REQUIRE(backwards.items().size() == 1);
    CHECK(backwards.items()[0].code == "E0431");
}
