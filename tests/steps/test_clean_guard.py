"""A bug in ``clean``, in a step or in a library costs one page, named by step and place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kronik import pipeline
from kronik.errors import EmptyInput, InstallError, KronikError, StepError
from kronik.pipeline import Step
from kronik.steps import clean
from tests.steps.readable import STORY, kit, page


class ForeignError(Exception):
    """What a library raises, that nobody here has heard of."""


BUGS = [
    AttributeError("no such field"),
    RecursionError("too deep"),
    AssertionError("never"),
    ValueError("no"),
    ForeignError("from below"),
]


def breaking(error: Exception) -> Any:
    def broken(*given: object) -> None:
        raise error

    return broken


def named(error: Exception) -> str:
    return type(error).__name__


@pytest.mark.parametrize("bug", BUGS, ids=named)
def test_a_bug_in_clean_costs_one_page(monkeypatch: pytest.MonkeyPatch, bug: Exception) -> None:
    monkeypatch.setattr(clean, "article", breaking(bug))
    with pytest.raises(StepError) as raised:
        pipeline.code(replace(page(STORY), where="kabar.jsonl:7"), kit())
    assert raised.value.step == "clean"
    assert raised.value.what == f"{named(bug)}: {bug}"
    assert raised.value.where == "kabar.jsonl:7"


@pytest.mark.parametrize("bug", BUGS, ids=named)
def test_a_bug_in_a_step_costs_one_page(monkeypatch: pytest.MonkeyPatch, bug: Exception) -> None:
    monkeypatch.setattr(pipeline, "STEPS", (Step("tag", "marks", breaking(bug)),))
    with pytest.raises(StepError) as raised:
        pipeline.code(page(STORY), kit())
    assert raised.value.step == "tag"
    assert raised.value.what == f"{named(bug)}: {bug}"
    assert raised.value.where == "tests/page"


@pytest.mark.parametrize("error", [EmptyInput("nothing"), InstallError("no weights")], ids=named)
def test_what_is_raised_on_purpose_stays(
    monkeypatch: pytest.MonkeyPatch, error: KronikError
) -> None:
    monkeypatch.setattr(clean, "article", breaking(error))
    with pytest.raises(type(error)) as raised:
        pipeline.code(page(STORY), kit())
    assert raised.value is error


def test_an_interrupt_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(clean, "article", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pipeline.code(page(STORY), kit())
