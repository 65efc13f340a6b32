"""Every error Detente raises on purpose; nothing outside this tree reaches a user as a message.

DetenteError                                this package stopped on purpose
├── SourceError                         carries source and location
│   ├── SourceChangedError              the publisher's layout differs; names what was looked for
│   ├── SourceMissingError              the publisher has no such file
│   └── SourceUnavailableError          no answer now: worth another try later
├── TextError                           a document that cannot be read; carries path and reason
├── LedgerError                         the record store
│   └── LedgerVersionError              says found, wanted and the command that mends it
├── WorkspaceError                      a folder that is not, or already is, a workspace
├── NotEnoughDataError                  says how many, how many needed, for what
├── PairError (also ValueError)         one state where two are needed
├── UnknownNameError (also LookupError) kind, name, known; "did you mean ...?"
├── BatchError (also ValueError)        an Arrow batch that is no batch of whole documents
├── DateError (also ValueError)         a date that cannot be used, and why
├── SettingsError                       lists the places tried, in order
└── LlmError                            a language model's endpoint; carries its URL and model
    ├── LlmUnavailableError             no answer in all tries: worth another try later
    ├── LlmRefusedError                 the endpoint refuses: key, address, model or request
    ├── LlmAnswerError                  answers, but none in the form asked for
    │   └── LlmCutError                 the answer or the question is longer than the model takes
    ├── LlmUnfitError                   no usable answer for one document after another
    └── LlmBudgetError                  says what was spent, what was allowed, how to go on
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


class SourceMissingError(SourceError):
    """A file that the publisher does not have."""


class SourceUnavailableError(SourceError):
    """A publisher that gives no answer now; the same request may be answered later."""

    def __init__(self, *, source: str, location: str, reason: str, after: float = 0.0) -> None:
        self.after = after
        """Seconds the publisher asks to wait."""
        super().__init__(source=source, location=location, reason=reason)


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


class BatchError(DetenteError, ValueError):
    """An Arrow batch that is no batch of whole documents."""

    def __init__(self, *, received: object, missing: Collection[str], why: str = "") -> None:
        self.missing = missing
        lack = f"columns {', '.join(missing)} are missing" if missing else why
        super().__init__(
            f"a batch of passages was expected, {lack}; received {received}; "
            "build it with detente.pipeline.batches.PASSAGES"
        )


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


class LlmError(DetenteError):
    """A language model that cannot be asked, or not be used."""

    def __init__(self, *, url: str, model: str, reason: str, hint: str) -> None:
        self.url = url
        self.model = model
        self.reason = reason
        self.hint = hint
        super().__init__(f"model {model} at {url}: {reason}; {hint}")


class LlmUnavailableError(LlmError):
    """An endpoint that gives no answer; the same request may be answered later."""

    def __init__(
        self, *, url: str, model: str, reason: str, hint: str, tries: int, after: float = 0.0
    ) -> None:
        self.tries = tries
        self.after = after
        """Seconds the endpoint asks to wait."""
        super().__init__(url=url, model=model, reason=f"{reason} ({_tries(tries)})", hint=hint)


class LlmRefusedError(LlmError):
    """An endpoint that refuses the key, the address, the model or the request."""


class LlmAnswerError(LlmError):
    """An answer that is not in the form asked for."""

    def __init__(self, *, url: str, model: str, reason: str, tries: int) -> None:
        self.tries = tries
        super().__init__(
            url=url,
            model=model,
            reason=f"{reason} ({_tries(tries)}), a list of events was wanted",
            hint="lower max_sentences or name another model in the [llm] table of detente.toml",
        )


class LlmCutError(LlmAnswerError):
    """An answer or a question that is longer than the model takes; asking again is no help."""


class LlmUnfitError(LlmError):
    """A model that gives no usable answer for one document after another."""

    def __init__(self, *, url: str, model: str, documents: int, reason: str) -> None:
        self.documents = documents
        super().__init__(
            url=url,
            model=model,
            reason=f"no usable answer for {documents} documents in a row, the last: {reason}",
            hint="name another model in the [llm] table of detente.toml",
        )


class LlmBudgetError(LlmError):
    """A run that may ask no more; what is coded stays coded."""

    def __init__(
        self, *, url: str, model: str, requests: int, tokens: int, setting: str, allowed: int
    ) -> None:
        self.requests = requests
        self.tokens = tokens
        self.setting = setting
        self.allowed = allowed
        super().__init__(
            url=url,
            model=model,
            reason=f"budget of this run is spent: {requests:,} requests and {tokens:,} tokens, "
            f"{setting} is {allowed:,}",
            hint="what is coded stays coded: run again to go on, or raise "
            f"{setting} in the [llm] table of detente.toml",
        )


def _tries(tries: int) -> str:
    return "1 try" if tries == 1 else f"{tries} tries"


def _sample(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
