"""Turning summaries (합쇼체 "됩니다", 해라체 "준다", 메모체 "받지 못함") into 해요체, sentence by sentence.

Only endings change: the last morphemes are replaced and joined again by Kiwi, which conjugates. A sentence whose end
is not understood is left as it is, and ``polite`` says so. Words are never added or dropped otherwise.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kiwipiepy import Token

from knowledge_base.korean import josa
from knowledge_base.morphemes import analyser

_POLITE_END = re.compile(r"(요|까|죠|세요)[.!?]?$")
_TAIL = re.compile(r"(\s*\([^()]*\))+$")
_ENDINGS = ("EF", "ETN")
_STEMS = ("VV", "VA", "VX", "XSV", "XSA", "VCP", "VCN", "EP")
# Endings Kiwi reads as another verb or joins badly, and nouns that stand for a whole predicate in notes.
_WHOLE_ENDS = (
    (re.compile(r"확인 ?(안|못) ?(됨|된다|됩니다|함|했음)$"), "확인되지 않았어요"),
    (re.compile(r"(?<=(?:보|찾|읽|하)지 )못(함|했음)$"), "못했어요"),
    (re.compile(r"준다$|줍니다$"), "줘요"),
    (re.compile(r"못(함|한다|합니다)$"), "못해요"),
    (re.compile(r"아님$|아니다$|아닙니다$"), "아니에요"),
    (re.compile(r"(?<=판본으로 )확인$|(?<=조문으로 )확인$|(?<=자료로 )확인$"), "확인했어요"),
    (re.compile(r"확인( 권장| 필요)?$"), "확인해 주세요"),
    (re.compile(r"(?<=제외)$|(?<=금지)$|(?<=적용)$|(?<=포함)$|(?<=인정)$"), "돼요"),
    (re.compile(r"(?<=상의)$"), "해 주세요"),
    (re.compile(r"(?<=폐지)$|(?<=신설)$"), "됐어요"),
    (
        re.compile(
            r"(?<=부여|허용|신청|제출|지급|배치|청구|협의|제공|복귀|정산|통지|첨부|처리|협조|가능|필요|권장|해당|보존|보관|공제|접수|모집|환급|이용|무관|시작|요청|전환|부담|중단|종료)$"
        ),
        "해요",
    ),
)
_BARE_LAW = re.compile(r"^(같은 법 |법 |시행령|시행규칙|고용보험법)[^.]{0,24}[조항호](의\d+)?$")


def split_sentences(text: str) -> list[str]:
    """The sentences of ``text`` with their closing marks; brackets are never split."""
    parts: list[str] = []
    depth = start = 0
    for at, char in enumerate(text):
        depth += char in "([“"
        depth -= char in ")]”"
        ends = depth <= 0 and char in ".!?" and (at + 1 == len(text) or text[at + 1].isspace())
        if (ends and not (text[at - 1 : at].isdigit() and char == "." and at - start < 3)) or char == "\n":
            parts.append(text[start : at + 1].strip())
            start = at + 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]


@lru_cache(maxsize=4096)
def polite(text: str) -> str:
    """``text`` with every sentence ending in 해요체 where that can be done surely."""
    return " ".join(_polite_sentence(sentence) for sentence in split_sentences(text))


def _polite_sentence(sentence: str) -> str:
    mark = sentence[-1] if sentence[-1:] in ".!?" else "."
    bare = sentence.rstrip(".!? ")
    tail = _TAIL.search(bare)
    note = tail.group() if tail else ""
    body = bare[: len(bare) - len(note)] if note else bare
    if not re.search(r"[가-힣]", body) or _POLITE_END.search(body) or _BARE_LAW.search(body):
        return bare + mark
    for end, said in _WHOLE_ENDS:
        if end.search(body):
            return end.sub(said, body, count=1) + note + mark
    changed = _changed_ending(body)
    return (changed or body) + note + mark


def _changed_ending(body: str) -> str | None:
    tokens: list[Token] = list(analyser().tokenize(body))
    while tokens and tokens[-1].tag in ("SF", "SS", "SP", "SE"):
        tokens = tokens[:-1]
    if not tokens:
        return None
    last = tokens[-1]
    if last.tag in _ENDINGS and len(tokens) >= 2 and tokens[-2].tag.split("-")[0] in _STEMS:
        return _joined(body, tokens)
    noun = last.tag.startswith(("NN", "XSN", "NR", "SN", "SW", "NP"))
    if noun or re.search(r"([\d%)]|까지|부터|뿐|마다|계속)$", body):
        return josa(body, "이에요/예요")
    return None


def _joined(body: str, tokens: list[Token]) -> str | None:
    """``body`` with its last ending replaced by 어요 or 이에요; None where the stem is not sure."""
    at = len(tokens) - 2
    while at > 0 and tokens[at].tag == "EP":
        at -= 1
    stem = tokens[at]
    if stem.tag == "VCP":
        return None if tokens[-2].tag == "EP" else josa(body[: stem.start].rstrip(), "이에요/예요")
    parts = [(token.form, token.tag) for token in tokens[at:-1]] + [("어요", "EF")]
    return body[: stem.start] + str(analyser().join(parts))
