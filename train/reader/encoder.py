"""The encoder in torch: BERT's post-norm layers, written out so that export is plain."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812


def _attend(q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None) -> Tensor:
    """Attention by three batched products: on a CPU with bfloat16 three times as fast as torch's
    own fused kernel, whose backward pass is slow there. ``bias`` is (batch, 1, 1, length)."""
    batch, heads, length, width = q.shape
    if bias is None:
        bias = q.new_zeros((batch, 1, 1, length))
    added = bias.to(q.dtype).expand(batch, heads, 1, length).reshape(-1, 1, length)
    q, k, v = (part.reshape(-1, length, width) for part in (q, k, v))
    # softmax keeps its inputs' type here: autocast would write the scores out in 32 bits
    with torch.autocast("cpu", enabled=False):
        scores = torch.baddbmm(added, q, k.transpose(1, 2), alpha=1 / math.sqrt(width))
        mixed = torch.bmm(torch.softmax(scores, dim=-1), v)
    return mixed.view(batch, heads, length, width)


class Layer(nn.Module):
    """Self-attention and a feed-forward part, each followed by its norm."""

    def __init__(self, hidden: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.q, self.k = nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)
        self.v, self.out = nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, 1e-12), nn.LayerNorm(hidden, 1e-12)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """``x`` is (batch, length, hidden); ``bias`` (batch, 1, 1, length) is added to scores."""
        batch, length, hidden = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)

        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        if self.training:
            y = _attend(q, k, v, bias)
        else:  # written out: the exporter and the quantiser know these operators
            scores = q @ k.transpose(2, 3) / math.sqrt(hidden // self.heads)
            y = torch.softmax(scores if bias is None else scores + bias, dim=-1) @ v
        y = self.out(y.transpose(1, 2).reshape(batch, length, hidden))
        x = self.norm1(x + F.dropout(y, self.dropout, self.training))
        y = self.down(F.gelu(self.up(x)))
        done: Tensor = self.norm2(x + F.dropout(y, self.dropout, self.training))
        return done


class Encoder(nn.Module):
    """Word pieces in, one vector a piece out."""

    def __init__(self, vocabulary: int, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        hidden, inner, heads, positions = 384, 1536, 12, 512
        self.hidden, self.dropout = hidden, dropout
        self.words = nn.Embedding(vocabulary, hidden)
        self.positions = nn.Embedding(positions, hidden)
        self.norm = nn.LayerNorm(hidden, 1e-12)
        self.layers = nn.ModuleList(Layer(hidden, heads, inner, dropout) for _ in range(layers))

    def forward(self, pieces: Tensor, mask: Tensor | None = None) -> Tensor:
        """``pieces`` (batch, length) of ids; ``mask`` is true where a piece stands."""
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x: Tensor = self.norm(self.words(pieces) + self.positions(at))
        x = F.dropout(x, self.dropout, self.training)
        bias = None
        if mask is not None:
            bias = torch.zeros(mask.shape, dtype=x.dtype, device=x.device)
            bias = bias.masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_base(self, state: dict[str, Tensor]) -> None:
        """Take what fits from a state of at least as many layers."""
        ours = self.state_dict()
        self.load_state_dict({name: state[name] for name in ours})
