"""A matter that a question names and that alone decides yes or no: a visa, a relative, a trade, dismissals.

The sentences stand in ``named_matters.yaml``, each with the item that they come from. What hangs on several facts of
the firm is decided in ``may_have.py``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from knowledge_base.items import read_item
from knowledge_base.search_text import normalised, pack
from knowledge_base.sentence_schema import Matter, MattersFile

FILE = Path(__file__).parent / "named_matters.yaml"
_LEAST_PAY, _PAY = 124, re.compile(r"(?:월급|월|보수|급여)(?:이|은|을|으로)?(?P<sum>\d{2,3})만원?")
_NEGATIVE = re.compile(r"안되|안돼|못받|안나오|안나와|안주나|빠지(나|는|죠)|제외|안내도|안해도|없어졌")
_OF_A_GRANT = re.compile(r"지원금|장려금|지원(되|돼|대상|받)")


@lru_cache(maxsize=1)
def matters_named() -> tuple[Matter, ...]:
    """Every matter of the file, in its order. Raises KnowledgeError where the file cannot be read."""
    return read_item(FILE, MattersFile).__root__


def matter_named(text: str, before: str = "") -> Matter | None:
    """The matter that ``text`` names in a talk of which ``before`` was said; None for none that decides."""
    packed = pack(normalised(text))
    around = pack(normalised(f"{before} {text}"))
    if (pay := _PAY.search(packed)) and _OF_A_GRANT.search(packed) and int(pay["sum"]) < _LEAST_PAY:
        return _TOO_LITTLE_PAY
    return next((matter for matter in matters_named() if re.search(matter.asked, packed, re.IGNORECASE)
                 and (matter.talk is None or re.search(matter.talk, around))
                 and (matter.but is None or not re.search(matter.but, packed))), None)


def said_to(matter: Matter, text: str) -> str:
    """The sentence of a matter, with yes and no exchanged where the question is put in the negative."""
    if not _NEGATIVE.search(pack(normalised(text))):
        return matter.say
    for lead, turned in (("네, ", "아니요, "), ("아니요, ", "네, ")):
        if matter.say.startswith(lead):
            return turned + matter.say.removeprefix(lead)
    return matter.say


_TOO_LITTLE_PAY = Matter(
    asked="", item="faq_083",
    say=(f"아니요, 신고한 월평균보수가 {_LEAST_PAY}만원 미만인 직원은 육아휴직·대체인력·업무분담·육아기 단축 "
         "지원금에서 빠져요(2026년 기준). 휴가·휴직·단축은 똑같이 쓸 수 있어요."),
)
