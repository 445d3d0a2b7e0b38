"""The desk's pages over a real database: a center with its people, another one, a partner, and leads to look at."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.desk import accounts, calendar, database, handoff, partners, sealing, tokens
from bot.desk.handoff import HandOff
from bot.desk.routing import Routing
from bot.web.application import create_app
from bot.web.settings import Settings
from knowledge_base import places
from knowledge_base.clock import KST
from knowledge_base.facts import Facts
from knowledge_base.screening import screen

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=KST)  # a Monday
PASSWORD = "사과-기차-하늘-07"
PHONE, WISH = "010-2345-6789", "뽑긴 해야 하는데 사람이 올지 모르겠어요"
FACTS = {"company": {"headcount": 25, "insured_headcount": 25, "industry": "C", "region": "41110",
                     "employment_insurance": True, "large_group": False, "public_institution": False},
         "events": [{"type": "parental_leave", "start": "2026-12-14", "months": 12, "child_birth": "2026-05-02",
                     "worker_gender": "female", "worker_tenure_months": 30, "cover": "hire"}],
         "wants": ["replacement", "subsidy"]}
PEOPLE = {  # e-mail before the @: (name, role, reach)
    "kim": ("김하늘", "planner", {"center_id": "suwon", "planner_id": "suwon-1"}),
    "lee": ("이솔", "planner", {"center_id": "suwon"}),
    "boss": ("박센터장", "center_lead", {"center_id": "suwon"}),
    "busan": ("정부산", "planner", {"center_id": "busan", "planner_id": "busan-1"}),
    "admin": ("최관리", "administrator", {}),
    "park": ("산단 담당", "partner", {"partner_id": "industrial-park"}),
}


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated data folder with the people above, to copy from: argon2 is slow on purpose."""
    folder = tmp_path_factory.mktemp("peopled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(folder))
        for name in ("DATABASE_URL", "DESK_KEY"):
            patch.delenv(name, raising=False)
        patch.setenv("BOT_NOW", NOW.isoformat())
        database.migrate()
        with database.session() as session:
            tokens.first_token(session)
            partners.add(session, "industrial-park", "수원산업단지", ["https://park.example"])
            for email, (name, role, reach) in PEOPLE.items():
                accounts.add_user(session, name, f"{email}@desk.example", PASSWORD, role=role, actor="test", **reach)
        sealing.seal("make the key")
        database.engine().dispose()
    return folder


@pytest.fixture
def data_dir(peopled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database of its own on Monday morning."""
    yield from _copied(peopled, tmp_path, monkeypatch)


def _copied(source: Path, target: Path, patch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("desk.db", "desk-key", "desk-token"):
        shutil.copy(source / name, target / name)
    patch.setenv("DATA_DIR", str(target))
    for name in ("DATABASE_URL", "DESK_KEY", "PUBLIC_URL", "SMTP_URL"):
        patch.delenv(name, raising=False)
    patch.setenv("BOT_NOW", NOW.isoformat())
    yield target
    database.engine().dispose()


def make_lead(
    center: str = "suwon", *, company: str = "(주)하나정밀", phone: str = PHONE, visit: bool = False, **changed: Any
) -> str:
    """A lead of a center, with a booked visit if wanted; gives its id."""
    from bot.desk import booking

    with database.session() as session:
        conversation = f"c-{company}-{phone}"
        held = None
        if visit:
            free = calendar.openings(session, center, limit=1)[0]
            held = booking.hold(session, free.id, conversation_id=conversation)
        given: dict[str, Any] = {
            "conversation_id": conversation, "contact_name": "김하나", "phone": phone, "company_name": company,
            "email": "hana@firm.example", "facts": FACTS, "wishes": (WISH,),
            "screening": screen(Facts.read(FACTS), as_of=NOW.date()).to_document(),
            "consents": [{"purpose": "visit" if visit else "callback", "wording_version": "2026-11-1",
                          "given_at": NOW}],
            "hold_id": held.id if held else None,
            "routing": Routing(places.center(center), method="region", reason="수원시에 있는 회사"),
            "partner": "industrial-park", **changed}
        return str(handoff.hand_off(session, HandOff(**given)).lead_id)


@pytest.fixture
async def client(data_dir: Path) -> AsyncIterator[TestClient[Any, Any]]:
    """The whole web application; nobody is signed in."""
    nowhere = "http://127.0.0.1:9"
    settings = replace(Settings(), rasa_url=nowhere, actions_url=nowhere)
    async with TestClient(TestServer(create_app(settings))) as made:
        yield made


@dataclass
class Person:
    """Somebody signed in, with a browser's manners: forms carry what the page put into them."""

    client: TestClient[Any, Any]
    cookie: str

    async def get(self, path: str, status: int = 200) -> str:
        response = await self.raw("GET", path)
        text = await response.text()
        assert response.status == status, (path, response.status, text[-1500:])
        return text

    async def post(self, path: str, status: int | None = None, *, csrf: str | None = None, **form: str) -> ClientResponse:
        token = await self.csrf() if csrf is None else csrf
        response = await self.raw("POST", path, data={**form, "csrf": token})
        if status is not None:
            assert response.status == status, (path, response.status, (await response.text())[-1500:])
        return response

    async def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', await self.get("/desk"))
        assert found
        return found[1]

    async def raw(self, method: str, path: str, **arguments: Any) -> ClientResponse:
        self.client.session.cookie_jar.clear()
        headers = {"Cookie": f"donghaeng-desk={self.cookie}", **arguments.pop("headers", {})}
        return await self.client.request(method, path, headers=headers, allow_redirects=False, **arguments)


SignIn = Callable[..., Awaitable[ClientResponse]]


@pytest.fixture
def sign_in(client: TestClient[Any, Any]) -> SignIn:
    """Fill in the sign-in form as a browser does; gives the answer, whatever it is."""

    async def go(**form: str) -> ClientResponse:
        door = await client.get("/desk/sign-in")
        found = re.search(r'name="csrf" value="([^"]+)"', await door.text())
        assert found
        return await client.post("/desk/sign-in", data={"csrf": found[1], **form}, allow_redirects=False)

    return go


@pytest.fixture
def person(client: TestClient[Any, Any], sign_in: SignIn) -> Callable[[str], Awaitable[Person]]:
    """Sign in one of PEOPLE."""

    async def go(name: str) -> Person:
        answer = await sign_in(email=f"{name}@desk.example", password=PASSWORD)
        assert answer.status == 303, await answer.text()
        return Person(client, answer.cookies["donghaeng-desk"].value)

    return go
