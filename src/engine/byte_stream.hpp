// autarky: numbers and texts as the bytes of a state: little-endian, counts in groups of 7 bits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "engine/state.hpp"

namespace autarky::engine {

class Writer {
public:
    void number(std::uint64_t x) {
        for (; x >= 0x80; x >>= 7U)
            out_.push_back(static_cast<char>(x | 0x80U));
        out_.push_back(static_cast<char>(x));
    }
    void signed_number(std::int64_t x) { // small sizes stay short
        number(static_cast<std::uint64_t>(x) << 1U ^ static_cast<std::uint64_t>(x >> 63));
    }
    void real(double x) {
        const auto bits = std::bit_cast<std::uint64_t>(x);
        for (unsigned k = 0; k < 64; k += 8)
            out_.push_back(static_cast<char>(bits >> k));
    }
    void text(std::string_view x) {
        number(x.size());
        out_ += x;
    }
    void raw(std::string_view x) { out_ += x; }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

/// Throws StateError where the bytes end too early.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    std::uint64_t number() {
        std::uint64_t x = 0;
        for (unsigned k = 0; k < 64; k += 7) {
            const auto byte = static_cast<unsigned char>(take(1)[0]);
            x |= static_cast<std::uint64_t>(byte & 0x7fU) << k;
            if (byte < 0x80) return x;
        }
        throw StateError("the state is damaged: a number is too long");
    }
    std::int64_t signed_number() {
        const std::uint64_t x = number();
        return static_cast<std::int64_t>(x >> 1U) ^ -static_cast<std::int64_t>(x & 1U);
    }
    double real() {
        std::uint64_t bits = 0;
        const std::string_view from = take(8);
        for (std::size_t k = 8; k-- > 0;)
            bits = bits << 8U | static_cast<unsigned char>(from[k]);
        return std::bit_cast<double>(bits);
    }
    std::string text() { return std::string(take(length(1))); }
    /// A number of things that take at least `least` bytes each.
    std::size_t length(std::size_t least) {
        const std::uint64_t n = number();
        if (n > rest_.size() / least) throw StateError("the state is damaged: it is too short");
        return static_cast<std::size_t>(n);
    }
    std::string_view take(std::size_t n) {
        if (n > rest_.size()) throw StateError("the state is damaged: it is too short");
        const std::string_view taken = rest_.substr(0, n);
        rest_.remove_prefix(n);
        return taken;
    }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

} // namespace autarky::engine
