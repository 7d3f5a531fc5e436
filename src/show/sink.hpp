// autarky: takes the parts of a described value one after another; JSON, tables and foreign objects are made of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace autarky::show {

/// What a described value is handed to, in the order of its description. `is_short`: fits a line.
class Sink {
public:
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    virtual ~Sink() = default;

    virtual void begin_object(bool is_short) = 0;
    virtual void key(std::string_view name) = 0;
    virtual void end_object() = 0;
    virtual void begin_list(bool is_short) = 0;
    virtual void end_list() = 0;
    virtual void null() = 0;
    virtual void boolean(bool value) = 0;
    virtual void integer(std::int64_t value) = 0;
    virtual void natural(std::uint64_t value) = 0;
    virtual void number(double value) = 0; ///< finite
    virtual void text(std::string_view value) = 0;
};

} // namespace autarky::show
