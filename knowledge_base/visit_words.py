"""Words by which people say when a visit suits them, beside dates: half days, "그 다음 주", "더 늦은 시간".

Dates and hours themselves are read in ``bot.nlu.facts``; what they mean while a visit is arranged is worked out in
``actions/visit_times.py``.
"""

from __future__ import annotations

import re

HALF_SAID = (
    ("morning", re.compile(r"오전|아침")), ("afternoon", re.compile(r"오후|점심\s*(후|뒤|이후|지나|먹고)")),
    ("evening", re.compile(r"저녁|퇴근\s*(후|뒤|하고)")),
)
DAY_OF_MONTH = re.compile(r"(?<![\d월])(?<!월\s)(?P<day>[12]?\d|3[01])\s*일(?!\s*(간|동안|정도|씩|이내|전|뒤|후))")
WEEKDAY = re.compile(r"(?P<day>[월화수목금])(요일|욜)")
OF_A_WEEK = re.compile(r"주\s*[월화수목금]")
WEEK_AFTER = re.compile(r"(그|그럼|그러면)\s*다음\s*주|한\s*주\s*(더\s*)?(뒤|미뤄|늦)|일주일\s*(뒤|미뤄|늦)")
DAY_AFTER = re.compile(r"(그|그럼|그러면)?\s*다음\s*날|하루\s*(뒤|더|늦|미뤄)")
DAY_BEFORE = re.compile(r"(그\s*)?전날|하루\s*(앞|먼저|당겨|일찍)")
SAME_TIME = re.compile(r"(같은|그)\s*시간(대|으로|에)|시간(은|도)\s*(같|그대로)")
OTHER_DAY = re.compile(r"다른\s*(날|요일)|그날\s*말고|그날은\s*(안|못)")
LATER = re.compile(r"더\s*(늦|뒤)|늦은\s*(시간|때)|시간만?\s*(더\s*)?(늦|뒤|미)|좀\s*(늦게|뒤)")
EARLIER = re.compile(r"더\s*(이른|일찍|빠른|앞)|이른\s*(시간|때)|시간만?\s*(더\s*)?(일찍|앞|당)|좀\s*(일찍|앞)")
OTHER_TIME = re.compile(r"다른\s*(시간|때)|시간(을|만|도)?\s*(바꿀|바꾸|변경|옮)")
# What the knowledge says of visits on such days and hours is answered, not looked for in the calendar.
OUT_OF_HOURS = re.compile(r"토요일|일요일|주말|휴일|공휴일|저녁|야간|밤")
OF_VISITS = re.compile(r"플래너|컨설팅")
DAY_ITSELF = re.compile(r"오늘|내일|모레|\d")
WEEKDAYS = "월화수목금"
