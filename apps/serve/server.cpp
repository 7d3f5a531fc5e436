// autarky: routes of the local server.
// SPDX-License-Identifier: Apache-2.0
#include "serve/server.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <malloc.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>

#include <chrono>
#include <stop_token>
#include <thread>

#include "answers/check.hpp"
#include "answers/questions.hpp"
#include "core/refuse.hpp"
#include "input/parsed_texts.hpp"
#include "serve/channels.hpp"
#include "serve/files.hpp"
#include "serve/guard.hpp"
#include "serve/page.hpp"
#include "serve/stream.hpp"
#include "serve/welcome.hpp"

namespace autarky::serve {
namespace {

constexpr std::size_t largest_body = 1'000'000;
constexpr std::size_t n_connections = 32;   // served at once; browsers open six each
constexpr std::size_t n_questions = 8;      // worked on at once; more are told to come back
constexpr std::chrono::seconds patience{5}; // with a client that sends or reads slowly
constexpr auto heartbeat = std::chrono::milliseconds(250);

constexpr int forbidden = 403, not_found = 404, too_large = 413, unprocessable = 422, failed = 500, busy = 503;
constexpr const char* json_type = "application/json";

std::string one_finding(const std::string& code, const std::string& message, const std::string& hint = {}) {
    Diagnostics findings;
    findings.error({}, code, message, hint);
    return answers::findings_json(findings);
}

void refuse(httplib::Response& response, int status, const std::string& code, const std::string& message) {
    response.status = status;
    response.set_content(one_finding(code, message), json_type);
}

/// Sends `body` as it is. Content that cpp-httplib is simply given it compresses with brotli at its slowest setting, which
/// takes a second for an answer of 500 kB and spares a connection within this machine nothing.
void send(httplib::Response& response, std::string body, const char* type) {
    const auto kept = std::make_shared<const std::string>(std::move(body));
    response.set_content_provider(kept->size(), type,
                                  [kept](std::size_t at, std::size_t n_bytes, httplib::DataSink& sink) {
                                      return sink.write(kept->data() + at, n_bytes);
                                  });
}

/// Asks, and turns whatever goes wrong into findings.
template <class Use> Outcome asked(const Use& use) {
    try {
        return {"answer", use()};
    } catch (const InputError& error) {
        return {"findings", answers::findings_json(error.diagnostics)};
    } catch (const std::bad_alloc&) {
        return {"findings", one_finding("E0613", "there is not enough memory for this")};
    } catch (const std::exception& error) {
        return {"findings", one_finding("E0699", fmt::format("something unexpected happened: {}", error.what()))};
    }
}

const answers::Entry* entry_of(const httplib::Request& request) {
    const auto family = request.matches[1].str(), name = request.matches[2].str();
    return answers::find_question(name.empty() ? family : family + " " + name);
}

std::string channel_of(const httplib::Request& request) {
    return request.get_header_value("X-Autarky-Page") + "/" + request.get_header_value("X-Autarky-Channel");
}

/// Gives memory back to the system when the page has asked nothing for a while: a run takes much and leaves it in the pools
/// of many threads.
class Tidier {
public:
    explicit Tidier(Channels& channels)
        : thread_([&channels](const std::stop_token& over) {
              std::size_t n_seen = 0, n_tidied = 0;
              while (!over.stop_requested()) {
                  std::this_thread::sleep_for(glance);
                  const auto [n_entered, is_at_work] = channels.state();
                  const bool is_quiet = !is_at_work && n_entered == n_seen; // since the last glance
                  n_seen = n_entered;
                  if (!is_quiet || n_tidied == n_entered) continue;
                  malloc_trim(0);
                  n_tidied = n_entered;
              }
          }) {}

private:
    static constexpr std::chrono::milliseconds glance{500};
    std::jthread thread_;
};

} // namespace

struct Server::Parts {
    const scenario::KeepParsedTexts parsed{}; ///< the same files are asked about again and again
    const answers::Catalogue& catalogue;
    Page page;
    std::string token = random_token();
    std::string welcome;
    int port = 0;
    Channels channels{n_questions};
    Files files;
    httplib::Server http;
    std::unique_ptr<Guard> guard;

    Parts(const answers::Catalogue& all, const ServerOptions& options)
        : catalogue(all), page(read_page(all.folder())), welcome(welcome_json(all, options.scenario)) {
        limit();
        bind(options.port);
        guard = std::make_unique<Guard>(token, port);
        route();
    }

    void limit() {
        http.set_tcp_nodelay(true); // else every round trip costs 44 ms
        http.set_payload_max_length(Files::largest);
        http.set_read_timeout(patience);
        http.set_write_timeout(patience);
        http.set_keep_alive_timeout(patience.count());
        // By default cpp-httplib shares a port with whoever else asks for it: a second server would take half the requests.
        http.set_socket_options([](socket_t socket) {
            const int yes = 1;
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        http.new_task_queue = [] { return new httplib::ThreadPool(n_connections); };
        http.set_default_headers({{"X-Content-Type-Options", "nosniff"},
                                  {"Referrer-Policy", "no-referrer"},
                                  {"Cache-Control", "no-store"},
                                  {"Cross-Origin-Resource-Policy", "same-origin"}});
    }

    void bind(int wanted) {
        constexpr const char* this_machine = "127.0.0.1";
        constexpr int largest = 65'535; // a larger number would wrap around to another port
        if (wanted < 0 || wanted > largest)
            refuse_field("port", "E0504", fmt::format("there is no port {}", wanted),
                         fmt::format("a port is 1 to {}, or left out for any that is free", largest));
        if (wanted == 0)
            port = http.bind_to_any_port(this_machine);
        else
            port = http.bind_to_port(this_machine, wanted) ? wanted : -1;
        if (port < 0)
            refuse_field("port", "E0621",
                         wanted == 0 ? "no port of this machine is free"
                                     : fmt::format("port {} is taken or not allowed", wanted),
                         "leave it out for any that is free");
    }

    void route() {
        http.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
            const auto why =
                guard->refusal(request.path, request.get_header_value("Host"), request.get_header_value("Origin"),
                               request.get_header_value("Authorization"));
            const bool is_large = !request.path.starts_with("/files/") && announced_length(request) > largest_body;
            if (why.empty() && !is_large) return httplib::Server::HandlerResponse::Unhandled;
            if (!why.empty())
                refuse(response, forbidden, "E0622", why);
            else
                refuse(response, too_large, "E0623", "a question is never so long");
            response.set_header("Connection", "close"); // its body is not read
            return httplib::Server::HandlerResponse::Handled;
        });
        http.set_error_handler([](const httplib::Request&, httplib::Response& response) {
            if (response.body.empty())
                response.set_content(
                    one_finding("E0623",
                                fmt::format("the server has no answer to this request (HTTP {})", response.status)),
                    json_type);
        });
        http.set_exception_handler([](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
            refuse(response, failed, "E0699", "something unexpected happened");
        });
        http.Get("/", [this](const httplib::Request&, httplib::Response& response) {
            response.set_header("Content-Security-Policy", page.policy);
            send(response, page.html, "text/html; charset=utf-8");
        });
        http.Get("/questions",
                 [this](const httplib::Request&, httplib::Response& response) { send(response, welcome, json_type); });
        http.Post(R"(/answers/([a-z-]+)(?:/([a-z-]+))?)",
                  [this](const httplib::Request& request, httplib::Response& response) {
                      answer(request, response, [](const answers::Reply& reply) { return reply.json(); }, json_type);
                  });
        http.Post(R"(/files/([^/]+))", [this](const httplib::Request& request, httplib::Response& response) {
            const auto kept = asked([&] {
                return fmt::format("{{\"path\":{}}}",
                                   nlohmann::json(files.keep(request.matches[1].str(), request.body)).dump());
            });
            if (kept.kind != "answer") response.status = unprocessable;
            response.set_content(kept.data, json_type);
        });
        http.Post(R"(/pictures/([a-z-]+)(?:/([a-z-]+))?)", [this](const httplib::Request& request,
                                                                  httplib::Response& response) {
            answer(request, response, [](const answers::Reply& reply) { return reply.picture(); }, "image/svg+xml");
        });
    }

    /// Of the body; one that comes in pieces is not told.
    static std::size_t announced_length(const httplib::Request& request) {
        return request.get_header_value<std::uint64_t>("Content-Length");
    }

    void answer(const httplib::Request& request, httplib::Response& response,
                std::string (*form)(const answers::Reply&), const char* type) {
        if (request.body.size() > largest_body)
            return refuse(response, too_large, "E0623", "a question is never so long");
        const auto* entry = entry_of(request);
        if (entry == nullptr) return refuse(response, not_found, "E0505", "there is no such question");
        auto work = channels.enter(channel_of(request));
        if (work == nullptr) {
            response.set_header("Retry-After", "1");
            return refuse(response, busy, "E0624", "too many questions are being worked on");
        }
        const Stream::Ask ask = [this, entry, form, body = request.body](std::stop_token stop,
                                                                         const Stream::Report& report) {
            return asked([&] {
                answers::Watch watch;
                watch.stop = std::move(stop);
                watch.progress = report;
                return form(entry->ask(*entry, catalogue, answers::given_in_json(body), watch));
            });
        };
        if (request.get_header_value("Accept") == "text/event-stream") return stream(response, std::move(work), ask);
        auto outcome = ask(work->token(), {});
        if (outcome.kind == "answer") return send(response, std::move(outcome.data), type);
        response.status = unprocessable;
        response.set_content(outcome.data, json_type);
    }

    static void stream(httplib::Response& response, std::unique_ptr<Channels::Work> work, const Stream::Ask& ask) {
        auto events = std::make_shared<Stream>(std::move(work), ask);
        response.set_chunked_content_provider("text/event-stream", [events](std::size_t, httplib::DataSink& sink) {
            const auto text = events->next(heartbeat);
            if (text.empty())
                sink.done();
            else if (!sink.is_writable() || !sink.write(text.data(), text.size()))
                return false; // the client has left
            return true;
        });
    }
};

Server::Server(const answers::Catalogue& catalogue, const ServerOptions& options)
    : parts_(std::make_unique<Parts>(catalogue, options)) {}
Server::~Server() = default;

std::string Server::address() const {
    return fmt::format("http://127.0.0.1:{}/#token={}", parts_->port, parts_->token);
}

void Server::serve() {
    // One pool for all threads, asked for before there are any: glibc never gives back the upper end of another thread's pool.
    mallopt(M_ARENA_MAX, 1);
    const Tidier tidier(parts_->channels);
    parts_->http.listen_after_bind();
}

void Server::stop() {
    parts_->channels.stop_all();
    parts_->http.stop();
}

} // namespace autarky::serve
