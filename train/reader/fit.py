"""Supervised training: all layers and arcs at once, the mean of the weights kept."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from train.reader.batches import Batch, Cutter
from train.reader.gold import Text
from train.reader.model import Reader
from train.reader.progress import Log, Progress
from train.reader.targets import UNKNOWN


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard. ``weights`` scales each layer's loss; ``shares`` says which part of
    each corpus an epoch reads."""

    epochs: int
    rate: float
    head_rate: float
    average: float
    seed: int
    shares: Mapping[str, float]
    weights: Mapping[str, float] = field(default_factory=dict)


def loss_of(logits: Mapping[str, Tensor], arcs: Tensor, batch: Batch, plan: Plan) -> Tensor:
    """Sum of the layers' cross-entropies and of the arcs' binary one."""
    total = torch.zeros(())
    for name, scores in logits.items():
        gold = batch.layers[name].flatten()
        known = gold != UNKNOWN
        if known.any():
            loss = F.cross_entropy(scores.float().flatten(0, 1)[known], gold[known])
            total = total + plan.weights.get(name, 1.0) * loss
    if len(batch.arc_at):
        rows = arcs.float()[batch.arc_at[:, 0], :, batch.arc_at[:, 1]]
        known = batch.arcs != UNKNOWN
        # padding words of shorter windows are UNKNOWN, so that only real pairs count
        loss = F.binary_cross_entropy_with_logits(rows[known], batch.arcs[known])
        total = total + plan.weights.get("arcs", 1.0) * loss
    return total


def _optimiser(model: Reader, plan: Plan) -> torch.optim.AdamW:
    inner = list(model.encoder.parameters())
    outer = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": inner, "peak": plan.rate}, {"params": outer, "peak": plan.head_rate}]
    return torch.optim.AdamW(groups, lr=plan.rate, weight_decay=0.01, fused=True)


def _sample(corpora: Mapping[str, Sequence[Text]], plan: Plan, draw: random.Random) -> list[Text]:
    """The part of each corpus that this epoch reads; a share above 1 repeats."""
    chosen: list[Text] = []
    for name, texts in corpora.items():
        share = plan.shares.get(name, 1.0)
        chosen += list(texts) * int(share)
        chosen += draw.sample(list(texts), round(len(texts) * (share - int(share))))
    return chosen


class _Average:
    """Exponential mean of the weights, which reads better than any one step's."""

    def __init__(self, model: nn.Module, keep: float) -> None:
        self.keep, self.steps = keep, 0
        self.state = {name: value.clone() for name, value in model.state_dict().items()}

    def add(self, model: nn.Module) -> None:
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 10))
        with torch.no_grad():
            for name, value in model.state_dict().items():
                self.state[name].lerp_(value, 1 - keep)


def fit(
    model: Reader, corpora: Mapping[str, Sequence[Text]], cutter: Cutter, plan: Plan, folder: Path
) -> None:
    """Train in place; resumes at the last whole epoch and leaves ``reader.pt`` in ``folder``."""
    optimiser = _optimiser(model, plan)
    mean = _Average(model, plan.average)
    saved, done, step = folder / "fit.ckpt", 0, 0
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        mean.state, mean.steps, done = state["mean"], state["mean_steps"], state["epoch"]
        step = state["step"]
    with Log(folder / "fit.tsv", ("step", "epoch", "loss"), step) as log:
        for epoch in range(done, plan.epochs):
            draw = random.Random(plan.seed * 1000 + epoch)
            torch.manual_seed(plan.seed * 1000 + epoch)
            batches = list(cutter.epoch(_sample(corpora, plan, draw), draw))
            model.train()
            with Progress(f"epoch {epoch + 1}/{plan.epochs}", len(batches)) as progress:
                for number, batch in enumerate(batches, 1):
                    step += 1
                    _pace(optimiser, (epoch + number / len(batches)) / plan.epochs)
                    loss = _learn(model, optimiser, batch, plan)
                    mean.add(model)
                    log.add(step, epoch, loss)
                    progress.to(number, f"loss {log.mean('loss'):.3f}")
            state = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
            state |= {
                "mean": mean.state,
                "mean_steps": mean.steps,
                "epoch": epoch + 1,
                "step": step,
            }
            torch.save(state, saved.with_suffix(".new"))
            saved.with_suffix(".new").replace(saved)
    model.load_state_dict(mean.state)
    torch.save(mean.state, folder / "reader.pt")


def _learn(model: Reader, optimiser: torch.optim.Optimizer, batch: Batch, plan: Plan) -> float:
    """One step of the optimiser; gives the loss before it."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, arcs = model(batch.pieces, (batch.first, batch.last), batch.hints, batch.mask)
    loss = loss_of(logits, arcs, batch, plan)
    optimiser.zero_grad()
    torch.autograd.backward(loss)
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return loss.item()


def _pace(optimiser: torch.optim.Optimizer, done: float) -> None:
    """Up over the first twentieth, then down in a straight line."""
    pace = min(done / 0.05, (1 - done) / 0.95)
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * max(pace, 0.01)
