// autarky: tests of the command `die` as other programs and people meet it.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/wait.h>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace {

struct Outcome {
    int exit = -1;
    std::string text; ///< both streams
};

Outcome run(const std::string& arguments, const std::string& command = "die") {
    const std::string line = std::string(AUTARKY_PROGRAM) + " " + command + " " + arguments + " 2>&1";
    Outcome outcome;
    std::FILE* pipe = popen(line.c_str(), "r");
    if (pipe == nullptr) return outcome;
    std::array<char, 4096> block{};
    while (const std::size_t n = std::fread(block.data(), 1, block.size(), pipe))
        outcome.text.append(block.data(), n);
    outcome.exit = WEXITSTATUS(pclose(pipe));
    return outcome;
}

nlohmann::json json_of(const std::string& arguments) {
    const Outcome outcome = run(arguments + " --json");
    CAPTURE(outcome.text);
    REQUIRE(outcome.exit == 0);
    return nlohmann::json::parse(outcome.text);
}

} // namespace

TEST_CASE("die: the keys that other programs read, with the known figures") {
    const auto j =
        json_of("--width 26 --height 16.5 --wafer 300 --edge 3 --scribe 0.1 --notch 0 --field 26x33 --d0 0.2 "
                "--alpha 3 --units 16 --unit-area 14.746875 --uncore 193.05 --spares 1 --wafer-price 20000");
    CHECK(j["gross_dies"]["optimised"] == 132);
    CHECK(j["gross_dies"]["die_centred"] == 131);
    CHECK(j["gross_dies"]["street_centred"] == 132);
    CHECK(j["gross_dies"]["area_bound"].get<double>() == doctest::Approx(164.769).epsilon(1e-5));
    CHECK(j["gross_dies"]["closed_form"].get<double>() == doctest::Approx(125.311).epsilon(1e-5));
    CHECK(j["field"]["dies"] == 1);
    CHECK(j["field"]["shots"] == 132);
    CHECK(j["field"]["utilisation"].get<double>() == doctest::Approx(0.5));
    CHECK(j["yield"]["poisson"].get<double>() == doctest::Approx(0.424009).epsilon(1e-6));
    CHECK(j["yield"]["negative_binomial"].get<double>() == doctest::Approx(0.470194).epsilon(1e-6));
    CHECK(j["yield"]["harvested"].get<double>() == doctest::Approx(0.645405).epsilon(1e-6));
    for (const auto* model : {"murphy", "seeds", "rectangular", "moore", "bose_einstein"})
        CHECK(j["yield"][model].is_number());
    CHECK(j["good_dies"].get<double>() == doctest::Approx(132.0 * 0.470194).epsilon(1e-5));
    CHECK(std::round(j["cost"]["die"].get<double>()) == 322.0);
}

TEST_CASE("die: a unit behind both sides holds for both") {
    const auto wanted = json_of("10x10 --d0 0.1")["gross_dies"];
    for (const auto* size : {"\"1x1 cm\"", "\"1 cm x 1 cm\"", "\"1cm x 10 mm\"", "\"10 X 10\"", "\"10*10 mm\""})
        CHECK(json_of(std::string(size) + " --d0 0.1")["gross_dies"] == wanted);
}

TEST_CASE("die: without a density or a price their parts are null, not made up") {
    const auto j = json_of("26x16.5");
    for (const auto* key :
         {"poisson", "murphy", "seeds", "rectangular", "moore", "bose_einstein", "negative_binomial", "harvested"}) {
        REQUIRE(j["yield"].contains(key)); // a program that reads a known key finds it
        CHECK(j["yield"][key].is_null());
    }
    CHECK(j["good_dies"].is_null());
    CHECK(j["cost"].at("die").is_null());
    const auto without_price = json_of("26x16.5 --d0 0.1");
    CHECK(without_price["yield"].at("poisson").is_number());
    CHECK(without_price["cost"].at("die").is_null());
}

TEST_CASE("die: bad input names the field and ends with the code for invalid input") {
    struct Row {
        const char* arguments;
        const char* words;
    };
    const std::array rows{Row{"--width 0 --height 10", "width is 0"},
                          Row{"--width -3 --height 10", "width is -3"},
                          Row{"--width 300 --height 300", "larger than the wafer"},
                          Row{"28.5x28.5", "2.5 mm too wide"},
                          Row{"10x10 --scribe 20", "scribe of 20 mm"},
                          Row{"10x10 --d0=-0.1", "d0 is -0.1"},
                          Row{"10x10 --alpha 0", "alpha is 0"},
                          Row{"10x10 --sort-coverage 1.2", "sort-coverage is 1.2"},
                          Row{"10x10 --units 4 --uncore-share 0.2 --spares 5", "spares (5) are more than units (4)"},
                          Row{"10x10 --respins 1", "mask-set is missing"},
                          Row{"10x10 --process n99", "the catalogue has no process 'n99'"},
                          Row{"10x10 --spares 1", "units is missing"},
                          Row{"10x10 --d0 \"0.1 /mm3\"", "d0"},
                          Row{"10x10 --d0 \"0.3 to 0.1\"", "does not rise"},
                          Row{"10x10 --d0 0.1 --wafer-price 9000 --premium=-2", "premium is -2"},
                          Row{"10x10 --process n3 --date 2001Q1", "date: 2001Q1 lies before"},
                          Row{"\"1 cm x 1\"", "the second side of '1 cm x 1' has no unit"},
                          Row{"ten", "is no size"}};
    for (const auto& row : rows) {
        const Outcome outcome = run(row.arguments);
        CAPTURE(row.arguments);
        CAPTURE(outcome.text);
        CHECK(outcome.exit == 3);
        CHECK(outcome.text.find(row.words) != std::string::npos);
        CHECK(outcome.text.find("error[E0") != std::string::npos);
    }
    CHECK(run("").exit == 2);
    CHECK(run("10x10 --solve beauty --target 3").exit == 2);
    CHECK(run("10x10 --solve d0").exit == 2);
    for (const auto* idle : {"--target 5", "--date 2027Q1", "--aspect 2", "--volume 1e6", "--nre 1e6"}) {
        const Outcome outcome = run(std::string("10x10 --d0 0.1 --wafer-price 9000 ") + idle);
        CAPTURE(outcome.text);
        CHECK(outcome.exit == 2);
        CHECK(outcome.text.find("changes nothing without") != std::string::npos);
    }
    // one finding for one mistake
    const Outcome area = run("--area -4");
    CHECK(area.text.find("error") == area.text.rfind("error"));
}

TEST_CASE("die: units may be written, and mean the same as without") {
    CHECK(json_of("--width \"2.6 cm\" --height \"16500 um\" --d0 \"0.002 1/mm^2\"") ==
          json_of("--width 26 --height 16.5 --d0 0.2"));
}

TEST_CASE("die: several dies side by side show that the half reticle spreads less") {
    const auto j = json_of("--compare 26x16.5,25.5x31.9:144/12 --uncore-share \"40 %\" --d0 \"0.08 to 0.4\" "
                           "--wafer-price 20_000");
    REQUIRE(j["dies"].size() == 2);
    const double half = j["dies"][0]["spread"]["plain"]["ratio"];
    const double full = j["dies"][1]["spread"]["plain"]["ratio"];
    const double full_harvested = j["dies"][1]["spread"]["harvested"]["ratio"];
    CHECK(half < full);
    CHECK(full_harvested < full);
    CHECK(j["dies"][0]["spread"]["yield_model_share"].get<double>() > 0.0);
    const Outcome table = run("26x16.5 25.5x31.9 --d0 \"0.08 to 0.4\" --wafer-price 20_000");
    CHECK(table.exit == 0);
    CHECK(table.text.find("95 % over 5 %") != std::string::npos);
}

TEST_CASE("die: solving finds the density at which the printed cost holds, or says why there is none") {
    const auto j = json_of("26x16.5 --wafer-price 20_000 --solve d0 --target 226.25");
    CHECK(j["solve"]["value"].get<double>() == doctest::Approx(0.1).epsilon(1e-4));
    const auto none = json_of("26x16.5 --wafer-price 20_000 --solve d0 --target 100");
    CHECK(none["solve"]["value"].is_null());
    CHECK(none["solve"]["reason"].get<std::string>().find("even without defects") != std::string::npos);
    const auto volume =
        json_of("26x16.5 --d0 0.1 --wafer-price 20_000 --nre \"300 MUSD\" --solve volume --target 376.25");
    CHECK(volume["solve"]["value"].get<double>() == doctest::Approx(2e6).epsilon(1e-4));
}

TEST_CASE("die: wafers that the line lost are paid for, but their dies are neither sorted nor shipped") {
    // By hand: 132 dies, yield (1 + 0.429 / 3)^-3 = 0.66967; finished wafers cost 20000 / 0.9.
    const double yield = std::pow(1.143, -3.0);
    const double sorted = (20000.0 / 0.9 / 132.0 + 4.0) / std::sqrt(yield);
    const std::string words = "26x16.5 --d0 0.1 --wafer-price 20000 --line-yield 0.9 --sort-test 4 --final-coverage 0 ";
    const auto half = json_of(words + "--sort-coverage 0.5");
    CHECK(half["cost"]["known_good_die"].get<double>() == doctest::Approx(sorted).epsilon(1e-12));
    CHECK(half["cost"]["escapes"].get<double>() == doctest::Approx(1.0 - std::sqrt(yield)).epsilon(1e-9));
    CHECK(json_of(words)["cost"]["escapes"].get<double>() == doctest::Approx(0.0));
    const auto unsorted = json_of(words + "--sort-coverage 0");
    CHECK(unsorted["cost"]["escapes"].get<double>() == doctest::Approx(1.0 - yield).epsilon(1e-9));
}

TEST_CASE("die: a reported yield with its area gives the density; without an area it is refused") {
    // published conversions at 120 mm^2 and alpha 3: 50 % means 0.650, 60 % means 0.464 defects per cm^2
    const auto half = json_of("26x16.5 --reported-yield \"50 %\" --reported-area 120");
    CHECK(half["d0_per_cm2"].get<double>() == doctest::Approx(0.650).epsilon(1e-3));
    CHECK(half["yield"]["negative_binomial"].get<double>() == doctest::Approx(0.139).epsilon(5e-3));
    CHECK(json_of("26x16.5 --reported-yield 0.6 --reported-area 120")["d0_per_cm2"].get<double>() ==
          doctest::Approx(0.464).epsilon(1e-3));
    // the die of which it was reported has that yield again, beside losses of other kinds
    const auto again = json_of("10x12 --reported-yield 0.54 --reported-area \"1.2 cm^2\" --parametric-yield 0.9");
    CHECK(again["yield"]["negative_binomial"].get<double>() * 0.9 == doctest::Approx(0.54).epsilon(1e-9));
    const auto range = json_of("26x16.5 --reported-yield \"50 to 65 %\" --reported-area 120 --wafer-price 20_000");
    CHECK(range["spread"]["plain"]["ratio"].get<double>() > 1.2);
    for (const auto* wrong : {"--reported-yield 0.5", "--reported-yield 1.2 --reported-area 120",
                              "--reported-yield 0 --reported-area 120", "--reported-yield 0.5 --reported-area 0",
                              "--reported-yield 0.95 --reported-area 120 --parametric-yield 0.9"}) {
        const Outcome outcome = run(std::string("26x16.5 ") + wrong);
        CAPTURE(wrong);
        CHECK(outcome.exit == 3);
        CHECK(outcome.text.find("reported-") != std::string::npos);
        CHECK(outcome.text.find("nan") == std::string::npos);
    }
    CHECK(run("26x16.5 --reported-yield 0.5 --reported-area 120 --d0 0.1").exit == 2);
}

TEST_CASE("die: test by time costs what its tester costs") {
    const std::string words = "20x13 --d0 0.15 --wafer-price 9000 ";
    CHECK(json_of(words + "--tester-rate 360 --sort-time 30 --final-time \"2 min\"")["cost"] ==
          json_of(words + "--sort-test 3 --final-test 12")["cost"]);
    CHECK(run(words + "--sort-time 30").text.find("sort-time: it changes nothing without --tester-rate") !=
          std::string::npos);
    CHECK(run(words + "--tester-rate=-3 --sort-time 30").exit == 2);
}

TEST_CASE("die: a solved price is that of --wafer-price, at a site with a premium too") {
    const std::string words = "20x13 --d0 0.15 --premium \"10 %\" --wafer-price ";
    const auto j = json_of(words + "9000 --solve price --target 61.5");
    const double price = j["solve"]["value"];
    CHECK(json_of(words + std::to_string(price))["cost"]["die"].get<double>() == doctest::Approx(61.5).epsilon(1e-6));
}

TEST_CASE("die: a process of the catalogue gives density, price and masks, whatever the case of its name") {
    const auto j = json_of("26x16.5 --process N5");
    CHECK(j["d0_per_cm2"].get<double>() > 0.0);
    CHECK(j["cost"]["die"].get<double>() > 0.0);
    CHECK(j["remarks"][0].get<std::string>().find("process n5 of TSMC") != std::string::npos);
    CHECK(j == json_of("26x16.5 --process n5"));
    const auto later = json_of("26x16.5 --process sf2 --date 2029Q1");
    CHECK(later["d0_per_cm2"].get<double>() <
          json_of("26x16.5 --process sf2 --date 2026Q2")["d0_per_cm2"].get<double>());
}

TEST_CASE("die: the drawing is written whole, and as text to standard output") {
    const auto file = std::filesystem::temp_directory_path() / "autarky_test_wafer.svg";
    CHECK(run("20x20 --d0 0.2 --svg " + file.string()).exit == 0);
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    std::filesystem::remove(file);
    CHECK(text.str().starts_with("<svg "));
    CHECK(text.str().ends_with("</svg>\n"));
    CHECK(run("20x20 --d0 0.2 --svg -").text == text.str());
    CHECK(run("20x20 --svg /nonexistent/wafer.svg").exit == 5);
}

TEST_CASE("package: several dies on each kind of package, with reuse, and wrong input by its name") {
    const auto total = [](const std::string& arguments) {
        const Outcome outcome = run(arguments + " --d0 0.1 --wafer-price 20000 --json", "package");
        CAPTURE(outcome.text);
        REQUIRE(outcome.exit == 0);
        const auto j = nlohmann::json::parse(outcome.text);
        const auto& cost = j["cost"];
        const double sum = cost["raw_dies"].get<double>() + cost["die_defects"].get<double>() +
                           cost["raw_package"].get<double>() + cost["package_scrap"].get<double>() +
                           cost["die_scrap"].get<double>() + cost["one_time"].get<double>();
        CHECK(cost["total"].get<double>() == doctest::Approx(sum).epsilon(1e-12));
        return cost["total"].get<double>();
    };
    const double organic = total("'13x16.4*2'");
    CHECK(total("'13x16.4*2' --kind interposer") > organic);
    CHECK(total("'13x16.4*2' --kind fan-out --dies-first") > total("'13x16.4*2' --kind fan-out"));
    CHECK(total("'13x16.4*2' --kind bridge --bridges 1") > organic);
    CHECK(total("'13x16.4*3'") > organic);
    CHECK(total("13x16.4 13x16.4") == doctest::Approx(organic).epsilon(1e-12)); // bumps are paid for each die
    const double alone = total("'13x16.4*2' --nre 2e8 --volume 1e6");
    CHECK(alone == doctest::Approx(organic + 200.0).epsilon(1e-9));
    // two million dies here, two million there: each die carries half
    CHECK(total("'13x16.4*2' --nre 2e8 --volume 1e6 --reuse-volume 2e6") ==
          doctest::Approx(organic + 100.0).epsilon(1e-9));
    const auto refused = [](const std::string& arguments, const std::string& field) {
        const Outcome outcome = run(arguments, "package");
        CAPTURE(arguments);
        CHECK(outcome.exit != 0);
        CHECK(outcome.text.find(field) != std::string::npos);
    };
    const std::string known = " --d0 0.1 --wafer-price 20000";
    refused("28.5x28.5" + known, "2.5 mm too wide");
    refused("10x0" + known, "10x0: height is 0");
    refused("10x10 --wafer-price 20000 --d0=-1", "d0 is -1");
    refused("10x10 --d0 0.1", "wafer-price: it is missing");
    refused("10x10 --wafer-price 20000", "d0: it is missing");
    refused("10x10 --kind bridge --bridges 1 --bond-yield 1.2" + known, "bond-yield");
    refused("10x10 --bond-yield 0.9" + known, "bond-yield: it changes nothing");
    refused("10x10 --dies-first" + known, "dies-first: it changes nothing");
    refused("10x10 --nre 1e8" + known, "volume");
    refused("10x10 --reuse-volume 1e6" + known, "volume");
    refused("10x10 --kind glass" + known, "--kind");
    refused("'10x10*0'" + known, "has no count");
    refused("'10x10*2.5'" + known, "whole number");
    refused("10x10@n99", "the catalogue has no process 'n99'");
    refused("10x10 --date 2027Q1" + known, "date: it changes nothing without --process");
    refused("10x10 --sort-coverage 1.2" + known, "sort-coverage is 1.2");
    refused("10x10 --link-share 1" + known, "link-share");
    refused("0.001x0.001" + known, "too small");
    refused("'26x33*60' --kind interposer" + known, "than a 300 mm wafer holds");
    // four dies on 4 x 784 mm^2 of substrate at 0.005 USD, with twice the layers
    const Outcome four = run("'14x14*4' --d0 0.1 --wafer-price 20000 --json", "package");
    CHECK(nlohmann::json::parse(four.text)["cost"]["raw_package"].get<double>() ==
          doctest::Approx(31.36).epsilon(1e-12));
}

TEST_CASE(
    "package: the same dies as one die, on processes of the catalogue, with dies that pass the sort although bad") {
    const auto cost_of = [](const std::string& arguments) {
        const Outcome outcome = run(arguments + " --json", "package");
        CAPTURE(outcome.text);
        REQUIRE(outcome.exit == 0);
        return nlohmann::json::parse(outcome.text);
    };
    // one die beside itself costs the same, part by part
    const auto same = cost_of("20x20 --d0 0.2 --wafer-price 17000 --nre 1e8 --mask-set 2e7 --volume 1e6");
    CHECK(same["cost"] == same["single_die"]["cost"]);
    CHECK(same["cost"]["one_time"].get<double>() == doctest::Approx(120.0).epsilon(1e-12));
    // by hand: 20 x 20 mm has 148 dies a wafer and a yield of (1 + 0.8 / 3)^-3; substrate 4 x 400 x 0.005, attach 0.99
    const double yield = std::pow(1.0 + 0.8 / 3.0, -3.0);
    const double by_hand = (17000.0 / 148.0 / yield + 400.0 * 0.005 + 8.0) / 0.99;
    CHECK(same["cost"]["total"].get<double>() == doctest::Approx(by_hand + 120.0).epsilon(1e-9));
    // a sort that finds half: the die costs (raw + 3) / sqrt(Y), and a package is good with sqrt(Y)
    const auto half = cost_of("20x20 --d0 0.2 --wafer-price 17000 --sort-test 3 --sort-coverage 0.5");
    const double passed = (17000.0 / 148.0 + 3.0) / std::sqrt(yield);
    CHECK(half["cost"]["total"].get<double>() ==
          doctest::Approx((passed + 2.0 + 8.0) / 0.99 / std::sqrt(yield)).epsilon(1e-9));
    // two dies a part that are bad with 1 - sqrt(Y) each
    const auto two = cost_of("'14x14*2' --d0 0.2 --wafer-price 17000 --sort-coverage 0");
    const double good = std::pow(1.0 + 0.392 / 3.0, -6.0);
    CHECK(two["cost"]["bad_dies"].get<double>() / two["cost"]["total"].get<double>() ==
          doctest::Approx(1.0 - good).epsilon(1e-9));
    // the area of the links is not needed by one die
    const auto links = cost_of("'11x20*2' --d0 0.2 --wafer-price 17000 --link-share \"10 %\"");
    CHECK(links["single_die"]["width_mm"].get<double>() == doctest::Approx(std::sqrt(0.9 * 440.0)).epsilon(1e-9));
    // beyond the field there is no one die
    const auto large = cost_of("'20x20*3' --d0 0.2 --wafer-price 17000");
    CHECK(large["single_die"]["fits_a_field"] == false);
    CHECK(large["single_die"]["cost"].is_null());
    CHECK(run("'20x20*3' --d0 0.2 --wafer-price 17000", "package").text.find("fits no field") != std::string::npos);
    // an old process for one of the dies is cheaper than the new one for both
    const double mixed = cost_of("10x10@n3 10x10@n7")["cost"]["total"];
    CHECK(mixed < cost_of("10x10 10x10 --process n3")["cost"]["total"].get<double>());
    CHECK(mixed > cost_of("10x10 10x10 --process n7")["cost"]["total"].get<double>());
    // masks of the process are part of the one-time cost
    CHECK(cost_of("10x10 --process n5 --volume 1e6")["cost"]["one_time"].get<double>() > 10.0);
}

TEST_CASE(
    "check and run state how exact the gross dies of a die of uncertain size are, and are silent of a fixed one") {
    const std::string uncertain = "ai5 --set 'chip.ai5.height=15.4 to 17.4 mm'";
    const std::string words = "of the exact packing";
    CHECK(run(uncertain, "check").text.find(words) != std::string::npos);
    CHECK(run(uncertain + " --samples 8", "run").text.find(words) != std::string::npos);
    CHECK(run("ai5 --samples 8", "run").text.find(words) == std::string::npos);
}
