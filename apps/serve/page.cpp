// autarky: reads the built page, and names its own script to the browser by hash.
// SPDX-License-Identifier: Apache-2.0
#include "serve/page.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <string_view>

#include "answers/catalogue.hpp"
#include "core/refuse.hpp"
#include "core/sha256.hpp"
#include "core/visible.hpp"

namespace autarky::serve {
namespace {

constexpr std::string_view place_of_data = "<!-- autarky-data -->";

int digit(char hex) { return hex <= '9' ? hex - '0' : hex - 'a' + 10; }

/// Base64 (RFC 4648) of bytes given in hexadecimal.
std::string base64(std::string_view hex) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned kept = 0;
    int n_bits = 0;
    for (const char one : hex) {
        kept = kept << 4U | static_cast<unsigned>(digit(one));
        n_bits += 4;
        if (n_bits < 6) continue;
        n_bits -= 6;
        out += letters[kept >> static_cast<unsigned>(n_bits) & 63U];
    }
    if (n_bits > 0) out += letters[kept << static_cast<unsigned>(6 - n_bits) & 63U];
    while (out.size() % 4 != 0)
        out += '=';
    return out;
}

/// What stands in the page's one script.
std::string_view script_of(std::string_view html) {
    const auto tag = html.find("<script");
    const auto begin = tag == std::string_view::npos ? tag : html.find('>', tag);
    const auto end = begin == std::string_view::npos ? begin : html.find("</script>", begin);
    if (end == std::string_view::npos) throw std::logic_error("the built page has no script");
    return html.substr(begin + 1, end - begin - 1);
}

std::string policy_for(std::string_view html) {
    return fmt::format("default-src 'none'; script-src 'sha256-{}'; style-src 'unsafe-inline'; img-src data: blob:; "
                       "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                       base64(sha256_hex(script_of(html))));
}

} // namespace

Page read_page(const std::filesystem::path& folder) {
    auto file = folder / "page" / "index.html";                                        // built or installed
    if (!std::filesystem::exists(file)) file = folder / "web" / "dist" / "index.html"; // the source tree as it is
    if (!std::filesystem::exists(file))
        refuse({}, "E0601", fmt::format("there is no page at {}", file.string()),
               "'make page' builds it, installing the program puts it there");
    Page out{.html = answers::file_text(file.string()), .policy = {}};
    out.policy = policy_for(out.html);
    return out;
}

std::string with_data(const Page& page, const std::string& data, const std::string& text) {
    const auto place = page.html.find(place_of_data);
    if (place == std::string::npos) throw std::logic_error("the built page has no place for data");
    std::string safe; // "</script>" in a text must not end the element
    safe.reserve(data.size());
    for (const char one : visible_json(data))
        if (one == '<')
            safe += "\\u003c";
        else
            safe += one;
    std::string out = page.html;
    out.replace(place, place_of_data.size(),
                fmt::format("<script type=\"application/json\" id=\"autarky-data\">{}</script><noscript>{}</noscript>",
                            safe, text));
    return out;
}

} // namespace autarky::serve
