"""What was fetched stays fetched, whatever happens to the process or the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kronik.errors import NotFetched, NotNow, StoreError
from kronik.sources.web import Cache, Client, Validators
from kronik.types import Fetch, Page
from tests.sources.web.site import HTML, Site, answer, leads, network

ADDRESS = "https://kabar.example/1"


def made(body: bytes = HTML) -> Page:
    fetch = Fetch(ADDRESS, ("https://kabar.example/2",), 200, (("ETag", '"é"'),))
    digest = sha256(body).hexdigest()
    where = "https://kabar.example/2"
    return Page(digest, ADDRESS, "text/html", body, where, "2026-11-22T10:00:00Z", fetch=fetch)


def door(site: Site, folder: Path, **limits: object) -> Client:
    return Client(site.settings(**limits), Cache(folder), network())  # type: ignore[arg-type]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "baru" / "tembolok")
    assert cache.get(ADDRESS) is None
    cache.put(ADDRESS, made(), Validators('"a"', "kemarin"))
    held = Cache(tmp_path / "baru" / "tembolok").get(ADDRESS)
    assert held
    assert held.page == made()
    assert held.validators == Validators('"a"', "kemarin")
    assert abs(held.checked_at - time.time()) < 60
    assert cache.get(ADDRESS + "/lain") is None


def test_one_body_for_many_addresses(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(5):
        cache.put(f"{ADDRESS}{number}", made(), Validators())
    assert len(files(tmp_path / "bodies")) == 1
    assert len(files(tmp_path / "addresses")) == 5


@pytest.mark.parametrize("part", ["bodies", "addresses"])
@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"{}", b"\xff\xfe", None])
def test_what_is_damaged_counts_as_not_there(
    tmp_path: Path, part: str, damage: bytes | None
) -> None:
    cache = Cache(tmp_path)
    cache.put(ADDRESS, made(), Validators())
    (path,) = files(tmp_path / part)
    path.unlink() if damage is None else path.write_bytes(damage)
    assert cache.get(ADDRESS) is None


def test_a_body_that_is_another_counts_as_not_there(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(ADDRESS, made(), Validators())
    (path,) = files(tmp_path / "bodies")
    cache.put(ADDRESS + "2", made(b"lain"), Validators())
    (other,) = (file for file in files(tmp_path / "bodies") if file != path)
    path.write_bytes(other.read_bytes())
    assert cache.get(ADDRESS) is None


def test_a_damaged_body_is_mended_when_it_comes_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(ADDRESS, made(), Validators())
    (path,) = files(tmp_path / "bodies")
    path.write_bytes(b"rusak")
    cache.put(ADDRESS, made(), Validators())
    assert cache.get(ADDRESS)


def test_an_old_page_is_swept_and_one_in_use_is_not(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(ADDRESS, made(), Validators())
    cache.put(ADDRESS + "2", made(b"lain"), Validators())
    for path in files(tmp_path):
        os.utime(path, (time.time() - 40 * 86_400,) * 2)
    cache.put(ADDRESS, made(), Validators())
    cache.sweep(30)
    assert cache.get(ADDRESS)
    assert len(files(tmp_path)) == 2


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan map")
    with pytest.raises(StoreError) as error:
        Cache(tmp_path / "berkas").put(ADDRESS, made(), Validators())
    assert error.value.remedy
    assert error.value.where


WRITER = """
import sys
from hashlib import sha256
from pathlib import Path
from kronik.sources.web.cache import Cache, Validators
from kronik.types import Page
cache = Cache(Path(sys.argv[1]))
print("ready", flush=True)
for turn in range(10**9):
    body = bytes([turn % 256]) * 90_000
    page = Page(sha256(body).hexdigest(), sys.argv[2], "text/html", body)
    cache.put(f"{sys.argv[2]}{turn % 7}", page, Validators(str(turn)))
"""


def test_killed_at_any_moment_nothing_is_torn(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    for turn in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), ADDRESS],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(root / "src")},
        )
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(0.03 + 0.017 * turn)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
    cache = Cache(tmp_path)
    entries = [path for path in files(tmp_path / "addresses") if path.suffix == ".json"]
    assert entries
    held = [cache.get(f"{ADDRESS}{number}") for number in range(7)]
    assert sum(1 for one in held if one) == len(entries)


# Through the door -------------------------------------------------------------------------


def test_a_fresh_page_is_not_asked_for_again(site: Site, tmp_path: Path) -> None:
    address = site.says("/kabar", answer(etag='"1"'))
    first = door(site, tmp_path).get(address)
    again = door(site, tmp_path).get(address + "#bagian")
    assert len(site.paths()) == 1
    assert again.unchanged
    assert again.page
    assert first.page
    assert again.page == replace(first.page, origin=address + "#bagian")


NOT_MODIFIED = b'HTTP/1.1 304 So\r\nETag: "1"\r\n\r\n'


def test_a_page_that_has_not_changed_comes_from_the_cache(site: Site, tmp_path: Path) -> None:
    dated = "Wed, 21 Oct 2015 07:28:00 GMT"
    first_time = answer(etag='"1"', last_modified=dated)
    address = site.says("/kabar", first_time, NOT_MODIFIED, answer(b"<p>Baru</p>"))
    client = door(site, tmp_path, fresh_seconds=0)
    first, second, third = client.get(address), client.get(address), client.get(address)
    assert site.asked[1].headers.get("if-none-match") is None
    assert site.asked[2].headers["if-none-match"] == '"1"'
    assert site.asked[2].headers["if-modified-since"] == dated
    assert second.unchanged
    assert second.page == first.page
    assert not third.unchanged
    assert third.page
    assert third.page.body == b"<p>Baru</p>"


def test_a_page_confirmed_is_fresh_again(site: Site, tmp_path: Path) -> None:
    address = site.says("/kabar", answer(etag='"1"'), NOT_MODIFIED)
    door(site, tmp_path).get(address)
    door(site, tmp_path, fresh_seconds=0).get(address)
    assert door(site, tmp_path).get(address).unchanged
    assert len(site.paths()) == 2


def test_who_keeps_validators_is_told_of_changes_only(site: Site, tmp_path: Path) -> None:
    address = site.says("/umpan", answer(etag='"1"'), NOT_MODIFIED, answer(etag='"2"'))
    client = door(site, tmp_path)
    first = client.get(address, Validators())
    assert first.page
    second = client.get(address, first.validators)
    assert second.unchanged
    assert second.page is None
    assert second.validators == first.validators
    third = client.get(address, second.validators)
    assert third.page
    assert third.validators == Validators('"2"')
    assert len(site.paths()) == 3, "the cache does not answer in the site's place"


def test_not_modified_where_nobody_asked(site: Site) -> None:
    client = Client(site.settings(), transport=network())
    with pytest.raises(NotFetched, match="304"):
        client.get(site.says("/kabar", NOT_MODIFIED))


def test_not_modified_behind_a_redirect(site: Site, tmp_path: Path) -> None:
    start = site.says("/lama", leads("/baru"))
    site.says("/baru", answer(etag='"1"'), NOT_MODIFIED)
    client = door(site, tmp_path, fresh_seconds=0)
    assert client.get(start).page == client.get(start).page


def test_what_failed_is_not_kept(site: Site, tmp_path: Path) -> None:
    address = site.says("/kabar", answer(b"", 503), answer())
    client = door(site, tmp_path, tries=1)
    with pytest.raises(NotNow):
        client.get(address)
    assert not files(tmp_path)
    assert client.get(address).page


def test_the_client_sweeps_when_it_is_opened(site: Site, tmp_path: Path) -> None:
    door(site, tmp_path).get(site.says("/kabar", answer()))
    for path in files(tmp_path):
        os.utime(path, (0, 0))
    with door(site, tmp_path):
        assert not files(tmp_path)
