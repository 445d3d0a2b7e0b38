"""Coming back days later: the thread is there, and what was shown is screened anew by the rules of the day."""

from __future__ import annotations

from pathlib import Path

from tests.running import Conversation, running_service

LATE_DECEMBER = "2026-12-30T10:00:00+09:00"
JANUARY = "2027-01-04T10:00:00+09:00"


def test_in_the_new_year_a_firm_hears_what_is_different_since(tmp_path: Path) -> None:
    with running_service(tmp_path, now=LATE_DECEMBER) as december:
        talk = december.talk()
        talk.say("수원 25명 제조업인데 육아휴직 가고 새로 뽑아요. 아이는 올해 8월 1일에 태어났어요")
        assert talk.last["turn"]["act"] == "verdicts"
        facts = talk.last["turn"]["facts"]
        again = talk.say("안녕하세요")
        assert "12월 30일" not in talk.text  # the same day: nothing to screen anew
        assert again["turn"]["act"] == "greet"
    with running_service(tmp_path, now=JANUARY) as january:
        later = resumed(talk, january)
        back = later.say("안녕하세요")
        assert "25명" in later.text
        assert "12월 30일" in later.text  # when it was shown
        assert back["turn"]["facts"] == facts
        assert [card for card in later.cards() if card["type"] == "verdicts" and card["as_of"] == "2027-01-04"]
        later.say("안녕하세요")
        assert "12월 30일" not in later.text  # said once


def resumed(talk: Conversation, service: object) -> Conversation:
    """The same browser at the service started again."""
    talk.service = service  # type: ignore[assignment]
    return talk
