// autarky: the results of the command `chip` as JSON.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "autarky/chip_text.hpp"

namespace autarky::cli {
namespace {

using namespace compute;
using Json = nlohmann::ordered_json;

double mm2(const Area<double>& area) { return area.in("mm^2"_u); }
std::string precision_name(Precision p) { return std::string(precision_names[static_cast<std::size_t>(p)]); }

Json band_json(const design::Band& band) { return {{"p5", band.low}, {"p50", band.middle}, {"p95", band.high}}; }

/// A ready network has no deadline to speak of.
Json deadline_json(const Workload<double>& workload) {
    const double ms = workload.deadline.in("ms"_u);
    return ms < 1e8 ? Json(ms) : Json(nullptr);
}

Json parts_json(const Parts<double>& p) {
    return {{"never_used_mm2", mm2(p.never_used)},
            {"over_provisioned_mm2", mm2(p.over_provisioned)},
            {"duty_idle_mm2", mm2(p.duty_idle)},
            {"useful_mm2", mm2(p.useful)}};
}

Json layers_json(const design::JobResult& job) {
    Json layers = Json::array();
    for (std::size_t i = 0; i < job.time.layers.size(); ++i) {
        const auto& layer = job.job.network.layers[i];
        const auto& t = job.time.layers[i];
        const double peak = t.seconds * job.machine.macs_per_s();
        layers.push_back({{"name", layer.name},
                          {"operator", std::string(operator_name(layer.shape))},
                          {"macs", t.macs},
                          {"cycles", t.cycles},
                          {"seconds", t.seconds},
                          {"utilisation", peak > 0.0 ? static_cast<double>(t.macs) / peak : 0.0},
                          {"dram_read_bytes", t.dram_read},
                          {"dram_written_bytes", t.dram_written},
                          {"stall_seconds", t.stall_s},
                          {"double_buffered", t.double_buffered},
                          {"bound", std::string(bound_name(t.bound))}});
    }
    return layers;
}

Json job_json(const design::JobResult& job, double worst_latency_s) {
    const auto& e = job.energy;
    return {{"name", job.job.name},
            {"network", job.job.network.name},
            {"precision", precision_name(job.precision)},
            {"macs", job.time.macs},
            {"parameters", parameters(job.job.network)},
            {"latency_ms", job.time.seconds * 1e3},
            {"worst_latency_ms", worst_latency_s * 1e3},
            {"deadline_ms", deadline_json(job.job.workload)},
            {"rate_hz", job.job.workload.rate.in("Hz"_u)},
            {"meets_deadline", job.work.meets_deadline},
            {"load", job.work.load},
            {"chips", job.work.chips},
            {"whole_chips", job.work.whole_chips},
            {"copies", job.job.workload.copies},
            {"chips_with_copies", job.work.whole_chips * job.job.workload.copies},
            {"utilisation", job.time.utilisation(job.machine)},
            {"weights_resident", job.time.weights_resident},
            {"dram_bytes", job.time.dram_bytes},
            {"energy_mj",
             {{"arrays", e.arrays.in("J"_u) * 1e3},
              {"buffers", e.buffers.in("J"_u) * 1e3},
              {"dram", e.dram.in("J"_u) * 1e3},
              {"vector", e.vector.in("J"_u) * 1e3},
              {"idle", e.idle.in("J"_u) * 1e3},
              {"total", e.total.in("J"_u) * 1e3}}},
            {"unsupported", job.job.network.unsupported},
            {"layers", layers_json(job)}};
}

Json ledger_json(const Ledger<double>& ledger, const design::Band& never_used_share, const Area<double>& unknown) {
    Json rows = Json::array();
    for (const auto& row : ledger.rows) {
        if (!(mm2(row.area) > 0.0)) continue;
        Json one{{"block", row.block},
                 {"role", std::string(role_name(row.role))},
                 {"reason", std::string(reason_names[static_cast<std::size_t>(row.reason)])},
                 {"area_mm2", mm2(row.area)},
                 {"u_peak", row.use.peak},
                 {"u_mean", row.use.mean}};
        one.update(parts_json(row.parts));
        rows.push_back(std::move(one));
    }
    Json by_reason;
    for (std::size_t i = 0; i < reason_names.size(); ++i)
        by_reason[std::string(reason_names[i])] = mm2(ledger.never_used_by_reason[i]);
    Json total = parts_json(ledger.total);
    total["area_mm2"] = mm2(ledger.area);
    total["unattributed_mm2"] = mm2(unknown);
    total["never_used_share"] = ledger.never_used_share();
    total["idle_share"] = ledger.idle_share();
    total["redundant_useful_mm2"] = mm2(ledger.redundant_useful);
    return {{"blocks", std::move(rows)},
            {"total", std::move(total)},
            {"never_used_by_reason_mm2", std::move(by_reason)},
            {"never_used_share_band", band_json(never_used_share)}};
}

Json customer_json(const design::ChipReport& r, std::size_t i) {
    const auto& customer = r.customers[i];
    Json json{{"name", customer.name}, {"workloads", Json::array()}};
    for (const std::size_t job : customer.jobs)
        json["workloads"].push_back(r.jobs[job].job.name);
    json["load"] = customer.schedule.load;
    json["meets_deadlines"] = customer.schedule.meets_deadlines;
    json["mean_power_w"] = customer.mean_power.in("W"_u);
    json["never_used_mm2"] = mm2(r.shared.never_used[i]);
    json["generality_tax_mm2"] = mm2(r.shared.generality_tax[i]);
    if (r.costing) {
        json["dark_usd"] = customer.cost_of_dark.in("USD/die"_u);
        json["generality_tax_usd"] = customer.cost_of_generality.in("USD/die"_u);
    }
    json["ledger"] = ledger_json(customer.ledger, customer.never_used_share, design::unattributed(r));
    return json;
}

} // namespace

std::string chip_json(const design::ChipReport& r) {
    Json json{{"chip", r.name},
              {"title", r.chip.title},
              {"node_nm", r.chip.node},
              {"precision", precision_name(r.chip.precision)},
              {"dense_tops", dense_peak(r.chip, r.chip.precision).in("TOPS"_u)},
              {"die_area_mm2", mm2(die_area_of(r.chip))},
              {"block_area_mm2", mm2(r.area)},
              {"block_area_band_mm2", band_json(r.area_mm2)}};
    json["workloads"] = Json::array();
    for (std::size_t i = 0; i < r.jobs.size(); ++i)
        json["workloads"].push_back(job_json(r.jobs[i], r.schedule.worst_latency_s[i]));
    if (!r.jobs.empty()) {
        json["load"] = r.schedule.load;
        json["meets_deadlines"] = r.schedule.meets_deadlines;
        json["mean_power_w"] = r.mean_power.in("W"_u);
        json["power_dark_share"] = r.power_dark;
        json["ledger"] = ledger_json(r.ledger, r.never_used_share, design::unattributed(r));
        json["customers"] = {{"never_used_by_all_mm2", mm2(r.shared.never_used_by_all)}, {"each", Json::array()}};
        for (std::size_t i = 0; i < r.customers.size(); ++i)
            json["customers"]["each"].push_back(customer_json(r, i));
    } else {
        json["blocks"] = Json::array();
        for (const auto& b : r.blocks)
            if (mm2(b.area) > 0.0)
                json["blocks"].push_back({{"block", b.name},
                                          {"role", std::string(role_name(b.role))},
                                          {"area_mm2", mm2(b.area)},
                                          {"exposed", b.exposed}});
    }
    if (r.costing)
        json["cost"] = {{"process", r.costing->process},
                        {"die_usd", r.die_cost.in("USD/die"_u)},
                        {"dark_usd", r.cost_of_dark.in("USD/die"_u)}};
    return json.dump(2) + "\n";
}

} // namespace autarky::cli
