// autarky: the command of a question: its options, help and output follow from its description.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "answers/entry.hpp"
#include "autarky/interrupt.hpp"
#include "autarky/program.hpp"
#include "autarky/progress.hpp"

namespace autarky::cli {

/// The question that is really asked: another one for some of what may be given, which it may change.
using Chosen = const answers::Entry& (*)(answers::Given& given);

/// Adds the command; examples and details are the caller's.
Command& add_question(Program& program, const answers::Entry& entry, Chosen chosen = nullptr);

/// The command of a family alone, "grid": lists its questions and refuses others. Add it before them.
Command& add_family(Program& program, const std::string& family, const std::string& summary);

/// Adds the fields of a question as options; what the command line gives for them is in the list.
answers::Given& add_fields(Command& command, const answers::QuestionShape& shape);

/// A question at work: a progress line, Ctrl-C, and warnings on standard error.
class Watching {
public:
    /// When a signal asks the work to stop: at once, or from its first progress on. Before that nothing is finished, and work
    /// that tells no progress cannot stop: the signal ends the program.
    enum class Stops { at_once, from_progress };

    explicit Watching(unsigned threads, Stops stops = Stops::at_once);
    Watching(const Watching&) = delete;
    Watching& operator=(const Watching&) = delete;
    ~Watching() = default;

    [[nodiscard]] const answers::Watch& watch() const { return watch_; }
    /// A line on standard error, in the place of the progress.
    void say(const std::string& line);

private:
    void take_signals_from_here();

    std::optional<InterruptWatch> interrupts_;
    ProgressLine line_;
    std::stop_source stop_;
    answers::Watch watch_;
    std::jthread asker_; ///< passes a signal on; ends before all else here
};

/// Refuses more threads than any machine has.
void check_threads(unsigned threads);

/// Asks, with a progress line and Ctrl-C, and prints warnings. Findings about fields name the options of this question.
answers::Reply ask(const answers::Entry& entry, const answers::Given& given, unsigned threads = 0);

/// A table of an answer as CSV: that of this name, "single" for what is in no list, else the first list. Throws UsageError.
std::string csv_of(const answers::Reply& reply, const std::string& wanted);

/// How the command line calls a field of the question that is asked: "--wafer-price", "SIZE".
std::string option_name(std::string_view field);
/// The question to whose fields option_name refers.
void asks(const answers::QuestionShape& shape);

} // namespace autarky::cli
