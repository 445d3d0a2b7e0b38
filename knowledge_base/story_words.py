"""Words by which a story is told on: what went before, what comes next, who leaves for good, another firm."""

from __future__ import annotations

import re

# What went before is looked back at: "육아휴직 1년 다 쓰고요" of somebody who is back.
LOOKED_BACK = re.compile(
    r"다\s*(쓰|썼|쓴)|썼(어|었|대|다|고|는)|쓰고|쓴\s|다녀|했(어|었|대|다|고|는)|갔(다|었)|끝(났|나고|내고)|전에"
)
FOLLOWS = re.compile(
    r"끝나|이어서|이어|다음(에|엔|으로)|뒤에|후에|이제|이번(에|엔)|곧|바로|돌아와|복직|낳고|낳은|들어갔|나면|마치고|그러고|그리고|다시|또"
)
# Who leaves for good does not come back: 복직 is only the word by which it is told.
LEAVES = re.compile(
    r"그만\s*[둔두뒀]|관두|관둔|나간|나가|퇴사|퇴직(?!금|연금)|사직|사표|안\s*(돌아|나오|온)|생각이?\s*없|안\s*하[겠고]|안\s*한대"
)
OTHER_FIRM = re.compile(
    r"(첫|두|세|네|다섯)\s*번째\s*(은|는|회사|업체|고객|거래처|사업장|곳)|(다른|또|나머지)\s*(한\s*|하나\s*)?(곳|군데|회사|업체|거래처|고객|의뢰)"
    r"|(^|\s)[A-Za-z가나다라]\s*(사|업체|회사|기업)(는|은|가|에)|(한\s*(곳|군데|업체)|하나)(은|는)\s"
)
# "이제 돌아와요" goes on with the story, though the word may also put something right.
NOW = ("이제", "지금은", "다시")
