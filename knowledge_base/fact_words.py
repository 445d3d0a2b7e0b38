"""How facts are called in Korean: names of facts, of their values, and a fact's value as it is said.

Used in the sentences of verdicts. What people write for these words is in ``lexicon/``.
"""

from __future__ import annotations

from datetime import date

from knowledge_base.facts import Range

FACTS = {
    "company.headcount": "상시근로자 수", "company.insured_headcount": "고용보험 피보험자 수",
    "company.industry": "업종", "company.region": "사업장이 있는 곳",
    "company.employment_insurance": "고용보험 가입", "company.large_group": "대기업집단 소속",
    "company.public_institution": "공공기관", "event.type": "쓰려는 제도", "event.mode": "유연근무 방식",
    "event.start": "시작하는 날", "event.months": "기간", "event.child_birth": "아이가 태어난 날(예정일)이나 나이",
    "event.worker_gender": "쉬는 직원의 성별", "event.worker_tenure_months": "근속 기간",
    "event.cover": "빈자리를 메우는 방법", "event.cover_start": "대체인력을 쓰기 시작하는 날",
    "event.coworker_allowance": "동료에게 주는 수당", "wants": "원하는 도움",
}
EVENT_TYPES = {
    "maternity_leave": "출산전후휴가", "spouse_maternity_leave": "배우자 출산휴가",
    "miscarriage_leave": "유산·사산휴가", "infertility_leave": "난임치료휴가", "parental_leave": "육아휴직",
    "childcare_reduced_hours": "육아기 근로시간 단축",
    "pregnancy_reduced_hours": "임신기 근로시간 단축", "family_care_leave": "가족돌봄휴직·휴가",
    "flexible_work": "유연근무", "ten_oclock_start": "육아기 10시 출근제", "reduced_hours": "소정근로시간 단축",
    "four_and_half_day": "주 4.5일제", "return_from_leave": "휴직 뒤 복귀",
}
MODES = {"staggered": "시차출퇴근", "remote": "원격근무", "telework": "재택근무", "selective": "선택근무"}
COVERS = {
    "hire": "새로 채용하는 것", "dispatch": "파견을 쓰는 것", "coworkers": "동료가 나눠 맡는 것",
    "none": "비워 두는 것",
}
GENDERS = {"female": "여성", "male": "남성"}
WANTS = {
    "replacement": "대체인력", "subsidy": "지원금", "flexible_work": "유연근무", "consulting": "컨설팅",
    "childcare_facility": "직장어린이집", "tax": "세금 혜택", "certification": "인증", "local": "지역 지원",
}
INDUSTRIES = {
    "A": "농업·임업·어업", "B": "광업", "C": "제조업", "D": "전기·가스 공급업", "E": "수도·하수·폐기물 처리업",
    "F": "건설업", "G": "도매·소매업", "H": "운수·창고업", "I": "숙박·음식점업", "J": "정보통신업",
    "K": "금융·보험업", "L": "부동산업", "M": "전문·과학·기술 서비스업", "N": "사업시설 관리·사업 지원·임대 서비스업",
    "O": "공공행정", "P": "교육 서비스업", "Q": "보건·사회복지 서비스업", "R": "예술·스포츠·여가 서비스업",
    "S": "협회·단체·수리·개인 서비스업", "T": "가구 내 고용활동", "U": "국제·외국기관",
}
_VALUES = {
    "event.type": EVENT_TYPES, "event.mode": MODES, "event.cover": COVERS, "event.worker_gender": GENDERS,
    "company.industry": INDUSTRIES, "wants": WANTS,
}
_PEOPLE = {"company.headcount", "company.insured_headcount"}
_MONTHS = {"event.months", "event.worker_tenure_months"}


def say(fact: str, value: object) -> str:
    """A value of ``fact`` as it is said in a sentence: 25 → "25명", "C" → "제조업", 12.0 → "12개월"."""
    if isinstance(value, Range):
        return _range(fact, value)
    if isinstance(value, bool):
        return "예" if value else "아니요"
    if isinstance(value, date):
        return f"{value.year}년 {value.month}월 {value.day}일"
    if fact == "event.months" and isinstance(value, (int, float)) and value < 1:
        return f"{round(value * 30)}일쯤"
    if isinstance(value, (int, float)):
        return f"{value:,g}{'명' if fact in _PEOPLE else '개월' if fact in _MONTHS else ''}"
    if isinstance(value, (list, tuple)):
        return "·".join(say(fact, item) for item in value)
    return _VALUES.get(fact, {}).get(str(value), str(value))


def _range(fact: str, value: Range) -> str:
    unit = "명" if fact in _PEOPLE else "개월"
    if value.min == value.max:
        return f"{value.min}{unit}"
    if value.min is None:
        return f"{value.max}{unit} 이하"
    return f"{value.min}{unit} 이상" if value.max is None else f"{value.min}~{value.max}{unit}"
