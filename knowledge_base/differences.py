"""What changed between two states of the knowledge, in Korean, for somebody who reviews it: money and dates first.

Only plain data is compared here; reading an older state from git is ``bot.commands.kb``'s trade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge_base.korean import josa, won

Path = tuple[str, ...]
_DATES = {
    "from": "시작일", "to": "끝나는 날", "checked_on": "확인일", "confirmed_until": "확인한 기간",
    "until": "없어진 날", "as_of": "기준일", "fixed": "정해진 날", "published": "보도일", "date": "날짜",
    "launched": "시작일",
}
_NUMBERS = {"value": "값", "number": "전화번호", "phone": "전화번호", "max": "인원 기준", "below": "인원 기준",
            "months": "개월", "days": "일수"}
# By which key a row of a list is known again when rows are put in or moved.
_ROW_KEYS = ("id", "key", "code", "word", "program", "url", "date", "name", "text")


@dataclass(frozen=True)
class Change:
    """One change: in which file, of what, from what to what. ``weighty`` for money, numbers and dates;
    ``warning`` where history was rewritten instead of appended to."""

    file: str
    where: str
    before: str | None
    after: str | None
    weighty: bool
    warning: str | None = None

    def text(self) -> str:
        """One Korean line."""
        if self.before is None:
            said = f"{self.where}: 새로 {self.after}"
        elif self.after is None:
            said = f"{self.where}: {josa(self.before, '을/를')} 지움"
        else:
            said = f"{self.where}: {self.before} → {self.after}"
        return f"{said}  ※ {self.warning}" if self.warning else said


def differences(old: Mapping[str, Any], new: Mapping[str, Any], *, on: date) -> list[Change]:
    """Changes from ``old`` to ``new`` (file → its plain data), by file and then in the order of the file.

    ``on`` is the day of review: a row that ended before it is history, and changing it is warned of.
    """
    found: list[Change] = []
    for file in sorted({*old, *new}):
        if file not in old:
            found.append(Change(file, "파일", None, _title(new[file]), weighty=True))
        elif file not in new:
            found.append(Change(file, "파일", _title(old[file]), None, weighty=True))
        else:
            found.extend(_changes(file, old[file], new[file], (), None, on))
    return found


def report(changes: list[Change], titles: Mapping[str, str]) -> str:
    """All changes as Korean text: money and dates line by line, other wording counted per file."""
    lines: list[str] = []
    for file in dict.fromkeys(change.file for change in changes):
        own = [change for change in changes if change.file == file]
        lines.append(f"■ {titles.get(file, file)} ({file})")
        lines += [f"  - {change.text()}" for change in own if change.weighty]
        wording = [change.where for change in own if not change.weighty]
        if wording:
            shown = ", ".join(dict.fromkeys(wording[:4])) + (" …" if len(wording) > 4 else "")
            lines.append(f"  - 글이 바뀐 곳 {len(wording)}군데: {shown}")
    return "\n".join(lines) if lines else "금액·날짜·글 가운데 바뀐 것이 없습니다."


def title_of(document: Any) -> str:
    """What a file is about: its name, question, title or id."""
    return _title(document)


def _title(document: Any) -> str:
    if isinstance(document, dict):
        for key in ("short_name", "name", "question", "title", "company", "id", "code"):
            if document.get(key):
                return str(document[key])
    return "목록"


def _changes(file: str, old: Any, new: Any, path: Path, row: dict[str, Any] | None, on: date) -> list[Change]:
    if old == new:
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        return [
            change for key in dict.fromkeys((*old, *new))
            for change in _changes(file, old.get(key), new.get(key), (*path, str(key)), new, on)
        ]
    if isinstance(old, list) and isinstance(new, list):
        before, after = _rows(old), _rows(new)
        return [
            change for key in dict.fromkeys((*before, *after))
            for change in _changes(file, before.get(key), after.get(key), (*path, key), row, on)
        ]
    return [_change(file, old, new, path, row, on)]


def _rows(items: list[Any]) -> dict[str, Any]:
    """A list as rows by a label that survives moving: id, or series and first day; plain values by themselves."""
    rows: dict[str, Any] = {}
    for item in items:
        if not isinstance(item, dict):
            label = str(item)
        elif "series" in item:
            label = f"{item['series']} {item.get('from') or '처음'}부터"
        else:
            label = next((str(item[key]) for key in _ROW_KEYS if item.get(key)), "행")
        while label in rows:
            label += "′"
        rows[label] = item
    return rows


def _change(file: str, old: Any, new: Any, path: Path, row: dict[str, Any] | None, on: date) -> Change:
    key = path[-1] if path else ""
    if isinstance(old, dict) or isinstance(new, dict):
        shown = old if isinstance(old, dict) else new
        weighty = any(part in shown for part in ("value", "from", "number"))
        return Change(file, _where(path), _row_text(old), _row_text(new), weighty, _rewritten(old, new, on))
    weighty = key in _DATES or key in _NUMBERS or "in_force" in path
    warning = None
    if weighty and row and _over(row, on) and key not in ("checked_on", "to"):
        warning = "지난 기간의 값이 바뀌었습니다. 기록은 고치지 말고 덧붙여 주세요"
    return Change(file, _where(path), _value_text(key, old, row), _value_text(key, new, row), weighty, warning)


def _over(row: dict[str, Any], on: date) -> bool:
    end = row.get("to")
    return isinstance(end, date) and end < on


def _rewritten(old: Any, new: Any, on: date) -> str | None:
    if new is None and isinstance(old, dict) and "from" in old:
        return "기간이 있는 행을 지웠습니다. 지난 기록은 남기고 to만 적어 주세요"
    if old is None and isinstance(new, dict) and "from" in new and _over(new, on):
        return "이미 지난 기간의 행을 더했습니다"
    return None


def _where(path: Path) -> str:
    parts = [part for part in path[:-1] if part not in ("values", "pay", "durations", "places")]
    last = path[-1] if path else "파일"
    return " · ".join([*parts, _DATES.get(last) or _NUMBERS.get(last) or last])


def _row_text(row: Any) -> str | None:
    if row is None:
        return None
    if not isinstance(row, dict):
        return _value_text("", row, None)
    days = f"{row.get('from') or ''}~{row.get('to') or ''}" if "from" in row or "to" in row else ""
    named = row.get("label") or row.get("condition") or row.get("name") or row.get("text") or ""
    value = _value_text("value", row["value"], row) if "value" in row else ""
    return " ".join(str(part) for part in (value, days, named) if part) or "행"


def _value_text(key: str, value: Any, row: dict[str, Any] | None) -> str | None:
    if value is None:
        return "모름(null)" if key in ("value", "number", "phone") else None if key not in _DATES else "열린 끝(null)"
    unit = (row or {}).get("unit")
    if key == "value" and isinstance(value, int) and not isinstance(value, bool):
        # A program's amount is in 원 unless it says otherwise; a right says its unit.
        if unit in ("원", "KRW") or (unit is None and row is not None and "label" in row):
            return won(value)
        return f"{value}{unit or ''}"
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
