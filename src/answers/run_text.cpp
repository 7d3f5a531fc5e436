// autarky: writes the summary of a run.
// SPDX-License-Identifier: Apache-2.0
#include "answers/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "engine/sobol.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"
#include "show/text.hpp"

namespace autarky::answers {
namespace {

using namespace analysis;

std::string title(const show::Page& page, const std::string& text) {
    return "\n" + show::inked(page, show::Ink::bold, text) + "\n";
}

/// What was run.
std::string head(const Summary& s, const show::Page& page) {
    constexpr std::size_t shown = 12; // digits of a hash that tell two apart
    const auto& frame = s.frame;
    std::string out = show::inked(page, show::Ink::bold, frame.title.empty() ? frame.scenario : frame.title) + "\n";
    const auto what = fmt::format(
        "{}{}, {} samples{}, seed {}", frame.scenario, frame.variant.empty() ? "" : ", variant " + frame.variant,
        show::fixed(static_cast<double>(s.result.samples), 0),
        s.result.sampling == engine::Sampling::random ? " (random draws)" : "", s.result.seed);
    const auto hashes =
        fmt::format("inputs {}  result {}", frame.sha256.substr(0, shown), s.result.hash.substr(0, shown));
    out += what + (show::cells(what) + 3 + show::cells(hashes) <= page.width ? "   " : "\n") + hashes + "\n";
    for (const auto& set : frame.sets)
        out += fmt::format("with {}\n", show::cut(set, page.width - 5));
    return out;
}

show::ColumnGroup values(const show::Page& page, const std::string& unit, double factor,
                         const std::vector<const ValueBand*>& bands) {
    double largest = 0.0;
    for (const auto* band : bands)
        largest = std::max({largest, std::fabs(band->p05), std::fabs(band->p95)});
    const int decimals = largest / factor < 10.0 ? 2 : largest / factor < 100.0 ? 1 : 0;
    constexpr std::size_t room = 96; // for the quartiles too
    const bool is_roomy = page.wide || page.width >= room;
    show::ColumnGroup out{"", unit, {}};
    const auto add = [&](const char* name, double ValueBand::* member, bool is_bold) {
        show::TableColumn column{name, {}, false, is_bold};
        for (const auto* band : bands) {
            const double x = band->*member / factor;
            const auto text = show::fixed(x, decimals);
            const bool is_zero = text.find_first_of("123456789") == std::string::npos;
            column.cells.push_back((x > 0.0 && !is_zero ? "+" : "") + text);
        }
        out.columns.push_back(std::move(column));
    };
    add("mean", &ValueBand::mean, true);
    show::TableColumn error{"± error", {}, false, false};
    for (const auto* band : bands)
        error.cells.push_back("± " + show::figure(band->standard_error / factor, 2));
    out.columns.push_back(std::move(error));
    add("5 %", &ValueBand::p05, false);
    if (is_roomy) add("25 %", &ValueBand::p25, false);
    add("50 %", &ValueBand::p50, false);
    if (is_roomy) add("75 %", &ValueBand::p75, false);
    add("95 %", &ValueBand::p95, false);
    return out;
}

std::string verdict(const Summary& s, const show::Page& page) {
    const auto& v = s.verdict;
    const show::Ink ink = v.call() == Call::undecided || v.call() == Call::none ? show::Ink::yellow
                          : v.p_make() > 0.5                                    ? show::Ink::green
                                                                                : show::Ink::cyan;
    std::string out = "\n" + show::inked(page, ink, show::wrapped(sentence(v), page.width, 0)) + "\n";
    if (v.is_empty) return out;
    const double points = 100.0;
    out += fmt::format("Probability that making pays: {}{} %, ± {} points of sampling{}.\n\n",
                       show::fixed(v.p_make_low * points, 1),
                       s.result.failed > 0 ? " to " + show::fixed(v.p_make_high * points, 1) : "",
                       show::figure(v.p_make_error * points, 2),
                       s.result.failed > 0 ? "; failed samples count against it and for it" : "; no sample failed");
    const auto unit = show::display_unit({.money = 1}, std::max(std::fabs(v.npv.p05), std::fabs(v.npv.p95)));
    show::TableColumn rows{"", {"to " + s.frame.quarters.back(), "with a fading tail behind it"}, true, false};
    out += show::table_text(page, {{"Value of making against buying", "", {std::move(rows)}},
                                   values(page, unit.name, unit.factor, {&v.npv, &v.npv_with_tail})});
    if (s.result.errors && s.result.done >= 2 * engine::n_scramblings) // or the errors tell nothing about themselves
        out +=
            show::wrapped(
                "Errors of the first line and of the probability come from 8 scramblings of the points and are known "
                "to a quarter of themselves; that of the second is as if its draws were random, too wide.",
                page.width, 2) +
            "\n";
    return out;
}

/// Rows of the tables by year: the last quarter of each year, and the last one of all.
std::vector<std::size_t> year_ends(const Frame& frame) {
    std::vector<std::size_t> out;
    for (std::size_t q = 0; q < frame.quarters.size(); ++q)
        if (frame.quarters[q].ends_with("Q4") || q + 1 == frame.quarters.size()) out.push_back(q);
    return out;
}

show::TableColumn labels(const Frame& frame, const std::vector<std::size_t>& quarters) {
    show::TableColumn out{"", {}, true, false};
    for (const auto q : quarters)
        out.cells.push_back(frame.quarters[q]);
    return out;
}

struct Shown {
    const char* id;
    const char* title;
    const char* unit;       ///< shown, with the prefix of `scale` put in front
    bool is_scaled = false; ///< whether thousands and millions get a prefix
    bool has_none = false;
};

/// Three columns: 5 %, median, 95 %; for a value that need not exist the share of futures in which it does not, in place of
/// the 5 %.
show::ColumnGroup bands(const Summary& s, const std::vector<std::size_t>& quarters, const Shown& shown) {
    show::ColumnGroup out{shown.title, shown.unit, {}};
    const auto* metric = s.frame.find(shown.id);
    if (metric == nullptr) return out;
    double largest = 0.0;
    for (const auto q : quarters)
        if (const auto band = s.band(*metric, q); std::isfinite(band.p95))
            largest = std::max(largest, std::fabs(band.p95));
    double factor = 1.0;
    if (shown.is_scaled && largest >= 2e6) {
        factor = 1e6;
        out.unit = "M " + out.unit;
    } else if (shown.is_scaled && largest >= 2e3) {
        factor = 1e3;
        out.unit = "k " + out.unit;
    }
    const double size = largest / factor;
    const int decimals = size < 10.0 ? 2 : size < 100.0 ? 1 : 0;
    const auto add = [&](const char* name, double Band::* member, bool is_bold) {
        show::TableColumn column{name, {}, false, is_bold};
        for (const auto q : quarters)
            column.cells.push_back(show::fixed(s.band(*metric, q).*member / factor, decimals));
        out.columns.push_back(std::move(column));
    };
    if (!shown.has_none) add("5 %", &Band::p05, false);
    add("50 %", &Band::p50, true);
    add("95 %", &Band::p95, false);
    if (!shown.has_none) return out;
    show::TableColumn none{"none", {}, false, false};
    for (const auto q : quarters)
        none.cells.push_back(fmt::format("{:.0f} %", s.band(*metric, q).none_share * 100.0));
    out.columns.push_back(std::move(none));
    return out;
}

/// Futures in which a device of three years after the start takes more chips than any shipped one carries.
std::string beyond_shipped(const Summary& s, const show::Page& page) {
    const auto* metric = s.frame.find("compute.beyond_shipped");
    if (metric == nullptr) return {};
    constexpr double least = 1.0; // per cent
    constexpr std::size_t three_years = 12;
    const std::size_t quarter = std::min(three_years, s.frame.quarters.size() - 1);
    const double share = s.band(*metric, quarter).mean;
    if (share < least) return {};
    return show::wrapped(
               fmt::format("In {} of the futures of {} a device takes more chips than any shipped one carries: "
                           "need or throughput may be drawn too far there.",
                           show::share_text(share / 100.0), s.frame.quarters[quarter]),
               page.width, 0) +
           "\n";
}

/// A run may be asked for fewer metrics than its tables have.
bool has_any(const Summary& s, std::initializer_list<std::string_view> ids) {
    return std::any_of(ids.begin(), ids.end(), [&](std::string_view id) { return s.frame.find(id) != nullptr; });
}

std::string costs(const Summary& s, const show::Page& page) {
    if (!has_any(s, {"compute.own_chips", "compute.merchant_chips", "compute.own_cost", "compute.merchant_price",
                     "advantage.cost_to_cost"}))
        return {};
    const auto quarters = year_ends(s.frame);
    return title(page, "Compute of a device, in the last quarter of each year") +
           show::table_text(page, {{"", "", {labels(s.frame, quarters)}},
                                   bands(s, quarters, {"compute.own_chips", "own chips", "a device"}),
                                   bands(s, quarters, {"compute.merchant_chips", "bought chips", "a device"}),
                                   bands(s, quarters, {"compute.own_cost", "own compute", "USD/device"}),
                                   bands(s, quarters, {"compute.merchant_price", "bought compute", "USD/device"}),
                                   bands(s, quarters, {"advantage.cost_to_cost", "cost / cost", "x"})}) +
           beyond_shipped(s, page);
}

std::string readable(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

/// "chips 62 %, demand 30 %": what binds in at least every twentieth future.
std::string binding(const Summary& s, std::size_t quarter) {
    const std::string prefix = "binding.";
    std::vector<std::pair<double, std::string>> shares;
    for (const auto& metric : s.frame.metrics)
        if (metric.id.compare(0, prefix.size(), prefix) == 0)
            shares.emplace_back(s.band(metric, quarter).mean, readable(metric.id.substr(prefix.size())));
    std::stable_sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string out;
    constexpr double least = 0.05;
    constexpr std::size_t most = 3;
    for (std::size_t k = 0; k < std::min(most, shares.size()) && (k == 0 || shares[k].first >= least); ++k)
        out += fmt::format("{}{} {}", k > 0 ? ", " : "", shares[k].second, show::share_text(shares[k].first));
    return out;
}

/// Devices that charge below wish for want of a transformer, in the last quarter, how long and what it would cost not to.
std::string streets(const Summary& s, const show::Page& page) {
    const std::size_t last = s.frame.quarters.size() - 1;
    const auto median = [&](const char* id) {
        const auto* metric = s.frame.find(id);
        return metric == nullptr ? 0.0 : s.band(*metric, last).p50;
    };
    const double slowed = median("grid.below_wish");
    if (slowed < 1.0) return {};
    const double fleet = median("deploy.fleet_vehicles") + median("deploy.fleet_robots");
    constexpr double musd_a_busd = 1e3;
    return show::wrapped(fmt::format("Streets, at medians: in {} {} devices, {} of the fleet, charge below wish; the "
                                     "streets are ready in {} years; being ready on time costs {} BUSD.",
                                     s.frame.quarters[last], show::fixed(slowed, 0),
                                     show::share_text(slowed / std::max(fleet, 1.0)),
                                     show::fixed(median("grid.years_to_ready"), 1),
                                     show::figure(median("grid.cost_on_time") / musd_a_busd, 2)),
                         page.width, 0) +
           "\n";
}

/// "cars", "cars and trucks", as the scenario names its programmes; "4 kinds of devices" where that gets long.
std::string devices(const std::vector<std::string>& programmes) {
    constexpr std::size_t widest = 22; // of a group of columns
    const auto all = readable(fmt::format("{}", fmt::join(programmes, " and ")));
    return all.size() <= widest ? all : fmt::format("{} kinds of devices", programmes.size());
}

std::string volumes(const Summary& s, const show::Page& page) {
    if (!has_any(s, {"foundry.chips", "deploy.vehicles", "deploy.robots"})) return {};
    const auto quarters = year_ends(s.frame);
    show::TableColumn what{"share of futures", {}, true, false};
    for (const auto q : quarters)
        what.cells.push_back(binding(s, q));
    std::vector<show::ColumnGroup> columns{{"", "", {labels(s.frame, quarters)}},
                                           bands(s, quarters, {"foundry.chips", "own chips", "made", true})};
    const auto vehicles = devices(s.frame.vehicles), robots = devices(s.frame.robots);
    if (!s.frame.vehicles.empty())
        columns.push_back(bands(s, quarters, {"deploy.vehicles", vehicles.c_str(), "deployed", true}));
    if (!s.frame.robots.empty())
        columns.push_back(bands(s, quarters, {"deploy.robots", robots.c_str(), "deployed", true}));
    columns.push_back({"what binds", "", {std::move(what)}});
    return title(page, "Volume of the quarter, and what keeps it from being larger") + show::table_text(page, columns) +
           streets(s, page);
}

std::string effect_text(const analysis::FrameDriver& driver) {
    if (driver.rise.empty()) return "luck";
    // A slope of zero at the medians: it acts in steps, and the next one is farther than this rise.
    if (driver.rise_usd == 0.0) return "in steps";
    if (std::fabs(driver.rise_usd) < driver.rise_error_usd)
        return fmt::format("within {}", show::money(driver.rise_error_usd));
    return show::signed_money(driver.rise_usd);
}

std::string drivers(const Summary& s, const show::Page& page) {
    constexpr double least = 0.01, sure = 4.0; // of hundreds of inputs, some exceed three standard errors by chance
    constexpr std::size_t most = 8;
    if (!s.has_drivers()) return {};
    std::size_t n = 0;
    while (n < s.drivers.size() && n < most &&
           s.drivers[n].share >= std::max(least, sure * s.drivers[n].standard_error))
        ++n;
    std::string out = title(page, "What drives the value");
    if (s.drivers.empty()) return out + "  nothing: it is the same in all samples\n";
    show::TableColumn share{"", {}, false, true};
    show::TableColumn name{"", {}, true, false};
    show::TableColumn rise{"", {}, true, false};
    show::TableColumn effect{"", {}, false, false};
    double others = 0.0;
    for (std::size_t k = 0; k < s.drivers.size(); ++k) {
        const auto& driver = s.drivers[k];
        if (k >= n) {
            others += driver.share;
            continue;
        }
        const auto& what = *driver.what;
        constexpr std::size_t widest = 48;
        share.cells.push_back(show::share_text(driver.share));
        const auto others_in_it =
            what.members.size() > 1 ? fmt::format(" and {} with it", what.members.size() - 1) : "";
        name.cells.push_back(show::cut(what.largest, widest - others_in_it.size()) + others_in_it);
        rise.cells.push_back(what.rise);
        effect.cells.push_back(effect_text(what));
    }
    const auto rest = [&](const std::string& text, double part) {
        share.cells.push_back(part < 0.0 ? "about 0 %" : show::share_text(part));
        name.cells.push_back(text);
        rise.cells.emplace_back();
        effect.cells.emplace_back();
    };
    if (n < s.drivers.size()) rest(fmt::format("the other {} inputs together", s.drivers.size() - n), others);
    rest("not explained: inputs acting together, noise", s.result.unexplained);
    constexpr std::uint64_t enough = 500;
    if (s.result.done < enough)
        out +=
            show::wrapped(fmt::format("Caution: of {} samples a share is uncertain by some {:.0f} points, and chance "
                                      "may pass for a driver. Ask for {} samples at least.",
                                      s.result.done, 100.0 * s.drivers.front().standard_error, enough),
                          page.width, 0) +
            "\n";
    return out + show::table_text(page, {{"variance", "", {std::move(share)}},
                                         {"input", "", {std::move(name)}},
                                         {"a rise of", "", {std::move(rise)}},
                                         {"changes the value by", "", {std::move(effect)}}});
}

std::string by_class(const ByClass& counts, bool is_share) {
    std::string out;
    for (std::size_t k = 0; k < n_classes; ++k) {
        if (counts[k] <= 0.0) continue;
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", class_names[k],
                           is_share ? show::share_text(counts[k]) : show::fixed(counts[k], 0));
    }
    return out;
}

std::string coverage(const Summary& s, const show::Page& page) {
    double numbers = 0.0;
    for (const double count : s.frame.numbers)
        numbers += count;
    std::string out = title(page, "What it rests on");
    const auto line = [&](const std::string& text) { out += "  " + show::wrapped(text, page.width - 2, 4) + "\n"; };
    if (s.has_drivers()) {
        line(show::share_text(s.assumed_variance()) +
             " of the explained variance rests on assumptions and defaults of the program, " +
             show::share_text(s.variance[analysis::luck_class]) + " is luck: chance that no source could know.");
        line("variance: " + by_class(s.variance, true));
    }
    line(fmt::format("{} numbers: {}", show::fixed(numbers, 0), by_class(s.frame.numbers, false)));
    return out;
}

std::string failures(const Summary& s, const show::Page& page) {
    if (s.result.failed == 0) return {};
    std::string out = title(page, fmt::format("{} samples failed and are left out", s.result.failed));
    constexpr std::size_t most = 3;
    for (std::size_t k = 0; k < std::min(most, s.result.first_failures.size()); ++k)
        out += "  " +
               show::wrapped(
                   fmt::format("sample {}: {}", s.result.first_failures[k].sample, s.result.first_failures[k].reason),
                   page.width - 2, 4) +
               "\n";
    return out;
}

} // namespace

std::string text(const RunAnswer& answer, const show::Page& page) {
    const auto& s = answer.summary;
    if (s.verdict.is_empty) return head(s, page) + verdict(s, page) + failures(s, page);
    return head(s, page) + verdict(s, page) + drivers(s, page) + coverage(s, page) + costs(s, page) + volumes(s, page) +
           failures(s, page) + "\n" +
           show::inked(
               page, show::Ink::dim,
               show::wrapped("Bands hold for each date by itself, not for one path. 'none': no volume pays in these "
                             "futures. A rise acts on the mean over futures: the input half of it "
                             "higher, less half of it lower, on the same draws.",
                             page.width, 0)) +
           "\n";
}

} // namespace autarky::answers
