// autarky: the reference pages.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "program_run.hpp"

using namespace autarky::test;

TEST_CASE("the reference pages in the repository are those that the program writes") {
    const TemporaryFolder folder;
    const auto outcome = autarky_run({"docs", "--out", folder.path().string()});
    CHECK(outcome.exit == 0);
    const auto names = folder.names();
    CHECK(names.size() >= 6);
    for (const auto& name : names)
        CHECK_MESSAGE(content(folder / name) == content(AUTARKY_SOURCE_DIR "/docs/reference/" + name),
                      (name + " differs: run `make docs`"));
}

TEST_CASE("the reference pages are the same every time") {
    const TemporaryFolder a, b;
    autarky_run({"docs", "--out", a.path().string()});
    autarky_run({"docs", "--out", b.path().string()});
    REQUIRE(a.names() == b.names());
    for (const auto& name : a.names())
        CHECK(content(a / name) == content(b / name));
}

TEST_CASE("a folder that cannot be made is an error of files") {
    const auto outcome = autarky_run({"docs", "--out", "/proc/autarky/docs"});
    CHECK(outcome.exit == 5);
    CHECK(outcome.err == "error[E0612]: cannot make the folder /proc/autarky/docs: No such file or directory\n");
}
