"""Coders read passages into events, meetings, commitments, shared interests and steps.

Every coder satisfies `Coder` and runs the same contract tests. Those that need no settings are registered
in `CODERS`; the language-model coder is made with its own.
"""

from collections.abc import Callable

from detente.coding.pairs import PairCoder
from detente.coding.patterns import PatternCoder
from detente.coding.protocol import Coder

CODERS: dict[str, Callable[[], Coder]] = {"pairs": PairCoder, "patterns": PatternCoder}
"""Coder name to its class."""

__all__ = ["CODERS", "Coder", "PairCoder", "PatternCoder"]
