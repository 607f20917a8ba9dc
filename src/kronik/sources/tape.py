"""A stream that knows how far it is read, and can go on from a mark behind a damaged place."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

_KEPT = 1 << 22
"""Bytes that the tape can go back over."""
_PIECE = 1 << 16
_LONGEST_MARK = 16


class Tape:
    """What ``read`` gives, once through. It has the methods that fastwarc asks a stream for."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._past: deque[bytes] = deque()
        self._kept = 0
        self._ahead = b""
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes: ``size`` at most, and none only at the end."""
        size = _PIECE if size < 0 else size
        if self._ahead:
            piece, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            piece = self._read(size)
        self._remember(piece)
        return piece

    def tell(self) -> int:
        """How many bytes lie behind."""
        return self._at

    def close(self) -> None:
        """Nothing: whoever opened the stream closes it."""

    def seek(self, offset: int, whence: int = 0) -> int:
        """A tape only runs on: asked to stay where it is, it does."""
        if (offset, whence) in {(0, 1), (self._at, 0)}:
            return self._at
        raise OSError("a tape does not go back")

    def find(self, mark: re.Pattern[bytes], after: int) -> int | None:
        """Go to the first ``mark`` at ``after`` or behind it, and tell where that is.

        What lies further back than can be gone over is left out. None: there is no such mark, and
        the tape is at its end.
        """
        window = b"".join(self._past) + self._ahead
        begins = self._at - self._kept
        self._past.clear()
        window, begins = _from(window, begins, after)
        while not (match := mark.search(window)):
            piece = self._read(_PIECE)
            if not piece:
                self._ahead, self._kept, self._at = b"", 0, begins + len(window)
                return None
            window, begins = _from(window, begins, begins + len(window) - _LONGEST_MARK)
            window, begins = _from(window + piece, begins, after)
        self._ahead, self._kept = window[match.start() :], 0
        self._at = begins + match.start()
        return self._at

    def _remember(self, piece: bytes) -> None:
        self._at += len(piece)
        self._past.append(piece)
        self._kept += len(piece)
        while self._kept - len(self._past[0]) >= _KEPT:
            self._kept -= len(self._past.popleft())


def _from(window: bytes, begins: int, after: int) -> tuple[bytes, int]:
    """The window from ``after`` on, and where it then begins."""
    cut = min(max(0, after - begins), len(window))
    return window[cut:], begins + cut
