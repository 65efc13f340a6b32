"""Coders read passages into events, meetings, commitments, shared interests and steps.

Every coder satisfies `Coder`; a new one is registered in `CODERS` and runs the same contract tests.
"""

from collections.abc import Callable

from detente.coding.pairs import PairCoder
from detente.coding.patterns import PatternCoder
from detente.coding.protocol import Coder

CODERS: dict[str, Callable[[], Coder]] = {"pairs": PairCoder, "patterns": PatternCoder}
"""Coder name to its class."""

__all__ = ["CODERS", "Coder", "PairCoder", "PatternCoder"]
