"""A page becomes a ``Doc``: its article's text, and what it says of itself.

``reading`` holds the step, with a reader for each kind of page. Text comes by ``encoding``, and
HTML by ``html`` and ``metadata``; ``wrap`` joins broken lines, ``layout`` tells the article from
what stands around it, looking with ``eyes`` that know each language's patterns.
"""

from __future__ import annotations

from kronik.steps.clean.reading import Overrides, article

__all__ = ["Overrides", "article"]
