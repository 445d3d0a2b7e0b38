"""Files that leave the desk: tables for spreadsheets, and wrong verdicts as screening cases."""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import date

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.desk import database
from bot.desk.models import AuditEntry, ContactView, Lead
from bot.web.console.exports import as_csv_file, as_xlsx_file, safe
from knowledge_base.facts import Facts
from knowledge_base.screening import screen
from tests.console.conftest import PHONE, Person, make_lead

SignedIn = Callable[[str], Awaitable[Person]]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "|", "%")


def _read(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


async def test_the_csv_holds_the_filtered_queue_without_contact_data(person: SignedIn) -> None:
    first, _ = make_lead(company="하나정밀"), make_lead(company="두리산업", phone="010-3333-4444")
    kim = await person("kim")
    await kim.post(f"/desk/leads/{first}", 303, action="claim")
    rows = _read(await (await kim.post("/desk/export", 200, kind="csv", state="claimed")).read())
    assert [row[6] for row in rows] == ["회사", "하나정밀"]
    assert PHONE not in str(rows)
    with database.session(read_only=True) as session:
        assert session.execute(select(ContactView)).first() is None


async def test_an_export_with_contact_data_logs_every_row(person: SignedIn) -> None:
    make_lead(company="하나정밀"), make_lead(company="두리산업", phone="010-3333-4444")
    answer = await (await person("kim")).post("/desk/export", 200, kind="xlsx", contact="1")
    sheet = openpyxl.load_workbook(io.BytesIO(await answer.read())).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][-2] == "전화"
    assert {row[-2] for row in rows[1:]} == {PHONE, "010-3333-4444"}
    with database.session(read_only=True) as session:
        assert session.execute(select(ContactView.purpose)).scalars().all() == ["export", "export"]
        entry = session.execute(select(AuditEntry).where(AuditEntry.action == "leads.exported")).scalar_one()
    assert {name: entry.details[name] for name in ("rows", "contact")} == {"rows": 2, "contact": True}


@pytest.mark.parametrize("name", ['=HYPERLINK("http://evil.example","열기")', "+82", "-2+3", "@SUM(A1)", "\t=1+1",
                                  " =1+1", "＝1+1", "|calc", "%0A=1"])
async def test_security_a_firms_name_never_becomes_a_formula(person: SignedIn, name: str) -> None:
    make_lead(company=name)
    kim = await person("kim")
    cell = _read(await (await kim.post("/desk/export", 200, kind="csv")).read())[1][6]
    assert not cell.startswith(DANGEROUS)
    book = openpyxl.load_workbook(io.BytesIO(await (await kim.post("/desk/export", 200, kind="xlsx")).read()))
    found = book.active["G2"]
    assert found.data_type == "s"
    assert not found.value.startswith(DANGEROUS)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_security_any_text_survives_both_files_as_text(texts: list[str]) -> None:
    assert not any(safe(text).startswith(DANGEROUS) for text in texts)
    row = [safe(text) for text in texts]
    assert [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in _read(as_csv_file([texts]))[0]] == [
        cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx_file([texts]))).active
    assert all(cell.data_type in ("s", "n") and not str(cell.value or "").startswith("=") for cell in sheet[1] if cell.value)


async def test_wrong_verdicts_become_cases_the_knowledge_tests_can_read(person: SignedIn) -> None:
    lead_id, kim = make_lead(), await person("kim")
    path = f"/desk/leads/{lead_id}"
    assert "아직 표시한 판정이 없어요" in await kim.get("/desk/marks")
    await kim.post(path, 409, action="mark", program="replacement_worker_grant", right="no")
    await kim.post(path, 303, action="mark", program="parental_leave_grant", right="yes")
    await kim.post(path, 303, action="mark", program="replacement_worker_grant", right="no", expected="ineligible",
                   reason=f"감원이 있었대요 {PHONE}")
    await kim.post(path, 303, action="mark", program="win_win_fund_replacement", right="no", reason="기금 소진")
    assert "틀림으로 표시함" in await kim.get(path)
    answer = await kim.raw("GET", "/desk/marks/cases.yaml")
    text = await answer.text()
    assert PHONE not in text
    assert "하나정밀" not in text
    cases = {case["expect"]["program"]: case for case in yaml.safe_load(text)}
    assert set(cases) == {"replacement_worker_grant", "win_win_fund_replacement"}
    with database.session(read_only=True) as session:
        lead = session.get(Lead, lead_id)
    for program, case in cases.items():
        assert set(case) == {"name", "as_of", "facts", "expect"}
        assert case["as_of"] == date(2026, 11, 23)
        said = screen(Facts.read(case["facts"]), as_of=case["as_of"]).verdict(program).to_document()["status"]
        expected = case["expect"]["status"]
        assert said not in ([expected] if isinstance(expected, str) else expected)
        assert lead.number in case["name"]
    assert cases["replacement_worker_grant"]["expect"]["status"] == "ineligible"


async def test_a_partner_is_entered_changed_rotated_and_stopped_in_the_desk(person: SignedIn) -> None:
    admin = await person("admin")
    await admin.post("/desk/partners", 409, id="Wrong Id", name="x", origins="https://a.example")
    await admin.post("/desk/partners", 409, id="new-site", name="x", origins="http://plain.example")
    answer = await admin.post("/desk/partners", 303, id="new-site", name="새 파트너", origins="https://a.example")
    path = answer.headers["Location"].split("?")[0]
    before = await admin.get(path)
    await admin.post(path, 303, action="change", name="새 파트너", origins="https://a.example https://b.example",
                     accent="#ffe000", greeting="어서 오세요", first_programs="replacement_worker_grant", hours_notice="")
    await admin.post(path, 409, action="change", name="새 파트너", origins="https://a.example", accent="#ffe000",
                     first_programs="no_such_program")
    await admin.post(path, 303, action="rotate", grace="7")
    await admin.post(path, 409, action="rotate", grace="-1")
    await admin.post(path, 303, action="revoke")
    after = await admin.get(path)
    for shown in ("https://b.example", "어서 오세요", "멈춤", "잘 읽히지 않아", "에 멈춰요"):
        assert shown in after
        assert shown not in before
    await admin.post(path, 303, action="restore")
    assert "사용 중" in await admin.get(path)
