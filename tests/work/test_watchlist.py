"""The list of sources: what it may say, and how a wrong one is told."""

from pathlib import Path

import pytest

from kronik.errors import ListError
from kronik.work import watchlist
from kronik.work.watchlist import Source, Watchlist

ROOT = Path(__file__).resolve().parents[2]
GOOD = """
interval = "20m"
contact = "redaksi@kabar.example"
[sources.kabar]
url = "https://kabar.example/rss"
[sources."warta desa"]
url = "http://warta.example/peta.xml"
interval = "2 h"
silent_after = "3d"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feeds.toml"


def test_a_list_is_read_in_its_order(path: Path) -> None:
    path.write_text(GOOD)
    sources = (
        Source("kabar", "https://kabar.example/rss", 1200, 86_400),
        Source("warta desa", "http://warta.example/peta.xml", 7200, 3 * 86_400),
    )
    assert watchlist.read(path) == Watchlist(sources, "redaksi@kabar.example")


KABAR = "[sources.kabar]\n"
URL = 'url = "https://kabar.example/rss"\n'


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("", "", "no source in it"),
        ("interval = '5m'", "", "no source in it"),
        ("[sources]", "", "no source in it"),
        ("sources = 3", "", "Expected `object`, got `int` for `sources`"),
        ("[feeds.kabar]", "", "unknown field `feeds`"),
        ("interval = 5\n" + KABAR + URL, "", "Expected `str | null`, got `int` for `interval`"),
        (KABAR + URL + "etag = 'x'", " [sources.kabar]", "unknown field `etag`"),
        (KABAR + "url = 5", " [sources.kabar]", "Expected `str`, got `int` for `url`"),
        (KABAR, " [sources.kabar]", "url: it is missing"),
        (KABAR + "url = 'kabar.example'", " [sources.kabar]", "'kabar.example' is no address"),
        (KABAR + "url = 'file:///etc/passwd'", " [sources.kabar]", "is no address"),
        (KABAR + URL + "interval = 'soon'", " [sources.kabar]", "interval: 'soon' is no stretch"),
        (KABAR + URL + "interval = '30s'", " [sources.kabar]", "interval: '30s' is too often"),
        (KABAR + URL + "silent_after='-1d'", " [sources.kabar]", "silent_after: '-1d' is no"),
        (KABAR + URL + "[sources.lain]\n" + URL, " [sources.lain]", "that of [sources.kabar]"),
        ("sources = {kabar = 3}", " [sources.kabar]", "Expected `object`, got `int`"),
        (KABAR + "url = https", "", "not TOML: Invalid value (at line 2, column 7)"),
        (KABAR + URL + URL, "", "line 3"),
        ("a = " + "[" * 5000, "", "not TOML"),
    ],
)
def test_what_is_wrong_is_told_by_name_with_its_remedy(
    path: Path, text: str, where: str, said: str
) -> None:
    path.write_text(text)
    with pytest.raises(ListError) as wrong:
        watchlist.read(path)
    assert wrong.value.where == f"{path}{where}"
    assert said in wrong.value.what
    assert wrong.value.remedy


def test_what_cannot_be_opened_or_decoded(path: Path) -> None:
    with pytest.raises(ListError, match="cannot be opened: No such file"):
        watchlist.read(path)
    path.write_bytes(b"# caf\xe9\n")
    with pytest.raises(ListError, match=r"not UTF-8 .*at byte 5"):
        watchlist.read(path)


def test_the_example_of_the_docs_can_be_used(path: Path) -> None:
    text = (ROOT / "docs" / "watching.md").read_text("utf-8")
    path.write_text(text.split("```toml\n", 1)[1].split("```", 1)[0])
    sources = watchlist.read(path).sources
    assert len(sources) >= 8
    assert all(source.url.startswith("https://") for source in sources)
