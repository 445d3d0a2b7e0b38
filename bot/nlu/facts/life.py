"""Words of somebody who may take their own life. Whatever else a message says, these are answered first.

Sighs are not meant ("바빠 죽겠어요", "힘들어 죽을 것 같아요"): those are what the act model calls distress or talk.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said

_LIFE_AT_RISK = re.compile(
    r"죽고\s?[싶시십]|죽어\s?(?:버[리릴려렸]|야\s?(?:겠|될|할|되)|도\s?(?:좋|괜찮|상관))|죽으려|죽을\s?(?:생각|결심|방법|용기)|죽는\s?게\s?(?:낫|나을|나아)"
    r"|자살(?!\s?(?:예방|골|률|보험))|자해|목숨[을]?\s?(?:끊|버리)|목\s?(?:을\s?)?(?:매|메)(?:고|달|려|어|서)|뛰어\s?내리(?:고|려|면)|뛰어\s?내릴"
    r"|극단적\s?(?:인\s?)?(?:선택|생각)|나쁜\s?마음\s?(?:을\s?)?먹|(?:그만\s?)?살기\s?싫|살고\s?싶지\s?(?:가\s?)?않|세상\s?(?:을\s?)?(?:떠나|등지)고\s?싶"
    r"|유서(?:까지|를|도)?\s?(?:썼|쓰|써|남기)"
)


def find(said: Said) -> list[Fact]:
    """ "life_at_risk" where the message speaks of dying by one's own hand or of not wanting to live."""
    return [Fact("life_at_risk", True, match.start(), match.end()) for match in _LIFE_AT_RISK.finditer(said.text)][:1]
