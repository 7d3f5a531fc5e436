// autarky: computes the published cases with the model's own formulas.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/validate.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "compute/cases.hpp"
#include "core/case_table.hpp"
#include "core/finance.hpp"
#include "foundry/expansion.hpp"
#include "grid/cases.hpp"
#include "market/diffusion.hpp"
#include "market/export_control.hpp"
#include "market/labour.hpp"
#include "silicon/geometry.hpp"
#include "silicon/packing.hpp"
#include "silicon/peers/cases.hpp"
#include "silicon/yield.hpp"

namespace autarky::analysis {
namespace {

Area<double> area_of(const CaseInputs& in) { return quantity(in.number("area"), "mm^2"_u); }
DefectDensity<double> density_of(const CaseInputs& in) { return quantity(in.number("d0"), "1/cm^2"_u); }

[[noreturn]] void unknown(std::string_view quantity) {
    throw CaseError("quantity '" + std::string(quantity) + "' is not known here");
}

int packed(const CaseInputs& in) {
    const silicon::DieShape die{in.number("width"), in.number("height"), in.number("scribe")};
    const silicon::WaferShape wafer{in.number("wafer"), in.number("edge"), in.number_or("notch", 0.0)};
    return silicon::optimised_packing(die, wafer).dies;
}

double dies_per_wafer(std::string_view what, const CaseInputs& in) {
    const auto mm = [&](const char* name) { return quantity(in.number(name), "mm"_u); };
    if (what == "classic") return silicon::gross_dies_classic(area_of(in), mm("wafer")).in("die/wafer"_u);
    if (what == "closed_form")
        return silicon::gross_dies_closed_form(mm("width"), mm("height"), mm("wafer"), mm("edge"), mm("scribe"))
            .in("die/wafer"_u);
    if (what == "packing") return packed(in);
    if (what == "packing_at_least") return packed(in) >= in.whole("reference") ? 1.0 : 0.0;
    unknown(what);
}

double yield(std::string_view what, const CaseInputs& in) {
    if (what == "density")
        return silicon::density_from_yield_negative_binomial(in.number("yield"), area_of(in), in.number("alpha"))
            .in("1/cm^2"_u);
    if (what == "negative_binomial")
        return silicon::yield_negative_binomial(area_of(in), density_of(in), in.number("alpha"));
    if (what == "poisson") return silicon::yield_poisson(area_of(in), density_of(in));
    if (what == "murphy") return silicon::yield_murphy(area_of(in), density_of(in));
    if (what == "seeds") return silicon::yield_seeds(area_of(in), density_of(in));
    unknown(what);
}

double export_control(std::string_view what, const CaseInputs& in) {
    const auto tpp = market::total_processing_performance(quantity(in.number("tops"), "TOPS"_u),
                                                          quantity(in.number("bits"), "bit"_u));
    if (what == "tpp") return tpp.in("TPP"_u);
    if (what == "density") return market::performance_density(tpp, area_of(in)).in("TPP/mm^2"_u);
    unknown(what);
}

double diffusion(std::string_view what, const CaseInputs& in) {
    if (what == "share")
        return market::bass_share(quantity(in.number("p"), "1/year"_u), quantity(in.number("q"), "1/year"_u),
                                  quantity(in.number("t"), "year"_u));
    unknown(what);
}

double labour(std::string_view what, const CaseInputs& in) {
    if (what != "undercut") unknown(what);
    market::Region<double> region;
    region.occupation.rows.resize(static_cast<std::size_t>(std::max(in.whole("jobs"), 1)));
    int job = 0;
    for (auto& row : region.occupation.rows) {
        const auto number = std::to_string(++job);
        row = {in.number("share" + number), in.number("over" + number), in.number("spread" + number)};
    }
    const market::WageMixture<double> wages(region);
    const double log_worth = log(in.number("wage") * in.number("output") / in.number("cost"));
    std::vector<double> spreads;
    market::one_over_spread(wages, in.number("tasks"), spreads);
    return market::undercut_share(log_worth, wages, spreads);
}

double finance(std::string_view what, const CaseInputs& in) {
    if (what == "capital_recovery")
        return capital_recovery(quantity(in.number("rate"), "1/year"_u), quantity(in.number("life"), "year"_u))
            .in("1/year"_u);
    unknown(what);
}

double options(std::string_view what, const CaseInputs& in) {
    const double root = foundry::option_root(in.number("rate"), in.number("payout"), in.number("volatility"));
    if (what == "root") return root;
    if (what == "option")
        return foundry::option_value(quantity(in.number("value"), "USD"_u), quantity(in.number("investment"), "USD"_u),
                                     root)
            .in("USD"_u);
    unknown(what);
}

struct Group {
    std::string_view name;
    double (*quantity)(std::string_view, const CaseInputs&);
};
constexpr std::array own_groups{Group{"dies_per_wafer", dies_per_wafer},
                                Group{"yield", yield},
                                Group{"export_control", export_control},
                                Group{"diffusion", diffusion},
                                Group{"labour", labour},
                                Group{"finance", finance},
                                Group{"options", options},
                                Group{"grid", grid::case_quantity},
                                Group{"compute", compute::case_quantity}};

} // namespace

std::vector<std::string_view> validation_groups() {
    std::vector<std::string_view> names;
    for (const auto& group : own_groups)
        names.push_back(group.name);
    for (const auto peer : silicon::silicon_peers())
        names.push_back(peer);
    return names;
}

std::vector<ValidationCase> validation_cases(std::string_view group, const std::filesystem::path& folder) {
    for (const auto& own : own_groups)
        if (own.name == group) return case_table(folder / std::string(group) / "cases.csv", own.quantity);
    return silicon::silicon_peer_cases(group, folder);
}

} // namespace autarky::analysis
