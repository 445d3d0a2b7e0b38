"""That nobody has been taken on, or will be: "대체인력은 아직 채용 안 했어요", "뽑은 사람 없어요", "대체인력: 없음".

``covers`` reads "안 뽑아요" from its verb; here is what is denied of a noun, beside it or in another word.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import asks_a_rule

_SUBSTITUTE = (
    r"(?:대체\s?(?:인력|자|교사|직원|근로자)?|후임자?|대타|대신\s?(?:할|일할|올|맡을)\s?(?:사람|직원|분|인력))"
)
_NEW = rf"(?:{_SUBSTITUTE}|새\s?(?:사람|직원|인력)|사람|직원|인원|계약직|기간제|알바|아르바이트|임시직)"
_YET = (
    r"(?:(?:부담\w{0,4}|비싸서|돈이?\s?없어서|여유가?\s?없어서|힘들어서|어려워서|아직|아직은|아직까지|여태|따로"
    r"|전혀|별도로|당장은?|일단은?|지금은|현재|당분간|도저히|더|새로|추가로|누구도|아무도|굳이)\s?)*"
)
_HIRING = r"(?:신규\s?)?(?:채용|고용|충원|모집|구인|인력\s?보충|보충|대체)"
_NOT_DONE = (
    r"(?:안\s?(?:해(?!\s?주)|했|하(?!면|려면)|함|한(?!다면)|할|합|시켰|시킬|됐|된|됨)"
    r"|하지(?:는|도)?\s?않|할\s?(?:생각|계획|예정|마음|의향|형편|여유|여력|상황)[은이도가]?\s?(?:전혀\s)?(?:없|아니|안|못))"
)
_NOT_HIRED = re.compile(
    rf"{_HIRING}(?:은|을|도|는|까지는|까진)?\s?{_YET}{_NOT_DONE}[가-힣]{{0,3}}"
    rf"|(?:{_NEW}(?:은|을|는|를|도)?\s?)?{_YET}안\s?(?:구했|구한\s?상태|구함|구하고\s?있|들였|들일|들이려|모셨)[가-힣]{{0,3}}"
    rf"|{_SUBSTITUTE}(?:은|을|는|를|까지는|까진|도)?\s?{_YET}(?:쓸\s|뽑을\s|구할\s)?(?:생각|고려)(?:은|을|도)?\s?(?:안\s?(?:해|하|했)|하지\s?않|못\s?(?:해|하))[가-힣]{{0,3}}"
    rf"|{_SUBSTITUTE}(?:은|을|는|를|도)?\s?{_YET}안\s?(?:쓰(?!면)|쓸|써(?!도)|씁|썼|구해(?!지|져|도)|뽑)[가-힣]{{0,3}}"
    r"|(?:뽑|구하|채용하|고용하|들이|충원하)(?:려는|ㄹ|을|할|일)\s?(?:생각|계획|예정|마음|의향|형편|여유|여력|처지|상황)[은이도가]?\s?(?:전혀\s)?(?:없|아니|안\s?[돼되됩]|못\s?[돼되됩])[가-힣]{0,3}"
    r"|(?<![가-힣])미\s?(?:채용|충원)(?!\s?(?:사유|시|의\s?경우))"
    rf"|(?:채용|충원|뽑|구하)(?:하)?기?\s?전(?=이[에요고라]|입|임|예|인\s?상태|[\s.!]*$)"
    r"|(?:새로\s|추가로\s|따로\s|대신\s)?(?:뽑은|뽑아\s?둔|뽑아\s?놓은|채용한|구한|구해\s?놓은|구해\s?둔|들인|고용한|모신)\s?(?:대체\s?)?(?:사람|직원|인력|인원|분|대체자)"
    r"[은이도]?\s?(?:아직\s?|한\s?명도\s?|아무도\s?|따로\s?|전혀\s?)?없(?!으면|을\s?때|나요|어도|는데도)[가-힣]{0,3}"
    rf"|(?:채용|구인|모집)?\s?공고(?:도|는|를)?\s?{_YET}(?:안|못)\s?(?:냈|올렸|낸|올린|내|띄웠)[가-힣]{{0,3}}"
    rf"|구인[은도을]?\s?{_YET}안\s?(?:올렸|냈|했|하)[가-힣]{{0,3}}"
)
# A form filled in, or the place left open: nobody comes.
_NONE = re.compile(
    rf"{_SUBSTITUTE}(?:\s?(?:채용|투입|고용|계획|예정))?(?:은|는|:|\s:)?\s?(?:현재\s?|따로\s?|아예\s?|지금\s?)?"
    r"(?:(?:굳이\s|별로\s)?필요\s?없(?:음|습니다|어요(?!\?)|고)|없음|없습니다|없어요(?!\?)|없고요?|없구요?|[xX×](?![가-힣a-zA-Z]))"
)
_IF = re.compile(r"^[가-힣]{0,2}(?:면|려면|으면|거나|더라도|아도|어도)|^\s?(?:경우|시에?는?\s)")
_IF_SO = re.compile(r"(?:면|아도|어도|거나)$")
_ASKED = re.compile(r"\?|나요[\s.?]*$|까요[\s.?]*$")


def find(said: Said) -> Fact | None:
    """ "cover" hire, negated, or none, where a message says so of a noun; no question, no condition."""
    for value, role, pattern in (("hire", "negated", _NOT_HIRED), ("none", None, _NONE)):
        for match in pattern.finditer(said.text):
            last, after = match.group()[-1], said.text[match.end() :]
            if _IF_SO.search(match.group()) or _IF.match(last + after) or _IF.match(after):
                continue
            if _ASKED.search(after[:12]) or asks_a_rule(said, match.start(), match.end()):
                continue
            extra = {"denial_read": True} if role else {}
            return Fact("cover", value, match.start(), match.end(), role=role, extra=extra)
    return None
