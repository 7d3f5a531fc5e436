#!/usr/bin/env python3
# autarky: writes a pandapower or SimBench net as the feeder that `autarky grid` reads
# SPDX-License-Identifier: Apache-2.0
"""usage: feeder_from_pandapower.py NET FEEDER.json

NET is a file that pandapower wrote (pandapower.to_json) or the code of a SimBench grid, such as 1-LV-rural1--0-sw. The conversion
is power-grid-model-io's; what it does otherwise than pandapower is put right or said on standard error:
  a tap whose changer has no type counts for nothing in pandapower (SimBench has none), and does so here;
  the resistance of closed bus-to-bus switches (z_ohm) is lost.
Needs tools/pip-convert.txt.
"""
import pathlib
import sys
import warnings

warnings.filterwarnings("ignore")


def net_of(name):
    """The net of a file or of a SimBench code."""
    import pandapower

    if pathlib.Path(name).exists():
        return pandapower.from_json(name)
    import simbench

    return simbench.get_simbench_net(name)


def settle(net):
    """Puts right or says what the conversion would change in silence."""
    for table in ("trafo", "trafo3w"):
        frame = net[table]
        if frame.empty or "tap_pos" not in frame:
            continue
        typed = frame["tap_changer_type"].notna() if "tap_changer_type" in frame else frame.index != frame.index
        moved = (frame["tap_pos"] != frame["tap_neutral"]) & frame["tap_pos"].notna() & ~typed
        for index in frame.index[moved]:
            print(f"{table} {index}: tap {frame.at[index, 'tap_pos']:g} has no changer type and counts as "
                  f"{frame.at[index, 'tap_neutral']:g}, as in pandapower", file=sys.stderr)
        frame.loc[moved, "tap_pos"] = frame.loc[moved, "tap_neutral"]
    switches = net.switch
    if "z_ohm" in switches:
        lost = switches[(switches.et == "b") & switches.closed & (switches.z_ohm > 0)]
        if len(lost):
            print(f"{len(lost)} switches between buses lose their resistance z_ohm", file=sys.stderr)
    return net


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    from power_grid_model.utils import json_serialize_to_file
    from power_grid_model_io.converters import PandaPowerConverter

    data, _ = PandaPowerConverter().load_input_data(settle(net_of(sys.argv[1])))
    json_serialize_to_file(pathlib.Path(sys.argv[2]), data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
