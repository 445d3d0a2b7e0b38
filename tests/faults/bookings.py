"""People who book a visit whatever happens, and what must hold of their visits and leads afterwards."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

import requests

from tests.stack import Person, Stack

# Each from somewhere else, so that they do not take one another's openings.
_PLACES = ("수원", "부산 해운대", "대구 수성구", "인천 서구", "대전 유성", "광주 북구", "전주 덕진구", "창원 성산구", "청주 흥덕구",
           "강릉", "성남 분당구", "울산 남구")


def book(person: Person, number: int, begun: threading.Semaphore) -> Person:
    """Talk from the first word to a booked visit; ``begun`` is released when half of it is said."""
    person.open()
    person.say(f"{_PLACES[number % len(_PLACES)]}에 있는 25명 제조업인데 직원이 12월부터 육아휴직 가요")
    person.say("새로 뽑을 거예요")
    person.say("방문 상담 예약할게요")
    begun.release()
    for _ in range(8):
        if "openings" in person.cards:
            break
        person.say({"company.region": _PLACES[number % len(_PLACES)]}.get(person.last["turn"]["asks"] or "", "모르겠어요"))
    person.press_opening(number)
    answers = {"consent": "네", "company.name": f"하나정밀{number}", "contact.name": "김하나", "contact.phone": f"010-2345-{1000 + number}",
               "contact.email": "아니요", "handoff.confirmed": "네 맞아요"}
    for _ in range(12):
        if "visit" in person.cards:
            return person
        asks = person.last["turn"]["asks"] or ""
        if asks == "visit.opening":
            person.press_opening(number + 1)  # somebody else was quicker
        else:
            person.say(answers.get(asks, "네 맞아요"))
    told = [(line["from"], line["text"], line["card"] and line["card"]["type"]) for line in person.look()["messages"]]
    raise AssertionError(f"no visit: {told}")


def leads(stack: Stack) -> list[dict[str, Any]]:
    """All leads, as a planner's program reads them."""
    token = (stack.folder / "desk-token").read_text(encoding="utf-8").strip()
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        answer = requests.get(f"{stack.web[0]}/api/desk/leads", headers={"Authorization": f"Bearer {token}"},
                              params={"limit": 200, **({"after": after} if after else {})}, timeout=30).json()
        found += answer["leads"]
        if not (after := answer["next"]):
            return found


def check_bookings(stack: Stack, people: list[Person]) -> None:
    """Each person who was shown a visit has one lead with that visit; no opening is given twice."""
    found = leads(stack)
    shown = Counter(card["number"] for person in people for message in person.look()["messages"]
                    if (card := message["card"]) and card["type"] == "visit")
    numbers = Counter(lead["number"] for lead in found)
    assert set(shown) <= set(numbers), "somebody was shown a visit that nobody has"
    assert numbers.most_common(1)[0][1] == 1
    taken = Counter((lead["visit"]["planner_id"], lead["visit"]["starts_at"]) for lead in found if lead["visit"])
    assert taken.most_common(1)[0][1] == 1, taken
    companies = Counter(lead["company"]["name"] for lead in found)
    assert companies.most_common(1)[0][1] == 1, "somebody's lead came in twice"
    assert len(found) == len(people)
