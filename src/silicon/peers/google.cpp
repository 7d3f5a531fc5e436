// autarky: the cases of Google's chiplets cost model.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/peers/google.hpp"

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "silicon/geometry.hpp"
#include "silicon/peers/inputs.hpp"
#include "silicon/yield.hpp"

namespace autarky::silicon::peers {
namespace {

using Years = std::array<double, 5>;

/// A row of its bill of materials: `count` equal devices.
struct Device {
    double count = 1.0;
    double area_mm2 = 0.0; ///< with saw street
    double layers = 10.0;  ///< N of its Bose-Einstein
    Years density{};       ///< per cm^2
    Years yield{};         ///< typed in; 0: from the model
    Years price_usd{};     ///< a unit
    double quality_ppm = 0.0, operating_usd = 0.0;
    bool assembled = true; ///< takes part in the last assembly step
};

/// The inputs of one option: its sheet, year by year.
struct Sheet {
    std::vector<Device> devices; ///< the substrate first
    Years asp_usd{};
    int baseline_units = 32, spares = 0;
    double unit_mm2 = 10.0;
};

constexpr Years demand{1e5, 1.5e5, 2.5e5, 1e6, 1e6};
constexpr Years substrate_yield{0.7, 0.71, 0.75, 0.8, 0.82};
constexpr Years substrate_price{71.43, 70.42, 66.67, 62.5, 60.98};
constexpr Years same(double x) { return {x, x, x, x, x}; }

Sheet sheet(GoogleOption option) {
    const Device substrate{
        .area_mm2 = 0.0, .yield = substrate_yield, .price_usd = substrate_price, .quality_ppm = 100.0};
    const double street = 0.1 * 0.1;
    if (option == GoogleOption::chiplet) {
        const Device large{.area_mm2 = 25.9 * 25.9,
                           .density = {0.1, 0.09, 0.075, 0.06, 0.05},
                           .price_usd = {587.46, 538.71, 454.87, 382.36, 342.3},
                           .quality_ppm = 1500.0,
                           .operating_usd = 1.0};
        const Device small{.count = 14.0,
                           .area_mm2 = 6.8 * 5.1,
                           .density = same(0.05),
                           .price_usd = {2.84, 2.81, 2.79, 2.77, 2.75},
                           .quality_ppm = 50.0,
                           .operating_usd = 0.1};
        const Device empty{.count = 21.0, .area_mm2 = street, .density = same(0.2)};
        return {{substrate, large, small, empty}, same(1000.0)};
    }
    const Device first{.yield = {0.5265, 0.5566, 0.6069, 0.6643, 0.7073},
                       .price_usd = {219.46, 202.25, 180.96, 163.17, 149.49},
                       .quality_ppm = 100.0,
                       .operating_usd = 1.0};
    const Device small{.count = 14.0,
                       .yield = same(0.9176),
                       .price_usd = {2.97, 2.95, 2.92, 2.9, 2.88},
                       .quality_ppm = 100.0,
                       .operating_usd = 0.1};
    const Device second{.yield = {0.2012, 0.2312, 0.287, 0.3597, 0.4207},
                        .price_usd = {567.93, 491.32, 381.09, 303.35, 250.38},
                        .quality_ppm = 100.0,
                        .assembled = false};
    const Device empty{.count = 20.0, .yield = same(0.9999), .quality_ppm = 100.0};
    return {{substrate, first, small, second, empty}, {1000.0, 900.0, 800.0, 700.0, 600.0}, 3, 2, 1.0};
}

double bose_einstein(double area_mm2, double defects_per_cm2, double layers) {
    return yield_bose_einstein(quantity(area_mm2, "mm^2"_u), quantity(defects_per_cm2, "1/cm^2"_u), layers);
}

double test_of(double yield) {
    return google_wafer_sort(200.0, 15.0, 2.0, 0.8, 2.0, yield) +
           google_final_test(500.0, 25.0, 1.0, 0.8, 0.9, 0.0, yield) + google_system_test(110.0, 360.0, 0.9, yield);
}

/// The assembly scrap of its test: cost of what is placed in each step, times what the step loses.
double scrap(const CaseInputs& in) {
    constexpr std::array substrate{10204081.63, 14878000.40, 22222222.22, 78125000.00, 74360499.70};
    constexpr std::array active{157969593.24, 197670554.29, 240957514.71, 700308744.26, 568219101.94};
    const auto year = static_cast<std::size_t>(in.whole("year") - 1);
    constexpr double placed = 2.0; // both in the last step, at 0.95 each
    return (substrate.at(year) + active.at(year)) * (1.0 - std::pow(0.95, placed));
}

} // namespace

double google_gross_dies(double width_mm, double height_mm, double saw_street_mm) {
    const double cell = (width_mm + saw_street_mm) * (height_mm + saw_street_mm);
    return std::round((300.0 - 6.0) * pi * (300.0 / (4.0 * cell) - 1.0 / std::sqrt(2.0 * cell)));
}

double google_repair_term(int baseline_units, int spares, double unit_mm2, double defects_per_cm2) {
    const int n = baseline_units + spares;
    const double p = unit_mm2 / 100.0 * defects_per_cm2;
    double ways = 1.0;
    for (int i = 0; i < spares; ++i)
        ways *= static_cast<double>(n - i) / (i + 1);
    return ways * std::pow(p, spares) * std::pow(1.0 - p, n - spares);
}

double google_wafer_sort(double rate, double seconds, double insertions, double coverage, double retests,
                         double yield) {
    return rate / 3600.0 * (seconds * insertions + (1.0 - yield * coverage) * seconds * retests);
}

double google_final_test(double rate, double seconds, double times, double sort_coverage, double coverage,
                         double retests, double yield) {
    return rate / 3600.0 * (times * seconds + (1.0 - yield * (sort_coverage - coverage)) * retests * seconds);
}

double google_system_test(double rate, double seconds, double coverage, double yield) {
    return rate / 3600.0 * seconds * (yield + (1.0 - yield) * (1.0 - coverage));
}

GoogleYear google_baseline(GoogleOption option, int year, bool as_published) {
    const Sheet in = sheet(option);
    const auto y = static_cast<std::size_t>(year - 1);
    const double n = demand.at(y);
    GoogleYear out;
    double quality = 0.0;
    double operating = 0.0;
    double substrate = 0.0;
    for (const auto& device : in.devices) {
        const double material = device.count * device.price_usd.at(y) * n;
        double yield = device.yield.at(y);
        if (yield == 0.0)
            yield = bose_einstein(device.area_mm2, device.density.at(y), device.layers) +
                    google_repair_term(in.baseline_units, in.spares, in.unit_mm2, device.density.at(y));
        out.test_usd += device.count * test_of(yield);
        out.material_usd += material;
        if (device.assembled) out.scrap_usd += 0.05 * material;
        quality += device.quality_ppm * 1e-6 * material;
        operating += device.count * device.operating_usd * n;
        if (&device == &in.devices.front()) substrate = material;
    }
    if (!as_published) out.test_usd *= n;
    constexpr double test_losses = 0.01 + 0.01 * 0.99; // final test and system test, 99 % each
    const double counted = out.material_usd + (as_published ? substrate : 0.0);
    const double once = year == 1 ? 1e6 + 2.35e6 : 0.0; // masks and NRE
    const double ip = 1e6 + 0.01 * in.asp_usd.at(y) * n;
    const double assembly = 20.0 * n;
    out.total_usd =
        assembly + out.test_usd + once + out.scrap_usd + (1.0 + test_losses) * counted + operating + ip + quality;
    out.unit_usd = out.total_usd / n;
    return out;
}

double google_value(std::string_view quantity, const CaseInputs& in) {
    if (quantity == "gross_dies")
        return google_gross_dies(in.number("width"), in.number("height"), in.number("street"));
    if (quantity == "bose_einstein") return bose_einstein(in.number("area"), in.number("d0"), in.number("layers"));
    if (quantity == "repair_term")
        return google_repair_term(in.whole("units"), in.whole("spares"), in.number("unit_area"), in.number("d0"));
    if (quantity == "repaired_yield") {
        // what the term was meant for: any `spares` of the units may be bad
        const double p = 1.0 - in.number("unit_area") / 100.0 * in.number("d0");
        const int n = in.whole("units") + in.whole("spares");
        double sum = 0.0;
        double ways = 1.0;
        for (int bad = 0; bad <= in.whole("spares"); ++bad) {
            sum += ways * std::pow(1.0 - p, bad) * std::pow(p, n - bad);
            ways *= static_cast<double>(n - bad) / (bad + 1);
        }
        return bose_einstein(in.number("area"), in.number("d0"), in.number("layers")) * sum;
    }
    if (quantity == "wafer_sort")
        return google_wafer_sort(in.number("rate"), in.number("seconds"), in.number("insertions"),
                                 in.number("coverage"), in.number("retests"), in.number("yield"));
    if (quantity == "final_test")
        return google_final_test(in.number("rate"), in.number("seconds"), in.number("times"),
                                 in.number("sort_coverage"), in.number("coverage"), in.number("retests"),
                                 in.number("yield"));
    if (quantity == "system_test")
        return google_system_test(in.number("rate"), in.number("seconds"), in.number("coverage"), in.number("yield"));
    if (quantity == "assembly_scrap") return scrap(in);
    if (quantity == "baseline" || quantity == "baseline_right") {
        const auto option = in.word("option") == "chiplet" ? GoogleOption::chiplet : GoogleOption::two_socs;
        const GoogleYear year = google_baseline(option, in.whole("year"), quantity == "baseline");
        const std::string& part = in.word("part");
        if (part == "unit") return year.unit_usd;
        if (part == "total") return year.total_usd;
        if (part == "material") return year.material_usd;
        if (part == "scrap") return year.scrap_usd;
        throw CaseError("no part '" + part + "'");
    }
    throw CaseError("no quantity '" + std::string(quantity) + "'");
}

} // namespace autarky::silicon::peers
