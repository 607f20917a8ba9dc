"""A batch: many pages, one after another, on all cores; it can be killed at any moment.

``jobs`` says what people ask for, ``batch`` is the loop, ``hands`` read, and a ``record`` keeps.
"""

from __future__ import annotations

from kronik.work.batch import Batch
from kronik.work.jobs import DEMO, Job, add, adding, at_once, docs, reading
from kronik.work.report import Refusal, Report

__all__ = [
    "DEMO", "Batch", "Job", "Refusal", "Report", "add", "adding", "at_once", "docs", "reading",
]  # fmt: skip
