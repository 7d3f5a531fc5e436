// autarky: the way of wafers adds up: site, process, chip, device or outlet, each level against the next and against the run.
// SPDX-License-Identifier: Apache-2.0
#include "answers/wafers.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/samples.hpp"

using namespace autarky;
using namespace autarky::answers;
using analysis::FlowStage;

namespace {

constexpr std::uint64_t futures = 64;
/// Flows below a thousandth of a wafer are left out; a year has a few tens of them.
constexpr double left_out = 0.05;

const Catalogue& catalogue() {
    static const Catalogue out;
    return out;
}

WafersAnswer asked(std::vector<std::string> variants, const std::string& fails = "") {
    WafersQuestion question;
    question.samples = futures;
    question.variant = std::move(variants);
    question.fails = fails;
    return wafers(catalogue(), question);
}

/// Wafers that enter and leave the places of a year, by stage and name.
struct Balance {
    std::map<std::pair<FlowStage, std::string>, double> in, out;
    explicit Balance(const analysis::WaferYear& year) {
        for (const auto& flow : year.flows) {
            out[{flow.from_stage, flow.from}] += flow.wafers;
            in[{flow.to_stage, flow.to}] += flow.wafers;
        }
    }
};

void check_passes(const analysis::WaferYear& year) {
    Balance balance(year);
    CAPTURE(year.year);
    for (const auto& [place, wafers] : balance.out) {
        if (place.first != FlowStage::process && place.first != FlowStage::chip) continue;
        CAPTURE(place.second);
        CHECK(std::fabs(balance.in[place] - wafers) <= left_out);
    }
    double sites = 0.0, started = 0.0, ends = 0.0, before = 0.0;
    for (const auto& [place, wafers] : balance.out) {
        if (place.first == FlowStage::site) sites += wafers;
        if (place.first == FlowStage::process) started += wafers;
        if (place.first == FlowStage::earlier) before += wafers;
    }
    for (const auto& [place, wafers] : balance.in)
        if (place.first == FlowStage::device || place.first == FlowStage::outlet || place.first == FlowStage::later)
            ends += wafers;
    CHECK(std::fabs(sites - started) <= left_out);
    CHECK(std::fabs(started + before - ends) <= left_out);
    CHECK(year.wafers == doctest::Approx(sites).epsilon(1e-12)); // the same flows in another order
    for (const auto& place : year.places) {
        const std::pair<FlowStage, std::string> key{place.stage, place.name};
        CHECK(place.wafers == doctest::Approx(balance.out.contains(key) ? balance.out[key] : balance.in[key]));
    }
}

/// Mean over the futures of what a site starts in a year, for devices and outlets, from the run's own metrics.
double started_at(const Session& session, const std::string& site, const std::string& year) {
    const auto& model = session.model();
    std::vector<std::size_t> columns;
    for (const auto& metric : model.metrics()) {
        const auto& id = metric.info.id;
        const bool is_outlet = id.starts_with("foundry.line_to_outlets.") && id.ends_with("." + site);
        if (id != "foundry.wafers." + site && !is_outlet) continue;
        for (std::size_t q = 0; q < model.quarters().size(); ++q)
            if (model.quarters()[q].starts_with(year)) columns.push_back(metric.first + q);
    }
    double sum = 0.0;
    for (const auto& row : analysis::values_of_columns(model, columns, futures, 1, 1, {}))
        for (const double x : row)
            sum += x / static_cast<double>(futures);
    return sum;
}

} // namespace

TEST_CASE("what enters a process or a chip leaves it, and devices, outlets and stock take what sites start") {
    for (const auto& variant : {std::vector<std::string>{}, std::vector<std::string>{"terafab"}}) {
        const auto a = asked(variant, variant.empty() ? "TW" : "");
        REQUIRE(!a.usual.years.empty());
        for (const auto& year : a.usual.years)
            check_passes(year);
        if (a.failing)
            for (const auto& year : a.failing->years)
                check_passes(year);
        CHECK(a.failing.has_value() == variant.empty());
    }
}

TEST_CASE("a site's wafers are those that the run starts there") {
    const auto a = asked({});
    REQUIRE(a.usual.failed == 0); // else the means are over fewer futures than below
    const auto session = Session::open(ScenarioChoice{});
    for (const auto& year : a.usual.years) {
        if (year.year != 2029 && year.year != 2032) continue;
        Balance balance(year);
        CHECK(balance.out.size() > 4);
        for (const auto& site : a.sites) {
            CAPTURE(site.site);
            const double flow = balance.out[{FlowStage::site, site.site}];
            // means of the same futures, summed by chip there and by site here: a few hundred roundings
            CHECK(flow == doctest::Approx(started_at(*session, site.site, std::to_string(year.year))).epsilon(1e-9));
        }
    }
}
