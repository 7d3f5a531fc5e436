// autarky: the built page: one HTML file that stands with the data.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace autarky::serve {

/// A page as it is sent.
struct Page {
    std::string html;
    std::string policy; ///< Content-Security-Policy: nothing from elsewhere, no script but the page's own
};

/// The page beside the data of `folder`. Throws InputError when there is none.
Page read_page(const std::filesystem::path& folder);

/// The page with what it shows inside: `data` is JSON, `text` the HTML for readers without script. Such a page asks nobody.
std::string with_data(const Page& page, const std::string& data, const std::string& text);

} // namespace autarky::serve
