# autarky: the methods of a scenario; their types are in _methods.pyi
# SPDX-License-Identifier: Apache-2.0
"""Every question about a scenario, with the scenario's own fields left out."""

from ._questions import QUESTIONS, is_about_scenario, method_of, python_name


class ScenarioQuestions:
    """The questions about a scenario."""


for _question in QUESTIONS:
    if is_about_scenario(_question):
        setattr(ScenarioQuestions, python_name(_question["name"]), method_of(_question))
