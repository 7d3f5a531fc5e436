// autarky: the solver by HiGHS, through its C interface.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <interfaces/highs_c_api.h>

#include <cmath>
#include <utility>

#include "plan/solver.hpp"

namespace autarky::plan {
namespace {

HighsInt to_int(std::size_t n) { return static_cast<HighsInt>(n); }

void ask(HighsInt answer, const char* what) {
    // A warning is one too: it says that something was left out.
    if (answer != kHighsStatusOk) throw SolverFailure(fmt::format("HiGHS does not take {}", what));
}

/// A program as HiGHS takes it: row by row.
struct Arrays {
    std::vector<double> cost, lower, upper, row_lower, row_upper, factors;
    std::vector<HighsInt> starts, columns, kinds;
    bool has_integers = false;

    explicit Arrays(const Program& program) {
        for (const auto& column : program.columns) {
            cost.push_back(column.cost);
            lower.push_back(column.lower);
            upper.push_back(column.upper);
            kinds.push_back(column.is_integer ? kHighsVarTypeInteger : kHighsVarTypeContinuous);
            has_integers = has_integers || column.is_integer;
        }
        for (const auto& row : program.rows) {
            starts.push_back(to_int(factors.size()));
            row_lower.push_back(row.lower);
            row_upper.push_back(row.upper);
            for (const auto& term : row.terms) {
                if (term.factor == 0.0) continue;
                columns.push_back(to_int(term.column));
                factors.push_back(term.factor);
            }
        }
    }
};

} // namespace

struct Solver::Engine {
    void* highs = Highs_create();
    bool has_integers = false;
    std::stop_token stop;

    Engine(const Program& program, std::stop_token until) : stop(std::move(until)) {
        ask(Highs_setBoolOptionValue(highs, "output_flag", 0), "output_flag");
        ask(Highs_setIntOptionValue(highs, "threads", 1), "threads");
        ask(Highs_setStringOptionValue(highs, "parallel", "off"), "parallel");
        ask(Highs_setStringOptionValue(highs, "solver", "simplex"), "solver");
        ask(Highs_setIntOptionValue(highs, "random_seed", 1), "random_seed");
        ask(Highs_setDoubleOptionValue(highs, "mip_rel_gap", 1e-7), "mip_rel_gap");
        const Arrays a(program);
        has_integers = a.has_integers;
        const HighsInt n_columns = to_int(a.cost.size()), n_rows = to_int(a.row_lower.size());
        const HighsInt n_factors = to_int(a.factors.size());
        const auto taken =
            has_integers
                ? Highs_passMip(highs, n_columns, n_rows, n_factors, kHighsMatrixFormatRowwise, kHighsObjSenseMinimize,
                                0.0, a.cost.data(), a.lower.data(), a.upper.data(), a.row_lower.data(),
                                a.row_upper.data(), a.starts.data(), a.columns.data(), a.factors.data(), a.kinds.data())
                : Highs_passLp(highs, n_columns, n_rows, n_factors, kHighsMatrixFormatRowwise, kHighsObjSenseMinimize,
                               0.0, a.cost.data(), a.lower.data(), a.upper.data(), a.row_lower.data(),
                               a.row_upper.data(), a.starts.data(), a.columns.data(), a.factors.data());
        ask(taken, "the program");
        if (stop.stop_possible()) listen();
    }
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine() { Highs_destroy(highs); }

    /// What one run gives, and what speaks against it.
    struct Outcome {
        Solution solution{};
        std::string doubt{};
    };
    Outcome solve(const Program& program, double seconds) const {
        ask(Highs_setDoubleOptionValue(highs, "time_limit", seconds), "time_limit");
        Outcome out;
        auto& solution = out.solution;
        ask(Highs_zeroAllClocks(highs), "a clock at zero"); // else the limit is of all runs of this instance together
        if (Highs_run(highs) == kHighsStatusError) return {{}, "HiGHS could not solve the program"};
        switch (Highs_getModelStatus(highs)) {
        case kHighsModelStatusInfeasible: solution.status = Status::infeasible; return out;
        case kHighsModelStatusUnbounded:
        case kHighsModelStatusUnboundedOrInfeasible: solution.status = Status::unbounded; return out;
        case kHighsModelStatusOptimal:
        case kHighsModelStatusModelEmpty: solution.status = Status::optimal; break;
        case kHighsModelStatusInterrupt:
        case kHighsModelStatusTimeLimit: solution.status = Status::time_out; break;
        default: return {{}, fmt::format("HiGHS ends with status {}", Highs_getModelStatus(highs))};
        }
        solution.has_point = has_point();
        if (solution.has_point)
            read(program, solution);
        else if (solution.status == Status::optimal)
            out.doubt = "HiGHS calls an infeasible point optimal";
        if (!solution.dual.empty()) out.doubt = doubt_of(program, solution);
        return out;
    }

private:
    /// HiGHS asks between steps whether it should go on.
    void listen() {
        const auto asked = [](int, const char*, const HighsCallbackDataOut*, HighsCallbackDataIn* answer,
                              void* engine) {
            if (static_cast<const Engine*>(engine)->stop.stop_requested()) answer->user_interrupt = 1;
        };
        ask(Highs_setCallback(highs, asked, this), "a stop");
        for (const auto when : {kHighsCallbackSimplexInterrupt, kHighsCallbackIpmInterrupt, kHighsCallbackMipInterrupt})
            ask(Highs_startCallback(highs, when), "a stop");
    }
    void read(const Program& program, Solution& out) const {
        out.value.resize(program.columns.size());
        std::vector<double> reduced(out.value.size()), activity(program.rows.size()), dual(program.rows.size());
        ask(Highs_getSolution(highs, out.value.data(), reduced.data(), activity.data(), dual.data()), "a question");
        for (std::size_t c = 0; c < out.value.size(); ++c)
            out.objective += program.columns[c].cost * out.value[c];
        if (has_integers) {
            out.bound = figure("mip_dual_bound");
        } else if (out.status == Status::optimal) {
            out.bound = out.objective;
            out.dual = std::move(dual);
            out.reduced = std::move(reduced);
        }
    }
    [[nodiscard]] double figure(const char* name) const {
        double out = 0.0;
        ask(Highs_getDoubleInfoValue(highs, name, &out), name);
        return out;
    }
    /// Whether there is a feasible point: the status of the model alone does not say so.
    [[nodiscard]] bool has_point() const {
        HighsInt out = 0;
        ask(Highs_getIntInfoValue(highs, "primal_solution_status", &out), "primal_solution_status");
        return out == kHighsSolutionStatusFeasible;
    }
};

Solver::Solver(Program program, std::stop_token stop) : program_(std::move(program)) {
    if (const auto fault = fault_of(program_); !fault.empty()) throw SolverFailure(fault);
    engine_ = std::make_unique<Engine>(program_, std::move(stop));
}
Solver::Solver(Solver&&) noexcept = default;
Solver& Solver::operator=(Solver&&) noexcept = default;
Solver::~Solver() = default;

void Solver::limit_row(std::size_t row, double lower, double upper) {
    auto& own = program_.rows.at(row);
    if (own.lower == lower && own.upper == upper) return;
    own.lower = lower;
    own.upper = upper;
    ask(Highs_changeRowBounds(engine_->highs, to_int(row), lower, upper), own.name.c_str());
}

void Solver::add(Row row) {
    std::vector<HighsInt> columns;
    std::vector<double> factors;
    for (const auto& term : row.terms) {
        columns.push_back(to_int(term.column));
        factors.push_back(term.factor);
    }
    ask(Highs_addRow(engine_->highs, row.lower, row.upper, to_int(factors.size()), columns.data(), factors.data()),
        row.name.c_str());
    program_.add(std::move(row));
}

Solution Solver::solve(double seconds) {
    auto out = engine_->solve(program_, seconds);
    if (out.doubt.empty()) return std::move(out.solution);
    // From where it stood it lost its way: once more from nothing.
    ask(Highs_clearSolver(engine_->highs), "a new beginning");
    out = engine_->solve(program_, seconds);
    if (!out.doubt.empty()) throw SolverFailure(out.doubt);
    return std::move(out.solution);
}

bool solver_available() { return true; }
std::string solver_version() { return Highs_version(); }

} // namespace autarky::plan
