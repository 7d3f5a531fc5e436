// autarky: reads the data sheet of a transformer, by the names that the two standards use.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "grid/heat/heat_spec.hpp"
#include "grid/heat/sheet_names.hpp"

namespace autarky::grid {

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
    const std::string name = plain_sheet_name(key);
    const std::string value = plain_sheet_name(word);
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

std::string SheetReader::set(std::string_view key, const SheetValue& value) {
    const auto found = sheet_name(key);
    if (!found) return set_word(key, value.text);
    const auto& [quantity, kind, may_be_zero] = *found;
    if (quantity == SheetQuantity::no_part) {
        no_part_.emplace_back(key);
        return "";
    }
    if (!value.number)
        return value.text.empty() ? std::string("needs a number")
                                  : fmt::format("needs a number, not \"{}\"", value.text);
    const auto factor = sheet_factor(kind, value.text);
    if (!factor) return fmt::format("has no unit \"{}\"", value.text);
    const double v = *value.number * *factor;
    if (!std::isfinite(v) || v < 0.0 || (v == 0.0 && !may_be_zero))
        return fmt::format("must be {}, not {}", may_be_zero ? "zero or more" : "more than zero", v);
    if (!is_of(spec_.model, quantity)) {
        unused_.emplace_back(key);
    } else {
        const SheetRange range = sheet_range(quantity, v);
        if (!range.fault.empty()) return range.fault;
        if (!range.remark.empty()) odd_.push_back(range.remark);
    }
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
    case Q::no_part: break;
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
    if (rated_kva_) spec_.rated_kva = *rated_kva_;
    if (phases_ && *phases_ != 1.0 && *phases_ != 3.0) faults.emplace_back("phases is 1 or 3");
    if (!rated_kva_ || !rated_v_) return;
    const bool current_given = given_[static_cast<std::size_t>(SheetQuantity::rated_current)];
    constexpr double one_phase_v = 300.0; // pole and pad units of one phase have 120 and 240 V, three phases 208 V too
    const double alone = *rated_kva_ * 1e3 / *rated_v_;
    if (!phases_ && !current_given && *rated_v_ < one_phase_v) {
        faults.push_back(
            fmt::format("phases is missing: {:g} kVA at {:g} V is {:.1f} A with one phase and {:.1f} A with three",
                        *rated_kva_, *rated_v_, alone, alone / std::sqrt(3.0)));
        return;
    }
    const double current = phases_.value_or(3.0) == 1.0 ? alone : alone / std::sqrt(3.0);
    constexpr double rounding = 0.02; // name plates are rounded
    if (!current_given) {
        spec_.rated_current_a = current;
        if (!phases_) spec_.assumed = "three phases";
    } else if (std::fabs(spec_.rated_current_a - current) > rounding * current) {
        faults.emplace_back(fmt::format("I_r is {:g} A, and rated_kva over rated_voltage gives {:g} A ({} phases)",
                                        spec_.rated_current_a, current, phases_.value_or(3.0)));
    }
}

/// Losses and size that no unit has together: a number is in another unit.
void SheetReader::take_size(std::vector<std::string>& faults) {
    if (!rated_kva_) return;
    const auto share = [&](const std::optional<double>& loss_w, const char* name, double low, double high) {
        const double part = loss_w.value_or(0.0) / (*rated_kva_ * 1e3);
        if (loss_w && (part < low || part > high))
            faults.push_back(
                fmt::format("{} of {:g} W is {:.2g} % of {:g} kVA; usual is {:g} to {:g} % (losses are in W)", name,
                            *loss_w, 100.0 * part, *rated_kva_, 1000.0 * low, 10.0 * high));
    };
    share(load_loss_w_, "load_loss", 0.0003, 0.3); // 0.3 to 3 %, and ten times beyond
    share(no_load_loss_w_, "no_load_loss", 0.00003, 0.1);
    constexpr double largest_distribution_kva = 2500.0; // IEC 60076-7, 3.1
    if (spec_.model == HeatModel::iec60076_7 && spec_.unit_class == UnitClass::distribution && !class_ &&
        *rated_kva_ > largest_distribution_kva)
        odd_.push_back(
            fmt::format("a unit of {:g} kVA has the constants of distribution units (to 2500 kVA); type = \"power\" "
                        "takes those of its size",
                        *rated_kva_));
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
    take_size(faults);
    return faults;
}

} // namespace autarky::grid
