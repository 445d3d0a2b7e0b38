"""Whom to call; a resident number is noticed and never carried."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told

KINDS = ("phone", "email", "person_name", "company_name", "booking_number", "resident_number")

CASES = [
    ("담당자 김민지, 010-1234-5678, 회사는 한빛정밀", ["person_name=김민지", "phone=010-1234-5678", "company_name=한빛정밀"]),
    ("예약번호 D7K2M9QX 취소해주세요", ["booking_number=D7K2M9QX"]),
    ("850101-2345678", ["resident_number=True"]),
    ("김민지요", ["person_name=김민지"]),
    ("이름은 박서준이고 전화는 01098765432 입니다", ["person_name=박서준", "phone=010-9876-5432"]),
    ("abc@naver.com 으로 보내주세요", ["email=abc@naver.com"]),
    ("공일공 일이삼사 오육칠팔", ["phone=010-1234-5678"]),
    ("회사 이름은 (주)대한테크입니다", ["company_name=대한테크"]),
    ("㈜가나다", ["company_name=가나다"]),
    ("주식회사 온누리", ["company_name=온누리"]),
    ("저는 한빛정밀 김민지 대리입니다", ["company_name=한빛정밀", "person_name=김민지"]),
    ("담당자는 이수진 과장이고 연락처 010 9999 8888 이에요", ["person_name=이수진", "phone=010-9999-8888"]),
    ("사장 김철수입니다", ["person_name=김철수"]),
    ("010.1234.5678", ["phone=010-1234-5678"]),
    ("031-123-4567로 전화주세요", ["phone=031-123-4567"]),
    ("회사명: 대성산업 / 담당: 박지훈 / 연락처: 010-2222-3333", ["company_name=대성산업", "person_name=박지훈", "phone=010-2222-3333"]),
    ("김민지", ["person_name=김민지"]),
    ("이수진이요", ["person_name=이수진"]),
    ("박서준입니다", ["person_name=박서준"]),
    ("남궁민수예요", ["person_name=남궁민수"]),
    ("저는 최유진이라고 합니다", ["person_name=최유진"]),
    ("담당 정우성 대리", ["person_name=정우성"]),
    ("홍길동 010-1111-2222", ["person_name=홍길동", "phone=010-1111-2222"]),
    ("0212345678", ["phone=02-1234-5678"]),
    ("02-123-4567", ["phone=02-123-4567"]),
    ("1350", []),
    ("1588-1234", []),
    ("고유번호 1234567", []),
    ("123-45-67890", []),
    ("전화번호는 010 1234 5678", ["phone=010-1234-5678"]),
    ("hr@company.co.kr", ["email=hr@company.co.kr"]),
    ("이메일은 Kim.MJ@Hanbit.co.kr 입니다", ["email=kim.mj@hanbit.co.kr"]),
    ("주식회사 해오름", ["company_name=해오름"]),
    ("해오름(주)", ["company_name=해오름(주)"]),
    ("상호는 달콤베이커리예요", ["company_name=달콤베이커리"]),
    ("회사는 수원에 있어요", []),
    ("회사는 제조업이에요", []),
    ("한빛정밀이요", ["company_name=한빛정밀"]),
    ("중소기업이에요", []),
    ("우선지원대상기업", []),
    ("저희 회사는 작아요", []),
    ("예약번호는 d7k2m9qx 입니다", ["booking_number=D7K2M9QX"]),
    ("D7K 2M9 QX", ["booking_number=D7K2M9QX"]),
    ("DELIVERY", []),
    ("디자인회사", []),
    ("900101-1234567", ["resident_number=True"]),
    ("9001011234567", ["resident_number=True"]),
    ("주민번호 900101-2******", ["resident_number=True"]),
    ("850101-2345678 이건데요 010-1234-5678", ["resident_number=True", "phone=010-1234-5678"]),
    ("안녕하세요", []),
    ("육아휴직이요", []),
    ("이번달이요", []),
    ("조금요", []),
    ("모름", []),
    ("서류요", []),
    ("강남이요", []),
    ("화요일", []),
    ("상호는 다온푸드입니다", ["company_name=다온푸드"]),
    ("회사명 서울정공이에요", ["company_name=서울정공"]),
    ("회사명 잘못 썼어요 한울테크예요", ["company_name=한울테크"]),
    ("회사는 서울이에요", []),
    ("저희 회사명은 주식회사 블루웨이브입니다", ["company_name=블루웨이브"]),
    ("회사 이름에 주식회사 빼주세요", []),
    ("회사명 오타예요", []),
    ("예약은 제 이름 말고 김소연으로 해주세요", ["person_name=김소연"]),
    ("저희는 IT기업이에요", []),
    ("사회복지법인 산하 요양원이에요", []),
    ("하나물류 배차팀 강민수 대리예요", ["company_name=하나물류", "person_name=강민수"]),
    ("제 이름은 황보라예요", ["person_name=황보라"]),
    ("방문 예약자는 서동욱 팀장이에요", ["person_name=서동욱"]),
    ("연락은 02-555-1234로 주세요", ["phone=02-555-1234"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_contacts_are_read_as_meant(text: str, expected: list[str]) -> None:
    assert told(text, *KINDS) == expected
