"""Where the firm is: names of 시도, 시군구, towns and industrial sites in a sentence, as the knowledge lists them.

Common words that are also places (예산, 서면, 음성 …) are never taken unless written as a place; what an ambiguous
name may mean is told, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import sentence
from knowledge_base import places

_LONGEST_NAME = 16
_OLD_PROVINCES = {
    "전라도": ("12", "52"),
    "경상도": ("47", "48"),
    "충청도": ("43", "44"),
    "호남": ("12", "52"),
    "영남": ("47", "48"),
}
_WHERE_AFTER = re.compile(
    r"^(?:시|군|구|동|읍|면)?\s?(?:에서|에\s?(?:있|위치|소재|사무실|공장|본사|매장|가게|회사)|쪽|소재|근처|지역|인근|권|부근|사는|살|외곽|시내"
    r"|이요|요(?![가-힣])|인데|고(?=\s|요)|구요|이고|이구|입니다|이에요|예요|에요|이예요|임(?![가-힣])|이라|이며|이야|야(?![가-힣])|에\s?[가-힣]{1,6}(?:하|운영)|$|[.,!?\n)])"
)
_WHERE_BEFORE = re.compile(
    r"(?:지역은?|위치는?|위치가|소재지는?|주소는?|회사는?|본사는?|공장은?|사업장은?|가게는?|매장은?|사무실은?|저희는?|저흰|우린|우리는?|여기는?|여긴|어디냐면)\s?:?\s?$"
)
_ELSEWHERE = re.compile(
    r"^까지\s|^(?:시|도|에|의)?\s?(?:오늘\s?|내일\s?)?(?:날씨|맛집|여행(?!사|업|용품)|관광(?!버스|호텔|회사|업|펜션|농원|기념|안내)|놀러|기온"
    r"|가는\s(?:길|기차|버스|비행기|표|법)|비행기\s?표|기차\s?(?:표|시간)|KTX|지하철|(?:야구|축구)(?!\s?(?:연습|교실|장|클럽|단|학원|용품))|눈\s?(?:와|온|오)|비\s?(?:와|온|오)|미세먼지|집값|땅값|축제(?!\s?(?:기획|대행))"
    r"|버스\s?(?:파업|시간|노선)|숙소\s?(?:추천|예약)|호텔\s?(?:추천|예약)|[가-힣]{2,5}\s맛있|추워|더워|춥|덥|인구|사투리|특산물(?!\s?(?:판매|팔|파는|유통|가게|매장))|볼\s?거|가볼)"
)
_INSTEAD = re.compile(r"(?:말고|아니라|아니고|아니구)\s?$")
# What a sentence or clause ends in, so that a name after it is all of its own.
_CLAUSE_BEFORE = re.compile(r"(?:[.,!?\n]|데요?|고요|구요|[어아에]요|니다|서요)\s*$")
# A name ending so says itself that it is a place.
_PLACE_ENDING = re.compile(r"[가-힣]{2,}(?:시|군|구|동|읍|면|역|단지|산단|공단|지구|신도시|벨리|밸리|도)$")
_NOT_OURS_AFTER = re.compile(
    r"^\s?(?:시|군|구)?\s?(?:고용\s?(?:복지|노동)?\s?(?:플러스)?\s?센터|고용노동|노동\s?지?청|지청|센터|시청|구청|군청|출장소)"
)
_NOT_A_PLACE_AFTER = re.compile(
    r"^(?:시간|실(?=\s|[은는이가을를도에]|$)|대학|대학교|대\s|은행|비빔밥|갈비|왕갈비|닭갈비|찜닭|곰탕|국밥|막국수|카드|전자\s|생명|화재|우유|상회|파스|개\b|의\s?달|주먹|냉면|역사|하다|하는데|하고|해서|할|적|적인|상)"
)
_WORD_AFTER = re.compile(
    r"^(?:고\s|고요|구요|인데|역|동|로|은|는|이|가|을|를|도|의|만|로|으로|와|과|랑|이랑|에|에서|쪽|인|이나|나|까지|부터|점|지점|본사"
    r"|지사|공장|사람|업체|회사|소재|사업장|제조|매장|가게|식당|카페|구|시|군|동|읍|면)"
)


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    codes: tuple[str, ...]
    sidos: tuple[str, ...] = ()
    usual: str | None = None
    note: str | None = None
    collision: bool = False
    name: str = ""


@dataclass(frozen=True)
class _Tables:
    names: Mapping[str, places.NameMatch]
    sidos: Mapping[str, str]
    collisions: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    known = places.places()
    collisions = {places.normal(word): item.regions for word, item in places.word_collisions().items()}
    return _Tables(known.names, known.sido_names, collisions)


def find(said: Said) -> list[Fact]:
    """Regions of the message: "region", "region_ambiguous", "region_sido" or "region_if_asked"."""
    closed, at = _closed(said.text)
    found = [item for item in _matches(said, closed, at)]
    merged = _merged(said, found)
    return [fact for item in merged if (fact := _fact(said, item))]


def _closed(text: str) -> tuple[str, list[int]]:
    """The text without spaces in lower case, and where each of its characters stands in the text."""
    at = [index for index, char in enumerate(text) if not char.isspace()]
    # Letter by letter: casefold would make two of some (ß), and the places would not fit any more.
    return "".join(low if len(low := text[index].lower()) == 1 else text[index] for index in at), at


def _matches(said: Said, closed: str, at: list[int]) -> list[_Found]:
    tables = _tables()
    found: list[_Found] = []
    index = 0
    while index < len(closed):
        match = _longest(said, closed, at, index, tables) if _may_begin(said, at, index) else None
        if match is None:
            index += 1
            continue
        found.append(match)
        while index < len(closed) and at[index] < match.end:
            index += 1
    return found


def _may_begin(said: Said, at: list[int], index: int) -> bool:
    place = at[index]
    return bool(
        place == 0
        or not said.text[place - 1].isalnum()
        or place in said.starts
        or (" " not in said.text and said.text[place - 1] in _RUN_ON)
    )


# Where nobody puts spaces, a name may follow any of these, though Kiwi cut otherwise ("30명이고부천에있어요").
_RUN_ON = frozenset("고데서며요은는가다")


def _longest(said: Said, closed: str, at: list[int], index: int, tables: _Tables) -> _Found | None:
    for length in range(min(_LONGEST_NAME, len(closed) - index), 1, -1):
        name = closed[index : index + length]
        start, end = at[index], at[index + length - 1] + 1
        if not _whole_words(said, start, end):
            continue
        found = _named(name, start, end, tables)
        if found and (_stands(said, found, name) or _place_follows(closed, index + length, tables)):
            return found
    return None


def _whole_words(said: Said, start: int, end: int) -> bool:
    """A name written with a space inside must begin a word, lest "공장은 평택" give 은평."""
    if not re.search(r"\s", said.text[start:end]):
        return True
    first = re.split(r"\s", said.text[start:end])[0]
    return len(first) >= 2 and (start == 0 or not said.text[start - 1].isalnum())


def _place_follows(closed: str, index: int, tables: _Tables) -> bool:
    """Whether another name follows at once ("대구달서구")."""
    return any(
        closed[index : index + length] in tables.names for length in range(3, 7) if index + length <= len(closed)
    )


def _named(name: str, start: int, end: int, tables: _Tables) -> _Found | None:
    if name in tables.collisions:
        return _Found(start, end, tables.collisions[name], collision=True, name=name)
    match = tables.names.get(name)
    if match:
        codes = tuple(sorted(match.codes))
        sido = tables.sidos.get(name)
        return _Found(
            start,
            end,
            codes,
            (sido,) if sido else (),
            match.usual if match.ambiguous else None,
            match.note,
            name=name,
        )
    if name in tables.sidos:
        return _Found(start, end, (), (tables.sidos[name],), name=name)
    if name in _OLD_PROVINCES:
        return _Found(start, end, (), _OLD_PROVINCES[name], name=name)
    return None


def _stands(said: Said, found: _Found, name: str) -> bool:
    """Whether the letters really are the place's name here, not part of another word."""
    after = said.text[found.end : found.end + 16]
    if _NOT_OURS_AFTER.match(after):
        return True
    if _NOT_A_PLACE_AFTER.match(after) or (name == "영주" and after.startswith("권")):
        return False
    if after[:1].isascii() and after[:1].isalpha() and name[-1].isascii():
        return False
    if found.sidos or (_PLACE_ENDING.match(name) and len(name) >= 3):
        return not (
            after[:1].isalnum()
            and "가" <= after[:1] <= "힣"
            and not _WORD_AFTER.match(after)
            and not _ends_on_boundary(said, found.end)
        )
    if not found.collision and re.match(r"^(?:은|는|이|가)?\s?(?:아니[고라]|말고)\s", after):
        return True
    proper = _proper(said, found.start, found.end)
    where = bool(_WHERE_AFTER.match(after)) or bool(_WHERE_BEFORE.search(said.before(found.start, 8)))
    if found.collision:
        return _ends_on_boundary(said, found.end)
    if proper or where:
        return _ends_on_boundary(said, found.end) or bool(_WORD_AFTER.match(after)) or where
    return len(name) >= 3 and _ends_on_boundary(said, found.end) and not _common_noun(said, found.start, found.end)


def _ends_on_boundary(said: Said, end: int) -> bool:
    return end >= len(said.text) or not said.text[end].isalnum() or end in said.starts


def _proper(said: Said, start: int, end: int) -> bool:
    """Whether the morphemes there say "name": one proper noun, or several of which the first is one."""
    tags = [token.tag for token in said.tokens if start <= token.start < end]
    return bool(tags) and tags[0] == "NNP"


def _common_noun(said: Said, start: int, end: int) -> bool:
    tags = [token.tag for token in said.tokens if start <= token.start < end]
    return len(tags) == 1 and tags[0] in ("NNG", "MAG", "VA", "VV", "XR")


def _merged(said: Said, found: list[_Found]) -> list[_Found]:
    """Neighbours that narrow each other made one ("인천 서구", "수원시 영통구"), and 시도 named elsewhere used."""
    merged: list[_Found] = []
    for item in found:
        before = merged[-1] if merged else None
        between = said.text[before.end : item.start] if before else ""
        if before and re.fullmatch(r"[\s,의]*|특별시|광역시", between) and (narrowed := _narrowed(before, item)):
            merged[-1] = narrowed
        else:
            merged.append(item)
    sidos = {sido for item in merged if not item.codes for sido in item.sidos}
    done: list[_Found] = []
    for item in merged:
        fitting = tuple(code for code in item.codes if code[:2] in sidos)
        if len(item.codes) > 1 and fitting and len(fitting) < len(item.codes):
            item = replace(item, codes=fitting, usual=None if len(fitting) > 1 else fitting[0], collision=False)
            done = [other for other in done if other.codes or not set(other.sidos) & {code[:2] for code in fitting}]
        done.append(item)
    known = {code[:2] for item in done if len(item.codes) == 1 and not item.collision for code in item.codes}
    return [item for item in done if item.codes or not set(item.sidos) & known]


def _narrowed(wide: _Found, narrow: _Found) -> _Found | None:
    if not narrow.codes:
        return None
    if wide.codes:
        codes = tuple(code for code in narrow.codes if code in wide.codes)
        if not codes and wide.sidos:
            codes = tuple(code for code in narrow.codes if code[:2] in wide.sidos)
        if not codes and not narrow.collision and len(narrow.codes) > 1 and len(wide.codes) == 1:
            # A town the list gives to other cities ("수원 중앙동"): the city said first holds.
            codes = wide.codes
    else:
        codes = tuple(code for code in narrow.codes if code[:2] in wide.sidos)
    if not codes:
        return None
    return _Found(
        wide.start, narrow.end, codes, (), codes[0] if len(codes) == 1 else None, narrow.note, False, narrow.name
    )


# People and trips of a place say nothing of where the firm is, and its grants only where they are.
_OF_THE_PLACE = re.compile(
    r"^(?:시|도|에서?|에서는|에선|은|는)?\s?(?:사람|출장|여행(?!사)|다녀|갔다|올라|내려|놀러|집값|손님|거래처|고객|지점장|쪽\s?거래|친구|친척|본가|처가|자회사|계열|그룹|협력)"
    r"|^에\s?사는\s?(?:친구|언니|오빠|누나|형|동생|부모|아들|딸|사람|지인)"
)
_GIVES = re.compile(
    r"^(?:시|도|구|군)?(?:에서는?|에선|에서도|에도|은|는|도|에는)?\s?(?:따로|별도로?|추가로|자체적으로)?\s?(?:주는|해\s?주는|나오는|지원하는|지원\s?(?:사업|금|제도)|하는\s?(?:지원|사업|제도))"
)


_SCHEME_AFTER = re.compile(
    r"^(?:시|도|구|군)?\s(?:[가-힣A-Za-z0-9.+]{1,8}\s){0,3}?[가-힣0-9.+]{0,8}(?:지원금|장려금|지원|패키지|포인트|출근제|아이보듬|4\.5일제|컨설팅|인건비|일자리\s?사업|시범\s?사업|사업|인증|공동\s?직장\s?어린이집|출산\s?급여|대체인력)(?:\s?(?:사업|금액|신청|신청방법|자격|조건|제도))?"
    r"(?!\s?(?:뽑|구하|채용|받고\s?싶|신청하고))"
)


# What there is in a place, or who answers for it: "부산은 뭐 있어요", "대전은 어느 센터예요", "강원도 회사도 돼요?".
_ASKED_OF = re.compile(
    r"^(?:시|도|구|군)?(?:은|는|도|에도|에는|에서도|에서는)\s|^(?:시|도)?\s?(?:쪽은|쪽도)\s|^(?:시|도)?\s?(?:회사|사업장|업체|기업|에\s?있는\s?(?:회사|업체|사업장))(?:도|는|은|면)\s"
    r"|^에서\s?[가-힣]{2,4}까지|^(?:시|도)?(?:에서\s?[가-힣]{2,4}\s사업|\s?(?:남부|북부|동부|서부|강남)\s?(?:고용\s?)?센터)"
)


def _asked_about(said: Said, item: _Found) -> bool:
    """Whether the message asks what holds in the place instead of telling that "we" are there."""
    if re.search(r"저희|우리|저흰|우린|제가|여긴|여기", said.text) or not _ASKED_OF.match(said.text[item.end :]):
        return False
    _, last = sentence(said, item.start, item.end)
    return bool(_ASKS_OF_PLACE.search(said.text[item.end : last]))


# "이천에서 도자기 공방 해요": a firm stands there, so the word is no other.
_FIRM_THERE = re.compile(
    r"^에서\s(?!지원|주는|나오|나와|나가|나간|집행|편성|충당|해결|빼|깎|삭감)[^.,?!\n]{0,24}?(?:합니다|해요|하는|하고|하구|하거든|운영|경영|만드|만들|가공|제조|생산|납품|농사"
    r"|가게|공장|회사|업체|농장|식당|카페|키우|키워|팔아|파는|짓|지어)"
    r"|^에\s?있는\s(?!거|것|사람|분|센터|플래너|고용|돈|금액|항목)[^.,?!\n]{0,24}?(?:회사|업체|공장|가게|식당|카페|병원|의원|학원|농장|공방|매장|법인|어린이집|요양원|호텔|펜션|집|곳|데|사업장|중소기업)"
)
_ASKS_OF_PLACE = re.compile(
    r"\?|어느|어디|뭐|무슨|얼마|나요|까요|있어요|돼요|되요|다던데|들었는데|센터|담당"
    r"|관할|몇\s?시간|언제")


def _fact(said: Said, item: _Found) -> Fact | None:
    after = said.text[item.end : item.end + 16]
    if _ELSEWHERE.match(after) or _OF_THE_PLACE.match(after):
        return None
    if item.name == "경기" and re.match(r"^[가는도]?\s?(?:너무\s?|많이\s?|요새\s?|요즘\s?)?(?:안\s|좋|나쁘"
        r"|어려|침체|불황|힘|살아|부양|탓|때문|회복|언제|얼어|풀|나아|꺾|죽|부진|둔화|보러|결과|이겼|졌)", after):
        return None  # business, not the province
    role = "center" if _NOT_OURS_AFTER.match(after) else None
    of_a_scheme = _SCHEME_AFTER.match(said.text[item.end : item.end + 40]) or _GIVES.match(after)
    if role is None and (of_a_scheme or (not item.codes and _asked_about(said, item))):
        role = "hypothetical"  # where a scheme is, not where the firm is
    if item.collision:
        before = said.before(item.start, 8)
        if not (
            _WHERE_AFTER.match(after)
            and (
                not before.strip()
                or _WHERE_BEFORE.search(before)
                or _INSTEAD.search(before)
                or _CLAUSE_BEFORE.search(before)
            )
        ):
            return None
        if _FIRM_THERE.match(said.text[item.end :]) and len(item.codes) == 1:
            return Fact("region", item.codes[0], item.start, item.end, confidence=0.7)
        return Fact("region_if_asked", list(item.codes), item.start, item.end, confidence=0.5)
    if len(item.codes) == 1:
        return Fact("region", item.codes[0], item.start, item.end, role=role)
    if item.codes and item.usual:
        return Fact(
            "region",
            item.usual,
            item.start,
            item.end,
            role=role,
            confidence=0.8,
            extra={"alternatives": [code for code in item.codes if code != item.usual]},
        )
    if item.codes:
        extra = {"note": item.note} if item.note else {}
        return Fact("region_ambiguous", list(item.codes), item.start, item.end, role=role, extra=extra)
    if len(item.sidos) == 1:
        return Fact("region_sido", item.sidos[0], item.start, item.end, role=role)
    return None
