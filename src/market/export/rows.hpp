// autarky: dated export rules with their clauses, destinations and chips, as the files of catalogue/export give them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::market::licensing {

template <class R> using BandwidthDensity = QuantityIn<"GB/s/mm^2", R>;

/// To whom a rule applies.
enum class Scope {
    china,     ///< China with Hong Kong, and Macau
    embargoed, ///< country group D:5, and Macau
    listed,    ///< country groups D:1, D:4 and D:5, unless in A:5 or A:6
    worldwide,
};
constexpr std::array<std::string_view, 4> choices(Type<Scope> /*type*/) {
    return {"china", "embargoed", "listed", "worldwide"};
}

/// What a clause does to an item of which all its tests hold.
enum class Effect {
    control,   ///< the item is controlled under the paragraph
    letter,    ///< the addressee needs a licence although no paragraph names the item
    exclusion, ///< the paragraph does not apply
    exception, ///< a controlled item goes without a licence
    review,    ///< how an application is judged
    tariff,
    closure, ///< the destination's side does not let it in, or does not buy it
    notice,  ///< guidance and practice: changes no test
};
constexpr std::array<std::string_view, 8> choices(Type<Effect> /*type*/) {
    return {"control", "letter", "exclusion", "exception", "review", "tariff", "closure", "notice"};
}

/// Whether a chip is designed or marketed for data centres; of a clause: which chips it looks at.
enum class Marketed { open, yes, no };
constexpr std::array<std::string_view, 3> choices(Type<Marketed> /*type*/) { return {"open", "yes", "no"}; }

/// A rule in force from a day to a day. Rules of one subject replace each other.
template <class R> struct Rule {
    std::string title, citation, subject;
    Scope scope = Scope::listed;
    bool by_headquarters = false;
    Date<R> effective, compliance, until;
};
template <class R> constexpr auto describe(Type<Rule<R>> /*type*/) {
    using E = Rule<R>;
    return fields(
        plain_field("title", &E::title, "What it is called"), plain_field("citation", &E::citation, "Where it stands"),
        plain_field("subject", &E::subject, "Rules of one subject replace each other and may not overlap"),
        plain_field("scope", &E::scope, "Destinations to which it applies"),
        plain_field("by_headquarters", &E::by_headquarters,
                    "Also buyers anywhere whose parent sits in group D:5 or Macau", "false"),
        date_field("effective", &E::effective, "First day of force"),
        date_field("compliance", &E::compliance, "Day from which it must be complied with, if later", "1900-01-01"),
        date_field("until", &E::until, "First day on which it is no longer in force", "2200-01-01"));
}

/// A clause: all of its tests hold, or it does nothing. A limit of zero is no test.
template <class R> struct Clause {
    Reference rule;
    std::string paragraph, computer, about, vendor, says;
    Effect effect = Effect::control;
    Marketed data_centre = Marketed::open;
    Performance<R> tpp_from, tpp_below;
    PerformanceDensity<R> density_from, density_below;
    DataRate<R> interconnect_from, memory_from, memory_below;
    BandwidthDensity<R> stack_above, stack_below;
};
template <class R> constexpr auto describe(Type<Clause<R>> /*type*/) {
    using E = Clause<R>;
    constexpr auto tests = Range::nonnegative;
    return fields(
        reference("rule", &E::rule, "rule", "Rule to which it belongs"),
        plain_field("paragraph", &E::paragraph, "Its paragraph: 3A090.a, Note 2, NAC"),
        plain_field("computer", &E::computer, "Paragraph of computers and assemblies with such a chip", ""),
        plain_field("about", &E::about, "Paragraph that it takes back or makes an exception of; empty: any", ""),
        plain_field("effect", &E::effect, "What it does"), plain_field("says", &E::says, "What follows, in words"),
        plain_field("vendor", &E::vendor, "Only this vendor's chips", ""),
        plain_field("data_centre", &E::data_centre, "Only chips that are, or are not, for data centres", "open"),
        field("tpp_from", &E::tpp_from, "TPP"_u, "Total processing performance from here on", tests, "0 TPP"),
        field("tpp_below", &E::tpp_below, "TPP"_u, "Total processing performance below this", tests, "0 TPP"),
        field("density_from", &E::density_from, "TPP/mm^2"_u, "Performance density from here on", tests, "0 TPP/mm^2"),
        field("density_below", &E::density_below, "TPP/mm^2"_u, "Performance density below this", tests, "0 TPP/mm^2"),
        field("interconnect_from", &E::interconnect_from, "GB/s"_u, "Chip-to-chip bandwidth from here on", tests,
              "0 GB/s"),
        field("memory_from", &E::memory_from, "GB/s"_u, "DRAM bandwidth from here on", tests, "0 GB/s"),
        field("memory_below", &E::memory_below, "GB/s"_u, "DRAM bandwidth below this", tests, "0 GB/s"),
        field("stack_above", &E::stack_above, "GB/s/mm^2"_u, "Bandwidth density of a memory stack above this", tests,
              "0 GB/s/mm^2"),
        field("stack_below", &E::stack_below, "GB/s/mm^2"_u, "Bandwidth density of a memory stack below this", tests,
              "0 GB/s/mm^2"));
}

/// A place of delivery: country groups of 15 CFR 740, Supplement 1.
struct Destination {
    std::string title;
    bool is_china = false, macau = false, d1 = false, d4 = false, d5 = false, a5 = false, a6 = false;

    /// "D:1, D:4, D:5"; empty: in none that the rules look at.
    [[nodiscard]] std::string groups() const {
        std::string out;
        const auto add = [&out](bool is_in, const char* group) {
            if (is_in) out += (out.empty() ? "" : ", ") + std::string(group);
        };
        add(d1, "D:1");
        add(d4, "D:4");
        add(d5, "D:5");
        add(a5, "A:5");
        add(a6, "A:6");
        return out;
    }
    [[nodiscard]] bool is_embargoed() const { return d5 || macau || is_china; }
    [[nodiscard]] bool is_in(Scope scope) const {
        switch (scope) {
        case Scope::china: return is_china || macau;
        case Scope::embargoed: return is_embargoed();
        case Scope::listed: return is_embargoed() || ((d1 || d4) && !a5 && !a6);
        case Scope::worldwide: break;
        }
        return true;
    }
};
constexpr auto describe(Type<Destination> /*type*/) {
    using E = Destination;
    return fields(plain_field("title", &E::title, "Its name"),
                  plain_field("is_china", &E::is_china, "China, with Hong Kong", "false"),
                  plain_field("macau", &E::macau, "Macau", "false"),
                  plain_field("d1", &E::d1, "Country group D:1 (national security)", "false"),
                  plain_field("d4", &E::d4, "Country group D:4 (missile technology)", "false"),
                  plain_field("d5", &E::d5, "Country group D:5 (arms embargo)", "false"),
                  plain_field("a5", &E::a5, "Country group A:5", "false"),
                  plain_field("a6", &E::a6, "Country group A:6", "false"));
}

/// The state of the country groups that the destinations have.
template <class R> struct CountryGroups {
    Date<R> as_of;
};
template <class R> constexpr auto describe(Type<CountryGroups<R>> /*type*/) {
    return fields(date_field("as_of", &CountryGroups<R>::as_of, "Day of the list"));
}

/// A published chip. What is left out is not published: unknown, not zero. Rates are dense.
template <class R> struct PublishedChip {
    std::string title, product, vendor;
    int node = 0;
    Marketed data_centre = Marketed::open;
    Throughput<R> int4, fp4, int8, fp8, fp16;
    Area<R> area;
    DataRate<R> memory, interconnect;
};
template <class R> constexpr auto describe(Type<PublishedChip<R>> /*type*/) {
    using E = PublishedChip<R>;
    constexpr auto some = Range::nonnegative;
    return fields(
        plain_field("title", &E::title, "Its name, with what is read how"),
        plain_field("product", &E::product, "Readings of one product share this name"),
        plain_field("vendor", &E::vendor, "Who sells it"),
        plain_field("node", &E::node, "Generation in nm; 0: not published", "0"),
        plain_field("data_centre", &E::data_centre, "Designed or marketed for data centres", "open"),
        field("int4", &E::int4, "TOPS"_u, "Dense rate in int4", some, "0 TOPS"),
        field("fp4", &E::fp4, "TOPS"_u, "Dense rate in fp4", some, "0 TOPS"),
        field("int8", &E::int8, "TOPS"_u, "Dense rate in int8", some, "0 TOPS"),
        field("fp8", &E::fp8, "TOPS"_u, "Dense rate in fp8", some, "0 TOPS"),
        field("fp16", &E::fp16, "TOPS"_u, "Dense rate in fp16 or bf16", some, "0 TOPS"),
        field("area", &E::area, "mm^2"_u, "Logic dies on non-planar nodes", some, "0 mm^2"),
        field("memory", &E::memory, "GB/s"_u, "DRAM bandwidth", some, "0 GB/s"),
        field("interconnect", &E::interconnect, "GB/s"_u, "Chip-to-chip bandwidth, both directions", some, "0 GB/s"));
}

} // namespace autarky::market::licensing
