// autarky: "what are voltages, currents and losses of this feeder?", once or over a batch, and its short circuits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "answers/entry.hpp"
#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/feeder_document.hpp"
#include "grid/feeder/power_flow.hpp"

namespace autarky::answers {

// --- flow -------------------------------------------------------------------------------------------------------------------

struct FlowQuestion {
    std::string feeder, batch;
    grid::FlowMethod method = grid::FlowMethod::newton_raphson;
    grid::TapStrategy taps = grid::TapStrategy::any;
    grid::StartVoltages initial = grid::StartVoltages::automatic;
    bool symmetric = false, asymmetric = false, summary = false;
    double tolerance = 1e-8, frequency = 50.0;
    int max_iterations = 20;
};
constexpr auto describe(Type<FlowQuestion> /*type*/) {
    using Q = FlowQuestion;
    return fields(
        asked("feeder", &Q::feeder, "power-grid-model JSON, or a feeder of the catalogue")
            .positional("FEEDER")
            .required(),
        asked("batch", &Q::batch, "power-grid-model update data, one scenario a row").as("FILE"),
        asked("method", &Q::method, "How it is solved"),
        asked("taps", &Q::taps, "Tap of a regulated transformer within its band; off: as in the file"),
        asked("initial", &Q::initial, "Voltages that the solver begins with"),
        asked("symmetric", &Q::symmetric, "One phase stands for three (default without loads by phase)"),
        asked("asymmetric", &Q::asymmetric, "Every phase for itself"),
        asked("summary", &Q::summary, "Only losses and extremes, no elements").in_data_only(),
        asked("tolerance", &Q::tolerance, "1"_u, "Of voltages", Range::positive).as("PU"),
        asked("max_iterations", &Q::max_iterations, "1"_u, "Iterations before a flow has failed").from_to(1, 1e6),
        asked("frequency", &Q::frequency, unit_named("Hz"), "Of the currents").from_to(1, 1000));
}

struct FlowAnswer {
    FlowQuestion question;
    std::string file; ///< of the feeder
    grid::FeederFacts facts;
    grid::FlowResult result;
    [[nodiscard]] bool is_batch() const { return !question.batch.empty(); }
};

FlowAnswer flow(const Catalogue& catalogue, const FlowQuestion& question, const Watch& watch = {});
std::string text(const FlowAnswer& answer, const show::Page& page);
/// The feeder, coloured by the loading of its fullest scenario.
std::string picture(const FlowAnswer& answer);
/// More than one scenario in a thousand has no solution: unreliable.
Standing standing(const FlowAnswer& answer);
extern const Entry flow_entry;

// --- fault ------------------------------------------------------------------------------------------------------------------

/// Which voltage factor of IEC 60909 holds.
enum class FaultCurrents { largest, smallest };
constexpr std::array<std::string_view, 2> choices(Type<FaultCurrents> /*type*/) { return {"largest", "smallest"}; }

struct FaultQuestion {
    std::string feeder, batch;
    FaultCurrents currents = FaultCurrents::largest;
    double frequency = 50.0;
};
constexpr auto describe(Type<FaultQuestion> /*type*/) {
    using Q = FaultQuestion;
    return fields(asked("feeder", &Q::feeder, "power-grid-model JSON with faults, or a feeder of the catalogue")
                      .positional("FEEDER")
                      .required(),
                  asked("batch", &Q::batch, "power-grid-model update data, one scenario a row").as("FILE"),
                  asked("currents", &Q::currents, "Voltage factor of IEC 60909"),
                  asked("frequency", &Q::frequency, unit_named("Hz"), "Of the currents").from_to(1, 1000));
}

struct FaultAnswer {
    FaultQuestion question;
    std::string file; ///< of the feeder
    std::unique_ptr<grid::FeederDocument> feeder;
    grid::FlowResult result;
};

FaultAnswer fault(const Catalogue& catalogue, const FaultQuestion& question, const Watch& watch = {});
std::string text(const FaultAnswer& answer, const show::Page& page);
Standing standing(const FaultAnswer& answer);
extern const Entry fault_entry;

} // namespace autarky::answers
