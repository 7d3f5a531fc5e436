// autarky: "how much work is this network?"
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "answers/entry.hpp"
#include "answers/network.hpp"

namespace autarky::answers {

struct WorkloadQuestion {
    std::string name;
    std::vector<std::string> dimension;
};
constexpr auto describe(Type<WorkloadQuestion> /*type*/) {
    using Q = WorkloadQuestion;
    return fields(asked("name", &Q::name, "Ready network, workload of the catalogue, ONNX model or layer table")
                      .positional("NAME")
                      .otherwise("what there is is listed"),
                  dimension_field(&Q::dimension).needs("name"));
}

struct WorkloadAnswer {
    std::optional<design::Job> job; ///< none: what there is
    bool has_rate = false;          ///< a file brings no rate, deadline and precision
    std::vector<std::string> networks, workloads;
};

WorkloadAnswer workload(const Catalogue& catalogue, const WorkloadQuestion& question, const Watch& watch = {});
std::string text(const WorkloadAnswer& answer, const show::Page& page);

extern const Entry workload_entry;

} // namespace autarky::answers
