// autarky: scenarios that make no sense are told so, each at its line and column, with what to do.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/units.hpp"
#include "input/files.hpp"
#include "input/unit_hint.hpp"
#include "mini.hpp"
#include "scenario/codes.hpp"
#include "scenario/country.hpp"
#include "scenario/marginal.hpp"
#include "scenario/sense.hpp"
#include "scenario/sense_parts.hpp"

using namespace autarky;
using namespace autarky::scenario;

namespace {

using Edits = std::vector<std::pair<std::string, std::string>>;

/// The small scenario of the model's tests, with the first occurrence of each text replaced; "" appends.
std::string edited(const Edits& edits) {
    auto text = read_file(std::string(AUTARKY_SOURCE_DIR) + "/tests/model/data/small.toml").content;
    for (const auto& [from, to] : edits) {
        const auto at = from.empty() ? text.size() : text.find(from);
        REQUIRE_MESSAGE(at != std::string::npos, from);
        text.replace(at, from.size(), to);
    }
    return text;
}
Diagnostics findings(const std::string& text) { return check(test::text_request(text)); }

/// One finding of that code stands at `culprit`, whose first occurrence in the text it underlines, and says these parts.
void expect(const Edits& edits, const std::string& code, const std::string& culprit,
            const std::vector<std::string>& parts) {
    const auto text = edited(edits);
    const auto found = findings(text);
    const auto rendered = found.render();
    CAPTURE(rendered);
    CAPTURE(culprit);
    const auto at = text.find(culprit);
    REQUIRE(at != std::string::npos);
    const auto line_start = text.rfind('\n', at) + 1;
    const auto line =
        static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<long>(at), '\n')) + 1;
    const auto one = std::ranges::find(found.items(), code, &Diagnostic::code);
    REQUIRE(one != found.items().end());
    CHECK(one->origin.file == "t.toml");
    CHECK(one->origin.line == line);
    CHECK(one->origin.column == at - line_start + 1);
    CHECK(one->severity == (code[0] == 'E' ? Severity::error : Severity::warning));
    CHECK(found.has_errors() == (code[0] == 'E'));
    const auto said = one->message + " | " + one->hint;
    for (const auto& part : parts)
        CHECK_MESSAGE(said.find(part) != std::string::npos, said << "\nlacks: " << part);
    CHECK(explain_code(code) != nullptr);
}
void expect_nothing(const Edits& edits) {
    const auto found = findings(edited(edits));
    CHECK_MESSAGE(found.empty(), found.render());
}

const std::string contract = "\n[contract.c]\nsource = \"test\"\nsigned = \"2025-07-28\"\nends = \"2033-12-31\"\n"
                             "minimum = \"4_000 wafer/month\"\nmaximum = \"5_000 wafer/month\"\n"
                             "[contract.c.line.home]\nsite = \"home\"\n";

} // namespace

TEST_CASE("the small scenario makes sense, and so it does with a contract") {
    expect_nothing({});
    expect_nothing({{"", contract}});
}

TEST_CASE("places are countries of ISO 3166-1, with what was probably meant") {
    expect({{"home = \"US\"", "home = \"USA\""}}, "E0424", "\"USA\"", {"buyer.home: 'USA'", "did you mean 'US'"});
    expect({{"location = \"US\"", "location = \"UK\""}}, "E0424", "\"UK\"", {"site.home.location", "'GB'"});
    expect({{"parts_location = \"CN\"", "parts_location = \"China\""}}, "E0424", "\"China\"",
           {"robot.biped.parts_location", "'CN'"});
    expect({{"kind = \"supply_loss\"\nlocation = \"TW\"", "kind = \"supply_loss\"\nlocation = \"Taiwan\""}}, "E0424",
           "\"Taiwan\"", {"event.strait.location", "'TW'"});
    for (const auto* code : {"US", "TW", "KR", "DE", "GB", "ZW"})
        CHECK(is_country(code));
    for (const auto* word : {"", "us", "USA", "UK", "EU", "XX", "U", "United States"})
        CHECK_FALSE(is_country(word));
    CHECK(country_hint("tw") == "did you mean 'TW' (Taiwan)?");
    CHECK(country_hint("KOR") == "did you mean 'KR' (South Korea)?");
    CHECK(country_hint("Germani") == "did you mean 'DE' (Germany)?");
    CHECK(country_hint("qqqqqq").find("two capitals") != std::string::npos);
    CHECK(country_hint("EU").find("name the country") != std::string::npos);
}

TEST_CASE("an event names a place where it can act") {
    expect({{"kind = \"supply_loss\"\nlocation = \"TW\"", "kind = \"supply_loss\"\nlocation = \"KR\""}}, "E0304",
           "\"KR\"", {"event.strait.location", "would do nothing", "TW, US"});
    expect({{"location = \"east\"", "location = \"eats\""}}, "E0304", "\"eats\"",
           {"event.east_closes.location", "no region 'eats'", "did you mean 'east'?"});
    expect({{"kind = \"parts_closed\"\nlocation = \"CN\"", "kind = \"parts_closed\"\nlocation = \"JP\""}}, "E0304",
           "\"JP\"", {"event.parts.location", "CN"});
    // all devices lose parts with it, wherever they are
    expect_nothing({{"kind = \"supply_loss\"\nlocation = \"TW\"",
                     "kind = \"supply_loss\"\nparts_loss = \"10 %\"\nlocation = \"KR\""}});
}

TEST_CASE("shares of regions add up to 100 %: a point off is nothing, then a warning, then an error") {
    expect_nothing({{"vehicle_share = \"70 %\"", "vehicle_share = \"70.9 %\""}});
    expect({{"vehicle_share = \"70 %\"", "vehicle_share = \"75 %\""}}, "W0425", "\"75 %\"",
           {"105 %", "north 75 %", "east 30 %"});
    expect({{"vehicle_share = \"70 %\"", "vehicle_share = \"95 %\""}}, "E0425", "\"95 %\"", {"125 %"});
}

TEST_CASE("a path has no more than its whole: the buyer's capital and the tenants' part") {
    const auto with = [](const std::string& tenants) { // the buyer has half of the path in the small scenario
        return Edits{{"own_share = \"50 %\"\n", "own_share = \"50 %\"\ntenant_share = \"" + tenants + "\"\n"}};
    };
    expect_nothing(with("50 %"));
    expect(with("60 %"), "E0425", "\"60 %\"\nfee", {"path.grow.tenant_share", "'50 %'", "more than the whole path"});
    expect(with("30 to 60 %"), "W0425", "\"30 to 60 %\"", {"in a part of the ranges"});
}

TEST_CASE("somebody pays for every part of an upgrade, and of storage where it is bought") {
    const std::string row = "[grid.north]\nsource = \"test\"\n"; // in the small scenario all upgrades are the utility's
    const auto with = [&](const std::string& keys) { return Edits{{row, row + keys}}; };
    expect_nothing(with("storage_buyer = \"30 %\"\n")); // no storage, no bill
    expect_nothing(with("storage_share = \"20 %\"\nstorage_utility = \"70 %\"\nstorage_buyer = \"30 %\"\n"));
    expect_nothing(with("upgrade_utility = \"60 %\"\nupgrade_customer = \"40 %\"\n"));
    expect(with("storage_share = \"21 %\"\n"), "E0425", "\"21 %\"",
           {"grid.north", "100 % of storage is paid by nobody", "storage_utility = \"100 %\""});
    expect(with("storage_share = \"5 to 20 %\"\nstorage_buyer = \"75 %\"\n"), "E0425", "\"75 %\"",
           {"25 % of storage is paid by nobody", "storage_buyer 75 %"});
    expect(with("upgrade_utility = \"60 %\"\nupgrade_customer = \"30 %\"\n"), "E0425", "\"60 %\"\nupgrade_customer",
           {"10 % of an upgrade is paid by nobody"});
    expect(with("upgrade_buyer = \"50 %\"\n"), "E0425", "north]\nsource = \"test\"\nupgrade_buyer",
           {"150 % of an upgrade is paid"});
}

TEST_CASE("robots, rivals and makers that cannot be reckoned with are told where they stand") {
    expect({{"task_spread = { series = [[\"2026Q1\", \"0.7\"]] }", "task_spread = { series = [] }"}}, "E0208", "[] }",
           {"robot.biped.task_spread", "0 knots"});
    expect({{"productivity = { series = [[\"2026Q1\", \"0.6 x\"]] }",
             "productivity = { series = [[\"2026Q1\", \"0 x\"]] }"}},
           "E0402", "{ series = [[\"2026Q1\", \"0 x\"]] }", {"robot.biped.productivity", "no task that it does"});
    expect({{"\"0.1 worker/robot\"", "\"-0.1 worker/robot\""}}, "E0205", "-0.1 worker/robot",
           {"robot.biped.supervision[2026Q1]", "must not be negative"});
    expect({{"\"4 Mvehicle/year\"", "\"0 Mvehicle/year\""}}, "E0402",
           "{ series = [[\"2026Q1\", \"0 Mvehicle/year\"]] }",
           {"maker.follower.volume", "sells no vehicle", "leave it out"});
    expect({{"[maker.follower]\nsource = \"test\"\nvolume = { series = [[\"2026Q1\", \"4 Mvehicle/year\"]] }\n",
             "[maker.follower]\nsource = \"test\"\n"}},
           "E0302", "follower", {"maker.follower needs 'volume'", "Mvehicle/year"});
    expect({{"location = \"CN\"\nprocess = \"alpha\"\nweight", "location = \"CN\"\nweight"}}, "E0302", "eastern",
           {"rival.eastern needs 'process'", "name of a row of 'process'"});
}

TEST_CASE("a need that contradicts itself") {
    expect({{"work = \"200 TOPS\"", "work = \"0 TOPS\""}}, "E0420", "\"0 TOPS\"", {"vehicle.cars.work", "bandwidth"});
    for (const auto& [written, odd] : std::vector<std::pair<std::string, std::string>>{
             {"1.5", "1.5"}, {"1 to 2", "any fraction"}, {"discrete(1: 0.5, 2.5: 0.5)", "2.5"}, {"0.75", "0.75"}})
        expect({{"redundancy = \"2\"", "redundancy = \"" + written + "\""}}, "E0420", "\"" + written + "\"",
               {"vehicle.cars.redundancy", odd, "discrete(1: 0.5, 2: 0.5)"});
    expect_nothing({{"redundancy = \"2\"", "redundancy = \"discrete(1: 0.5, 2: 0.5)\""}});
    // a series runs straight from knot to knot
    expect({{"redundancy = \"2\"", "redundancy = { series = [[\"2020\", \"2.0\"], [\"2030\", \"1.0\"]] }"}}, "E0420",
           "\"1.0\"", {"between", "fractions"});
    expect_nothing({{"redundancy = \"2\"",
                     "redundancy = { series = [[\"2020\", \"2\"], [\"2028-03-31\", \"2\"], [\"2028-04\", \"1\"]] }"}});
    expect({{"redundancy = \"2\"", "redundancy = \"0\""}}, "E0205", "0\"\nlost_share", {"above zero"});
}

TEST_CASE("a chip that gives nothing of what a device needs") {
    expect({{"memory = \"32 GB\"", "memory = \"0 GB\""}}, "E0421", "\"0 GB\"",
           {"chip.one.memory", "vehicle.cars.memory", "never serve"});
    expect({{"memory_bandwidth = \"250 GB/s\"", "memory_bandwidth = \"0 GB/s\""}}, "E0421", "\"0 GB/s\"",
           {"merchant.first.memory_bandwidth", "vehicle.cars.bandwidth"});
}

TEST_CASE("devices without an offer, without a region, and no devices at all") {
    expect({{"[merchant.first]\n", "[merchant.first]\nfallback_only = true\n"},
            {"[merchant.second]\n", "[merchant.second]\nfallback_only = true\n"}},
           "E0422", "true", {"vehicle.cars", "no chip to buy"});
    const auto text =
        edited({{"volume = { series = [[\"2026Q1\", \"2 Mvehicle/year\"]] }", "volume = \"0 Mvehicle/year\""},
                {"market_share = \"30 %\"", "market_share = \"0 %\""}});
    const auto found = findings(text);
    CHECK_MESSAGE(found.items().size() == 1, found.render());
    CHECK(found.items().front().code == "W0428");
    CHECK_FALSE(has_devices(load(test::text_request(text))));
    CHECK(has_devices(load(test::text_request(edited({})))));
    CHECK(has_devices(load(test::text_request(edited({{"market_share = \"30 %\"", "market_share = \"0 %\""}})))));
}

TEST_CASE("contracts whose terms contradict each other") {
    const auto with = [](const std::string& from, const std::string& to) {
        auto text = contract;
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        return Edits{{"", text.replace(at, from.size(), to)}};
    };
    expect(with("4_000 wafer", "6_000 wafer"), "E0423", "\"6_000 wafer/month\"",
           {"contract.c.minimum", "above the maximum"});
    expect(with("4_000 wafer", "3_000 to 6_000 wafer"), "W0423", "\"3_000 to 6_000 wafer/month\"", {"in a part of"});
    expect(with("2033-12-31", "2024-12-31"), "E0426", "\"2024-12-31\"", {"before the contract is signed"});
    expect(with("2033-12-31", "2025-01 to 2027-01"), "W0426", "\"2025-01 to 2027-01\"", {"in a part of the ranges"});
    expect(with("minimum = \"4_000 wafer/month\"\nmaximum = \"5_000 wafer/month\"\n", ""), "W0431",
           "c]\nsource = \"test\"\nsigned", {"binds nobody"});
    expect(with("[contract.c.line.home]\nsite = \"home\"\n", ""), "E0423", "c]\nsource = \"test\"\nsigned",
           {"has no line"});
    // a reservation without a minimum is one
    expect_nothing(with("minimum = \"4_000 wafer/month\"\n", ""));
}

TEST_CASE("fallbacks, further generations, dates of a design") {
    expect({{"", "\n[fallback.f]\nsource = \"test\"\nregion = \"east\"\n"}}, "E0402", "f]\nsource",
           {"neither a merchant"});
    expect_nothing({{"", "\n[fallback.f]\nsource = \"test\"\nregion = \"east\"\ndesign_cost = \"80 MUSD\"\n"}});
    expect({{"", "\n[successor.one]\ncadence = \"3 year\"\nsource = \"test\"\n"}}, "E0102", "one]\ncadence",
           {"a chip of that name"});
    expect({{"tapeout = \"2026Q1\"", "tapeout = \"2024Q1\""}}, "E0426", "\"2024Q1\"",
           {"chip.one.tapeout", "design_start"});
}

TEST_CASE("growth that reaches the discount rate") {
    const auto with = [](const std::string& growth) {
        return Edits{{"discount_rate = ", "terminal_growth = \"" + growth + "\"\ndiscount_rate = "}};
    };
    expect(with("8 %/year"), "E0427", "\"8 %/year\"", {"economy.terminal_growth", "never the lower"});
    expect(with("-3 to 9 %/year"), "W0427", "\"-3 to 9 %/year\"", {"of futures", "independent"});
    expect_nothing(with("7.9 %/year"));
    expect_nothing(with("-20 to -3 %/year"));
}

TEST_CASE("values beyond the field are told with the bound and what is known; each bound is of a key that exists") {
    expect({{"width = \"25.8 mm\"", "width = \"0.15 mm\""}}, "W0429", "\"0.15 mm\"",
           {"chip.one.width", "0.3 mm", "Michigan"});
    expect({{"power = \"150 W\"", "power = \"120 kW\""}}, "W0429", "\"120 kW\"", {"30 kW", "Cerebras"});
    expect({{"\"2 Mvehicle/year\"", "\"1_000_000 Mvehicle/year\""}}, "W0429", "\"1_000_000 Mvehicle/year\"",
           {"vehicle.cars.volume", "OICA"});
    const auto loaded = load(test::text_request(
        edited({{"", contract + "\n[outlet.o]\nsource = \"test\"\nmerchant = \"first\"\nwork = \"1 TOPS\"\ndemand = "
                                "\"1 unit/year\"\nprice = \"9_000 USD/unit\"\nsystem_cost = \"1 USD/unit\"\n"}})));
    for (const auto& bound : field_bounds()) {
        CAPTURE(bound.table);
        CAPTURE(bound.key);
        const auto parsed = parse_unit(bound.unit);
        CHECK(parsed.ok);
        CHECK(std::ranges::any_of(loaded.inputs.rows, [&](const Input& row) {
            return row.path.starts_with(bound.table) &&
                   row.path.find("." + std::string(bound.key)) != std::string::npos && row.dim == parsed.unit.dim;
        }));
    }
}

TEST_CASE("numbers outside their range are told at their place") {
    expect({{"lost_share = \"10 %\"", "lost_share = \"110 %\""}}, "E0205", "110 %\"",
           {"vehicle.cars.lost_share", "100 %"});
    expect({{"conduct = \"0\"", "conduct = \"1.2\""}}, "E0205", "1.2\"", {"merchant.first.conduct"});
    expect({{"discount_rate = ", "tax_rate = \"120 %\"\ndiscount_rate = "}}, "E0205", "120 %\"", {"economy.tax_rate"});
    expect({{"", "\n[successor.two]\nsource = \"test\"\ncadence = \"0.0 year\"\n"}}, "E0205", "0.0 year\"",
           {"successor.two.cadence"});
    expect({{"charging_hours = ", "blocks_sale = \"-5 %\"\ncharging_hours = "}}, "E0205", "-5 %\"", {"blocks_sale"});
}

TEST_CASE("a number without its unit: the hint names plausible readings only") {
    CHECK(plausible_readings("5", 5, "MUSD") == "'5 MUSD'");
    CHECK(plausible_readings("0.1", 0.1, "%/year") == "'10 %/year' or '0.1 %/year', whichever is meant");
    CHECK(plausible_readings("7", 7, "%/year") == "'7 %/year'");
    CHECK(plausible_readings("1000000", 1e6, "Mvehicle/year") == "'1000000 vehicle/year'");
    CHECK(plausible_readings("2", 2, "Mvehicle/year") == "'2 Mvehicle/year'");
    CHECK(plausible_readings("20000", 2e4, "MUSD") == "'20000 MUSD' or '20000 USD', whichever is meant");
    CHECK(plausible_readings("250000000", 2.5e8, "MUSD", '"') == "\"250000000 USD\"");
    CHECK(plausible_readings("2000", 2000, "TOPS") == "'2000 TOPS'");
    CHECK(plausible_readings("2000", 2000, "GB") == "'2000 GB'");
    CHECK(plausible_readings("25", 25, "mm") == "'25 mm'");
    expect({{"discount_rate = { is = \"8 %/year\"", "discount_rate = { is = \"0.08\""}}, "E0202", "0.08\"",
           {"'8 %/year' or '0.08 %/year'"});
}

TEST_CASE("the probability that one number is not below another") {
    const Distribution normal{Family::normal, {0.0, 1.0}}, shifted{Family::normal, {3.0, 1.0}};
    const auto beyond = [](double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); };
    // the difference of two normals is normal; the quadrature is good to about 1e-5
    CHECK(probability_not_below(normal, shifted, 0.0) == doctest::Approx(beyond(3.0 / std::sqrt(2.0))).epsilon(1e-5));
    CHECK(probability_not_below(normal, shifted, 0.6) == doctest::Approx(beyond(3.0 / std::sqrt(0.8))).epsilon(1e-5));
    CHECK(probability_not_below(shifted, normal, -0.6) ==
          doctest::Approx(1.0 - beyond(3.0 / std::sqrt(3.2))).epsilon(1e-5));
    // two uniforms on [0, 1] and [0.5, 1.5]: a triangle of 1/8
    const Distribution low{Family::uniform, {0.0, 1.0}}, high{Family::uniform, {0.5, 1.5}};
    CHECK(probability_not_below(low, high, 0.0) == doctest::Approx(0.125).epsilon(1e-3));
    // constants, ties, and values in any order
    const Distribution two{Family::constant, {2.0}}, three{Family::constant, {3.0}};
    CHECK(probability_not_below(two, two, 0.0) == 1.0);
    CHECK(probability_not_below(two, three, 0.0) == 0.0);
    CHECK(probability_not_below(three, two, 0.0) == 1.0);
    const Distribution coin{Family::discrete, {4.0, 1.0}, {0.25, 0.75}};
    CHECK(probability_not_below(coin, two, 0.0) == doctest::Approx(0.25).epsilon(1e-9));
    CHECK(probability_not_below(two, coin, 0.0) == doctest::Approx(0.75).epsilon(1e-9));
    // half a normal: P(x >= 1 | x >= 0)
    Distribution half = normal;
    half.low = 0.0;
    const Distribution one{Family::constant, {1.0}};
    CHECK(probability_not_below(half, one, 0.0) == doctest::Approx(2.0 * beyond(1.0)).epsilon(1e-9));
}

TEST_CASE("support: what a distribution can give") {
    CHECK(support({Family::discrete, {0.0, 1.0, 2.0}, {0.0, 0.5, 0.5}}) == std::pair(1.0, 2.0));
    CHECK(support({Family::uniform, {1.0, 3.0}}) == std::pair(1.0, 3.0));
    CHECK(support({Family::pert, {1.0, 2.0, 4.0}}) == std::pair(1.0, 4.0));
    CHECK(support({Family::beta, {2.0, 3.0, 0.1, 0.4}}) == std::pair(0.1, 0.4));
    CHECK(support({Family::lognormal, {0.0, 1.0}}).first == 0.0);
}
