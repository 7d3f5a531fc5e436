# autarky: written by tools/python_stubs.py from the descriptions of the questions
# SPDX-License-Identifier: Apache-2.0
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from ._answers import Answer, Run

_Text = str | os.PathLike[str]
_Number = float | str

__all__ = ['mcdonald_siegel', 'perpetual_put', 'black_scholes', 'margrabe', 'crr', 'newsvendor', 'manne', 'payoff']

def mcdonald_siegel(
    *,
    r: _Number,
    delta: _Number,
    sigma: _Number,
    investment: _Number,
    value: _Number,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The option to invest: hurdle, trigger, worth.

    r: Riskless rate, such as 0.04 (1/year)
    delta: Payout that waiting forgoes; at 0 nobody would ever invest (1/year)
    sigma: Volatility of the value, of a year
    investment: What investing costs (currency)
    value: What the project is worth today (currency)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def perpetual_put(
    *,
    S: _Number,
    K: _Number,
    r: _Number,
    delta: _Number | None = None,
    sigma: _Number,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The right to sell, or to give up, without an end.

    S: Price of the asset today (currency)
    K: Price at which it may be sold (currency)
    r: Riskless rate; at 0 nobody would ever sell (1/year)
    delta: Payout of the asset (1/year; else 0)
    sigma: Volatility of a year
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def black_scholes(
    *,
    S: _Number,
    K: _Number,
    r: _Number,
    q: _Number | None = None,
    sigma: _Number,
    T: _Number,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The right to buy or sell at an end, in closed form.

    S: Price of the asset today (currency)
    K: Price at which it may be bought or sold (currency)
    r: Riskless rate, continuous, such as 0.05 (1/year)
    q: Payout of the asset, continuous (1/year; else 0)
    sigma: Volatility of a year, such as 0.2
    T: Time to the end (year)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def margrabe(
    *,
    S1: _Number,
    S2: _Number,
    q1: _Number | None = None,
    q2: _Number | None = None,
    sigma1: _Number,
    sigma2: _Number,
    rho: _Number | None = None,
    T: _Number,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The right to give one asset for another.

    S1: Price today of the asset that is got (currency)
    S2: Price today of the asset that is given (currency)
    q1: Payout of the first (1/year; else 0)
    q2: Payout of the second (1/year; else 0)
    sigma1: Volatility of the first, of a year
    sigma2: Volatility of the second, of a year
    rho: Correlation of their returns (else 0)
    T: Time to the end (year)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def crr(
    *,
    S: _Number,
    K: _Number,
    r: _Number,
    q: _Number | None = None,
    sigma: _Number,
    T: _Number,
    n: int | None = None,
    right: Literal['call', 'put'] | None = None,
    american: bool | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The same on a binomial lattice, also before the end.

    S: Price of the asset today (currency)
    K: Price at which it may be bought or sold (currency)
    r: Riskless rate, continuous, such as 0.05 (1/year)
    q: Payout of the asset, continuous (1/year; else 0)
    sigma: Volatility of a year, such as 0.2
    T: Time to the end (year)
    n: Steps of the lattice (else 200)
    right: The right to buy or to sell (one of call, put; else call)
    american: It may be used at every step, not at the end only
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def newsvendor(
    *,
    mean: _Number,
    sd: _Number,
    price: _Number,
    cost: _Number,
    salvage: _Number | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """How much to order before the demand is known.

    mean: Mean of the demand, in pieces
    sd: Standard deviation of the demand, which is normal
    price: What a piece sells for (currency)
    cost: What a piece costs (currency)
    salvage: What a piece left over brings; negative: costs (currency; else 0)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def manne(
    *,
    a: _Number,
    r: _Number,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """How large a step of capacity should be.

    a: Exponent of a step's cost over its size, below 1: larger steps cost less a unit
    r: Rate of interest, continuous (1/year)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def payoff(
    *,
    row: _Text | Sequence[_Text],
    p: _Text | None = None,
    alpha: _Number | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Which action of a table of payoffs to take.

    row: Payoffs of one action in every state, with commas: 120,60,-40
    p: Probabilities of the states, with commas (else not known)
    alpha: Hurwicz's weight of the best state (else 0.5)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """
