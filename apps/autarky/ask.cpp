// autarky: makes options of fields, asks, and prints what comes out.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/ask.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

#include "answers/questions.hpp"
#include "autarky/output.hpp"
#include "autarky/terminal.hpp"
#include "autarky/workbook_file.hpp"

namespace autarky::cli {
namespace {

const answers::QuestionShape* asked = nullptr;

/// Options that have a short form too.
std::string names_of(std::string_view key) {
    std::string dashed(key);
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    const char* shorter = key == "samples" ? "-n,--" : key == "workload" ? "-w,--" : "--";
    return shorter + dashed;
}

std::string stands_for(const answers::QuestionField& field) {
    if (field.kind == answers::FieldKind::boolean) return {};
    if (!field.stands_for.empty()) return std::string(field.stands_for);
    if (!field.choices.empty()) return fmt::format("{}", fmt::join(field.choices, "|"));
    std::string unit(field.unit == "1" ? "N" : field.unit);
    if (unit == "1/cm^2") return "PER_CM2";
    std::string out;
    for (const char c : unit)
        if (c != '^') out += c == '/' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out.empty() ? "TEXT" : out;
}

std::string doc_of(const answers::QuestionField& field) {
    std::string doc(field.doc);
    if (field.fallback.empty() || field.is_required || field.fallback == "0") return doc;
    return doc + fmt::format(" ({})", field.fallback);
}

void keep(answers::Given& given, const answers::QuestionField& field, answers::Value value) {
    if (!field.is_list) {
        given.emplace_back(std::string(field.key), std::move(value));
        return;
    }
    const auto found =
        std::find_if(given.begin(), given.end(), [&](const auto& one) { return one.first == field.key; });
    if (found == given.end())
        given.emplace_back(std::string(field.key), answers::Value{answers::Values{std::move(value)}});
    else
        std::get<answers::Values>(found->second.is).push_back(std::move(value));
}

/// How the answer goes out.
struct Form {
    answers::Given given;
    bool json = false, csv = false, xlsx = false, wide = false;
    std::string table, output, svg;
    unsigned threads = 0;
};

void refuse_idle(const answers::Entry& entry, const Form& form) {
    if (form.json && form.csv) throw UsageError("E0504", "--json and --csv exclude each other");
    if (!form.table.empty() && !form.csv) throw UsageError("E0506", "--table: it changes nothing without --csv");
    const bool is_text = !form.json && !form.csv && !form.xlsx;
    if (form.wide && !is_text) throw UsageError("E0506", "--wide: it changes only the text");
    if (form.svg == "-" && (form.output == "-" || (form.output.empty() && !is_text)))
        throw UsageError("E0504", "--svg -: standard output is taken by the answer", "name a file for the picture");
    for (const auto& [key, value] : form.given) {
        const auto* field = entry.question().find(key);
        if (field == nullptr) continue;
        if (!is_text && field->is_text_only)
            throw UsageError("E0506", fmt::format("{}: it changes only the text", option_name(key)));
        if (is_text && field->is_data_only)
            throw UsageError("E0506", fmt::format("{}: it changes only JSON and tables", option_name(key)),
                             "add --json or --csv");
    }
}

/// -o result.csv is CSV, -o result.json JSON, -o result.xlsx a workbook.
Form settled(const answers::Entry& entry, Form form) {
    form.xlsx = is_workbook(form.output);
    if (form.xlsx && (form.json || form.csv))
        throw UsageError("E0504", fmt::format("--output: {} is named for another format", form.output));
    if (!form.json && !form.csv) {
        form.csv = form.output.ends_with(".csv");
        form.json = form.output.ends_with(".json");
    } else if ((form.json && form.output.ends_with(".csv")) || (form.csv && form.output.ends_with(".json"))) {
        throw UsageError("E0504", fmt::format("--output: {} is named for another format", form.output));
    }
    refuse_idle(entry, form);
    return form;
}

/// Where the answer and its picture go. Opened before the work, so that what cannot be written is said at once.
class Places {
public:
    explicit Places(const Form& form) : form_(form) {
        const bool is_picture_alone = form.svg == "-" && form.output.empty();
        if (!is_picture_alone) answer_.emplace(form.output.empty() ? "-" : form.output);
        if (!form.svg.empty()) picture_.emplace(form.svg, 0, "--svg");
        if (answer_ && picture_ && answer_->is_where(*picture_))
            throw UsageError("E0504", fmt::format("--svg: {} is where the answer goes", form.svg),
                             "name another file for the picture");
    }
    void put(const answers::Reply& reply) {
        if (picture_) {
            picture_->write(reply.picture());
            picture_->commit();
        }
        if (!answer_) return;
        write(reply);
        answer_->commit();
    }

private:
    void write(const answers::Reply& reply) {
        if (form_.json) return reply.write_json([this](std::string_view part) { answer_->write(part); });
        if (form_.csv) return answer_->write(csv_of(reply, form_.table));
        if (form_.xlsx) return answer_->write(bytes_of(answers::workbook(reply)));
        const bool is_file = !form_.output.empty() && form_.output != "-";
        auto on = is_file ? show::Page{} : page();
        on.wide = on.wide || form_.wide || is_file;
        answer_->write(with_field_names(reply.text(on), option_name));
    }

    const Form& form_;
    std::optional<OutputFile> answer_{}, picture_{};
};

Exit exit_of(answers::Standing standing) {
    switch (standing) {
    case answers::Standing::good: return Exit::ok;
    case answers::Standing::gate_failed: return Exit::gate;
    case answers::Standing::unreliable: return Exit::numerical;
    case answers::Standing::interrupted: return InterruptWatch::exit();
    case answers::Standing::bad_input: return Exit::input;
    }
    return Exit::ok;
}

Exit act(const answers::Entry& entry, const Form& typed) {
    asks(entry.question());
    const auto form = settled(entry, typed);
    Places places(form);
    const auto reply = ask(entry, form.given, form.threads);
    places.put(reply);
    if (!InterruptWatch::is_interrupted()) return exit_of(reply.standing());
    warn("interrupted: these are the figures of what was finished\n");
    return InterruptWatch::exit();
}

} // namespace

std::string csv_of(const answers::Reply& reply, const std::string& wanted) {
    const auto tables = reply.tables();
    if (tables.empty()) return {};
    if (wanted.empty()) { // the first list that has rows; else what stands in none; else an empty list's head
        const auto first = std::find_if(tables.begin(), tables.end(), [](const show::Table& table) {
            return !table.name.empty() && !table.rows.empty();
        });
        return show::csv_text(first == tables.end() ? tables.front() : *first);
    }
    std::vector<std::string> names;
    for (const auto& table : tables) {
        const std::string name = table.name.empty() ? "single" : table.name;
        if (name == wanted) return show::csv_text(table);
        names.push_back(name);
    }
    throw UsageError("E0505", fmt::format("--table: the answer has no table '{}'", wanted),
                     fmt::format("it has {}", fmt::join(names, ", ")));
}

void asks(const answers::QuestionShape& shape) { asked = &shape; }

std::string option_name(std::string_view field) {
    const auto* found = asked == nullptr ? nullptr : asked->find(field);
    if (found != nullptr && found->is_positional) return std::string(found->stands_for);
    std::string dashed(field);
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    return "--" + dashed;
}

answers::Given& add_fields(Command& command, const answers::QuestionShape& shape) {
    auto& given = command.keep<answers::Given>();
    for (const auto& field : shape.fields) {
        const bool is_flag = field.kind == answers::FieldKind::boolean;
        const auto take = [&given, &field, is_flag](const std::string& text) {
            keep(given, field, is_flag ? answers::Value{true} : answers::Value{text});
            return std::string{};
        };
        const auto name = field.is_positional ? std::string(field.stands_for) : names_of(field.key);
        command.parameter({name, field.is_positional ? name : stands_for(field), doc_of(field), field.is_positional,
                           field.is_required, field.is_list || is_flag, take});
    }
    return given;
}

Watching::Watching(unsigned threads, Stops stops) {
    if (stops == Stops::at_once) take_signals_from_here();
    watch_.threads = threads;
    watch_.stop = stop_.get_token();
    watch_.progress = [this](std::uint64_t done, std::uint64_t of) {
        if (!interrupts_) take_signals_from_here();
        line_.show(done, of);
        if (InterruptWatch::is_interrupted()) stop_.request_stop();
    };
    watch_.notice = [](const Diagnostics& warnings) { warn(warnings.render(terminal().colour_err, 20, option_name)); };
}

/// Work that tells progress at first may then be silent for long (a plan that is solved): a thread looks for the signal, as
/// its handler may not ask for the stop itself.
void Watching::take_signals_from_here() {
    interrupts_.emplace();
    asker_ = std::jthread([this](const std::stop_token& ended) {
        constexpr std::chrono::milliseconds pause{20};
        while (!ended.stop_requested()) {
            if (InterruptWatch::is_interrupted()) {
                stop_.request_stop();
                return;
            }
            std::this_thread::sleep_for(pause);
        }
    });
}

void Watching::say(const std::string& line) {
    line_.clear();
    warn(line + "\n");
}

void check_threads(unsigned threads) {
    constexpr unsigned most_threads = 1024;
    if (threads > most_threads)
        throw UsageError("E0504", fmt::format("--threads: {} threads are too many", threads),
                         fmt::format("0 is one for each processor, {} is the most", most_threads));
}

answers::Reply ask(const answers::Entry& entry, const answers::Given& given, unsigned threads) {
    asks(entry.question());
    check_threads(threads);
    const Watching watching(threads, Watching::Stops::from_progress);
    const answers::Catalogue catalogue;
    return entry.ask(entry, catalogue, given, watching.watch());
}

Command& add_family(Program& program, const std::string& family, const std::string& summary) {
    std::vector<std::string_view> names;
    for (const auto* entry : answers::questions())
        if (entry->family == family) names.push_back(entry->name);
    auto& command = program.command(family, summary);
    auto& question = command.keep<std::string>();
    command.argument("QUESTION", question, fmt::format("{}", fmt::join(names, ", ")), Need::required);
    command.runs([&question, names, family]() -> Exit {
        const auto suggestion = did_you_mean(question, names);
        throw UsageError("E0502", fmt::format("{} has no question '{}'", family, question),
                         suggestion.empty() ? fmt::format("{}", fmt::join(names, ", ")) : suggestion);
    });
    return command;
}

Command& add_question(Program& program, const answers::Entry& entry, Chosen chosen) {
    const auto name = entry.family.empty() ? std::string(entry.name) : fmt::format("{} {}", entry.family, entry.name);
    auto& command = program.command(name, std::string(entry.summary));
    auto& form = command.keep<Form>();
    auto& given = add_fields(command, entry.question());
    if (entry.uses_threads)
        command.option("--threads", "N", form.threads, "Threads; no figure depends on it (all processors)");
    if (entry.has_picture) command.option("--svg", "FILE", form.svg, "Draw it; - is standard output");
    command.flag("--json", form.json, "Print JSON");
    command.flag("--csv", form.csv, "Print a table as CSV");
    command.option("--table", "NAME", form.table,
                   "Which table of the answer as CSV, \"single\": what is in none (the first)");
    command.option("-o,--output", "FILE", form.output,
                   "Write to FILE, whole or not at all, as its name ends: .json, .csv, .xlsx; - is standard output");
    command.flag("--wide", form.wide, "Tables of any width");
    command.runs([&entry, &form, &given, chosen] {
        form.given = given;
        return act(chosen == nullptr ? entry : chosen(form.given), form);
    });
    return command;
}

} // namespace autarky::cli
