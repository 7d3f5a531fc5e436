// autarky: who may ask: the page that was opened with the printed address, from this machine, and nobody else.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace autarky::serve {

/// 32 hexadecimal digits that nobody can guess.
std::string random_token();

/// Decides from the headers alone, before a body is read.
class Guard {
public:
    Guard(std::string token, int port);

    /// Why a request is refused; empty: it is not. The page itself needs no token, since it holds nothing; a foreign Host
    /// (DNS rebinding) or Origin is refused everywhere.
    [[nodiscard]] std::string refusal(std::string_view path, std::string_view host, std::string_view origin,
                                      std::string_view authorization) const;

private:
    [[nodiscard]] bool is_own_host(std::string_view host) const;

    std::string authorization_;
    std::string by_number_, by_name_; ///< "127.0.0.1:4711", "localhost:4711"
};

} // namespace autarky::serve
