"""Contact data as it is stored: one spelling each, and the digests by which it is found again."""

from __future__ import annotations

import re

import phonenumbers

from bot.desk import sealing
from bot.desk.errors import DeskError

_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_COMPANY_FORM = re.compile(r"\(주\)|㈜|주식회사|\(유\)|유한회사|\s+")


class ContactInvalid(DeskError):
    """A phone number, address or name that cannot be one; the message says what is expected."""


def normal_phone(phone: str) -> str:
    """A Korean phone number in its national spelling, "010-1234-5678". Raises ContactInvalid."""
    try:
        number = phonenumbers.parse(phone, "KR")
    except phonenumbers.NumberParseException as error:
        raise ContactInvalid("전화번호를 알아보지 못했어요. 010-1234-5678처럼 적어 주세요.") from error
    if number.country_code != 82 or not phonenumbers.is_valid_number(number):
        raise ContactInvalid("쓸 수 있는 국내 전화번호가 아니에요. 010-1234-5678처럼 적어 주세요.")
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return str(national)


def normal_email(email: str) -> str:
    """A mail address without spaces around it. Raises ContactInvalid; a line break can never pass."""
    bare = email.strip()
    if len(bare) > 254 or not _EMAIL.fullmatch(bare):
        raise ContactInvalid("이메일 주소를 알아보지 못했어요. hana@example.co.kr처럼 적어 주세요.")
    return bare


def normal_company(name: str) -> str:
    """A firm's name without its legal form and spaces, for comparison only."""
    return _COMPANY_FORM.sub("", name).casefold()


def phone_digest(phone: str) -> str:
    """The look-up digest of a phone number, however it is spelt. Raises ContactInvalid."""
    return sealing.digest("phone", re.sub(r"\D", "", normal_phone(phone)))


def company_digest(name: str) -> str:
    """The look-up digest of a firm's name."""
    return sealing.digest("company", normal_company(name))
