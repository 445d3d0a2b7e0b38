"""The widget in a real browser: what people see, hear, type and press, in every state and size."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OFFLINE_ERRORS, NewPage, Stage, open_widget, say
from tests.web.fake_rasa import CARDS

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def _violations(page: Page) -> list[str]:
    page.wait_for_timeout(150)
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def _small_targets(page: Page) -> list[str]:
    """Controls under 44 px that are not links inside a sentence."""
    return list(page.evaluate("""() => [...document.querySelectorAll("button, summary, textarea, .button, input")]
        .filter((one) => one.offsetParent && !one.closest("label"))
        .filter((one) => { const box = one.getBoundingClientRect(); return box.width < 43.9 || box.height < 43.9; })
        .map((one) => `${one.tagName} ${one.id} ${one.className} ${one.getBoundingClientRect().height}`)"""))


def _overflow(page: Page) -> int:
    return int(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))


LOOKS = {
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "dark": {"color_scheme": "dark"},
    "wide": {"viewport": {"width": 1280, "height": 800}},
}


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_axe_finds_nothing_with_every_card(new_page: NewPage, stage: Stage, look: str) -> None:
    page = open_widget(new_page(bypass_csp=True, **LOOKS[look]), stage)
    for kind in [*CARDS, "buttons", "hostile"]:
        say(page, kind)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert _violations(page) == []
    assert _small_targets(page) == []
    assert _overflow(page) <= 0


@pytest.mark.parametrize("state", ["person", "menu", "renew", "down", "offline", "refused", "large", "dark offline"])
def test_axe_finds_nothing_in_other_states(new_page: NewPage, stage: Stage, state: str) -> None:
    scheme = "dark" if "dark" in state else "light"
    page = open_widget(new_page(bypass_csp=True, color_scheme=scheme, expected=OFFLINE_ERRORS,
                                viewport={"width": 320, "height": 640}), stage)
    if state == "person":
        page.click("#person")
    elif state in ("menu", "renew", "large"):
        page.click("#menu")
        if state == "renew":
            page.click("#renew")
        if state == "large":
            page.click("#size")
            page.click("#size")
            page.keyboard.press("Escape")
            say(page, "verdicts")
    elif state == "down":
        say(page, "answer")
        page.locator(".below button").last.click()
        page.locator(".reason").wait_for()
    elif "offline" in state:
        page.context.set_offline(True)
        page.fill("#text", "오프라인 메시지")
        page.press("#text", "Enter")
        page.locator("[data-state=offline]").wait_for()
    elif state == "refused":
        page.fill("#text", "가" * 1001)
        page.press("#text", "Enter")
        page.locator("#problem").wait_for()
    assert _violations(page) == []
    assert _small_targets(page) == []
    assert _overflow(page) <= 0


def test_nothing_is_loaded_from_elsewhere(new_page: NewPage, stage: Stage) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(stage.url)
    page.frame_locator("iframe").locator(".message.bot").first.wait_for()
    assert len(asked) >= 6
    assert [url for url in asked if not url.startswith(stage.url)] == []


def test_our_own_page_is_a_conversation_to_begin_at_once(new_page: NewPage, stage: Stage) -> None:
    for width, height in ((320, 640), (1280, 800)):
        page = new_page(viewport={"width": width, "height": height}, bypass_csp=True)
        page.goto(stage.url)
        frame = page.frame_locator("iframe")
        frame.locator(".message.bot").first.wait_for()
        before = frame.locator(".message.bot").count()
        frame.locator("#text").fill("안녕하세요")
        frame.locator("#text").press("Enter")
        frame.locator(".message.bot").nth(before).wait_for()
        assert _violations(page) == []
        assert _overflow(page) <= 0


# Hearing

def test_each_reply_is_announced_once_even_when_it_is_the_same(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(bypass_csp=True), stage)
    page.evaluate("""() => { window.announced = [];
        for (const id of ["live-a", "live-b"]) new MutationObserver(() => {
            const text = document.getElementById(id).textContent; if (text) window.announced.push(text);
        }).observe(document.getElementById(id), {childList: true, characterData: true, subtree: true}); }""")
    for _ in range(3):
        say(page, "같은 말")
    announced = page.evaluate("() => window.announced")
    assert [text.replace("\u200b", "") for text in announced] == ["들었어요: 같은 말"] * 3
    assert len(set(announced)) > 1
    assert page.locator("[aria-live=polite], [role=log], [role=status], [role=alert]").count() == 2


def test_cards_are_told_in_words(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    say(page, "openings")
    told = page.locator("#live-a").text_content() or page.locator("#live-b").text_content() or ""
    assert "12월 1일(화) 오전 10시, 오후 2시" in told


# Text is text

def test_hostile_words_are_shown_and_do_nothing(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    say(page, "hostile")
    page.fill("#text", '<img src=x onerror="window.hacked=1"> javascript:alert(1) Z' + "\u0300" * 40 + " \u202eabc")
    page.press("#text", "Enter")
    page.locator(".message.bot").nth(3).wait_for()
    assert page.evaluate("() => window.hacked") is None
    assert page.locator("#log img, #log script, #log iframe").count() == 0
    links = page.locator("#log a").evaluate_all("all => all.map((one) => one.protocol)")
    assert set(links) == {"https:"}
    assert "<script>" in page.locator(".message.bot .bubble").nth(1).inner_text()
    boxes = page.locator(".bubble").evaluate_all("all => all.map((one) => one.scrollHeight - one.clientHeight)")
    assert max(boxes) <= 2


def test_numbers_and_addresses_in_a_reply_are_links(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    say(page, "031-231-7864 또는 1350, https://www.work24.go.kr/a. 그리고 2026-11-23")
    links = page.locator(".message.bot").last.locator("a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert links == ["tel:0312317864", "tel:1350", "https://www.work24.go.kr/a"]


# Tools

def test_a_person_is_one_tap_away(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    page.click("#person")
    expect(page.locator("#person-panel a")).to_have_attribute("href", "tel:1350")
    page.click("#ask-person")
    page.locator(".message.bot").nth(1).wait_for()
    assert stage.heard() == ["상담원 연결해 주세요"]


def test_plain_words_are_asked_for(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    page.click("#menu")
    page.click("#plain")
    page.locator(".message.bot").nth(1).wait_for()
    assert stage.heard() == ["쉬운 말로 해 주세요"]


def test_larger_text_is_kept(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    size = "() => parseFloat(getComputedStyle(document.querySelector('.bubble')).fontSize)"
    before = page.evaluate(size)
    page.click("#menu")
    page.click("#size")
    page.click("#size")
    assert page.evaluate(size) == pytest.approx(before * 1.5)
    page.reload()
    page.locator(".message.bot").first.wait_for()
    assert page.evaluate(size) == pytest.approx(before * 1.5)


def test_conversation_can_be_taken_along(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    say(page, "verdicts")
    page.click("#menu")
    with page.expect_download() as saved:
        page.click("#download")
    text = saved.value.path().read_text(encoding="utf-8-sig")
    assert re.match(r"동행봇-상담-\d{4}-\d\d-\d\d\.txt", saved.value.suggested_filename)
    assert "나: verdicts" in text
    assert "육아휴직 확인서" in text, "what is folded is taken along too"
    assert "동행봇:\n" not in text
    assert "(새 창)" not in text
    assert "대체인력지원금" in text


def test_printing_unfolds_everything_and_leaves_the_tools_out(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(bypass_csp=True), stage)
    say(page, "verdicts")
    page.evaluate("() => { window.print = () => { window.folded = document.querySelectorAll('#log details:not([open])').length; }; }")
    page.click("#menu")
    page.click("#print")
    assert page.evaluate("() => window.folded") == 0
    page.emulate_media(media="print")
    expect(page.locator("#composer")).to_be_hidden()
    expect(page.locator(".card.verdicts")).to_be_visible()
    assert page.evaluate("() => document.querySelector('.scroll').scrollHeight <= document.documentElement.scrollHeight")


def test_answer_can_be_copied(new_page: NewPage, stage: Stage) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_widget(page, stage)
    say(page, "answer")
    page.locator(".message.bot").last.get_by_role("button", name="이 답 복사").click()
    expect(page.locator(".message.bot").last).to_contain_text("복사했어요")
    assert "대체인력지원금" in page.evaluate("() => navigator.clipboard.readText()")


def test_opinion_reaches_the_desk(new_page: NewPage, stage: Stage) -> None:
    from bot.desk import conversations, database

    page = open_widget(new_page(), stage)
    say(page, "answer")
    page.get_by_role("button", name="아쉬워요").click()
    page.get_by_label("이해하기 어려워요").check()
    page.locator(".reason textarea").fill("조금 더 쉽게요")
    page.get_by_role("button", name="의견 보내기").click()
    expect(page.locator(".thanks")).to_have_text("의견 고마워요.")
    with database.session(read_only=True) as session:
        kept, line = conversations.feedback(session, limit=1)[0]
        assert (kept.rating, kept.reason, kept.comment) == ("down", "unclear", "조금 더 쉽게요")
        assert line is not None


def test_everything_is_done_by_keyboard_alone(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(), stage)
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.id || document.activeElement.textContent.trim()"))
    assert {"person", "menu", "text", "우리 회사가 받을 지원"} <= set(reached)
    page.locator("#menu").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#plain")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_focused()
    expect(page.locator("#menu-panel")).to_be_hidden()
    page.locator("#text").focus()
    page.keyboard.type("openings")
    page.keyboard.press("Enter")
    page.locator(".card.openings").wait_for()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if "오후 2시" in (page.evaluate("() => document.activeElement.textContent") or ""):
            break
    page.keyboard.press("Space")
    page.locator(".message.bot").nth(2).wait_for()
    assert stage.heard()[-1].startswith('/inform{"opening"')


def test_no_movement_where_none_is_wanted(new_page: NewPage, stage: Stage) -> None:
    page = open_widget(new_page(reduced_motion="reduce"), stage)
    stage.rasa.delay = 0.8
    page.fill("#text", "잠깐만요")
    page.press("#text", "Enter")
    page.locator(".typing").wait_for()
    running = page.evaluate("() => document.getAnimations().filter((one) => one.playState === 'running').length")
    assert running == 0
