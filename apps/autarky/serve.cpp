// autarky: the command `serve`: the page, from a server of this machine alone.
// SPDX-License-Identifier: Apache-2.0
#include "serve/server.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "autarky/commands.hpp"
#include "autarky/interrupt.hpp"
#include "autarky/output.hpp"

namespace autarky::cli {
namespace {

struct ServeArguments {
    std::string scenario = "ai5";
    int port = 0;
    bool no_open = false;
};

/// Hands the address to the desktop's browser, if there is one. Nothing hangs on it: the address was printed.
void open_in_browser(const std::string& address) {
    if (::fork() != 0) return;
    static_cast<void>(std::freopen("/dev/null", "w", stdout));
    static_cast<void>(std::freopen("/dev/null", "w", stderr));
    ::execlp("xdg-open", "xdg-open", address.c_str(), nullptr);
    ::_exit(1);
}

Exit serve(const ServeArguments& arguments) {
    const answers::Catalogue catalogue;
    serve::Server server(catalogue, {.scenario = arguments.scenario, .port = arguments.port});
    print(fmt::format("The page: {}\nCtrl-C ends it.\n", server.address()));
    flush_output();
    if (!arguments.no_open) open_in_browser(server.address());
    const InterruptWatch watch;
    const std::jthread watcher([&server](const std::stop_token& over) {
        constexpr std::chrono::milliseconds glance{50};
        while (!over.stop_requested() && !InterruptWatch::is_interrupted())
            std::this_thread::sleep_for(glance);
        server.stop();
    });
    server.serve();
    return Exit::ok;
}

} // namespace

void add_serve(Program& program) {
    auto& command = program.command("serve", "The page: verdict, inputs with sliders, claims, explanations");
    auto& arguments = command.keep<ServeArguments>();
    command.example("autarky serve", "opens the page in the browser");
    command.example("autarky serve my.toml --no-open", "prints the address only");
    command.argument("SCENARIO", arguments.scenario, "Name of a bundled scenario or a file (ai5)");
    command.option("--port", "PORT", arguments.port, "Port of this machine (any that is free)");
    command.flag("--no-open", arguments.no_open, "Do not open the browser");
    command.details("Only this machine can reach it, and only with the address that is printed: it holds a key.");
    command.runs([&arguments] { return serve(arguments); });
}

} // namespace autarky::cli
