// autarky: chips and workloads of the catalogue, or of a file, ready for the work that is no formula.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compute/chip/accelerator.hpp"
#include "compute/chip/workload.hpp"
#include "core/describe.hpp"
#include "input/inputs.hpp"

namespace autarky::design {

/// A row of catalogue/accelerators or catalogue/workloads with the inputs that its numbers are.
template <template <class> class E> struct CatalogueEntry {
    std::string name, file;
    E<Uncertain> entity;
    Inputs inputs;

    /// The entity where every uncertain number is at its median.
    [[nodiscard]] E<double> median() const;
    /// The entity of one draw; the same index, the same draw.
    [[nodiscard]] E<double> draw(std::uint64_t index) const;
};
using ChipEntry = CatalogueEntry<compute::Accelerator>;
using WorkloadEntry = CatalogueEntry<compute::Workload>;

/// Names in the catalogue, sorted.
std::vector<std::string> chip_names(const std::string& data_folder = {});
std::vector<std::string> workload_names(const std::string& data_folder = {});
/// The first workload of the catalogue that runs this ready network, if there is one.
std::optional<WorkloadEntry> workload_of_network(const std::string& network, const std::string& data_folder = {});
/// Whether the catalogue has a workload of that name.
bool is_workload(const std::string& name, const std::string& data_folder = {});

/// By name, or from a TOML file ("my.toml" with one row, "my.toml:name" with several). Hyphens and underscores are the
/// same. Throws InputError when there is none or the file has findings.
ChipEntry load_chip(const std::string& name, const std::string& data_folder = {});
WorkloadEntry load_workload(const std::string& name, const std::string& data_folder = {});

} // namespace autarky::design
