# autarky: small pictures for notebooks; they draw figures, they compute none
# SPDX-License-Identifier: Apache-2.0
"""HTML of answers: SVG without scripts, readable on light and dark pages."""

from __future__ import annotations

import html
from typing import Any

import numpy as np

WIDTH, HEIGHT = 460.0, 140.0
LEFT, RIGHT, TOP, BOTTOM = 70.0, 8.0, 18.0, 18.0


def pre(text: str) -> str:
    return f"<pre>{html.escape(text)}</pre>"


def _scale(low: float, high: float, start: float, end: float) -> Any:
    span = high - low or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def _svg(title: str, body: str) -> str:
    label = html.escape(title, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'width="{WIDTH:g}" height="{HEIGHT:g}" font-family="sans-serif" font-size="11" fill="currentColor">'
        f"<title>{label}</title>{body}</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(text)}</text>'


def fan(name: str, unit: str, quarters: tuple[str, ...], quantiles: Any) -> str:
    """5 to 95 % and 25 to 75 % of futures as bands, the median as a line; gaps where the metric does not exist."""
    there = np.flatnonzero(np.isfinite(quantiles).all(axis=0))
    if not quarters or there.size == 0:
        return ""
    low, high = float(quantiles[0, there].min()), float(quantiles[-1, there].max())
    x = _scale(0, max(len(quarters) - 1, 1), LEFT, WIDTH - RIGHT)
    y = _scale(low, high, HEIGHT - BOTTOM, TOP)

    def line(row: int, columns: Any) -> list[str]:
        return [f"{x(k):.1f},{y(quantiles[row, k]):.1f}" for k in columns]

    body = _text(LEFT, 12, f"{name}, {unit}")
    for piece in np.split(there, np.flatnonzero(np.diff(there) > 1) + 1):
        for lower, upper, opacity in ((0, 4, 0.2), (1, 3, 0.35)):
            points = " ".join(line(lower, piece) + line(upper, piece[::-1]))
            body += f'<polygon points="{points}" fill="#3b7dd8" fill-opacity="{opacity}"/>'
        body += f'<polyline points="{" ".join(line(2, piece))}" fill="none" stroke="#3b7dd8" stroke-width="1.5"/>'
    body += _text(LEFT - 4, y(low), f"{low:,.4g}", "end") + _text(LEFT - 4, y(high) + 8, f"{high:,.4g}", "end")
    body += _text(LEFT, HEIGHT - 4, quarters[0]) + _text(WIDTH - RIGHT, HEIGHT - 4, quarters[-1], "end")
    return _svg(f"{name} in {unit}: 5 to 95 % and 25 to 75 % of futures, median", body)
