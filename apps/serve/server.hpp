// autarky: the local server: the page, and every question of the library.
// SPDX-License-Identifier: Apache-2.0
//
//     GET  /                     the page
//     GET  /questions            what can be asked
//     POST /answers/<question>   the answer's JSON; 422 with the findings when the question makes no sense.
//                                Accept: text/event-stream: progress first, then the answer or the findings
//     POST /pictures/<question>  SVG of the answer
//     POST /files/<name>         keeps what was dropped on the page; {"path": ...} is what questions name it by
//
// All but the page need "Authorization: Bearer <token>". X-Autarky-Page and X-Autarky-Channel name the place in a page that
// asks: a newer question of one place stops the older.
#pragma once

#include <memory>
#include <string>

#include "answers/catalogue.hpp"

namespace autarky::serve {

struct ServerOptions {
    std::string scenario = "ai5"; ///< that the page begins with
    int port = 0;                 ///< 0: any that is free
};

class Server {
public:
    /// Binds to 127.0.0.1 only. Throws InputError when there is no page, or the port is taken.
    Server(const answers::Catalogue& catalogue, const ServerOptions& options);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    /// The address to open: its fragment holds the token, which browsers send to nobody.
    [[nodiscard]] std::string address() const;
    /// Serves until stop() is called, from any thread or a signal's watcher.
    void serve();
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace autarky::serve
