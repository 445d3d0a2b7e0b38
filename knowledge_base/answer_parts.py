"""What every composed answer shares: the question's circumstances, the parts of an answer, gaps and cautions.

Sentences of the knowledge are summaries, turned into 해요체 by ``polite.py`` and never added to. What is said
of a program is in ``answer_programs.py``, of rights and ready questions in ``answer_rights.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlparse

from knowledge_base.asked_date import AskedDate
from knowledge_base.aspects import Aspect
from knowledge_base.freshness import old_caution
from knowledge_base.korean import josa
from knowledge_base.places import places
from knowledge_base.polite import polite, split_sentences
from knowledge_base.situation import Situation

_SITES = {
    "worklife.kr": "고용노동부 일생활균형(worklife.kr)",
    "law.go.kr": "국가법령정보센터",
    "work24.go.kr": "고용24",
    "korea.kr": "정책브리핑(korea.kr)",
    "moel.go.kr": "고용노동부(moel.go.kr)",
    "workingmom.or.kr": "직장맘지원센터",
    "gworkingmom.net": "직장맘지원센터",
    "easylaw.go.kr": "찾기쉬운 생활법령정보",
    "comwel.or.kr": "근로복지공단",
    "seoul.go.kr": "서울시",
    "gg.go.kr": "경기도",
    "bokjiro.go.kr": "복지로",
}
MONEY = re.compile(r"\d[\d,]*\s*(만|억)?\s*(\d+천)?원")


@dataclass(frozen=True)
class Asking:
    """The question's circumstances: what is asked, on which day, of which firm."""

    text: str
    aspect: Aspect
    day: date
    as_of: date
    dated: AskedDate | None
    situation: Situation

    @property
    def spoken(self) -> str:
        """The day as it is said in front of a name: "2027년", or nothing for today."""
        return self.dated.spoken if self.dated else ""


@dataclass
class Parts:
    """What to say. ``known`` is False where the knowledge has no answer and says so."""

    title: str
    paragraphs: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    checked_on: date | None = None
    known: bool = True
    basis: str = ""


def ask_somebody() -> str:
    """Whom to ask where the knowledge ends: 1350 with its hours, or the planner."""
    call_center = places().call_center
    return f"{call_center.phone}({call_center.hours.said})이나 방문 상담 때 플래너에게 확인해 주세요."


def unknown_on(name: str, spoken: str, what: str) -> str:
    """The sentence for what the knowledge does not reach: never a figure, always somebody to ask."""
    subject = " ".join(part for part in (spoken, name, what) if part)
    return f"{josa(subject, '은/는')} 아직 확인되지 않았어요. {ask_somebody()}"


def site_title(url: str) -> str:
    """A source's name for people from its address: the publisher where known, else the host."""
    host = urlparse(url).netloc.removeprefix("www.").removeprefix("m.")
    return next((title for site, title in _SITES.items() if host == site or host.endswith("." + site)), host)


def known_by(text: str, asking: Asking, confirmed_until: date) -> str:
    """A summary in 해요체; its sentences with figures of money are held back for a day beyond what is confirmed."""
    if asking.day <= confirmed_until or asking.dated is None:
        return polite(text)
    kept = [sentence for sentence in split_sentences(text) if not MONEY.search(sentence)]
    return polite(" ".join(kept)) or f"{asking.spoken} 내용은 아직 확인되지 않았어요. {ask_somebody()}"


def current(text: str | None, day: date) -> str | None:
    """``text`` without the sentences that speak only of what was until a date before ``day``."""
    if not text:
        return text
    kept = []
    for sentence in split_sentences(text):
        until = re.match(r"(?:\([^)]*\)\s*)?(\d{4})(?:-(\d\d)-(\d\d))?년?까지", sentence)
        over = until and date(int(until[1]), int(until[2] or 12), int(until[3] or 31)) < day
        if not over:
            kept.append(sentence)
    return " ".join(kept) or text


def add_cautions(parts: Parts, caution: str | None, confidence: str | None, as_of: date) -> None:
    """The item's own caution, and what its sureness and its check date ask to be said."""
    if caution:
        parts.cautions.append(polite(caution))
    if confidence == "low":
        parts.cautions.append(f"확실하지 않은 자료라 {ask_somebody()}")
    if parts.checked_on and (old := old_caution(parts.checked_on, as_of)):
        parts.cautions.append(old)
    parts.cautions = list(dict.fromkeys(parts.cautions))


def short_name(name: str) -> str:
    return re.sub(r"\s*\([^()]*\)$", "", name)
