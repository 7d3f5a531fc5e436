// autarky: "which chip fits these workloads?": a million designs and their Pareto front.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "answers/entry.hpp"
#include "answers/network.hpp"
#include "design/space.hpp"

namespace autarky::answers {

struct DesignQuestion {
    std::vector<std::string> workload;
    std::vector<int> node;
    std::vector<std::string> process;
    std::string date;
    std::optional<compute::NumberFormat> precision;
    std::optional<compute::Precision> activations;
    std::optional<double> deadline, rate;
    std::vector<std::string> dimension;
    int rows = 25;
};
constexpr auto describe(Type<DesignQuestion> /*type*/) {
    using Q = DesignQuestion;
    constexpr double most_rows = 1e6;
    return fields(
        asked("workload", &Q::workload, "Workloads of the catalogue, ready networks, layer tables, ONNX models")
            .positional("WORKLOAD")
            .required(),
        asked("node", &Q::node, unit_named("nm"), "Process generations to try").otherwise("7, 5, 3, 2"),
        asked("process", &Q::process, "Process of the catalogue that prices each generation").as("NAME").needs("node"),
        asked("date", &Q::date, "Date of prices, defect densities and export rules")
            .as("DATE")
            .otherwise("2027Q1, or when the process starts to learn; the last change of the rules"),
        asked("precision", &Q::precision,
              "Number format of weights instead of the workloads', and of activations but for blocks: int4 to fp32, "
              "mxfp8, "
              "mxfp6, mxfp4, mxint8, nvfp4, or ggml's, q8_0 to q2_k and iq4_nl, iq4_xs")
            .as("FORMAT"),
        asked("activations", &Q::activations, "Number format of activations and multiply-adds")
            .otherwise("that of the weights; 8 bits for blocks"),
        asked("deadline", &Q::deadline, "ms"_u, "Deadline instead of the workloads'", Range::positive),
        asked("rate", &Q::rate, "Hz"_u, "Inferences a second instead of the workloads'", Range::positive),
        dimension_field(&Q::dimension),
        asked("rows", &Q::rows, "1"_u, "Rows of the table").from_to(1, most_rows).in_text_only());
}

/// What export rules see in a design, and what holds of it for deliveries to China.
struct DesignClass {
    double tpp = 0.0;
    std::optional<double> density; ///< none: planar node
    std::string for_data_centres, for_other_use;
};

struct DesignAnswer {
    design::Exploration exploration;
    int rows = 25;
    std::vector<std::string> reservations{}; ///< what of the networks is not counted, what was chosen for the reader
    bool is_whole = true;                    ///< every learned value is counted: deadlines can be judged
    std::string rules_date{}, destination{};
    std::vector<DesignClass> classes{}; ///< of the points of the front, in their order
};

DesignAnswer design(const Catalogue& catalogue, const DesignQuestion& question, const Watch& watch = {});
std::string text(const DesignAnswer& answer, const show::Page& page);
Standing standing(const DesignAnswer& answer);
/// The front: unit cost against latency.
std::string picture(const DesignAnswer& answer);

extern const Entry design_entry;

} // namespace autarky::answers
