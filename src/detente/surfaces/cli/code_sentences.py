"""`detente code-sentences`: code sentences of one's own, a JSON object a line."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from detente.coding.given import Sentence, code_sentence
from detente.errors import TextError
from detente.surfaces.cli.options import JsonOption
from detente.surfaces.cli.output import console


def command(
    file: Annotated[
        Path, typer.Argument(help="JSON Lines with `text`; `-` reads standard input.")
    ] = Path("-"),
    *,
    as_json: JsonOption = False,
) -> None:
    """Code sentences: `text`, and if known `actor` and `recipient` spans or an `actors` table."""
    lines = sys.stdin if str(file) == "-" else file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        coded = code_sentence(_sentence(str(file), number, line))
        if as_json:
            sys.stdout.write(coded.model_dump_json() + "\n")
            continue
        console.print(coded.text, markup=False)
        for event in coded.events:
            console.print(
                f"  {event.actor} > {event.recipient}: {event.root} {event.tone} {event.act or ''} "
                f"{event.mode} ({event.confidence:.2f})",
                markup=False,
            )


def _sentence(file: str, number: int, line: str) -> Sentence:
    try:
        row = json.loads(line)
        for side in ("actor", "recipient"):
            if isinstance(row.get(side), list):
                row[side] = {"start": row[side][0], "end": row[side][1]}
        known = {key: row[key] for key in Sentence.model_fields if row.get(key) is not None}
        return Sentence.model_validate(known)
    except (ValueError, TypeError, IndexError, AttributeError, ValidationError) as error:
        raise TextError(
            path=f"{file}, line {number}",
            reason=f"not a sentence ({str(error).splitlines()[0]})",
            hint='write {"text": "...", "actor": [0, 7], "recipient": [16, 26]}',
        ) from error
