# autarky: the examples of docs/python.md, run as they are
# SPDX-License-Identifier: Apache-2.0
import doctest

from conftest import TREE


def test_examples_of_the_page():
    result = doctest.testfile(str(TREE / "docs/python.md"), module_relative=False)
    assert result.failed == 0 and result.attempted > 20
