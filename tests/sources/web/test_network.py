"""What was checked is what is reached, under TLS for the name that was asked for."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import httpcore
import pytest

from kronik.errors import AddressRefused, InputError, NotFetched, NotNow
from kronik.settings import Settings, Web
from kronik.sources.web import Client, Network
from kronik.sources.web.guard import IP
from kronik.sources.web.network import Clock, look_up
from tests.sources.web.site import (
    HERE,
    HTML,
    NAME,
    NO_TRUST,
    VICTIM,
    Names,
    Site,
    answer,
    leads,
    network,
    only_here,
    serving,
)


def test_a_name_is_looked_up_once_a_connection(site: Site) -> None:
    """It points to a public place when it is checked, and home when it would be asked again."""
    names = Names({NAME: [[HERE], [VICTIM]]})
    stream = Network(names, only_here, NO_TRUST).connect_tcp(NAME, site.port, 2.0)
    assert stream.get_extra_info("server_addr")[0] == HERE
    assert names.asked == [NAME]
    stream.close()


def test_a_name_that_turns_round_is_refused(site: Site, victim: Site) -> None:
    """robots.txt comes from the public place; the page's own connection would go home."""
    before = len(victim.asked)
    settings = Settings(web=Web(ports=(site.port, victim.port), delay=0.0))
    door = Client(
        settings, transport=Network(Names({NAME: [[HERE], [VICTIM]]}), only_here, NO_TRUST)
    )
    with pytest.raises(AddressRefused, match=r"leads to 127[.]0[.]0[.]1, which is loopback"):
        door.get(site.at("/kabar"))
    assert [one.path for one in site.asked] == ["/robots.txt"]
    assert len(victim.asked) == before


@pytest.mark.parametrize(
    "found", [[HERE, VICTIM], [VICTIM, HERE], [HERE, "::1"], [HERE, "10.0.0.1"]]
)
def test_one_private_address_among_several_refuses_all(site: Site, found: list[str]) -> None:
    with pytest.raises(AddressRefused):
        Network(Names({NAME: [found]}), only_here, NO_TRUST).connect_tcp(NAME, site.port, 2.0)
    assert not site.asked


def test_the_next_address_is_tried_when_one_is_shut(site: Site) -> None:
    def rule(ip: IP) -> None:
        """Any will do: nobody listens at the first."""

    shut = Network(Names({NAME: [["127.0.0.3", HERE]]}), rule, NO_TRUST)
    stream = shut.connect_tcp(NAME, site.port, 2.0)
    assert stream.get_extra_info("server_addr")[0] == HERE
    stream.close()


def test_strict_without_being_told(victim: Site) -> None:
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(AddressRefused, match="loopback"):
            Network().connect_tcp(host, victim.port, 2.0)


def test_no_socket_but_over_tcp() -> None:
    with pytest.raises(NotImplementedError):
        Network().connect_unix_socket("/var/run/docker.sock")


def test_the_system_is_asked_for_names() -> None:
    assert ip_address("127.0.0.1") in look_up("localhost", 80)


@pytest.mark.parametrize(
    ("code", "kind", "what"),
    [
        (socket.EAI_NONAME, NotFetched, "no such host"),
        (socket.EAI_AGAIN, NotNow, "cannot be looked up"),
    ],
)
def test_names_that_lead_nowhere(site: Site, code: int, kind: type[InputError], what: str) -> None:
    def resolver(host: str, port: int) -> list[IP]:
        raise socket.gaierror(code, "gagal")

    door = Client(site.settings(tries=1), transport=Network(resolver, only_here, NO_TRUST))
    with pytest.raises(InputError) as error:
        door.get(site.at("/kabar"))
    assert type(error.value) is kind
    assert what in error.value.what


def test_looking_up_has_a_limit(site: Site) -> None:
    def resolver(host: str, port: int) -> list[IP]:
        time.sleep(1.5)
        return [ip_address(HERE)]

    door = Client(
        site.settings(tries=1, read_seconds=0.2), transport=Network(resolver, only_here, NO_TRUST)
    )
    start = time.monotonic()
    with pytest.raises(NotNow, match="in time"):
        door.get(site.at("/kabar"))
    assert time.monotonic() - start < 1.2


def test_a_clock_runs_out() -> None:
    clock = Clock(0.05)
    assert 0 < (clock.left() or 0) <= 0.05
    assert clock.left(0.01) == 0.01
    time.sleep(0.06)
    with pytest.raises(httpcore.ReadTimeout):
        clock.left()
    assert Clock(None).left() is None


def test_proxies_of_the_environment_are_not_used(
    site: Site, victim: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(victim.asked)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{victim.port}")
        monkeypatch.setenv(name.upper(), f"http://127.0.0.1:{victim.port}")
    door = Client(site.settings(), transport=network())
    assert door.get(site.says("/kabar", answer())).page
    assert len(victim.asked) == before


# TLS ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Papers:
    """A certificate that an authority of the tests' own gave to ``kabar.example``."""

    authority: Path
    certificate: Path
    key: Path

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("papers")
    new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    own = ["-x509", "-subj", "/CN=Kabar", "-addext", "subjectAltName=DNS:kabar.example"]
    out = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(["openssl", "req", *own, *new, *out], check=True, capture_output=True)
    return Papers(folder / "cert.pem", folder / "cert.pem", folder / "key.pem")


@pytest.fixture
def secure(papers: Papers) -> Iterator[Site]:
    with serving(tls=papers.server()) as running:
        yield running


def test_tls_holds_for_the_name_and_goes_to_the_checked_address(
    secure: Site, papers: Papers
) -> None:
    secure.says("/kabar", answer())
    door = Client(secure.settings(), transport=network(papers.trust()))
    page = door.get(f"https://{NAME}:{secure.port}/kabar").page
    assert page
    assert page.body == HTML
    assert secure.asked[-1].headers["host"] == f"{NAME}:{secure.port}"


def test_tls_for_another_name_is_refused(secure: Site, papers: Papers) -> None:
    secure.says("/kabar", answer())
    door = Client(secure.settings(), transport=network(papers.trust()))
    with pytest.raises(NotFetched, match="certificate") as error:
        door.get(f"https://warta.example:{secure.port}/kabar")
    assert not isinstance(error.value, NotNow)
    assert not secure.asked


def test_tls_of_an_unknown_authority_is_refused(secure: Site) -> None:
    door = Client(secure.settings(), transport=network())
    with pytest.raises(NotFetched, match="certificate"):
        door.get(f"https://{NAME}:{secure.port}/kabar")
    assert not secure.asked


def test_tls_where_there_is_none(site: Site) -> None:
    door = Client(site.settings(tries=1), transport=network())
    with pytest.raises(NotNow):
        door.get(f"https://{NAME}:{site.port}/kabar")


def test_a_handshake_has_a_limit(papers: Papers) -> None:
    with socket.create_server((HERE, 0)) as silent:
        port = silent.getsockname()[1]
        limits = Web(ports=(port,), tries=1, seconds=0.3, delay=0.0)
        door = Client(Settings(web=limits), transport=network(papers.trust()))
        start = time.monotonic()
        with pytest.raises(NotNow, match="in time"):
            door.get(f"https://{NAME}:{port}/kabar")
        assert time.monotonic() - start < 2


def test_from_a_secure_site_to_a_plain_one(secure: Site, site: Site, papers: Papers) -> None:
    """As browsers do: the way is written down."""
    secure.says("/kabar", leads(site.says("/kabar", answer())))
    limits = Web(ports=(secure.port, site.port), delay=0.0)
    door = Client(Settings(web=limits), transport=network(papers.trust()))
    page = door.get(f"https://{NAME}:{secure.port}/kabar").page
    assert page
    assert page.fetch
    assert page.fetch.redirects == (site.at("/kabar"),)
