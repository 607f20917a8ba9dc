"""Masked-word training on unlabelled news: mends the encoder where layers were cut off, and
teaches it the language of the desk before any label is seen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kronik.net.words import Pieces, windows
from kronik.types import Span
from train.reader.encoder import Encoder
from train.reader.progress import Log, Progress

Ids = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Adaptation:
    """How long and how hard. ``tokens`` is the number of pieces read in all."""

    tokens: int
    length: int = 192
    batch: int = 24
    rate: float = 2e-4
    masked: float = 0.15
    checkpoint_every: int = 200


class MaskedWords(nn.Module):
    """The encoder with a head that names the hidden pieces; output weights are the embeddings."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.transform = nn.Linear(encoder.hidden, encoder.hidden)
        nn.init.eye_(self.transform.weight)
        nn.init.zeros_(self.transform.bias)
        self.norm = nn.LayerNorm(encoder.hidden)
        self.bias = nn.Parameter(torch.zeros(encoder.words.num_embeddings))

    def forward(self, pieces: Tensor, hidden_at: Tensor) -> Tensor:
        """Logits over the vocabulary for the positions that ``hidden_at`` marks."""
        x = self.encoder(pieces)[hidden_at]
        x = self.norm(F.gelu(self.transform(x)))
        return F.linear(x, self.encoder.words.weight, self.bias)


def stream(texts: Iterable[str], pieces: Pieces) -> Ids:
    """All texts as one row of piece ids, each text closed by the end mark."""
    rows = []
    for text in texts:
        for window in windows(text, [Span(0, len(text))], pieces, 500):
            rows.append(window.pieces.astype(np.uint16))
    return np.concatenate(rows)


def _batches(ids: Ids, plan: Adaptation, seed: int) -> Iterator[Tensor]:
    """Shuffled chunks for ever, the same for the same seed."""
    rng = np.random.default_rng(seed)
    chunks = ids[: len(ids) // plan.length * plan.length].reshape(-1, plan.length)
    while True:
        order = rng.permutation(len(chunks))
        for at in range(0, len(order) - plan.batch + 1, plan.batch):
            yield torch.from_numpy(chunks[order[at : at + plan.batch]].astype(np.int64))


def _hide(
    pieces: Tensor, plan: Adaptation, mask_id: int, draw: torch.Generator
) -> tuple[Tensor, Tensor]:
    """BERT's recipe: of the chosen, 8 in 10 are masked, 1 replaced by another piece, 1 left."""
    chosen = (torch.rand(pieces.shape, generator=draw) < plan.masked) & (pieces > 3)
    how = torch.rand(pieces.shape, generator=draw)
    shown = pieces.masked_fill(chosen & (how < 0.8), mask_id)
    other = chosen & (how >= 0.9)
    shown[other] = pieces[torch.randperm(len(pieces), generator=draw)][other]
    return shown, chosen


def adapt(encoder: Encoder, ids: Ids, mask_id: int, plan: Adaptation, folder: Path) -> None:
    """Train in place; resumes from ``folder/adapt.ckpt`` and leaves ``adapted.pt`` there."""
    model = MaskedWords(encoder)
    decayed = [p for p in model.parameters() if p.dim() > 1]
    plain = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98), fused=True)
    steps = plan.tokens // (plan.batch * plan.length)
    warm = min(200, steps // 10 + 1)

    def pace(step: int) -> float:
        return min(step / warm, 0.5 * (1 + math.cos(math.pi * step / steps)) * 0.95 + 0.05)

    saved, start = folder / "adapt.ckpt", 0
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        start = int(state["step"])
    model.train()
    batches = _batches(ids, plan, seed=1)
    curve = Log(folder / "adapt.tsv", ("step", "loss", "accuracy"), start)
    with curve as log, Progress("adapt", steps) as progress:
        for step in range(1, steps + 1):
            pieces = next(batches)
            if step <= start:
                continue
            draw = torch.Generator().manual_seed(step)
            shown, hidden_at = _hide(pieces, plan, mask_id, draw)
            for group in optimiser.param_groups:
                group["lr"] = plan.rate * pace(step)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(shown, hidden_at)
            gold = pieces[hidden_at]
            loss = F.cross_entropy(logits.float(), gold)
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            right = (logits.argmax(-1) == gold).float().mean().item()
            log.add(step, loss.item(), right)
            progress.to(step, f"loss {log.mean('loss'):.3f} right {log.mean('accuracy'):.3f}")
            if step % plan.checkpoint_every == 0:
                state = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
                torch.save(state | {"step": step}, saved.with_suffix(".new"))
                saved.with_suffix(".new").replace(saved)
    torch.save(encoder.state_dict(), folder / "adapted.pt")
