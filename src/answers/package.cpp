// autarky: studies packages, and describes what was found out.
// SPDX-License-Identifier: Apache-2.0
#include "answers/package.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "answers/die.hpp"
#include "answers/quantity.hpp"
#include "show/table.hpp"

namespace autarky::silicon {

constexpr auto describe(Type<PackageResult> /*type*/) {
    using R = PackageResult;
    return fields(
        item(
            "raw_dies", [](const R& r) { return r.packaged.raw_dies.raw(); }, "USD"_u, "Good dies of the package"),
        item(
            "die_defects", [](const R& r) { return r.packaged.die_defects.raw(); }, "USD"_u, "Dies lost to defects"),
        item(
            "raw_package", [](const R& r) { return r.packaged.raw_package.raw(); }, "USD"_u,
            "Carrier, substrate and assembly"),
        item(
            "package_scrap", [](const R& r) { return r.packaged.package_scrap.raw(); }, "USD"_u,
            "Packages lost in assembly"),
        item(
            "die_scrap", [](const R& r) { return r.packaged.die_scrap.raw(); }, "USD"_u, "Dies lost with them"),
        item("bad_dies", &R::bad_dies, "USD"_u, "Packages lost to dies that passed the sort although bad"),
        item("one_time", &R::one_time, "USD"_u, "One-time cost, a package"),
        item("total", [](const R& r) { return r.total(); }, "USD"_u, "All of it"));
}

constexpr auto describe(Type<CarrierStudy> /*type*/) {
    using C = CarrierStudy;
    return fields(item("width_mm", &C::width_mm, "mm"_u, "Width"), item("height_mm", &C::height_mm, "mm"_u, "Height"),
                  item("on_one", &C::on_one, "1"_u, "Whole carriers on one wafer or panel"),
                  item("is_counted", &C::is_counted, "They are counted exactly, not in closed form"),
                  item(
                      "exposures", [](const C& c) { return c.stitching.exposures(); }, "1"_u, "Fields that expose one"),
                  item("seams", [](const C& c) { return c.stitching.seams(); }, "1"_u, "Edges that two of them share"));
}

constexpr auto describe(Type<PlacedDie> /*type*/) {
    using P = PlacedDie;
    return fields(item(
                      "width_mm", [](const P& p) { return p.die.die.width_mm; }, "mm"_u, "Width"),
                  item(
                      "height_mm", [](const P& p) { return p.die.die.height_mm; }, "mm"_u, "Height"),
                  item("count", &P::count, "1"_u, "Dies of this kind"));
}

} // namespace autarky::silicon

namespace autarky::answers {
namespace {

using silicon::PackageInput;
using silicon::PackageStudy;

struct SingleDie {
    const PackageStudy* study;
};
constexpr auto describe(Type<SingleDie> /*type*/) {
    using S = SingleDie;
    return fields(item(
                      "width_mm", [](const S& s) { return s.study->single.die.width_mm; }, "mm"_u, "Width"),
                  item(
                      "height_mm", [](const S& s) { return s.study->single.die.height_mm; }, "mm"_u, "Height"),
                  item(
                      "fits_a_field", [](const S& s) { return s.study->alone.has_value(); },
                      "A lithography field has room for it"),
                  item(
                      "cost", [](const S& s) { return s.study->alone; }, "Its cost on an organic substrate")
                      .null_if("it fits no field"));
}

template <class T> void take(const std::optional<T>& given, T& to) {
    if (given) to = *given;
}

/// What every die of the package has in common.
void read_common(const PackageQuestion& q, silicon::DieInput& die) {
    if (q.d0) die.density_per_cm2 = q.d0;
    take(q.alpha, die.clustering);
    if (q.wafer_price) die.wafer_price_usd = q.wafer_price;
    if (q.mask_set) {
        die.one_time = die.one_time.value_or(silicon::OneTimeInput{});
        die.one_time->mask_set_usd = q.mask_set;
    }
    if (!q.sort_test && !q.sort_coverage) return;
    die.part.emplace();
    take(q.sort_test, die.part->sort_test_usd);
    take(q.sort_coverage, die.part->sort_coverage);
}

/// "13x16.4", "13x16.4*4" or "13x16.4*4@n5".
void add_die(const Catalogue& catalogue, const PackageQuestion& q, const std::string& text, PackageAnswer& answer,
             Diagnostics& findings) {
    const auto at = parts_of(text, '@');
    const auto star = parts_of(at[0], '*');
    if (at.size() > 2 || star.size() > 2)
        return findings.error_in("die", "E0201", fmt::format("'{}' is no WIDTHxHEIGHT*COUNT@PROCESS", text),
                                 "such as 13x16.4*4 or 13x16.4*4@n5");
    silicon::PlacedDie placed;
    placed.die.die.scribe_mm = silicon::usual_scribe_mm;
    const auto process = at.size() > 1 ? at[1] : q.process;
    if (!process.empty()) {
        auto taken = take_process(catalogue, process, q.date, 1, placed.die);
        if (std::find(answer.remarks.begin(), answer.remarks.end(), taken.remark) == answer.remarks.end())
            answer.remarks.push_back(std::move(taken.remark));
    }
    const auto sides = sides_from(star[0], "die", findings);
    if (!sides) return;
    placed.die.die.width_mm = sides->width;
    placed.die.die.height_mm = sides->height;
    if (star.size() > 1)
        if (const auto count = whole_from(star[1], "die", findings)) placed.count = *count;
    placed.die.name = text;
    read_common(q, placed.die);
    answer.input.dies.push_back(std::move(placed));
}

void read_carrier(const PackageQuestion& q, silicon::CarrierInput& carrier, Diagnostics& findings) {
    if (!q.carrier.empty())
        if (const auto sides = sides_from(q.carrier, "carrier", findings)) {
            carrier.width_mm = sides->width;
            carrier.height_mm = sides->height;
            if (!(sides->width > 0.0 && sides->height > 0.0))
                findings.error_in("carrier", "E0205", fmt::format("'{}' has a side of nothing", q.carrier),
                                  "such as 60x55");
        }
    if (!q.panel.empty())
        if (const auto sides = sides_from(q.panel, "panel", findings)) {
            carrier.panel.emplace(silicon::PanelShape{sides->width, sides->height});
            take(q.panel_edge, carrier.panel->edge_mm);
        }
    carrier.price_usd = q.carrier_price;
    carrier.seam_yield = q.seam_yield;
}

/// How the carrier is made, where that needs a word.
void add_carrier_remarks(PackageAnswer& answer) {
    if (!answer.study.carrier) return;
    const auto& c = *answer.study.carrier;
    const auto& in = answer.input.carrier;
    if (c.is_counted)
        answer.remarks.push_back(
            fmt::format("{:.0f} carriers of {:.4g} x {:.4g} mm on one {}", c.on_one, c.width_mm, c.height_mm,
                        in.panel ? fmt::format("panel of {:g} x {:g} mm, rim {:g} mm", in.panel->width_mm,
                                               in.panel->height_mm, in.panel->edge_mm)
                                 : "300 mm wafer"));
    const auto& s = c.stitching;
    if (s.exposures() > 1)
        answer.remarks.push_back(fmt::format("an interposer of {:.4g} x {:.4g} mm is stitched from {} x {} fields of "
                                             "26 x 33 mm: {} seams, {}; its wafer's "
                                             "price has one exposure a layer",
                                             c.width_mm, c.height_mm, s.columns, s.rows, s.seams(),
                                             in.seam_yield ? fmt::format("each of yield {:g}", *in.seam_yield)
                                                           : "whose yield is taken as 1, since none is given"));
}

/// Fields that change nothing as the rest stands.
void refuse_idle(const PackageQuestion& q, Diagnostics& findings) {
    const auto idle = [&](bool is_idle, const char* field, std::string without) {
        if (is_idle) findings.error_in(field, "E0506", fmt::format("it changes nothing {}", without));
    };
    const auto has_process = [](const std::string& die) { return die.find('@') != std::string::npos; };
    idle(!q.date.empty() && q.process.empty() && std::none_of(q.die.begin(), q.die.end(), has_process), "date",
         "without " + field_mark("process"));
    idle(!q.process.empty() && std::all_of(q.die.begin(), q.die.end(), has_process), "process",
         "when every die names its own");
    const bool has_bridges = q.kind == silicon::PackageKind::bridge;
    idle(q.bridges.has_value() && !has_bridges, "bridges", "in a package without bridges");
    idle(q.bridge_cost.has_value() && !has_bridges, "bridge_cost", "in a package without bridges");
}

} // namespace

constexpr auto describe(Type<PackageAnswer> /*type*/) {
    using A = PackageAnswer;
    return fields(item(
                      "kind", [](const A& a) { return a.input.kind; }, "Kind of package"),
                  item(
                      "dies", [](const A& a) { return a.input.dies; }, "Its dies"),
                  item(
                      "cost", [](const A& a) { return a.study.package; }, "Cost of one package that works"),
                  item(
                      "single_die", [](const A& a) { return SingleDie{&a.study}; }, "One die with the area of all"),
                  item(
                      "carrier", [](const A& a) { return a.study.carrier; }, "The interposer or fan-out carrier")
                      .absent_if("the package has none"),
                  item("remarks", &A::remarks, "What was taken from where, how the carrier is made")
                      .absent_if("there is nothing to say"));
}

PackageAnswer package(const Catalogue& catalogue, const PackageQuestion& q, const Watch& /*watch*/) {
    Diagnostics findings;
    PackageAnswer out;
    PackageInput& in = out.input;
    in.kind = q.kind;
    if (q.dies_first) in.order = silicon::AssemblyOrder::dies_first;
    for (const auto& text : q.die)
        add_die(catalogue, q, text, out, findings);
    in.substrate_price = q.substrate_price;
    in.attach_yield = q.attach_yield;
    in.bond_yield = q.bond_yield;
    read_carrier(q, in.carrier, findings);
    take(q.bridges, in.bridges);
    take(q.bridge_cost, in.bridge_cost_usd);
    take(q.link_share, in.link_share);
    take(q.nre, in.nre_usd);
    take(q.package_nre, in.package_nre_usd);
    take(q.volume, in.volume);
    take(q.reuse_volume, in.reuse_volume);
    refuse_idle(q, findings);
    if (!findings.has_errors()) silicon::check(in, findings);
    if (findings.has_errors()) throw InputError{std::move(findings)};
    out.study = silicon::study(in);
    add_carrier_remarks(out);
    return out;
}

std::string text(const PackageAnswer& answer, const show::Page& page) {
    std::string text;
    for (const auto& remark : answer.remarks)
        text += show::wrapped(remark, page.width, 2) + "\n";
    if (!text.empty()) text += "\n";
    show::TableColumn labels{"USD each", {}, true, false};
    show::TableColumn package{
        std::string(choices(Type<silicon::PackageKind>{})[static_cast<std::size_t>(answer.input.kind)]),
        {},
        false,
        false};
    show::TableColumn alone{"one die", {}, false, false};
    for_each_field(Type<silicon::PackageResult>{}, [&](const auto& cost) {
        std::string words(cost.key);
        std::replace(words.begin(), words.end(), '_', ' ');
        labels.cells.push_back(std::move(words));
        package.cells.push_back(fmt::format("{:.2f}", std::invoke(cost.get, answer.study.package)));
        if (answer.study.alone)
            alone.cells.push_back(fmt::format("{:.2f}", std::invoke(cost.get, *answer.study.alone)));
    });
    std::vector<show::ColumnGroup> groups{{"", "", {std::move(labels)}}, {"", "", {std::move(package)}}};
    if (answer.study.alone) groups.push_back({"", "", {std::move(alone)}});
    text += show::table_text(page, groups, 0);
    const auto& single = answer.study.single.die;
    const std::string size = fmt::format("{:.4g} x {:.4g} mm", single.width_mm, single.height_mm);
    const auto last =
        answer.study.alone
            ? fmt::format(
                  "one die of the same area, {}, on an organic substrate: the package costs {:.2f} times as much", size,
                  answer.study.package.total() / answer.study.alone->total())
            : fmt::format("one die of the same area, {}, fits no field", size);
    return text + "\n" + show::wrapped(last, page.width, 0) + "\n";
}

const Entry package_entry = entry_of<&package, PackageQuestion, PackageAnswer>(
    "", "package", "Cost of several dies on one package, beside one die");

} // namespace autarky::answers
