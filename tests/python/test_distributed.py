# autarky: runs on a Dask cluster of two processes
# SPDX-License-Identifier: Apache-2.0
import os
import signal
import threading

# a machine with much else to do is slow to start processes, and this is no test of its patience; workers inherit it
os.environ["DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT"] = "300s"

import distributed
import pytest

import autarky
import autarky.distributed
from conftest import SMALL

SAMPLES = 4_000


@pytest.fixture(scope="module")
def client():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
    ) as cluster, distributed.Client(cluster) as client:
        yield client


@pytest.fixture(scope="module")
def scenario():
    return autarky.load(SMALL, set={"economy.discount_rate": "9 %/year"})


@pytest.fixture(scope="module")
def single(scenario):
    return scenario.run(samples=SAMPLES, seed=5)


def same(one, other):
    left, right = dict(one.value), dict(other.value)
    assert left.pop("engine").threads is None  # told of a run that was put together
    right.pop("engine")
    return left == right


@pytest.mark.parametrize("shards", [None, 1, 7])
def test_the_bits_of_a_single_run(client, scenario, single, shards):
    seen = []
    run = autarky.distributed.run(
        client, scenario, samples=SAMPLES, seed=5, shards=shards, progress=lambda done, of: seen.append((done, of))
    )
    assert run.sha256 == single.sha256 and same(run, single)
    assert seen == [(k, len(seen)) for k in range(1, len(seen) + 1)]
    assert len(seen) == (shards or 2)  # one a thread: too few samples for more


def test_a_worker_that_is_killed_changes_nothing(client, scenario, single):
    workers = client.run(os.getpid)
    killed = []

    def kill_one(done, of):
        if not killed:
            killed.append(next(iter(workers.values())))
            os.kill(killed[0], signal.SIGKILL)

    run = autarky.distributed.run(client, scenario, samples=SAMPLES, seed=5, shards=16, progress=kill_one)
    assert killed and run.sha256 == single.sha256 and same(run, single)
    client.wait_for_workers(2, timeout=300)


def test_many_parts_are_put_together_by_the_workers(client, scenario, single):
    """In a tree of two levels, with a worker that is killed while sums of its parts are held nowhere else."""
    workers = client.run(os.getpid)
    killed = []

    def kill_one(done, of):
        if done == 30:
            killed.append(next(iter(workers.values())))
            os.kill(killed[0], signal.SIGKILL)

    shards = autarky.distributed.PARTS_A_SUM * 2 + 8
    run = autarky.distributed.run(client, scenario, samples=SAMPLES, seed=5, shards=shards, progress=kill_one)
    assert killed and run.sha256 == single.sha256 and same(run, single)
    client.wait_for_workers(2, timeout=300)
    with pytest.raises(autarky.distributed.Cancelled) as caught:
        autarky.distributed.run(client, scenario, samples=SAMPLES, seed=5, shards=shards, progress=lambda done, of: done < 35)
    n = caught.value.partial.value["engine"].samples  # 35 of 40 parts: the first one is among them in any order of two workers
    assert n % (SAMPLES // shards) == 0 and 0 < n < SAMPLES
    assert caught.value.partial.sha256 == scenario.run(samples=n, seed=5).sha256


def test_a_tree_of_parts_of_any_shape_gives_the_bits_of_the_whole(scenario):
    fields = {"samples": 700, "seed": 2}
    parts = [autarky.distributed.part(scenario, fields, f"{k}/7") for k in range(1, 8)]
    up = autarky.distributed.larger_part
    whole = up(*parts)
    assert up(up(*parts[:3]), up(*parts[3:])) == up(up(parts[6], parts[0]), up(up(parts[1], parts[5]), *parts[2:5])) == whole
    with pytest.raises(autarky.InputError, match="part 2 has samples"):
        up(parts[0], up(*parts[:2]))
    with pytest.raises(autarky.InputError, match="no part of a run"):
        up(parts[0], b"nothing")


def test_what_progress_raises_cancels_the_rest(client, scenario):
    class Enough(Exception):
        pass

    def stop(done, of):
        raise Enough

    with pytest.raises(Enough):
        autarky.distributed.run(client, scenario, samples=100_000, shards=50, progress=stop)
    assert autarky.distributed.run(client, scenario, samples=64, shards=2).sha256 == scenario.run(samples=64).sha256


def test_a_run_that_is_cancelled_takes_nothing_from_an_equal_one(client, scenario, single):
    """Dask gives equal work one key, and cancelling it for one caller takes the result from the other: each run has its own."""
    got = []
    other = threading.Thread(
        target=lambda: got.append(autarky.distributed.run(client, scenario, samples=SAMPLES, seed=5, shards=20))
    )
    other.start()
    with pytest.raises(autarky.distributed.Cancelled):
        autarky.distributed.run(client, scenario, samples=SAMPLES, seed=5, shards=20, progress=lambda done, of: done < 2)
    other.join()
    assert [run.sha256 for run in got] == [single.sha256]


def test_a_cancelled_run_gives_what_is_there(client, scenario):
    with pytest.raises(autarky.distributed.Cancelled) as caught:
        autarky.distributed.run(client, scenario, samples=SAMPLES, seed=5, shards=20, progress=lambda done, of: done < 8)
    assert (caught.value.done, caught.value.shards) == (8, 20)
    partial = caught.value.partial
    # Parts end in any order: a run of the samples before the first that is missing, if the first part was among the eight.
    if partial is not None:
        n = partial.value["engine"].samples
        assert 0 < n <= SAMPLES * 8 // 20
        assert partial.sha256 == scenario.run(samples=n, seed=5).sha256


def test_missing_parts_end_a_run_where_that_is_asked_for(scenario, tmp_path):
    files = []
    for k in (1, 2, 4):
        files.append(tmp_path / f"part-{k}")
        files[-1].write_bytes(autarky.distributed.part(scenario, {"samples": 64, "seed": 1}, f"{k}/4"))
    with pytest.raises(autarky.InputError):
        autarky.distributed.merged(files)
    assert autarky.distributed.merged(files, unfinished=True).sha256 == scenario.run(samples=32, seed=1).sha256
    with pytest.raises(autarky.InputError):
        autarky.distributed.merged(files[1:], unfinished=True)


def test_findings_of_a_worker_reach_the_caller(client, scenario):
    with pytest.raises(autarky.InputError) as caught:
        autarky.distributed.run(client, scenario, samples=0, shards=2)
    assert caught.value.findings[0].field == "samples"


def test_parts_of_different_runs_are_refused(scenario, tmp_path):
    def of(*parts):
        files = [tmp_path / f"part-{k}" for k in range(len(parts))]
        for file, content in zip(files, parts, strict=True):
            file.write_bytes(content)
        return autarky.distributed.merged(files)

    fields = {"samples": 64, "seed": 1}
    first = autarky.distributed.part(scenario, fields, "1/2")
    other = autarky.distributed.part(scenario, {**fields, "seed": 2}, "2/2")
    for parts in ([first, other], [first], [first, first], [first, b"nothing"]):
        with pytest.raises(autarky.InputError):
            of(*parts)
    second = autarky.distributed.part(scenario, fields, "2/2")
    assert of(second, first).sha256 == scenario.run(samples=64).sha256
