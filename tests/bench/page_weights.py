"""What a browser has to fetch for each maintenance page when it sees one for the first time."""

import gzip
import posixpath
import re
from typing import Final

from appliance.panel.maintenance.routes import BASE
from tests.bench.figures import Samples
from tests.bench.maintainer import Asking

LINKED: Final = re.compile(r"<(?:link|script|img|object)\b[^>]*?\b(?:href|src|data)=[\"']([^\"'#]+)[\"']")
NAMED: Final = re.compile(rf'<a href="({BASE}(?:/\w+)?)"')
IMPORTED: Final = re.compile(r"""(?m)^(?:import\b[^"']*|export\b[^"']*\bfrom\s*|}\s*from\s*)["'](\.{1,2}/[^"']+)["']""")
LEVEL: Final = 6  # of gzip, what servers use where nobody says otherwise


def weigh_pages(web: Asking, samples: Samples) -> list[str]:
    """Adds the weight of each page that the first one leads to; returns their paths."""
    pages = list(dict.fromkeys(NAMED.findall(web.get(BASE).decode())))
    for path in pages:
        fetched = fetched_for(path, web)
        name = path.removeprefix(BASE).strip("/") or "health"
        samples[f"count_page_{name}_requests"] = [len(fetched)]
        samples[f"count_page_{name}_bytes"] = [sum(map(len, fetched.values()))]
        samples[f"count_page_{name}_gzip"] = [sum(len(gzip.compress(body, LEVEL)) for body in fetched.values())]
    return pages


def fetched_for(page: str, web: Asking) -> dict[str, bytes]:
    """Returns the bodies of a page, of what it names, and of what scripts import, by their paths."""
    fetched, waiting = dict[str, bytes](), [page]
    while waiting:
        path = waiting.pop()
        if path in fetched:
            continue
        fetched[path] = web.get(path)
        pattern = LINKED if path == page else IMPORTED if path.endswith(".js") else None
        if pattern is not None:
            named = pattern.findall(fetched[path].decode())
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(path), each)) for each in named]
    return fetched
