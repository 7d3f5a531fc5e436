// autarky: named formula calls on the tape.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "core/formula.hpp"
#include "core/quantities.hpp"

using namespace autarky;

namespace {

constexpr Formula cost_formula{"test.cost", "Cost", "price / count", "definition"};

template <class R> DieCost<R> cost(const WaferPrice<R>& price, const DiesPerWafer<R>& count) {
    return named(cost_formula, price / count, arg("price", price), arg("count", count));
}

} // namespace

TEST_CASE("a named formula leaves the value alone in every reading") {
    CHECK(cost<double>(quantity(100.0, "USD/wafer"_u), quantity(4.0, "die/wafer"_u)).in("USD/die"_u) == 25.0);
    CHECK(cost<Lanes>(quantity<Lanes>(100.0, "USD/wafer"_u), quantity<Lanes>(4.0, "die/wafer"_u)).raw()[7] == 25.0);
    Tape::current().clear();
    CHECK(cost<Traced>(quantity<Traced>(100.0, "USD/wafer"_u), quantity<Traced>(4.0, "die/wafer"_u)).raw().value ==
          25.0);
}

TEST_CASE("a named formula writes its call with arguments, dimensions and their nodes on the tape") {
    auto& tape = Tape::current();
    tape.clear();
    const WaferPrice<Traced> price(Traced(100.0, tape.push_input(100.0, 0)));
    const auto result = cost<Traced>(price, quantity<Traced>(4.0, "die/wafer"_u));
    const auto* call = tape.call_at(result.raw().node);
    REQUIRE(call != nullptr);
    CHECK(call->formula == &cost_formula);
    CHECK(call->dim == decltype("USD/die"_u)::dim);
    REQUIRE(call->arguments.size() == 2);
    CHECK(std::string(call->arguments[0].name) == "price");
    CHECK(call->arguments[0].node == price.raw().node);
    CHECK(tape.input_at(call->arguments[0].node) == 0);
    CHECK(call->arguments[1].node == -1); // a constant
    CHECK(call->arguments[1].value == 4.0);
    CHECK(tape.call_at(price.raw().node) == nullptr);
    CHECK(tape.gradient(result.raw().node, 1)[0] == 0.25);
}
