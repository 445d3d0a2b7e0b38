"""What happens or is wished: leaves, reductions, flexible work — told, denied, or only asked about."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.nlu.facts import arrangements, circumstances, over
from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import asks_a_rule, happens

_KID = r"(?:애기?|아이|아기|자녀|애들|첫째|둘째|딸|아들|쌍둥이)"
_HOUR = r"(?:\d{1,2}|여덟|아홉|열|열한|일곱)\s?시(?:\s?반|\s?\d{1,2}\s?분)?"
_WIFE = r"(?:와이프|와이푸|아내|부인|배우자|집사람|안사람|마누라|남편)"
# First match wins where patterns overlap, so the more special come first.
_TYPES: tuple[tuple[str, str], ...] = (
    (
        "spouse_maternity_leave",
        rf"{_WIFE}(?:분)?(?:의|가|이|분이)?\s?(?:출산\s?(?:전후\s?)?휴가|출휴)|배출휴|배우자\s?휴가|배우자\s?출산(?=이?요|이에요|입니다|이고|[\s.!]*$|\s?때문|으로)"
        rf"|(?:득남|득녀)(?:했|해서|하|을)[^.\n]{{0,14}}?(?:휴가|쉬|쉰|빠)|(?<![가-힣])아빠(?:가|\s)?\s?(?:됐|되|된)[^.\n]{{0,10}}?(?:휴가|쉬|쉰)"
        rf"|(?<!딸\s)(?<!며느리\s)(?<!동생\s)(?<!언니\s)산후\s?조리(?:를|를\s)?\s?(?:해\s?[주줘준]|시켜|도와|도우|돕)[^.\n]{{0,12}}?(?:휴가|쉬|쉰|빠지|빠진)"
        rf"|{_WIFE}(?:분)?(?:이|가)?\s?[^.\n]{{0,12}}?(?:제왕절개|유도\s?분만|조산기|조산\s?위험|진통|출산\s?예정일?|예정일)[^.\n]{{0,20}}?(?:휴가|쉬|쉰|빠지|빠진)"
        rf"|(?:아빠|남편|남성|남자)\s?(?:직원\s?)?(?:이|의)?\s?출산\s?휴가"
        rf"|{_WIFE}(?:분)?(?:이|가)?\s?산후\s?조리(?:를|를\s)?\s?(?:한다고|하느라|때문에|해야|한대서|라고)[^.\n]{{0,12}}?(?:휴가|쉬|쉰|빠지|빠진)"
        rf"|{_WIFE}(?:분)?(?:이|가)?\s?(?:곧\s?|이번에\s?|다음\s?달에?\s?|담달에?\s?|[^.\n]{{0,12}}?)(?:출산"
        rf"|애\s?(?:를\s?)?낳|아기?\s?(?:를\s?)?낳|아이\s?(?:를\s?)?낳|배가\s?불러|만삭|산달"
        rf"|해산)[^.\n]{{0,14}}?(?:휴가"
        rf"|쉬|쉰|빠지|빠진|빠질|자리를?\s?비)",
    ),
    (
        "miscarriage_leave",
        r"유산\s?[·,/]?\s?사산(?:\s?휴가)?|유산을?\s?(?:해서|하고|해\s)|유산이\s?(?:돼|되)|유산\s?휴가|사산\s?휴가"
        r"|(?:계류|자연|화학적|초기)\s?유산|소파\s?수술|임신(?:했다가|했는데|이)\s?(?:그만\s|안타깝게\s)?(?:잘못|안\s?됐|안\s?좋게)"
        r"|(?:애|아이|아기|애기)(?:가|를)?\s?(?:유산|잘못\s?됐|잘못\s?돼|떠나보)"
        r"|유산(?=하면)|유산(?:했|을\s?했|하셨"
        r"|을\s?하|됐|이\s?됐|되었|한\s?직원|으로|해서|기|된)|사산(?:했|하|됐|한)|(?:아[기이]|애기?)를?\s?잃"
        r"|(?:배\s?속|뱃속)\s?(?:아이|아기|애)[를가]?\s?(?:잃|잘못|떠나)",
    ),
    (
        "infertility_leave",
        r"난임(?:\s?(?:치료)?\s?휴가|\s?시술|\s?치료)?|시험관(?:\s?(?:시술|아기))?|인공\s?수정|체외\s?수정"
        r"|불임\s?(?:치료|시술)|난자\s?(?:채취|동결|냉동)|배아\s?이식|과배란|(?:동결|신선)\s?이식",
    ),
    (
        "pregnancy_reduced_hours",
        r"임신\s?기\s?(?:근로)?\s?(?:시간)?\s?단축|임단축|임산부\s?(?:근로\s?시간\s?)?단축(?:\s?근무)?"
        r"|(?:임신(?:\s?중|\s?초기|\s?한|했|해서|부|부라)?|임산부|입덧)[^.\n]{0,22}?(?:단축|일찍\s?퇴근"
        r"|늦게\s?출근|하루에?\s?[4-7]\s?시간(?:씩)?\s?(?:근무|일)"
        r"|[두2]\s?시간\s?(?:일찍|줄|덜|단축)|[4-7]\s?시간만|시간(?:을)?\s?줄)",
    ),
    (
        "ten_oclock_start",
        r"(?<![가-힣])(?:애|아이|첫째|둘째|딸|아들)?[^.\n]{0,6}?(?:유치원|어린이집|학교|등원|등교|맡기고|데려다\s?주고|보내\s?놓고|보내고|챙기고|챙겨)[^.\n]{0,16}?(?:10"
        r"|(?<![가-힣])열)\s?시(?:에|까지|부터|쯤|쯤에)?\s?(?:나오|나온|나와|오겠|온대|온다|오고\s?싶|오게|오면|출근)|(?:육아기\s?)?(?:10|열)\s?시\s?(?:에\s?|까지\s?)?출근(?:\s?제)?",
    ),
    (
        "four_and_half_day",
        r"주\s?(?:4|사)\s?(?:\.|점)\s?(?:5|오)\s?일(?:\s?제)?|(?:4|사)\s?(?:\.|점)\s?(?:5"
        r"|오)\s?일\s?제|금(?:요일|욜)(?:은|에|에는|엔|마다|만)\s?[^.\n]{0,6}?(?:오전(?:만|까지만)\s?(?:일|근무|하|나오)|(?:점심|낮)(?:만|까지만)?\s?(?:먹고|까지|먹으면)[^.\n]{0,8}?(?:퇴근|끝|보내|마치)|오후(?:는|에는|에|엔)?\s?쉬)|금(?:요일|욜)\s?오후(?:는|에는|에|엔)\s?(?:다\s|전부\s|모두\s)?쉬(?:게|려|고\s?싶|기로)"
        r"|금(?:요일|욜)\s?(?:오후|반나절)(?:을|를)\s?쉬|격주(?:로)?\s?(?:금요일|주\s?4일|4일|주\s?사일)[^.\n]{0,8}?(?:쉬|휴무|제|근무|일)|주\s?3[56]\s?시간\s?(?:근무)?제|금요일\s?(?:오후)?\s?(?:반차|조기\s?퇴근|일찍)\s?(?:제|퇴근)|주\s?4일\s?반",
    ),
    (
        "family_care_leave",
        r"가족\s?돌봄\s?(?:휴직|휴가)|^가족\s?돌봄(?=이?요|이에요|입니다|[.!]?$)|돌봄\s?휴[직가]|(?:부모님?|어머니"
        r"|아버지|어머님|아버님|시어머니|시아버지|장모님?"
        r"|장인|할머니|할아버지|친정\s?엄마|엄마|아빠)[^.\n]{0,12}(?:간병|돌보|병간호|병수발|모시)[^.\n]{0,14}(?:휴직"
        r"|휴가|쉬|쉰|빠지)|(?:부모님?|어머니|아버지|어머님|아버님|시어머니|시아버지|장모님?|장인|할머니"
        r"|할아버지)[^.\n]{0,12}(?:간병|병간호|병수발)(?:을\s)?(?:해야|하러|한다|하겠)"
        r"|(?:부모님?|어머니|아버지|어머님|아버님|시어머니|시아버지|장모님?|장인|할머니"
        r"|할아버지)[^.\n]{0,8}(?:때문에|아프|아파|편찮|수술|입원|쓰러)[^.\n]{0,14}(?:휴직|쉬겠|쉬고|쉰|쉬어야|쉬려)",
    ),
    (
        "reduced_hours",
        r"소정\s?근로\s?시간\s?단축|가족\s?돌봄\s?(?:등|으로|때문에)?\s?(?:근로)?\s?(?:시간)?\s?단축"
        r"|워라밸\s?일자리(?:\s?장려금)?"
        r"|실\s?(?:근로)?\s?(?:노동)?\s?시간\s?단축|(?:은퇴|정년|퇴직|학업|공부|대학원|건강|몸이|허리가"
        r"|병원\s?치료|간병|부모님?"
        r"|어머니|아버지)[^.\n]{0,14}(?:단축\s?근무|근로\s?시간\s?단축|시간(?:을)?\s?(?:좀\s|조금\s)?줄)",
    ),
    (
        "childcare_reduced_hours",
        rf"(?:퇴근|출근)(?:을|시간을?)?\s?(?:[1-3]|한|두|세)\s?시간(?:씩)?\s?(?:만\s)?(?:더\s)?(?:당겨|앞당겨|일찍"
        rf"|빨리|늦춰|미뤄|당기|늦추)[^.\n]{{0,16}}?(?:{_KID}|어린이집|유치원|등원|하원)"
        rf"|(?:{_KID}|어린이집|유치원|등원|하원)[^.\n]{{0,18}}?(?:퇴근|출근)(?:을|시간을?)?\s?(?:[1-3]|한|두"
        rf"|세)\s?시간(?:씩)?\s?(?:만\s)?(?:당겨|앞당겨|일찍|빨리|당기)"
        r"|(?<!일찍\s와서\s)(?<!나와서\s)(?<!출근해서\s)(?<!나오고\s)(?<!출근하고\s)(?:[1-3]|한|두|세)\s?시간(?:씩)?\s?(?:일찍|빨리|먼저)\s?(?:퇴근|들어가게|보내\s?(?:달|주)|가겠|가고\s?싶|나가겠|나가고\s?싶)"
        r"|퇴근(?:을|은|시간을)?\s?(?:[1-3]|한|두|세)\s?시간(?:씩)?\s?(?:만\s)?(?:더\s)?(?:일찍|빨리)\s?(?:하고\s?싶|하겠|하게|해\s?달)"
        r"|(?:오전|오후|반나절|반일)(?:에)?만?\s?(?:일|근무)(?:만)?\s?(?:하고\s?싶|하겠|하게\s?해|한대|할\s?거래"
        r"|하려)|반일\s?근무"
        r"|주\s?(?:[34]|삼|사)\s?일만\s?(?:나오|일하|근무하)(?:고\s?싶|겠|게|려|ㄴ대)"
        r"|(?<![가-힣])시간(?:을|만)?\s?(?:좀\s|조금\s)?(?:(?:단축해|줄여)\s?(?:달|주[려기]|줄\s?수)|줄이고\s?싶)"
        rf"|늦게\s?(?:출근하|나오)게[^.\n]{{0,14}}?(?:{_KID}|등원|유치원|어린이집)"
        rf"|육아\s?시간(?=을|를|\s?(?:달|쓰|써|두|2|요|이요|[.!]*$))|육아\s?기?\s?(?:근로\s?)?(?:시간\s?)?단축(?:\s?(?:근무|근로|제도|제))?|육단축?"
        rf"|{_KID}[^.\n]{{0,18}}?(?:일찍\s?퇴근"
        rf"|조기\s?퇴근|시간(?:을)?\s?줄|단축\s?근무|시간\s?단축|하루\s?(?:4|5|6|네|다섯|여섯)\s?시간만?"
        rf"|반나절만|늦게\s?출근)"
        rf"|\d\s?시까지만?\s?(?:일하|근무하|하)[^.\n]{{0,12}}{_KID}|{_KID}[^.\n]{{0,14}}\d\s?시까지만?\s?(?:일하"
        rf"|근무)"
        r"|주\s?\d{2}\s?시간(?:으로|만)(?=\s?(?:요|이요|하|일|근무|[.!]?$))|하루에?\s?(?:8"
        r"|여덟)\s?시간에서\s?(?:[4-7]|네|다섯|여섯|일곱)\s?시간으로"
        r"|하루에?\s?(?:[1-4]|한|두|세|네)\s?시간(?:씩)?\s?(?:줄이|줄여|단축)|[1-4]\s?시간\s?줄여서"
        r"|(?:[1-5]|한|두|세|네|다섯)\s?시에\s?퇴근하(?:고\s?싶|게\s?해\s?달|겠|게\s?해\s?주)"
        r"|주?\s?\d{1,2}\s?시간(?:으로|만|으로만)\s?(?:줄여|줄이|줄인|단축|일하고\s?싶|근무하고\s?싶|일하겠|근무하겠)"
        r"|(?:근로|근무)\s?시간(?:을)?\s?(?:단축|줄이|줄여)|단축\s?(?:근무|근로)(?:\s?제)?|하루에?\s?(?:[1-6]"
        r"|한|두|세|네|다섯|여섯)\s?시간(?:씩)?\s?(?:덜|일찍|줄여|줄이|만\s?(?:일|근무|하고\s?싶|하겠|하게|나오겠"
        r"|나오고\s?싶))"
        r"|(?<!알바는\s)(?<!알바가\s)(?<!파트는\s)(?:하루에?\s?)?(?<![\d가-힣])(?:[2-6]|두|세|네|다섯|여섯)\s?시간(?:씩)?만\s?(?:나온|일한|근무한|나오겠|일하겠|나오고\s?싶|일하고\s?싶|근무하고\s?싶|나오면\s?안)(?:대|다고|다는|다네|답니|어\s?하|다더|되냐)"
        r"|(?<!알바는\s)(?<!알바가\s)(?:오전|오후|반나절)(?:에)?만\s?(?:나온대|나온다[고는네더]|나오겠|나오고\s?싶|나오게\s?해|나오면\s?안)|주에?\s?(?:[34]|삼|사|세|네)\s?(?:일|번)만\s?(?:나온대|나온다[고는네]|일한대|일한다[고는네]|근무한대)",
    ),
    (
        "return_from_leave",
        r"복직(?!\s?자(?!예요|입니다|이에요|임))|(?:휴직|출휴|출산\s?휴가|육휴)[^.\n]{0,18}?(?:복귀|돌아오|돌아온"
        r"|돌아와|돌아왔|돌아옵|(?<!못\s)돌아올)|(?:휴직|출휴|출산\s?휴가|육휴)\s?(?:갔던|간|중이던|들어갔던|들어간|쓰던|썼던|썼다가|갔다가|가\s?있던|중인|하던|마친|끝낸|끝난)\s[^.\n]{0,16}?(?:나와(?!\s?있)|나온대|나옵|출근)|(?:휴직|출휴|출산\s?휴가|육휴|휴가)(?:이|가)?\s?(?:끝나고|마치고"
        r"|끝내고)\s[^.\n]{0,10}?(?:나와요|나온대|나옵|나오기로|출근)|(?:육아\s?휴직"
        r"|육휴)[^.\n]{0,6}?끝나(?!고\s?(?:바로\s?)?(?:이어서?\s?)?(?:육아|출산))|(?:휴직|육휴|휴가|출휴)\s?(?:중)?이었는데[^.\n]{0,24}?(?:출근|나와|나온|돌아)|(?:휴직|육휴|출휴|휴가)(?:은|는|이|가)?\s?(?:다\s)?끝났고[^.\n]{0,14}?(?:나와|출근|일해)"
        r"|(?<![가-힣])다시\s?(?:나온대|나온다|나오기로|나오신|나오겠|출근한대|출근해요|출근합|출근하기로|출근하신)(?![^.\n]*(?:뽑|알바))|(?:복귀|돌아오"
        r"|돌아온)[^.\n]{0,6}(?:직원|하는데|한대|예정)"
        r"|(?:직원|친구|분|대리|과장|주임|선생님|쌤)(?:이|은|는)?\s(?:[^.\n]{0,8}?(?:월|주|달)에?\s)(?:돌아와요|돌아온대|돌아옵니다|돌아온답)",
    ),
    (
        "parental_leave",
        rf"육아\s?휴[직식진가]|육아\s?유직|유가\s?휴직|육야\s?휴직|육휴|육아로\s?휴직|{_KID}(?:를|을)?\s?(?:키우"
        rf"|보|돌보|봐줄|봐\s줄|봐\s?준|봐\s?주|돌봐줄|돌봐\s?준|봐야|보느라|키운|때문에|땜에"
        rf"|맡길)[^.\n]{{0,22}}?(?:쉬|쉰|휴직)|(?:쉬겠|쉰|쉬고\s?싶)[가-힣]{{1,3}}\s?{_KID}\s?(?:때문|보느라|키우"
        rf"|봐야|돌보)|아빠\s?휴직|엄마\s?휴직"
        rf"|{_KID}(?:가|는|이)?\s[^.\n]{{0,20}}?(?:때문에|못\s?해서|해야\s?해서|입학)[^.\n]{{0,8}}?(?:달|년"
        rf"|개월)\s?(?:정도\s|쯤\s|만\s)?(?:쉬고|쉰|쉬겠)",
    ),
    (
        "maternity_leave",
        rf"산전\s?휴가|조리원(?:에\s?(?:있|들어|가|계)|에서\s?(?:쉬|쉰))|출산\s?전후\s?휴가|산전\s?(?:산)?후\s?휴가|출산\s?휴[가과직식]|출산후가|출휴|산휴"
        rf"|(?<![가-힣])몸(?:을)?\s?(?:푼다|풀러|풀고\s?온)|산후\s?조리[^.\n]{{0,12}}?(?:쉬|쉰|빠지|빠진|비우"
        rf"|비워)|출산(?:이라서?|이어서|\s?때문에|으로|하느라|하면서|해서|하고)[^.\n]{{0,14}}?(?:자리를?\s?(?:비|빠)|쉬|쉰|빠지"
        rf"|빠진|빠질)|(?:출산|해산)(?:하러"
        rf"|한대|한다|해요|하게|하는\s?직원|하신|을\s?(?:한|앞)|하려|할\s?(?:예정|것|거|직원)|\s?예정(?!\s?일))"
        rf"|{_KID}(?:를|을)?\s?(?:낳으러|낳는(?:대|다|\s?직원)|낳아요|낳습니다|낳거든|낳는답|낳을\s?(?:예정|거)|낳게\s?(?:됐|생))|만삭"
        rf"|(?<![\d한두세네십오])분만(?!\s?(?:더|늦|일찍|기다))",
    ),
    (
        "flexible_work",
        r"유연\s?근무(?:\s?제)?|유연\s?근로|탄력\s?근무|시차\s?출퇴?근(?:\s?제)?|시차\s?제|시차\s?근무"
        r"|시차(?=로\s?(?:하|할|출|일|바|요)|로요|를\s?(?:두|쓰)|요$|이요$)"
        r"|출퇴근(?:\s?시간)?(?:을)?\s?(?:한|두|1|2|삼십|30)\s?(?:시간|분)\s?(?:씩\s?)?(?:늦|당기|당겨|미뤄|미루"
        r"|일찍|뒤로|앞으로)"
        r"|(?:출근|퇴근)(?:을|시간을?)?\s?(?:한|두|1|2|삼십|30)\s?(?:시간|분)\s?(?:씩\s?)?(?:늦|당기|당겨|일찍"
        r"|미루|미뤄|뒤로)[^.\n]{0,16}(?:퇴근|출근)"
        r"|(?:[1-3]|한|두)\s?시간\s?(?:늦게|일찍)\s?출근(?:하고|해서)[^.\n]{0,10}?(?:늦게|일찍)\s?퇴근"
        r"|원격(?=으로|이요|요$)|재택(?:\s?근무)?(?:\s?제)?|원격\s?근무|집에서\s?(?:일|근무|한대|한다네|하겠대"
        r"|하게\s?해)|리모트(?:\s?(?:워크|근무))?"
        r"|선택(?:적)?\s?(?:근무|근로)(?:\s?시간)?(?:\s?제)?|출근\s?시간(?:을|은)?\s?(?:좀\s|조금\s)?(?:조정|조절"
        r"|늦춰|늦추|미뤄|바꿔|변경)|\d{1,2}\s?시\s?출근(?:을|에서)?\s?\d{1,2}\s?시(?:로|\s?출근으로)"
        rf"|출근(?:을|은|시간을|시간은|시간이)?\s?(?:아침\s|오전\s)?{_HOUR}\s?(?:에서|부터|~|-|에서부터)\s?{_HOUR}[^.\n]{{0,10}}?(?:사이|고르|늦추|늦춰|미루|미뤄|당기|당겨"
        r"|바꾸|바꿔|조정|옮기|옮겨|알아서|골라|자유|선택)"
        r"|출퇴근(?:은|을|도)?\s?자유|코어\s?타임"
        r"|(?:출근|출퇴근)(?:을|은|시간을|시간은)?\s[^.\n]{0,10}?(?:알아서|각자|자기가|자율로|자유롭게)"
        r"|유연하게\s?(?:근무|일|출근|출퇴근)|출근\s?시간(?:을|은)?\s[^.\n]{0,16}?(?:골라|선택해|자유롭게)"
        r"|자율\s?출퇴근(?:\s?제)?|출퇴근\s?시간(?:을)?\s?(?:자유"
        r"|조정|바꾸|다르게|조절)|스마트\s?워크",
    ),
)
_MODES: tuple[tuple[str, str], ...] = (
    (
        "staggered",
        r"시차|^(?:출근|퇴근)|^출퇴근[^.]*(?:늦|당기|당겨|미루|미뤄|일찍|뒤로|앞으로)|출근\s?시간"
        r"|\d{1,2}\s?시\s?출근|출퇴근\s?시간(?:을)?\s?(?:조정|바꾸|다르게|조절)|자율\s?출퇴근",
    ),
    ("telework", r"재택|집에서"),
    ("remote", r"원격|리모트|스마트\s?워크"),
    ("selective", r"선택(?:적)?\s?(?:근무|근로)"),
)
# "휴직 말고 단축이요": the short words mean the childcare kind where nothing else is said.
_SHORT = re.compile(
    r"(?P<leave>(?<![가-힣])휴직)|(?P<cut>(?<![가-힣])단축(?!\s?(?:키|어)))"
    r"|(?P<maternity>(?<![가-힣])(?<![월일]\s)출산(?=이요"
    r"|이에요|요$|$))"
)
_SHORT_BAD = re.compile(
    r"(?:그런|이런|무슨|어떤|병가|무급|유급|질병|군|학업|산재|개인|가족\s?돌봄|돌봄|안식|육아|유가|육야|임신기?|시간|근로|근무)\s?$"
)
_FOUND = tuple((kind, re.compile(pattern)) for kind, pattern in _TYPES)
_MODE_FOUND = tuple((mode, re.compile(pattern)) for mode, pattern in _MODES)
_MONEY_WORD = re.compile(
    r"^\s?(?:지원금|급여|장려금|제도|제|수당|지원|특례|인센티브|사업|관련|신청서|서류|기간(?!은?\s?:?\s?\d)|조건"
    r"|자격|대상|중\s?(?:해고"
    r"|연차|퇴사|4대|급여|월급|알바|임금))"
)
_CONDITION = re.compile(
    r"^[^.,?!\n]{0,6}?(?:쓰|가|하|들어가|보내|주|내|시키|나가|신청하|사용하)?(?:면|으면|려면|라면|이면)\b"
    r"|^\s?(?:쓰면|가면|하면|들어가면|보내면|주면|보내주면)"
)
# "출산휴가 끝나면 바로 육아휴직 쓴대요" tells two that follow each other.
_ONE_AFTER_ANOTHER = re.compile(
    r"\s?(?:이|가)?\s?(?:다\s)?(?:끝나(?:면|는\s?대로)|마치면|쓰고\s?나면|갔다\s?오면"
    r"|다녀오면)\s[^.?!\n]{0,10}?(?:이어서|바로|곧|육아|육휴|휴직|단축|복직|복귀)"
)
_RULE_CHANGES = re.compile(
    r"^\s?(?:급여|지원금|기간|제도|일수|장려금)?(?:이|가|도|는|은)?\s?(?:또\s?|더\s?)?(?:늘어[나난]|오른|오르|바뀌"
    r"|바뀐|달라[지진]|확대|개정|생긴다|인상)"
)
_IF_AFTER = re.compile(r"^[가-힣]{0,4}\s?[가-힣]{0,5}면(?=[\s,.?]|$|은\s|요)")
_BEARS_ONLY = re.compile(r"낳(?:아요|습니다|거든|는답|을)")
_SOMEBODY = re.compile(r"[가-힣](?:이|가|은|는|께서)\s[^.?!\n]*$")
_HIS_WIFE = re.compile(rf"{_WIFE}(?:분)?(?:이|가|도|는|은)?\s[^.\n]*$|{_WIFE}(?:분)?(?:이|가)?\s?$")
_OURS = re.compile(r"저희|우리|저흰|우린|직원이|여직원|남직원|제가\s")


def find(said: Said) -> list[Fact]:
    """Events ("event_type", and "flexible_mode" where one is named) of the message."""
    found: list[Fact] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(said.text):
            fact = Fact("event_type", kind, match.start(), match.end())
            bears = kind == "maternity_leave" and "낳" in match.group()
            if bears and _HIS_WIFE.search(said.before(match.start(), 14)):
                continue  # the wife of a worker: his leave is another one, where it is named
            if bears and _BEARS_ONLY.search(match.group()) and not _SOMEBODY.search(said.text[: match.start()]):
                continue  # "다음주에 애 낳아요": who bears it is not told
            if not any(fact.overlaps(other) for other in found):
                found.append(replace(fact, role=_role(said, fact)))
    found = [_by_its_reason(said, fact) for fact in found]
    told = [] if said.is_bare and "?" in said.text else circumstances.find(said, found)
    found.extend(replace(fact, role=_role(said, fact)) for fact in told)
    found.extend(_short_words(said, found))
    found = [over.told_so(said, fact) for fact in found]
    found.sort(key=lambda fact: fact.start)
    arranged = [replace(fact, role=_role(said, fact)) for fact in arrangements.find(said, found)]
    return _one_event(said, found) + _modes(said, found) + arranged


_NAMED_CUT = re.compile(r"육아|육단|단축\s?(?:근무|근로)\s?제|워라밸")


def _by_its_reason(said: Said, fact: Fact) -> Fact:
    """Working less, named by nothing but the hours, is what its reason makes it."""
    if fact.value != "childcare_reduced_hours" or _NAMED_CUT.search(said.text[fact.start : fact.end]):
        return fact
    return replace(fact, value=circumstances.reason_of_cut(said.text) or fact.value)


# "복직하겠다고 했다가 그만둔대요": nobody returns.
_STAYS_AWAY = re.compile(
    r"[가-힣]{0,3}\s?[가-힣]{0,3}(?:다고|더니|다가|기로|려다|려다가|는데)\s?[^.?!\n]{0,12}?(?:그만|관둔|관두|관뒀|퇴사|사직|사표|나간대|나가겠|안\s?(?:온|나온|오|돌아)|못\s?(?:온|나온|오))"
)


def _role(said: Said, fact: Fact) -> str | None:
    after = said.after(fact.end, 16)
    if fact.value == "return_from_leave" and _STAYS_AWAY.match(said.after(fact.end, 30)):
        return "negated"
    if said.is_bare and re.match(r"^\s?(?:이?요|이에요|예요|이예요|입니다|임|인데요|이고요)?[\s.!]*$", after):
        return None
    if _ONE_AFTER_ANOTHER.match(said.text[fact.end :]) and not re.search(r"\?|나요|까요|되나"
        r"|수\s?있", said.text[fact.end :]):
        return None
    if (
        (_CONDITION.search(after) or _IF_AFTER.match(after))
        and not _OURS.search(said.text[: fact.end])
        and not re.search(r"\d\s?월|다음\s?달|담달|내년", said.text[: fact.start])
    ):
        return "hypothetical"
    if asks_a_rule(said, fact.start, fact.end) or _RULE_CHANGES.match(after):
        return "hypothetical"
    if (
        _MONEY_WORD.match(after)
        and not happens(said, fact.start, fact.end)
        and not re.search(r"직원|간대|쓴대", said.text)
    ):
        return "hypothetical"
    return None


def _short_words(said: Said, found: list[Fact]) -> list[Fact]:
    short: list[Fact] = []
    for match in _SHORT.finditer(said.text):
        if any(match.start() < fact.end and fact.start < match.end() for fact in found):
            continue
        if _SHORT_BAD.search(said.before(match.start(), 6)):
            continue
        kind = {"leave": "parental_leave", "cut": "childcare_reduced_hours", "maternity": "maternity_leave"}[
            match.lastgroup or ""
        ]
        if kind == "childcare_reduced_hours" and "임신" in said.text:
            kind = "pregnancy_reduced_hours"
        fact = Fact("event_type", kind, match.start(), match.end(), confidence=0.7)
        short.append(replace(fact, role=_role(said, fact)))
    return short


def _one_event(said: Said, found: list[Fact]) -> list[Fact]:
    """The same event told twice counts once; asserted before asked."""
    kept: list[Fact] = []
    for fact in found:
        same = next(
            (
                other
                for other in kept
                if other.value == fact.value
                and "negated" not in (other.role, fact.role)
                and not _denied(said, other)
                and not _denied(said, fact)
            ),
            None,
        )
        if same is None:
            kept.append(fact)
        elif same.role and not fact.role:
            kept[kept.index(same)] = fact
    asserted = {fact.value for fact in kept if not fact.role}
    # "복직" beside the leave it ends is told of; the leave is then not a new one.
    if (
        "return_from_leave" in asserted
        and "parental_leave" in asserted
        and re.search(r"끝나|복직|복귀|돌아", said.text)
    ):
        kept = [fact for fact in kept if fact.value != "parental_leave" or _denied(said, fact)]
    return kept


def _denied(said: Said, fact: Fact) -> bool:
    return bool(re.match(r"\s?(?:이|가|은|는)?\s?(?:말고|아니)", said.after(fact.end, 8)))


def _modes(said: Said, found: list[Fact]) -> list[Fact]:
    flexible = [fact for fact in found if fact.value == "flexible_work"]
    modes: list[Fact] = []
    for fact in flexible:
        text = said.text[fact.start : fact.end]
        for mode, pattern in _MODE_FOUND:
            if pattern.search(text) and not any(other.value == mode and other.role == fact.role for other in modes):
                modes.append(Fact("flexible_mode", mode, fact.start, fact.end, role=fact.role))
                break
    return modes
