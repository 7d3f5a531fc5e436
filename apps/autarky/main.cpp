// autarky: the program: picks the command, and turns whatever went wrong into a message and an exit code.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <exception>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include "autarky/ask.hpp"
#include "autarky/commands.hpp"
#include "autarky/exit_codes.hpp"
#include "autarky/help.hpp"
#include "autarky/interrupt.hpp"
#include "autarky/output.hpp"
#include "autarky/parse.hpp"
#include "autarky/terminal.hpp"
#include "core/diagnostics.hpp"
#include "core/version.hpp"

namespace {

using namespace autarky;
using cli::Exit;

/// Prints one finding without a place in a file.
void complain(std::string code, std::string message, std::string hint) {
    Diagnostics one;
    one.error({}, std::move(code), std::move(message), std::move(hint));
    cli::warn(one.render(cli::terminal().colour_err));
}

Exit run(const std::vector<std::string>& words) {
    cli::Program program;
    cli::add_commands(program);
    const auto parsed = cli::parse(program, words);
    if (parsed.no_colour) cli::forbid_colour();
    if (parsed.help) {
        cli::print(parsed.command != nullptr ? cli::help(*parsed.command) : cli::help(program));
        return Exit::ok;
    }
    if (parsed.version) {
        cli::print(fmt::format("autarky {}\n", version));
        return Exit::ok;
    }
    if (parsed.command == nullptr) {
        cli::warn(cli::help(program));
        return Exit::usage;
    }
    return parsed.command->act();
}

/// The one place where exceptions end.
Exit guarded(int argc, char** argv) {
    try {
        const auto exit = run({argv + (argc > 0 ? 1 : 0), argv + argc});
        cli::flush_output();
        return exit;
    } catch (const InputError& error) {
        // Stopped too soon to have an answer, which is no fault of a field.
        if (cli::InterruptWatch::is_interrupted()) return cli::left_with_nothing();
        cli::warn(error.diagnostics.render(cli::terminal().colour_err, 20, cli::option_name));
        return cli::exit_of(error.diagnostics);
    } catch (const cli::UsageError& error) {
        complain(error.code, error.what(), error.hint);
        return Exit::usage;
    } catch (const cli::FileError& error) {
        complain(error.code, error.what(), error.hint);
        return Exit::io;
    } catch (const std::bad_alloc&) {
        complain(cli::no_memory_code, cli::no_memory, {});
        return Exit::io;
    } catch (const std::system_error& error) {
        complain("E0618", fmt::format("the system refuses something that this needs: {}", error.what()), {});
        return Exit::io;
    } catch (const std::exception& error) {
        complain("E0699", fmt::format("something unexpected happened: {}", error.what()),
                 "this is a mistake of the program; please report it with the command line");
        return Exit::io;
    }
}

} // namespace

int main(int argc, char** argv) {
    cli::fill_closed_streams();
    cli::take_signals();
    cli::take_terminations();
    return static_cast<int>(guarded(argc, argv));
}
