"""Every error Detente raises on purpose; nothing outside this tree reaches a user as a message.

DetenteError                                this package stopped on purpose
├── SourceError                         carries source and location
│   └── SourceChangedError              the publisher's layout differs; names what was looked for
├── TextError                           a document that cannot be read; carries path and reason
├── LedgerError                         the record store
│   └── LedgerVersionError              says found, wanted and the command that mends it
├── WorkspaceError                      a folder that is not, or already is, a workspace
├── NotEnoughDataError                  says how many, how many needed, for what
├── PairError (also ValueError)         one state where two are needed
├── UnknownNameError (also LookupError) kind, name, known; "did you mean ...?"
├── DateError (also ValueError)         a date that cannot be used, and why
└── SettingsError                       lists the places tried, in order
"""

from collections.abc import Collection, Sequence
from difflib import get_close_matches


class DetenteError(Exception):
    """Base of all errors; its text is one line: received, expected, the mend."""


class SourceError(DetenteError):
    """A publisher's file or page that cannot be used."""

    def __init__(self, *, source: str, location: str, reason: str) -> None:
        self.source = source
        self.location = location
        self.reason = reason
        super().__init__(f"{source}: {location}: {reason}")


class SourceChangedError(SourceError):
    """A file or page whose layout is not the publisher's known one."""


class TextError(DetenteError):
    """A document that cannot be read."""

    def __init__(self, *, path: str, reason: str, hint: str) -> None:
        self.path = path
        self.reason = reason
        self.hint = hint
        super().__init__(f"{path}: {reason}; {hint}")


class LedgerError(DetenteError):
    """The record store refuses or cannot be read."""

    def __init__(self, *, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"ledger {url}: {reason}")


class LedgerVersionError(LedgerError):
    """The ledger's schema is not the one this version speaks."""

    def __init__(self, *, url: str, found: str, wanted: str, mend: str) -> None:
        self.found = found
        self.wanted = wanted
        super().__init__(
            url=url, reason=f"schema {found}, this version of detente reads {wanted}; {mend}"
        )


class WorkspaceError(DetenteError):
    """A folder that is not a workspace, or already is one."""

    def __init__(self, *, folder: str, reason: str, hint: str) -> None:
        self.folder = folder
        super().__init__(f"{folder}: {reason}; {hint}")


class NotEnoughDataError(DetenteError):
    """A figure that would rest on too little."""

    def __init__(self, *, measure: str, found: int, needed: int) -> None:
        self.measure = measure
        self.found = found
        self.needed = needed
        super().__init__(f"{measure}: {found} records, at least {needed} needed")


class PairError(DetenteError, ValueError):
    """One state where two are needed."""

    def __init__(self, *, first: str, second: str, code: str) -> None:
        self.code = code
        super().__init__(f"{first!r} and {second!r} are both {code}; name two different states")


class UnknownNameError(DetenteError, LookupError):
    """A name that no table holds."""

    def __init__(self, *, kind: str, name: str, known: Collection[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = known
        close = get_close_matches(name, list(known), n=3, cutoff=0.5)
        by_case = [k for k in known if k.casefold() == name.casefold()]
        offer = ", ".join(dict.fromkeys(by_case + close)) or _sample(sorted(known))
        lead = "did you mean" if by_case or close else "known are"
        super().__init__(f"unknown {kind} {name!r}; {lead} {offer}")


class DateError(DetenteError, ValueError):
    """A date that cannot be used."""

    def __init__(self, *, received: str, reason: str, hint: str) -> None:
        self.received = received
        super().__init__(f"date {received!r}: {reason}; {hint}")


class SettingsError(DetenteError):
    """A setting that is missing or wrong, with the places tried in order."""

    def __init__(self, *, setting: str, reason: str, tried: Sequence[str]) -> None:
        self.setting = setting
        self.tried = tuple(tried)
        super().__init__(f"{setting}: {reason}; looked in {', then '.join(tried)}")


def _sample(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
