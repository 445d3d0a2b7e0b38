"""A lost line, a lost reply, a closed page, an ended conversation: in a real browser nothing typed is lost or said twice."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import OFFLINE_ERRORS, NewPage, Stage, open_widget, say


def test_what_is_typed_offline_is_sent_when_the_line_is_back(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(expected=OFFLINE_ERRORS), stage)
    page.context.set_offline(True)
    for text in ("하나", "둘"):
        page.fill("#text", text)
        page.press("#text", "Enter")
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator("[data-state=offline]")).to_have_count(2)
    page.context.set_offline(False)
    page.locator(".message.bot").nth(2).wait_for()
    expect(page.locator("#offline")).to_be_hidden()
    assert stage.heard() == ["하나", "둘"]


def test_unsent_words_survive_closing_the_page(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(expected=OFFLINE_ERRORS), stage)
    page.context.set_offline(True)
    page.fill("#text", "꼭 보내 주세요")
    page.press("#text", "Enter")
    page.locator("[data-state=offline]").wait_for()
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{stage.url}/widget")
    expect(again.locator(".message.bot .bubble").last).to_have_text("들었어요: 꼭 보내 주세요")
    assert stage.heard() == ["꼭 보내 주세요"]


def test_lost_reply_is_asked_for_again_and_not_said_twice(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(expected=("Failed to load resource", "ERR_")), stage)
    lost = []

    def lose_the_first(route: Any) -> None:
        if not lost:
            lost.append(1)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/messages", lose_the_first)
    say(page, "한 번만 말해요")
    expect(page.locator(".message.person")).to_have_count(1)
    assert stage.heard() == ["한 번만 말해요"]


def test_resend_button_sends_again(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(expected=("Failed to load resource", "ERR_")), stage)
    page.route("**/messages", lambda route: route.abort())
    page.fill("#text", "다시 보낼 말")
    page.press("#text", "Enter")
    again = page.get_by_role("button", name="다시 보내기")
    again.wait_for(timeout=15_000)
    page.unroute("**/messages")
    again.click()
    expect(page.locator(".message.bot .bubble").last).to_have_text("들었어요: 다시 보낼 말")
    expect(page.locator("[data-state=failed]")).to_have_count(0)


def test_message_while_the_bot_is_down_is_answered_when_it_is_back(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    stage.rasa.up = False
    page.fill("#text", "기다릴게요")
    page.press("#text", "Enter")
    notice = page.locator(".card.notice")
    expect(notice).to_contain_text("1350")
    stage.rasa.up = True
    expect(page.locator(".message.bot .bubble").last).to_have_text("들었어요: 기다릴게요", timeout=10_000)
    expect(notice).to_have_count(0)


def test_typing_is_shown_while_an_answer_takes_its_time(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    stage.rasa.delay = 1.0
    page.fill("#text", "오래 걸려요")
    page.press("#text", "Enter")
    expect(page.locator(".typing")).to_be_visible()
    expect(page.locator(".message.bot .bubble").last).to_have_text("들었어요: 오래 걸려요")
    expect(page.locator(".typing")).to_have_count(0)


def test_too_long_a_message_stays_in_the_field(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    page.fill("#text", "가" * 1001)
    page.press("#text", "Enter")
    expect(page.locator("#problem")).to_contain_text("1,000자까지")
    expect(page.locator("#text")).to_have_value("가" * 1001)
    assert stage.heard() == []


def test_expired_conversation_begins_anew_with_the_message(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(expected=("401", "404", "Failed to load resource")), stage)
    state = json.loads(page.evaluate("() => localStorage.getItem('donghaeng:own')"))
    from bot.desk import conversations, database

    with database.session() as session:
        assert conversations.erase(session, state["session"]["id"])
    page.fill("#text", "아직 거기 있나요")
    page.press("#text", "Enter")
    expect(page.locator(".message.bot .bubble").last).to_have_text("들었어요: 아직 거기 있나요")
    expect(page.locator(".message.bot")).to_have_count(2)


def test_reload_and_another_tab_show_the_same_conversation(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    say(page, "기억해 주세요")
    page.reload()
    expect(page.locator(".message")).to_have_count(3)
    tab = page.context.new_page()
    tab.goto(f"{stage.url}/widget")
    expect(tab.locator(".message")).to_have_count(3)
    say(tab, "다른 탭에서")
    expect(page.locator(".message.bot .bubble").last).to_have_text("들었어요: 다른 탭에서")
    expect(page.locator(".message")).to_have_count(5)


def test_quick_replies_are_still_there_after_reload_and_gone_after_an_answer(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    say(page, "buttons")
    page.reload()
    page.get_by_role("button", name="아직 모르겠어요").click()
    page.locator(".message.bot").nth(2).wait_for()
    assert stage.heard() == ["buttons", "/dont_know"]
    expect(page.locator(".message.person .bubble").last).to_have_text("아직 모르겠어요")
    expect(page.locator(".replies")).to_have_count(0)


def test_new_conversation_forgets_the_old(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    say(page, "옛 이야기")
    page.click("#menu")
    page.click("#renew")
    page.get_by_role("button", name="계속하기").click()
    expect(page.locator(".message.person")).to_have_count(1)
    page.click("#menu")
    page.click("#renew")
    page.get_by_role("button", name="새로 시작").click()
    expect(page.locator(".message.person")).to_have_count(0)
    page.locator(".message.bot").first.wait_for()
    page.reload()
    page.locator(".message.bot").first.wait_for()
    assert "옛 이야기" not in page.locator("#log").inner_text()
