"""A form that could not be taken (session ended, page old): what was typed comes back, to be sent again.

Nothing is kept here: the fields travel in the page itself, and nothing is sent before the person has looked at it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

# Fields a person types or chooses, by the name the page gives them; the others only travel along.
TYPED = {"text": "메모", "reason": "까닭", "note": "메모", "name": "이름", "email": "이메일", "q": "찾는 말",
         "origins": "사이트", "greeting": "인사말"}
# Passwords are never handed back, and these two have nothing worth keeping.
_NEVER = ("/desk/account", "/desk/sign-in", "/desk/sign-out")
_NO_PAGES = ("/desk/search", "/desk/export")
_SECRET = ("csrf", "token", "password", "old", "new", "again")
_LONGEST = 60_000


@dataclass(frozen=True)
class Carried:
    """A form on its way: the page of the desk it belongs to and its fields, without secrets."""

    path: str
    fields: dict[str, str]

    @property
    def page(self) -> str:
        """The page the form was on."""
        return "/desk" if urlsplit(self.path).path in _NO_PAGES else self.path

    def to_text(self) -> str:
        """As a field of the sign-in form."""
        return json.dumps({"path": self.path, "fields": self.fields}, ensure_ascii=False)

    def typed(self) -> list[tuple[str, str]]:
        """What the person typed, with the name it has for them."""
        return [(TYPED[name], value) for name, value in self.fields.items() if name in TYPED and value.strip()]


async def of_request(request: web.Request) -> Carried | None:
    """The form of a request, if one of our own pages sent it; None for every other."""
    if request.method != "POST" or not from_us(request):
        return None
    fields = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return _checked(request.path_qs, fields)


def of_text(text: str) -> Carried | None:
    """The form out of the sign-in form, checked again: it has been in the browser."""
    try:
        told = json.loads(text)
    except ValueError:
        return None
    if not isinstance(told, dict) or not isinstance(told.get("fields"), dict):
        return None
    return _checked(told.get("path"), {str(name): str(value) for name, value in told["fields"].items()})


def page_of_desk(path: Any) -> str | None:
    """The path, if it is a page of the desk to come back to, else None."""
    if not isinstance(path, str) or len(path) > 500 or "\\" in path or not path.isprintable():
        return None
    parts = urlsplit(path)
    known = parts.path == "/desk" or parts.path.startswith("/desk/")
    if parts.scheme or parts.netloc or not known or ".." in parts.path or parts.path in _NEVER:
        return None
    return path


def from_us(request: web.Request) -> bool:
    """Whether the browser says that a page of ours made the request."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _checked(path: Any, fields: dict[str, str]) -> Carried | None:
    home = page_of_desk(path)
    kept = {name: value for name, value in fields.items() if name not in _SECRET}
    if home is None or not kept or sum(map(len, kept.values())) > _LONGEST:
        return None
    return Carried(home, kept)
