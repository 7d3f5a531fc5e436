// autarky: the solver and what is asked of its answers.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "farmer.hpp"
#include "plan/solver.hpp"

using namespace autarky::plan;

namespace {

/// max 3x + 5y: x <= 4, 2y <= 12, 3x + 2y <= 18; Hillier and Lieberman's Wyndor Glass: 36 at (2, 6), duals 0, 1.5, 1.
Program wyndor() {
    Program p;
    p.add(Column{"x", -3.0});
    p.add(Column{"y", -5.0});
    p.add(Row{"plant_1", -no_limit, 4.0, {{0, 1.0}}});
    p.add(Row{"plant_2", -no_limit, 12.0, {{1, 2.0}}});
    p.add(Row{"plant_3", -no_limit, 18.0, {{0, 3.0}, {1, 2.0}}});
    return p;
}

std::string refusal(Program program) {
    try {
        Solver solver(std::move(program));
        return {};
    } catch (const SolverFailure& failure) {
        return failure.what();
    }
}

} // namespace

TEST_CASE("a textbook's optimum with its duals") {
    const auto s = Solver(wyndor()).solve();
    CHECK(s.status == Status::optimal);
    CHECK(s.objective == doctest::Approx(-36.0));
    CHECK(s.value[0] == doctest::Approx(2.0));
    CHECK(s.value[1] == doctest::Approx(6.0));
    CHECK(s.dual[0] == doctest::Approx(0.0));
    CHECK(s.dual[1] == doctest::Approx(-1.5));
    CHECK(s.dual[2] == doctest::Approx(-1.0));
}

TEST_CASE("an answer that does not hold is told from one that does") {
    const auto p = wyndor();
    auto s = Solver(p).solve();
    CHECK(doubt_of(p, s).empty());
    auto worse = s;
    worse.value[0] = 1.0;
    CHECK(doubt_of(p, worse).find("objectives differ") != std::string::npos);
    worse = s;
    worse.value[0] = 3.0;
    CHECK(doubt_of(p, worse).find("plant_3") != std::string::npos);
    worse = s;
    worse.dual[1] = 1.5;
    CHECK(doubt_of(p, worse).find("wrong sign") != std::string::npos);
    worse = s;
    worse.value[0] = -1.0;
    CHECK(doubt_of(p, worse).find("outside its bounds") != std::string::npos);
}

TEST_CASE("limits move and rows are added; the next solve sees them") {
    Solver solver(wyndor());
    static_cast<void>(solver.solve());
    solver.limit_row(2, -no_limit, 24.0);
    CHECK(solver.solve().objective == doctest::Approx(-42.0)); // x 4, y 6
    solver.add(Row{"both", -no_limit, 5.0, {{0, 1.0}, {1, 1.0}}});
    CHECK(solver.solve().objective == doctest::Approx(-25.0)); // y 5
    solver.limit_row(3, 11.0, no_limit);
    CHECK(solver.solve().status == Status::infeasible);
    solver.limit_row(3, -no_limit, no_limit);
    CHECK(solver.solve().objective == doctest::Approx(-42.0));
}

TEST_CASE("what is out of scale is refused by name before it is solved") {
    auto p = wyndor();
    p.rows[0].terms[0].factor = 1e-8;
    CHECK(refusal(p).find("factor 1e-08 of x in plant_1") != std::string::npos);
    p = wyndor();
    p.rows[0].upper = 2e15;
    CHECK(refusal(p).find("plant_1") != std::string::npos);
    p = wyndor();
    p.columns[1].cost = std::nan("");
    CHECK(refusal(p).find("cost") != std::string::npos);
    p = wyndor();
    p.columns[0].lower = 5.0;
    p.columns[0].upper = 4.0;
    CHECK(refusal(p).find("at least 5 and at most 4") != std::string::npos);
    p = wyndor();
    p.rows[0].terms.push_back({0, 1.0});
    CHECK(refusal(p).find("twice") != std::string::npos);
    CHECK(refusal(wyndor()).empty());
}

TEST_CASE("no lower limit is said to be none") {
    auto p = wyndor();
    p.rows.clear();
    CHECK(Solver(p).solve().status == Status::unbounded);
}

TEST_CASE("whole numbers come with a bound") {
    auto p = wyndor();
    p.columns[0].is_integer = p.columns[1].is_integer = true;
    p.rows[2].upper = 17.0;
    const auto s = Solver(p).solve();
    CHECK(s.objective == doctest::Approx(-33.0)); // x 1, y 6
    CHECK(s.bound <= s.objective + 1e-6);
    CHECK(s.dual.empty());
}

TEST_CASE("a program as MPS: bounds always written, ranges, marks, names that every reader takes") {
    Program p;
    p.add(Column{"sign it", 1.0, 0.0, no_limit, true});
    p.add(Column{"free", 2.5, -no_limit, no_limit});
    p.add(Column{"fixed", 0.0, 3.0, 3.0});
    p.add(Row{"a row", 1.0, 4.0, {{0, 1.0}, {1, -2.0}}});
    p.add(Row{"same", 2.0, 2.0, {{2, 1.0}}});
    CHECK(mps_text(p, "a plan") == "* r0 a_row\n* r1 same\n* c0 sign_it\n* c1 free\n* c2 fixed\n"
                                   "NAME a_plan\nROWS\n N cost\n G r0\n E r1\n"
                                   "COLUMNS\n M 'MARKER' 'INTORG'\n c0 cost 1\n c0 r0 1\n M 'MARKER' 'INTEND'\n"
                                   " c1 cost 2.5\n c1 r0 -2\n c2 cost 0\n c2 r1 1\n"
                                   "RHS\n RHS r0 1\n RHS r1 2\nRANGES\n RNG r0 3\n"
                                   "BOUNDS\n LO BND c0 0\n PL BND c0\n FR BND c1\n FX BND c2 3\nENDATA\n");
}
