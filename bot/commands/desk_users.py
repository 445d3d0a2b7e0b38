"""``donghaeng desk-user`` (and ``donghaeng desk add-user``): accounts of people at the desk."""

from __future__ import annotations

import argparse
import getpass
import os
import secrets
import sys

_ROLES = ("planner", "center_lead", "administrator", "partner")


def register(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``desk-user`` with add, list, disable, enable and password."""
    users = subcommands.add_parser("desk-user", help="상담 창구 계정을 만들고 관리한다")
    actions = users.add_subparsers(metavar="ACTION", required=True)
    arguments_of_add(actions.add_parser("add", help="계정을 만든다"))
    listing = actions.add_parser("list", help="계정을 보여 준다")
    listing.set_defaults(run=_list)
    for name, text in (("disable", "계정을 닫고 접속을 모두 끊는다"), ("enable", "닫은 계정을 다시 연다")):
        action = actions.add_parser(name, help=text)
        action.add_argument("email")
        action.set_defaults(run=_disable if name == "disable" else _enable)
    password = actions.add_parser("password", help="새 비밀번호를 정하고 잠금을 푼다")
    password.add_argument("email")
    password.set_defaults(run=_password)


def arguments_of_add(parser: argparse.ArgumentParser) -> None:
    """The arguments of making an account, for this command and for ``donghaeng desk add-user``.

    The password is asked for (or read from DESK_PASSWORD), never an argument: arguments stand in process lists.
    """
    parser.add_argument("email")
    parser.add_argument("--name", required=True, help="다른 사람에게 보이는 이름. 예: 김하늘")
    parser.add_argument("--role", choices=_ROLES, default="planner")
    parser.add_argument("--center", help="센터 id (planner, center_lead)")
    parser.add_argument("--planner", help="달력의 플래너 id. 예: suwon-1")
    parser.add_argument("--partner", help="파트너 id (partner)")
    parser.set_defaults(run=_add)


def _add(arguments: argparse.Namespace) -> int:
    from bot.desk import accounts, database

    database.migrate()
    password, made_up = _new_password()
    with database.session() as session:
        accounts.add_user(
            session, arguments.name, arguments.email, password, role=arguments.role, actor="cli",
            center_id=arguments.center, planner_id=arguments.planner, partner_id=arguments.partner)
    print(f"계정을 만들었어요: {arguments.email}")
    _tell(password, made_up)
    return 0


def _list(_: argparse.Namespace) -> int:
    from bot.desk import accounts, database

    with database.session(read_only=True) as session:
        everybody = accounts.users(session)
    for user in everybody:
        state = "닫힘" if user.disabled else "잠김" if user.locked_until else "사용 중"
        reach = user.center_id or user.partner_id or "-"
        print(f"{user.email}\t{user.name}\t{accounts.ACCOUNT_ROLES[user.role]}\t{reach}\t{state}")
    if not everybody:
        print("계정이 없어요. `donghaeng desk-user add`로 만들어 주세요.")
    return 0


def _disable(arguments: argparse.Namespace) -> int:
    from bot.desk import accounts, database, signed_in

    with database.session() as session:
        signed_in.end_all(session, accounts.disable(session, arguments.email, actor="cli").id)
    print(f"닫았어요: {arguments.email}")
    return 0


def _enable(arguments: argparse.Namespace) -> int:
    from bot.desk import accounts, database

    with database.session() as session:
        accounts.disable(session, arguments.email, actor="cli", disabled=False)
    print(f"다시 열었어요: {arguments.email}")
    return 0


def _password(arguments: argparse.Namespace) -> int:
    from bot.desk import accounts, database, signed_in

    password, made_up = _new_password()
    with database.session() as session:
        signed_in.end_all(session, accounts.set_password(session, arguments.email, password, actor="cli").id)
    print(f"비밀번호를 새로 정했어요: {arguments.email}")
    _tell(password, made_up)
    return 0


def _new_password() -> tuple[str, bool]:
    """A password from DESK_PASSWORD, from the keyboard, or made up where nothing is typed."""
    if given := os.environ.get("DESK_PASSWORD"):
        return given, False
    typed = getpass.getpass("비밀번호(비워 두면 만들어 드려요): ") if sys.stdin.isatty() else ""
    return (typed, False) if typed else (secrets.token_urlsafe(12), True)


def _tell(password: str, made_up: bool) -> None:
    if made_up:
        print(f"비밀번호: {password}\n이 비밀번호는 다시 보여 드리지 않아요.")
