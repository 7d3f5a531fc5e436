// autarky: the results of the command `chip` as tables.
// SPDX-License-Identifier: Apache-2.0
#include "answers/chip.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "show/table.hpp"

namespace autarky::answers {
namespace {

using namespace compute;

constexpr std::size_t name_width = 26;

double mm2(const Area<double>& area) { return area.in("mm^2"_u); }
std::string_view precision_name(Precision p) { return precision_names[static_cast<std::size_t>(p)]; }

/// A ready network has no deadline to speak of.
std::string deadline_text(const Workload<double>& workload) {
    const double ms = workload.deadline.in("ms"_u);
    return ms < 1e8 ? fmt::format("{:.4g}", ms) : "-";
}

/// What a network leaves out may take any time: a deadline is missed for certain, or not judged.
std::string_view kept(const Schedule& schedule, const design::ChipReport& r) {
    const auto found = judged(schedule.meets_deadlines, r.jobs);
    return !found ? "not judged" : *found ? "kept" : "missed";
}

/// "int8"; "q4_k, int8" where weights are stored in another format than they are multiplied in.
std::string format_of(const design::JobResult& job) {
    const std::string runs(precision_name(job.precision));
    return job.machine.blocks.is_given() ? fmt::format("{}, {}", format_name(job.job.workload.precision), runs) : runs;
}

/// What was not counted and what was chosen for the reader, before any figure.
std::string reservations_text(const design::ChipReport& r, const show::Page& page) {
    std::string text;
    const auto add = [&](const std::string& name, const std::string& what) {
        text += show::wrapped(fmt::format("{}: {}", name, what), page.width, 2) + "\n";
    };
    for (const auto& job : r.jobs) {
        for (const auto& remark : remarks_of(job))
            add(job.job.name, remark);
    }
    return text;
}

std::string head_text(const design::ChipReport& r, const show::Page& page) {
    const auto& c = r.chip;
    auto text = fmt::format("{}: {}, {} nm, {:.0f} dense TOPS in {}, {:.0f} GB/s, {:.0f} W\n",
                            show::inked(page, show::Ink::bold, c.title), c.process, c.node,
                            dense_peak(c, c.precision).in("TOPS"_u), precision_name(c.precision),
                            c.dram_bandwidth.in("GB/s"_u), c.power.in("W"_u));
    text += fmt::format("area by blocks {:.1f} mm^2 ({:.0f} to {:.0f})", mm2(r.area), r.area_mm2.low, r.area_mm2.high);
    if (mm2(c.die_area) > 0.0) text += fmt::format(", die {:.1f} mm^2", mm2(c.die_area));
    return text + "\n";
}

std::string layers_text(const design::JobResult& job, const show::Page& page) {
    show::Sheet sheet({"layer", "<operator", "MMAC", "us", "used %", "DRAM MB", "stall us", "<bound"});
    for (std::size_t i = 0; i < job.time.layers.size(); ++i) {
        const auto& layer = job.job.network.layers[i];
        const auto& t = job.time.layers[i];
        const double used =
            t.seconds > 0.0 ? 100.0 * static_cast<double>(t.macs) / (t.seconds * job.machine.macs_per_s()) : 0.0;
        sheet.row({show::cut(layer.name, name_width), std::string(operator_name(layer.shape)),
                   fmt::format("{:.1f}", static_cast<double>(t.macs) * 1e-6), fmt::format("{:.1f}", t.seconds * 1e6),
                   fmt::format("{:.1f}", used),
                   fmt::format("{:.2f}", static_cast<double>(t.dram_read + t.dram_written) * 1e-6),
                   fmt::format("{:.1f}", t.stall_s * 1e6), std::string(bound_name(t.bound))});
    }
    return "\n" + sheet.text(page);
}

std::string jobs_text(const design::ChipReport& r, const show::Page& page) {
    show::Sheet sheet({"workload", "<format", "GMAC", "ms", "limit ms", "used %", "DRAM MB", "mJ", "load %"});
    for (const auto& job : r.jobs)
        sheet.row({show::cut(job.job.name, name_width), format_of(job),
                   fmt::format("{:.1f}", static_cast<double>(job.time.macs) * 1e-9),
                   fmt::format("{:.2f}", job.time.seconds * 1e3), deadline_text(job.job.workload),
                   fmt::format("{:.1f}", 100.0 * job.time.utilisation(job.machine)),
                   fmt::format("{:.1f}", static_cast<double>(job.time.dram_bytes) * 1e-6),
                   fmt::format("{:.1f}", job.energy.total.in("J"_u) * 1e3),
                   fmt::format("{:.1f}", 100.0 * job.work.load)});
    auto text = "\n" + sheet.text(page);
    for (const auto& job : r.jobs) {
        const int copies = static_cast<int>(job.job.workload.copies);
        const auto for_safety =
            copies > 1 ? fmt::format(", {} with its {} copies for safety", job.work.whole_chips * copies, copies) : "";
        if (!job.work.meets_deadline || job.work.load > 1.0 || copies > 1)
            text += fmt::format("{} takes {} of these chips for its rate and deadline{}\n", job.job.name,
                                job.work.whole_chips, for_safety);
    }
    if (!r.customers_were_named && r.jobs.size() > 1)
        text += fmt::format("in turns: {:.1f} % of the chip's time, deadlines {}\n", 100.0 * r.schedule.load,
                            kept(r.schedule, r));
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

std::string ledger_text(const design::ChipReport& r, const show::Page& page) {
    show::Sheet sheet({"block", "<role", "mm^2", "never used", "beyond", "waiting", "at work", "<kept for"});
    const auto row = [&sheet](std::string_view name, std::string_view role, const Area<double>& area,
                              const Parts<double>& p, std::string_view reason) {
        const auto figure = [](const Area<double>& x) { return fmt::format("{:.2f}", mm2(x)); };
        sheet.row({show::cut(name, name_width), std::string(role), figure(area), figure(p.never_used),
                   figure(p.over_provisioned), figure(p.duty_idle), figure(p.useful), std::string(reason)});
    };
    for (const auto& entry : r.ledger.rows)
        if (mm2(entry.area) > 0.0)
            row(entry.block, role_name(entry.role), entry.area, entry.parts, reason_text(entry.reason));
    row("total", "", r.ledger.area, r.ledger.total, "");
    auto text = "\n" + sheet.text(page);
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
std::string blocks_by_customer(const design::ChipReport& r, const show::Page& page) {
    std::vector<std::string> heads{"block", "<role", "mm^2", "none uses"};
    for (std::size_t c = 1; c <= r.customers.size(); ++c) {
        heads.push_back(fmt::format("dark {}", c));
        heads.push_back(fmt::format("work {}", c));
    }
    heads.emplace_back("<kept for");
    show::Sheet sheet(heads);
    const auto figure = [](const Area<double>& x) { return fmt::format("{:.2f}", mm2(x)); };
    for (std::size_t i = 0; i < r.ledger.rows.size(); ++i) {
        const auto& entry = r.ledger.rows[i];
        if (!(mm2(entry.area) > 0.0)) continue;
        std::vector<std::string> cells{show::cut(entry.block, name_width), std::string(role_name(entry.role)),
                                       figure(entry.area), figure(entry.parts.never_used)};
        for (const auto& customer : r.customers) {
            cells.push_back(figure(customer.ledger.rows[i].parts.never_used));
            cells.push_back(figure(customer.ledger.rows[i].parts.useful));
        }
        cells.emplace_back(reason_text(entry.reason));
        sheet.row(std::move(cells));
    }
    std::vector<std::string> total{"total", "", figure(r.ledger.area), figure(r.shared.never_used_by_all)};
    for (const auto& customer : r.customers) {
        total.push_back(figure(customer.ledger.total.never_used));
        total.push_back(figure(customer.ledger.total.useful));
    }
    sheet.row(std::move(total));
    return "\n" + sheet.text(page);
}

std::string customers_text(const design::ChipReport& r, const show::Page& page) {
    show::Sheet sheet({"customer", "load %", "<deadline", "W", "dark mm^2", "dark %", "beyond", "waiting", "at work",
                       "tax mm^2", "tax USD"});
    constexpr std::size_t widest = 40;
    for (std::size_t i = 0; i < r.customers.size(); ++i) {
        const auto& c = r.customers[i];
        const auto& total = c.ledger.total;
        const auto figure = [](double x) { return fmt::format("{:.1f}", x); };
        sheet.row({show::cut(fmt::format("{} {}", i + 1, c.name), widest), figure(100.0 * c.schedule.load),
                   std::string(kept(c.schedule, r)), figure(c.mean_power.in("W"_u)), figure(mm2(total.never_used)),
                   figure(100.0 * c.ledger.never_used_share()), figure(mm2(total.over_provisioned)),
                   figure(mm2(total.duty_idle)), figure(mm2(total.useful)), figure(mm2(r.shared.generality_tax[i])),
                   r.costing ? fmt::format("{:.2f}", c.cost_of_generality.in("USD/die"_u)) : "-"});
    }
    auto text = "\n" + sheet.text(page);
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

std::string blocks_text(const design::ChipReport& r, const show::Page& page) {
    show::Sheet sheet({"block", "<role", "mm^2", "exposed %"});
    for (const auto& block : r.blocks)
        if (mm2(block.area) > 0.0)
            sheet.row({show::cut(block.name, name_width), std::string(role_name(block.role)),
                       fmt::format("{:.2f}", mm2(block.area)), fmt::format("{:.1f}", 100.0 * block.exposed)});
    return "\n" + sheet.text(page);
}

} // namespace

std::string report_text(const design::ChipReport& report, bool per_layer, const show::Page& page) {
    auto text = reservations_text(report, page) + head_text(report, page);
    if (report.jobs.empty()) return show::fitted(text + blocks_text(report, page), page);
    if (per_layer)
        for (const auto& job : report.jobs)
            text += layers_text(job, page);
    text += jobs_text(report, page);
    text += report.customers_were_named ? blocks_by_customer(report, page) : ledger_text(report, page);
    if (report.customers.size() > 1 || report.customers_were_named) text += customers_text(report, page);
    return show::fitted(text + cost_text(report), page);
}

} // namespace autarky::answers
