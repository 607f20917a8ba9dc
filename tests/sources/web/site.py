"""A real site on loopback that says what it is told to, and the way that leads to it alone."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from kronik.settings import Settings, Web
from kronik.sources.web import Network
from kronik.sources.web.guard import IP, forbidden

HERE = "127.0.0.2"
"""Where the tests' own site stands; every other address of loopback stays refused."""
VICTIM = "127.0.0.1"
"""Where something stands that must never be reached."""
NAME = "kabar.example"
HTML = b"<!doctype html><html><body><p>Warga mengungsi.</p></body></html>"

NO_TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody, and is made at once."""

Send = Callable[[bytes], None]
Script = bytes | Callable[[Send], None]


def answer(body: bytes = HTML, status: int = 200, **headers: str) -> bytes:
    """An answer as it goes over the wire."""
    fields = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items() if value]
    return f"HTTP/1.1 {status} So\r\n".encode() + "\r\n".join([*lines, "\r\n"]).encode() + body


def leads(to: str, status: int = 302) -> bytes:
    return answer(b"", status, location=to)


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Site:
    """What a server answers, by path: scripts in order, of which the last stays."""

    port: int
    pages: dict[str, list[Script]] = field(default_factory=lambda: {"/robots.txt": [answer(b"")]})
    asked: list[Asked] = field(default_factory=list)
    together: int = 0
    most_together: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def at(self, path: str, host: str = NAME) -> str:
        return f"http://{host}:{self.port}{path}"

    def says(self, path: str, *scripts: Script) -> str:
        """Let a path be answered so, and give its address."""
        self.pages[path] = list(scripts)
        return self.at(path)

    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def settings(self, max_bytes: int = 200_000, **limits: Any) -> Settings:
        quick = {"delay": 0.0, "backoff": 0.01, "seconds": 5.0, "read_seconds": 2.0}
        ports = (80, 443, self.port)
        return Settings(max_bytes=max_bytes, web=Web(**{"ports": ports, **quick, **limits}))


def only_here(ip: IP) -> str | None:
    """The strict rule, but for the one address of the tests' own site."""
    return None if str(ip) == HERE else forbidden(ip)


class Names:
    """A resolver that knows these names; one with several answers gives the next at each asking."""

    def __init__(self, names: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self.names = {name: list(answers) for name, answers in names.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, _port: int) -> list[IP]:
        self.asked.append(host)
        answers = self.names.get(host)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [ip_address(ip) for ip in found]


def network(tls: ssl.SSLContext | None = None, **names: Sequence[Sequence[str]]) -> Network:
    """The way to the tests' own site, under its name and under those given."""
    known = {NAME: [[HERE]], "warta.example": [[HERE]], **names}
    return Network(Names(known), only_here, tls or NO_TRUST)


@contextmanager
def serving(host: str = HERE, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site that runs as long as the context does."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                _handle(site, self.rfile, self.connection)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        allow_reuse_address = True

        def get_request(self) -> tuple[Any, Any]:
            connection, peer = super().get_request()
            connection.settimeout(5)
            if tls:
                connection = tls.wrap_socket(
                    connection, server_side=True, do_handshake_on_connect=False
                )
            return connection, peer

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that goes away is no error here."""

    with Server((host, 0), Handler) as server:
        site = Site(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def _handle(site: Site, stream: Any, connection: socket.socket) -> None:
    line = stream.readline().decode().split(" ")
    headers: dict[str, str] = {}
    while (text := stream.readline().decode().strip()) != "":
        name, _, value = text.partition(":")
        headers[name.lower()] = value.strip()
    with site.lock:
        site.asked.append(Asked(line[1], headers, time.monotonic()))
        site.together += 1
        site.most_together = max(site.most_together, site.together)
        scripts = site.pages.get(line[1], [answer(b"tidak ada", 404)])
        script = scripts.pop(0) if len(scripts) > 1 else scripts[0]
    try:
        if isinstance(script, bytes):
            connection.sendall(script)
        else:
            script(connection.sendall)
    finally:
        with site.lock:
            site.together -= 1
