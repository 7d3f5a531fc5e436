#!/bin/bash
# autarky: finding: LocalCluster(dashboard_address=None) starts the HTTP server of the dashboard all the same, on port 8787
# SPDX-License-Identifier: Apache-2.0
#
# Surprise: LocalCluster documents "Set to None to disable the dashboard". With None the scheduler's HTTP server listens all
#   the same, on its usual port 8787 of every address of the machine (another one where 8787 is taken, with a warning), and
#   answers /health; the cluster still names a dashboard link, behind which there is then no page.
# Package: distributed 2026.8.0 with dask 2026.8.0 (PyPI).
# Hurt: tests and batch jobs that start clusters side by side and count on no port being taken, and who believes that
#   nothing is served. Remedy: ":0" takes any free port, without the warning.
# Seen on 2026-11-29:
#   dashboard_address=None: /health answers 200, link to port 8787: yes
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip --quiet --disable-pip-version-check install distributed==2026.8.0 dask==2026.8.0
cat >none.py <<'EOF'
import urllib.request
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        port = cluster.scheduler.services["dashboard"].port
        status = urllib.request.urlopen(f"http://127.0.0.1:{port}/health").status
        print(f"dashboard_address=None: /health answers {status}, link to port 8787: {'yes' if ':8787/' in cluster.dashboard_link else 'no'}")
EOF
venv/bin/python none.py | tee seen
diff seen - <<'EOF'
dashboard_address=None: /health answers 200, link to port 8787: yes
EOF
