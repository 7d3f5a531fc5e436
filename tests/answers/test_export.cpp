// autarky: tests of the question about export rules against the published table of chips, and on bad catalogues.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <unistd.h>

#include "answers/chip.hpp"
#include "answers/design.hpp"
#include "answers/export.hpp"
#include "answers/session.hpp"
#include "input/central.hpp"
#include "market/export_control.hpp"

using namespace autarky;
using namespace autarky::answers;
using Json = nlohmann::json;

namespace {

Json ask(const std::string& request) {
    return Json::parse(export_entry.ask(export_entry, Catalogue(), given_in_json(request), {}).json());
}

std::string code_of(const std::string& request, const Catalogue& catalogue = Catalogue()) {
    try {
        (void)export_entry.ask(export_entry, catalogue, given_in_json(request), {});
    } catch (const InputError& error) {
        return error.diagnostics.items().front().code;
    }
    return "none";
}

/// The catalogue's folder with one of its export files changed.
class ChangedCatalogue {
public:
    ChangedCatalogue(const std::string& file, const std::string& from, const std::string& to)
        : folder_(std::filesystem::temp_directory_path() / ("autarky_export_" + std::to_string(::getpid()))) {
        namespace fs = std::filesystem;
        const fs::path own = fs::path(AUTARKY_SOURCE_DIR) / "catalogue";
        fs::create_directories(folder_ / "catalogue");
        for (const auto* shared : {"sources.toml", "prices.toml"})
            fs::copy_file(own / shared, folder_ / "catalogue" / shared, fs::copy_options::overwrite_existing);
        fs::copy(own / "export", folder_ / "catalogue" / "export",
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        const auto path = folder_ / "catalogue" / "export" / file;
        std::stringstream content;
        content << std::ifstream(path).rdbuf();
        auto text = content.str();
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        std::ofstream(path) << text;
    }
    ChangedCatalogue(const ChangedCatalogue&) = delete;
    ChangedCatalogue& operator=(const ChangedCatalogue&) = delete;
    ~ChangedCatalogue() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] Catalogue catalogue() const { return Catalogue(folder_); }

private:
    std::filesystem::path folder_;
};

/// Published classes: TPP and density of the rule texts' reviews (88 FR 73458 and its reviews; BIS names MI325X as below 21,000);
/// figures of chips by Epoch AI's data set. A density of zero: the area is not published.
struct Published {
    const char* chip;
    double tpp, density;
    const char *oct_2022, *oct_2023;
};
constexpr Published published[] = {
    {"a100", 4992, 6.04, "3A090 (2022)", "3A090.a"},
    {"a800", 4992, 6.04, "none", "3A090.a"},
    {"a30", 2644, 3.20, "none", "3A090.b, NAC"},
    {"h100", 15832, 19.45, "3A090 (2022)", "3A090.a"},
    {"h800", 15832, 19.45, "none", "3A090.a"},
    {"h200", 15832, 19.45, "3A090 (2022)", "3A090.a"},
    {"h20", 2368, 2.91, "none", "none"},
    {"l20", 1912, 3.14, "none", "none"},
    {"l2", 1544, 5.25, "none", "none"},
    {"l4", 1936, 6.59, "none", "3A090.a"},
    {"l40", 2896, 4.76, "none", "3A090.b, NAC"},
    {"l40s", 5864, 9.63, "none", "3A090.a"},
    {"rtx4090", 5285, 8.69, "none", "3A090.a, NAC"},
    {"rtx4090d", 4708, 7.74, "none", "Note 2"},
    {"b200", 36000, 22.5, "3A090 (2022)", "3A090.a"},
    {"mi300x", 20919, 22.74, "3A090 (2022)", "3A090.a"},
    {"mi325x", 20919, 22.74, "3A090 (2022)", "3A090.a"},
    {"ascend_910b", 5120, 7.7, "none", "3A090.a"},
    {"ascend_910c", 12032, 9.05, "3A090 (2022)", "3A090.a"},
    {"tpu_v5e", 3152, 9.7, "none", "3A090.a"},
    {"trainium2", 10672, 0, "3A090 (2022)?", "3A090.a"}, // its interconnect is not published
    {"orin_dense127", 1016, 2.23, "none", "none"},
    {"orin_dense254", 2032, 4.47, "none", "Note 2"},
    {"thor_t5000", 4144, 0, "none", "Note 2"},
    {"thor_dense1000", 8000, 0, "none", "3A090.a, NAC"},
    {"nx9031", 8000, 0, "none", "3A090.a, NAC"},
    {"m100", 10240, 0, "none", "3A090.a, NAC"},
    {"ai5_low", 8000, 18.6, "none", "3A090.a"},
    {"ai5_base", 16000, 37.21, "none", "3A090.a"},
    {"ai5_high", 20000, 46.51, "none", "3A090.a"},
};

} // namespace

TEST_CASE("published chips have their published classes") {
    const auto table = ask(R"({"date": "2026-01-15"})")["table"];
    CHECK(table.size() == 39);
    const auto needs = [](const Json& row) { return row["now"]["needs_licence"] == "yes"; };
    CHECK(ask(R"({"date": "2026-01-15"})")["n_licence"] == std::count_if(table.begin(), table.end(), needs));
    CHECK_FALSE(ask(R"({"chip": "h20"})").contains("n_licence"));
    for (const auto& row : published) {
        INFO(row.chip);
        const auto found =
            std::find_if(table.begin(), table.end(), [&](const Json& r) { return r["chip"] == row.chip; });
        REQUIRE(found != table.end());
        CHECK(std::fabs((*found)["tpp"].get<double>() - row.tpp) < 0.5); // published as whole numbers
        CHECK((*found)["pd"].is_null() == (row.density == 0.0));
        if (row.density > 0.0) CHECK(std::fabs((*found)["pd"].get<double>() - row.density) < 0.0051); // two decimals
        CHECK((*found)["oct_2022"]["in_short"] == row.oct_2022);
        CHECK((*found)["oct_2023"]["in_short"] == row.oct_2023);
    }
}

TEST_CASE("the window of January 2026 has MI325X and H200 inside and B200 outside") {
    const auto review = [](const char* chip, const char* more = "") {
        return ask(fmt::format(R"({{"chip": "{}", "date": "2026-01-15"{}}})", chip, more))["readings"][0]["review"];
    };
    CHECK(review("mi325x")["rule"] == "h200_2026");
    CHECK(review("h200")["rule"] == "h200_2026");
    CHECK(review("b200")["rule"] == "denial_2023");
    // from the United States to China only: a Chinese buyer elsewhere stays under the presumption of denial
    CHECK(review("h200", R"(, "destination": "SG", "headquarters": "CN")")["rule"] == "denial_2023");
    CHECK(ask(R"({"chip": "h200", "date": "2026-01-14"})")["readings"][0]["review"]["rule"] == "denial_2023");
}

TEST_CASE("H20 needs a licence from the day of the letter on, and AMD's chip is not its addressee") {
    const auto needs = [](const std::string& request) { return ask(request)["readings"][0]["found"]["needs_licence"]; };
    CHECK(needs(R"({"chip": "h20", "date": "2025-04-08"})") == "no");
    CHECK(needs(R"({"chip": "h20", "date": "2025-04-09"})") == "yes");
    CHECK(needs(R"({"chip": "h20", "date": "2025-04-09", "destination": "Germany"})") == "no");
    CHECK(needs(R"({"tops": ["int8=296"], "area": 814, "bandwidth": 4000, "vendor": "AMD", "date": "2025-04-09",
                    "data_centre": "yes"})") == "no");
}

TEST_CASE("Thor is ambiguous, AI5 is by its flag, and a flag that is given ends that") {
    const auto thor = ask(R"({"chip": "thor"})");
    CHECK(thor["classification"] == "ambiguous");
    CHECK(thor["paragraph"].is_null());
    CHECK(thor["readings"][0]["tpp"] == 4144.0);
    CHECK(thor["readings"][1]["tpp"] == 8000.0);
    CHECK(thor["tpp"] == 8000.0);
    CHECK(ask(R"({"chip": "ai5"})")["readings"].size() == 6);
    CHECK(ask(R"({"chip": "ai5"})")["classification"] == "ambiguous");
    const auto ai5 = ask(R"({"chip": "ai5", "data_centre": "yes"})");
    CHECK(ai5["classification"] == "controlled");
    CHECK(ai5["paragraph"] == "3A090.a");
}

TEST_CASE("2023Q4 has two regimes, 47 of its 92 days under the old one") {
    const auto regimes = ask(R"({"chip": "h800", "date": "2023Q4"})")["readings"][0]["regimes"];
    REQUIRE(regimes.size() == 2);
    CHECK(regimes[0]["found"]["classification"] == "not controlled");
    CHECK(regimes[1]["found"]["paragraph"] == "3A090.a");
    CHECK(regimes[0]["share"].get<double>() == doctest::Approx(47.0 / 92.0).epsilon(1e-9));
    CHECK(regimes[0]["share"].get<double>() + regimes[1]["share"].get<double>() == doctest::Approx(1.0).epsilon(1e-12));
}

TEST_CASE("a quarter with two rules tells both, also of a chip that neither catches") {
    const auto regimes = ask(R"({"chip": "h20", "date": "2023Q4"})")["readings"][0]["regimes"];
    REQUIRE(regimes.size() == 2);
    CHECK(regimes[0]["rules"] == "87 FR 62186");
    CHECK(regimes[1]["rules"] == "88 FR 73458");
}

TEST_CASE("any country by its codes or its name is judged by its groups") {
    const auto to = [](const std::string& where, const std::string& more = "") {
        return ask(fmt::format(R"({{"chip": "h100", "date": "2026-01-15", "destination": "{}"{}}})", where, more));
    };
    const auto needs = [&](const std::string& where, const std::string& more = "") {
        return to(where, more)["readings"][0]["found"]["needs_licence"].get<std::string>();
    };
    // one of each: D:1 alone, D:4 alone, D:5 alone, D:4 taken out by A:6, A:5, no group in the file, no row in the file
    for (const auto* where : {"VN", "Vietnam", "VNM", "AE", "uae", "Haiti", "MM", "burma", "Russia", "Macau"})
        CHECK_MESSAGE(needs(where) == "yes", where);
    for (const auto* where : {"IL", "DE", "Turkey", "UA", "Brazil", "KE", "Kenya", "KEN", "Côte d'Ivoire", "TV"})
        CHECK_MESSAGE(needs(where) == "no", where);
    CHECK(to("IL")["destination_groups"] == "D:4, A:6");
    CHECK(to("KE")["destination_groups"] == "");
    CHECK(to("KE")["destination"] == "Kenya");
    CHECK(to("KE")["groups_source"].get<std::string>().find("Part 740, Supplement 1") != std::string::npos);
    // the parent decides where the destination does not
    CHECK(needs("KE", R"(, "headquarters": "China")") == "yes");
    CHECK(needs("KE", R"(, "headquarters": "VN")") == "no"); // D:1 is no group of the headquarters rule
    CHECK(code_of(R"({"chip": "h100", "destination": "Kenia"})") == "E0505");
}

TEST_CASE("a chip of planar transistors has no density and is not open for want of an area") {
    const auto answer = ask(R"({"tops": ["int8=250"], "planar": true, "data_centre": "yes", "date": "2024-01-01"})");
    CHECK(answer["tpp"] == 2000.0);
    CHECK(answer["pd"].is_null());
    CHECK(answer["classification"] == "not controlled");
    CHECK(ask(R"({"tops": ["int8=250"], "data_centre": "yes", "date": "2024-01-01"})")["classification"] == "open");
    CHECK(code_of(R"({"tops": ["int8=250"], "planar": true, "area": 100})") == "E0504");
}

TEST_CASE("chips and designs that are computed carry their class") {
    const auto judged = [](const Entry& entry, const std::string& request) {
        return Json::parse(entry.ask(entry, Catalogue(), given_in_json(request), {}).json());
    };
    const auto chip = judged(chip_entry, R"({"chip": "h100", "date": "2024-01-01"})")["export"];
    // 1,979 dense int8 TOPS on 814 mm^2 are published; the model's H100 is within 5 % of both
    CHECK(std::fabs(chip["tpp"].get<double>() / 15832.0 - 1.0) < 0.05);
    CHECK(std::fabs(chip["pd"].get<double>() / 19.45 - 1.0) < 0.05);
    CHECK(chip["date"] == "2024-01-01");
    REQUIRE(chip["readings"].size() == 2);
    CHECK(chip["readings"][0]["paragraph"] == "3A090.a");
    CHECK(chip["readings"][0]["needs_licence"] == "yes");
    CHECK(chip["readings"][0]["share"] == 1.0);
    CHECK(chip["readings"][1]["in_short"] == "3A090.a, NAC");
    CHECK(chip["unknown"].size() == 2);

    const auto design = judged(design_entry, R"({"workload": ["resnet-50"], "node": [28], "date": "2024-01-01"})");
    CHECK(design["export_date"] == "2024-01-01");
    for (const auto& point : design["front"]) {
        CHECK(point["tpp"].get<double>() > 0.0);
        CHECK(point["pd"].is_null()); // 28 nm is planar
        const bool is_large = point["tpp"].get<double>() >= 4800.0;
        CHECK(point["export_data_centre"] == (is_large ? "3A090.a" : "none"));
        CHECK(point["export_other"] == (is_large ? "3A090.a, NAC" : "none"));
    }
}

TEST_CASE("the quarterly model's rules control what the rule book's paragraph a controls") {
    const auto session = Session::open(ScenarioChoice{});
    const auto& loaded = session->loaded();
    const auto library = read_export_library(Catalogue());
    const auto china = library->destination("CN", "destination");
    std::size_t judged = 0;
    for (std::size_t r = 0; r < loaded.scenario.rule.size(); ++r) {
        market::ExportRule<double> rule{};
        map_reading<market::ExportRule>(loaded.scenario.rule[r], rule, [&](const Uncertain& from, double& to) {
            to = scenario::central_value(loaded.inputs.rows[static_cast<std::size_t>(from.input)].distribution);
        });
        for (const auto& chip : library->chips) {
            auto item = chip.item;
            if (!item.tpp() || !item.density() || !item.interconnect_gb_s ||
                item.data_centre == market::licensing::Marketed::open)
                continue;
            market::ControlledItem<double> seen;
            seen.tpp = quantity(*item.tpp(), "TPP"_u);
            seen.density = quantity(*item.density(), "TPP/mm^2"_u);
            seen.io = quantity(*item.interconnect_gb_s, "GB/s"_u);
            seen.data_centre = item.data_centre == market::licensing::Marketed::yes;
            const auto book = market::licensing::judge(library->book, item, {china, china}, rule.effective.year);
            INFO(loaded.scenario.rule.names[r] << " " << item.name);
            const bool by_book = book.controlled == market::licensing::Truth::yes && book.paragraph() != "3A090.b";
            CHECK(market::controlled(rule, seen) == by_book);
            ++judged;
        }
    }
    CHECK(judged > 60); // three rules, and most of the table has all figures
}

TEST_CASE("the worldwide rule of 2025 never binds") {
    for (const char* date : {"2025-01-15", "2025-05-12", "2025-05-15", "2025-06-01"}) {
        const auto answer = ask(fmt::format(R"({{"chip": "h100", "destination": "BR", "date": "{}"}})", date));
        CHECK(answer["readings"][0]["found"]["needs_licence"] == "no");
        for (const auto& tried : answer["by_rule"])
            if (tried["rule"] == "diffusion_2025") CHECK(tried["binds"] == false);
    }
}

TEST_CASE("a chip at 4,800 TPP is controlled and below it by the digit is not") {
    const auto chip = [](const char* tops) {
        return ask(
            fmt::format(R"({{"tops": ["int8={}"], "area": 5000, "data_centre": "yes"}})", tops))["classification"];
    };
    CHECK(chip("600") == "controlled");
    CHECK(chip("599.9") == "not controlled"); // 0.96 TPP/mm^2
}

TEST_CASE("what would have to change is told of a controlled chip only") {
    // H800 of November 2022: 4,800 TPP are exceeded, but its interconnect was cut below 600 GB/s
    const auto free = ask(R"({"chip": "h800", "date": "2022-11-01"})").at("readings").at(0);
    CHECK(free.at("found").at("classification") == "not controlled");
    CHECK(free.at("most_tpp").is_null());
    CHECK(free.at("least_area").is_null());
    const auto caught = ask(R"({"chip": "h800", "date": "2024-01-01"})").at("readings").at(0);
    CHECK(caught.at("found").at("classification") == "controlled");
    CHECK(caught.at("most_tpp").get<double>() < 4800.0);
}

TEST_CASE("the frontier follows from the limits of the text") {
    // 3A090 of October 2023: below 1,600 TPP anything; below 2,400 under 3.2 TPP/mm^2; below 4,800 under 1.6; note 2
    const auto corners = ask(R"({"frontier": true, "node": 5})")["frontier"]["corners"];
    REQUIRE(corners.size() == 4);
    CHECK(corners[0]["tpp"] == 1600.0);
    CHECK(corners[0]["area_by_rule"].is_null());
    CHECK(corners[1]["tpp"] == 2400.0);
    CHECK(corners[1]["area_by_rule"].get<double>() == doctest::Approx(750.0).epsilon(1e-8));
    CHECK(corners[2]["tpp"] == 4800.0);
    CHECK(corners[2]["area_by_rule"].get<double>() == doctest::Approx(3000.0).epsilon(1e-8));
    CHECK(corners[2]["dies"] == 4.0); // 3,000 mm^2 in fields of 858
    CHECK(corners[2]["cost"].get<double>() > corners[2]["cost_without"].get<double>());
    CHECK(corners[3]["data_centre"] == "no");
    CHECK(corners[3]["tpp"] == 4800.0);
    CHECK(corners[3]["area_by_rule"].is_null());
    // October 2022 looks at interconnect too: below 600 GB/s nothing is caught
    CHECK(ask(R"({"frontier": true, "date": "2023-01-01", "interconnect": 400})")["frontier"]["corners"].empty());
    CHECK(ask(R"({"frontier": true, "date": "2023-01-01", "interconnect": 600})")["frontier"]["corners"].size() == 2);
}

TEST_CASE("what makes no sense is refused by its code") {
    CHECK(code_of(R"({"chip": "h1oo"})") == "E0505");
    CHECK(code_of(R"({"chip": "h100", "destination": "Chna"})") == "E0505");
    CHECK(code_of(R"({"tops": ["int0=500"]})") == "E0432");
    CHECK(code_of(R"({"tops": ["int8"]})") == "E0504");
    CHECK(code_of(R"({"tops": ["int8=-5"]})") == "E0205");
    CHECK(code_of(R"({"chip": "h100", "date": "soon"})") == "E0210");
    CHECK(code_of(R"({"chip": "h100", "tops": ["int8=5"]})") == "E0504");
    CHECK(code_of(R"({"area": 500})") == "E0506");
    CHECK(code_of(R"({"chip": "h100", "area": 0})") == "E0504");
}

TEST_CASE("a catalogue with a rule without a date or with rules that overlap is refused at its place") {
    const ChangedCatalogue undated("rules.toml", "effective = \"2022-10-07\"\n", "");
    CHECK(code_of("{}", undated.catalogue()) == "E0302");
    const ChangedCatalogue overlapping("rules.toml", "until = \"2023-11-17\"\n", "");
    CHECK(code_of("{}", overlapping.catalogue()) == "E0431");
    const ChangedCatalogue orphan("rules.toml", "rule = \"ac_2022\"", "rule = \"ac_2023\"");
    CHECK(code_of("{}", orphan.catalogue()) == "E0304");
}
