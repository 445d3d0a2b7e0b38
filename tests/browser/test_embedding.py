"""The widget on a partner's page of another origin: opening, closing, who is let in, and a host that means ill."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FrameLocator, Page, expect

from bot.desk import database, partners
from tests.browser.conftest import NewPage, Stage, say
from tests.browser.test_widget import AXE


def _open(page: Page, stage: Stage, name: str = "plain") -> FrameLocator:
    page.goto(f"{stage.host}/{name}")
    page.get_by_role("button", name="육아지원 상담").click()
    frame = page.frame_locator("iframe[title='동행봇 상담창']")
    frame.locator(".message.bot").nth(1).wait_for()
    return frame


@pytest.mark.parametrize("name", ["plain", "strict"])
def test_one_line_of_script_gives_a_conversation(new_page: NewPage, stage: Stage, name: str) -> None:
    page = new_page(viewport={"width": 1024, "height": 768})
    frame = _open(page, stage, name)
    expect(frame.locator(".message.bot .bubble").first).to_have_text("시험 파트너예요.")
    expect(frame.locator("#text")).to_be_focused()
    frame.locator("#text").press_sequentially("안녕하세요")
    frame.locator("#text").press("Enter")
    expect(frame.locator(".message.bot .bubble").last).to_have_text("들었어요: 안녕하세요")
    colour = frame.locator("html").evaluate("(one) => one.style.getPropertyValue('--accent-light')")
    assert colour == "#7a1fa2"


def test_nothing_is_loaded_before_it_is_asked_for(new_page: NewPage, stage: Stage) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{stage.host}/plain")
    page.get_by_role("button", name="육아지원 상담").wait_for()
    assert [url for url in asked if url.startswith(stage.url)] == [f"{stage.url}/embed.js"]


def test_escape_closes_and_gives_the_focus_back(new_page: NewPage, stage: Stage) -> None:
    page = new_page()
    frame = _open(page, stage)
    say(frame, "기억해 주세요")
    page.keyboard.press("Escape")
    launcher = page.get_by_role("button", name="육아지원 상담")
    expect(launcher).to_be_focused()
    expect(launcher).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(frame.locator("#text")).to_be_focused()
    expect(frame.locator(".message.person")).to_have_count(1)
    frame.locator("#close").click()
    expect(launcher).to_be_focused()


def test_tab_stays_inside_while_it_is_open(new_page: NewPage, stage: Stage) -> None:
    page = new_page()
    frame = _open(page, stage)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(16):
            page.keyboard.press(key)
            assert page.evaluate("() => document.activeElement.tagName") == "DIV", key
    assert frame.locator("body").evaluate("() => document.activeElement !== document.body")


def test_on_a_phone_it_fills_the_screen(new_page: NewPage, stage: Stage) -> None:
    page = new_page(viewport={"width": 360, "height": 640})
    _open(page, stage)
    box = page.locator("iframe[title='동행봇 상담창']").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 640}


def test_axe_finds_nothing_on_the_host_page_closed_and_open(new_page: NewPage, stage: Stage) -> None:
    page = new_page(bypass_csp=True)
    page.goto(f"{stage.host}/plain")
    page.get_by_role("button", name="육아지원 상담").wait_for()
    assert Axe().run(page, options=AXE).response["violations"] == []
    _open(page, stage)
    assert Axe().run(page, options=AXE).response["violations"] == []


def test_page_that_is_not_listed_gets_nothing_but_a_way_out(new_page: NewPage, stage: Stage) -> None:
    page = new_page(expected=("frame-ancestors", "Framing"))
    page.clock.install()
    page.goto(f"{stage.unlisted}/plain")
    page.get_by_role("button", name="육아지원 상담").click()
    page.wait_for_timeout(500)
    frame = page.frame_locator("iframe[title='동행봇 상담창']")
    expect(frame.locator("#text")).to_have_count(0)
    page.clock.fast_forward(11_000)
    expect(page.get_by_role("link", name="새 창에서 상담하기")).to_have_attribute("href", stage.url)
    assert stage.rasa.heard == []


@pytest.mark.parametrize("kind", ["unknown", "revoked"])
def test_key_that_is_no_good_opens_nothing(new_page: NewPage, stage: Stage, kind: str) -> None:
    key = "dh_unknown"
    if kind == "revoked":
        with database.session() as session:
            if "revoked" not in [one.id for one in partners.everyone(session)]:
                partners.add(session, "revoked", "중지된 곳", [stage.host])
            key = partners.rotate(session, "revoked")
            partners.revoke(session, "revoked")
    page = new_page(expected=("frame-ancestors", "Framing"))
    page.goto(f"{stage.host}/plain?key={key}")
    page.get_by_role("button", name="육아지원 상담").click()
    page.wait_for_timeout(500)
    expect(page.frame_locator("iframe[title='동행봇 상담창']").locator("#text")).to_have_count(0)
    assert stage.rasa.heard == []


def test_hostile_host_learns_nothing_and_says_nothing(new_page: NewPage, stage: Stage) -> None:
    page = new_page()
    frame = _open(page, stage, "hostile")
    say(frame, "비밀 이야기예요")
    page.wait_for_timeout(700)
    assert stage.heard() == ["비밀 이야기예요"]
    expect(frame.locator(".message.person")).to_have_count(1)
    overheard = page.evaluate("() => JSON.stringify(window.overheard.filter((one) => one && one.donghaeng))")
    assert "비밀" not in overheard
    assert "token" not in overheard
    # The host's own shouting of "close" is not the frame's: the window is still open.
    assert page.locator("iframe[title='동행봇 상담창']").bounding_box()


def test_other_frames_cannot_speak_for_the_widget(new_page: NewPage, stage: Stage) -> None:
    page = new_page()
    frame = _open(page, stage)
    page.evaluate("""(home) => new Promise((done) => {
        const other = document.createElement("iframe");
        other.srcdoc = "<script>parent.postMessage({donghaeng: 1, type: 'close'}, '*')</" + "script>";
        other.onload = () => setTimeout(done, 200);
        document.body.append(other);
    })""", stage.url)
    expect(frame.locator("#text")).to_be_visible()


def test_two_script_tags_make_one_launcher(new_page: NewPage, stage: Stage) -> None:
    page = new_page()
    page.goto(f"{stage.host}/plain")
    page.get_by_role("button", name="육아지원 상담").wait_for()
    page.evaluate("""([home, key]) => new Promise((done) => { const again = document.createElement("script");
        again.src = home + "/embed.js"; again.dataset.key = key; again.onload = done; document.body.append(again); })""",
                  [stage.url, stage.key])
    expect(page.get_by_role("button", name="육아지원 상담")).to_have_count(1)


def test_self_check_previews_the_widget_in_the_partners_words(new_page: NewPage, stage: Stage) -> None:
    page = new_page(bypass_csp=True)
    page.goto(f"{stage.url}/partners/check?key={stage.key}&site={stage.host}")
    preview = page.frame_locator("iframe[title='상담창 미리 보기']")
    expect(preview.locator(".message.bot .bubble").first).to_have_text("시험 파트너예요.")
    assert Axe().run(page, options=AXE).response["violations"] == []
