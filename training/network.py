"""The network: a MiniLM encoder, the pair's two marks and the sentence's mean, and one head a label."""

from dataclasses import dataclass
from pathlib import Path

import torch
from corpus import Marked
from torch import nn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from detente.coding.blinding import blinded, country_in, names_in
from detente.coding.encoder import HEADS, LONGEST, MARKS, MarkedPair
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Realm, Tone, realm_of
from detente.ontology.issues import ISSUES
from detente.ontology.plover import EventType, event_type

CLASSES: dict[str, list[str]] = {
    "mode": ["none", *(m.value for m in Mode)],
    "root": [f"{number:02d}" for number in range(1, 21)],
    "event_type": [t.value for t in EventType],
    "realm": [r.value for r in Realm],
    "tone": [t.value for t in Tone],
    "act": [a.value for a in Act],
    "issues": list(ISSUES),
}
UNKNOWN = -100
"""Label of a class the sentence does not have; the loss passes over it."""

HIDDEN = 256


@dataclass(frozen=True)
class Batch:
    """Word pieces of some marked sentences, all of one width."""

    ids: torch.Tensor
    attention: torch.Tensor


def read_tokenizer(folder: Path) -> PreTrainedTokenizerBase:
    """Return the encoder's tokenizer with the four marks as words of their own.

    Args:
        folder: Where the encoder's weights lie.
    """
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.add_special_tokens({"additional_special_tokens": list(MARKS)})
    return tokenizer


class PairNetwork(nn.Module):
    """Reads a marked sentence; returns the logits of every head.

    Words keep the states they came with; those of the four marks are learnt.

    Args:
        folder: Where the encoder's weights lie.
        tokenizer: From `read_tokenizer`.
    """

    def __init__(self, folder: Path, tokenizer: PreTrainedTokenizerBase) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.middle = nn.Linear(3 * width, HIDDEN)
        self.heads = nn.ModuleDict(
            {f"{head}_head": nn.Linear(HIDDEN, len(CLASSES[head])) for head in HEADS}
        )
        self.marks = tokenizer.convert_tokens_to_ids(list(MARKS))
        self.opening = [self.marks[0], self.marks[2]]
        self.mark_states = nn.Embedding(1 + len(MARKS), width, padding_idx=0)
        nn.init.zeros_(self.mark_states.weight)
        self._words().weight.requires_grad_(False)  # noqa: FBT003

    def forward(self, ids: torch.Tensor, attention: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return logits, a tensor a head.

        Args:
            ids: Word pieces, shape `(n, width)`.
            attention: 1 where there is a piece, same shape.
        """
        which = sum((ids == mark).long() * (n + 1) for n, mark in enumerate(self.marks))
        words = self._words()(ids) + self.mark_states(which)
        states = self.encoder(inputs_embeds=words, attention_mask=attention).last_hidden_state
        parts = [self._mean(states, (ids == mark).float()) for mark in self.opening]
        parts.append(self._mean(states, attention.float()))
        middle = torch.tanh(self.middle(self.drop(torch.cat(parts, -1))))
        return tuple(head(self.drop(middle)) for head in self.heads.values())

    def _words(self) -> nn.Embedding:
        """The encoder's words stay as they are: half of its weights, learnt from far more text."""
        words: nn.Embedding = self.encoder.embeddings.word_embeddings
        return words

    @staticmethod
    def _mean(states: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        total = (states * weight[..., None]).sum(1)
        return total / weight.sum(1, keepdim=True).clamp(min=1)


def batch_of(tokenizer: PreTrainedTokenizerBase, pairs: list[MarkedPair]) -> Batch:
    """Return the word pieces of marked pairs.

    Args:
        tokenizer: From `read_tokenizer`.
        pairs: Sentences with their spans.
    """
    read = tokenizer(
        [pair.marked() for pair in pairs],
        padding=True,
        truncation=True,
        max_length=LONGEST,
        return_tensors="pt",
    )
    return Batch(read["input_ids"], read["attention_mask"])


def pair_of(row: Marked) -> MarkedPair:
    """Return a line's pair as the model reads it, without the names of its two states.

    Args:
        row: A corpus line; pairs of documents are so already.
    """
    pair = MarkedPair(row.text, row.actor, row.recipient)
    if row.kept_with:
        return pair
    names = names_in(row.text, None)
    return blinded(pair, names, country_in(row.actor, names), country_in(row.recipient, names))


def labels_of(rows: list[Marked]) -> dict[str, torch.Tensor]:
    """Return the labels of corpus lines, a tensor a head.

    Args:
        rows: Labelled lines; a head whose label a line lacks gets `UNKNOWN`. Roots and issues are
            shares, several where a pair has several.
    """
    kinds = [event_type(r.root) if r.root else None for r in rows]
    found = {
        "mode": [r.mode for r in rows],
        "event_type": [k.value if k else None for k in kinds],
        "realm": [realm_of(r.root).value if r.root else None for r in rows],
        "tone": [r.tone for r in rows],
        "act": [r.act for r in rows],
    }
    tensors = {
        head: torch.tensor([_index(head, v) for v in values]) for head, values in found.items()
    }
    tensors["root"] = torch.stack([_roots(r) for r in rows])
    tensors["issues"] = torch.tensor([[float(i in r.issues) for i in ISSUES] for r in rows])
    return tensors


def _roots(row: Marked) -> torch.Tensor:
    shares = torch.zeros(len(CLASSES["root"]))
    named = [row.root, *row.also] if row.root else []
    for root in named:
        shares[CLASSES["root"].index(root)] += 1 / len(named)
    return shares


def _index(head: str, value: str | None) -> int:
    return UNKNOWN if value is None else CLASSES[head].index(value)
