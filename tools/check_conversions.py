#!/usr/bin/env python3
# autarky: nets of pandapower and SimBench, converted in one line, have pandapower's voltages and as many customers as loads
# SPDX-License-Identifier: Apache-2.0
"""usage: check_conversions.py PROGRAM

Runs under a Python that has tools/pip-convert.txt. Prints one line a net; exit code 1 when one fails.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")

CONVERT = pathlib.Path(__file__).resolve().parent / "feeder_from_pandapower.py"
FARTHEST_PU = 1e-5  # the converter clips no-load currents to the losses, which pandapower does not: 5e-6 at Kerber's village


def nets():
    """Name, net and the customers that it has."""
    import pandapower.networks as nw
    import simbench

    yield "SimBench 1-LV-rural1--0-sw", simbench.get_simbench_net("1-LV-rural1--0-sw"), 13
    kerber = nw.create_kerber_dorfnetz()
    yield "pandapower Kerber village", kerber, len(kerber.load)
    kerber = nw.create_kerber_landnetz_kabel_1()
    yield "pandapower Kerber rural cable 1", kerber, len(kerber.load)


def program_json(program, *arguments):
    done = subprocess.run([program, "grid", *map(str, arguments), "--json"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def farthest(net, flow):
    """Largest distance of a voltage; nodes are buses in the order of the table."""
    import pandapower

    pandapower.runpp(net, calculate_voltage_angles=True, trafo_model="pi", numba=False)
    ours = [row["u_pu"] for row in flow["nodes"]][: len(net.bus)]
    return max(abs(a - b) for a, b in zip(ours, net.res_bus.vm_pu))


def main() -> int:
    import pandapower

    program, failed = str(pathlib.Path(sys.argv[1]).resolve()), 0
    with tempfile.TemporaryDirectory() as folder:
        for name, net, customers in nets():
            saved, feeder = pathlib.Path(folder) / "net.json", pathlib.Path(folder) / "feeder.json"
            pandapower.to_json(net, str(saved))
            subprocess.run([sys.executable, CONVERT, saved, feeder], check=True)
            distance = farthest(net, program_json(program, "flow", feeder))
            hosted = program_json(program, "host", feeder, "--placements", "2")
            good = distance < FARTHEST_PU and hosted["loads"] == customers
            failed += not good
            print(f"{name}: farthest voltage {distance:.1e} pu, {hosted['loads']} customers of {customers}"
                  f"{'' if good else '  FAILED'}")
    print(f"{3 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
