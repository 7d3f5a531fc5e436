// autarky: fuzz target: a load series with a transformer's sheet is read or refused, and what was read ages finitely.
// SPDX-License-Identifier: Apache-2.0
//
// Lines "key = value" up to a line "---" are the sheet, what follows is the series.
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "grid/heat/heat_spec.hpp"
#include "grid/heat/series_csv.hpp"

namespace {

using namespace autarky::grid;

SheetValue value_of(std::string_view text) {
    double number = 0.0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc()) return {std::nullopt, std::string(text)};
    std::string unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    unit.erase(0, unit.find_first_not_of(' '));
    return {number, unit};
}

/// False when the sheet is refused.
bool read_sheet(std::string_view text, HeatSpec& spec) {
    SheetReader sheet(spec);
    bool is_good = true;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const auto sign = line.find(" = ");
        if (sign == std::string_view::npos) continue;
        is_good = sheet.set(line.substr(0, sign), value_of(line.substr(sign + 3))).empty() && is_good;
    }
    return sheet.finish().empty() && is_good;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    constexpr std::string_view divider = "\n---\n";
    const auto at = text.find(divider);
    const auto rows = at == std::string_view::npos ? text : text.substr(at + divider.size());
    for (const auto model : {HeatModel::iec60076_7, HeatModel::c57_91, HeatModel::c57_91_ode})
        for (const bool hold_gaps : {false, true}) {
            autarky::Diagnostics findings;
            auto series = read_series_csv(rows, "fuzz.csv", {.hold_gaps = hold_gaps}, findings);
            (void)findings.render(true);
            HeatSpec spec = default_heat_spec(model);
            const bool is_read = at == std::string_view::npos || read_sheet(text.substr(0, at), spec);
            if (!is_read || findings.has_errors() || series.minute.size() > 512) continue;
            const auto heat =
                heat_of(spec, {std::move(series.minute), std::move(series.load), std::move(series.ambient_c)});
            if (heat.top_oil_c.empty()) std::abort(); // an accepted series has rows
        }
    return 0;
}
