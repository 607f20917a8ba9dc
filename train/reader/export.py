"""From torch to the files that ship: ONNX, int8, checked against torch, with hashes and a card."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kronik.net.words import Window
from train.reader.model import HINTS, Reader

AXES = {
    "pieces": {1: "length"},
    "first": {0: "words"},
    "last": {0: "words"},
    "hints": {0: "words"},
    "tags": {0: "words"},
    "arcs": {1: "words", 2: "others"},
}
"""Inputs, then outputs, with the axes whose length differs from window to window."""


class _Int8Words(nn.Module):
    """Word embeddings in 8 bits with one scale a row, widened after the look-up."""

    def __init__(self, words: nn.Embedding) -> None:
        super().__init__()
        weight = words.weight.detach()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, pieces: Tensor) -> Tensor:
        rows, scale = self.get_buffer("rows"), self.get_buffer("scale")
        return rows[pieces].float() * scale[pieces]


class _Shipped(nn.Module):
    """The reader for one window: words' logits side by side, and arcs."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, pieces: Tensor, first: Tensor, last: Tensor, hints: Tensor
    ) -> tuple[Tensor, Tensor]:
        logits, arcs = self.model(pieces, (first[None], last[None]), hints[None])
        return torch.cat(list(logits.values()), dim=2)[0], arcs[0]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How near the shipped file is to torch: share of words with the same best class, by layer,
    and of arc decisions alike."""

    layers: dict[str, float]
    arcs: float


def export(model: Reader, window: Window, folder: Path) -> Path:
    """Write ``reader.onnx``, int8, to a folder; ``window`` is an example to trace with."""
    folder.mkdir(parents=True, exist_ok=True)
    model = model.eval()
    whole, shipped = folder / "float.onnx", folder / "reader.onnx"
    words = model.encoder.words
    model.encoder.words = _Int8Words(words)  # type: ignore[assignment]
    hints = torch.zeros(len(window.words), HINTS)
    feed = (*(torch.from_numpy(a) for a in (window.pieces[None], window.first, window.last)), hints)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Shipped(model),
            feed,
            str(whole),
            input_names=list(AXES)[:4],
            output_names=list(AXES)[4:],
            dynamic_axes=AXES,
            opset_version=17,
            dynamo=False,
        )
    model.encoder.words = words
    quantize_dynamic(
        whole,
        shipped,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
    whole.unlink()
    return shipped


def agreement(model: Reader, path: Path, windows: Sequence[Window]) -> Agreement:
    """Compare the file with torch on real windows."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    sizes = model.sizes
    same = dict.fromkeys(sizes, 0)
    words, pairs, alike = 0, 0, 0
    for window in windows:
        feed = {"pieces": window.pieces[None], "first": window.first, "last": window.last}
        feed["hints"] = np.zeros((len(window.words), HINTS), np.float32)
        tags, arcs = (np.asarray(out) for out in session.run(("tags", "arcs"), feed))
        with torch.no_grad():
            logits, wanted = _Shipped(model.eval())(
                *(torch.from_numpy(feed[name]) for name in ("pieces", "first", "last", "hints"))
            )
        words += len(window.words)
        ends = np.cumsum(list(sizes.values()))[:-1]
        for name, ours, theirs in zip(
            sizes, np.split(tags, ends, 1), np.split(logits.numpy(), ends, 1), strict=True
        ):
            same[name] += int((ours.argmax(1) == theirs.argmax(1)).sum())
        pairs += arcs.size
        alike += int(((arcs > 0) == (wanted.numpy() > 0)).sum())
    return Agreement({name: n / words for name, n in same.items()}, alike / pairs)


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Write ``card.json``, with the hashes of the files beside it."""
    files = ("reader.onnx", "tokenizer.json")
    weights = {name: sha256((folder / name).read_bytes()).hexdigest() for name in files}
    text = msgspec.json.format(msgspec.json.encode({"weights": weights} | card), indent=2)
    (folder / "card.json").write_bytes(text + b"\n")
