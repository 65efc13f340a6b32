"""Figures with their intervals, and the log-odds scale they live on.

A quantile of a Beta share is taken to log-odds from both tails, never through 1 - x, which rounds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

LEVEL = 0.90
"""Probability of every interval unless said otherwise."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A figure and the interval it lies in with probability `level`.

    Examples:
        >>> Estimate(0.7, 0.2, 1.1).level
        0.9
    """

    value: float
    low: float
    high: float
    level: float = LEVEL


def tails(level: float) -> tuple[float, float]:
    """Return the lower and upper quantile of an equal-tailed interval.

    Args:
        level: Probability inside, in (0, 1).

    Examples:
        >>> [round(q, 3) for q in tails(0.90)]
        [0.05, 0.95]
    """
    return (1 - level) / 2, (1 + level) / 2


def logit(share: ArrayLike) -> Floats:
    """Return the log-odds of a share.

    Args:
        share: In [0, 1]; a number or an array.

    Returns:
        log(share / (1 - share)), same shape; infinite at 0 and 1.

    Examples:
        >>> round(float(logit(0.75)), 4)
        1.0986
    """
    return np.asarray(special.logit(np.asarray(share, dtype=np.float64)))


def expit(log_odds: ArrayLike) -> Floats:
    """Return the share that has these log-odds.

    Args:
        log_odds: Any real number or array; large ones do not overflow.

    Returns:
        1 / (1 + exp(-log_odds)) in [0, 1], same shape.

    Examples:
        >>> float(expit(-1000.0)), float(expit(0.0))
        (0.0, 0.5)
    """
    return np.asarray(special.expit(np.asarray(log_odds, dtype=np.float64)))


def beta_log_odds(quantile: float, alpha: ArrayLike, beta: ArrayLike) -> Floats:
    """Return a quantile of logit(theta) where theta is Beta distributed.

    The log-odds rise with theta, so the quantile is exact: the logit of theta's own.

    Args:
        quantile: In (0, 1).
        alpha: First shape, > 0; a number or an array.
        beta: Second shape, > 0.

    Returns:
        Log-odds, same shape as the shapes given.

    References:
        Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 2.4.

    Examples:
        >>> round(float(beta_log_odds(0.5, 3.0, 3.0)), 9)
        0.0
    """
    least = np.finfo(np.float64).tiny
    warm = np.maximum(special.betaincinv(alpha, beta, quantile), least)
    cold = np.maximum(special.betainccinv(beta, alpha, quantile), least)
    return np.asarray(np.log(warm) - np.log(cold), dtype=np.float64)


def beta_log_odds_variance(alpha: ArrayLike, beta: ArrayLike) -> Floats:
    """Return the variance of logit(theta) where theta is Beta distributed.

    Args:
        alpha: First shape, > 0; a number or an array.
        beta: Second shape, > 0.

    Returns:
        trigamma(alpha) + trigamma(beta), > 0, in squared log-odds.

    References:
        Johnson, Kotz, Balakrishnan (1995), Continuous Univariate Distributions 2, chapter 25.

    Examples:
        >>> round(float(beta_log_odds_variance(1.0, 1.0)), 4)
        3.2899
    """
    return np.asarray(special.polygamma(1, alpha) + special.polygamma(1, beta), dtype=np.float64)


def trigamma(x: Floats) -> Floats:
    """Return the second derivative of log Gamma, ten times as fast as by the zeta function.

    Eight steps of the recurrence, then the asymptotic series.

    Args:
        x: > 0.

    Returns:
        Same shape; the relative error is under 1e-12.

    References:
        Abramowitz, Stegun (1964), Handbook of Mathematical Functions, 6.4.6 and 6.4.12.

    Examples:
        >>> abs(trigamma(np.array([1.0])) - np.pi**2 / 6).max() < 1e-12
        np.True_
    """
    total = np.zeros_like(x)
    for step in range(8):
        total += 1.0 / np.square(x + step)
    inverse = 1.0 / (x + 8.0)
    square = inverse * inverse
    series = 1 / 42 - square * (1 / 30 - square * (5 / 66 - square * 691 / 2730))
    series = inverse + square * (0.5 + inverse * (1 / 6 - square * (1 / 30 - square * series)))
    return np.asarray(total + series)


def beta_log_odds_draws(
    generator: np.random.Generator, alpha: float, beta: float, draws: int
) -> Floats:
    """Draw logit(theta) where theta is Beta distributed.

    Taken as a difference of log Gamma draws, so that shapes far below 1 do not round to 0 or 1.

    Args:
        generator: The seeded source of chance.
        alpha: First shape, > 0.
        beta: Second shape, > 0.
        draws: How many.

    Returns:
        Log-odds of shape `(draws,)`.

    References:
        Marsaglia, Tsang (2000), A simple method for generating gamma variables,
        doi:10.1145/358407.358414, for the step below shape 1.

    Examples:
        >>> beta_log_odds_draws(np.random.default_rng(1), 0.001, 5.0, 3).max() < 0
        np.True_
    """
    return _log_gamma_draws(generator, alpha, draws) - _log_gamma_draws(generator, beta, draws)


def share_estimate(count: int, total: int, level: float = LEVEL) -> Estimate:
    """Return a share of counted events with its Jeffreys interval.

    Args:
        count: Events that count, 0 to `total`.
        total: All events, at least 1.
        level: Probability of the interval.

    Returns:
        count / total, in [0, 1], with the equal-tailed Beta(count + 1/2, total - count + 1/2)
        interval; the low end is 0 where nothing counts and the high end 1 where all does.

    References:
        Brown, Cai, DasGupta (2001), Interval estimation for a binomial proportion,
        doi:10.1214/ss/1009213286.

    Examples:
        >>> figure = share_estimate(0, 10)
        >>> figure.value, figure.low, round(figure.high, 3)
        (0.0, 0.0, 0.171)
    """
    lower, upper = tails(level)
    shapes = (count + 0.5, total - count + 0.5)
    low = 0.0 if count == 0 else float(special.betaincinv(*shapes, lower))
    high = 1.0 if count == total else float(special.betaincinv(*shapes, upper))
    value = count / total
    return Estimate(value, min(low, value), max(high, value), level)


def _log_gamma_draws(generator: np.random.Generator, shape: float, draws: int) -> Floats:
    raised = np.log(generator.standard_gamma(shape + 1.0, draws))
    return raised - generator.standard_exponential(draws) / shape
