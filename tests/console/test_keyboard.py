"""A lead from the queue to its end with the keyboard alone, without scripts: every step a Tab and an Enter away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from playwright.sync_api import Locator, Page, sync_playwright

from bot.desk import database
from bot.desk.models import Visit
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.console.conftest import NOW, make_lead
from tests.console.test_browser import _problems, _sign_in, url  # noqa: F401 (a fixture)

_MOST_TABS = 150


@contextmanager
def _keyboard(address: str, who: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(locale="ko-KR", viewport={"width": 1280, "height": 900}, color_scheme="dark",
                                   java_script_enabled=False).new_page()
        _sign_in(page, address, who)
        yield page
        browser.close()


def _to(page: Page, target: Locator) -> None:
    """Tab until the target has the focus, as somebody without a mouse does."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the keyboard never reaches {target}")


def _press(page: Page, target: Locator, *, says: str) -> None:
    _to(page, target)
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text=says).wait_for()


def _type(page: Page, target: Locator, text: str) -> None:
    _to(page, target)
    page.keyboard.insert_text(text)


def _open(page: Page, summary: str) -> None:
    _to(page, page.locator("summary", has_text=summary).first)
    page.keyboard.press("Enter")


def test_a_lead_goes_from_the_queue_to_its_end_by_keyboard(url: str) -> None:  # noqa: F811
    lead = make_lead(company="자판회사", phone="010-9000-1000")
    with _keyboard(url, "kim") as page:
        _to(page, page.locator("tr", has_text="자판회사").locator("a.number"))
        page.keyboard.press("Enter")
        _press(page, page.get_by_role("button", name="제가 맡을게요"), says="맡으셨어요")
        _press(page, page.get_by_role("button", name="연락했어요"), says="상태를 바꿨어요")
        _type(page, page.get_by_label("새 메모"), "3시에 통화함")
        _press(page, page.get_by_role("button", name="메모 남기기"), says="메모를 남겼어요")
        _to(page, page.get_by_role("link", name="방문 시간 잡기"))
        page.keyboard.press("Enter")
        _to(page, page.get_by_role("radio").first)
        page.keyboard.press("Space")
        _press(page, page.get_by_role("button", name="이 시간으로 정하기"), says="방문 시간을 정했어요")
        _to(page, page.get_by_role("link", name="방문 시간 옮기기"))
        page.keyboard.press("Enter")
        _to(page, page.get_by_role("radio").first)
        page.keyboard.press("ArrowDown")
        _press(page, page.get_by_role("button", name="이 시간으로 정하기"), says="방문 시간을 정했어요")
        _the_day_comes(lead)
        _press(page, page.get_by_role("button", name="방문했어요"), says="상태를 바꿨어요")
        _press(page, page.get_by_role("button", name="지원안을 전했어요"), says="상태를 바꿨어요")
        _open(page, "종결하기")
        _to(page, page.get_by_label("종결 사유"))
        page.keyboard.press("ArrowDown")
        _press(page, page.get_by_role("button", name="종결", exact=True), says="상태를 바꿨어요")
        assert "종결" in (page.locator("h1 .state").text_content() or "")


def test_a_visit_is_called_off_and_a_lead_sent_on_by_keyboard(url: str) -> None:  # noqa: F811
    make_lead(company="옮길회사", phone="010-9000-2000", visit=True)
    with _keyboard(url, "kim") as page:
        _to(page, page.locator("tr", has_text="옮길회사").locator("a.number"))
        page.keyboard.press("Enter")
        _press(page, page.get_by_role("button", name="제가 맡을게요"), says="맡으셨어요")
        _open(page, "다른 센터로 보내기")
        _to(page, page.get_by_label("보낼 센터"))
        page.keyboard.press("ArrowDown")
        _type(page, page.locator("details[open]").get_by_label("까닭"), "공장이 그쪽에 있음")
        _press(page, page.get_by_role("button", name="보내기", exact=True), says="다른 센터로 보냈어요")
        with database.session(read_only=True) as session:
            assert session.query(Visit).filter(Visit.state == "cancelled").count() == 1


def test_a_wrong_verdict_becomes_a_case_and_a_day_is_blocked_by_keyboard(url: str) -> None:  # noqa: F811
    make_lead(company="틀린회사", phone="010-9000-3000")
    with _keyboard(url, "kim") as page:
        _to(page, page.locator("tr", has_text="틀린회사").locator("a.number"))
        page.keyboard.press("Enter")
        _open(page, "이 판정이 맞나요?")
        wrong = page.locator("details.mark[open]")
        _type(page, wrong.get_by_label(re.compile("틀렸다면 까닭")), "고용보험에 들지 않은 회사예요")
        _to(page, wrong.get_by_label("맞는 판정"))
        page.keyboard.press("ArrowDown")
        _press(page, wrong.get_by_role("button", name="틀려요"), says="판정 표시를 남겼어요")
        page.goto(f"{url}/desk/marks")
        link = page.get_by_role("link", name=re.compile("YAML"))
        _to(page, link)
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert "고용보험에 들지 않은 회사예요" in download.value.path().read_text(encoding="utf-8")
        page.goto(f"{url}/desk/calendar/settings")
        _type(page, page.get_by_label("메모"), "건강 검진")
        _press(page, page.get_by_role("button", name="넣기"), says="휴무를 넣었어요")


def test_both_files_of_the_queue_are_had_by_keyboard(url: str) -> None:  # noqa: F811
    with _keyboard(url, "kim") as page:
        for name, end in (("엑셀로 받기", ".xlsx"), ("CSV로 받기", ".csv")):
            _to(page, page.get_by_role("button", name=name))
            with page.expect_download() as download:
                page.keyboard.press("Enter")
            assert download.value.suggested_filename.endswith(end)


def _the_day_comes(lead: str) -> None:
    with database.session() as session:
        visit = session.query(Visit).filter(Visit.lead_id == lead, Visit.state == "booked").one()
        visit.starts_at, visit.ends_at = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
