"""Contact data as it may be shown in logs, lists and messages: enough to recognise, not enough to use."""

from __future__ import annotations

import logging
import re

_PHONE = re.compile(r"(?<!\d)(0\d{1,2})[-. )]*(\d{3,4})[-. ]*(\d{4})(?!\d)")
_RESIDENT = re.compile(r"(?<!\d)\d{6}[-\s]*[1-8]\d{6}(?!\d)")
_EMAIL = re.compile(r"([\w.+-])[\w.+-]*@([\w-]+(?:\.[\w-]+)+)")


def mask_phone(phone: str) -> str:
    """"010-1234-5678" → "010-****-5678"."""
    digits = re.sub(r"\D", "", phone)
    return f"{digits[:3]}-****-{digits[-4:]}" if len(digits) >= 9 else "****"


def mask_name(name: str) -> str:
    """"김하나" → "김*나", "이솔" → "이*"."""
    bare = name.strip()
    if len(bare) <= 1:
        return "*" * len(bare)
    return bare[0] + "*" * max(len(bare) - 2, 1) + (bare[-1] if len(bare) > 2 else "")


def mask_email(email: str) -> str:
    """"hana@firm.kr" → "h***@firm.kr"."""
    return _EMAIL.sub(r"\1***@\2", email.strip())


def mask_text(text: str) -> str:
    """Free text with phone numbers, 주민등록번호 and mail addresses masked."""
    text = _RESIDENT.sub("******-*******", text)
    return _EMAIL.sub(r"\1***@\2", _PHONE.sub(lambda match: f"{match[1]}-****-{match[3]}", text))


class MaskingFilter(logging.Filter):
    """A log filter that masks what a message and its arguments say; put it on handlers of every process."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the record's text by its masked form; never drops a record."""
        record.msg, record.args = mask_text(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask_text(record.exc_text)
        return True
