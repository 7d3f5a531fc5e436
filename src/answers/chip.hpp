// autarky: "which transistors does a workload use?": a chip of the catalogue under workloads, or one bare array.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "answers/entry.hpp"
#include "answers/export_computed.hpp"
#include "answers/network.hpp"
#include "compute/mapping/array_config.hpp"

namespace autarky::compute {

constexpr std::array<std::string_view, 2> choices(Type<Counting> /*type*/) { return {"exact", "scalesim"}; }

} // namespace autarky::compute

namespace autarky::answers {

struct ChipQuestion {
    std::string chip;
    std::vector<std::string> workload, customer;
    std::optional<compute::NumberFormat> precision;
    std::optional<compute::Precision> activations;
    bool per_layer = false;
    std::string process, date, array, layers;
    std::optional<compute::Dataflow> dataflow;
    compute::Counting as = compute::Counting::exact;
    std::vector<std::string> dimension;
};
constexpr auto describe(Type<ChipQuestion> /*type*/) {
    using Q = ChipQuestion;
    return fields(
        asked("chip", &Q::chip, "Chip of the catalogue, or a TOML file with one")
            .positional("CHIP")
            .otherwise("what there is is listed"),
        asked("workload", &Q::workload,
              "Workload of the catalogue, ready network, layer table or ONNX model; several share the chip in turns")
            .as("NAME")
            .needs("chip"),
        asked("customer", &Q::customer,
              "Workloads of one buyer of the chip; several buyers: what none uses, and the generality tax of each")
            .as("NAME,NAME")
            .needs("chip"),
        asked("precision", &Q::precision,
              "Number format of weights instead of the workload's, and of activations but for blocks: int4 to fp32, "
              "mxfp8, "
              "mxfp6, mxfp4, mxint8, nvfp4, or ggml's, q8_0 to q2_k and iq4_nl, iq4_xs")
            .as("FORMAT")
            .needs("workload", "customer", "layers"),
        asked("activations", &Q::activations, "Number format of activations and multiply-adds")
            .otherwise("that of the weights; 8 bits for blocks")
            .needs("workload", "customer", "layers"),
        asked("per_layer", &Q::per_layer, "Also a table of all layers")
            .in_text_only()
            .needs("workload", "customer", "layers"),
        asked("process", &Q::process, "Process whose wafers price the die")
            .as("NAME")
            .otherwise("that of its generation")
            .needs("chip"),
        asked("date", &Q::date, "Date of price, defect density and export rules")
            .as("DATE")
            .otherwise("2027Q1, or when the process starts to learn; the last change of the rules")
            .needs("chip"),
        asked("array", &Q::array,
              "One bare array of so many rows and columns, or a configuration of SCALE-Sim (.cfg) with its dataflow "
              "and buffers")
            .as("RxC|FILE")
            .needs("layers"),
        asked("dataflow", &Q::dataflow, "What stays in the array: outputs, weights, inputs").needs("array"),
        asked("layers", &Q::layers, "Layer table, topology of SCALE-Sim, ONNX model or ready network")
            .as("FILE")
            .needs("chip", "array"),
        asked("as", &Q::as, "Count as SCALE-Sim prints it, its known defects included").needs("array"),
        dimension_field(&Q::dimension).needs("workload", "customer", "layers"));
}

/// A network on a bare array.
struct ArrayFindings {
    compute::Array array;
    compute::Counting counting = compute::Counting::exact;
    compute::Network network;
    compute::NetworkRun run;
    std::optional<compute::ArrayBuffers> buffers{}; ///< as a configuration gives them
    std::vector<std::string> config_remarks{};      ///< what of it is not used

    /// What is not counted, not used, or was chosen for the reader.
    [[nodiscard]] std::vector<std::string> remarks() const;
    /// Of one layer; none without buffers.
    [[nodiscard]] std::optional<compute::ArrayTraffic> traffic(std::size_t layer) const;
};

struct ChipAnswer {
    std::optional<design::ChipReport> report;
    std::optional<ComputedExport> licence; ///< export class of the chip
    std::optional<ArrayFindings> array;
    std::vector<std::string> chips; ///< of the catalogue, when neither was named
    bool per_layer = false;
};

ChipAnswer chip(const Catalogue& catalogue, const ChipQuestion& question, const Watch& watch = {});
std::string text(const ChipAnswer& answer, const show::Page& page);

/// What of a job's network is not counted, how its weights are stored, what was chosen for the reader.
std::vector<std::string> remarks_of(const design::JobResult& job);
/// Whether deadlines are kept; none where they seem to be but learned values of a network are not counted.
std::optional<bool> judged(bool kept, std::span<const design::JobResult> jobs);

/// Parts of the text.
std::string array_text(const ArrayFindings& found, const show::Page& page);
std::string report_text(const design::ChipReport& report, bool per_layer, const show::Page& page);

extern const Entry chip_entry;

} // namespace autarky::answers
