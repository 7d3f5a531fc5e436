// autarky: networks that a question names: of the catalogue, ready ones, layer tables, ONNX models.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answers/catalogue.hpp"
#include "answers/watch.hpp"
#include "compute/network/layer_table.hpp"
#include "compute/network/network.hpp"
#include "compute/onnx/onnx_reader.hpp"
#include "core/describe_plain.hpp"
#include "design/chip.hpp"

namespace autarky::answers {

/// The field of open dimensions, for questions that read networks; its member is a list "name=size".
template <class Q> constexpr auto dimension_field(std::vector<std::string> Q::* member) {
    return asked("dimension", member,
                 "Size of a dimension that an ONNX model leaves open, by its name or as INPUT[INDEX]")
        .as("NAME=SIZE");
}
/// Number formats instead of those of the workloads.
struct FormatsAsked {
    std::optional<compute::NumberFormat> precision{};
    std::optional<compute::Precision> activations{};

    void set(design::Job& job) const;
};
/// "weights in q4_k, 4.5 bits each with their scales; activations and multiply-adds in int8"; empty: all in one format.
std::string formats_text(const design::Job& job, compute::Precision runs_in);
/// Number and scales of one learned value as it is stored, in bits.
double weight_bits(const design::Job& job, compute::Precision runs_in);

/// What of a network is not counted, what was chosen for the reader.
std::vector<std::string> remarks_of(const compute::Network& network);

/// Reads the networks of one question. A size without effect is a mistake: see finish.
class NetworkReader {
public:
    NetworkReader(const Catalogue& catalogue, const std::vector<std::string>& dimensions);

    /// The text names a file: it ends in .csv or .onnx, or such a file is there.
    [[nodiscard]] static bool is_file(const std::string& text);
    /// A layer table or an ONNX model. Throws InputError with all findings.
    compute::Network file(const std::string& name, std::string_view field,
                          compute::Depthwise depthwise = compute::Depthwise::one_layer);
    /// A file as a bare job, else a workload or a ready network.
    design::Job job(const std::string& name, std::string_view field);
    /// Throws InputError for the first size that no model had; hands on what the files were warned of.
    void finish(const Watch& watch) const;

private:
    const Catalogue& catalogue_;
    compute::OpenDimensions sizes_;
    compute::UsedDimensions used_;
    Diagnostics warnings_;
};

} // namespace autarky::answers
