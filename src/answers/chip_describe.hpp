// autarky: the parts of a chip's answer, as its JSON has them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "answers/array_describe.hpp"
#include "answers/chip.hpp"
#include "answers/chip_ledger_describe.hpp"

namespace autarky::answers {

inline constexpr const char* weights_left_out = "they seem kept, but weights of a network are not counted";
inline double usd(const DieCost<double>& cost) { return cost.in("USD/die"_u); }

struct LayerTimeView {
    const design::JobResult* job;
    std::size_t row;

    [[nodiscard]] const compute::LayerTime& time() const { return job->time.layers[row]; }
    [[nodiscard]] const compute::Layer& layer() const { return job->job.network.layers[row]; }
    [[nodiscard]] double utilisation() const;
};
constexpr auto describe(Type<LayerTimeView> /*type*/) {
    using L = LayerTimeView;
    return fields(
        item(
            "name", [](const L& l) -> std::string_view { return l.layer().name; }, "Name"),
        item(
            "operator", [](const L& l) { return compute::operator_name(l.layer().shape); }, "What it does"),
        item(
            "macs", [](const L& l) { return l.time().macs; }, "1"_u, "Multiplications with addition"),
        item(
            "cycles", [](const L& l) { return l.time().cycles; }, "1"_u, "Cycles of the arrays"),
        item(
            "seconds", [](const L& l) { return l.time().seconds; }, "s"_u, "Time"),
        item("utilisation", &L::utilisation, "1"_u, "Share of the arrays' peak"),
        item(
            "dram_read_bytes", [](const L& l) { return l.time().dram_read; }, "B"_u, "Read from memory"),
        item(
            "dram_written_bytes", [](const L& l) { return l.time().dram_written; }, "B"_u, "Written to memory"),
        item(
            "stall_seconds", [](const L& l) { return l.time().stall_s; }, "s"_u, "Waiting for memory"),
        item(
            "double_buffered", [](const L& l) { return l.time().double_buffered; }, "Loads hide behind work"),
        item("bound", [](const L& l) { return compute::bound_name(l.time().bound); }, "What limits it"));
}

struct EnergyView {
    const compute::NetworkEnergy<double>* energy;
};
constexpr auto describe(Type<EnergyView> /*type*/) {
    using E = EnergyView;
    return fields(
        item(
            "arrays", [](const E& e) { return e.energy->arrays.in("J"_u) * 1e3; }, unit_named("mJ"), "Arrays"),
        item(
            "buffers", [](const E& e) { return e.energy->buffers.in("J"_u) * 1e3; }, unit_named("mJ"), "Buffers"),
        item(
            "dram", [](const E& e) { return e.energy->dram.in("J"_u) * 1e3; }, unit_named("mJ"), "Memory"),
        item(
            "vector", [](const E& e) { return e.energy->vector.in("J"_u) * 1e3; }, unit_named("mJ"), "Vector units"),
        item(
            "idle", [](const E& e) { return e.energy->idle.in("J"_u) * 1e3; }, unit_named("mJ"),
            "Leakage and idle parts"),
        item("total", [](const E& e) { return e.energy->total.in("J"_u) * 1e3; }, unit_named("mJ"), "All of it"));
}

struct ChipJobView {
    const design::ChipReport* report;
    std::size_t row;

    [[nodiscard]] const design::JobResult& job() const { return report->jobs[row]; }
    [[nodiscard]] std::optional<double> deadline_ms() const;
    [[nodiscard]] std::vector<LayerTimeView> layers() const;
};
constexpr auto describe(Type<ChipJobView> /*type*/) {
    using J = ChipJobView;
    using V = std::string_view;
    return fields(
        item(
            "name", [](const J& j) -> V { return j.job().job.name; }, "Name"),
        item(
            "network", [](const J& j) -> V { return j.job().job.network.name; }, "Its network"),
        item(
            "precision", [](const J& j) { return j.job().precision; }, "Number format in which the chip runs it"),
        item(
            "macs", [](const J& j) { return j.job().time.macs; }, "1"_u, "Multiplications with addition"),
        item(
            "parameters", [](const J& j) { return compute::parameters(j.job().job.network); }, "1"_u, "Parameters"),
        item(
            "latency_ms", [](const J& j) { return j.job().time.seconds * 1e3; }, "ms"_u, "Time of one inference alone"),
        item(
            "worst_latency_ms", [](const J& j) { return j.report->schedule.worst_latency_s[j.row] * 1e3; }, "ms"_u,
            "The same when it waits for all others"),
        item("deadline_ms", &J::deadline_ms, "ms"_u, "Time that it has").null_if("it has no deadline"),
        item(
            "rate_hz", [](const J& j) { return j.job().job.workload.rate.in("Hz"_u); }, "Hz"_u, "Inferences a second"),
        item(
            "meets_deadline", [](const J& j) { return judged(j.job().work.meets_deadline, {&j.job(), 1}); },
            "It is in time when it is alone")
            .null_if(weights_left_out),
        item(
            "load", [](const J& j) { return j.job().work.load; }, "1"_u, "Share of the chip's time"),
        item(
            "chips", [](const J& j) { return j.job().work.chips; }, "chip"_u, "Chips that it takes")
            .null_if("no number of chips meets the deadline"),
        item(
            "whole_chips", [](const J& j) { return j.job().work.whole_chips; }, "chip"_u, "The same in whole chips"),
        item(
            "copies", [](const J& j) { return j.job().job.workload.copies; }, "1"_u, "Times over, for safety"),
        item(
            "chips_with_copies", [](const J& j) { return j.job().work.whole_chips * j.job().job.workload.copies; },
            "chip"_u, "Whole chips for all copies"),
        item(
            "utilisation", [](const J& j) { return j.job().time.utilisation(j.job().machine); }, "1"_u,
            "Share of the arrays' peak"),
        item(
            "weights_resident", [](const J& j) { return j.job().time.weights_resident; }, "Weights stay on the chip"),
        item(
            "dram_bytes", [](const J& j) { return j.job().time.dram_bytes; }, "B"_u, "Traffic of the memory"),
        item(
            "energy_mj", [](const J& j) { return EnergyView{&j.job().energy}; }, "Energy of one inference"),
        item(
            "weight_format",
            [](const J& j) {
                return j.job().machine.blocks.is_given()
                           ? compute::format_name(j.job().job.workload.precision)
                           : compute::precision_names[static_cast<std::size_t>(j.job().precision)];
            },
            "Number format in which its weights are stored"),
        item(
            "weight_bits", [](const J& j) { return weight_bits(j.job().job, j.job().precision); }, "bit"_u,
            "Of one weight, its share of the scales included"),
        item(
            "unsupported", [](const J& j) { return j.job().job.network.unsupported; }, "1"_u,
            "Operators that are not counted, and how often"),
        item(
            "remarks", [](const J& j) { return remarks_of(j.job()); },
            "What is not counted, what was chosen for the reader")
            .absent_if("there is nothing to say"),
        item("layers", &J::layers, "Its layers"));
}

struct CustomerView {
    const design::ChipReport* report;
    std::size_t row;

    [[nodiscard]] const design::Customer& customer() const { return report->customers[row]; }
    [[nodiscard]] std::vector<std::string_view> workloads() const;
};
constexpr auto describe(Type<CustomerView> /*type*/) {
    using C = CustomerView;
    return fields(
        item(
            "name", [](const C& c) -> std::string_view { return c.customer().name; }, "Name"),
        item("workloads", &C::workloads, "Its workloads"),
        item(
            "load", [](const C& c) { return c.customer().schedule.load; }, "1"_u, "Share of the chip's time"),
        item(
            "meets_deadlines", [](const C& c) { return judged(c.customer().schedule.meets_deadlines, c.report->jobs); },
            "All are in time")
            .null_if(weights_left_out),
        item(
            "mean_power_w", [](const C& c) { return c.customer().mean_power.in("W"_u); }, "W"_u, "Mean power while on"),
        item(
            "never_used_mm2", [](const C& c) { return mm2(c.report->shared.never_used[c.row]); }, "mm^2"_u,
            "What it never uses"),
        item(
            "generality_tax_mm2", [](const C& c) { return mm2(c.report->shared.generality_tax[c.row]); }, "mm^2"_u,
            "What it leaves dark beyond what all leave dark"),
        item(
            "dark_usd",
            [](const C& c) { return c.report->costing ? std::optional(usd(c.customer().cost_of_dark)) : std::nullopt; },
            "USD"_u, "Cost of what it never uses, a die")
            .absent_if("no process prices the die"),
        item(
            "generality_tax_usd",
            [](const C& c) {
                return c.report->costing ? std::optional(usd(c.customer().cost_of_generality)) : std::nullopt;
            },
            "USD"_u, "Cost of the generality tax, a die")
            .absent_if("no process prices the die"),
        item(
            "ledger",
            [](const C& c) {
                return LedgerView{&c.customer().ledger, &c.customer().never_used_share,
                                  design::unattributed(*c.report)};
            },
            "The chip under its workloads alone"));
}

struct CustomersView {
    const design::ChipReport* report;
    [[nodiscard]] std::vector<CustomerView> each() const;
};
constexpr auto describe(Type<CustomersView> /*type*/) {
    using C = CustomersView;
    return fields(item(
                      "never_used_by_all_mm2", [](const C& c) { return mm2(c.report->shared.never_used_by_all); },
                      "mm^2"_u, "What none of them uses"),
                  item("each", &C::each, "Buyers"));
}

struct BlockView {
    const compute::BlockArea<double>* block;
};
constexpr auto describe(Type<BlockView> /*type*/) {
    using B = BlockView;
    return fields(item(
                      "block", [](const B& b) -> std::string_view { return b.block->name; }, "Block"),
                  item(
                      "role", [](const B& b) { return compute::role_name(b.block->role); }, "What it is for"),
                  item(
                      "area_mm2", [](const B& b) { return mm2(b.block->area); }, "mm^2"_u, "Area"),
                  item("exposed", [](const B& b) { return b.block->exposed; }, "1"_u, "Share in which a defect kills"));
}

struct ChipCost {
    const design::ChipReport* report;
};
constexpr auto describe(Type<ChipCost> /*type*/) {
    using C = ChipCost;
    return fields(item(
                      "process", [](const C& c) -> std::string_view { return c.report->costing->process; }, "Process"),
                  item(
                      "die_usd", [](const C& c) { return usd(c.report->die_cost); }, "USD"_u, "Cost of a good die"),
                  item(
                      "dark_usd", [](const C& c) { return usd(c.report->cost_of_dark); }, "USD"_u,
                      "Of it for area that is never used"));
}

struct ReportView {
    const design::ChipReport* r;

    [[nodiscard]] bool has_jobs() const { return !r->jobs.empty(); }
    template <class T> [[nodiscard]] std::optional<T> with_jobs(T value) const {
        return has_jobs() ? std::optional<T>(std::move(value)) : std::nullopt;
    }
    [[nodiscard]] std::vector<ChipJobView> jobs() const;
    [[nodiscard]] std::vector<BlockView> blocks() const;
};
constexpr auto describe(Type<ReportView> /*type*/) {
    using R = ReportView;
    const char* no_jobs = "no workload was named";
    return fields(
        item(
            "chip", [](const R& v) -> std::string_view { return v.r->name; }, "Name"),
        item(
            "title", [](const R& v) -> std::string_view { return v.r->chip.title; }, "Title"),
        item(
            "node_nm", [](const R& v) { return v.r->chip.node; }, unit_named("nm"), "Generation"),
        item(
            "precision", [](const R& v) { return v.r->chip.precision; }, "Its own number format"),
        item(
            "dense_tops", [](const R& v) { return compute::dense_peak(v.r->chip, v.r->chip.precision).in("TOPS"_u); },
            "TOPS"_u, "Peak in it"),
        item(
            "die_area_mm2", [](const R& v) { return mm2(compute::die_area_of(v.r->chip)); }, "mm^2"_u, "Die"),
        item(
            "block_area_mm2", [](const R& v) { return mm2(v.r->area); }, "mm^2"_u, "Sum of its blocks"),
        item(
            "block_area_band_mm2", [](const R& v) { return v.r->area_mm2; },
            "The same over draws of the chip's inputs"),
        item("workloads", &R::jobs, "Its workloads"),
        item(
            "load", [](const R& v) { return v.with_jobs(v.r->schedule.load); }, "1"_u,
            "Share of the chip's time, all in turns")
            .absent_if(no_jobs),
        item(
            "meets_deadlines",
            [](const R& v) { return v.has_jobs() ? judged(v.r->schedule.meets_deadlines, v.r->jobs) : std::nullopt; },
            "All are in time")
            .absent_if("no workload was named, or they seem in time but weights of a network are not counted"),
        item(
            "mean_power_w", [](const R& v) { return v.with_jobs(v.r->mean_power.in("W"_u)); }, "W"_u,
            "Mean power while on")
            .absent_if(no_jobs),
        item(
            "power_dark_share", [](const R& v) { return v.with_jobs(v.r->power_dark); }, "1"_u,
            "Share of the area that the design power cannot switch at full load")
            .absent_if(no_jobs),
        item(
            "ledger",
            [](const R& v) {
                return v.with_jobs(LedgerView{&v.r->ledger, &v.r->never_used_share, design::unattributed(*v.r)});
            },
            "Unused silicon")
            .absent_if(no_jobs),
        item(
            "customers", [](const R& v) { return v.with_jobs(CustomersView{v.r}); }, "Buyers of the chip")
            .absent_if(no_jobs),
        item("blocks", &R::blocks, "Blocks").absent_if("a workload was named: they are in the ledger"),
        item(
            "cost", [](const R& v) { return v.r->costing ? std::optional(ChipCost{v.r}) : std::nullopt; },
            "Cost of the die")
            .absent_if("no process prices it"));
}

constexpr auto describe(Type<ChipAnswer> /*type*/) {
    using A = ChipAnswer;
    return fields(item(
                      "report",
                      [](const A& a) { return a.report ? std::optional(ReportView{&*a.report}) : std::nullopt; },
                      "The chip, its items one level up")
                      .merged_if("none was named"),
                  item("export", &A::licence, "Export class of what is computed here, for deliveries to China")
                      .absent_if("no chip was named"),
                  item(
                      "on_array", [](const A& a) -> const ArrayFindings* { return a.array ? &*a.array : nullptr; },
                      "The array, its items one level up")
                      .merged_if("none was asked for"),
                  item("chips", &A::chips, "Chips of the catalogue").absent_if("one was named"));
}

} // namespace autarky::answers
