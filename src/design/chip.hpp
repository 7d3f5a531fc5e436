// autarky: a chip under its workloads: times, energy, ledger of unused silicon and what that costs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compute/chip/energy.hpp"
#include "compute/chip/ledger.hpp"
#include "compute/mapping/equivalence.hpp"
#include "compute/mapping/performance.hpp"
#include "compute/network/network.hpp"
#include "design/cost.hpp"
#include "design/inputs.hpp"

namespace autarky::design {

/// A workload to put on a chip.
struct Job {
    std::string name;
    compute::Network network;
    compute::Workload<double> workload{};
    std::optional<compute::Precision> activations{}; ///< where they are no usual ones of the weights' format

    /// Number format of activations and multiply-adds.
    [[nodiscard]] compute::Precision multiplied_in() const {
        return activations.value_or(compute::usual_precision(workload.precision));
    }
    /// How its learned values lie in memory; not given where they lie as they are multiplied.
    [[nodiscard]] compute::BlockFormat stored_as() const {
        return compute::stored_as(workload.precision, multiplied_in());
    }
};
/// A network of a file: int8, one inference a second, without a deadline to speak of.
Job bare_job(std::string name, compute::Network network);
/// A workload of the catalogue, or a ready network by its name with precision, rate, deadline and copies of the first
/// workload that runs it (any RegNet: of the one that runs a RegNet). Throws InputError when it is neither.
Job load_job(const std::string& name, const std::string& data_folder = {});

struct JobResult {
    Job job;
    compute::Precision precision = compute::Precision::int8; ///< in which the chip runs it
    compute::Machine machine{};
    compute::NetworkTime time{};
    compute::NetworkEnergy<double> energy{};
    compute::ChipWork work{};
    compute::UseCase<double> use{};
};

/// 5 %, 50 % and 95 % of draws.
struct Band {
    double low = 0.0, middle = 0.0, high = 0.0;
};

/// A buyer of the chip with workloads of its own, which share one chip in turns.
struct Customer {
    std::string name;
    std::vector<std::size_t> jobs; ///< rows of ChipReport::jobs
    compute::Schedule schedule{};
    compute::Ledger<double> ledger{}; ///< the whole chip under this buyer's workloads alone
    Band never_used_share;            ///< over draws of the chip's inputs
    Power<double> mean_power{};       ///< its workloads together while they are on
    DieCost<double> cost_of_dark{}, cost_of_generality{};
};

struct ChipReport {
    std::string name;
    compute::Accelerator<double> chip{}; ///< at the medians of its inputs
    std::vector<compute::BlockArea<double>> blocks;
    Area<double> area{};             ///< sum of the blocks
    Band area_mm2, never_used_share; ///< over draws of the chip's inputs
    std::vector<JobResult> jobs;
    compute::Schedule schedule{};
    compute::Ledger<double> ledger{};
    std::vector<Customer> customers; ///< as asked for; else each job is one
    bool customers_were_named = false;
    compute::Shared<double> shared{}; ///< what no customer uses, and what each leaves beyond that
    Power<double> mean_power{};       ///< all jobs together while they are on, as one customer's
    double power_dark = 0.0;          ///< share of the area that the design power cannot switch at full load
    std::optional<DieCosting> costing;
    DieCost<double> die_cost{}, cost_of_dark{};
};

/// Domain: the chip is sound for its own precision. Throws InputError when it has no number format for a job.
/// `n_draws` draws of the chip's inputs give the bands. `customers`: rows of `jobs` by customer; empty: a job each.
ChipReport chip_report(const ChipEntry& chip, const std::vector<Job>& jobs, const std::optional<DieCosting>& costing,
                       std::size_t n_draws = 200, const std::vector<std::vector<std::size_t>>& customers = {});

/// Area that no block of the description explains; the ledger has it under never used.
Area<double> unattributed(const ChipReport& report);

/// Throws InputError with the sentence of accelerator_error, if there is one.
void check_chip(const ChipEntry& chip, const compute::Accelerator<double>& median, compute::Precision precision);

} // namespace autarky::design
