"""The trained network at run time: ONNX Runtime, word pieces, decoding. No torch here.

One window is one run, never a batch: the int8 kernels scale activations by the whole tensor, so
that a batch would let one article change the digits of another.
"""

from kronik.net.card import Card
from kronik.net.labels import RELATIONS, Labels
from kronik.net.reader import Reader

__all__ = ["RELATIONS", "Card", "Labels", "Reader"]
