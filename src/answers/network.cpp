// autarky: reads networks for questions.
// SPDX-License-Identifier: Apache-2.0
#include "answers/network.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "answers/quantity.hpp"
#include "compute/network/network_file.hpp"
#include "core/refuse.hpp"

namespace autarky::answers {

void FormatsAsked::set(design::Job& job) const {
    if (precision) job.workload.precision = *precision;
    if (activations) job.activations = activations;
}

std::vector<std::string> remarks_of(const compute::Network& network) {
    std::vector<std::string> out;
    if (auto left_out = compute::uncounted_text(network); !left_out.empty()) out.push_back(std::move(left_out));
    out.insert(out.end(), network.remarks.begin(), network.remarks.end());
    return out;
}

double weight_bits(const design::Job& job, compute::Precision runs_in) {
    const auto blocks = job.stored_as();
    return blocks.is_given() ? blocks.bits_a_value() : static_cast<double>(compute::precision_bits(runs_in));
}

std::string formats_text(const design::Job& job, compute::Precision runs_in) {
    const auto blocks = job.stored_as();
    if (!blocks.is_given()) return {};
    constexpr compute::Count largest_plain = 2;
    return fmt::format("weights in {}, {:.6g} bits each{}; activations and multiply-adds in {}",
                       compute::format_name(job.workload.precision), blocks.bits_a_value(),
                       blocks.values > largest_plain ? " with their scales" : "",
                       compute::precision_names[static_cast<std::size_t>(runs_in)]);
}

NetworkReader::NetworkReader(const Catalogue& catalogue, const std::vector<std::string>& dimensions)
    : catalogue_(catalogue) {
    for (const auto& text : dimensions) {
        const auto equals = text.find('=');
        Diagnostics ignored;
        const auto size = equals == std::string::npos || equals == 0
                              ? std::nullopt
                              : whole_from(text.substr(equals + 1), "dimension", ignored);
        if (!size || *size < 0) // 0: there is no past
            refuse_field("dimension", "E0504", fmt::format("'{}' is no NAME=SIZE", text), "e.g. sequence=128");
        sizes_[text.substr(0, equals)] = *size;
    }
}

bool NetworkReader::is_file(const std::string& text) {
    if (text.ends_with(".csv") || text.ends_with(".onnx")) return true;
    std::error_code none;
    return std::filesystem::is_regular_file(text, none);
}

compute::Network NetworkReader::file(const std::string& name, std::string_view field, compute::Depthwise depthwise) {
    constexpr std::size_t largest = std::size_t{2} << 30U;
    const auto content = file_text(name, field, largest);
    Diagnostics findings;
    auto network = compute::read_network(content, name, findings, depthwise, sizes_, &used_);
    if (findings.has_errors()) throw InputError{std::move(findings)};
    warnings_.merge(findings);
    return network;
}

design::Job NetworkReader::job(const std::string& name, std::string_view field) {
    return is_file(name) ? design::bare_job(name, file(name, field)) : design::load_job(name, catalogue_.folder_text());
}

void NetworkReader::finish(const Watch& watch) const {
    for (const auto& [name, size] : sizes_)
        if (!used_.contains(name))
            refuse_field("dimension", "E0504", fmt::format("no ONNX model here has an open dimension '{}'", name),
                         "the name in the model, or INPUT[INDEX] of a dimension that it leaves open");
    watch.settle(warnings_);
}

} // namespace autarky::answers
