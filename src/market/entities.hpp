// autarky: the market as the scenario describes it: merchants, makers, programmes, rivals, regions, rules.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "market/maker.hpp"
#include "market/merchant.hpp"
#include "market/programmes.hpp"
#include "market/region.hpp"
#include "market/rival.hpp"
#include "market/rule.hpp"
