// autarky: the data sheet of a transformer, by the names that the two standards use.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/describe.hpp"
#include "grid/heat/ageing.hpp"
#include "grid/heat/heat_c5791.hpp"
#include "grid/heat/heat_iec60076.hpp"
#include "grid/heat/heat_series.hpp"

namespace autarky::grid {

enum class HeatModel { iec60076_7, c57_91, c57_91_ode };

constexpr std::array<std::string_view, 3> choices(Type<HeatModel> /*type*/) {
    return {"iec60076-7", "c57.91", "c57.91-ode"};
}
constexpr std::string_view name_of(HeatModel model) {
    return choices(Type<HeatModel>{})[static_cast<std::size_t>(model)];
}

constexpr std::array<std::string_view, 2> choices(Type<Paper> /*type*/) { return {"kraft", "upgraded"}; }

/// What the transformer is at its first row.
struct HeatStart {
    enum class Kind { ambient, steady, top_oil, load } kind = Kind::ambient;
    double value = 0.0; ///< top oil in C, or load in A
};

/// Classes of IEC 60076-7 by size: to 2.5 MVA, to 100 MVA, above. They differ in constants and in limits.
enum class UnitClass { distribution, medium, large };
enum class Cooling { onan, onaf, ofaf, odaf };

struct HeatSpec {
    HeatModel model = HeatModel::iec60076_7;
    Iec60076<double> iec;
    C5791Unit<double> c5791;
    bool correct_time_constant = false;
    double rated_current_a = 0.0; ///< 0: not given, and then the series is in per unit
    double rated_kva = 0.0;       ///< 0: not given
    std::string assumed = {};     ///< what the sheet does not say and was taken
    Paper paper = Paper::kraft;
    double life_h = normal_life_h;
    UnitClass unit_class = UnitClass::distribution;
    HeatStart start;
};

/// The defaults of a model: a distribution unit with natural cooling; C57.91 assumes thermally upgraded paper.
HeatSpec default_heat_spec(HeatModel model);

/// A value of a data sheet: a number with an optional unit, or a word.
struct SheetValue {
    std::optional<double> number;
    std::string text; ///< the unit of a number, else the word
};

/// Takes the values of a sheet in any order; losses, masses and ratings that determine a quantity are combined last.
class SheetReader {
public:
    explicit SheetReader(HeatSpec& spec) : spec_(spec) {}
    /// Empty when all is well, else what is wrong with this key, in the user's words.
    [[nodiscard]] std::string set(std::string_view key, const SheetValue& value);
    /// Combines what only together gives a quantity and checks the whole.
    [[nodiscard]] std::vector<std::string> finish();
    /// Keys that were given and play no part in the model.
    [[nodiscard]] const std::vector<std::string>& unused() const { return unused_; }
    /// Keys of a plate that say nothing of heat.
    [[nodiscard]] const std::vector<std::string>& no_part() const { return no_part_; }
    /// Values off the usual range, in words.
    [[nodiscard]] const std::vector<std::string>& odd() const { return odd_; }
    /// Every key of the model, as documented.
    [[nodiscard]] static std::vector<std::string_view> keys(HeatModel model);

private:
    [[nodiscard]] std::string set_word(std::string_view key, const std::string& word);
    [[nodiscard]] std::string set_class(const std::string& value, const std::string& word);
    void take_constants(std::vector<std::string>& faults);
    void take_iec_constants(const Iec60076<double>& from);
    void take_time_constant(std::vector<std::string>& faults);
    void take_current(std::vector<std::string>& faults);
    void take_size(std::vector<std::string>& faults);

    HeatSpec& spec_;
    std::optional<double> load_loss_w_, no_load_loss_w_, rated_kva_, rated_v_, phases_;
    std::optional<double> core_lb_, tank_lb_, oil_gal_, total_loss_w_, hot_spot_over_ambient_k_, reduction_k_;
    std::optional<Cooling> cooling_;
    std::optional<UnitClass> class_;
    bool power_ = false;    ///< of a class that only the rating tells
    std::bitset<32> given_; ///< quantities of the sheet
    std::vector<std::string> unused_, no_part_, odd_;
};

/// Temperatures and ageing of a series whose load is in ampere (or per unit when the sheet has no rated current).
HeatSeries<double> heat_of(const HeatSpec& spec, LoadSeries<double> series);

} // namespace autarky::grid
