"""The wording that the fact modules read: no ornaments between words, and dates, lengths and ages in digits.

"육아휴직 😭 삼월 칠일부터 열두 달" is read as "육아휴직 3월 7일부터 12달". How many people there are is left as
it was said ("열댓 명", "서너 명"): ``numbers`` knows how sure that is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from bot.nlu.facts import slipped
from bot.nlu.facts.numbers import read_number
from bot.nlu.normalisation import Normalised
from bot.nlu.spacing import spaced
from knowledge_base.morphemes import morphemes

Letter = tuple[str, int, int]
_ORNAMENT = re.compile(r"\s?[☺👍]+|(?<=\s)(?:[!^*♥♡…]+|~+(?!\s?\d)|\.{2,}|[ㅋㅎㅠㅜ]+)(?=\s|$)")
_GAP = re.compile(r"\s{2,}|^\s+|\s+$")
_SINO = "[일이삼사오육륙칠팔구십백천]"
_NATIVE = r"(?:열|스물)\s?(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열|스무"
_SPOKEN = re.compile(
    r"(?<![일이삼사오육칠팔구])(?P<month>십[일이]|[일이삼사오육유칠팔구시십])\s?(?=월)"
    rf"|(?P<months>{_SINO}{{1,3}}|{_NATIVE}|한)\s?(?=개월)"
    rf"|(?P<day>(?!백\s?일){_SINO}{{1,3}})\s?(?=일)"
    rf"|(?P<moons>{_NATIVE})\s?(?=달)"
    rf"|(?P<year>이천{_SINO}{{1,4}})\s?(?=년)"
    rf"|(?P<years>{_SINO}{{1,3}})\s?(?=년)"
    rf"|(?P<weeks>(?!사주\s*$|사주\s?(?:봐|보|풀|팔자|카페|명리|관상)){_SINO}{{1,3}}|두|세|네)\s?(?=주(?!\s?년))"
    rf"|(?P<age>{_SINO}{{1,3}}|{_NATIVE}|한)\s?(?=살|세(?![가-힣]{{2}}))"
)
# "담주 화 오후 2시": the day of the week in one letter.
_WEEKDAY = re.compile(
    r"(?:(?<=[담음번차난]주)|(?<=[음번난]\s주))\s?(?P<day>[월화수목금토일])(?!요일)(?=\s?(?:오[전후]|아침|점심|저녁|\d{1,2}\s?시|[,./]|$)|[에요]|이요|쯤|\s(?:중|괜찮|가능|어때|두|세|네|열|한))"
)
# "화목 오후": two days of the week in one letter each, both with the part of the day.
_WEEKDAYS = re.compile(
    r"(?<![가-힣])(?P<one>[월화수목금])\s?[,·/]?\s?(?P<two>[화수목금토])"
    r"(?P<part>\s?(?:오전|오후|아침|저녁)|(?=\s?(?:중에?|다\s?(?:괜|가|돼|되|좋)|이?요(?![가-힣])|가능|괜찮|만\s?(?:돼|되|가)|에만?\s?(?:돼|되|가|시))))"
)
_SEASON = re.compile(
    r"(?P<year>(?:내년|올해?|다음\s?해|돌아오는|다가오는|이번)\s?)?(?<![가-힣])(?P<season>봄|여름|가을|겨울)"
    r"(?=부터|에\s?(?:육아|출산|육휴|출휴|휴직|단축|들어|쉬|쉰|쓰|쓴|간|갈|갑|가요|나가|써|사용|복직|복귀|시작|낳|태어|출산|예정)"
    r"|(?:쯤|께|경|즈음)(?:\s?(?:부터|에))?)"
)
# "새해부터": the next January.
_NEW_YEAR = re.compile(r"(?<![가-힣])새해(?=\s?부터|\s?에\s|\s?첫)")
# "11/27 금 11시": the day of the week in one letter after its date.
_WEEKDAY_AFTER = re.compile(
    r"(?:(?<=\d/\d)|(?<=\d/\d\d)|(?<=\d일))\s?\(?(?P<day>[월화수목금토일])\)?(?=\s(?:오[전후]|아침|점심|저녁|\d{1,2}\s?시|열|한|두|세|네))"
)
# "목 3시": the day in one letter before the hour.
_WEEKDAY_BEFORE_HOUR = re.compile(r"(?:^|(?<=[\s,.]))(?P<day>[월화수목금토])(?=\s(?:오[전후]\s?)?\d{1,2}\s?시(?!간))")
_HANJA = dict(zip("一二三四五六七八九十百名人年月日", "일이삼사오육칠팔구십백명인년월일", strict=True))
_IN_HANJA = re.compile(r"[一二三四五六七八九十百\d]+\s?[名人年月日명인년월일]|[一二三四五六七八九十百]{1,4}(?=\s|$)")
# As offices write dates: "2026. 12. 1.", and "1.1.~12.31.".
_MONTH_NO, _DAY_NO = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_OFFICE_DATE = re.compile(
    rf"(?<![\d.])(?P<y>20[0-3]\d|1[5-9]|[23]\d)\.\s?(?P<m>{_MONTH_NO})\.\s?(?P<d>{_DAY_NO})(?:\.(?!\d)|(?![\d.]))"
)
_OFFICE_SPAN = re.compile(
    rf"(?<![\d.])(?P<m>{_MONTH_NO})\.\s?(?P<d>{_DAY_NO})\.?\s?[~-]\s?(?P<m2>{_MONTH_NO})\.\s?(?P<d2>{_DAY_NO})(?:\.(?!\d)|(?![\d.]))"
    r"(?!\s?(?:배|시간|%|퍼|개|명|만|억|년|점|도(?!\s)|호|kg|평|시|분|달|주))"
)
# Endings hit a key beside: half of the reading hangs on them. What was meant is as long.
_SLIPPED = (
    (re.compile(r"(?<=[가-힣])(?<![완자치동의무재험급수음원연서사진입종요])료(?=[.!?~\s]*$)"), "요"),
    (re.compile(r"(?<=[가-힣])(?<![분당])뇨(?=[.!?~\s]*$)"), "요"),
    (re.compile(r"(?<=[가-힣])(?<![하참대급기부투수잉증관공])여(?=[.!?~\s]*$)"), "요"),
    (re.compile(r"(?<=[가-힣])(?<!아)[이니리][에네레]요(?![가-힣])"), "이에요"),
    (re.compile(r"(?<=[가-힣])[녜례]요(?![가-힣])"), "예요"),
    (re.compile(r"(?<=[가-힣])닌데(?=\s|요|$)"), "인데"),
    (re.compile(r"(?<=[가-힣])애서(?=\s)"), "에서"),
    (re.compile(r"(?<=[월원집장동시구군])(?:에셔|에소|레서)(?=\s)"), "에서"),
    (re.compile(r"(?<=[월일말초순주년달날])(?:브터|뷰터|부토|부텨|부타|부퍼)"), "부터"),
    (re.compile(r"(?<=[가-힣])(?<![다빠어푸서마이오부바누])른(?=\s)"), "은"),
    (re.compile(r"(?<=[닙습합입])니[가디자](?=[\s.]|$)"), "니다"),
    (re.compile(r"(?<=[가-힣])햐(?=요|서\s)"), "해"),
    (re.compile(r"(?<=[가-힣])이먄(?=[\s.]|$)"), "이면"),
    (re.compile(r"(?<=[가-힣])[예에][오욘욬](?=[\s.!?~]*$)"), "예요"),
    (re.compile(r"(?<=직원|사람)[리미비](?=\s)"), "이"),
    (re.compile(r"(?<=직원|사람)덜(?=[이은도])"), "들"),
    (re.compile(r"(?<![가-힣])에기(?=[\s가를는])"), "애기"),
    (re.compile(r"(?<=\d)(\s?)[녕묭먕멸](?=[가-힣\s.,]|$)"), r"\1명"),
    (re.compile(r"(?<=\d)(\s?)면(?=[\s.!]*$|이에요|입니다|이고|인데|이요|이서|정도|쯤|이구|예요)"), r"\1명"),
    (re.compile(r"(?<=오[전후]\s)(\d{1,2}\s?)[기사](?=에|요|이|쯤|반|로)"), r"\1시"),
    (re.compile(r"(?<=[일욜레]\s)(\d{1,2}\s?)[기사](?=에|요|쯤|반|로)"), r"\1시"),
)
_LONG_WITHOUT_SPACES = 9
# Names fall apart when Kiwi spaces them.
_NAMES = re.compile(r"회사명|상호|법인|업체명|이름|성함|대표|담당자|주식회사|[팀과실부]장|라는|테크|정밀"
    r"|산업|물산|코리아")
_OTHER_MONTHS = {"유": 6, "시": 10}
_SEASONS = {"봄": "3월", "여름": "6월", "가을": "9월", "겨울": "12월"}


def plain(normalised: Normalised) -> Normalised:
    """``normalised`` as the fact modules read it, every character still knowing where it came from."""
    letters = [(char, *origin) for char, origin in zip(normalised.text, normalised.origins, strict=True)]
    letters = _spaced(letters)
    letters = _changed(letters, _ORNAMENT, lambda match: " ")
    letters = _changed(letters, _IN_HANJA, lambda match: "".join(_HANJA.get(char, char) for char in match.group()))
    letters = _changed(letters, _OFFICE_DATE, lambda match: f"{match['y']}.{match['m']}.{match['d']}")
    letters = _changed(letters, _OFFICE_SPAN, lambda match: f"{match['m']}/{match['d']}~{match['m2']}/{match['d2']}")
    letters = _changed(letters, _NEW_YEAR, lambda match: "1월")
    letters = _changed(letters, _WEEKDAY_BEFORE_HOUR, lambda match: f"{match.group('day')}요일")
    letters = _changed(letters, _WEEKDAY_AFTER, lambda match: f" {match.group('day')}요일")
    for pattern, meant in _SLIPPED:
        letters = _changed(letters, pattern, partial(_meant, meant))
    mended = slipped.mended(_text(letters))
    letters = [(char, start, end) for char, (_, start, end) in zip(mended, letters, strict=True)]
    letters = _changed(letters, _GAP, _one_gap)
    letters = _changed(letters, _WEEKDAY, lambda match: f" {match.group('day')}요일")
    letters = _changed(letters, _WEEKDAYS, _two_days)
    letters = _changed(letters, _SEASON, lambda match: (match.group("year") or "") + _SEASONS[match.group("season")])
    text = _text(letters)
    letters = _changed(letters, _SPOKEN, lambda match: _digits(match, text))
    return Normalised(
        normalised.original, _text(letters), tuple((start, end) for _, start, end in letters), normalised.cut
    )


def _spaced(letters: list[Letter]) -> list[Letter]:
    """``letters`` with spaces where Kiwi puts them, where a message of some length has none at all."""
    text = _text(letters)
    closed = len(text) >= _LONG_WITHOUT_SPACES and re.fullmatch(r"[가-힣\d.,!?~%]+", text)
    if not closed or _NAMES.search(text):
        return letters
    done: list[Letter] = []
    at = 0
    for char in spaced(text):
        if at < len(text) and char == text[at]:
            done.append(letters[at])
            at += 1
        elif char == " " and at < len(text):
            done.append((" ", letters[at][1], letters[at][1]))
        else:
            return letters  # it changed more than spaces
    return done if at == len(text) else letters


def _text(letters: list[Letter]) -> str:
    return "".join(char for char, _, _ in letters)


def _changed(letters: list[Letter], pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> list[Letter]:
    done: list[Letter] = []
    at = 0
    for match in pattern.finditer(_text(letters)):
        first, last = match.span()
        new = change(match)
        if first == last or new == match.group():
            continue
        done.extend(letters[at:first])
        done.extend((char, letters[first][1], letters[last - 1][2]) for char in new)
        at = last
    return done + letters[at:]


def _meant(meant: str, match: re.Match[str]) -> str:
    return match.expand(meant)


def _one_gap(match: re.Match[str]) -> str:
    if match.start() == 0 or match.end() == len(match.string):
        return ""
    return "\n" if "\n" in match.group() else " "


def _two_days(match: re.Match[str]) -> str:
    part = match.group("part")
    return f"{match.group('one')}요일{part}, {match.group('two')}요일{part}"


def _digits(match: re.Match[str], text: str) -> str:
    """The number in digits where it counts the unit that follows it, else as it stands."""
    said = match.group(match.lastgroup or 0)
    if not _counts(text, match.start(), match.end()) or (
        said == "이" and re.search(r"[섯곱덟홉둘셋넷열물른흔명원]$", text[: match.start()])  # "여섯이 일해요"
    ):
        return match.group()
    if match.lastgroup == "month" and said in _OTHER_MONTHS:
        return str(_OTHER_MONTHS[said])
    number = read_number(said)
    return str(number.value) if number and not number.rough else match.group()


def _counts(text: str, start: int, unit: int) -> bool:
    """Whether Kiwi reads a number there and a unit after it ("이월" carried over and "회사원이 년" are none)."""
    tokens = {token.start: token for token in reversed(morphemes(text))}
    first, counted = tokens.get(start), tokens.get(unit)
    if first is None or first.tag.startswith("J"):
        return False  # "여섯이 일해요" is no "62일"
    if counted is None:
        # "삼월" is one noun to Kiwi; whatever is done to it ("이월된 연차") makes it another word.
        following = tokens.get(first.start + first.len)
        whole = first.tag == "NNG" and first.start + first.len == unit + 1
        return whole and not (following and following.tag in ("XSV", "XSA", "NNG"))
    return first.tag in ("NR", "MM", "SN") and (counted.tag in ("NNB", "NR") or counted.form == "달")
