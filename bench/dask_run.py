#!/usr/bin/env python3
# autarky: what dividing a run among two processes costs, against two threads of one
# SPDX-License-Identifier: Apache-2.0
"""usage: PYTHONPATH=build/python dask_run.py [SAMPLES]

Runs ai5 with two threads and on a Dask cluster of two workers, by turns, and holds the results equal. Prints processor time of
both (which others on the machine change little), time on the clock, and the bytes of a part.
"""
import sys
import time

import distributed

import autarky
import autarky.distributed as divided

ROUNDS = 2


def measured(work, workers):
    """Result, seconds on the clock, seconds of all processes together."""

    def spent():
        return time.process_time() + sum(workers())

    clock, processor = time.monotonic(), spent()
    return work(), time.monotonic() - clock, spent() - processor


def main() -> None:
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    scenario = autarky.load("ai5")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0"
    ) as cluster, distributed.Client(cluster) as client:

        def workers():
            return client.run(time.process_time).values()

        divided.run(client, scenario, samples=64, shards=2)  # modules are imported
        for _ in range(ROUNDS):
            one, one_clock, one_processor = measured(lambda: scenario.run(samples=samples, threads=2), lambda: [0.0])
            two, two_clock, two_processor = measured(lambda: divided.run(client, scenario, samples=samples), workers)
            assert one.sha256 == two.sha256
            print(
                f"two threads {one_clock:.1f} s (processor {one_processor:.1f} s), two workers {two_clock:.1f} s "
                f"(processor {two_processor:.1f} s): {100 * one_processor / two_processor:.0f} % of the processor time"
            )
    for parts in (2, 8, 400):
        size = len(divided.part(scenario, {"samples": samples}, f"1/{parts}"))
        print(f"a part of {samples // parts} samples: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
