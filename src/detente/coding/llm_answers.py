"""Answers kept in a folder, so that no question is paid for twice."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from detente.coding.llm_prompt import PROMPT_VERSION
from detente.errors import WorkspaceError


def question_id(model: str, messages: Sequence[dict[str, str]]) -> str:
    """Return what names a question: the model, the prompt's version, the sentences and their context.

    Args:
        model: Name of the model.
        messages: As they are sent.

    Returns:
        64 hexadecimal digits.
    """
    asked = json.dumps([model, PROMPT_VERSION, list(messages)], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


class KeptAnswers:
    """A folder of answers, a file each; None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def find(self, question: str) -> str | None:
        """Return the answer to a question.

        Args:
            question: From `question_id`.

        Returns:
            What the model wrote; None where it is not kept or the file is damaged.
        """
        if self._folder is None:
            return None
        try:
            kept = json.loads(self._path(self._folder, question).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        content = kept.get("answer") if isinstance(kept, dict) else None
        return content if isinstance(content, str) else None

    def keep(self, question: str, model: str, answer: str) -> None:
        """Keep an answer.

        Args:
            question: From `question_id`.
            model: Name of the model, for who looks into the file.
            answer: What the model wrote.

        Raises:
            WorkspaceError: The folder cannot be written.
        """
        if self._folder is None:
            return
        path = self._path(self._folder, question)
        kept = {"model": model, "prompt": PROMPT_VERSION, "answer": answer}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(".tmp")
            draft.write_text(json.dumps(kept), encoding="utf-8")
            draft.replace(path)
        except OSError as error:
            raise WorkspaceError(
                folder=str(self._folder),
                reason=f"an answer cannot be kept ({error.strerror})",
                hint="free some space, or make the folder one that you may write to",
            ) from error

    @staticmethod
    def _path(folder: Path, question: str) -> Path:
        return folder / question[:2] / f"{question}.json"
