"""A real browser before the web application, a fake Rasa behind it, and a partner's site on another origin."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from playwright.sync_api import Browser, Page, sync_playwright

from bot.desk import database, partners
from bot.web.application import create_app
from bot.web.settings import Settings
from tests.web.fake_rasa import FakeRasa

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]
OFFLINE_ERRORS = ("ERR_INTERNET_DISCONNECTED", "Failed to load resource")
# A page's own policy at its strictest, with what docs/embedding.md says to add.
STRICT = "default-src 'none'; script-src {home}; frame-src {home}; style-src 'none'; base-uri 'none'"
HOSTILE = """
addEventListener("load", () => {
  const shout = () => {
    for (const frame of [window, ...Array.from({length: frames.length}, (_, at) => frames[at])]) {
      for (const type of ["ready", "close", "open", "say", "focus-first"]) {
        frame.postMessage({donghaeng: 1, type, text: "<img src=x onerror=alert(1)>", payload: "/restart"}, "*");
      }
      frame.postMessage(null, "*");
      frame.postMessage("open", "*");
    }
  };
  setInterval(shout, 200);
  addEventListener("message", (event) => { (window.overheard = window.overheard || []).push(event.data); });
});
"""


@dataclass
class Stage:
    """Everything that runs: the application's address, the partner's pages, and the fake Rasa to play with."""

    url: str
    host: str
    unlisted: str
    key: str
    rasa: FakeRasa
    run: Callable[[Coroutine[Any, Any, Any]], Any]

    def heard(self) -> list[str]:
        """What people said, greetings left out."""
        return [text for _, text in self.rasa.heard if text != "/greet"]


@pytest.fixture(scope="session")
def _stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as patch:
        folder: Path = tmp_path_factory.mktemp("browser")
        patch.setenv("DATA_DIR", str(folder))
        for name in ("DATABASE_URL", "DESK_KEY", "BOT_NOW"):
            patch.delenv(name, raising=False)
        database.migrate()
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()

        def run(work: Coroutine[Any, Any, Any]) -> Any:
            return asyncio.run_coroutine_threadsafe(work, loop).result(30)

        fake = FakeRasa()
        rasa = run(_listen(fake.app))
        settings = replace(Settings(), rasa_url=rasa, actions_url=rasa, answer_seconds=2, session_messages_burst=10**6,
                           abnormal_sessions_per_minute=10**6)
        url = run(_listen(create_app(settings)))
        pages = run(_listen(_host_pages(url, lambda: stage.key)))
        host = pages.replace("127.0.0.1", "localhost")
        with database.session() as session:
            key = partners.add(session, "host", "시험 파트너", [host], accent="#7a1fa2", greeting="시험 파트너예요.")
        stage = Stage(url, host, pages, key, fake, run)
        yield stage
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


def _host_pages(home: str, key: Callable[[], str]) -> web.Application:
    async def page(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        given = request.query.get("key", key())
        extra = '<script src="/hostile.js"></script>' if name == "hostile" else ""
        body = (f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>파트너</title></head><body>'
                f'<main><h1>파트너 사이트</h1><a href="#x">앞 링크</a></main>{extra}'
                f'<script src="{home}/embed.js" data-key="{given}" async></script></body></html>')
        headers = {"Content-Security-Policy": STRICT.format(home=home)} if name == "strict" else {}
        return web.Response(text=body, content_type="text/html", headers=headers)

    async def hostile(_request: web.Request) -> web.Response:
        return web.Response(text=HOSTILE, content_type="text/javascript")

    app = web.Application()
    app.router.add_get("/hostile.js", hostile)
    app.router.add_get("/{name}", page)
    return app


async def _listen(app: web.Application) -> str:
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return "http://{}:{}".format(*runner.addresses[0])


@pytest.fixture
def stage(_stage: Stage) -> Stage:
    """The stage with everything up and nothing heard yet."""
    fake = _stage.rasa
    fake.up = fake.actions_up = True
    fake.delay, fake.silent, fake.asks = 0.0, False, None
    fake.heard.clear()
    return _stage


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Open a page in a context of its own; errors in it fail the test. ``expected`` are words of allowed errors."""
    contexts, errors = [], []

    def make(*, expected: tuple[str, ...] = (), **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 420, "height": 760}, "locale": "ko-KR", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()

        def note(text: str) -> None:
            if not any(word in text for word in expected):
                errors.append(text)

        page.on("pageerror", lambda error: note(str(error)))
        page.on("console", lambda message: note(message.text) if message.type == "error" else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not errors, errors


def open_widget(page: Page, stage: Stage) -> Page:
    """The widget by itself, greeted."""
    page.goto(f"{stage.url}/widget")
    page.locator(".message.bot").first.wait_for()
    return page


def say(page: Any, text: str) -> None:
    """Type something, press Enter and wait for the answer."""
    before = page.locator(".message.bot").count()
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")
    page.locator(".message.bot").nth(before).wait_for()
