// autarky: the options of `autarky grid` and what its actions share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "autarky/exit.hpp"
#include "core/diagnostics.hpp"
#include "grid/street/street_catalogue.hpp"

namespace autarky::cli {

struct GridOptions {
    std::string action;
    std::vector<std::string> targets;
    bool json = false;
    std::string svg; ///< file for a picture
    // flow
    std::string batch, method = "newton_raphson", taps = "any", initial = "automatic", currents = "largest";
    bool symmetric = false, asymmetric = false, summary = false;
    double tolerance = 1e-8, frequency_hz = 50.0;
    int max_iterations = 20, threads = 1;
    // age
    std::string model = "iec60076-7", load, spec, paper, start, gaps, between, stamps, column;
    std::optional<double> power_factor, ambient;
    bool daylight_saving = false;
};

/// What a file holds; "-" is standard input. Throws FileError.
std::string grid_text_of(const std::string& file);
/// Path of a file of the catalogue's folder grid/, or empty.
std::string grid_catalogue_file(const std::string& name);
/// catalogue/grid/streets.toml. Throws InputError.
grid::StreetCatalogue grid_streets();
/// Prints warnings on standard error; throws InputError when there are errors.
void grid_settle(const Diagnostics& findings);
/// Refuses values outside [low, high] in the words of the command line.
void grid_check_range(const char* option, double value, double low, double high);

Exit grid_flow(const GridOptions& options);
Exit grid_fault(const GridOptions& options);
Exit grid_age(const GridOptions& options);

} // namespace autarky::cli
