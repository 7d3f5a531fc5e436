// autarky: tests of how pictures begin and end.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "core/version.hpp"
#include "show/drawing.hpp"

using namespace autarky;
using namespace autarky::show;

TEST_CASE("a picture has colours for light and dark readers, and its rules hold within it alone") {
    const std::string picture = drawing(300, 200.5, "a < b");
    CHECK(picture.starts_with("<svg "));
    CHECK(picture.find("viewBox='0 0 300 200.5'") != std::string::npos);
    CHECK(picture.find("<title>a &lt; b</title>") != std::string::npos);
    const auto begin = picture.find("<style>") + 7, dark = picture.find("@media(prefers-color-scheme:dark){", begin),
               end = picture.find("</style>");
    REQUIRE(dark < end);
    // every class of the light half has its colour in the dark half, but those of one colour in both
    for (const char* rule : {".page{", " text,.autarky .ink{", ".quiet{", ".line{", ".faint{", ".ground{", ".make{",
                             ".buy{", ".makes{", ".buys{"}) {
        CAPTURE(rule);
        const auto light = picture.find(rule, begin), second = picture.find(rule, dark);
        CHECK(light < dark);
        REQUIRE(second < end);
        const auto colour = [&](std::size_t at) { return picture.substr(picture.find('#', at), 7); };
        CHECK(colour(light) != colour(second));
    }
    // a rule that does not begin with the picture's own class would colour the page in which it stands
    for (auto at = picture.find('}', begin); at != std::string::npos && at + 1 < end; at = picture.find('}', at + 1)) {
        const auto next = picture.substr(at + 1, 9);
        CHECK((next.starts_with(".autarky ") || next.starts_with("@media") || next.starts_with("}") ||
               next.starts_with("</style")));
    }
}

TEST_CASE("a picture's foot says what it is of, and by which version it was drawn") {
    CHECK(about_run("ai5", "article", 7, 2000, "futures") == "ai5 + article · seed 7 · 2000 futures");
    CHECK(about_run("ai5", "", 1, 64, "samples") == "ai5 · seed 1 · 64 samples");
    const std::string foot = drawing_source(1, 2, "a & b");
    CHECK(foot.find(">a &amp; b · autarky " + std::string(version) + "</text>") != std::string::npos);
    CHECK(drawing_source(1, 2, "").find(">autarky ") != std::string::npos);
}
