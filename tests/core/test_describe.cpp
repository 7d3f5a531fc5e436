// autarky: one description of an entity, walked in any reading.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky {
namespace {

enum class Colour { red, green };
[[maybe_unused]] constexpr std::array<std::string_view, 2> choices(Type<Colour> /*type*/) { return {"red", "green"}; }

template <class R> struct Part {
    Area<R> area;
    R share{};
    Date<R> start;
    Series<WaferRate<R>> capacity;
    std::string name;
    Colour colour = Colour::red;
    Reference other;
};
template <class R> constexpr auto describe(Type<Part<R>> /*type*/) {
    using P = Part<R>;
    return fields(field("area", &P::area, "mm^2"_u, "Area", Range::positive),
                  field("share", &P::share, "%"_u, "Share", Range::fraction, "50 %"),
                  date_field("start", &P::start, "Start"), field("capacity", &P::capacity, "wafer/month"_u, "Capacity"),
                  plain_field("name", &P::name, "Name"), plain_field("colour", &P::colour, "Colour", "green"),
                  reference("other", &P::other, "part", "Other part"));
}

struct Settings {
    int year = 0;
};
constexpr auto describe(Type<Settings> /*type*/) { return fields(plain_field("year", &Settings::year, "Year")); }

template <class R> struct Whole {
    Settings settings;
    Table<Part<R>> part;
};
template <class R> constexpr auto describe(Type<Whole<R>> /*type*/) {
    using W = Whole<R>;
    return fields(section("settings", &W::settings, "Settings"), table("part", &W::part, "Parts"));
}

Whole<Uncertain> example() {
    Whole<Uncertain> whole;
    whole.settings.year = 2025;
    whole.part.names = {"a", "b"};
    int next = 0;
    for (int i = 0; i < 2; ++i) {
        Part<Uncertain> part;
        part.area.raw().input = next++;
        part.share.input = next++;
        part.start.year.input = next++;
        part.capacity.dates = {2026.0, 2027.0};
        part.capacity.values.resize(2);
        part.capacity.values[0].raw().input = next++;
        part.capacity.values[1].raw().input = next++;
        part.name = i == 0 ? "first" : "second";
        part.colour = Colour::green;
        part.other.index = 1 - i;
        whole.part.rows.push_back(part);
    }
    return whole;
}

} // namespace
} // namespace autarky

using namespace autarky;

TEST_CASE("a description lists keys, units, documentation and defaults in order") {
    std::string seen;
    for_each_field(Type<Part<double>>{}, [&seen](const auto& f) {
        seen += std::string(f.key) + "[" + std::string(f.unit) + "]" + (f.fallback != nullptr ? f.fallback : "-") + " ";
    });
    CHECK(seen == "area[mm^2]- share[%]50 % start[date]- capacity[wafer/month]- name[]- colour[]green other[]- ");
}

TEST_CASE("one map fills every number of any reading and copies the rest") {
    const auto from = example();
    std::vector<int> order;
    Whole<double> to;
    map_reading(from, to, [&order](const Uncertain& leaf, double& out) {
        order.push_back(leaf.input);
        out = 10.0 * leaf.input;
    });
    CHECK(order == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    CHECK(to.settings.year == 2025);
    CHECK(to.part.names == std::vector<std::string>{"a", "b"});
    const auto& second = to.part[Reference{1}];
    CHECK(second.area.raw() == 50.0);
    CHECK(second.share == 60.0);
    CHECK(second.start.year == 70.0);
    CHECK(second.capacity.dates == std::vector<double>{2026.0, 2027.0});
    CHECK(second.capacity.at(2026.5).raw() == 85.0);
    CHECK(second.name == "second");
    CHECK(second.colour == Colour::green);
    CHECK(to.part[second.other].name == "first");
}

TEST_CASE("mapping again into the same struct leaves nothing of the first time") {
    auto from = example();
    Whole<Lanes> to;
    const auto map = [](const Uncertain& leaf, Lanes& out) { out = Lanes(leaf.input); };
    map_reading(from, to, map);
    from.part.names.pop_back();
    from.part.rows.pop_back();
    from.part.rows[0].capacity.dates = {2026.0};
    from.part.rows[0].capacity.values.resize(1);
    map_reading(from, to, map);
    CHECK(to.part.size() == 1);
    CHECK(to.part[0].capacity.values.size() == 1);
    CHECK(to.part[0].area.raw()[5] == 0.0);
}
