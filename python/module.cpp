// autarky: the extension `autarky._core`: every question by its description; computes nothing and names no question but a run.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "answers/check.hpp"
#include "answers/questions.hpp"
#include "answers/raw_samples.hpp"
#include "answers/run.hpp"
#include "answers/session.hpp"
#include "arrow.hpp"
#include "core/refuse.hpp"
#include "core/version.hpp"
#include "input/read_log.hpp"
#include "objects.hpp"

namespace autarky::python {
namespace {

using namespace nb::literals;

/// Fields are called as in Python: "homes=".
std::string keyword(std::string_view field) { return std::string(field) + "="; }

[[noreturn]] void raise_input_error(const Diagnostics& findings) {
    const auto type = nb::module_::import_("autarky._errors").attr("InputError");
    const auto error = type(findings.render(false, 20, keyword), answers::findings_json(findings));
    PyErr_SetObject(type.ptr(), error.ptr());
    throw nb::python_error();
}

/// What a worker leaves for the thread that called: how far it is, and what was noticed.
struct Progress {
    std::atomic<std::uint64_t> done = 0, of = 0;
    std::mutex mutex;
    Diagnostics noticed;
};

void check_threads(unsigned threads) {
    constexpr unsigned most = 1024;
    if (threads > most)
        refuse_field("threads", "E0504", fmt::format("{} threads are too many", threads),
                     fmt::format("0 is one for each processor, {} is the most", most));
}

/// Works on another thread without the interpreter's lock. This one waits, looks for Ctrl-C and other signals, and calls
/// `progress(done, of)`; an exception of either stops the work and goes on to the caller.
template <class Work> auto watched(unsigned threads, const nb::object& progress, const Work& work) {
    constexpr auto between_looks = std::chrono::milliseconds(50);
    Progress shared;
    std::stop_source stop;
    answers::Watch watch;
    watch.threads = threads;
    watch.stop = stop.get_token();
    watch.progress = [&shared](std::uint64_t done, std::uint64_t of) {
        shared.of = of;
        shared.done = done;
    };
    watch.notice = [&shared](const Diagnostics& findings) {
        const std::scoped_lock lock(shared.mutex);
        shared.noticed.merge(findings);
    };
    try {
        check_threads(threads);
        std::future<std::invoke_result_t<Work, const answers::Watch&>> made;
        {
            const nb::gil_scoped_release released;
            made = std::async(std::launch::async, [&] { return work(watch); });
        }
        try {
            std::uint64_t told = 0;
            const auto is_done = [&] {
                const nb::gil_scoped_release released;
                return made.wait_for(between_looks) == std::future_status::ready;
            };
            while (!is_done()) {
                if (PyErr_CheckSignals() != 0) throw nb::python_error();
                if (const auto done = shared.done.load(); !progress.is_none() && done != told) {
                    told = done;
                    progress(done, shared.of.load());
                }
            }
        } catch (...) {
            stop.request_stop();
            const nb::gil_scoped_release released;
            made.wait();
            throw;
        }
        auto result = made.get();
        if (!shared.noticed.empty())
            nb::module_::import_("autarky._errors")
                .attr("warn")(shared.noticed.render(false, 20, keyword), answers::findings_json(shared.noticed));
        return result;
    } catch (const InputError& error) {
        raise_input_error(error.diagnostics);
    }
}

const answers::Entry& entry_named(const std::string& name) {
    const auto* entry = answers::find_question(name);
    if (entry == nullptr) throw nb::key_error(name.c_str());
    return *entry;
}

answers::Reply ask(const std::string& name, const nb::dict& fields, unsigned threads, const nb::object& progress) {
    const auto& entry = entry_named(name);
    const auto given = given_of(fields);
    return watched(threads, progress, [&](const answers::Watch& watch) {
        const answers::Catalogue catalogue;
        return entry.ask(entry, catalogue, given, watch);
    });
}

/// A part of a divided run, field shard, as the bytes of its file.
nb::bytes run_part(const nb::dict& fields, unsigned threads, const nb::object& progress) {
    const auto given = given_of(fields);
    const auto part = watched(threads, progress, [&](const answers::Watch& watch) {
        return answers::run_part(answers::question_from<answers::PartQuestion>(given), {}, watch).bytes();
    });
    return nb::bytes(part.data(), part.size());
}

/// A larger part of several ones, all of them as the bytes of their files.
nb::bytes merge_parts(const nb::list& parts) {
    std::vector<nb::bytes> held;
    std::vector<std::string_view> bytes;
    for (const auto& part : parts) {
        held.push_back(nb::cast<nb::bytes>(part));
        bytes.emplace_back(held.back().c_str(), held.back().size());
    }
    const auto part =
        watched(0, nb::none(), [&](const answers::Watch&) { return answers::larger_part(bytes).bytes(); });
    return nb::bytes(part.data(), part.size());
}

answers::Reply merge(const nb::dict& fields) {
    const auto given = given_of(fields);
    return watched(0, nb::none(), [&](const answers::Watch&) {
        return answers::reply_of(answers::merge(answers::question_from<answers::MergeQuestion>(given)));
    });
}

/// The samples of a run; blocks are arrays of doubles, one a column.
answers::RawSamples raw_samples(const nb::dict& fields) {
    const auto given = given_of(fields);
    return watched(0, nb::none(), [&](const answers::Watch&) {
        return answers::RawSamples(answers::question_from<answers::RunQuestion>(given));
    });
}

nb::list columns_of(const answers::RawSamples& samples) {
    nb::list out;
    for (const auto& column : samples.columns())
        out.append(nb::make_tuple(column.name, column.unit));
    return out;
}

nb::list block_of(const answers::RawSamples& samples, std::uint64_t first, std::uint64_t count, unsigned threads,
                  const nb::object& progress) {
    auto values =
        watched(threads, progress, [&](const answers::Watch& watch) { return samples.block(first, count, watch); });
    nb::list out;
    for (auto& column : values) { // each array owns its numbers: nothing is copied
        auto* kept = new std::vector<double>(std::move(column));
        const nb::capsule owner(kept, [](void* held) noexcept { delete static_cast<std::vector<double>*>(held); });
        out.append(nb::ndarray<nb::numpy, double, nb::ndim<1>>(kept->data(), {kept->size()}, owner));
    }
    return out;
}

/// What a scenario is, after it was read whole.
nb::dict open_scenario(const nb::dict& fields) {
    const auto given = given_of(fields);
    std::map<std::filesystem::path, std::string> files;
    const auto session = watched(0, nb::none(), [&](const answers::Watch& watch) {
        const scenario::ReadLog log;
        // any question about a scenario begins with these fields
        auto opened = answers::Session::open(answers::question_from<answers::CheckQuestion>(given));
        watch.settle(opened->loaded().warnings);
        files = log.files();
        return opened;
    });
    const auto& loaded = session->loaded();
    nb::dict out;
    out["name"] = loaded.name;
    out["title"] = loaded.title;
    out["variant"] = loaded.variant;
    out["variants"] = loaded.known_variants;
    out["sha256"] = loaded.sha256;
    nb::dict read;
    for (const auto& [path, content] : files)
        read[path.c_str()] = nb::bytes(content.data(), content.size());
    out["files"] = read;
    return out;
}

constexpr const char* kind_names[] = {"text", "boolean", "integer", "natural", "number", "stated", "choice"};

nb::dict field_of(const answers::QuestionField& field) {
    nb::dict out;
    out["key"] = std::string(field.key);
    out["unit"] = std::string(field.unit);
    out["doc"] = std::string(field.doc);
    out["kind"] = kind_names[static_cast<std::size_t>(field.kind)];
    out["fallback"] = field.fallback;
    nb::list choices;
    for (const auto choice : field.choices)
        choices.append(std::string(choice));
    out["choices"] = choices;
    out["is_positional"] = field.is_positional;
    out["is_required"] = field.is_required;
    out["is_list"] = field.is_list;
    out["is_text_only"] = field.is_text_only;
    return out;
}

nb::list questions() {
    nb::list out;
    for (const auto* entry : answers::questions()) {
        nb::dict one;
        one["family"] = std::string(entry->family);
        one["name"] = std::string(entry->name);
        one["summary"] = std::string(entry->summary);
        one["schema"] = entry->schema();
        one["uses_threads"] = entry->uses_threads;
        one["has_picture"] = entry->has_picture;
        nb::list fields;
        for (const auto& field : entry->question().fields)
            fields.append(field_of(field));
        one["fields"] = fields;
        out.append(one);
    }
    return out;
}

const char* standing_name(const answers::Reply& reply) {
    switch (reply.standing()) {
    case answers::Standing::good: return "good";
    case answers::Standing::gate_failed: return "gate_failed";
    case answers::Standing::unreliable: return "unreliable";
    case answers::Standing::interrupted: return "interrupted";
    case answers::Standing::bad_input: return "bad_input";
    }
    return "";
}

nb::object value_in(const answers::Reply& reply, const nb::object& record) {
    ObjectSink sink(record);
    reply.walk(sink);
    return sink.result();
}

std::string text_of(const answers::Reply& reply, std::size_t width, bool wide) {
    show::Page page;
    page.width = width;
    page.wide = wide;
    return with_field_names(reply.text(page), keyword);
}

} // namespace

NB_MODULE(_core, module) {
    module.doc() = "The questions and answers of Autarky as they are described; `autarky` is the package to use.";
    module.attr("__version__") = std::string(version);
    nb::class_<answers::Reply>(module, "Reply", "An answer of any question.")
        .def_prop_ro("schema", &answers::Reply::schema, "Name and version of the answer: 'autarky.run/1'.")
        .def_prop_ro("standing", &standing_name, "'good', 'gate_failed', 'unreliable', 'interrupted' or 'bad_input'.")
        .def("json", &answers::Reply::json, nb::call_guard<nb::gil_scoped_release>(),
             "The bytes that the command line prints with --json.")
        .def("value", &value_in, "record"_a,
             "The same as objects; `record` makes an empty mapping for each JSON object.")
        .def("text", &text_of, "width"_a = 80, "wide"_a = false, "The answer for people.")
        .def("picture", &answers::Reply::picture, "SVG; empty when the question has no picture.");
    nb::class_<answers::RawSamples>(module, "RawSamples", "The samples of a run, block by block.")
        .def_prop_ro("columns", &columns_of, "Name and unit of each column.")
        .def("block", &block_of, "first"_a, "count"_a, "threads"_a = 0, "progress"_a.none() = nb::none(),
             "An array of doubles for each column; first is a multiple of 256.");
    module.def("raw_samples", &raw_samples, "fields"_a, "The samples of the run that these fields ask for.");
    module.def("questions", &questions, "Every question: names, meaning and fields.");
    module.def(
        "answer_schema", [](const std::string& name) { return entry_named(name).answer_schema(); }, "name"_a,
        "JSON Schema of an answer.");
    module.def("ask", &ask, "name"_a, "fields"_a, "threads"_a = 0, "progress"_a.none() = nb::none(),
               "Asks a question.");
    module.def("open_scenario", &open_scenario, "fields"_a, "Reads a scenario and tells what it is.");
    module.def("run_part", &run_part, "fields"_a, "threads"_a = 0, "progress"_a.none() = nb::none(),
               "The bytes of a part of a run: field shard, '2/7' is the second of seven.");
    module.def("merge", &merge, "fields"_a, "The whole run, made of the files of all of its parts.");
    module.def("merge_parts", &merge_parts, "parts"_a, "The bytes of the part that the bytes of several parts make.");
    module.def("arrow_stream", &arrow_stream, "columns"_a,
               "A capsule 'arrow_array_stream' of one batch: (name, metadata, kind, values) a column.");
}

} // namespace autarky::python
