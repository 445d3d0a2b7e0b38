"""Queue and lead page in a real browser: nothing for axe to find in light and dark, and usable by keyboard at 320 px."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from bot.web.application import create_app
from bot.web.settings import Settings
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.console.conftest import NOW, PASSWORD, make_lead

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def url(data_dir: Path) -> Iterator[str]:
    """The running application with leads in it."""
    for at in range(3):
        make_lead(company=f"회사{at}", phone=f"010-2000-100{at}", visit=True)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def listen() -> tuple[web.AppRunner, str]:
        runner = web.AppRunner(create_app(Settings()))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner, "http://{}:{}".format(*runner.addresses[0])

    runner, address = asyncio.run_coroutine_threadsafe(listen(), loop).result(30)
    yield address
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(30)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


def _problems(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {one['id']} {[node['target'] for node in one['nodes'][:3]]}" for one in found]


def _sign_in(page: Page, url: str, who: str = "boss") -> None:
    page.goto(f"{url}/desk/sign-in")
    page.get_by_label("이메일").fill(f"{who}@desk.example")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="접수 목록").wait_for()


def test_axe_finds_nothing_on_the_desk_in_light_and_dark(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(locale="ko-KR", viewport={"width": 1280, "height": 900})
        errors: list[Any] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(f"{url}/desk/sign-in")
        problems = _problems(page)
        _sign_in(page, url)
        page.locator(".leads a.number").first.click()
        page.get_by_role("button", name="제가 맡을게요").click()
        page.get_by_role("status").wait_for()
        lead = page.url
        paths = ("/desk", "/desk/calendar?week=2026-11-24", "/desk/calendar/settings", "/desk/visits?day=2026-11-24",
                 "/desk/numbers", "/desk/marks", "/desk/feedback")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for address in (lead, f"{lead.split('?')[0]}/visit", *(f"{url}{path}" for path in paths)):
                page.goto(address)
                for details in page.locator("details:not([open]) > summary").all()[:6]:
                    if details.is_visible():
                        details.click()
                problems += [f"{scheme} {one}" for one in _problems(page)]
        browser.close()
    assert problems == []
    assert errors == []


def test_axe_finds_nothing_on_accounts_and_waiting_list_and_both_fit_a_small_phone(url: str) -> None:
    make_lead(company="기다리는 회사", phone="010-3000-1000", consents=[
        {"purpose": "waiting", "wording_version": "1", "given_at": NOW}],
        waiting={"start": "2026-12-26T09:00:00+09:00", "end": "2026-12-26T18:00:00+09:00"})
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(locale="ko-KR", viewport={"width": 320, "height": 700})
        _sign_in(page, url, "admin")
        page.goto(f"{url}/desk/accounts")
        page.locator(".leads a.number", has_text="김하늘").click()
        one = page.url
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for address in (one, f"{url}/desk/accounts", f"{url}/desk/waiting"):
                page.goto(address)
                problems += [f"{scheme} {one}" for one in _problems(page)]
                wide = page.evaluate("document.documentElement.scrollWidth")
                problems += [f"{address} is {wide} wide"] if wide > 320 else []
        assert page.get_by_text("기다리는 회사").is_visible()
        page.goto(one)
        page.get_by_role("button", name="새 비밀번호 만들기").press("Enter")
        page.locator("code.key").wait_for()
        problems += _problems(page)
        browser.close()
    assert problems == []


def test_the_desk_works_by_keyboard_without_scripts_on_a_narrow_screen(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(locale="ko-KR", viewport={"width": 320, "height": 700}, java_script_enabled=False)
        page = context.new_page()
        _sign_in(page, url)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")
        page.locator(".leads a.number").first.press("Enter")
        page.get_by_role("button", name="제가 맡을게요").press("Enter")
        page.get_by_role("button", name="연락했어요").press("Enter")
        page.locator("h1 .state", has_text="연락함").wait_for()
        page.get_by_label("새 메모").fill("통화함")
        page.get_by_role("button", name="메모 남기기").press("Enter")
        page.locator(".note", has_text="통화함").wait_for()
        browser.close()


def test_no_page_is_wider_than_a_small_phone(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(locale="ko-KR", viewport={"width": 320, "height": 700})
        _sign_in(page, url)
        page.locator(".leads a.number").first.click()
        page.wait_for_url("**/desk/leads/*")
        lead = page.url
        for address in (lead, *(f"{url}/desk{path}" for path in (
                "", "/calendar", "/calendar/settings", "/visits?day=2026-11-24", "/numbers", "/marks"))):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        browser.close()
