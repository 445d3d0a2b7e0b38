"""The trade told by what is done: "딸기 키워요" farms, "농기계 고쳐요" repairs. The words are ``lexicon/deeds.yaml``.

Kiwi gives the verb its stem whatever its ending; the thing is looked for just before it. A wish, a question, what is
done once or by one of the staff is no trade.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import yaml
from kiwipiepy import Token

from bot.nlu.facts.fact import Fact, Said
from knowledge_base.errors import KNOWLEDGE_ROOT

_FILE = KNOWLEDGE_ROOT / "lexicon" / "deeds.yaml"
_MOST_BETWEEN = 5  # morphemes between the verb and the ending that tells who does it
_FIRMS = (
    r"(?:작은\s|조그만\s|전문\s)?(?:회사|업체|집|가게|공장|데|곳|일|사람|농가|농장|법인|조합|스튜디오|사무실"
    r"|사무소|공방|작업장|기업|매장|점포|사업|업|팀|클럽|센터|교실|학원|연구소|벤처|가맹점|협동조합|조합|샵|숍|대리점)"
)
_OF_FIRM_AFTER = re.compile(rf"\s?{_FIRMS}(?=이|예|입|인|하|합|해|을|를|에|고|요|\s|[.,]|$)")
_STATES = re.compile(r"^(?:어요?|아요?|ᆸ니다|습니다|네요?|거든요?|지요?|죠|는데요?|ᆫ데요?|은데요?|는다|ᆫ다|고요"
    r"|구요|ᆷ|음|답니다|ᆸ니더|심더)$")
_JOINS = re.compile(r"^(?:고|어서?|아서?|는데|ᆫ데|며|면서|어다가?)$")
_AND_MORE = re.compile(r"(?:고|며|면서)\s\S{1,8}도\s")  # "농사짓고 가공도 해요": which of the two is it?
_OF_A_FIRM = re.compile(r"저희|우리|저흰|우린|저는|직원|알바|인원|\d\s?명|명이|(?<![가-힣])(?:둘|셋|넷|다섯|여섯"
    r"|일곱|여덟|아홉|열)(?![가-힣]{2})"
    r"|사람|[트처몰방장]에\s넣|회사|공장|업체|에서|납품|팔|정규직|식구|입니다|이요")
# Whatever is mended or grown, somebody must say that this is a trade: "고치는 집이에요", "길러서 팔아요".
_FIRM_TOLD = re.compile(
    rf"[는은ㄴ]\s{_FIRMS}(?=이|예|입|인|하|합|해|을|를|에|고|요|\s|[.,]|$)|저희|저흰|우리는|우린|업종|(?:일|업|사업|장사)(?:을)?\s?(?:해|합|하)"
    r"|팔아|팔고|판매|납품|출하|직거래|도매|홈쇼핑|직원|알바|일꾼|인부|종업원|\d\s?명"
)
_ONE_OF_US = re.compile(
    r"(?:직원|알바|사원|대리|과장|팀장|간호사|디자이너|경리|여직원|남직원|남편|와이프|아내|신랑|엄마|아빠|애|아이"
    r"|동생|친구|누|언니|형|아들|딸)"
    r"(?:들)?(?:이|가|은|는|도|님이|님은)\s[^.,?!\n]*$"
)
_NOT_TOLD = re.compile(r"\?|나요|까요|싶|려고|려는|면\s|으면|지\s?않|지\s?마|주세요|줘요?\s*[?]|주시|달라|달래"
    r"|어디|어떻게|얼마|언제|누가|추천|소개")


@dataclass(frozen=True)
class _Deed:
    section: str
    things: re.Pattern[str]
    verbs: frozenset[str]
    any_thing: bool


@lru_cache(maxsize=1)
def _deeds() -> tuple[_Deed, ...]:
    file: dict[str, list[dict[str, list[str]]]] = yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return tuple(
        _Deed(section, _things(deed.get("things", [])) if "things" in deed else _any_but(deed["but"]),
              frozenset(deed["verbs"]), "things" not in deed)
        for section, deeds in file.items()
        for deed in deeds
    )


def _things(names: list[str]) -> re.Pattern[str]:
    closed = sorted((name.replace(" ", "") for name in names), key=len, reverse=True)
    whole = "|".join(r"\s?".join(map(re.escape, name)) for name in closed)
    ending = "|".join(map(re.escape, (name for name in closed if len(name) > 1))) or whole  # "어린이집" is no 집
    return re.compile(
        rf"(?P<thing>(?<![가-힣])(?:{whole})|(?<=[가-힣])(?:{ending}))(?:들)?(?:을|를|도|만|은|는|이랑|랑)?"
        r"(?:\s(?:외주|직접|주로|크게|작게|조그맣게|조금|많이|전문으로|[가-힣\d]{1,3}\s?(?:대|개|군데|채|동|마리|두|수"
        r"|평)|여러\s?[대개채군데]{1,2})){0,2}\s?$",
        re.IGNORECASE,
    )


def _any_but(names: list[str]) -> re.Pattern[str]:
    """Whatever noun stands before the verb, but those named."""
    return re.compile(
        rf"(?<![가-힣])(?P<thing>(?![가-힣]*(?:{'|'.join(map(re.escape, names))})(?:들)?(?:을|를|도"
        rf"|만)?\s)[가-힣A-Za-z]{{1,8}}?)"
        r"(?:들)?(?:을|를|도|만)?(?:\s(?:외주|직접|주로|전문으로|가서|와서|대신|새로|[\d,]+\s?(?:대|개|두|수|마리|평|동|군데))){0,2}\s?$"
    )


def find(said: Said) -> list[Fact]:
    """The "industry" that the first deed told tells, if any."""
    for at, token in enumerate(said.tokens):
        verb = _verb(said.tokens, at)
        if verb is None or not _told(said, _after(token, at, verb)):
            continue
        clause = re.split(r"[.,!?\n]", said.text[: token.start])[-1]
        for deed in _deeds():
            thing = deed.things.search(clause) if verb in deed.verbs else None
            if thing and deed.any_thing and not _FIRM_TOLD.search(said.text):
                continue
            if thing and not _ONE_OF_US.search(clause[: thing.start()]):
                start = token.start - len(clause) + thing.start()
                return [Fact("industry", deed.section, start, token.start + token.len, confidence=0.7)]
    return []


def told(said: Said) -> Iterator[tuple[int, int]]:
    """The clauses, each to the end of its verb, that tell what is done here as a habit, whatever it is."""
    for at, token in enumerate(said.tokens):
        verb = _verb(said.tokens, at)
        if verb is None or verb in _NO_DEEDS or not _told(said, _after(token, at, verb)):
            continue
        clause = re.split(r"[.,!?\n]", said.text[: token.start])[-1]
        if not _ONE_OF_US.search(clause) and clause.strip():
            yield token.start - len(clause.lstrip()), token.start + token.len


# What everybody does, whatever the trade.
_NO_DEEDS = frozenset(
    ("있", "없", "되", "가", "오", "보", "알", "모르", "하", "나오", "들어가", "쉬", "낳", "받", "쓰", "뽑", "구하")
)


def _after(token: Token, at: int, verb: str) -> int:
    """Which morpheme follows the verb that begins at ``at``."""
    return at + (2 if verb.endswith("하") and token.tag != "VV" else 1)


def _verb(tokens: tuple[Token, ...], at: int) -> str | None:
    """The stem of a verb that begins there: "키우", or "수리하" of a noun with 하다."""
    token = tokens[at]
    if token.tag.startswith("VV"):
        return str(token.form)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.tag in ("NNG", "XR") and following is not None and following.form in ("하", "시키"):
        return f"{token.form}{following.form}"
    return None


def _told(said: Said, at: int) -> bool:
    """Whether what begins at that morpheme, after a verb, says that this is what is done here."""
    after = said.tokens[at : at + _MOST_BETWEEN + 1]
    rest = said.text[after[0].start : after[0].start + 30] if after else ""
    if not after or _NOT_TOLD.search(rest.split("\n")[0][:14]) or re.search(r"(?:^|\s)(?:안"
        r"|못)\s\S+$", said.text[: after[0].start]):
        return False
    for place, token in enumerate(after):
        if token.tag in ("EP",) and token.form in ("었", "았", "겠", "시", "으시"):
            return False
        if token.tag == "EF":
            return bool(_STATES.match(token.form))
        if token.tag == "ETM" and token.form in ("는", "은", "ᆫ"):
            return bool(_OF_FIRM_AFTER.match(said.text, token.start + token.len))
        helps = after[place + 1].form if place + 1 < len(after) else ""
        if token.tag == "EC" and helps in ("주", "드리", "있", "팔", "다니", "내", "오", "하"):
            continue
        if token.tag == "EC":
            joined = bool(_JOINS.match(token.form)) and not _AND_MORE.match(said.text, token.start)
            return joined and bool(_OF_A_FIRM.search(said.text)) and not _past(said, token)
        if token.tag.startswith(("VX", "VV", "XSV", "NNB")):
            continue
        return False
    return False


def _past(said: Said, token: Token) -> bool:
    """Whether the clause that a verb is joined to is of something over ("머리 깎고 왔어요")."""
    clause = re.split(r"[.,!?\n]", said.text[token.start :])[0]
    return bool(re.search(r"[왔갔했았었났봤]", clause[:12]))
