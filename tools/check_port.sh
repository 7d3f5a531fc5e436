#!/bin/bash
# autarky: the quarterly model in C++ against its second writing in NumPy, future by future, on the bundled scenarios
# SPDX-License-Identifier: Apache-2.0
#
#     tools/check_port.sh [SAMPLES] [BUILD]     256 samples and build/ if left out
set -euo pipefail
cd "$(dirname "$0")/.."
samples=${1:-256}
writer=${2:-build}/bench/bench_model_case
python=.venv/bin/python

cases=(
    'ai5'
    'ai5 article'
    'ai5 computed'
    'ai5 decided-2023'
    'ai5 decided-2026 china-closed'
    'ai5 strait-crisis terafab'
    'ai5 event.korea_disruption.location=samsung_taylor_sf2 event.korea_disruption.hazard=50%/year'
    'ai5 single-source vehicle.cars.whole_copies=true economy.tax_rate=25% grid.us.blocks_sale=50%'
    'ai5 grid.us.upgrade_utility=40% grid.us.upgrade_buyer=60% grid.us.storage_share=50% grid.us.storage_utility=20% grid.us.storage_buyer=80% grid.us.blocks_sale=30%'
    'ai5 rated-orders terafab path.terafab.tenant_share=30% path.terafab.own_share=50%'
    'ai5 packaging-queue'
    'ai5 packaging-queue event.korea_disruption.location=tsmc_cowos event.korea_disruption.hazard=50%/year'
    'ai5 terafab path.taylor_expansion.taken=true path.taylor_expansion.site=terafab_14a'
    'dojo'
    'dojo at-scale'
)

[ -x "$writer" ] || { echo "check_port: there is no $writer; 'make test' builds it" >&2; exit 1; }
tools/setup.sh port
folder=$(mktemp -d -t autarky-port.XXXXXX)
trap 'rm -rf "$folder"' EXIT
failed=0
for case in "${cases[@]}"; do
    read -r -a words <<<"$case"
    printf '%s\n' "$case"
    "$writer" "$folder" "$samples" "${words[@]}" && "$python" -B bench/peers/quarterly_model.py "$folder" || failed=1
done
exit $failed
