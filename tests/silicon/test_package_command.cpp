// autarky: tests of the commands `package` and `reticle` as other programs and people meet them.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "outcome.hpp"

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

TEST_CASE("package: carriers with sides, on panels, over several fields") {
    const std::string known = "'13x16.4*2' --kind interposer --d0 0.1 --wafer-price 20000 ";
    const auto found = [&](const std::string& arguments) {
        const Outcome outcome = run(known + arguments + " --json", "package");
        CAPTURE(outcome.text);
        REQUIRE(outcome.exit == 0);
        return nlohmann::json::parse(outcome.text);
    };
    const auto panel = found("--carrier 60x55 --panel 510x515 --carrier-price 4000");
    CHECK(panel.at("carrier").at("on_one") == 64); // 490 x 495 mm within the rim: eight times eight
    CHECK(panel.at("carrier").at("exposures") == 6);
    CHECK(panel.at("carrier").at("seams") == 7);
    CHECK(panel.at("remarks").size() == 2);
    CHECK(found("--carrier '2.5 x 2 in'").at("carrier").at("width_mm") == 63.5);
    const auto refused = run(known + "--panel 510x515", "package");
    CHECK(refused.exit != 0);
    CHECK(refused.text.find("carrier-price: a panel of carriers has no usual price") != std::string::npos);
}

TEST_CASE("reticle: dies of each design, shares that add up, and wrong input by its name") {
    const Outcome outcome =
        run("'8x6*2' 10x5 '4x4*3' --d0 0.1 --wafer-price 17000 --mask-set 15e6 --wafers 25 --json", "reticle");
    CAPTURE(outcome.text);
    REQUIRE(outcome.exit == 0);
    const auto json = nlohmann::json::parse(outcome.text);
    double shares = 0.0, wafer = 0.0, masks = 0.0;
    for (const auto& design : json.at("designs")) {
        shares += design.at("share").get<double>();
        wafer += design.at("wafer_usd").get<double>();
        masks += design.at("mask_usd").get<double>();
        const double usd = (design.at("wafer_usd").get<double>() + design.at("mask_usd").get<double>() / 25.0) /
                           design.at("good_dies").get<double>();
        CHECK(design.at("good_die_usd").get<double>() == doctest::Approx(usd).epsilon(1e-12));
    }
    CHECK(shares == doctest::Approx(1.0).epsilon(1e-12));
    CHECK(wafer == doctest::Approx(17000.0).epsilon(1e-12));
    CHECK(masks == doctest::Approx(15e6).epsilon(1e-12));
    CHECK(json.at("places").size() == 6);
    const auto refused = [](const std::string& arguments, const std::string& words) {
        const Outcome bad = run(arguments, "reticle");
        CAPTURE(bad.text);
        CHECK(bad.exit != 0);
        CHECK(bad.text.find(words) != std::string::npos);
    };
    refused("27x34", "no layout in shelves fits");
    refused("'8x6*0'", "has 0 dies a field");
    refused("8x0", "has a side of nothing");
    refused("'8x6*2*2'", "is no WIDTHxHEIGHT*COUNT");
    refused("8x6 --edge 150", "it leaves nothing of the wafer");
    refused("8x6 --wafers 25", "--wafers");
}
