// autarky: spells steps as formulas.
// SPDX-License-Identifier: Apache-2.0
#include "show/formula_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace autarky::show {
namespace {

/// How tightly a formula holds together, loosest first.
enum Bond { sum, product, power, atom };

struct Spelled {
    std::string text;
    Bond bond = atom;
    std::string condition{}; ///< of a comparison: the same for the first place of IF
    int depth = 0;           ///< of functions and brackets
};

std::string in(const Spelled& part, Bond least) { return part.bond >= least ? part.text : "(" + part.text + ")"; }

/// Operands of these stand in the formula more than once.
bool repeats_first(Operation operation) {
    switch (operation) {
    case Operation::logarithm:
    case Operation::absolute:
    case Operation::whole:
    case Operation::held: return true;
    default: return false;
    }
}

class Speller {
public:
    Speller(const Working& working, std::span<const std::int32_t> wanted, const FormulaPlaces& places)
        : working_(working), wanted_(wanted.begin(), wanted.end()), places_(places), needed_(working.behind(wanted)) {
        for (const auto step : needed_)
            for (const auto& operand : at(step).of)
                if (operand.step >= 0) {
                    ++uses_[operand.step];
                    if (repeats_first(at(step).operation)) uses_[operand.step] += 2; // a cell of its own
                }
    }

    FormulaColumn column() {
        for (const auto step : needed_) {
            if (at(step).operation == Operation::input)
                out_.inputs.push_back(static_cast<std::size_t>(at(step).of[0].value));
            auto spelled = spell(step);
            if (needs_cell(step, spelled)) {
                out_.cells.push_back({step, "=" + spelled.text, at(step).value});
                const auto row = places_.first_row + out_.cells.size() - 1;
                out_.row_of.emplace(step, row);
                spelled = {fmt::format("{}{}", places_.column, row)};
            }
            spelled_.emplace(step, std::move(spelled));
        }
        std::sort(out_.inputs.begin(), out_.inputs.end());
        out_.inputs.erase(std::unique(out_.inputs.begin(), out_.inputs.end()), out_.inputs.end());
        return std::move(out_);
    }

private:
    [[nodiscard]] const Working::Step& at(std::int32_t step) const {
        return working_.steps()[static_cast<std::size_t>(step)];
    }
    [[nodiscard]] bool needs_cell(std::int32_t step, const Spelled& spelled) const {
        constexpr std::size_t longest =
            400;                    // three of them and a function are far below the 8,192 that a cell may have
        constexpr int deepest = 12; // programs nest 64
        const auto operation = at(step).operation;
        if (wanted_.count(step) > 0 || operation == Operation::name) return true;
        if (operation == Operation::input) return false;
        const auto used = uses_.find(step);
        return (used != uses_.end() && used->second > 1) || spelled.text.size() > longest || spelled.depth > deepest;
    }
    [[nodiscard]] Spelled part(const Operand& operand) const {
        return operand.step < 0 ? Spelled{formula_number(operand.value)} : spelled_.at(operand.step);
    }

    Spelled spell(std::int32_t step) {
        const auto& s = at(step);
        if (s.operation == Operation::input) {
            auto text = places_.input(static_cast<std::size_t>(s.of[0].value));
            const auto bond = text.find('*') == std::string::npos ? atom : product;
            return {std::move(text), bond};
        }
        const Spelled a = part(s.of[0]), b = part(s.of[1]), c = part(s.of[2]);
        auto out = spelled_of(s.operation, a, b, c);
        out.depth = 1 + std::max({a.depth, b.depth, c.depth});
        out_.is_bounded = out_.is_bounded || s.operation == Operation::held;
        return out;
    }

    static Spelled comparison(const Spelled& a, const char* sign, const Spelled& b) {
        const auto condition = in(a, sum) + sign + in(b, sum);
        return {"IF(" + condition + ",1,0)", atom, condition};
    }
    static Spelled call(const char* name, const Spelled& a, const Spelled& b) {
        return {fmt::format("{}({},{})", name, a.text, b.text)};
    }

    static Spelled spelled_of(Operation operation, const Spelled& a, const Spelled& b, const Spelled& c) {
        const auto& x = a.text;
        switch (operation) {
        case Operation::input:
        case Operation::name: return a;
        case Operation::add: return {in(a, sum) + "+" + in(b, sum), sum};
        case Operation::subtract: return {in(a, sum) + "-" + in(b, product), sum};
        case Operation::multiply: return {in(a, product) + "*" + in(b, product), product};
        case Operation::divide: return {in(a, product) + "/" + in(b, power), product};
        case Operation::negate: return {"(-" + in(a, atom) + ")"}; // -a^2 is (-a)^2 in some programs
        case Operation::exponential: return {"EXP(" + x + ")"};
        // ln 0 is an error there; here e to a multiple of it is 0
        case Operation::logarithm: return {fmt::format("IF({0}>0,LN({0}),-1E+300)", x)};
        case Operation::power: return {in(a, atom) + "^" + in(b, atom), power};
        case Operation::error: return {"ERFC(" + x + ")"};
        case Operation::root: return {in(a, atom) + "^0.5", power};
        case Operation::absolute: return {fmt::format("MAX({},-{})", x, in(a, atom))};
        // INT of a negative number is rounded either way, as the program likes
        case Operation::whole:
            return {fmt::format("IF({0}<0,-INT(-{1})-IF(INT(-{1})<-{1},1,0),INT({0}))", x, in(a, atom))};
        case Operation::least: return call("MIN", a, b);
        case Operation::greatest: return call("MAX", a, b);
        case Operation::less: return comparison(a, "<", b);
        case Operation::less_or_equal: return comparison(a, "<=", b);
        case Operation::equal: return comparison(a, "=", b);
        case Operation::both: return {in(a, product) + "*" + in(b, product), product};
        case Operation::either: return call("MAX", a, b);
        case Operation::opposite: return {"1-" + in(a, product), sum};
        case Operation::choose:
            return {fmt::format("IF({},{},{})", a.condition.empty() ? in(a, sum) + "=1" : a.condition, b.text, c.text)};
        case Operation::held: return {fmt::format("IF({0}<{1},1/0,IF({0}>{2},1/0,{0}))", x, b.text, c.text)};
        }
        return a;
    }

    const Working& working_;
    std::unordered_set<std::int32_t> wanted_;
    const FormulaPlaces& places_;
    std::vector<std::int32_t> needed_;
    std::unordered_map<std::int32_t, int> uses_;
    std::unordered_map<std::int32_t, Spelled> spelled_;
    FormulaColumn out_;
};

} // namespace

std::string formula_number(double value) {
    constexpr double largest = 1e307; // of a spreadsheet's numbers, rounded down
    const double inside = std::clamp(value, -largest, largest);
    auto text = fmt::format("{}", inside == 0.0 ? 0.0 : inside);
    std::replace(text.begin(), text.end(), 'e', 'E');
    return inside < 0.0 ? "(" + text + ")" : text;
}

FormulaColumn formula_column(const Working& working, std::span<const std::int32_t> wanted,
                             const FormulaPlaces& places) {
    return Speller(working, wanted, places).column();
}

} // namespace autarky::show
