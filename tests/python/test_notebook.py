# autarky: the example notebook runs from its first cell to its last
# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import nbclient
import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "python" / "examples").glob("*.ipynb"))


@pytest.mark.filterwarnings("default")  # of the packages that run it
@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_it_runs(file):
    notebook = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells), "commit it without outputs"
    nbclient.NotebookClient(notebook, timeout=180, kernel_name="python3").execute()
    pictures = [out for cell in notebook.cells for out in cell.get("outputs", ()) if "text/html" in out.get("data", {})]
    assert any("<svg" in "".join(out["data"]["text/html"]) for out in pictures)


def test_there_is_one():
    assert NOTEBOOKS
