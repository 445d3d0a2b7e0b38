"""Bytes and waiting times of the widget beside deep-chat, in one run: ``python -m benchmarks.widget [deepChat.bundle.js]``.

Both talk to the same chat API over the same throttled line, in fresh browser contexts; the bot behind the API is the
tests' fake, so that only what the browser has to load and run is compared. deep-chat's bundle comes from
``npm pack deep-chat@2.4.2`` (package/dist/deepChat.bundle.js); without it only our widget is measured.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]
ROUNDS = 5
# Chrome's "Slow 4G": 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back.
LINE = {"offline": False, "downloadThroughput": 200_000, "uploadThroughput": 93_750, "latency": 150}
DEEP_CHAT_PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><script type="module" src="/deepChat.js">
</script></head><body><deep-chat id="chat" style="width:400px;height:700px"></deep-chat><script type="module">
const chat = document.getElementById("chat");
const post = (path, body, token) => fetch(path, {method: "POST", body: JSON.stringify(body), headers: token ? {Authorization:
  `Bearer ${token}`} : {}}).then((answer) => answer.json());
const opened = post("/api/chat/sessions", {});
chat.connect = {handler: async (body, signals) => { const {session_id, token} = await opened;
  const said = await post(`/api/chat/sessions/${session_id}/messages`, {text: body.messages.at(-1).text}, token);
  signals.onResponse({text: said.messages[0].text}); }};
opened.then((session) => chat.addMessage({text: session.messages[0].text, role: "ai"}));
</script></body></html>"""

Timed = Callable[[Page, str], Awaitable[tuple[float, float]]]


async def ours(page: Page, address: str) -> tuple[float, float]:
    """Seconds until the greeting stands and the field takes words, and from Enter to the answer."""
    begun = time.perf_counter()
    await page.goto(f"{address}/widget", wait_until="commit")
    await page.locator(".message.bot").first.wait_for()
    await page.locator("#text").fill("안녕하세요")
    ready = time.perf_counter()
    await page.locator("#text").press("Enter")
    await page.locator(".message.bot").nth(1).wait_for()
    return ready - begun, time.perf_counter() - ready


async def deep_chat(page: Page, address: str) -> tuple[float, float]:
    """The same for deep-chat."""
    begun = time.perf_counter()
    await page.goto(f"{address}/deep-chat", wait_until="commit")
    await page.get_by_text("동행봇이에요").wait_for()
    field = page.locator("#text-input")
    await field.click()
    await page.keyboard.insert_text("안녕하세요")
    ready = time.perf_counter()
    await field.press("Enter")
    await page.get_by_text("들었어요: 안녕하세요").wait_for()
    return ready - begun, time.perf_counter() - ready


async def measure(browser: Browser, name: str, timed: Timed, address: str) -> None:
    """Print medians over ROUNDS fresh contexts."""
    figures, sizes = [], []
    for _ in range(ROUNDS):
        context = await browser.new_context(viewport={"width": 420, "height": 760}, locale="ko-KR")
        page = await context.new_page()
        tool = await context.new_cdp_session(page)
        await tool.send("Network.enable")
        await tool.send("Network.emulateNetworkConditions", LINE)
        loaded: list[float] = []
        tool.on("Network.loadingFinished", lambda event, into=loaded: into.append(event["encodedDataLength"]))
        figures.append(await timed(page, address))
        sizes.append(sum(loaded))
        await context.close()
    ready, reply = (statistics.median(column) for column in zip(*figures, strict=True))
    print(f"{name:<12} {statistics.median(sizes) / 1000:7.1f} kB over the line   ready {ready:5.2f} s   "
          f"first reply {reply:5.2f} s   (median of {ROUNDS})")


async def main(bundle: Path | None) -> None:
    """Serve, measure, print."""
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="widget-benchmark-")
    from bot.desk import database
    from bot.web import assets
    from bot.web.application import create_app
    from bot.web.settings import Settings
    from tests.web.fake_rasa import FakeRasa

    database.migrate()
    rasa = await _listen(FakeRasa().app)
    app = create_app(replace(Settings(), rasa_url=rasa, actions_url=rasa))
    if bundle is not None:
        _serve_deep_chat(app, bundle.read_bytes())
    address = await _listen(app)
    packed = {name: len(asset.packed) for name, asset in assets.assets().items()}
    print(f"loader {packed['embed.js']:,} B gz; all static files {sum(packed.values()):,} B gz")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        await measure(browser, "동행봇", ours, address)
        if bundle is not None:
            await measure(browser, "deep-chat", deep_chat, address)
        await browser.close()


def _serve_deep_chat(app: web.Application, bundle: bytes) -> None:
    packed = gzip.compress(bundle, 9)

    async def script(_request: web.Request) -> web.Response:
        return web.Response(body=packed, content_type="text/javascript", headers={"Content-Encoding": "gzip"})

    async def page(_request: web.Request) -> web.Response:
        loose = "default-src 'self' 'unsafe-inline' data: blob:"
        return web.Response(text=DEEP_CHAT_PAGE, content_type="text/html", headers={"Content-Security-Policy": loose})

    app.router.add_get("/deepChat.js", script)
    app.router.add_get("/deep-chat", page)


async def _listen(app: web.Application) -> str:
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return "http://{}:{}".format(*runner.addresses[0])


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
