// autarky: describes the work of a network.
// SPDX-License-Identifier: Apache-2.0
#include "answers/workload.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "compute/network/networks.hpp"
#include "design/inputs.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

using compute::Layer;

struct ProductView {
    std::int64_t m, n, k, batch;
};
constexpr auto describe(Type<ProductView> /*type*/) {
    using P = ProductView;
    return fields(item("m", &P::m, "1"_u, "Rows"), item("n", &P::n, "1"_u, "Columns"),
                  item("k", &P::k, "1"_u, "Reduction"), item("batch", &P::batch, "1"_u, "Times"));
}

std::vector<ProductView> products_of(const Layer& layer) {
    std::vector<ProductView> out;
    for (const auto& p : compute::products(layer.shape))
        out.push_back({static_cast<std::int64_t>(p.rows), static_cast<std::int64_t>(p.columns),
                       static_cast<std::int64_t>(p.reduction), static_cast<std::int64_t>(p.batch)});
    return out;
}

struct LayerView {
    const Layer* layer;
};
constexpr auto describe(Type<LayerView> /*type*/) {
    using L = LayerView;
    return fields(
        item(
            "name", [](const L& l) -> std::string_view { return l.layer->name; }, "Name"),
        item(
            "operator", [](const L& l) { return compute::operator_name(l.layer->shape); }, "What it does"),
        item(
            "macs", [](const L& l) { return compute::macs(*l.layer); }, "1"_u, "Multiplications with addition"),
        item(
            "parameters", [](const L& l) { return compute::parameters(*l.layer); }, "1"_u, "Parameters"),
        item(
            "executions", [](const L& l) { return l.layer->executions(); }, "1"_u, "Times that it runs"),
        item(
            "vector_operations",
            [](const L& l) {
                return compute::product(compute::vector_operations(l.layer->shape), l.layer->executions());
            },
            "1"_u, "Operations of the vector unit"),
        item(
            "input_elements", [](const L& l) { return compute::footprint(l.layer->shape).inputs; }, "1"_u,
            "Elements that go in"),
        item(
            "output_elements", [](const L& l) { return compute::footprint(l.layer->shape).outputs; }, "1"_u,
            "Elements that come out"),
        item("products", [](const L& l) { return products_of(*l.layer); }, "Matrix products that it is"));
}

struct JobView {
    const design::Job* job;
    bool has_rate;

    template <class T> [[nodiscard]] std::optional<T> if_rated(T value) const {
        return has_rate ? std::optional<T>(value) : std::nullopt;
    }
    [[nodiscard]] std::vector<LayerView> layers() const {
        std::vector<LayerView> out;
        for (const auto& layer : job->network.layers)
            out.push_back({&layer});
        return out;
    }
};
constexpr auto describe(Type<JobView> /*type*/) {
    using J = JobView;
    using V = std::string_view;
    const char* none = "a file brings none";
    return fields(
        item(
            "name", [](const J& j) -> V { return j.job->name; }, "Name"),
        item(
            "network", [](const J& j) -> V { return j.job->network.name; }, "Its network"),
        item(
            "source", [](const J& j) -> V { return j.job->network.source; }, "Where the network comes from"),
        item(
            "macs", [](const J& j) { return compute::macs(j.job->network); }, "1"_u, "Multiplications with addition"),
        item(
            "parameters", [](const J& j) { return compute::parameters(j.job->network); }, "1"_u, "Parameters"),
        item(
            "precision", [](const J& j) { return j.if_rated<V>(compute::format_name(j.job->workload.precision)); },
            "Number format of weights")
            .absent_if(none),
        item(
            "rate_hz", [](const J& j) { return j.if_rated(j.job->workload.rate.in("Hz"_u)); }, "Hz"_u,
            "Inferences a second")
            .absent_if(none),
        item(
            "deadline_ms", [](const J& j) { return j.if_rated(j.job->workload.deadline.in("ms"_u)); }, "ms"_u,
            "Time for one")
            .absent_if(none),
        item(
            "copies", [](const J& j) { return j.if_rated(j.job->workload.copies); }, "1"_u, "Times over, for safety")
            .absent_if(none),
        item(
            "unsupported", [](const J& j) { return j.job->network.unsupported; }, "1"_u,
            "Operators that are not counted, and how often")
            .absent_if("all are counted"),
        item(
            "remarks", [](const J& j) { return remarks_of(j.job->network); },
            "What is not counted, what was chosen for the reader")
            .absent_if("there is nothing to say"),
        item("layers", &J::layers, "Its layers"));
}

} // namespace

constexpr auto describe(Type<WorkloadAnswer> /*type*/) {
    using A = WorkloadAnswer;
    return fields(item(
                      "workload",
                      [](const A& a) { return a.job ? std::optional(JobView{&*a.job, a.has_rate}) : std::nullopt; },
                      "The network, its items one level up")
                      .merged_if("none was named"),
                  item("networks", &A::networks, "Ready networks").absent_if("one was named"),
                  item("workloads", &A::workloads, "Workloads of the catalogue").absent_if("one was named"));
}

WorkloadAnswer workload(const Catalogue& catalogue, const WorkloadQuestion& question, const Watch& watch) {
    WorkloadAnswer out;
    if (question.name.empty()) {
        for (const auto& name : compute::ready_network_names())
            out.networks.emplace_back(name);
        out.workloads = design::workload_names(catalogue.folder_text());
        return out;
    }
    NetworkReader read(catalogue, question.dimension);
    out.has_rate = !NetworkReader::is_file(question.name);
    out.job = read.job(question.name, "name");
    read.finish(watch);
    return out;
}

namespace {

/// "3.858 G", "49.152 k", "24 ": three decimals of the unit that fits, all digits of a small number.
std::string short_count(compute::Count n) {
    const auto x = static_cast<double>(n);
    if (n >= 100'000'000) return fmt::format("{:.3f} G", x * 1e-9);
    if (n >= 100'000) return fmt::format("{:.3f} M", x * 1e-6);
    return fmt::format("{} ", n);
}

std::string list_text(const WorkloadAnswer& answer, const show::Page& page) {
    auto out = show::wrapped("Ready networks (a RegNet by its numbers: regnet-y:DEPTH,WIDTH,SLOPE,MULTIPLIER,GROUP):",
                             page.width, 2) +
               "\n";
    for (const auto& name : answer.networks)
        out += fmt::format("  {}\n", name);
    out += "Workloads of the catalogue, a network with rate, deadline and needs:\n";
    for (const auto& name : answer.workloads)
        out += fmt::format("  {}\n", name);
    return out;
}

} // namespace

std::string text(const WorkloadAnswer& answer, const show::Page& page) {
    if (!answer.job) return list_text(answer, page);
    const auto& job = *answer.job;
    const auto& network = job.network;
    const auto millions = [](auto count, double unit) { return static_cast<double>(count) * unit; };
    std::string out = fmt::format("{}: {}MAC, {}parameters, {} layer{}\n", show::inked(page, show::Ink::bold, job.name),
                                  short_count(compute::macs(network)), short_count(compute::parameters(network)),
                                  network.layers.size(), network.layers.size() == 1 ? "" : "s");
    for (const auto& remark : remarks_of(network))
        out += show::wrapped(remark, page.width, 2) + "\n";
    out += show::wrapped("source: " + network.source, page.width, 2) + "\n";
    if (answer.has_rate)
        out += show::wrapped(fmt::format("{:.4g} a second within {:.4g} ms in {}, {:.4g} times over for safety",
                                         job.workload.rate.in("Hz"_u), job.workload.deadline.in("ms"_u),
                                         compute::format_name(job.workload.precision), job.workload.copies),
                             page.width, 2) +
               "\n";
    show::TableColumn name{"layer", {}, true}, kind{"operator", {}, true}, work{"MMAC", {}}, weights{"parameters", {}},
        runs{"runs", {}};
    constexpr std::size_t widest = 32;
    for (const auto& layer : network.layers) {
        name.cells.push_back(show::cut(layer.name, widest));
        kind.cells.emplace_back(compute::operator_name(layer.shape));
        work.cells.push_back(fmt::format("{:.1f}", millions(compute::macs(layer), 1e-6)));
        weights.cells.push_back(fmt::format("{}", compute::parameters(layer)));
        runs.cells.push_back(fmt::format("{}", layer.executions()));
    }
    out += "\n" +
           show::table_text(
               page,
               {{"", "", {std::move(name), std::move(kind), std::move(work), std::move(weights), std::move(runs)}}}, 0);
    return out;
}

const Entry workload_entry =
    entry_of<&workload, WorkloadQuestion, WorkloadAnswer>("", "workload", "Work, parameters and layers of a network");

} // namespace autarky::answers
