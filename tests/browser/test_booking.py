"""The main job in a real browser on the real service: from hello to a booked visit, on a small phone, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from icalendar import Calendar
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import NewPage
from tests.running import Running, running_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Web, Rasa with the trained model, the action server and a database."""
    with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running


def _converse(page: Page, service: Running) -> FrameLocator:
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    page.goto(service.url)
    frame = page.frame_locator("iframe")
    frame.locator(".message.bot").first.wait_for()
    return frame


def _say(frame: FrameLocator, text: str) -> None:
    before = frame.locator(".message.bot").count()
    frame.locator("#text").press_sequentially(text)
    frame.locator("#text").press("Enter")
    frame.locator(".message.bot").nth(before).wait_for()


def _press(frame: FrameLocator, name: str, *, inside: str = ".replies") -> None:
    before = frame.locator(".message.bot").count()
    button = frame.locator(f"{inside} .choice", has_text=name).first
    button.focus()
    button.press("Enter")
    frame.locator(".message.bot").nth(before).wait_for()


# The first run after a change of the utterances trains the model.
@pytest.mark.timeout(900)
@pytest.mark.parametrize("width", [320, 1280])
def test_a_visit_is_booked_through_the_widget(new_page: NewPage, service: Running, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 720})
    frame = _converse(page, service)
    _say(frame, "수원이고 25명 제조업인데 직원이 12월부터 육아휴직 가요")
    _press(frame, "새로 뽑아요")
    _press(frame, "잘 모르겠어요")
    expect(frame.locator(".card.verdicts")).to_contain_text("대체인력지원금")
    _press(frame, "방문 상담 예약")
    _press(frame, "오", inside=".card.openings")  # the first time offered: 오전 or 오후
    _press(frame, "네, 동의해요")
    name = f"시험정밀{width}"
    for words in (name, "김민지", "010-1234-5678"):
        _say(frame, words)
    _press(frame, "네, 보내 주세요")
    card = frame.locator(".card.visit")
    expect(card).to_contain_text("수원고용센터")

    number = card.locator(".number").inner_text()
    [lead] = [one for one in service.leads() if one["company"]["name"] == name]
    assert lead["number"] == number
    assert lead["contact"]["phone"] == "010-1234-5678"
    assert lead["visit"]["status"] == "booked"

    invitation = requests.get(card.get_by_role("link", name="내 달력에 넣기").get_attribute("href") or "", timeout=10)
    [event] = Calendar.from_ical(invitation.text).walk("VEVENT")
    assert event.decoded("dtstart").isoformat()[:16] == lead["visit"]["starts_at"][:16]
    with page.context.expect_page() as opened:
        card.get_by_role("link", name="시간 변경·취소").click()
    expect(opened.value.locator("main")).to_contain_text(number)

    page.reload()
    expect(frame.locator(".card.visit .number")).to_have_text(number)


def test_printed_and_shared_data_hold_no_phone_number(service: Running, tmp_path: Path) -> None:
    logs = [file.read_text(encoding="utf-8", errors="replace") for file in (service.data_dir / "logs").glob("*.log")]
    assert logs
    assert not [log for log in logs if "010-1234-5678" in log or "01012345678" in log]
