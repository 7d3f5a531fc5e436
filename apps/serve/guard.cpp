// autarky: checks host, origin and token of a request.
// SPDX-License-Identifier: Apache-2.0
#include "serve/guard.hpp"

#include <fmt/format.h>

#include <random>

namespace autarky::serve {
namespace {

/// Takes the same time wherever the first difference is.
bool is_same(std::string_view one, std::string_view other) {
    unsigned difference = one.size() == other.size() ? 0U : 1U;
    for (std::size_t i = 0; i < one.size() && i < other.size(); ++i)
        difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
    return difference == 0;
}

} // namespace

std::string random_token() {
    std::random_device device; // the kernel's generator with this library
    std::string out;
    for (int i = 0; i < 4; ++i)
        out += fmt::format("{:08x}", device());
    return out;
}

Guard::Guard(std::string token, int port)
    : authorization_("Bearer " + std::move(token)),
      by_number_(fmt::format("127.0.0.1:{}", port)),
      by_name_(fmt::format("localhost:{}", port)) {}

bool Guard::is_own_host(std::string_view host) const { return host == by_number_ || host == by_name_; }

std::string Guard::refusal(std::string_view path, std::string_view host, std::string_view origin,
                           std::string_view authorization) const {
    constexpr std::string_view scheme = "http://";
    if (!is_own_host(host)) return "this server answers only under the address that it printed";
    if (!origin.empty() && !(origin.starts_with(scheme) && is_own_host(origin.substr(scheme.size()))))
        return "another site may not ask this server";
    if (path == "/") return {};
    if (!is_same(authorization, authorization_))
        return "the key is missing or wrong: open the address that 'autarky serve' printed";
    return {};
}

} // namespace autarky::serve
