// autarky: which blocks of a chip a mapped network exercises, by how much and for how long.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/chip/ledger.hpp"
#include "compute/chip/workload.hpp"
#include "compute/mapping/performance.hpp"
#include "compute/network/network.hpp"

namespace autarky::compute {

/// Use of each role while the network runs `per_second` times a second, or as often as one chip can; `time` was counted on
/// `machine`. A role that no
/// layer touches is not used: pooling without a pooling layer, the sampler without deformable sampling, and so on.
/// Arrays: capacity is the best mapping efficiency of a layer, capacity x activity the share of the peak that is done.
UseByRole<double> use_of(const Machine& machine, const Network& network, const NetworkTime& time, double per_second);

/// The use case of a workload: the network's own use, and what the workload says it needs beside it.
UseCase<double> use_case_of(const std::string& name, const Workload<double>& workload, const Machine& machine,
                            const Network& network, const NetworkTime& time);

} // namespace autarky::compute
