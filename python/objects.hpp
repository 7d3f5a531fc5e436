// autarky: values of answers as Python objects, and Python objects as values of questions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

#include <string>
#include <utility>
#include <vector>

#include "answers/value.hpp"
#include "show/sink.hpp"

namespace autarky::python {

namespace nb = nanobind;

/// Makes objects of what a described value hands over: the structure of its JSON, numbers bit for bit.
class ObjectSink final : public show::Sink {
public:
    /// `record` makes an empty mapping for each object of the answer.
    explicit ObjectSink(nb::object record) : record_(std::move(record)) {}

    void begin_object(bool is_short) override;
    void key(std::string_view name) override;
    void end_object() override;
    void begin_list(bool is_short) override;
    void end_list() override;
    void null() override;
    void boolean(bool value) override;
    void integer(std::int64_t value) override;
    void natural(std::uint64_t value) override;
    void number(double value) override;
    void text(std::string_view value) override;

    [[nodiscard]] nb::object result() const { return result_; }

private:
    struct Level {
        nb::object holder;
        std::string key;
        bool is_list = false;
    };
    void put(const nb::object& value);

    nb::object record_, result_;
    std::vector<Level> open_;
};

/// A bool, number, text, path or a list of these; anything else is a TypeError that names the field.
answers::Value value_of(const std::string& field, nb::handle object);
answers::Given given_of(const nb::dict& fields);

} // namespace autarky::python
