"""Bytes come in: files, folders, archives, tables, addresses and standard input, told apart by
content, become ``Page``s.

``inputs`` dispatches; ``kinds`` tells what a file is. What is packed is opened by ``packed`` (gzip,
Zstandard) and ``zips``; web archives by ``warc`` over ``archive``, ``tape`` and ``payload``; tables
by ``tables`` over ``columns``, ``dialect`` and ``delimited``; JSONL by ``records`` over ``lines``.
``ways`` says what of all that the caller wants.
"""

from __future__ import annotations

from kronik.sources.inputs import file_of, pages
from kronik.sources.ways import Ways

__all__ = ["Ways", "file_of", "pages"]
