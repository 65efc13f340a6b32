"""What a run with a language model cost and what it did not take; kept apart from the network."""

from typing import Protocol, runtime_checkable

from detente.records import Record, Refusal


class LlmAccount(Record):
    """What one run asked and spent."""

    requests: int
    """Sent, tries that failed among them."""
    tokens: int
    """Of questions and answers; estimated where the endpoint does not say."""
    kept_answers: int
    """Questions that an earlier run had asked; they cost nothing."""
    refused: tuple[Refusal, ...]
    """Items of answers that were not taken, and why."""


@runtime_checkable
class Accountable(Protocol):
    """A coder that spends: each document it reads is stored at once."""

    def account(self) -> LlmAccount:
        """Return what was spent so far."""
