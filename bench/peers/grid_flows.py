#!/usr/bin/env python3
# autarky: power flows a second of power-grid-model's own Python interface and of pandapower, on the feeders of bench/grid_speed
# SPDX-License-Identifier: Apache-2.0
"""pip install power-grid-model pandapower; then python3 bench/peers/grid_flows.py"""
import json
import pathlib
import time

import numpy

feeders = pathlib.Path(__file__).resolve().parents[2] / "catalogue/grid/feeders"
scenarios = 1440


def levels(n):
    s, i = numpy.meshgrid(numpy.arange(scenarios), numpy.arange(n), indexing="ij")
    return 1000.0 * (0.5 + 0.5 * ((s * 31 + i * 17) % 100) / 100.0)


def power_grid_model_rate():
    import power_grid_model as pgm
    from power_grid_model.utils import json_deserialize

    text = (feeders / "kerber_dorfnetz.json").read_text()
    document = json.loads(text)
    document.pop("source", None)
    data = json_deserialize(json.dumps(document))
    model = pgm.PowerGridModel(data)
    loads = data["sym_load"]
    update = pgm.initialize_array("update", "sym_load", (scenarios, len(loads)))
    update["id"] = loads["id"]
    update["p_specified"] = levels(len(loads))
    update["q_specified"] = 0.3 * update["p_specified"]
    for method in (pgm.CalculationMethod.iterative_current, pgm.CalculationMethod.newton_raphson):
        best = min(timed(lambda: model.calculate_power_flow(update_data={"sym_load": update}, calculation_method=method,
                                                             threading=-1)) for _ in range(5))
        print(f"power-grid-model {pgm.__version__ if hasattr(pgm, '__version__') else ''} {method.name}: {scenarios / best:.0f} flows/s")


def pandapower_rate():
    import pandapower
    import pandapower.networks

    net = pandapower.networks.create_kerber_dorfnetz()
    power = levels(len(net.load)) / 1e6
    n = 60

    def run():
        for s in range(n):
            net.load["p_mw"] = power[s]
            net.load["q_mvar"] = 0.3 * power[s]
            pandapower.runpp(net, init="results" if s else "auto", numba=True)

    run()
    print(f"pandapower {pandapower.__version__} runpp: {n / timed(run):.0f} flows/s")


def timed(work):
    began = time.process_time()  # of this process: a busy machine does not count
    work()
    return time.process_time() - began


for rate in (power_grid_model_rate, pandapower_rate):
    try:
        rate()
    except ImportError as missing:
        print(f"{rate.__name__}: {missing}")
