// autarky: the futures in which the street grid binds before chips do.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "analysis/grid_futures.hpp"

using namespace autarky;

namespace {

Loaded ai5_with(const char* managed) {
    LoadRequest request;
    request.data_folder = AUTARKY_SOURCE_DIR;
    for (const char* grid : {"us", "eu", "china", "india", "other"})
        request.sets.push_back(std::string("grid.") + grid + ".managed_share=" + managed);
    return load(request);
}

} // namespace

TEST_CASE("fewer devices wait when charging is managed, and no figure depends on the number of threads") {
    const Loaded loose = ai5_with("0 %"), tight = ai5_with("80 %");
    const auto unmanaged = analysis::grid_futures(loose, 400, 1, 2), again = analysis::grid_futures(loose, 400, 1, 1);
    const auto managed = analysis::grid_futures(tight, 400, 1, 2);
    CHECK(unmanaged.failed == 0);
    REQUIRE(unmanaged.quarters.size() == managed.quarters.size());
    CHECK(unmanaged.felt_ever > managed.felt_ever);
    CHECK(unmanaged.felt_before_chips <= unmanaged.felt_ever);
    CHECK(unmanaged.felt_before_chips == again.felt_before_chips);
    CHECK(unmanaged.first_felt_p05 <= unmanaged.first_felt_p95);
    for (std::size_t q = 0; q < managed.quarters.size(); ++q) {
        CHECK(managed.quarters[q].waiting_p95 <= unmanaged.quarters[q].waiting_p95);
        CHECK(managed.quarters[q].cost_median <= unmanaged.quarters[q].cost_median);
        CHECK(unmanaged.quarters[q].years_median <= unmanaged.quarters[q].years_p95);
        CHECK(unmanaged.quarters[q].queue_p95 == again.quarters[q].queue_p95);
        CHECK(unmanaged.quarters[q].grid_binds + unmanaged.quarters[q].chips_bind <= 1.0 + 1e-12);
    }
}
