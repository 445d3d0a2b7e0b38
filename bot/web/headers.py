"""Security headers on every response: nothing is loaded from elsewhere, nothing runs inline, nobody frames us.

A handler that sets its own Content-Security-Policy (the widget's page, for its partner) keeps it.
"""

from __future__ import annotations

from aiohttp import web

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
# Scripts and styles are never documents: these headers would only weigh on the line.
_NO_DOCUMENTS = ("text/javascript", "text/css")


def content_security_policy(frame_ancestors: str = "'none'") -> str:
    """Our policy; ``frame_ancestors`` are the origins that may frame the page."""
    return ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
            f"frame-ancestors {frame_ancestors}")


async def add_security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Signal ``on_response_prepare``: add what the handler has not set itself."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = "donghaeng"
    if response.content_type in _NO_DOCUMENTS:
        return
    response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
    response.headers.setdefault("Content-Security-Policy", content_security_policy())
    if "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]:
        response.headers.setdefault("X-Frame-Options", "DENY")
    if request.headers.get("X-Forwarded-Proto") == "https":
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
