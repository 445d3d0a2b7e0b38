"""How many people work at the firm, in all and in employment insurance, from what is said of people and numbers.

A number of people who leave, are hired or are asked about is no head count.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from bot.nlu.facts.chosen_counts import chosen, is_apart
from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.movers import WHOLE, Count, is_of_movers
from bot.nlu.facts.numbers import SPOKEN_RANGE, Number, around, of_match, read_number
from bot.nlu.facts.parts_of_staff import is_a_part
from bot.nlu.facts.rosters import rosters
from bot.nlu.facts.rule_sizes import is_general, of_a_case
from bot.nlu.facts.staff import INSURED, STAFF, is_subset, listed, noun_before
from bot.nlu.facts.uncounted import too_wordy, uncounted

_COUNTER = (
    r"(?P<unit>명|인(?!데|가[\s.?!]|가$|가요|지\b|줄|거|건|걸|수인계|력|원|건비|턴|쇄|테리|천|증|사\s|출|상|정)|사람"
    r"|분(?!\s?(?:기|의|전|후|뒤|만|간|째|안에|안\s|이내|마다|넘게|더\s?걸|쯤(?!\s?(?:계|있|일|돼|되))"
    r"|정도\s?(?:걸|늦|일찍)"
    r"|\s?(?:씩\s?)?(?:[한두세네]|\d)\s?[번회]))|名)"
)
_COUNTED = re.compile(rf"{SPOKEN_RANGE}\s?{_COUNTER}(?P<some2>여(?![가-힣])|\s?남짓|대(?=\s|이|예|인|입|요|$))?")
_AT_LEAST = re.compile(r"^\s?(?:이|은|을)?\s?(?:이상|넘|초과|부터)")
_AT_MOST = re.compile(
    r"^\s?(?:이|은|도|을|가|까지는?)?\s?(?:미만|이하|안\s?(?:되|돼|됨|됩|넘)|못\s?(?:되|돼|미)|(?:조금|좀|살짝)?\s?못\s?(?:되|미)"
    r"|채\s?안)"
)
_ABOUT_AFTER = re.compile(
    r"^\s?(?:쯤|정도|가량|안팎|내외|남짓|언저리|대여섯|즈음|근처|될까|되려나|될\s?거|같|인가\?)"
)
_ABOUT_BEFORE = re.compile(r"(?:대충|(?<![가-힣])약|(?:^|\s)한|거의|얼추|대략|아마)\s*$")
# "30명 넘었다 안 넘었다 해요", "스무 명 될까 말까 해요".
_TO_AND_FRO = re.compile(
    r"\s?(?:이|을|에서)?\s?(?:넘었다\s?안|됐다\s?안|될까\s?말까"
    r"|될락\s?말락|넘을락|넘나들|왔다\s?갔다|오락가락|들쭉날쭉)"
)
_OURS = re.compile(r"저희|우리|저흰|우린|저는|제가|당사|여기")
_UNINSURED = re.compile(r"안\s?든|안\s?들|미가입|안\s?넣|못\s?들|가입\s?안|없는|제외|빼")
_ALONE = re.compile(
    r"(?:직원|종업원|알바)(?:은|이|도)?\s?(?:아예\s?|한\s?명도\s?|따로\s?)?없(?:어요|습니다|는데|이"
    r"|고|음|는\s?(?:1인|사업장|가게)|구요)|(?:저|나)\s?혼자\s?(?:하|일|운영)|혼자서?\s?(?:일해|운영"
    r"|하는\s?(?:가게|사업|회사))"
)


def find(said: Said) -> list[Fact]:
    """Head counts ("headcount", "insured_headcount") of the message."""
    counts: list[Count] = []
    every = _counts(said)
    for at, count in enumerate(every):
        beside = bool(counts) and listed(said, counts[-1], count)
        begins = at + 1 < len(every) and bool(count.who or count.named) and listed(said, count, every[at + 1])
        before = at + 1 < len(every) and _BEFORE_A_CHANGE.match(said.text, count.end) is not None
        apart = is_apart(said, counts[-1] if counts else None, count) or is_a_part(said, count.start, count.end)
        if not before and not apart and not is_of_movers(said, count, beside or begins) and not _is_owner(count):
            counts.append(count)
    facts = _summed(said, chosen(said, counts))
    return facts or _nobody(said)


# "30명에서 이제 20명으로 줄었어요"
_BEFORE_A_CHANGE = re.compile(r"\s?(?:에서|이었다가|였다가|이던\s?게)\s[^.?!\n]{0,16}?(?:으?로)\s?(?:늘|줄|바뀌|변"
    r"|됐|되었)")
_GREW = re.compile(r"\s?(?:으?로)\s?(?:늘|줄|바뀌|변|됐|되었)")


def _is_owner(count: Count) -> bool:
    return count.number.value <= 2 and bool(re.fullmatch(
        r"사장|대표|대표자|대표님|사장님|점주|대표이사|사업주|오너|부부"
        r"|원장", count.named or ""))


def _counts(said: Said) -> list[Count]:
    found = rosters(said)
    lists = [(count.start, count.end) for count in found]
    for match in _COUNTED.finditer(said.text):
        number = of_match(match)
        in_list = any(start < match.end() and match.start() < end for start, end in lists)
        if number is None or in_list or not _starts_clean(said, match):
            continue
        if match.group("second") and _GREW.match(said.text, match.end()):
            number = read_number(match.group("second")) or number  # "3명에서 5명으로 늘었어요"
        if match.group("some2"):
            number = Number(number.value, number.value, number.value + 9)
        who = re.search(
            rf"({STAFF})님?\s?(?:수|숫자)?\s?(?:은|는|이|가|:|만|도)?\s?(?:약|한|대충|총)?\s?$",
            said.text[: match.start()],
        )
        found.append(
            Count(
                _bounded(said, match, number),
                match.start(),
                match.end(),
                who.group(1) if who else None,
                match.group("unit"),
                named=noun_before(said, match.start()),
            )
        )
    found.extend(uncounted(said, found))
    return sorted(found, key=lambda count: count.start)


def _starts_clean(said: Said, match: re.Match[str]) -> bool:
    before = said.text[: match.start()]
    first = match.group("first")
    if first[0].isdigit():
        return not re.search(r"[\d.:]$|\d/$|(?<!이)제\s?$|\d,$", before) and not (
            match.group("unit") == "분" and re.search(r"시\s?$", before)
        )
    if first in ("너", "서", "석", "넉") or (first == "네" and match.group("unit") == "사람"):
        return False  # "너 사람이야?"
    if re.search(rf"(?:{STAFF})$", before):
        return True
    if len(first) == 1 and re.search(r"[가-힣]$", before):
        # "결혼한 사람은": an ending is no number.
        return any(token.start == match.start() and token.tag in ("MM", "NR") for token in said.tokens)
    # "그만두 명", "소세 분": a number word must begin a word or stand after a particle, not inside another word.
    return not re.search(r"[가-힣]$", before) or match.start() in said.starts


def _bounded(said: Said, match: re.Match[str], number: Number) -> Number:
    after, before = said.after(match.end(), 12), said.before(match.start(), 6)
    if _TO_AND_FRO.match(after):
        return around(number)
    if _AT_MOST.search(after):
        most = number.value if re.match(r"[^.,]{0,5}(?:이하|넘)", after) else number.value - 1
        return Number(max(most, 0), None, max(most, 0))
    if _AT_LEAST.search(after):
        least = number.value + (1 if re.match(r"\s?(?:이|은|을)?\s?(?:넘|초과)", after) else 0)
        return Number(least, least, None)
    if re.match(r"\s?(?:조금|좀|약간|살짝)\s?(?:넘|더)", after):
        return Number(number.value, number.value, number.value + max(1, number.value // 5))
    if re.match(r"\s?(?:에|이)?\s?(?:조금|좀|약간|살짝)\s?(?:안|못|모자)", after) or re.match(
        r"\s?가까이|\s?다\s?(?:돼|되)", after
    ):
        return Number(number.value, max(0, number.value - max(1, number.value // 5)), number.value)
    if _ABOUT_AFTER.search(after) or _ABOUT_BEFORE.search(before):
        return around(number)
    return number


def _summed(said: Said, counts: list[Count]) -> list[Fact]:
    """One fact a count, but parts that stand side by side ("정규직 20에 알바 5") added up, totals told apart."""
    facts: list[Fact] = []
    at = 0
    while at < len(counts):
        group = _parts(said, counts, at)
        if len(group) > 1:
            facts.append(_sum_fact(said, group))
        elif _worth(said, counts[at]):
            facts.append(_fact(said, counts[at], facts))
        at += len(group)
    return _last_of_arrow(said, _whole_over_parts(said, _bounds_joined(facts)))


def _last_of_arrow(said: Said, facts: list[Fact]) -> list[Fact]:
    """ "25명 → 28명" corrects, and "요양사 열여덟 포함 스물넷" tells the whole last."""
    done = list(facts)
    for at in range(len(done) - 1):
        between = said.text[done[at].end : done[at + 1].start]
        if re.fullmatch(r"\s?(?:→|->|=>|>|➡)\s?", between) and not done[at].role:
            done[at] = replace(done[at], role="negated")
        elif re.fullmatch(
            r"\s?(?:을|를)?\s?포함(?:해서|하여|하면|해)?\s?(?:총|모두|전체)?\s?(?:[가-힣]{1,4}\s)?", between
        ):
            done[at] = replace(done[at], role="part")
    return [fact for fact in done if fact.role != "part"]


def _bounds_joined(facts: list[Fact]) -> list[Fact]:
    """ "100명은 넘고 200명은 안 돼요": a lower and an upper bound are one range."""
    if len(facts) != 2 or {fact.role for fact in facts} != {None} or len({fact.entity for fact in facts}) > 1:
        return facts
    low, high = facts
    if low.extra.get("max") is not None and low.extra.get("min") is None:
        low, high = high, low  # "오십 명은 안 되고 마흔 명은 넘어요"
    if low.extra.get("min") is None or high.extra.get("max") is None or low.extra.get("max") or high.extra.get("min"):
        return facts
    value = (low.extra["min"] + high.extra["max"]) // 2
    bounds = {"min": low.extra["min"], "max": high.extra["max"]}
    return [replace(low, value=value, start=facts[0].start, end=facts[1].end, extra=bounds)]


def _parts(said: Said, counts: list[Count], at: int) -> list[Count]:
    group = [counts[at]]
    while at + len(group) < len(counts) and (
        group[-1].who or group[-1].named or _at_a_place(said, group[-1])
    ):
        follower = counts[at + len(group)]
        insured = INSURED.search(said.before(group[0].start, 8))
        altogether = _ALTOGETHER.search(said.before(follower.start, 10))
        if follower.who == "임원" or altogether or (insured and follower.who in _WHOLE_STAFF):
            break  # "직원 25명에 등기임원 3명", "피보험자 8명 상시인원 10명"
        apart = _at_a_place(said, group[-1])
        apart = apart or _named_apart(said, group[-1], follower)
        different = apart or (follower.who or follower.named) != (group[-1].who or group[-1].named)
        if not (listed(said, group[-1], follower) and different) or (
            {group[-1].who, follower.who} & _WHOLE_STAFF
            and is_subset(said, group[-1], follower)
        ):
            break
        group.append(follower)
    return group


_ALTOGETHER = re.compile(r"까지\s?(?:다\s)?(?:하면|해서|합치면|합쳐서?|치면|쳐서|더하면)\s(?:총\s|한\s)?$")
_WHOLE_STAFF = {"직원", "근로자", "인원", "종업원", "상시", "상시근로자", "상시 근로자", "총원"}


_WHOSE = re.compile(
    r"([가-힣]+)\s(?:인원|직원|근로자|사람|알바|아르바이트|강사|기사|교사|파트)(?:은|는|이|가|만)?\s?$"
)


def _named_apart(said: Said, first: Count, second: Count) -> bool:
    """Whether the same word counts other people ("본사 인원 40, 공장 인원 65")."""
    one, other = (_WHOSE.search(said.before(count.start, 14)) for count in (first, second))
    return bool(one and other and one.group(1) != other.group(1))


def _at_a_place(said: Said, count: Count) -> bool:
    return bool(re.search(r"[가-힣]에(?:는|만)?\s?$", said.before(count.start, 6)))


def _sum_fact(said: Said, group: list[Count]) -> Fact:
    total = sum(count.number.value for count in group)
    extra: dict[str, object] = {"parts": [count.number.value for count in group]}
    if any(count.number.rough for count in group):
        extra["min"] = sum(
            count.number.low if count.number.low is not None else count.number.value for count in group
        )
        highs = [count.number.high if count.number.rough else count.number.value for count in group]
        extra["max"] = None if None in highs else sum(high for high in highs if high is not None)
    fact = Fact("headcount", total, group[0].start, group[-1].end, confidence=0.9, extra=extra)
    return replace(fact, entity="insured_headcount") if INSURED.search(said.before(group[0].start, 20)) else fact


# Where temps are all there is.
_ONLY_THEM = re.compile(
    r"까지|만\s?(?:(?:[가-힣\d]{1,4}\s?)?(?:명|분)?\s?)?(?:있|써|쓰|씁|두|데리)|뿐|직원은?\s?(?:따로\s|아예\s)?없"
)


def _worth(said: Said, count: Count) -> bool:
    """Whether a count that stands alone is the firm's: gender or part counts alone are not."""
    if count.who and re.search(rf"{count.who}(?:들)?만\s?$|(?:전부|모두|다)\s{count.who}", said.text[: count.start]):
        return True  # "여자만 8명이에요"
    if count.who in (
        "남자",
        "여자",
        "남성",
        "여성",
        "남직원",
        "여직원",
        "남자 직원",
        "여자 직원",
        "남",
        "여",
        "임원",
    ):
        return False
    if count.who and count.who.startswith(("알바", "아르바이트", "파트", "계약직", "인턴")):
        return bool(_ONLY_THEM.search(said.text)) or count.number.value >= 3 or said.is_bare
    return True


# "보험은 열 명이 들었어요".
_OF_INSURANCE = re.compile(r"보험(?:은|에|에는|이)\s$")
_HAVE_IT = re.compile(r"(?:이|만|은)?\s?(?:들었|들어|가입|넣)")


def _fact(said: Said, count: Count, earlier: list[Fact]) -> Fact:
    begin = earlier[-1].end if earlier else 0
    stretch = said.text[max(begin, count.start - 30) : count.start]
    near = re.split(r"[.!?\n]|인데|는데|지만|이고\s|(?:[있했었됐]|들었|가입했)고요?\s|,", stretch)[-1]
    tail = said.after(count.end, 14)
    after = re.split(r"[.!?\n,]|인데|는데|고\s", tail)[0]
    named = INSURED.search(near)
    insured = (named is not None and not _UNINSURED.search(near[named.start() :])) or bool(
        re.search(
            r"^(?:만|이|은)?\s?가입(?:돼|되|했|해\s?있|중)|^만\s?(?:들|가입)|^(?:이|은|만)?\s?(?:다\s?)?(?:고용보험|[4사]대보험|보험)[^.,\n]{0,4}(?:들|가입"
            r"|넣)(?!\s?자?\s?(?:수\s?)?\d)",
            after,
        )
    )
    insured = insured or bool(_OF_INSURANCE.search(near) and _HAVE_IT.match(after))
    if insured and re.match(r"\s?중", tail):
        insured = False  # "고용보험은 12명 중 10명만": the first is the whole
    extra = {} if not count.number.rough else {"min": count.number.low, "max": count.number.high}
    role = "hypothetical" if is_general(said, count) or of_a_case(said) else None
    entity = "insured_headcount" if insured else "headcount"
    return Fact(entity, count.number.value, count.start, count.end, role=role, extra=extra)


def _whole_over_parts(said: Said, facts: list[Fact]) -> list[Fact]:
    """Where a total is told beside its parts ("직원 20, 알바 5 해서 25명"), only the total stays."""
    counts = [fact for fact in facts if fact.entity == "headcount" and not fact.role]
    if any(_OURS.search(said.text[one.end : other.start]) for one, other in itertools.pairwise(counts)):
        return facts  # "그룹 전체는 천 명 넘고 저희 회사만은 64명"
    for fact in counts:
        total = re.search(
            rf"(?:{WHOLE}|해서|합이|합계|합|회사는|회사로는)\s?(?:직원|인원|근로자|사원|교직원|임직원|종사자|구성원)?(?:은|는|이|가|으로|으로는|로는|로)?\s?(?:약"
            rf"|한)?\s?$", said.before(fact.start, 13))
        if total and len(counts) > 1:
            kept = {id(fact)}
            return [
                item
                for item in facts
                if item.entity != "headcount" or item.role or id(item) in kept or _denied(said, item)
            ]
    return facts


def _denied(said: Said, fact: Fact) -> bool:
    return bool(re.match(r"\s?(?:이|가)?\s?(?:말고|아니)", said.after(fact.end, 8)))


def _nobody(said: Said) -> list[Fact]:
    match = _ALONE.search(said.text)
    before = len(said.text[: match.start()].rstrip()) if match else 0
    if match and any(token.tag == "ETM" and token.start + token.len == before for token in said.tokens):
        return []  # "임신한 직원은 없어요"
    if match and re.match(r"\s?(?:알바|아르바이트|파트)", said.after(match.end(), 8)):
        return []
    if not match or "?" in said.after(match.end(), 4) or re.search(
        r"(?:그런|이런|그럴|할|갈|쉴|쓰는|대신"
        r"|맡을|뽑을)\s?$", said.before(match.start(), 5)):
        return []
    return [Fact("headcount", 0, match.start(), match.end(), confidence=0.8)]


_BARE = re.compile(
    rf"^(?:확실(?:치|하지)는?\s?않(?:은데|지만)|잘은?\s?모르(?:겠는데|지만)|오타[가-힣]{{0,3}}|다시\s?(?:세|확인|따져|헤아려)[가-힣]{{1,6}}|음|아|네|예|저희는?|직원은?|지금은?|한|약|대충|총|아마)?[\s,.]*(?:(?:한|약|대충)\s)?{SPOKEN_RANGE}\s?(?P<about>쯤"
    rf"|정도|가량|남짓|사이|안팎|언저리)?\s?(?:이?요|이?에요|예요|입니다|임|이고요|이죠|인데요|일걸요|같아요|[됩돼되](?:니다|니더|요|죠|지요|네요|유|어요|는데요|ㅁ)?"
    rf"|네요|이네요|이네|네|될\s?(?:거예요|겁니다|걸요|듯요?))?[\s.!?]*$"
)
_NO_NUMBER = {1350, 1577, 1588, 1566, 112, 119, 110, 1345, 1366, 1393}


def find_bare(said: Said) -> list[Fact]:
    """A number that is the whole message ("25", "스물다섯이요"): what it counts only the question tells."""
    uninsured = re.search(
        rf"(?:안\s?(?:들|넣)|미가입|제외)[가-힣]*\s?{SPOKEN_RANGE}\s?(?:이?요|이?에요|예요|입니다"
        rf"|임)?[\s.!?]*$",
        said.text,
    )
    insured = re.search(
        rf"(?:보험|가입)[^.\n]*?(?:든|들|가입|넣)[^.\n\d]*?(?:면|은|만|는)\s?{SPOKEN_RANGE}\s?(?:이?요"
        rf"|이?에요|예요|입니다)?[\s.!?]*$",
        said.text,
    )
    for match in (uninsured, insured):
        if match and (number := of_match(match)) and not too_wordy(match.group("first")):
            return [Fact("insured_headcount", number.value, match.start("first"), match.end("first"))]
    match = _BARE.match(said.text)
    number = of_match(match) if match else None
    if not match or number is None or number.value in _NO_NUMBER or number.value > 99_999:
        return []
    first = match.group("first").strip()
    if not first[0].isdigit() and (len(first) < 2 and first not in ("둘", "셋", "넷", "열", "백")):
        return []
    number = (
        around(number)
        if match.group("about") or re.match(r"^(?:음|아)?\s?(?:한|약|대충|아마)\s", said.text)
        else number
    )
    extra = {"min": number.low, "max": number.high} if number.rough else {}
    return [Fact("number", number.value, match.start("first"), match.end("first"), extra=extra)]
