// autarky: names, units and ranges of what a transformer's data sheet gives.
// SPDX-License-Identifier: Apache-2.0
#include "grid/heat/sheet_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace autarky::grid {
namespace {

struct UnitRow {
    SheetKind kind;
    std::string_view text;
    double factor;
};
constexpr std::array units{UnitRow{SheetKind::plain, "", 1.0},         UnitRow{SheetKind::plain, "pu", 1.0},
                           UnitRow{SheetKind::minutes, "min", 1.0},    UnitRow{SheetKind::minutes, "h", 60.0},
                           UnitRow{SheetKind::minutes, "s", 1.0 / 60}, UnitRow{SheetKind::kelvin, "K", 1.0},
                           UnitRow{SheetKind::kelvin, "C", 1.0},       UnitRow{SheetKind::kelvin, "degC", 1.0},
                           UnitRow{SheetKind::watt, "W", 1.0},         UnitRow{SheetKind::watt, "kW", 1e3},
                           UnitRow{SheetKind::ampere, "A", 1.0},       UnitRow{SheetKind::ampere, "kA", 1e3},
                           UnitRow{SheetKind::kva, "kVA", 1.0},        UnitRow{SheetKind::kva, "MVA", 1e3},
                           UnitRow{SheetKind::volt, "V", 1.0},         UnitRow{SheetKind::volt, "kV", 1e3},
                           UnitRow{SheetKind::mass_lb, "lb", 1.0},     UnitRow{SheetKind::mass_lb, "kg", 2.20462262},
                           UnitRow{SheetKind::volume_gal, "gal", 1.0}, UnitRow{SheetKind::volume_gal, "L", 0.26417205},
                           UnitRow{SheetKind::hours, "h", 1.0},        UnitRow{SheetKind::hours, "year", 8760.0}};

const std::map<std::string, SheetName, std::less<>>& names() {
    using Q = SheetQuantity;
    static const std::map<std::string, SheetName, std::less<>> table = [] {
        std::map<std::string, SheetName, std::less<>> t;
        const auto add = [&t](SheetName name, std::initializer_list<const char*> spellings) {
            for (const char* s : spellings)
                t.emplace(s, name);
        };
        add({Q::loss_ratio, SheetKind::plain, false}, {"r", "lossratio"});
        add({Q::load_loss, SheetKind::watt, false}, {"loadloss", "pll", "pk", "pcu", "copperloss", "loadlossw"});
        add({Q::no_load_loss, SheetKind::watt, false}, {"noloadloss", "pnll", "p0", "pfe", "ironloss", "noloadlossw"});
        add({Q::total_loss, SheetKind::watt, false}, {"ptr", "totalloss", "pt"});
        add({Q::rated_current, SheetKind::ampere, false},
            {"ir", "irated", "in", "ratedcurrent", "ratedcurrenta", "nomloadsecside", "nominalcurrent"});
        add({Q::rated_kva, SheetKind::kva, false}, {"sr", "ratedkva", "ratedpower", "sn"});
        add({Q::rated_voltage, SheetKind::volt, false}, {"ur", "ratedvoltage", "ratedvoltagev", "un"});
        add({Q::phases, SheetKind::plain, false}, {"phases", "nphases"});
        add({Q::oil_rise, SheetKind::kelvin, false}, {"dtor", "dttor", "dttor", "ttor", "topoilrise", "topoiltemprise",
                                                      "topoilriserated", "oilrise", "oilrisek"});
        add({Q::surcharge, SheetKind::kelvin, true},
            {"ambienttempsurcharge", "ambtempsurcharge", "ambientsurcharge", "surcharge"});
        add({Q::reduction, SheetKind::kelvin, true}, {"endtempreduction"});
        add({Q::gradient, SheetKind::kelvin, false}, {"gr", "windingoilgradient", "gradient", "g"});
        add({Q::hot_spot_factor, SheetKind::plain, false}, {"h", "hotspotfactor", "hotspotfac"});
        add({Q::x, SheetKind::plain, false}, {"x", "oilexpx", "oilexponent"});
        add({Q::y, SheetKind::plain, false}, {"y", "windingexpy", "windingexponent"});
        add({Q::k11, SheetKind::plain, false}, {"k11", "oilconstk11"});
        add({Q::k21, SheetKind::plain, false}, {"k21", "windingconstk21"});
        add({Q::k22, SheetKind::plain, false}, {"k22", "windingconstk22"});
        add({Q::tau_oil, SheetKind::minutes, false}, {"tauo", "tauto", "tautor", "tauor", "tauoil", "timeconstoil",
                                                      "oiltimeconstant", "tauomin", "tautomin", "tautormin"});
        add({Q::tau_winding, SheetKind::minutes, false},
            {"tauw", "tauwr", "tauwinding", "timeconstwindings", "windingtimeconstant", "tauwmin"});
        add({Q::n, SheetKind::plain, false}, {"n"});
        add({Q::m, SheetKind::plain, false}, {"m"});
        add({Q::hot_spot_rise, SheetKind::kelvin, false},
            {"dthr", "dhr", "dtgr", "hotspotrise", "hotspotriseovertopoil"});
        add({Q::hot_spot_over_ambient, SheetKind::kelvin, false}, {"thsr", "dthar", "dthsr", "hotspotriseoverambient"});
        add({Q::core_mass, SheetKind::mass_lb, false}, {"mcc", "mcore", "corecoilmass", "coremass"});
        add({Q::tank_mass, SheetKind::mass_lb, false}, {"mtank", "tankmass"});
        add({Q::oil_volume, SheetKind::volume_gal, false}, {"voil", "liquidvolume", "oilvolume"});
        add({Q::life, SheetKind::hours, false}, {"ln", "normallife", "normallifeh", "life"});
        add({Q::initial_top_oil, SheetKind::kelvin, true},
            {"initialtopoil", "initialtopoiltemp", "tto0", "to0", "toi", "ttoi", "starttopoil"});
        add({Q::initial_load, SheetKind::ampere, true}, {"initialload", "startload"});
        // A plate's short circuit and no-load current say nothing of its heat.
        add({Q::no_part, SheetKind::plain, true},
            {"i0", "noloadcurrent", "excitationcurrent", "magnetisingcurrent", "uk", "uz", "z", "impedance",
             "frequency", "vectorgroup", "tapsize"});
        return t;
    }();
    return table;
}

/// Values outside `usual` are said, values outside `possible` refused.
struct RangeRow {
    SheetQuantity quantity;
    std::string_view name, usual_text;
    double possible_low, usual_low, usual_high, possible_high;
    std::string_view advice;
};
constexpr std::array ranges{
    RangeRow{SheetQuantity::loss_ratio, "R", "2 to 1000", 0.2, 2, 1000, 1e5,
             "R is load loss over no-load loss, no resistance and no per cent"},
    RangeRow{SheetQuantity::oil_rise, "the top-oil rise", "20 to 85 K", 2, 20, 85, 200, "kelvin over the ambient"},
    RangeRow{SheetQuantity::surcharge, "ambient_surcharge", "0 to 30 K", 0, 0, 30, 100, "kelvin"},
    RangeRow{SheetQuantity::gradient, "g_r", "3 to 60 K", 0.3, 3, 60, 200, "kelvin from winding to oil"},
    RangeRow{SheetQuantity::hot_spot_factor, "H", "1.0 to 2.1", 0.5, 1.0, 2.1, 10, "a factor, no per cent"},
    RangeRow{SheetQuantity::x, "x", "0.8 to 1.0", 0.5, 0.7, 1.0, 1.5, "x is the oil exponent, no reactance"},
    RangeRow{SheetQuantity::y, "y", "1.3 to 2.0", 0.8, 1.2, 2.0, 2.5, "y is the winding exponent"},
    RangeRow{SheetQuantity::k11, "k11", "0.5 to 1.0", 0.05, 0.4, 1.2, 10, "a factor of the oil's time constant"},
    RangeRow{SheetQuantity::k21, "k21", "1 to 3", 0.1, 1, 4, 10, "a factor of the hot-spot rise"},
    RangeRow{SheetQuantity::k22, "k22", "1 to 2", 0.1, 1, 3, 10, "a factor of the winding's time constant"},
    RangeRow{SheetQuantity::tau_oil, "the oil's time constant", "30 to 720 min", 1, 30, 720, 7200,
             "minutes, or \"3 h\""},
    RangeRow{SheetQuantity::tau_winding, "the winding's time constant", "1 to 60 min", 0.1, 1, 60, 7200,
             "minutes, or \"4 min\""},
    RangeRow{SheetQuantity::n, "n", "0.7 to 1.0", 0.4, 0.7, 1.0, 1.5, "an exponent of IEEE C57.91"},
    RangeRow{SheetQuantity::m, "m", "0.7 to 1.0", 0.4, 0.7, 1.0, 1.5, "an exponent of IEEE C57.91"},
    RangeRow{SheetQuantity::hot_spot_rise, "the hot-spot rise over top oil", "5 to 60 K", 0.5, 5, 60, 200, "kelvin"},
    RangeRow{SheetQuantity::rated_kva, "rated_kva", "1 kVA to 1500 MVA", 0.05, 1, 1.5e6, 2e6, "kVA, or \"25 MVA\""},
    RangeRow{SheetQuantity::rated_voltage, "rated_voltage", "100 V to 765 kV", 50, 100, 765e3, 1.3e6,
             "volt, or \"0.4 kV\""},
    RangeRow{SheetQuantity::life, "life", "17,520 to 1,000,000 h", 100, 17520, 1e6, 1e7, "hours, or \"30 year\""}};

} // namespace

std::optional<double> sheet_factor(SheetKind kind, std::string_view unit) {
    if (unit.empty()) return 1.0;
    for (const UnitRow& row : units)
        if (row.kind == kind && row.text == unit) return row.factor;
    return std::nullopt;
}

std::string plain_sheet_name(std::string_view key) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> spellings{{{"delta", "d"},
                                                                                              {"Delta", "d"},
                                                                                              {"theta", "t"},
                                                                                              {"Theta", "t"},
                                                                                              {"Δ", "d"},
                                                                                              {"∆", "d"},
                                                                                              {"θ", "t"},
                                                                                              {"Θ", "t"},
                                                                                              {"τ", "tau"},
                                                                                              {"temperature", "temp"}}};
    std::string out;
    while (!key.empty()) {
        bool replaced = false;
        for (const auto& [from, to] : spellings)
            if (key.starts_with(from)) {
                out += to;
                key.remove_prefix(from.size());
                replaced = true;
                break;
            }
        if (replaced) continue;
        const char c = key.front();
        key.remove_prefix(1);
        if (c == '_' || c == '-' || c == ' ' || c == ',' || c == '.') continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::optional<SheetName> sheet_name(std::string_view key) {
    const auto found = names().find(plain_sheet_name(key));
    return found == names().end() ? std::nullopt : std::optional(found->second);
}

bool is_of(HeatModel model, SheetQuantity q) {
    using Q = SheetQuantity;
    const bool iec = q == Q::surcharge || q == Q::gradient || q == Q::hot_spot_factor || q == Q::x || q == Q::y ||
                     q == Q::k11 || q == Q::k21 || q == Q::k22 || q == Q::reduction;
    const bool ieee = q == Q::n || q == Q::m || q == Q::hot_spot_rise || q == Q::hot_spot_over_ambient ||
                      q == Q::core_mass || q == Q::tank_mass || q == Q::oil_volume || q == Q::total_loss;
    return model == HeatModel::iec60076_7 ? !ieee : !iec;
}

SheetRange sheet_range(SheetQuantity quantity, double value) {
    const auto found = std::ranges::find(ranges, quantity, &RangeRow::quantity);
    if (found == ranges.end()) return {};
    if (value < found->possible_low || value > found->possible_high)
        return {fmt::format("is {:g}; {} lies within {} ({})", value, found->name, found->usual_text, found->advice),
                {}};
    if (value < found->usual_low || value > found->usual_high)
        return {{}, fmt::format("{} is {:g}; usual is {} ({})", found->name, value, found->usual_text, found->advice)};
    return {};
}

} // namespace autarky::grid
