"""Leads as tables for spreadsheets: CSV and XLSX, safe to open.

A cell that a spreadsheet would take for a formula is told as text: firms write those names, not we.
"""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import datetime
from typing import Any

from aiohttp import web
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from bot.desk import leads
from bot.desk.audit import record
from bot.desk.database import session as transaction
from bot.desk.lead_models import Lead
from bot.desk.lead_states import CLOSE_REASONS
from bot.desk.leads import Filter, Viewer
from bot.web.console.access import viewer_of
from bot.web.console.pages import center_name, short_time
from bot.web.console.queue_pages import FILTERS, chosen_filter, rows_of
from knowledge_base.clock import now
from knowledge_base.support import support_types

routes = web.RouteTableDef()

MOST_ROWS = 10_000
_PAGE = 100
_HEAD = ("접수번호", "상태", "종결 사유", "접수한 때", "센터", "담당", "회사", "상황", "방문", "첫 연락 기한",
         "첫 연락", "파트너", "지원 유형")
_CONTACT_HEAD = ("담당자", "전화", "이메일")
_WIDTHS = (12, 11, 14, 16, 20, 12, 22, 48, 16, 16, 16, 18, 14, 12, 16, 24)
_FORMULA = tuple("=+-@＝＋－＠\t\r\n|%")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@routes.post("/desk/export")
async def export(request: web.Request) -> web.Response:
    """The queue as it is filtered, as a file. With contact data every row is written into the access log."""
    form = {name: str(value) for name, value in (await request.post()).items()}
    viewer = viewer_of(request)
    chosen = chosen_filter({name: form.get(name, "") for name in FILTERS})
    table = await asyncio.to_thread(_table, viewer, chosen, form.get("contact") == "1" and viewer.sees_contact)
    as_csv = form.get("kind") == "csv"
    body = await asyncio.to_thread(as_csv_file if as_csv else as_xlsx_file, table)
    name = f"donghaeng-leads-{now():%Y%m%d-%H%M}.{'csv' if as_csv else 'xlsx'}"
    return web.Response(
        body=body, content_type="text/csv" if as_csv else _XLSX, charset="utf-8" if as_csv else None,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"})


def safe(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula, without characters a sheet cannot hold."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{clean}" if clean.lstrip(" \u00a0\u200b").startswith(_FORMULA) or clean.startswith(_FORMULA) else clean


def as_csv_file(table: list[list[str]]) -> bytes:
    """CSV with the mark by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([[safe(cell) for cell in row] for row in table])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx_file(table: list[list[str]]) -> bytes:
    """A workbook with one sheet, all of it text, the head row bold and fixed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("접수")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJKLMNOP", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for number, row in enumerate(table):
        sheet.append([_cell(sheet, text, bold=number == 0) for text in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, text: str, *, bold: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=safe(text))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _table(viewer: Viewer, chosen: Filter, with_contact: bool) -> list[list[str]]:
    table = [[*_HEAD, *(_CONTACT_HEAD if with_contact else ())]]
    with transaction() as session:
        after: str | None = None
        while len(table) <= MOST_ROWS:
            found, after = leads.queue(session, viewer, chosen, limit=_PAGE, after=after, light=not with_contact)
            rows = rows_of(session, found)
            table += [[*_row(lead, row), *(_contact(lead) if with_contact else ())]
                      for lead, row in zip(found, rows, strict=True)]
            for lead in found if with_contact else ():
                leads.log_view(session, lead, viewer, "export")
            if after is None:
                break
        record(session, viewer.name, "leads.exported", "leads", {"rows": len(table) - 1, "contact": with_contact})
    return table[:MOST_ROWS + 1]


def _row(lead: Lead, row: dict[str, Any]) -> list[str]:
    return [lead.number, row["state_ko"], CLOSE_REASONS.get(lead.close_reason or "", ""), short_time(lead.created_at),
            center_name(lead.center_id), (lead.claimed_by or row["planner"] or "").removeprefix("token:"),
            lead.company_name or "", " · ".join(row["situation"]),
            _time(row["visit"].starts_at if row["visit"] else None), _time(lead.contact_due_at),
            _time(lead.contacted_at), lead.partner or "", _support(lead.support_type)]


def _support(support_id: str | None) -> str:
    return next((one.name for one in support_types() if one.id == support_id), support_id or "")


def _contact(lead: Lead) -> list[str]:
    return [lead.contact_name or "", lead.phone or "", lead.email or ""]


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
