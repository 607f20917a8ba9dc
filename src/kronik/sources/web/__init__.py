"""Pages of the web: only public addresses, politely, within limits, and never the same one twice.

``guard`` says which addresses may be reached, ``network`` reaches what was checked and nothing
else, ``wire`` makes one request, and ``client`` is the door: robots.txt, turns, redirects, tries.
"""

from __future__ import annotations

from kronik.sources.web.cache import Cache, Validators
from kronik.sources.web.client import Answer, Client
from kronik.sources.web.network import Network

__all__ = ["Answer", "Cache", "Client", "Network", "Validators"]
