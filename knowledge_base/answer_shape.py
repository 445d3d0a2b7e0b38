"""An answer ready to be said: its text with date and source, its card, and what is said where nothing fits surely.

What is said is put together in ``answer_parts.py`` and its neighbours; which item answers, in ``answers.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge_base.answer_parts import Parts, site_title
from knowledge_base.answer_values import short_source
from knowledge_base.aspects import Aspect
from knowledge_base.item_schema import Question, Right
from knowledge_base.plain_words import easier
from knowledge_base.polite import split_sentences
from knowledge_base.program_schema import Program
from knowledge_base.search import Hit
from knowledge_base.search_items import item, title_of

MAX_CAUTION = 170
_PAPERWORK = ("documents", "apply", "deadline", "payment", "who_pays", "law", "contact")


@dataclass(frozen=True)
class Answer:
    """An answer ready to be said. ``confident`` False: ``text`` asks which of ``alternatives`` was meant.

    ``items`` are the ids used, ``card`` the chat API's card of type "answer", ``plain`` the same in easier words.
    ``known`` is False where the knowledge does not hold what was asked and the text says so. ``topic`` is
    what was spoken of where a ready question answered it.
    """

    items: list[str]
    text: str
    card: dict[str, Any]
    confident: bool
    alternatives: list[Hit] = field(default_factory=list)
    aspect: Aspect = "general"
    plain: str = ""
    known: bool = True
    topic: str | None = None

    @property
    def spoken_of(self) -> str | None:
        """The id of what the next short question is about."""
        return self.topic or next(iter(self.items), None)


def with_sources(found: Answer, identifier: str) -> Answer:
    """``found`` with the sources of the item that it comes from, and when that was checked."""
    of = item(identifier)
    if not isinstance(of, (Question, Right, Program)):
        raise KeyError(identifier)
    sources = [(site_title(one), one) if isinstance(one, str) else (one.title, one.url) for one in of.sources]
    card = {**found.card, "sources": [{"title": title, "url": url} for title, url in sources[:4]],
            "checked_on": of.checked_on.isoformat()}
    basis = f"({of.checked_on.isoformat()} 확인, 출처 {short_source(sources[0][0])})"
    return replace(found, text=f"{found.text}\n{basis}", card=card)


def both(first: Answer, second: Answer) -> Answer:
    """Two answers as one: said one after the other, with all items and sources."""
    card = dict(second.card if not first.card["paragraphs"] else first.card)
    card["title"] = f"{first.card['title']} · {second.card['title']}"
    card["paragraphs"] = [*first.card["paragraphs"], *second.card["paragraphs"]]
    card["sources"] = [*first.card["sources"], *(s for s in second.card["sources"] if s not in first.card["sources"])]
    card["items"] = list(dict.fromkeys([*first.items, *second.items]))
    cautions = dict.fromkeys(told for told in (first.card["caution"], second.card["caution"]) if told)
    card["caution"] = " ".join(cautions) or None
    return replace(
        first, items=card["items"], text=f"{first.text}\n\n{second.text}", card=card,
        plain=f"{first.plain}\n{second.plain}", known=first.known and second.known,
    )


def composed(parts: Parts, items: list[str], aspect: Aspect, others: Sequence[Hit] = ()) -> Answer:
    return Answer(
        items=items,
        text=_text(parts, 90 if aspect in _PAPERWORK else MAX_CAUTION),
        card=_card(parts, items),
        confident=True,
        alternatives=list(others),
        aspect=aspect,
        plain=easier(parts.paragraphs),
        known=parts.known,
    )


def _text(parts: Parts, most: int) -> str:
    """The chat message: what was asked first, then date and source, then a caution of about ``most`` characters."""
    body = "\n".join(parts.paragraphs)
    basis = f"\n({parts.basis})" if parts.basis else ""
    if not parts.basis and parts.checked_on and parts.sources:
        basis = f"\n({parts.checked_on.isoformat()} 확인, 출처 {short_source(parts.sources[0][0])})"
    elif parts.basis.startswith("근거") and parts.checked_on:
        basis = f"\n({parts.basis}, {parts.checked_on.isoformat()} 확인)"
    caution = f"\n※ {_shortened(' '.join(parts.cautions), most)}" if parts.cautions else ""
    return body + basis + caution


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    kept = ""
    for sentence in split_sentences(text):
        if kept and len(kept) + len(sentence) > most:
            break
        kept = f"{kept} {sentence}".strip()
    return kept


def _card(parts: Parts, items: list[str]) -> dict[str, Any]:
    return {
        "v": 1,
        "type": "answer",
        "title": parts.title,
        "paragraphs": list(parts.paragraphs),
        "sources": [{"title": title, "url": url} for title, url in parts.sources[:4]],
        "checked_on": parts.checked_on.isoformat() if parts.checked_on else None,
        "basis": parts.basis or None,
        "caution": " ".join(parts.cautions) or None,
        "items": items,
    }


def not_understood(hits: Sequence[Hit], aspect: Aspect) -> Answer:
    likely = list(hits[:2])
    names = [title_of(hit.id) or hit.title for hit in likely]
    if names:
        said = "제가 정확히 알아듣지 못했어요. 이 가운데 궁금하신 것이 있나요?\n" + "\n".join(
            f"• {name}" for name in names
        )
    else:
        said = (
            "제가 정확히 알아듣지 못했어요. "
            "육아휴직, 대체인력지원금처럼 궁금한 제도의 이름을 넣어 다시 물어봐 주세요."
        )
    card = {
        "v": 1,
        "type": "answer",
        "title": "무엇이 궁금하세요?",
        "paragraphs": names,
        "sources": [],
        "checked_on": None,
        "basis": None,
        "caution": None,
        "items": [],
    }
    return Answer(
        items=[], text=said, card=card, confident=False, alternatives=likely, aspect=aspect, plain=said, known=False
    )
