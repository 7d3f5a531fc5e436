// autarky: a chip under its workloads.
// SPDX-License-Identifier: Apache-2.0
#include "design/chip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "compute/mapping/usage.hpp"
#include "compute/network/networks.hpp"
#include "core/refuse.hpp"
#include "scenario/workload_network.hpp"

namespace autarky::design {
namespace {

using compute::Accelerator;

JobResult put_on(const ChipEntry& entry, const Accelerator<double>& chip, const Job& job) {
    JobResult result{.job = job};
    const auto wanted = job.multiplied_in();
    const auto blocks = job.stored_as();
    const auto precision = compute::runnable_precision(chip, wanted);
    if (!precision)
        refuse({entry.file, 0, 0, 1}, "E0405",
               fmt::format("chip '{}' lacks {} and every wider format for '{}'", entry.name,
                           compute::precision_names[static_cast<std::size_t>(wanted)], job.name),
               "give it a rate_... or take another precision");
    result.precision = *precision;
    check_chip(entry, chip, *precision);
    result.machine = compute::machine_of(chip, *precision, blocks);
    result.time = compute::network_time(result.machine, job.network);
    result.energy = compute::network_energy(chip, *precision, result.time);
    result.work = compute::chip_work(chip, job.network, *precision, job.workload.rate.in("Hz"_u),
                                     job.workload.deadline.in("s"_u), blocks);
    result.use = compute::use_case_of(job.name, job.workload, result.machine, job.network, result.time);
    return result;
}

Band band_of(std::vector<double> values) {
    if (values.empty()) return {};
    std::ranges::sort(values);
    const auto at = [&values](double share) {
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };
    return {at(0.05), at(0.5), at(0.95)};
}

using Rows = std::vector<std::size_t>;
using Cases = std::vector<compute::UseCase<double>>;

double copies_of(const ChipReport& report, const Rows& rows) {
    double most = 1.0;
    for (const std::size_t row : rows)
        most = std::max(most, report.jobs[row].job.workload.copies);
    return most;
}

Cases cases_of(const ChipReport& report, const Rows& rows) {
    Cases cases;
    for (const std::size_t row : rows)
        cases.push_back(report.jobs[row].use);
    return cases;
}

compute::Schedule schedule_of(const ChipReport& report, const Rows& rows) {
    std::vector<compute::Share> shares;
    for (const std::size_t row : rows) {
        const auto& job = report.jobs[row];
        shares.push_back({job.time.seconds, job.job.workload.rate.in("Hz"_u), job.job.workload.deadline.in("s"_u)});
    }
    return compute::time_sharing(shares);
}

Power<double> mean_power_of(const ChipReport& report, const Rows& rows) {
    Power<double> power{};
    double load = 0.0;
    for (const std::size_t row : rows) {
        const auto& job = report.jobs[row];
        power += (job.energy.total - job.energy.idle) * job.job.workload.rate;
        load += job.work.load;
    }
    return power / std::max(1.0, load) + report.chip.idle_power; // what is beyond one chip, others do
}

/// Bands of area and unused shares: the areas are drawn, the use is that of the medians.
void add_bands(ChipReport& report, const ChipEntry& entry, const Rows& all, std::size_t n) {
    std::vector<double> areas, shares;
    std::vector<std::vector<double>> own(report.customers.size());
    const auto cases = cases_of(report, all);
    for (std::size_t i = 0; i < n; ++i) {
        const auto blocks = compute::block_areas(entry.draw(i));
        areas.push_back(compute::sum_of_areas(blocks).in("mm^2"_u));
        shares.push_back(compute::ledger(blocks, cases).never_used_share());
        for (std::size_t c = 0; c < own.size(); ++c)
            own[c].push_back(compute::ledger(blocks, cases_of(report, report.customers[c].jobs)).never_used_share());
    }
    report.area_mm2 = band_of(std::move(areas));
    report.never_used_share = band_of(std::move(shares));
    for (std::size_t c = 0; c < own.size(); ++c)
        report.customers[c].never_used_share = band_of(std::move(own[c]));
}

/// What the dark area costs: of the chip under all its workloads, and of each customer.
void add_costs(ChipReport& report, const DieCosting& costing) {
    const auto cost = [&costing](const Area<double>& area) { return costing.of_area(area); };
    report.die_cost = cost(report.area);
    report.cost_of_dark = compute::cost_of_dark(report.area, report.ledger.total.never_used, cost);
    for (std::size_t c = 0; c < report.customers.size(); ++c) {
        auto& customer = report.customers[c];
        const auto never_used = report.shared.never_used[c];
        customer.cost_of_dark = compute::cost_of_dark(report.area, never_used, cost);
        customer.cost_of_generality =
            compute::generality_cost(report.area, report.shared.never_used_by_all, never_used, cost);
    }
}

/// Each customer's schedule and ledger, and what they have in common.
void add_customers(ChipReport& report, const std::vector<Rows>& asked) {
    auto groups = asked;
    report.customers_were_named = !asked.empty();
    for (std::size_t job = 0; asked.empty() && job < report.jobs.size(); ++job)
        groups.push_back({job});
    std::vector<compute::Ledger<double>> ledgers;
    for (const auto& group : groups) {
        auto& customer = report.customers.emplace_back();
        customer.jobs = group;
        for (const std::size_t job : group)
            customer.name += (customer.name.empty() ? "" : " + ") + report.jobs[job].job.name;
        customer.schedule = schedule_of(report, group);
        customer.mean_power = mean_power_of(report, group);
        customer.ledger = compute::ledger<double>(report.blocks, cases_of(report, group), copies_of(report, group));
        ledgers.push_back(customer.ledger);
    }
    report.shared = compute::shared_ledger(ledgers);
}

} // namespace

Area<double> unattributed(const ChipReport& report) {
    return report.blocks.empty() ? Area<double>{} : report.blocks.back().area; // the last one by its contract
}

void check_chip(const ChipEntry& chip, const Accelerator<double>& median, compute::Precision precision) {
    if (auto error = compute::accelerator_error(median, precision); !error.empty())
        refuse({chip.file, 0, 0, 1}, "E0405", fmt::format("chip '{}': {}", chip.name, error));
}

Job bare_job(std::string name, compute::Network network) {
    Job job{std::move(name), std::move(network), {}};
    job.workload.title = job.name;
    job.workload.network = job.network.name;
    job.workload.rate = quantity(1.0, "Hz"_u);
    job.workload.deadline = quantity(1e6, "s"_u);
    job.workload.copies = job.workload.time = 1.0;
    return job;
}

Job load_job(const std::string& name, const std::string& data_folder) {
    std::string why;
    if (auto network = compute::ready_network(name, &why)) {
        auto job = bare_job(name, std::move(*network));
        const bool is_regnet = job.network.name.starts_with("regnet-");
        if (const auto found = workload_of_network(is_regnet ? "regnet-y-8gf" : job.network.name, data_folder)) {
            const auto like = found->median();
            job.workload.precision = like.precision;
            job.workload.rate = like.rate;
            job.workload.deadline = like.deadline;
            job.workload.copies = like.copies;
            job.workload.time = like.time;
        }
        return job;
    }
    if (name.find(':') != std::string::npos && name.find(".toml") == std::string::npos)
        refuse({}, "E0304", why, "see autarky workload");
    if (name.find(".toml") == std::string::npos && !is_workload(name, data_folder)) {
        auto known = workload_names(data_folder);
        for (auto& ready : compute::ready_network_names())
            known.push_back(std::move(ready));
        auto hint = did_you_mean(name, {known.begin(), known.end()});
        if (hint.empty()) hint = "'autarky workload' lists them";
        refuse({}, "E0304", fmt::format("there is no workload or ready network '{}'", name), std::move(hint));
    }
    const auto entry = load_workload(name, data_folder);
    const auto path = fmt::format("workload.{}", entry.name);
    const auto folder = std::filesystem::path(entry.file).parent_path();
    const Origin at{entry.file, 0, 0, 1};
    InputError findings;
    auto network = scenario::find_network(
        {path, entry.entity.network, entry.entity.dimensions, folder.empty() ? "." : folder.string(), at, at},
        findings.diagnostics);
    if (!network) throw std::move(findings);
    return {entry.name, std::move(*network), entry.median()};
}

ChipReport chip_report(const ChipEntry& entry, const std::vector<Job>& jobs, const std::optional<DieCosting>& costing,
                       std::size_t n_draws, const std::vector<std::vector<std::size_t>>& customers) {
    ChipReport report;
    report.name = entry.name;
    report.chip = entry.median();
    check_chip(entry, report.chip, report.chip.precision);
    report.blocks = compute::block_areas(report.chip);
    report.area = compute::sum_of_areas(report.blocks);
    Rows all;
    for (const auto& job : jobs) {
        all.push_back(report.jobs.size());
        report.jobs.push_back(put_on(entry, report.chip, job));
    }
    report.mean_power = mean_power_of(report, all);
    report.schedule = schedule_of(report, all);
    report.ledger = compute::ledger(report.blocks, cases_of(report, all), copies_of(report, all));
    add_customers(report, customers);
    add_bands(report, entry, all, n_draws);
    for (const auto& job : report.jobs) {
        // all arrays at work all the time, at the energy that this job takes for an operation
        const auto full = (job.energy.total - job.energy.idle) / quantity(std::max(job.time.arrays_s, 1e-12), "s"_u);
        report.power_dark = std::max(report.power_dark, compute::power_dark_share(report.chip.power, full));
    }
    report.costing = costing;
    if (costing) add_costs(report, *costing);
    return report;
}

} // namespace autarky::design
