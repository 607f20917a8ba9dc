"""``Reader``: a text and its sentences in, ``Marks`` out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as faults

from kronik.errors import InstallError
from kronik.net.card import REINSTALL, Card
from kronik.net.decode import Decoder, Floats, Read
from kronik.net.hints import Hints, Senses
from kronik.net.words import Pieces, Window, windows
from kronik.types import Marks, Span

UNREADABLE = (
    faults.Fail,
    faults.InvalidArgument,
    faults.InvalidGraph,
    faults.InvalidProtobuf,
    faults.NoModel,
    faults.NotImplemented,
    faults.RuntimeException,
)
"""What ONNX Runtime raises for a file that it cannot use; none is a RuntimeError."""
WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Reader:
    """The network, loaded. Safe to share between threads."""

    card: Card
    pieces: Pieces
    session: onnxruntime.InferenceSession
    decoder: Decoder

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> Reader:
        """Load and check the weights. A run takes one core: texts, not parts of a text, are what
        is read side by side.

        Raises ``InstallError`` for a file that is missing or not what the card says.
        """
        card = Card.read(folder)
        card.check(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        path = folder / "reader.onnx"
        try:
            session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except (RuntimeError, OSError, *UNREADABLE) as error:
            raise InstallError(str(error), where=str(path), remedy=REINSTALL) from error
        pieces = Pieces.load(folder / "tokenizer.json")
        return cls(card, pieces, session, Decoder(card.labels, card.thresholds, card.judges))

    @property
    def sha256(self) -> str:
        """Hash of the weights, by which a record says what read it."""
        return self.card.net

    def read(
        self, text: str, sentences: Sequence[Span], triggers: Mapping[tuple[str, ...], Senses]
    ) -> Marks:
        """Mark one text; ``triggers`` is the language's lexicon, phrases as case-folded words.

        Windows are read one by one, so that marks depend on the text alone.
        """
        cut = windows(text, sentences, self.pieces, self.card.window)
        hints = Hints(triggers, self.card.labels.trigger[2:])
        return self.decoder.marks([self.run(w, hints.of(text, w.words)) for w in cut])

    def run(self, window: Window, hints: Floats) -> Read:
        """The network on one window: what ``read`` decodes."""
        feed: dict[str, npt.NDArray[Any]] = {
            "pieces": window.pieces[None],
            "first": window.first,
            "last": window.last,
            "hints": hints,
        }
        tags, arcs = self.session.run(("tags", "arcs"), feed)
        return Read(window, _floats(tags), _floats(arcs), hints)


def _floats(values: object) -> Floats:
    return np.asarray(values, dtype=np.float32)
