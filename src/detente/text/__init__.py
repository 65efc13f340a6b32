"""Originals into passages: decode, find the body, date it, split it, find its near-duplicates.

Everything here is a pure function of the stored bytes; nothing reads the clock or the disk.
"""

from detente.text.date_match import Relation
from detente.text.dates import dates_in
from detente.text.duplicates import nearest, signature, similarity
from detente.text.original import original_text, quoted
from detente.text.reading import prepare

__all__ = [
    "Relation",
    "dates_in",
    "nearest",
    "original_text",
    "prepare",
    "quoted",
    "signature",
    "similarity",
]
