"""Bytes come in: files, folders and standard input, told apart by content, become ``Page``s."""

from __future__ import annotations

from kronik.sources.inputs import pages

__all__ = ["pages"]
