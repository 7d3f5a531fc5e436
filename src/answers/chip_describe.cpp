// autarky: views of a chip report for its description.
// SPDX-License-Identifier: Apache-2.0
#include "answers/chip_describe.hpp"

#include <algorithm>

namespace autarky::answers {

std::vector<std::string> ArrayFindings::remarks() const {
    auto out = remarks_of(network);
    out.insert(out.end(), config_remarks.begin(), config_remarks.end());
    return out;
}

std::optional<compute::ArrayTraffic> ArrayFindings::traffic(std::size_t layer) const {
    if (!buffers) return std::nullopt;
    return compute::array_traffic(array, *buffers, network.layers[layer]);
}

std::vector<ArrayRunView> layers_of(const ArrayFindings& found) {
    std::vector<ArrayRunView> out;
    for (std::size_t i = 0; i < found.network.layers.size(); ++i)
        out.push_back({found.network.layers[i].name, &found.run.layers[i], &found.array, found.traffic(i)});
    return out;
}

std::vector<std::string> remarks_of(const design::JobResult& job) {
    auto out = remarks_of(job.job.network);
    if (auto formats = formats_text(job.job, job.precision); !formats.empty()) out.push_back(std::move(formats));
    return out;
}

std::optional<bool> judged(bool kept, std::span<const design::JobResult> jobs) {
    const bool whole =
        std::ranges::all_of(jobs, [](const design::JobResult& job) { return compute::is_whole(job.job.network); });
    return !kept || whole ? std::optional(kept) : std::nullopt;
}

double LayerTimeView::utilisation() const {
    const double peak = time().seconds * job->machine.macs_per_s();
    return peak > 0.0 ? static_cast<double>(time().macs) / peak : 0.0;
}

std::optional<double> ChipJobView::deadline_ms() const {
    constexpr double no_deadline = 1e8; // a ready network has none to speak of
    const double ms = job().job.workload.deadline.in("ms"_u);
    return ms < no_deadline ? std::optional(ms) : std::nullopt;
}

std::vector<LayerTimeView> ChipJobView::layers() const {
    std::vector<LayerTimeView> out;
    for (std::size_t i = 0; i < job().time.layers.size(); ++i)
        out.push_back({&job(), i});
    return out;
}

std::vector<LedgerRowView> LedgerView::rows() const {
    std::vector<LedgerRowView> out;
    for (const auto& row : ledger->rows)
        if (mm2(row.area) > 0.0) out.push_back({&row});
    return out;
}

std::vector<std::pair<std::string_view, double>> LedgerView::by_reason() const {
    std::vector<std::pair<std::string_view, double>> out;
    for (std::size_t i = 0; i < compute::reason_names.size(); ++i)
        out.emplace_back(compute::reason_names[i], mm2(ledger->never_used_by_reason[i]));
    return out;
}

std::vector<std::string_view> CustomerView::workloads() const {
    std::vector<std::string_view> out;
    for (const std::size_t job : customer().jobs)
        out.emplace_back(report->jobs[job].job.name);
    return out;
}

std::vector<CustomerView> CustomersView::each() const {
    std::vector<CustomerView> out;
    for (std::size_t i = 0; i < report->customers.size(); ++i)
        out.push_back({report, i});
    return out;
}

std::vector<ChipJobView> ReportView::jobs() const {
    std::vector<ChipJobView> out;
    for (std::size_t i = 0; i < r->jobs.size(); ++i)
        out.push_back({r, i});
    return out;
}

std::vector<BlockView> ReportView::blocks() const {
    std::vector<BlockView> out;
    if (has_jobs()) return out;
    for (const auto& block : r->blocks)
        if (mm2(block.area) > 0.0) out.push_back({&block});
    return out;
}

} // namespace autarky::answers
