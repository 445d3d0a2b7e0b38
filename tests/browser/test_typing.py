"""Korean typing in a real browser: the three orders in which browsers tell of an Enter during composition."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, Stage, open_widget, say


def _ime(page: Page) -> Any:
    page.locator("#text").focus()
    tool = page.context.new_cdp_session(page)

    def key(kind: str, code: int, *, text: str = "", name: str = "Enter") -> None:
        tool.send("Input.dispatchKeyEvent", {"type": kind, "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code,
                                             "key": name, "code": "Enter", **({"text": text} if text else {})})

    def compose(text: str) -> None:
        tool.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})

    def commit(text: str) -> None:
        tool.send("Input.insertText", {"text": text})

    return key, compose, commit


def _mac(page: Page, last: str) -> None:
    key, compose, commit = _ime(page)
    compose(last)
    key("rawKeyDown", 229)
    commit(last)
    key("char", 13, text="\r")
    key("keyUp", 13)


def _windows(page: Page, last: str) -> None:
    key, compose, commit = _ime(page)
    compose(last)
    key("rawKeyDown", 229, name="Process")
    commit(last)
    key("keyDown", 13, text="\r")
    key("keyUp", 13)


def _safari(page: Page, last: str) -> None:
    key, compose, commit = _ime(page)
    compose(last)
    commit(last)
    key("rawKeyDown", 229)
    key("keyUp", 13)


ORDERS = {"macos": _mac, "windows": _windows, "safari": _safari}


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_one_enter_sends_hangul_once_and_whole(new_page: NewPage, stage: Stage, order: str) -> None:
    page = open_widget(new_page(), stage)
    for number, (start, last) in enumerate((("안녕하세", "요"), ("육아휴", "직"), ("", "네"))):
        _, _, commit = _ime(page)
        if start:
            commit(start)
        ORDERS[order](page, last)
        expect(page.locator(".message.person")).to_have_count(number + 1)
        expect(page.locator(".message.person .bubble").last).to_have_text(start + last)
        expect(page.locator("#text")).to_have_value("")
        expect(page.locator(".message.bot .bubble").last).to_have_text(f"들었어요: {start}{last}")
    assert stage.heard() == ["안녕하세요", "육아휴직", "네"]


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_hangul_after_a_quick_reply_is_whole(new_page: NewPage, stage: Stage, order: str) -> None:
    page = open_widget(new_page(), stage)
    say(page, "buttons")
    page.get_by_role("button", name="새로 뽑아요").click()
    page.locator(".message.bot").nth(2).wait_for()
    expect(page.locator("#text")).to_be_focused()
    _ime(page)[2]("맞아")
    ORDERS[order](page, "요")
    expect(page.locator(".message.bot .bubble").last).to_have_text("들었어요: 맞아요")
    assert stage.heard() == ["buttons", '/inform{"cover":"hire"}', "맞아요"]


def test_shift_enter_breaks_the_line_and_enter_sends_both(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    page.locator("#text").press_sequentially("첫 줄")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("둘째 줄")
    page.keyboard.press("Enter")
    page.locator(".message.bot").nth(1).wait_for()
    assert stage.heard() == ["첫 줄\n둘째 줄"]


def test_choosing_a_hanja_candidate_does_not_send(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    key, compose, commit = _ime(page)
    compose("가")
    compose("家")
    key("rawKeyDown", 229)
    commit("家")
    key("keyUp", 13)
    page.wait_for_timeout(300)
    assert stage.heard() == []
    expect(page.locator("#text")).to_have_value("家")


def test_holding_enter_sends_once(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    page.fill("#text", "한 번")
    for _ in range(3):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    page.locator(".message.bot").nth(1).wait_for()
    assert stage.heard() == ["한 번"]
