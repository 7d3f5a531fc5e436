// autarky: reads the data sheet of a transformer, by the names that the two standards use.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>

#include "grid/heat/heat_spec.hpp"

namespace autarky::grid {
namespace {

/// Kinds of unit that a data sheet uses; the first of each list is the one that is kept.
enum class Kind { plain, minutes, kelvin, watt, ampere, kva, volt, mass_lb, volume_gal, hours };

struct UnitRow {
    Kind kind;
    std::string_view text;
    double factor;
};
constexpr std::array units{UnitRow{Kind::plain, "", 1.0},         UnitRow{Kind::plain, "pu", 1.0},
                           UnitRow{Kind::minutes, "min", 1.0},    UnitRow{Kind::minutes, "h", 60.0},
                           UnitRow{Kind::minutes, "s", 1.0 / 60}, UnitRow{Kind::kelvin, "K", 1.0},
                           UnitRow{Kind::kelvin, "C", 1.0},       UnitRow{Kind::kelvin, "degC", 1.0},
                           UnitRow{Kind::watt, "W", 1.0},         UnitRow{Kind::watt, "kW", 1e3},
                           UnitRow{Kind::ampere, "A", 1.0},       UnitRow{Kind::ampere, "kA", 1e3},
                           UnitRow{Kind::kva, "kVA", 1.0},        UnitRow{Kind::kva, "MVA", 1e3},
                           UnitRow{Kind::volt, "V", 1.0},         UnitRow{Kind::volt, "kV", 1e3},
                           UnitRow{Kind::mass_lb, "lb", 1.0},     UnitRow{Kind::mass_lb, "kg", 2.20462262},
                           UnitRow{Kind::volume_gal, "gal", 1.0}, UnitRow{Kind::volume_gal, "L", 0.26417205},
                           UnitRow{Kind::hours, "h", 1.0},        UnitRow{Kind::hours, "year", 8760.0}};

std::optional<double> factor_of(Kind kind, std::string_view unit) {
    if (unit.empty()) return 1.0;
    for (const UnitRow& row : units)
        if (row.kind == kind && row.text == unit) return row.factor;
    return std::nullopt;
}

/// "delta_theta_or", "Δθor" and "dT_or" are one name: case, underscores and the Greek letters' spelling do not count.
std::string plain_name(std::string_view key) {
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

enum class SheetQuantity {
    loss_ratio,
    load_loss,
    no_load_loss,
    total_loss,
    rated_current,
    rated_kva,
    rated_voltage,
    phases,
    oil_rise,
    surcharge,
    reduction,
    gradient,
    hot_spot_factor,
    x,
    y,
    k11,
    k21,
    k22,
    tau_oil,
    tau_winding,
    n,
    m,
    hot_spot_rise,
    hot_spot_over_ambient,
    core_mass,
    tank_mass,
    oil_volume,
    life,
    initial_top_oil,
    initial_load
};

struct Name {
    SheetQuantity quantity;
    Kind kind;
    bool may_be_zero;
};

const std::map<std::string, Name, std::less<>>& names() {
    using Q = SheetQuantity;
    static const std::map<std::string, Name, std::less<>> table = [] {
        std::map<std::string, Name, std::less<>> t;
        const auto add = [&t](Name name, std::initializer_list<const char*> spellings) {
            for (const char* s : spellings)
                t.emplace(s, name);
        };
        add({Q::loss_ratio, Kind::plain, false}, {"r", "lossratio"});
        add({Q::load_loss, Kind::watt, false}, {"loadloss", "pll", "pk", "pcu", "copperloss", "loadlossw"});
        add({Q::no_load_loss, Kind::watt, false}, {"noloadloss", "pnll", "p0", "pfe", "ironloss", "noloadlossw"});
        add({Q::total_loss, Kind::watt, false}, {"ptr", "totalloss", "pt"});
        add({Q::rated_current, Kind::ampere, false},
            {"ir", "irated", "in", "ratedcurrent", "ratedcurrenta", "nomloadsecside", "nominalcurrent"});
        add({Q::rated_kva, Kind::kva, false}, {"sr", "ratedkva", "ratedpower", "sn"});
        add({Q::rated_voltage, Kind::volt, false}, {"ur", "ratedvoltage", "ratedvoltagev", "un"});
        add({Q::phases, Kind::plain, false}, {"phases", "nphases"});
        add({Q::oil_rise, Kind::kelvin, false}, {"dtor", "dttor", "dttor", "ttor", "topoilrise", "topoiltemprise",
                                                 "topoilriserated", "oilrise", "oilrisek"});
        add({Q::surcharge, Kind::kelvin, true},
            {"ambienttempsurcharge", "ambtempsurcharge", "ambientsurcharge", "surcharge"});
        add({Q::reduction, Kind::kelvin, true}, {"endtempreduction"});
        add({Q::gradient, Kind::kelvin, false}, {"gr", "windingoilgradient", "gradient", "g"});
        add({Q::hot_spot_factor, Kind::plain, false}, {"h", "hotspotfactor", "hotspotfac"});
        add({Q::x, Kind::plain, false}, {"x", "oilexpx", "oilexponent"});
        add({Q::y, Kind::plain, false}, {"y", "windingexpy", "windingexponent"});
        add({Q::k11, Kind::plain, false}, {"k11", "oilconstk11"});
        add({Q::k21, Kind::plain, false}, {"k21", "windingconstk21"});
        add({Q::k22, Kind::plain, false}, {"k22", "windingconstk22"});
        add({Q::tau_oil, Kind::minutes, false}, {"tauo", "tauto", "tautor", "tauor", "tauoil", "timeconstoil",
                                                 "oiltimeconstant", "tauomin", "tautomin", "tautormin"});
        add({Q::tau_winding, Kind::minutes, false},
            {"tauw", "tauwr", "tauwinding", "timeconstwindings", "windingtimeconstant", "tauwmin"});
        add({Q::n, Kind::plain, false}, {"n"});
        add({Q::m, Kind::plain, false}, {"m"});
        add({Q::hot_spot_rise, Kind::kelvin, false}, {"dthr", "dhr", "dtgr", "hotspotrise", "hotspotriseovertopoil"});
        add({Q::hot_spot_over_ambient, Kind::kelvin, false}, {"thsr", "dthar", "dthsr", "hotspotriseoverambient"});
        add({Q::core_mass, Kind::mass_lb, false}, {"mcc", "mcore", "corecoilmass", "coremass"});
        add({Q::tank_mass, Kind::mass_lb, false}, {"mtank", "tankmass"});
        add({Q::oil_volume, Kind::volume_gal, false}, {"voil", "liquidvolume", "oilvolume"});
        add({Q::life, Kind::hours, false}, {"ln", "normallife", "normallifeh", "life"});
        add({Q::initial_top_oil, Kind::kelvin, true},
            {"initialtopoil", "initialtopoiltemp", "tto0", "to0", "toi", "ttoi", "starttopoil"});
        add({Q::initial_load, Kind::ampere, true}, {"initialload", "i0", "startload"});
        return t;
    }();
    return table;
}

} // namespace

std::vector<std::string_view> SheetReader::keys(HeatModel model) {
    std::vector<std::string_view> out{"I_r",          "R",         "load_loss",     "no_load_loss", "tau_w",
                                      "paper",        "life",      "start",         "cooling",      "initial_top_oil",
                                      "initial_load", "rated_kva", "rated_voltage", "phases"};
    if (model == HeatModel::iec60076_7)
        out.insert(out.end(),
                   {"delta_theta_or", "g_r", "H", "x", "y", "k11", "k21", "k22", "tau_o", "ambient_surcharge", "type"});
    else
        out.insert(out.end(),
                   {"delta_theta_TO_R", "delta_theta_H_R", "n", "m", "tau_TO_R", "hot_spot_rise_over_ambient",
                    "core_mass", "tank_mass", "oil_volume", "total_loss", "correct_time_constant"});
    return out;
}

std::string SheetReader::set_word(std::string_view key, const std::string& word) {
    const std::string name = plain_name(key);
    const std::string value = plain_name(word);
    if (name == "paper" || name == "insulation") {
        if (value == "kraft" || value == "normal" || value == "nonupgraded") return spec_.paper = Paper::kraft, "";
        if (value == "upgraded" || value == "thermallyupgraded" || value == "tup" || value == "tuk")
            return spec_.paper = Paper::thermally_upgraded, "";
        return fmt::format("is \"kraft\" or \"upgraded\", not \"{}\"", word);
    }
    if (name == "thermallyupgraded" || name == "tuk") {
        if (value == "true" || value == "false")
            return spec_.paper = value == "true" ? Paper::thermally_upgraded : Paper::kraft, "";
        return std::string("is true or false");
    }
    if (name == "correcttimeconstant") {
        if (value == "true" || value == "false") return spec_.correct_time_constant = value == "true", "";
        return std::string("is true or false");
    }
    if (name == "start" || name == "initial") {
        if (value == "ambient" || value == "cold" || value == "coldstart")
            return spec_.start = {HeatStart::Kind::ambient, 0.0}, "";
        if (value == "steady" || value == "steadystate") return spec_.start = {HeatStart::Kind::steady, 0.0}, "";
        return fmt::format("is \"ambient\" or \"steady\" (or give initial_top_oil or initial_load), not \"{}\"", word);
    }
    if (name == "cooling" || name == "coolingsystem") {
        static constexpr std::array<std::pair<std::string_view, Cooling>, 4> kinds{
            {{"onan", Cooling::onan}, {"onaf", Cooling::onaf}, {"ofaf", Cooling::ofaf}, {"odaf", Cooling::odaf}}};
        for (const auto& [text, kind] : kinds)
            if (value == text) return cooling_ = kind, "";
        return fmt::format("is \"ONAN\", \"ONAF\", \"OFAF\" or \"ODAF\", not \"{}\"", word);
    }
    if (name == "type" || name == "class") return set_class(value, word);
    if (name == "transformer" || name == "name" || name == "source" || name == "note") return "";
    return "unknown key";
}

std::string SheetReader::set_class(const std::string& value, const std::string& word) {
    if (value == "distribution") return class_ = UnitClass::distribution, "";
    if (value == "medium" || value == "mediumpower") return class_ = UnitClass::medium, "";
    if (value == "large" || value == "largepower") return class_ = UnitClass::large, "";
    if (value == "power") return power_ = true, "";
    return fmt::format("is \"distribution\", \"medium\", \"large\" or \"power\" (liquid-filled units), not \"{}\"",
                       word);
}

namespace {

/// Quantities of one standard only; the others belong to both.
bool is_of(HeatModel model, SheetQuantity q) {
    using Q = SheetQuantity;
    const bool iec = q == Q::surcharge || q == Q::gradient || q == Q::hot_spot_factor || q == Q::x || q == Q::y ||
                     q == Q::k11 || q == Q::k21 || q == Q::k22 || q == Q::reduction;
    const bool ieee = q == Q::n || q == Q::m || q == Q::hot_spot_rise || q == Q::hot_spot_over_ambient ||
                      q == Q::core_mass || q == Q::tank_mass || q == Q::oil_volume || q == Q::total_loss;
    return model == HeatModel::iec60076_7 ? !ieee : !iec;
}

} // namespace

std::string SheetReader::set(std::string_view key, const SheetValue& value) {
    const auto found = names().find(plain_name(key));
    if (found == names().end()) return set_word(key, value.text);
    const auto& [quantity, kind, may_be_zero] = found->second;
    if (!value.number)
        return value.text.empty() ? std::string("needs a number")
                                  : fmt::format("needs a number, not \"{}\"", value.text);
    const auto factor = factor_of(kind, value.text);
    if (!factor) return fmt::format("has no unit \"{}\"", value.text);
    const double v = *value.number * *factor;
    if (!std::isfinite(v) || v < 0.0 || (v == 0.0 && !may_be_zero))
        return fmt::format("must be {}, not {}", may_be_zero ? "zero or more" : "more than zero", v);
    if (!is_of(spec_.model, quantity)) unused_.emplace_back(key);
    given_.set(static_cast<std::size_t>(quantity));
    using Q = SheetQuantity;
    Iec60076<double>& iec = spec_.iec;
    C5791Unit<double>& ieee = spec_.c5791;
    switch (quantity) {
    case Q::loss_ratio: iec.loss_ratio = ieee.loss_ratio = v; break;
    case Q::load_loss: load_loss_w_ = v; break;
    case Q::no_load_loss: no_load_loss_w_ = v; break;
    case Q::total_loss: total_loss_w_ = v; break;
    case Q::rated_current: spec_.rated_current_a = v; break;
    case Q::rated_kva: rated_kva_ = v; break;
    case Q::rated_voltage: rated_v_ = v; break;
    case Q::phases: phases_ = v; break;
    case Q::oil_rise: iec.oil_rise_k = ieee.oil_rise_k = v; break;
    case Q::surcharge: iec.surcharge_k = v; break;
    case Q::reduction: reduction_k_ = v; break;
    case Q::gradient: iec.gradient_k = v; break;
    case Q::hot_spot_factor: iec.hot_spot_factor = v; break;
    case Q::x: iec.oil_exponent = v; break;
    case Q::y: iec.winding_exponent = v; break;
    case Q::k11: iec.k11 = v; break;
    case Q::k21: iec.k21 = v; break;
    case Q::k22: iec.k22 = v; break;
    case Q::tau_oil: iec.tau_oil_min = ieee.tau_oil_min = v; break;
    case Q::tau_winding: iec.tau_winding_min = ieee.tau_winding_min = v; break;
    case Q::n: ieee.n = v; break;
    case Q::m: ieee.m = v; break;
    case Q::hot_spot_rise: ieee.hot_spot_rise_k = v; break;
    case Q::hot_spot_over_ambient: hot_spot_over_ambient_k_ = v; break;
    case Q::core_mass: core_lb_ = v; break;
    case Q::tank_mass: tank_lb_ = v; break;
    case Q::oil_volume: oil_gal_ = v; break;
    case Q::life: spec_.life_h = v; break;
    case Q::initial_top_oil: spec_.start = {HeatStart::Kind::top_oil, v}; break;
    case Q::initial_load: spec_.start = {HeatStart::Kind::load, v}; break;
    }
    return "";
}

void SheetReader::take_iec_constants(const Iec60076<double>& from) {
    using Q = SheetQuantity;
    const auto take = [this](Q quantity, double& to, double value) {
        if (!given_[static_cast<std::size_t>(quantity)]) to = value;
    };
    Iec60076<double>& to = spec_.iec;
    take(Q::gradient, to.gradient_k, from.gradient_k);
    take(Q::hot_spot_factor, to.hot_spot_factor, from.hot_spot_factor);
    take(Q::x, to.oil_exponent, from.oil_exponent);
    take(Q::y, to.winding_exponent, from.winding_exponent);
    take(Q::k11, to.k11, from.k11);
    take(Q::k21, to.k21, from.k21);
    take(Q::k22, to.k22, from.k22);
    take(Q::tau_oil, to.tau_oil_min, from.tau_oil_min);
    take(Q::tau_winding, to.tau_winding_min, from.tau_winding_min);
}

/// Constants that class and cooling stand for; what the sheet gives itself is kept.
void SheetReader::take_constants(std::vector<std::string>& faults) {
    const Cooling cooling = cooling_.value_or(Cooling::onan);
    if (spec_.model != HeatModel::iec60076_7) {
        if (!cooling_)
            return; // exponents of IEEE C57.91; OFAF as GridLAB-D has it, the code that IEEE publishes has n = 0.8
        if (!given_[static_cast<std::size_t>(SheetQuantity::n)])
            spec_.c5791.n = cooling == Cooling::onan ? 0.8 : cooling == Cooling::odaf ? 1.0 : 0.9;
        if (!given_[static_cast<std::size_t>(SheetQuantity::m)]) spec_.c5791.m = cooling == Cooling::odaf ? 1.0 : 0.8;
        return;
    }
    constexpr double large_kva = 100e3; // IEC 60076-7, 3.1
    if (!class_ && (power_ || cooling != Cooling::onan))
        class_ = rated_kva_.value_or(0.0) > large_kva ? UnitClass::large : UnitClass::medium;
    spec_.unit_class = class_.value_or(UnitClass::distribution);
    if (spec_.unit_class == UnitClass::distribution) {
        if (cooling != Cooling::onan)
            faults.emplace_back(
                "type distribution has constants for ONAN only; forced cooling is of type \"medium\" or "
                "\"large\"");
        return;
    }
    switch (cooling) {
    case Cooling::onan: take_iec_constants(iec_power_onan<double>()); break;
    case Cooling::onaf: take_iec_constants(iec_power_onaf<double>()); break;
    case Cooling::ofaf: take_iec_constants(iec_power_of<double>()); break;
    case Cooling::odaf: take_iec_constants(iec_power_od<double>()); break;
    }
}

void SheetReader::take_time_constant(std::vector<std::string>& faults) {
    const int n_masses = (core_lb_ ? 1 : 0) + (tank_lb_ ? 1 : 0) + (oil_gal_ ? 1 : 0);
    if (n_masses == 0 || given_[static_cast<std::size_t>(SheetQuantity::tau_oil)]) return;
    if (n_masses < 3) {
        faults.emplace_back("core_mass, tank_mass and oil_volume give tau_TO_R only together; one of them is missing");
    } else if (!total_loss_w_ && !(load_loss_w_ && no_load_loss_w_)) {
        faults.emplace_back("masses give tau_TO_R only with total_loss (or load_loss and no_load_loss)");
    } else {
        const bool forced_oil = cooling_ == Cooling::ofaf || cooling_ == Cooling::odaf;
        spec_.c5791.tau_oil_min = oil_time_constant_min(
            heat_capacity_wh_per_k(*core_lb_, *tank_lb_, *oil_gal_, forced_oil), spec_.c5791.oil_rise_k,
            total_loss_w_ ? *total_loss_w_ : *load_loss_w_ + *no_load_loss_w_);
    }
}

void SheetReader::take_current(std::vector<std::string>& faults) {
    if (!rated_kva_ || !rated_v_) return;
    const double factor = phases_.value_or(3.0) == 1.0 ? 1.0 : std::sqrt(3.0);
    const double current = *rated_kva_ * 1e3 / (factor * *rated_v_);
    constexpr double rounding = 0.02; // name plates are rounded
    if (!given_[static_cast<std::size_t>(SheetQuantity::rated_current)])
        spec_.rated_current_a = current;
    else if (std::fabs(spec_.rated_current_a - current) > rounding * current)
        faults.emplace_back(fmt::format("I_r is {:g} A, and rated_kva over rated_voltage gives {:g} A ({} phases)",
                                        spec_.rated_current_a, current, phases_.value_or(3.0)));
}

std::vector<std::string> SheetReader::finish() {
    std::vector<std::string> faults;
    take_constants(faults);
    const bool ratio_given = given_[static_cast<std::size_t>(SheetQuantity::loss_ratio)];
    if (load_loss_w_ && no_load_loss_w_ && !ratio_given)
        spec_.iec.loss_ratio = spec_.c5791.loss_ratio = *load_loss_w_ / *no_load_loss_w_;
    else if ((load_loss_w_ || no_load_loss_w_) && !ratio_given)
        faults.emplace_back("load_loss and no_load_loss give R only together; one of them is missing");
    if (reduction_k_) spec_.iec.oil_rise_k -= *reduction_k_;
    if (hot_spot_over_ambient_k_) spec_.c5791.hot_spot_rise_k = *hot_spot_over_ambient_k_ - spec_.c5791.oil_rise_k;
    if (spec_.c5791.hot_spot_rise_k <= 0.0 || spec_.iec.oil_rise_k <= 0.0)
        faults.emplace_back("the hot spot must rise above the top oil, and the top oil above the ambient");
    take_time_constant(faults);
    take_current(faults);
    return faults;
}

} // namespace autarky::grid
