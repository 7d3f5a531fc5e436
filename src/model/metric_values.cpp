// autarky: where the metrics of a run stand, in each reading.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <type_traits>
#include <vector>

#include "core/written_real.hpp"
#include "model/metrics.hpp"

namespace autarky::model {
namespace {

template <class M> inline constexpr bool is_indexed = false;
template <class Q> inline constexpr bool is_indexed<std::vector<Q>> = true;
template <class Q, std::size_t N> inline constexpr bool is_indexed<std::array<Q, N>> = true;

template <class R> const R& raw_of(const R& x) { return x; }
template <Dim D, class R> const R& raw_of(const Quantity<D, R>& x) { return x.raw(); }
} // namespace

template <class R> std::vector<const R*> quarter_values(const QuarterResults<R>& row) {
    std::vector<const R*> out;
    const auto take = [&](const auto& metric) {
        const auto& value = row.*(metric.member);
        if constexpr (is_indexed<std::remove_cvref_t<decltype(value)>>) {
            for (const auto& element : value)
                out.push_back(&raw_of(element));
        } else {
            out.push_back(&raw_of(value));
        }
    };
    quarterly_metrics<R>(take);
    return out;
}

template <class R> std::vector<const R*> scalar_values(const Trajectory<R>& t) {
    std::vector<const R*> out;
    run_metrics<R>([&](const auto& metric) { out.push_back(&raw_of(t.*(metric.member))); });
    return out;
}

template std::vector<const double*> quarter_values(const QuarterResults<double>& row);
template std::vector<const Lanes*> quarter_values(const QuarterResults<Lanes>& row);
template std::vector<const Traced*> quarter_values(const QuarterResults<Traced>& row);
template std::vector<const Written*> quarter_values(const QuarterResults<Written>& row);
template std::vector<const double*> scalar_values(const Trajectory<double>& t);
template std::vector<const Lanes*> scalar_values(const Trajectory<Lanes>& t);
template std::vector<const Traced*> scalar_values(const Trajectory<Traced>& t);
template std::vector<const Written*> scalar_values(const Trajectory<Written>& t);

} // namespace autarky::model
