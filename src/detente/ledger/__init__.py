"""The record store: documents, what coders read in them, deed indicators, originals."""

from detente.ledger.document_reads import Addition
from detente.ledger.documents import Appended, DocumentItem, Signature
from detente.ledger.originals import OriginalStore
from detente.ledger.queries import Found
from detente.ledger.schema import migrate
from detente.ledger.store import Ledger
from detente.ledger.urls import hidden, same_database, without_password

__all__ = [
    "Addition",
    "Appended",
    "DocumentItem",
    "Found",
    "Ledger",
    "OriginalStore",
    "Signature",
    "hidden",
    "migrate",
    "same_database",
    "without_password",
]
