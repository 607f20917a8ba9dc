"""Sites that tests of the web ask: their own, and one that nobody may reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sources.web.site import VICTIM, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def victim() -> Iterator[Site]:
    with serving(VICTIM) as running:
        yield running
