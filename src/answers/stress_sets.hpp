// autarky: overrides of a scenario that let things happen on a day.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "answers/session.hpp"
#include "core/describe_plain.hpp"

namespace autarky::answers {

using Sets = std::vector<std::string>;

/// A number or a range as written, each of its numbers x as offset + factor x (x - offset): "50 to 90 %" at a half is "25 to 45 %".
/// Throws InputError, about `field`, where the text is of another form.
std::string scaled(const std::string& written, double factor, double offset, std::string_view field);

/// Event `name` begins on a day for sure: it is drawn like every other, at a rate that leaves no time before it.
Sets made_sure(const std::string& name, const std::string& from);
std::string event_setting(const std::string& event, std::string_view key, const std::string& value);
/// All sites of a country, or one site, lose a share of their capacity, as written, on a day.
Sets outage(const std::string& name, const std::string& place, const std::string& from, const std::string& lasts,
            const std::string& severity = "100 %");

/// What the capacity of a site is planned to be after quarter `from` comes some quarters later, and so do paths there that are
/// taken; none where nothing grows. Until it comes the capacity stays what it is on that day. Draws stay as they are: they
/// belong to the series, not to its dates.
Sets later_capacity(const Session& session, std::size_t site, const std::string& from, std::size_t quarters);
/// From quarter `from` on a site's planned capacity is `factor` as large, and until its eve what it is. Between two knots both
/// are the line between them, on both ends of the knots' ranges; throws InputError where those are no numbers or ranges.
Sets larger_capacity(const Session& session, std::size_t site, const std::string& from, double factor);

/// A chip with several sources, and the site that it keeps when it has one alone.
struct KeptSource {
    std::string chip, site;
};
constexpr auto describe(Type<KeptSource> /*type*/) {
    using K = KeptSource;
    return fields(item("chip", &K::chip, "Chip"),
                  item("site", &K::site, "Site with the largest planned share, the first one of equals"));
}
struct SingleSource {
    Sets sets; ///< none where no chip has two
    std::vector<KeptSource> kept;
};
/// Leaves each chip its largest planned source alone.
SingleSource single_source(const Session& session);
/// Sites that make own chips.
std::vector<std::string> own_sites(const Session& session);

} // namespace autarky::answers
