"""What the firm does, as a KSIC section letter, from what owners call their trade.

The words are the knowledge's ``lexicon/industries.yaml``; spaCy's PhraseMatcher finds them among the morphemes, and
a look at the letters finds what Kiwi cuts differently in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml
from spacy.matcher import PhraseMatcher

from bot.nlu import pipeline
from bot.nlu.facts import deeds, handiwork, likely_trades, trade_names
from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import names_a_topic
from knowledge_base.errors import KNOWLEDGE_ROOT

_FILE = KNOWLEDGE_ROOT / "lexicon" / "industries.yaml"
_IS_IT_AFTER = re.compile(
    r"^(?:[을를]?\s?(?:\d+|한|두|세|네|여러)\s?(?:개|곳|군데)(?:를|을)?\s?|[이을를은는도만]\s?|업\s?|쪽\s?|관련\s?"
    r"|계열\s?|분야\s?)?\s?(?:가맹점|프랜차이즈|체인|지점|분점|직영점)?\s?(?:회사|업체|업종"
    r"|사업|사업장|가게|매장|법인|기업|공장|중소기업)?(?:[을를]?\s?)?\s?"
    r"(?:(?:위탁|같이|함께|둘\s?다|겸해서|크게|작게|조그맣게|혼자|처음|오래|직접|부부가|[가-힣]{2,4}랑|\S{1,5}년(?:째|간|\s?동안|\s?넘게|을)?)\s)?"
    r"(?:하는데|하는|해요|하고|합니다|하구|하거든|하지|하면서|하다|할|한\s?지|해서|했|운영|경영|차려|차렸|열었|꾸려"
    r"|이에요|예요|에요|이예요|입니다|인데|이고|이구|고요|구요|고(?=[\s,])|이라|이며|이요|이죠|임(?![가-힣])"
    r"|요(?![가-힣])"
    r"|\s?(?:원장|교사|간호사|강사|직원|선생님?|요양보호사|조리사)\s?(?:님\s?)?(?:\d|한|두|세|네|다섯|여섯|일곱"
    r"|여덟|아홉|열|둘|셋|넷)|임더|임니더|입니더|이라예"
    r"|인디|이여(?![가-힣])|이라우|원장|사장|대표|점주|이거든|이지\s뭐|이죠\s뭐|이?라니까|직원|이야|라서|라\s"
    r"|인데요|쪽이|쪽이에|혀요|허요|혀유|허유|헙니다|합니더|해예|한다|함(?![가-힣])|하네|하요|하죠|하시|이네요|인데예|에유|이유|이에여|예여|에여|이여|이랑께|합니당|에요"
    r"|\s?(?:원무과|행정실|인사팀|인사과|총무팀|총무과|경영지원팀|관리팀|관리부|총무부|기획실|사무국|본사|현장)\s?(?:에\s?(?:있|근무|다니)|이에|입니|예요|인데|이고|이요|에서\s?(?:일|근무)|담당|직원|과장|대리|팀장|소속)"
    r"|\s?(?:점장|매니저|지배인|총괄|실장|팀장|국장|과장|대리|주임|사무국장|사무장|부원장|이사장|관장|센터장|소장|총무|경리|관리자|운영자|인사\s?담당자?|행정|총괄실장|부장|이사|본부장)(?:이에요|예요|입니다|인데|이고|고요|이요|요(?![가-힣])|으로|로\s|[.,\n]|$)"
    r"|\s?[(/|]|(?:을|를)?\s?(?:차린|개업한|개업해|오픈한|시작한|창업한|연|맡은)\s?지|에\s(?:근무|재직|다니고|다니는데|다닙)"
    r"|에\s(?:직원|알바|종업원|간호사|선생님|강사)(?:이|가|은|는)?\s(?:총\s?|모두\s?)?(?:\d|하나|[한두세네]\s|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)"
    r"|에서\s?(?:일해요|일합|일하고|일하는데|일함|근무해|근무합|근무하|근무\s?중|재직)"
    r"|에서\s?(?:일하는|근무하는)?\s?(?:직원"
    r"|알바|간호사|선생님|강사)|$|[.,\n])"
)
_IS_IT_BEFORE = re.compile(
    r"(?:저희|저흰|우리|우린|업종은?|업종이|작은|조그만|조그마한|소규모|동네|저는|제가|회사는|하는\s?일은"
    r"|업은)\s?(?:[가-힣A-Za-z]{1,6}(?:에서"
    r"|에|시|구|군|동)?\s?)?(?:작은\s?|조그만\s?)?$"
)
_ASKED_AFTER = re.compile(
    r"^\s?(?:업|업종|업체|회사|사업장|기업)?\s?(?:은|는|도|만|이면|면|의\s?경우|이라도|이든"
    r"|일\s?때)?\s?[^.!\n]*(?:되나"
    r"|될까|가능|돼요\?|되요\?|[인건]가요|몇\s?명|얼마|받을\s?수|해당|있나|있어요\?|어떻게|제외|인정|(?:주|하|되|받|나오|쓰|들어가|세|치)나요|(?:한|다른|같은)가요)"
)
_CONDITION_AFTER = re.compile(
    r"^\s?(?:업|업종|업체|회사|사업장|기업)?\s?(?:이라도|이든|이면|면\s|일\s?때|의\s?경우|은\s?(?:몇"
    r"|안|어떻)|도\s?(?:되|돼|가능|받|해당))"
)
# "건설업은 300명까지라고 들었는데 맞나요": what holds for a trade, not whose it is.
_RULE_AFTER = re.compile(
    r"^(?:종|업종|업체|회사)?\s?(?:은|는|에도|에는|에선|도|기준|같은\s데|사업장|우선지원|인원\s?기준|\d{2,3}\s?인\s)"
    r"(?![^.!?\n]*(?:인데|이고|고요|저희|우리))"
    r"[^.!?\n]*(?:\?|나요|까요|까|죠|지요|돼요|되요|나와요|알려\s?주?[가-힣]*|설명[가-힣\s]*|뭐예요|뭐에요|많아요|있어요)"
    r"[\s?.!]*$"
)
_OURS = re.compile(r"저희|우리|저흰|우린|제가|저는|당사")


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, list[str]]]:
    words: dict[str, dict[str, list[str]]] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return words


@lru_cache(maxsize=1)
def _sections() -> dict[str, tuple[str, str]]:
    """Closed-up word → (section, "plain", "places" or "things")."""
    table: dict[str, tuple[str, str]] = {}
    for section, groups in _words().items():
        for kind, names in groups.items():
            for name in () if kind == "endings" else names:
                for form in _forms(re.sub(r"\s", "", str(name)).casefold()):
                    table[form] = (section, kind)
    return table


# How the verbs of the list look in other shapes: "앱 만드는", "앱 만들어요".
_SHAPES = {
    "만드는": ("만들", "만듭", "만든"),
    "키우": ("키워", "키웁"),
    "깎는": ("깎아", "깎습"),
    "짓는": ("지어", "짓습"),
    "파는": ("팔아", "팝니다"),
}


def _forms(word: str) -> list[str]:
    for ending, others in _SHAPES.items():
        if word.endswith(ending):
            return [word, *(word[: -len(ending)] + other for other in others if len(word) > len(ending))]
    return [word]


@lru_cache(maxsize=1)
def _matcher() -> PhraseMatcher:
    nlp = pipeline.korean()
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for groups in _words().values():
        for kind, names in groups.items():
            for name in () if kind == "endings" else names:
                matcher.add(
                    re.sub(r"\s", "", str(name)).casefold(), [nlp(str(name)), nlp(re.sub(r"\s", "", str(name)))]
                )
    return matcher


_LONG = 8  # letters from which a name is one of the classification's own, written with commas or without
_SIGNS = ",·ㆍ/"


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _sections()))


def _written(said: Said) -> Iterator[tuple[int, int]]:
    """Where words of the list stand, the longest at each place; spaces do not matter."""
    at = [index for index, char in enumerate(said.text) if not char.isspace() and char not in _SIGNS]
    closed = "".join(low if len(low := said.text[index].lower()) == 1 else said.text[index] for index in at)
    index = 0
    while index < len(closed):
        for length in range(min(_longest(), len(closed) - index), 0, -1):
            start, end = at[index], at[index + length - 1] + 1
            if closed[index : index + length] in _sections() and _is_written(said, start, end, length):
                yield start, end
                index += length - 1
                break
        index += 1


def _is_written(said: Said, start: int, end: int, length: int) -> bool:
    signs = length < _LONG and any(sign in said.text[start:end] for sign in _SIGNS)
    return not signs and _begins(said, start) and _ends(said, end)


_TAKEN_BACK = re.compile(
    r"(?:업|업종)?(?:이|가|은|는)?\s?(?:말고|말구|아니)"
    r"|(?:업|업종)?이?라고\s?(?:했|적었|말했|썼|써놨|적어놨|입력했|체크했|선택했|눌렀|말씀드렸)"
)


def find(said: Said) -> list[Fact]:
    """The industries named for the firm; one is kept, the most telling (longest, then last) among those asserted."""
    facts = [fact for start, end in _spans(said) if (fact := _fact(said, start, end))]
    facts = _by_what_is_done(said, facts) or trade_names.find(said, _IS_IT_AFTER) or likely_trades.find(said)
    named = any(not fact.role and not fact.extra.get("beside") for fact in facts)
    facts = [fact for fact in facts if named or not fact.extra.get("beside")]
    kinds = {fact.value for fact in facts if not fact.role and not fact.extra.get("denied")}
    facts = [
        fact for fact in facts if not (fact.extra.get("denied") and fact.value in kinds and _is_brand(said, fact))
    ]
    asserted = [fact for fact in facts if fact.role is None]
    denied = [fact for fact in asserted if _TAKEN_BACK.match(said.after(fact.end, 12))]
    if len({fact.value for fact in asserted}) <= 1 and not denied:
        return _first_of_each(facts)
    others = [fact for fact in asserted if fact not in denied]
    # "자동차 부품 유통", "화장품 파는 쇼핑몰": the last word of a Korean phrase names what the firm is.
    near = [
        fact
        for fact in others
        if fact.end >= others[-1].end or (others[-1].start - fact.end > _FAR and _said_to_be(said, fact))
    ]
    return sorted(
        denied[:1] + _first_of_each([fact for fact in facts if fact.role] + near), key=lambda fact: fact.start
    )


def _is_brand(said: Said, fact: Fact) -> bool:
    """Whether a house is named, not a trade: "스타벅스 아니고 개인 카페예요" denies no trade."""
    tags = {token.tag for token in said.tokens if fact.start <= token.start < fact.end}
    return tags <= {"NNP", "SL"}


_SHORT_DENIAL = 50  # letters of a message that may deny a place beside naming what the firm is
_SHORT = 25  # letters of a message that only takes a trade back
_GENERIC = re.compile(r"만드는\s?\S*|공장|물건|제조|가공|조립|기계")
_BESIDE = 12  # letters from a deed to the 공장 that does it
_FAR = 6  # letters between two trades that are told apart


def _by_what_is_done(said: Said, facts: list[Fact]) -> list[Fact]:
    """``facts``, or the deed told where none is found or all tell what it is done for ("치과 기공물 만들어요")."""
    named = [fact for fact in facts if not _GENERIC.fullmatch(said.text[fact.start : fact.end])]
    if any(fact.role or _said_to_be(said, fact) for fact in named):
        return facts
    done = deeds.find(said) or handiwork.find(said)
    if not named and facts:
        return [fact for fact in done if fact.value != "C" and 0 <= facts[0].start - fact.start <= _BESIDE] or facts
    return [fact for fact in done if not facts or fact.end > facts[-1].end] or facts


def _said_to_be(said: Said, fact: Fact) -> bool:
    return bool(_IS_IT_AFTER.match(said.after(fact.end, 24)) or _IS_IT_BEFORE.search(said.before(fact.start, 16)))


def _first_of_each(facts: list[Fact]) -> list[Fact]:
    kept: dict[tuple[Any, str | None], Fact] = {}
    for fact in facts:
        kept.setdefault((fact.value, fact.role), fact)
    return sorted(kept.values(), key=lambda fact: fact.start)


def _spans(said: Said) -> list[tuple[int, int]]:
    spans = set(_written(said))
    doc = said.doc
    spans |= {pipeline.characters(doc, first, last) for _, first, last in _matcher()(doc)}
    longest: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not any(start < other_end and other_start < end for other_start, other_end in longest):
            longest.append((start, end))
    return sorted(longest)


def _begins(said: Said, start: int) -> bool:
    return (
        start == 0
        or not said.text[start - 1].isalnum()
        or start in said.starts
        or bool(_ENDS_A_COMPOUND.match(said.text[start:]))
    )


# Words that close a compound Kiwi may take for one word: "신발공장", "동네의원", "해물식당".
_ENDS_A_COMPOUND = re.compile(
    r"공장|학원|식당|의원|병원|요양원|어린이집|유치원|치과|내과|소아과|피부과|정형외과|약국|카페|횟집|고깃집|빵집|책방|공방|목욕탕|세탁소|정비소|공업사|마트|슈퍼|가구점|문구점|안경점|정육점|꽃집|밥집|술집|찻집|국숫집|국수집|갈비집|분식집|호프집"
    r"|떡집|국밥집|치킨집"
    r"|베이커리|미용실|헤어샵|헬스장|필라테스|세차장|카센터|철물점|호텔|펜션|농장|쇼핑몰|도매|대리점|제조|유통"
    r"|무역|물류|건설|인테리어|세탁|공업사|출판사"
)
_ENDS_BEFORE = re.compile(
    r"^(?:[은는이가을를도만의로와과랑]|에서|에|으로|이나|이랑|처럼|같은|쪽|업|점|집|회사|업체|공장|하|해|합|한|했"
    r"|인데"
    r"|입니다|예요|이에요|에요|이요|요|사장|원장|직원|운영|관련|가게|매장|사업|법인|사무|알바|쪽|계열|이고|이구|임|입"
    r"|일|였|겸)"
)


def _ends(said: Said, end: int) -> bool:
    """Whether a word ends here: "해운" does not in "해운대"."""
    if re.match(r"단지|적인|적으로|비\s|사업법|[러렀르]", said.text[end:]):
        return False  # "출판단지" is a place, "극단적인" no theatre, "주물러요" no trade
    return (
        end >= len(said.text)
        or not said.text[end].isalnum()
        or end in said.starts
        or bool(_ENDS_BEFORE.match(said.text[end:]))
    )


# "만들어 파는 회사", "길러서 파는 데": who makes or grows what he sells is of that trade.
_SELLING = ("파는회사", "파는가게", "물건파는", "판매", "도매", "수출", "유통", "수출업", "수출회사")
_WORKED = re.compile(
    r"(?P<A>키워|길러|재배해|양식해|잡아|수확해|농사지어)(?:서|다가?)?\s$"
    r"|(?P<C>만들어|담가|담궈|빚어|지어|가공해|제조해|생산해|구워|볶아|짜|깎아|뽑아|찍어|말려|절여|달여|제작해)(?:서|다가?)?\s$"
)


def _worked_first(said: Said, start: int) -> str | None:
    worked = _WORKED.search(said.text[:start])
    return worked.lastgroup if worked else None


def _fact(said: Said, start: int, end: int) -> Fact | None:
    word = re.sub(r"[\s,·ㆍ/]", "", said.text[start:end]).casefold()
    if word not in _sections():
        return None
    section, kind = _sections()[word]
    section = (_worked_first(said, start) if word in _SELLING else None) or section
    section, end = trade_names.closing(said, section, end, _IS_IT_AFTER) or (section, end)
    after, before = said.after(end, 24), said.before(start, 16)
    if _PROFESSION.search(word) and _A_PERSON.match(after):
        return None
    if word.isascii() and (_LATIN.search(before[-2:]) or _LATIN.match(after)):
        return None  # "how much is it"
    is_place = kind == "places"
    short_denial = re.match(r"^(?P<more>업|업종|\s?쪽|)(?:이|가|은|는)?\s?(?:말고|말구|아니(?:고|라|구))", after)
    if kind == "things" and not (short_denial and word != "공장") and not _belongs(said, start, end):
        return None
    told = bool(_IS_IT_AFTER.match(after)) or bool(_IS_IT_BEFORE.search(before))
    short = said.is_bare if is_place else len(said.text) <= _SHORT and word != "공장"
    if short_denial and (short or len(said.text) <= _SHORT_DENIAL):
        beside = {"denied": True} if short else {"denied": True, "beside": True}
        return Fact("industry", section, start, end + short_denial.end("more"), extra=beside)
    if is_place and (not told or _GONE_TO.match(after)):
        return None
    if re.match(
        r"^(?:사님|님|사|랑|이랑|하고(?!\s?있)|과|와|한테|에게|쪽에|쪽이랑|에서)?\s?(?:님|랑\s|이랑"
        r"|(?<!\s)하고\s(?!있)|과\s|와\s"
        r"|한테|에게|에서\s?(?:사람|한\s?명|두\s?명|받|온|보내|소개|전화|연락|그러|말|나온))",
        after,
    ):
        return None
    if word == "공장" and (before[-1:].isdigit() or _AT_THE_PLANT.match(after)):
        return None  # "1공장 40명", "지금 공장이라 시끄러워요": a place of the firm's
    if section in _CALLED_ON and _CALLED.match(after) and not (told or _OURS.search(said.text[:start])):
        return None
    if after.startswith("단지") or (_AS_A_CUSTOMER.match(after) and not _IS_IT_AFTER.match(after)):
        return None
    if _VISITED.match(after) and not (_FIRM_WORD.search(said.text[:end]) and not _SOMEBODY.search(said.text[:start])):
        return None
    if is_place and re.search(r"(?:직장|아이|애|딸|아들|애기|근처|국공립)\s?$", before):
        return None
    if _WISHED.match(after):
        return None
    if _BEFORE.search(said.text[:start]) and _NO_LONGER.match(after):
        return Fact("industry", section, start, end, role="hypothetical", extra={"denial_read": True})
    role = None
    if "사례" in after and names_a_topic(said) and not re.search(r"같은|저희|우리", before):
        role = "hypothetical"
    if re.match(r"(?:업|업체|회사|쪽)?(?:이라면|이면(?!서))\s", after):
        role = "hypothetical"
    if not _OURS.search(said.text[:start]) and (
        _CONDITION_AFTER.match(after)
        or ((_ASKED_AFTER.match(after) or _RULE_AFTER.match(said.text[end:])) and not told)
    ):
        role = "hypothetical"
    return Fact("industry", section, start, end, role=role)


# "세무사가 물어보라 해서", "세무사들도 바빠요": somebody of that profession, who need not be the firm.
_PROFESSION = re.compile(r"(?:세무|노무|회계|변호|법무|관세|변리)사$")
_A_PERSON = re.compile(r"^(?:님)?(?:들|가\s|께서|한테|에게|도\s(?!입|예|이에)|를\s|을\s|분)")
_LATIN = re.compile(r"[a-zA-Z]\s?$|^\s?[a-zA-Z]")
_VISITED = re.compile(
    r"^(?:에|에도|을|를)?\s?(?:다니|다닌|다녔|다녀(?!요)|가려|가고|가야|가느라|간대|간다|갔|등록|끊|보내|맡기|갈\s)"
    r"|^(?:에|에서)?\s?(?:있다가|있다고|있대|끝나|마치고|마치면|퇴원|입원|입소|등원|하원|데려다|데리러|데려|들어가|모시|모셔|계시|계신|계셔|누워|가셔|가신|들렀|들러|만나|모이|모여)"
)
# "게임회사 다니는데요": where one works, unless it is somebody of the family.
_FIRM_WORD = re.compile(r"(?:회사|업체|공장|사무소|사무실|법인|기업|상사|건설사|개발사|제조사|유통사)$")
_SOMEBODY = re.compile(
    r"(?:남편|신랑|와이프|아내|배우자|집사람|애|아이|딸|아들|친구|동생|언니|형|직원|엄마|아빠|아버지|어머니)[가-힣]{0,2}\s"
    r"[^.!?\n]*$"
)
_AT_THE_PLANT = re.compile(r"^(?:이라|안이라|에\s?있)[^.!?\n]{0,14}(?:시끄|전화|통화|못\s?받|안\s?들)")
_CALLED = re.compile(
    r"에서\s(?![^.,!?\n]{0,14}(?:일해|일하|일합|일함|근무|운영|장사|재직|맡고|담당|하고\s?있|직원|알바))"
)
_CALLED_ON = frozenset("IKLPQRS")  # whom everybody goes to: "치과에서 치료받고 있어요"
_GONE_TO = re.compile(
    r"^(?:에|에서|비|가)\s(?!(?:(?:직원|알바|종업원|간호사|선생님|강사)(?:이|가|은|는)?\s(?:총|모두|\d|하나|[한두세네]\s|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)|일(?:해요|합니|하고|하는데)|근무(?:해|합|하고|하는데|중)|재직|다니(?:고|는데)))"
    r"|^[을를]\s(?!(?:[가-힣\d]{1,7}\s){0,2}(?:하고|하는|합니|해요|하구|하거든|하며|하면서|하네|하죠|하시|함|한\s?지|했|한다|운영|경영|차려|차렸|열었|오픈|개업|꾸려|꾸리|혀요|허요))"
)
# "예전에는 식당 했는데 지금은 …": no longer.
_BEFORE = re.compile(r"(?:예전|전엔|전에|원래|옛날|한때|작년까지|처음|과거|그전|퇴사\s?전)[^.!?\n]{0,14}$")
_NO_LONGER = re.compile(
    r"^(?:업|쪽|일|사업|장사)?(?:을|를|에|에서)?\s?(?:하다가?|했는데|했다가|했었|있다가|있었는데|였는데|이었는데|일하다가?|다니다가?|접고|그만두고|정리하고)"
)
# "앱 만들고 싶어요", "홈페이지 만들어 주세요"
_WISHED = re.compile(r"^(?:\s?차(?:리려|리고|릴)|고\s?싶|려고|려면|어\s?주[세시셨]|어\s?(?:줘|달)|을까|ㄹ까)")
# Looked for, called, asked about or regulated, a trade is not the speaker's.
_AS_A_CUSTOMER = re.compile(
    r"^\s?(?:은|는|이|가|을|를|에|에서)?\s?(?:추천|예약|조회|시세|면허(?!를?\s?(?:갖|있|보유|가진|가지))|(?:근처|앞|옆"
    r"|건너편|맞은편|뒤)(?:에|로|으로)\s|허가"
    r"|요금|번호|전화번호|몇\s?시|언제\s?(?:와|오|도착)|어디(?:가|에|예|야|\s)|찾아|가는\s?(?:길|시간)|국비"
    r"|설립\s?신고|신고|청소\s?신청|신청(?!하신|했)|우선지원대상(?:기업)?\s?기준|운영비|보내|맡길|(?:직원\s?)?폭언"
    r"|스티커|감면|위생\s?점검|영업\s?신고"
    r"|이용\s?(?:방법|신청|요금)|하는\s?(?:법|방법)|잘하는\s?법|싼\s?(?:데|곳)|사고\s|가격|(?:지원금?|보조금)\s*$)"
    r"|^\s?(?:업체|회사|집|가게|데|곳)\s?(?:를|을|좀)?\s?(?:알려|찾아|찾고|소개|추천)"
    r"|^\s?(?:사무실|사무소|법인|쪽)?(?:이|가|에서|에|한테)\s?(?:(?:다|알아서|대신|전부|모두|그냥|항상|직접|급여|세금|회계|기장|노무|서류)(?:를|을|도|는)?\s?)*(?:알아|알고|해\s?[주줘준]|해서|하라|전화|물어|맡[겨기긴길]|확인"
    r"|관리해|처리|신고|봐\s?[주줘준]|챙겨|계산|(?:사람|일용직|알바|인부|한\s?명|두\s?명)(?:을|를)?\s?[불부데받]|불러|부르|불렀|데려|보내\s?[주줘준])"
)


_RUN = re.compile(
    r"^(?:을|를)?\s?(?:운영|경영|사장|대표(?!전화|번호)|총무|경리|인사팀|인사\s?담당|관리부|관리팀|공장장|생산팀|소장|차린|하시는|하나\s?(?:해|하|운영)"
    r"|[한두세네]\s?(?:곳|군데|개)\s?(?:운영|하|해))|^에\s?(?:근무|다니고|다니는데|다닙|재직)|^임(?![가-힣])|^\s?[(/]"
)


def _belongs(said: Said, start: int, end: int) -> bool:
    """Whether a word that means much else too stands where a trade stands."""
    after = said.after(end, 10)
    ours = (
        said.text[start:end] == "공장"
        and re.search(r"(?:우리|저희|울|제)\s?$", said.before(start, 4))
        and re.match(r"[은도]\s|인데", after)
    )
    return bool(ours or _RUN.match(after)) or bool(
        re.match(
            r"^\s?(?:(?:을|를|만|도)?\s?(?:만들|만듭|생산|제조|가공|납품|찍어|찍습|조립|깎|짜는|키우|키워|지어"
            r"|짓는|짓습)|(?:을|에)?\s?다(?:닙니다|녀요)"
            r"|(?:을|를)?\s?(?:크게|작게|조그맣게|조금|같이|주로)\s(?:하|해|합|짓|지어)|업|회사|업체|공장|법인|쪽"
            r"|관련|계열|사업|가게|매장|장사|샵|하는|해요"
            r"|합니다|한지|하구|하거든|이에요"
            r"|예요|에요|인데|입니다|임더|입니더|이라예|이거든|이라|이요|요(?![가-힣])|이고|이구|을\s?(?:하|운영)"
            r"|하고|에서"
            r"|\s?(?:회사|업체|사업|쪽|관련|공장|기업|법인|직원(?!\s?(?:들?이|이|가|은|는|도|을|를|중|하나|한테))|종업원|사원|총원|상시|근로자|중소|인원|\d+\s?(?:명|인))|$|[.,/])",
            after,
        )
    )
