"""A small HTTP server that speaks Rasa's REST channel and the action server's health, for protocol and failure cases.

What is said decides what comes back: a word of ``CARDS`` gives that card, ``느리게`` waits, everything else is echoed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

CALL_CENTER = {"label": "고용노동부 고객상담센터", "number": "1350"}
SOURCE = {"title": "고용노동부 대체인력지원금 안내", "url": "https://www.moel.go.kr/policy/example.do"}
CARDS: dict[str, dict[str, Any]] = {
    "answer": {"v": 1, "type": "answer", "title": "대체인력지원금", "paragraphs": [
        "대신할 분을 새로 뽑아 30일 넘게 쓰면 받을 수 있어요.", "피보험자 30인 미만이면 월 최대 140만원이에요(2026년 기준)."],
        "sources": [SOURCE], "checked_on": "2026-06-05", "caution": "2027년 금액은 아직 확인되지 않았어요.",
        "items": ["replacement_worker_grant"]},
    "verdicts": {"v": 1, "type": "verdicts", "as_of": "2026-12-01", "knowledge_version": "2026-06-05-abcd1234", "verdicts": [
        {"program": "replacement_worker_grant", "name": "대체인력지원금", "status": "eligible", "status_ko": "받을 수 있어요",
         "headline": "월 최대 140만원 × 휴직 기간", "why": [
             {"outcome": "met", "text": "피보험자 25명으로 30명 미만이에요.", "reference": {"law": "고용보험법 시행령 제29조",
              "url": "https://www.law.go.kr/"}},
             {"outcome": "unknown", "text": "대체인력을 30일 넘게 써야 해요.", "reference": None}],
         "deadline": {"date": "2027-11-30", "text": "휴직이 끝난 날부터 12개월 안에 신청해요."},
         "next_step": "고용24에서 신청해요.", "documents": ["육아휴직 확인서", "대체인력 근로계약서"], "checked_on": "2026-06-05",
         "source": SOURCE, "caution": None, "to_check": ["감원방지 기간"], "would_change": ["대체인력 채용 시"],
         "excludes": [{"program": "work_sharing_grant", "name": "업무분담지원금", "note": "같은 휴직에는 하나만 받아요."}]},
        {"program": "parental_leave_grant", "name": "육아휴직 지원금", "status": "possible", "status_ko": "알아봐야 해요",
         "headline": "아이 나이에 따라 월 30만원 또는 100만원", "why": [], "deadline": None, "next_step": None,
         "documents": [], "checked_on": "2026-06-05", "source": SOURCE, "caution": "시행령 개정 여부를 확인하고 있어요.",
         "to_check": [], "would_change": [], "excludes": []},
        {"program": "flexible_work_grant", "name": "유연근무 장려금", "status": "ineligible", "status_ko": "해당 없음",
         "headline": "유연근무를 하는 직원이 있을 때 받아요", "why": [], "deadline": None, "next_step": None, "documents": [],
         "checked_on": "2026-06-05", "source": SOURCE, "caution": None, "to_check": [], "would_change": [], "excludes": []}],
        "best": {"text": "대체인력지원금을 받는 쪽이 12개월에 가장 커요.", "total": 16_800_000,
                 "lines": ["대체인력지원금 140만원 × 12개월"]}},
    "openings": {"v": 1, "type": "openings", "center": {"id": "suwon", "name": "수원고용센터", "phone": "031-231-7864"},
                 "days": [{"date": f"2026-12-0{day}", "label": f"12월 {day}일({name})", "times": [
                     {"opening": f"o{day}a", "label": "오전 10시", "payload": f'/inform{{"opening":"o{day}a"}}'},
                     {"opening": f"o{day}b", "label": "오후 2시", "payload": f'/inform{{"opening":"o{day}b"}}'}]}
                     for day, name in ((1, "화"), (2, "수"), (3, "목"), (4, "금"), (7, "월"))]},
    "visit": {"v": 1, "type": "visit", "number": "AB12CD34", "status": "booked", "status_ko": "예약됐어요",
              "center": {"id": "suwon", "name": "수원고용센터", "phone": "031-231-7864", "address": "경기 수원시 장안구 서부로 2166"},
              "starts_at": "2026-12-01T14:00:00+09:00", "ends_at": "2026-12-01T15:00:00+09:00",
              "when_ko": "12월 1일(화) 오후 2시", "company": "동행기계", "contact_masked": "김○○ 010-****-5678",
              "ics_url": "/visits/token/visit.ics", "manage_url": "/visits/token"},
    "lead": {"v": 1, "type": "lead", "number": "AB12CD34", "title": "전화 상담을 접수했어요", "lines": [
        {"label": "언제", "value": "내일 오전"}, {"label": "누구", "value": "김○○"}]},
    "contact": {"v": 1, "type": "contact", "name": "수원고용센터", "phones": [
        {"label": "동행 플래너", "number": "031-231-7864"}, CALL_CENTER], "hours": "평일 9~18시", "open_now": True,
        "address": "경기 수원시 장안구 서부로 2166", "note": "점심시간에는 연결이 늦을 수 있어요."},
    "case": {"v": 1, "type": "case", "title": "28명 제조업체의 대체인력 채용", "company": "○○정밀", "place": "경기 안산",
             "industry": "제조업", "paragraphs": ["육아휴직자 자리에 인수인계 기간을 두고 새로 뽑았어요."], "source": SOURCE,
             "checked_on": "2026-06-05"},
    "notice": {"v": 1, "type": "notice", "level": "info", "text": "12월 25일은 쉬어요.", "phones": [CALL_CENTER]},
}
HOSTILE = {
    "text": '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> \u202egnp.exe https://ok.example/a?b=c javascript:alert(1)',
    "custom": {"act": "answer", "items": [], "asks": None, "card": {
        "v": 1, "type": "answer", "title": "<b>굵게</b>", "paragraphs": ["<iframe src=javascript:window.hacked=1>"],
        "sources": [{"title": "나쁜 주소", "url": "javascript:window.hacked=1"}, {"title": "데이터", "url": "data:text/html,x"}],
        "checked_on": "2026-06-05", "caution": None, "items": []}},
}


class FakeRasa:
    """The server's state: ``heard`` is everything said; switch ``up``, ``actions_up``, ``delay`` and ``silent``."""

    def __init__(self) -> None:
        self.up = True
        self.actions_up = True
        self.delay = 0.0
        self.silent = False
        self.heard: list[tuple[str, str]] = []
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.asks: str | None = None
        self.url = ""
        self.meanwhile: Callable[[str], None] | None = None
        self.app = web.Application()
        self.app.router.add_post("/webhooks/rest/webhook", self._say)
        self.app.router.add_get("/conversations/{id}/tracker", self._tracker)
        self.app.router.add_get("/status", self._status)
        self.app.router.add_get("/health", self._health)

    async def _say(self, request: web.Request) -> web.Response:
        if not self.up:
            return web.Response(status=503)
        # A server that goes on when its caller hangs up is the harder case for the caller.
        return await asyncio.shield(asyncio.ensure_future(self._answer(await request.json())))

    async def _answer(self, body: dict[str, Any]) -> web.Response:
        sender, message = body["sender"], body["message"]
        self.heard.append((sender, message))
        if self.meanwhile is not None:
            await asyncio.to_thread(self.meanwhile, sender)
        if self.delay:
            await asyncio.sleep(self.delay)
        said = [] if self.silent or not self.actions_up else self._replies(message)
        events = self.events.setdefault(sender, [])
        events.append({"event": "user", "text": message, "metadata": body.get("metadata")})
        events += [{"event": "bot", "text": one.get("text"),
                    "data": {"buttons": one.get("buttons"), "custom": one.get("custom")}} for one in said]
        return web.json_response([{"recipient_id": sender, **one} for one in said])

    def _replies(self, message: str) -> list[dict[str, Any]]:
        if message == "/greet":
            return [
                {"text": "안녕하세요, 동행봇이에요. 직원의 육아휴직이나 근무시간 조정 때문에 오셨나요? 회사 사정을 편하게 적어 주세요.",
                 "buttons": [{"title": "우리 회사가 받을 지원", "payload": "/ask_eligibility"},
                             {"title": "방문 상담 예약", "payload": "/book_visit"}]},
                {"custom": {"act": "greet", "asks": None, "items": []}}]
        if message in CARDS:
            kind = {"verdicts": "verdicts", "visit": "handoff", "contact": "contact"}.get(message, "answer")
            return [{"text": f"{message} 카드예요."},
                    {"custom": {"act": kind, "asks": self.asks, "items": ["one"], "card": CARDS[message]}}]
        if message == "hostile":
            # Once as plain text and once on a card, whose text a browser does not draw a second time.
            return [{"text": HOSTILE["text"], "custom": {"act": "answer", "items": [], "asks": None}}, HOSTILE]
        if message == "buttons":
            return [{"text": "빈자리는 어떻게 메울 생각이세요?", "buttons": [
                {"title": "새로 뽑아요", "payload": '/inform{"cover":"hire"}'},
                {"title": "아직 모르겠어요", "payload": "/dont_know"}]},
                {"custom": {"act": "ask_fact", "asks": "event.cover", "items": []}}]
        return [{"text": f"들었어요: {message}"}, {"custom": {"act": "answer", "asks": self.asks, "items": []}}]

    async def _tracker(self, request: web.Request) -> web.Response:
        if not self.up:
            return web.Response(status=503)
        sender = request.match_info["id"]
        every = request.query.get("include_events") == "ALL"
        return web.json_response({"sender_id": sender, "slots": {"facts": {"company": {"headcount": 25}}},
                                  "events": self.events.get(sender, []) if every else None})

    async def _status(self, _request: web.Request) -> web.Response:
        return web.Response(status=200 if self.up else 503, text=json.dumps({"model_file": "fake"}))

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"}, status=200 if self.actions_up else 503)
