// autarky: what stands behind the fab and may run short: assembly, substrates, test, DRAM, with named customers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::foundry {

enum class BackEndKind { assembly, substrates, test, memory };
constexpr std::array<std::string_view, 4> choices(Type<BackEndKind> /*type*/) {
    return {"assembly", "substrates", "test", "memory"};
}

/// Another customer of a back end, by name: as at a site, what it has by contract comes first.
template <class R> struct BackEndCustomer {
    Series<R> request;
    R firm;
};
template <class R> constexpr auto describe(Type<BackEndCustomer<R>> /*type*/) {
    using C = BackEndCustomer<R>;
    return fields(field("request", &C::request, "%"_u,
                        "What it asks for, as a share of capacity; the requests of all may exceed 100 %",
                        Range::nonnegative, nullptr, Before::zero),
                  field("firm", &C::firm, "%"_u, "Share of that request which it has by contract", Range::fraction,
                        "80 to 100 %"));
}

/// A capacity behind the fab. It is counted in chips that take one unit of it each.
template <class R> struct BackEnd {
    BackEndKind kind = BackEndKind::assembly;
    std::string location;
    Series<QuantityIn<"chip/month", R>> capacity, reserved;
    Table<BackEndCustomer<R>> customer;
};
template <class R> constexpr auto describe(Type<BackEnd<R>> /*type*/) {
    using B = BackEnd<R>;
    return fields(plain_field("kind", &B::kind, "assembly, substrates, test or memory"),
                  plain_field("location", &B::location, "Country code; events refer to it"),
                  field("capacity", &B::capacity, "chip/month"_u,
                        "Chips a month that it could serve for all its customers, of chips that take one unit each",
                        Range::nonnegative, nullptr, Before::zero),
                  field("reserved", &B::reserved, "chip/month"_u,
                        "Of it, what the buyer has by contract: it comes first", Range::nonnegative, "0 chip/month",
                        Before::zero),
                  table("customer", &B::customer, "Its other customers"));
}

/// That a chip needs a back end. A chip that names none is never kept waiting.
template <class R> struct ChipNeed {
    Reference back_end;
    R amount;
};
template <class R> constexpr auto describe(Type<ChipNeed<R>> /*type*/) {
    using N = ChipNeed<R>;
    return fields(reference("back_end", &N::back_end, "back_end", "What the chip needs between wafer and device"),
                  field("amount", &N::amount, "x"_u, "Units of it that one chip takes", Range::positive, "1 x"));
}

} // namespace autarky::foundry
