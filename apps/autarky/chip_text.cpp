// autarky: the results of the command `chip` as tables.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/chip_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "autarky/terminal.hpp"

namespace autarky::cli {
namespace {

using namespace compute;

constexpr std::size_t name_width = 26;

double mm2(const Area<double>& area) { return area.in("mm^2"_u); }
std::string named_column(std::string_view text) { return left(cut(text, name_width), name_width); }
std::string_view precision_name(Precision p) { return precision_names[static_cast<std::size_t>(p)]; }

/// A ready network has no deadline to speak of.
std::string deadline_text(const Workload<double>& workload) {
    const double ms = workload.deadline.in("ms"_u);
    return ms < 1e8 ? fmt::format("{:.4g}", ms) : "-";
}

std::string_view kept(const Schedule& schedule) { return schedule.meets_deadlines ? "kept" : "missed"; }

std::string head_text(const design::ChipReport& r) {
    const auto& c = r.chip;
    auto text = fmt::format("{}: {}, {} nm, {:.0f} dense TOPS in {}, {:.0f} GB/s, {:.0f} W\n",
                            inked(Ink::bold, c.title), c.process, c.node, dense_peak(c, c.precision).in("TOPS"_u),
                            precision_name(c.precision), c.dram_bandwidth.in("GB/s"_u), c.power.in("W"_u));
    text += fmt::format("area by blocks {:.1f} mm^2 ({:.0f} to {:.0f})", mm2(r.area), r.area_mm2.low, r.area_mm2.high);
    if (mm2(c.die_area) > 0.0) text += fmt::format(", die {:.1f} mm^2", mm2(c.die_area));
    return text + "\n";
}

std::string layers_text(const design::JobResult& job) {
    auto text = fmt::format("\n{} {:<20} {:>10} {:>9} {:>8} {:>9} {:>9} {:>11}\n", named_column("layer"), "operator",
                            "MMAC", "us", "used %", "DRAM MB", "stall us", "bound");
    for (std::size_t i = 0; i < job.time.layers.size(); ++i) {
        const auto& layer = job.job.network.layers[i];
        const auto& t = job.time.layers[i];
        const double used =
            t.seconds > 0.0 ? 100.0 * static_cast<double>(t.macs) / (t.seconds * job.machine.macs_per_s()) : 0.0;
        text +=
            fmt::format("{} {:<20} {:>10.1f} {:>9.1f} {:>8.1f} {:>9.2f} {:>9.1f} {:>11}\n", named_column(layer.name),
                        operator_name(layer.shape), static_cast<double>(t.macs) * 1e-6, t.seconds * 1e6, used,
                        static_cast<double>(t.dram_read + t.dram_written) * 1e-6, t.stall_s * 1e6, bound_name(t.bound));
    }
    return text;
}

std::string jobs_text(const design::ChipReport& r) {
    auto text = fmt::format("\n{} {:>6} {:>9} {:>9} {:>8} {:>8} {:>9} {:>8} {:>7}\n", named_column("workload"),
                            "format", "GMAC", "ms", "limit ms", "used %", "DRAM MB", "mJ", "load %");
    for (const auto& job : r.jobs) {
        text += fmt::format(
            "{} {:>6} {:>9.1f} {:>9.2f} {:>8} {:>8.1f} {:>9.1f} {:>8.1f} {:>7.1f}\n", named_column(job.job.name),
            precision_name(job.precision), static_cast<double>(job.time.macs) * 1e-9, job.time.seconds * 1e3,
            deadline_text(job.job.workload), 100.0 * job.time.utilisation(job.machine),
            static_cast<double>(job.time.dram_bytes) * 1e-6, job.energy.total.in("J"_u) * 1e3, 100.0 * job.work.load);
    }
    for (const auto& job : r.jobs) {
        const int copies = static_cast<int>(job.job.workload.copies);
        const auto for_safety =
            copies > 1 ? fmt::format(", {} with its {} copies for safety", job.work.whole_chips * copies, copies) : "";
        if (!job.work.meets_deadline || job.work.load > 1.0 || copies > 1)
            text += fmt::format("{} takes {} of these chips for its rate and deadline{}\n", job.job.name,
                                job.work.whole_chips, for_safety);
        for (const auto& [name, count] : job.job.network.unsupported)
            text += fmt::format("{}: not counted: {} x {}\n", job.job.name, count, name);
    }
    if (!r.customers_were_named && r.jobs.size() > 1)
        text += fmt::format("in turns: {:.1f} % of the chip's time, deadlines {}\n", 100.0 * r.schedule.load,
                            kept(r.schedule));
    if (r.customers_were_named)
        return text + fmt::format("power-dark at full load {:.1f} % of the area\n", 100.0 * r.power_dark);
    text += fmt::format("mean power while on {:.1f} W; power-dark at full load {:.1f} % of the area\n",
                        r.mean_power.in("W"_u), 100.0 * r.power_dark);
    return text;
}

std::string_view reason_text(Reason reason) {
    return reason == Reason::none ? "" : reason_names[static_cast<std::size_t>(reason)];
}

/// Why dark area may still be there, and what is only dark because nothing is known of it.
std::string reasons_text(const design::ChipReport& r, const Ledger<double>& ledger) {
    std::string text;
    if (const auto unknown = mm2(design::unattributed(r)); unknown > 0.0)
        text += fmt::format("  of it unattributed: {:.2f} mm^2, of which nothing is published; read it as unknown\n",
                            unknown);
    for (std::size_t i = 1; i < reason_names.size(); ++i)
        if (mm2(ledger.never_used_by_reason[i]) > 0.0)
            text +=
                fmt::format("  of it kept for {}: {:.2f} mm^2\n", reason_names[i], mm2(ledger.never_used_by_reason[i]));
    return text;
}

std::string ledger_text(const design::ChipReport& r) {
    auto text = fmt::format("\n{} {:<10} {:>9} {:>11} {:>9} {:>9} {:>9}  {}\n", named_column("block"), "role", "mm^2",
                            "never used", "beyond", "waiting", "at work", "kept for");
    const auto row = [](std::string_view name, std::string_view role, const Area<double>& area, const Parts<double>& p,
                        std::string_view reason) {
        return fmt::format("{} {:<10} {:>9.2f} {:>11.2f} {:>9.2f} {:>9.2f} {:>9.2f}  {}\n", named_column(name), role,
                           mm2(area), mm2(p.never_used), mm2(p.over_provisioned), mm2(p.duty_idle), mm2(p.useful),
                           reason);
    };
    for (const auto& entry : r.ledger.rows)
        if (mm2(entry.area) > 0.0)
            text += row(entry.block, role_name(entry.role), entry.area, entry.parts, reason_text(entry.reason));
    text += row("total", "", r.ledger.area, r.ledger.total, "");
    text += fmt::format("never used: {:.1f} % of the die ({:.1f} to {:.1f}); idle over time: {:.1f} %\n",
                        100.0 * r.ledger.never_used_share(), 100.0 * r.never_used_share.low,
                        100.0 * r.never_used_share.high, 100.0 * r.ledger.idle_share());
    text += reasons_text(r, r.ledger);
    if (mm2(r.ledger.redundant_useful) > 0.0)
        text += fmt::format("of the area at work {:.2f} mm^2 repeat the work of another copy for safety\n",
                            mm2(r.ledger.redundant_useful));
    return text;
}

/// Dark and at-work area of each block, customer by customer.
std::string blocks_by_customer(const design::ChipReport& r) {
    auto text = fmt::format("\n{} {:<10} {:>9} {:>9}", named_column("block"), "role", "mm^2", "none uses");
    for (std::size_t c = 1; c <= r.customers.size(); ++c)
        text += fmt::format(" {:>9} {:>9}", fmt::format("dark {}", c), fmt::format("work {}", c));
    text += "  kept for\n";
    for (std::size_t i = 0; i < r.ledger.rows.size(); ++i) {
        const auto& entry = r.ledger.rows[i];
        if (!(mm2(entry.area) > 0.0)) continue;
        text += fmt::format("{} {:<10} {:>9.2f} {:>9.2f}", named_column(entry.block), role_name(entry.role),
                            mm2(entry.area), mm2(entry.parts.never_used));
        for (const auto& customer : r.customers) {
            const auto& parts = customer.ledger.rows[i].parts;
            text += fmt::format(" {:>9.2f} {:>9.2f}", mm2(parts.never_used), mm2(parts.useful));
        }
        text += fmt::format("  {}\n", reason_text(entry.reason));
    }
    text += fmt::format("{} {:<10} {:>9.2f} {:>9.2f}", named_column("total"), "", mm2(r.ledger.area),
                        mm2(r.shared.never_used_by_all));
    for (const auto& customer : r.customers)
        text +=
            fmt::format(" {:>9.2f} {:>9.2f}", mm2(customer.ledger.total.never_used), mm2(customer.ledger.total.useful));
    return text + "\n";
}

std::string customers_text(const design::ChipReport& r) {
    std::size_t width = name_width;
    for (const auto& customer : r.customers)
        width = std::clamp(customer.name.size() + 2, width, std::size_t{60});
    auto text = fmt::format("\n{} {:>6} {:>8} {:>6} {:>9} {:>8} {:>8} {:>8} {:>9} {:>9} {:>8}\n",
                            left("customer", width), "load %", "deadline", "W", "dark mm^2", "dark %", "beyond",
                            "waiting", "at work", "tax mm^2", "tax USD");
    for (std::size_t i = 0; i < r.customers.size(); ++i) {
        const auto& c = r.customers[i];
        const auto& total = c.ledger.total;
        text += fmt::format("{} {:>6.1f} {:>8} {:>6.1f} {:>9.1f} {:>8.1f} {:>8.1f} {:>8.1f} {:>9.1f} {:>9.1f} {:>8}\n",
                            left(cut(fmt::format("{} {}", i + 1, c.name), width), width), 100.0 * c.schedule.load,
                            kept(c.schedule), c.mean_power.in("W"_u), mm2(total.never_used),
                            100.0 * c.ledger.never_used_share(), mm2(total.over_provisioned), mm2(total.duty_idle),
                            mm2(total.useful), mm2(r.shared.generality_tax[i]),
                            r.costing ? fmt::format("{:.2f}", c.cost_of_generality.in("USD/die"_u)) : "-");
    }
    text +=
        fmt::format("none of them uses {:.1f} mm^2; the generality tax of each is what it leaves dark beyond that\n",
                    mm2(r.shared.never_used_by_all));
    if (r.customers_were_named) text += reasons_text(r, r.ledger);
    return text;
}

std::string cost_text(const design::ChipReport& r) {
    if (!r.costing) return {};
    return fmt::format("on {}: die {:.1f} USD, of it {:.1f} USD for area {} (C(A) - C(A - N))\n", r.costing->process,
                       r.die_cost.in("USD/die"_u), r.cost_of_dark.in("USD/die"_u),
                       r.customers_were_named ? "that none uses" : "never used");
}

std::string blocks_text(const design::ChipReport& r) {
    auto text = fmt::format("\n{} {:<10} {:>9} {:>10}\n", named_column("block"), "role", "mm^2", "exposed %");
    for (const auto& block : r.blocks)
        if (mm2(block.area) > 0.0)
            text += fmt::format("{} {:<10} {:>9.2f} {:>10.1f}\n", named_column(block.name), role_name(block.role),
                                mm2(block.area), 100.0 * block.exposed);
    return text;
}

} // namespace

std::string chip_text(const design::ChipReport& report, bool per_layer) {
    auto text = head_text(report);
    if (report.jobs.empty()) return text + blocks_text(report);
    if (per_layer)
        for (const auto& job : report.jobs)
            text += layers_text(job);
    text += jobs_text(report);
    text += report.customers_were_named ? blocks_by_customer(report) : ledger_text(report);
    if (report.customers.size() > 1 || report.customers_were_named) text += customers_text(report);
    return text + cost_text(report);
}

} // namespace autarky::cli
