"""What a coder is: one function from a document and its sentences to a reading."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from detente.records import Document, Passage, Reading


class Coder(Protocol):
    """Reads one document; the same input always gives the same reading."""

    @property
    def name(self) -> str:
        """Short name; for a coder that needs no settings, its key in `CODERS`."""

    @property
    def version(self) -> str:
        """Changes whenever a reading can change."""

    def code(
        self, document: Document, passages: Sequence[Passage], *, coded_at: datetime
    ) -> Reading:
        """Code one document.

        Args:
            document: Its `published` interval resolves persons by office.
            passages: The document's sentences in order.
            coded_at: Instant to stamp the reading with, UTC.

        Returns:
            The reading; empty where nothing is found.
        """
