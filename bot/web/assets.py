"""The widget's static files: read once, compressed once, and named after their content so that they may be kept.

No build step: what is in ``widget/`` is what browsers get, the widget's own modules and styles as one file each.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aiohttp import web

from bot.web.bundle import bundle

SCRIPT = "widget.bundle.js"
STYLES = "widget.bundle.css"
WIDGET = Path(__file__).parent / "widget"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """One static file: its bytes, the same compressed, its media type and a name of its content for caches."""

    body: bytes
    packed: bytes
    kind: str
    etag: str

    def response(self, request: web.Request, *, cache: str, shared: bool = False) -> web.Response:
        """The file as a response; ``shared`` lets other origins load it (the loader on partners' pages)."""
        headers = {"Cache-Control": cache, "ETag": self.etag, "Vary": "Accept-Encoding"}
        if shared:
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if request.headers.get("If-None-Match") == self.etag:
            return web.Response(status=304, headers=headers)
        body = self.body
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"], body = "gzip", self.packed
        return web.Response(body=body, content_type=self.kind, charset="utf-8", headers=headers)


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """Every static file by its name."""
    found = {path.name: _asset(path.read_bytes(), path.suffix) for path in sorted(WIDGET.iterdir())
             if path.suffix in _TYPES}
    styles = b"\n".join(found[name].body for name in ("tokens.css", "widget.css"))
    return {**found, SCRIPT: _asset(bundle(WIDGET / "app.js").encode(), ".js"), STYLES: _asset(styles, ".css")}


@lru_cache(maxsize=1)
def version() -> str:
    """A name for the state of all static files together, part of their addresses."""
    digest = hashlib.sha256()
    for name, asset in assets().items():
        digest.update(name.encode() + b"\0" + asset.body)
    return digest.hexdigest()[:12]


def _asset(body: bytes, suffix: str) -> Asset:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Asset(body, gzip.compress(body, 9, mtime=0), _TYPES[suffix], etag)
