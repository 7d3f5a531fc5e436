// autarky: descriptions that do not fit their members, which the compiler must refuse.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky {

template <class R> struct Thing {
    Area<R> area;
    std::string name;
};

template <class R> constexpr auto describe(Type<Thing<R>> /*type*/) {
    using T = Thing<R>;
    return fields(
#ifdef UNIT_OF_ANOTHER_DIMENSION
        field("area", &T::area, "mm"_u, "An area"),
#else
        field("area", &T::area, "mm^2"_u, "An area"),
#endif
#ifdef TEXT_WITH_A_UNIT
        field("name", &T::name, "mm"_u, "A name")
#else
        plain_field("name", &T::name, "A name")
#endif
    );
}

} // namespace autarky

int main() {
    int count = 0;
    for_each_field(autarky::Type<autarky::Thing<double>>{}, [&count](const auto& /*field*/) { ++count; });
    return count == 2 ? 0 : 1;
}
