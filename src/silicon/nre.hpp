// autarky: one-time cost of a chip by activity, shared by products and foundries, spread over the discounted ramp.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "core/describe.hpp"
#include "core/formula.hpp"
#include "core/quantities.hpp"

namespace autarky::silicon {

inline constexpr Formula design_nre_formula{"silicon.design_nre", "Design cost, once a generation",
                                            "architecture + RTL + verification + software", "Autarky"};
inline constexpr Formula source_nre_formula{
    "silicon.source_nre", "Design cost at one foundry",
    "physical + IP + EDA + prototypes + masks (1 + respins) + respins x respin work + qualification", "Autarky"};
inline constexpr Formula discounted_chips_formula{"silicon.discounted_chips", "Discounted volume",
                                                  "sum of chips_i (1 + r)^-(i + 1/2) step", "Autarky"};
inline constexpr Formula nre_per_chip_formula{"silicon.nre_per_chip", "One-time cost per chip",
                                              "share x one-time cost / discounted volume", "levelised cost"};

/// What a design costs once, whoever makes it.
template <class R> struct DesignNre {
    Money<R> architecture{};
    Money<R> rtl{};
    Money<R> verification{};
    Money<R> software{};
};
template <class R> constexpr auto describe(Type<DesignNre<R>> /*type*/) {
    using E = DesignNre<R>;
    return fields(
        field("architecture", &E::architecture, "MUSD"_u, "Architecture and performance modelling", Range::nonnegative),
        field("rtl", &E::rtl, "MUSD"_u, "Register-transfer design", Range::nonnegative),
        field("verification", &E::verification, "MUSD"_u, "Functional verification and emulation", Range::nonnegative),
        field("software", &E::software, "MUSD"_u, "Compiler, kernels, drivers, safety case", Range::nonnegative));
}

/// What the same design costs again at each foundry.
template <class R> struct SourceNre {
    Money<R> physical{};
    Money<R> ip{};
    Money<R> eda{};
    Money<R> prototypes{};
    Money<R> mask_set{};
    R respins{};
    Money<R> respin_work{};
    Money<R> qualification{};
};
template <class R> constexpr auto describe(Type<SourceNre<R>> /*type*/) {
    using E = SourceNre<R>;
    return fields(
        field("physical", &E::physical, "MUSD"_u, "Physical design and sign-off", Range::nonnegative),
        field("ip", &E::ip, "MUSD"_u, "Licensed blocks ported to this process", Range::nonnegative),
        field("eda", &E::eda, "MUSD"_u, "Design tools", Range::nonnegative, "0 MUSD"),
        field("prototypes", &E::prototypes, "MUSD"_u, "Shuttles, engineering lots, boards", Range::nonnegative,
              "0 MUSD"),
        field("mask_set", &E::mask_set, "MUSD"_u, "One full mask set", Range::positive),
        field("respins", &E::respins, ""_u, "Further mask sets until the design is right", Range::nonnegative, "1"),
        field("respin_work", &E::respin_work, "MUSD"_u, "Engineering of one re-spin", Range::nonnegative, "0 MUSD"),
        field("qualification", &E::qualification, "MUSD"_u,
              "Reliability and automotive qualification (AEC-Q100, ISO 26262)", Range::nonnegative, "0 MUSD"));
}

/// Sum of the activities that are paid once. Domain: all >= 0.
template <class R> Money<R> design_nre(const DesignNre<R>& design) {
    const Money<R> result = design.architecture + design.rtl + design.verification + design.software;
    return named(design_nre_formula, result, arg("architecture", design.architecture), arg("RTL", design.rtl),
                 arg("verification", design.verification), arg("software", design.software));
}

/// Sum of the activities that are paid at each foundry; each re-spin takes a mask set and its engineering.
template <class R> Money<R> source_nre(const SourceNre<R>& source) {
    const Money<R> masks = source.mask_set * (R(1.0) + source.respins);
    const Money<R> result = source.physical + source.ip + source.eda + source.prototypes + masks +
                            source.respin_work * source.respins + source.qualification;
    return named(source_nre_formula, result, arg("physical", source.physical), arg("IP", source.ip),
                 arg("EDA", source.eda), arg("prototypes", source.prototypes), arg("mask set", source.mask_set),
                 arg("re-spins", source.respins), arg("re-spin work", source.respin_work),
                 arg("qualification", source.qualification));
}

/// Chips of a ramp, each period discounted from its middle to the start. Domain: rate > -1 a year, step > 0.
/// At rate 0 it is the plain sum.
template <class R>
Chips<R> discounted_chips(std::span<const Chips<R>> ramp, const R& discount_rate_per_year, const Duration<R>& step) {
    const R step_factor = pow(R(1.0) + discount_rate_per_year, -step.in("year"_u));
    R factor = sqrt(step_factor);
    Chips<R> result(R(0.0));
    for (const auto& chips : ramp) {
        result += chips * factor;
        factor *= step_factor;
    }
    return named(discounted_chips_formula, result, arg("discount rate", discount_rate_per_year), arg("step", step));
}

/// One-time cost that each chip carries. `share` is this product's part of a cost that several products share (1: alone).
/// Domain: discounted chips > 0; without chips the whole cost falls on one.
template <class R> ChipCost<R> nre_per_chip(const Money<R>& nre, const R& share, const Chips<R>& discounted) {
    const ChipCost<R> result = ratio(nre * share, discounted, (nre * share).raw());
    return named(nre_per_chip_formula, result, arg("one-time cost", nre), arg("share", share),
                 arg("discounted volume", discounted));
}

} // namespace autarky::silicon
