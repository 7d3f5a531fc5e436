// autarky: the ledger of unused silicon, as the JSON of a chip has it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "core/describe_plain.hpp"
#include "design/chip.hpp"

namespace autarky::design {

constexpr auto describe(Type<Band> /*type*/) {
    return fields(item("p5", &Band::low, "1"_u, "5 % of draws lie below, in the unit of the key"),
                  item("p50", &Band::middle, "1"_u, "Median"),
                  item("p95", &Band::high, "1"_u, "95 % of draws lie below"));
}

} // namespace autarky::design

namespace autarky::answers {

inline double mm2(const Area<double>& area) { return area.in("mm^2"_u); }

struct PartsView {
    const compute::Parts<double>* parts;
};
template <class V, class Get> constexpr auto parts_items(Get parts) {
    return fields(
        item(
            "never_used_mm2", [parts](const V& v) { return mm2(parts(v).never_used); }, "mm^2"_u,
            "Used by no workload"),
        item(
            "over_provisioned_mm2", [parts](const V& v) { return mm2(parts(v).over_provisioned); }, "mm^2"_u,
            "More than the peak needs"),
        item(
            "duty_idle_mm2", [parts](const V& v) { return mm2(parts(v).duty_idle); }, "mm^2"_u, "Waiting for work"),
        item("useful_mm2", [parts](const V& v) { return mm2(parts(v).useful); }, "mm^2"_u, "At work"));
}

using LedgerRow = std::remove_cvref_t<decltype(std::declval<compute::Ledger<double>>().rows.front())>;
struct LedgerRowView {
    const LedgerRow* row;
};
constexpr auto describe(Type<LedgerRowView> /*type*/) {
    using V = LedgerRowView;
    return std::tuple_cat(
        fields(item(
                   "block", [](const V& v) -> std::string_view { return v.row->block; }, "Block"),
               item(
                   "role", [](const V& v) { return compute::role_name(v.row->role); }, "What it is for"),
               item(
                   "reason", [](const V& v) { return compute::reason_names[static_cast<std::size_t>(v.row->reason)]; },
                   "Why it is kept though dark"),
               item(
                   "area_mm2", [](const V& v) { return mm2(v.row->area); }, "mm^2"_u, "Area"),
               item(
                   "u_peak", [](const V& v) { return v.row->use.peak; }, "1"_u, "Share in use at the peak"),
               item(
                   "u_mean", [](const V& v) { return v.row->use.mean; }, "1"_u, "Share in use on average")),
        parts_items<V>([](const V& v) -> const auto& { return v.row->parts; }));
}

struct LedgerView {
    const compute::Ledger<double>* ledger;
    const design::Band* never_used_share;
    Area<double> unattributed;

    [[nodiscard]] std::vector<LedgerRowView> rows() const;
    [[nodiscard]] std::vector<std::pair<std::string_view, double>> by_reason() const;
};
struct LedgerTotal {
    LedgerView of;
};
constexpr auto describe(Type<LedgerTotal> /*type*/) {
    using V = LedgerTotal;
    return std::tuple_cat(
        parts_items<V>([](const V& v) -> const auto& { return v.of.ledger->total; }),
        fields(item(
                   "area_mm2", [](const V& v) { return mm2(v.of.ledger->area); }, "mm^2"_u, "Area"),
               item(
                   "unattributed_mm2", [](const V& v) { return mm2(v.of.unattributed); }, "mm^2"_u,
                   "Of the never used, that of which nothing is published"),
               item(
                   "never_used_share", [](const V& v) { return v.of.ledger->never_used_share(); }, "1"_u,
                   "Share that is never used"),
               item(
                   "idle_share", [](const V& v) { return v.of.ledger->idle_share(); }, "1"_u,
                   "Share that is idle over time"),
               item(
                   "redundant_useful_mm2", [](const V& v) { return mm2(v.of.ledger->redundant_useful); }, "mm^2"_u,
                   "At work on a copy for safety")));
}
constexpr auto describe(Type<LedgerView> /*type*/) {
    using V = LedgerView;
    return fields(item("blocks", &V::rows, "Blocks"),
                  item(
                      "total", [](const V& v) { return LedgerTotal{v}; }, "All blocks"),
                  item("never_used_by_reason_mm2", &V::by_reason, "mm^2"_u, "Never used, by why it is kept"),
                  item(
                      "never_used_share_band", [](const V& v) { return *v.never_used_share; },
                      "Share that is never used, over draws of the chip's inputs"));
}

} // namespace autarky::answers
