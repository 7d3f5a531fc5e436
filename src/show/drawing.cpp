// autarky: how every picture begins and ends.
// SPDX-License-Identifier: Apache-2.0
#include "show/drawing.hpp"

#include <fmt/format.h>

#include "core/version.hpp"
#include "show/markup.hpp"

namespace autarky::show {
namespace {

// The colours of the page (web/src/page.css). All rules hold within the picture alone, as it may stand among others in a page.
constexpr std::string_view style =
    ".autarky .page{fill:#ffffff}.autarky text,.autarky .ink{fill:#1d2329}.autarky .quiet{fill:#5b6670}"
    ".autarky .line{stroke:#1d2329}.autarky .faint{stroke:#dde1e4}.autarky .ground{fill:#eceef0}"
    ".autarky .make{fill:#0b7a75}.autarky .buy{fill:#b8560f}.autarky .makes{stroke:#0b7a75}.autarky "
    ".buys{stroke:#b8560f}"
    "@media(prefers-color-scheme:dark){.autarky .page{fill:#1d2126}.autarky text,.autarky .ink{fill:#e6e9ec}"
    ".autarky .quiet{fill:#9aa5b0}.autarky .line{stroke:#e6e9ec}.autarky .faint{stroke:#3d454e}"
    ".autarky .ground{fill:#2c3239}.autarky .make{fill:#3fb8ae}.autarky .buy{fill:#ef9a4d}"
    ".autarky .makes{stroke:#3fb8ae}.autarky .buys{stroke:#ef9a4d}}";

} // namespace

std::string drawing(double width, double height, std::string_view name, double letters) {
    return fmt::format("<svg xmlns='http://www.w3.org/2000/svg' class='autarky' viewBox='0 0 {:g} {:g}' "
                       "font-family='sans-serif' font-size='{:g}' role='img'><title>{}</title>\n<style>{}</style>\n"
                       "<rect class='page' width='100%' height='100%'/>\n",
                       width, height, letters, escaped(name), style);
}

std::string drawing_title(double x, double y, std::string_view title, double letters) {
    return fmt::format("<text x='{:g}' y='{:g}' font-size='{:g}' font-weight='bold'>{}</text>\n", x, y, letters,
                       escaped(title));
}

std::string drawing_source(double x, double y, std::string_view of, double letters) {
    return fmt::format("<text class='quiet' x='{:g}' y='{:g}' font-size='{:g}'>{}{}autarky {}</text>\n", x, y, letters,
                       escaped(of), of.empty() ? "" : " · ", version);
}

std::string about_run(std::string_view scenario, std::string_view variant, std::uint64_t seed, std::uint64_t n,
                      std::string_view of_what) {
    return fmt::format("{}{}{} · seed {} · {} {}", scenario, variant.empty() ? "" : " + ", variant, seed, n, of_what);
}

} // namespace autarky::show
