"""How long work reports itself; the library itself shows nothing."""

from typing import Protocol


class Progress(Protocol):
    """Told how far a verb has come; surfaces draw it."""

    def start(self, what: str, total: int | None) -> None:
        """Begin one piece of work.

        Args:
            what: What is being done, for people.
            total: How many steps, or None where unknown.
        """

    def advance(self, steps: int = 1) -> None:
        """Report steps done.

        Args:
            steps: How many.
        """


class Silent:
    """Reports nothing."""

    def start(self, what: str, total: int | None) -> None:
        """Ignore the beginning.

        Args:
            what: Ignored.
            total: Ignored.
        """

    def advance(self, steps: int = 1) -> None:
        """Ignore the steps.

        Args:
            steps: Ignored.
        """
