// autarky: small models with known answers, for the tests of the engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/real.hpp"
#include "engine/model.hpp"

namespace autarky::engine::test {

/// A model whose columns are given by one function of a sample's inputs.
class FunctionModel final : public Model {
public:
    /// Writes the columns of one sample; returns false to flag it.
    using Function = std::function<bool(const std::vector<double>& x, std::vector<double>& y)>;

    FunctionModel(Inputs inputs, std::vector<Column> columns, Function function, std::string key = "small model")
        : inputs_(std::move(inputs)),
          columns_(std::move(columns)),
          function_(std::move(function)),
          key_(std::move(key)) {}

    [[nodiscard]] const Inputs& inputs() const override { return inputs_; }
    [[nodiscard]] const std::vector<Column>& columns() const override { return columns_; }
    [[nodiscard]] std::string key() const override { return key_; }
    [[nodiscard]] std::unique_ptr<Evaluator> evaluator() const override { return std::make_unique<Lanewise>(*this); }

private:
    class Lanewise final : public Evaluator {
    public:
        explicit Lanewise(const FunctionModel& model) : model_(model) {}
        void evaluate(const Lanes* inputs, Lanes* columns, unsigned& failed) override {
            std::vector<double> x(model_.inputs_.rows.size()), y(model_.columns_.size());
            std::vector<std::array<double, Lanes::width>> all_x(x.size()), all_y(y.size());
            for (std::size_t i = 0; i < x.size(); ++i)
                all_x[i] = inputs[i].array();
            for (std::size_t lane = 0; lane < Lanes::width; ++lane) {
                for (std::size_t i = 0; i < x.size(); ++i)
                    x[i] = all_x[i][lane];
                if (!model_.function_(x, y)) failed |= 1U << lane;
                for (std::size_t c = 0; c < y.size(); ++c)
                    all_y[c][lane] = y[c];
            }
            for (std::size_t c = 0; c < y.size(); ++c)
                columns[c] = Lanes::load(all_y[c].data());
        }
        [[nodiscard]] std::string reason(std::size_t) const override { return "refused by the test"; }

    private:
        const FunctionModel& model_;
    };

    Inputs inputs_;
    std::vector<Column> columns_;
    Function function_;
    std::string key_;
};

/// Adds an input with a stream of its own and returns its row.
inline int add_input(Inputs& inputs, const std::string& name, Distribution distribution) {
    Input row;
    row.path = name;
    row.distribution = std::move(distribution);
    row.stream = static_cast<int>(inputs.streams.size());
    inputs.streams.push_back(name);
    inputs.rows.push_back(std::move(row));
    return static_cast<int>(inputs.rows.size()) - 1;
}

inline Inputs independent(std::size_t n, const Distribution& distribution) {
    Inputs inputs;
    for (std::size_t k = 0; k < n; ++k)
        add_input(inputs, "x" + std::to_string(k + 1), distribution);
    return inputs;
}

inline constexpr double pi = 3.14159265358979323846;

/// sin x1 + a sin^2 x2 + b x3^4 sin x1 with uniform inputs on (-pi, pi). Ishigami and Homma 1990.
inline double ishigami(const std::vector<double>& x, double a = 7.0, double b = 0.1) {
    const double s = std::sin(x[1]);
    return std::sin(x[0]) + a * s * s + b * x[2] * x[2] * x[2] * x[2] * std::sin(x[0]);
}

inline FunctionModel ishigami_model() {
    return {independent(3, {Family::uniform, {-pi, pi}}), {{"y"}}, [](const auto& x, auto& y) {
                y[0] = ishigami(x);
                return true;
            }};
}

} // namespace autarky::engine::test
