"""Queue, lead page, visits and calendar as planners use them, without any script."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from html import unescape

from sqlalchemy import select, update

from bot.desk import conversations, database, lead_actions, routing
from bot.desk.calendar_models import Waiting
from bot.desk.leads import Viewer
from bot.desk.models import Closure, ContactView, Lead, LeadNote, Planner, Visit, WorkingHours
from bot.web.console.pages import korean_span
from tests.console.conftest import NOW, PHONE, WISH, Person, make_lead

SignedIn = Callable[[str], Awaitable[Person]]
KIM = Viewer("김하늘", "planner", "suwon", "suwon-1")


def _lead(lead_id: str) -> Lead:
    with database.session(read_only=True) as session:
        return session.get(Lead, lead_id)


async def test_an_empty_queue_says_what_will_come(person: SignedIn) -> None:
    assert "지금 기다리는 접수가 없어요" in await (await person("kim")).get("/desk")


async def test_the_queue_counts_states_and_filters_by_them(person: SignedIn) -> None:
    first, second = make_lead(company="하나정밀"), make_lead(company="두리산업", phone="010-3333-4444")
    kim = await person("kim")
    await kim.post(f"/desk/leads/{first}", 303, action="claim")
    everything = await kim.get("/desk")
    assert "진행 중 <b>2</b>" in everything
    assert "새 접수 <b>1</b>" in everything
    claimed = await kim.get("/desk?state=claimed")
    assert _lead(first).number in claimed
    assert _lead(second).number not in claimed
    assert "이 조건에 맞는 접수가 없어요" in await kim.get("/desk?state=closed")


async def test_mine_overdue_and_partner_narrow_the_queue(person: SignedIn) -> None:
    late, fresh = make_lead(company="늦은회사"), make_lead(company="새회사", phone="010-3333-4444", partner=None)
    with database.session() as session:
        lead = session.get(Lead, late)
        lead.contact_due_at = lead.created_at.replace(year=2025)
        session.get(Lead, fresh).planner_id = None
        session.get(Lead, late).planner_id = None
    kim = await person("kim")
    for query, shown in (("overdue=1", late), ("partner=industrial-park", late)):
        text = await kim.get(f"/desk?{query}")
        assert _lead(shown).number in text
        assert _lead(fresh).number not in text
    await kim.post(f"/desk/leads/{fresh}", 303, action="claim")
    mine = await kim.get("/desk?mine=1")
    assert _lead(fresh).number in mine
    assert _lead(late).number not in mine


async def test_search_finds_by_number_phone_and_firm_and_keeps_words_out_of_addresses(person: SignedIn) -> None:
    lead_id = make_lead(company="(주)하나정밀")
    kim, number = await person("kim"), _lead(lead_id).number
    for words in (number.lower(), PHONE, PHONE.replace("-", ""), "하나정밀", "주식회사 하나정밀"):
        answer = await kim.post("/desk/search", 200, q=words)
        text = await answer.text()
        assert number in text, words
        assert words not in "".join(re.findall(r'(?:href|action)="([^"]*)"', text)) or words == number
    assert "찾지 못했어요" in await (await kim.post("/desk/search", 200, q="없는회사")).text()


async def test_the_second_page_of_a_long_queue_goes_on_where_the_first_ended(person: SignedIn) -> None:
    ids = [make_lead(company=f"회사{at}", phone=f"010-2000-{1000 + at}") for at in range(52)]
    kim = await person("kim")
    first = await kim.get("/desk")
    following = re.search(r'href="(/desk\?after=[^"]+)"', first)
    assert following
    second = await kim.get(unescape(following[1]))
    shown = [set(re.findall(r'href="/desk/leads/([^"]+)"', text)) for text in (first, second)]
    assert len(shown[0]) == 50
    assert shown[0] | shown[1] == set(ids)
    assert not shown[0] & shown[1]


async def test_the_lead_page_holds_all_a_planner_needs_and_logs_the_look(person: SignedIn) -> None:
    lead_id = make_lead(visit=True)
    text = await (await person("kim")).get(f"/desk/leads/{lead_id}")
    for needed in ("(주)하나정밀", "김하나", f"tel:{PHONE}", WISH, "제조업", "25명", "육아휴직", "대체인력지원금", "1,680만원", "충족",
                   "준비할 서류", "방문 때 확인할 것", "방문 상담", "제가 맡을게요", "11월 24일"):
        assert needed in text, needed
    with database.session(read_only=True) as session:
        looks = session.execute(select(ContactView.viewer, ContactView.purpose)).all()
    assert [tuple(look) for look in looks] == [("김하늘", "lead page")]


async def test_the_conversation_can_be_read_on_the_lead_page(person: SignedIn) -> None:
    with database.session() as session:
        opened, _ = conversations.open_conversation(session, partner_id=None, days=7)
        conversations.answer(session, conversations.waiting_turns(session, opened.id)[0].id, [
            {"id": "m1", "text": "무엇을 도와드릴까요?", "card": None, "quick_replies": [], "at": "2026-11-23T10:00:00+09:00"}],
            {"act": "greet", "items": [], "facts": {}, "asks": None})
    lead_id = make_lead(conversation_id=opened.id)
    assert "무엇을 도와드릴까요?" in await (await person("kim")).get(f"/desk/leads/{lead_id}")


async def test_a_lead_goes_from_the_queue_to_its_end_with_buttons(person: SignedIn) -> None:
    lead_id, kim = make_lead(), await person("kim")
    path = f"/desk/leads/{lead_id}"
    assert "연락했어요" not in await kim.get(path)
    await kim.post(path, 303, action="claim")
    for state in ("contacted", "plan_delivered", "following_up"):
        await kim.post(path, 303, action="move", to_state=state)
    refused = await kim.post(path, 409, action="move", to_state="closed")
    assert "종결 사유를 골라 주세요" in await refused.text()
    await kim.post(path, 303, action="move", to_state="closed", close_reason="supported")
    assert "지원 연결 완료" in await kim.get(path)


async def test_two_who_claim_at_once_see_who_was_first_and_a_stale_page_is_told(person: SignedIn) -> None:
    lead_id = make_lead()
    kim, lee = await person("kim"), await person("lee")
    path = f"/desk/leads/{lead_id}"
    await kim.post(path, 303, action="claim")
    assert "김하늘 님이 맡았어요" in await (await lee.post(path, 409, action="claim")).text()
    await kim.post(path, 303, action="move", to_state="contacted", from_state="claimed")
    stale = await kim.post(path, 409, action="move", to_state="new", from_state="claimed")
    assert "지금 상태를 보고" in await stale.text()


async def test_a_note_stays_and_an_empty_one_is_refused(person: SignedIn) -> None:
    lead_id, kim = make_lead(), await person("kim")
    await kim.post(f"/desk/leads/{lead_id}", 303, action="note", text="<b>오후</b>에 통화 원하심")
    assert "&lt;b&gt;오후&lt;/b&gt;에 통화 원하심" in await kim.get(f"/desk/leads/{lead_id}")
    await kim.post(f"/desk/leads/{lead_id}", 409, action="note", text="  ")
    with database.session(read_only=True) as session:
        assert len(session.execute(select(LeadNote)).all()) == 1


async def test_a_center_lead_gives_a_lead_to_a_planner_who_gives_it_on(person: SignedIn) -> None:
    lead_id, boss, kim, lee = make_lead(), await person("boss"), await person("kim"), await person("lee")
    path = f"/desk/leads/{lead_id}"
    assert "담당 정하기" not in await kim.get(path)
    choices = dict(re.findall(r'<option value="([^"]+)">([^<]+)', (await boss.get(path)).split('name="to"')[1].split("</select>")[0]))
    ids = {name: id for id, name in choices.items()}
    assert set(ids) == {"김하늘", "이솔", "박센터장"}
    await boss.post(path, 409, action="hand_over", to="", reason="오늘 휴무예요")
    await boss.post(path, 303, action="hand_over", to=ids["김하늘"])
    await kim.post(path, 303, action="hand_over", to=ids["이솔"], reason="다음 주 휴가")
    shown = await lee.get(path)
    assert "담당 바뀜" in shown
    assert "김하늘 → 이솔: 다음 주 휴가" in unescape(shown)
    await kim.post(path, 403, action="hand_over", to=ids["박센터장"])
    assert _lead(lead_id).claimed_by == "이솔"


async def test_a_lead_sent_to_another_center_leaves_this_one(person: SignedIn) -> None:
    lead_id, kim, busan = make_lead(), await person("kim"), await person("busan")
    path = f"/desk/leads/{lead_id}"
    await kim.post(path, 409, action="transfer", center="busan", reason="")
    answer = await kim.post(path, 303, action="transfer", center="busan", reason="본사가 부산")
    assert answer.headers["Location"] == "/desk?done=transfer"
    await kim.get(path, 404)
    assert "본사가 부산" in await busan.get(path)


async def test_a_visit_is_scheduled_and_moved_from_the_lead(person: SignedIn) -> None:
    lead_id, kim = make_lead(), await person("kim")
    path = f"/desk/leads/{lead_id}/visit"
    assert "먼저 이 접수를 맡아" in await (await kim.post(path, 409, opening="suwon.suwon-1.20261201T1400")).text()
    await kim.post(f"/desk/leads/{lead_id}", 303, action="claim")
    free = re.findall(r'name="opening" value="([^"]+)"', await kim.get(f"{path}?from=2026-12-01"))
    assert free[0].startswith("suwon.suwon-1.20261201T")
    await kim.post(path, 303, opening=free[0])
    await kim.post(path, 303, opening=free[1])
    with database.session(read_only=True) as session:
        visit = session.execute(select(Visit).where(Visit.state == "booked")).scalar_one()
        assert f"{visit.starts_at:%Y%m%dT%H%M}" == free[1].rsplit(".", 1)[1]
        assert session.get(Lead, lead_id).state == "visit_scheduled"
    for wrong in ("", "nonsense", "suwon.suwon-1.20261128T0300", "busan.busan-1.20261201T1400"):
        assert (await kim.post(path, 409, opening=wrong)).status == 409


async def test_the_week_and_the_day_show_the_visits(person: SignedIn) -> None:
    make_lead(visit=True)
    kim = await person("kim")
    assert "(주)하나정밀" in await kim.get("/desk/calendar?week=2026-11-26")
    sheet = await kim.get("/desk/visits?day=2026-11-24")
    assert PHONE in sheet
    assert WISH in sheet
    assert "이날은 방문이 없어요" in await kim.get("/desk/visits?day=2026-11-25")
    assert "크리스마스" in (await kim.get("/desk/calendar?week=2026-12-25")) or "기독탄신일" in (
        await kim.get("/desk/calendar?week=2026-12-25"))
    await kim.get("/desk/calendar?week=tomorrow")


async def test_hours_leave_and_planners_are_edited_and_visits_in_the_way_are_shown(person: SignedIn) -> None:
    lead_id, kim, boss = make_lead(visit=True), await person("kim"), await person("boss")
    path = "/desk/calendar/settings"
    answer = await kim.post(path, 200, action="closure", planner="suwon-1", kind="leave",
                            **{"from": "2026-11-24T09:00", "until": "2026-11-24T18:00"})
    assert f"/desk/leads/{lead_id}" in await answer.text()
    week = {f"begins{day}": "10:00" for day in range(5)} | {f"ends{day}": "16:00" for day in range(5)}
    await kim.post(path, None, action="hours", planner="suwon-1", **week)
    await kim.post(path, 409, action="hours", planner="suwon-1", begins0="10:00")
    await kim.post(path, 409, action="hours", planner="suwon-1", begins0="10:07", ends0="12:00")
    await boss.post(path, 303, action="added", center="suwon", name="오새롬", email="oh@desk.example")
    await boss.post(path, 409, action="rules", center="suwon", visit_minutes="45")
    await boss.post(path, 303, action="rules", center="suwon", visit_minutes="90", travel_minutes="30",
                    notice_hours="24", horizon_days="30", daily_cap="2", cutoff_hours="4")
    with database.session() as session:
        assert session.execute(select(WorkingHours.starts).where(WorkingHours.weekday == 0)).scalar_one() == 600
        assert session.execute(select(Planner.center_id).where(Planner.name == "오새롬")).scalar_one() == "suwon"
        closure = session.execute(select(Closure)).scalar_one()
    assert "휴가" in await kim.get("/desk/calendar?week=2026-11-24")
    await kim.post(path, 303, action="reopen", closure=closure.id)


async def test_a_center_lead_sees_numbers_as_charts_without_scripts_or_inline_styles(person: SignedIn) -> None:
    lead_id = make_lead()
    with database.session() as session:
        lead_actions.claim(session, lead_id, KIM)
        lead_actions.move(session, lead_id, "contacted", KIM)
        lead_actions.move(session, lead_id, "closed", KIM, close_reason="supported")
    boss = await person("boss")
    text = await boss.get("/desk/numbers?weeks=4")
    for shown in ("최근 4주 접수 1건", "지원 연결 완료", "육아휴직", "대체인력지원금", "100%", "<svg"):
        assert shown in text, shown
    assert "<script" not in text
    assert "style=" not in text


async def test_thumbs_down_reach_the_desk_with_reason_and_without_numbers(person: SignedIn) -> None:
    with database.session() as session:
        opened, _ = conversations.open_conversation(session, partner_id=None, days=7)
        turn = conversations.waiting_turns(session, opened.id)[0]
        conversations.answer(session, turn.id, [
            {"id": "m1", "text": "월 140만원이에요.", "card": None, "quick_replies": [], "at": "2026-11-23T10:00:00+09:00"}],
            {"act": "answer", "items": [], "facts": {}, "asks": None})
        conversations.rate(session, opened.id, "m1", "down", reason="wrong", comment=f"틀려요 {PHONE}로 전화 주세요")
    text = await (await person("admin")).get("/desk/feedback")
    assert "내용이 틀려요" in text
    assert "월 140만원이에요." in text
    assert PHONE not in text
    assert "아직 아쉽다는 의견이 없어요" in await (await person("boss")).get("/desk/feedback")


async def test_an_address_that_is_none_is_told_as_a_page(person: SignedIn) -> None:
    assert "그런 화면이 없어요" in await (await person("kim")).get("/desk/nowhere", 404)
    assert "찾을 수 없어요" in await (await person("kim")).get("/desk/leads/none", 404)
    assert "목록이 바뀌었어요" in await (await person("kim")).get("/desk?after=none", 404)


async def test_the_queue_says_first_what_cannot_wait(person: SignedIn) -> None:
    kim = await person("kim")
    assert "지금 할 일" not in await kim.get("/desk")
    late, waits = make_lead(company="늦은회사"), make_lead(
        company="기다리는회사", phone="010-3333-4444", email=None,
        consents=[{"purpose": "waiting", "wording_version": "1", "given_at": NOW}],
        waiting={"start": "2026-12-26T09:00:00+09:00", "end": "2026-12-26T18:00:00+09:00"})
    visited = make_lead(company="오늘회사", phone="010-5555-6666", visit=True)
    with database.session() as session:
        lead = session.get(Lead, late)
        lead.contact_due_at = lead.created_at.replace(year=2025)
        session.execute(update(Visit).where(Visit.lead_id == visited).values(
            starts_at=NOW.replace(hour=14), ends_at=NOW.replace(hour=15)))
        session.execute(update(Waiting).where(Waiting.lead_id == waits).values(
            state="told", told_at=NOW, opening_id="suwon.suwon-1.20261226T1000"))
    strip = (await kim.get("/desk")).split('class="todo"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)<', strip) == [
        ("/desk?overdue=1", "늦은 연락 1건"), ("/desk/visits", "오늘 방문 1건"), ("/desk/waiting", "빈자리를 전화로 알릴 분 1명")]
    assert 'class="todo"' not in await (await person("busan")).get("/desk")
    assert 'class="todo"' not in await (await person("park")).get("/desk")


async def test_the_queue_tells_who_has_a_lead_from_whose_turn_it_is_and_names_partners(person: SignedIn) -> None:
    lead, kim = make_lead(), await person("kim")
    row = (await kim.get("/desk")).split("<tbody>")[1]
    assert re.search(r'<span class="faint">배정</span>', row)
    assert "수원산업단지" in row
    assert "industrial-park" not in row
    await kim.post(f"/desk/leads/{lead}", 303, action="claim")
    row = (await kim.get("/desk")).split("<tbody>")[1]
    assert "김하늘" in row
    assert "배정" not in row


async def test_a_visit_that_was_made_stays_in_the_queue_with_its_day(person: SignedIn) -> None:
    lead, kim = make_lead(visit=True), await person("kim")
    with database.session() as session:
        session.execute(update(Visit).where(Visit.lead_id == lead).values(state="visited"))
        starts_at = session.execute(select(Visit.starts_at).where(Visit.lead_id == lead)).scalar_one()
    row = (await kim.get("/desk")).split("<tbody>")[1]
    assert f"{starts_at.month}.{starts_at.day}." in row
    assert "방문 완료" in row


async def test_the_lead_page_says_how_the_center_was_found_and_who_did_what(person: SignedIn) -> None:
    with database.session() as session:
        decision = routing.route(session, region="41110")
    lead, kim = make_lead(routing=decision), await person("kim")
    page = await kim.get(f"/desk/leads/{lead}")
    assert "지역으로 정했어요" in page
    assert "알아볼 연락처가 없음" in page  # what the strategies before it said
    assert "동행봇 · 11.23." in page
    assert "배정됨, 아직 맡지 않음" in page


def test_a_span_says_the_half_of_the_day_once() -> None:
    assert korean_span(NOW, NOW.replace(hour=11)) == "오전 10시~11시"
    assert korean_span(NOW.replace(hour=11), NOW.replace(hour=13, minute=30)) == "오전 11시~오후 1시 30분"
