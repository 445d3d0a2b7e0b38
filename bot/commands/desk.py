"""``donghaeng desk …`` and ``donghaeng purge``: migrations, tokens, the outbox, people's data."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys

from bot.commands.desk_users import arguments_of_add


def register(subcommands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add ``desk`` and ``purge``."""
    desk = subcommands.add_parser("desk", help="방문과 접수: 데이터베이스, 토큰, 발송함, 개인정보")
    actions = desk.add_subparsers(metavar="ACTION", required=True, dest="desk_action")
    migrate = actions.add_parser("migrate", help="데이터베이스를 최신으로 올리고 첫 관리자 토큰을 만든다")
    migrate.set_defaults(run=_migrate)
    arguments_of_add(actions.add_parser("add-user", help="상담 창구 계정을 만든다(`donghaeng desk-user add`와 같다)"))
    _register_token(actions.add_parser("token", help="API 토큰을 만들거나 폐기한다"))
    outbox = actions.add_parser("outbox", help="발송함을 보고, 지금 보내고, 실패한 것을 다시 보낸다")
    outbox.add_argument("what", choices=("show", "deliver", "replay"))
    outbox.add_argument("--id", help="다시 보낼 메시지 하나의 id (없으면 실패한 것 모두)")
    outbox.set_defaults(run=_outbox)
    webhook = actions.add_parser("webhook", help="알림을 받을 주소를 등록한다")
    webhook.add_argument("url")
    webhook.add_argument("--topic", action="append", default=[], help="받을 알림 종류 (없으면 모두)")
    webhook.add_argument("--center", help="이 센터의 것만")
    webhook.add_argument("--with-contact", action="store_true", help="연락처를 가리지 않고 보낸다")
    webhook.set_defaults(run=_webhook)
    person = actions.add_parser("person", help="한 사람의 데이터를 내주거나 지운다")
    person.add_argument("what", choices=("export", "erase"))
    person.add_argument("phone")
    person.set_defaults(run=_person)
    purge = subcommands.add_parser("purge", help="보관 기간이 지난 접수·대화·기록을 지운다")
    purge.set_defaults(run=_purge)


def _register_token(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("create", "revoke", "list"))
    parser.add_argument("--name", help="무엇에 쓰는 토큰인지")
    parser.add_argument("--role", default="planner", help="planner, center_lead, administrator, partner")
    parser.add_argument("--center", help="센터 id (planner, center_lead)")
    parser.add_argument("--partner", help="파트너 id (partner)")
    parser.add_argument("--id", help="폐기할 토큰의 id")
    parser.set_defaults(run=_token)


def _migrate(_: argparse.Namespace) -> int:
    from bot.desk import database, tokens

    database.migrate()
    with database.session() as session:
        path = tokens.first_token(session)
    print(f"데이터베이스가 최신입니다. 관리자 토큰: {path}")
    return 0


def _token(arguments: argparse.Namespace) -> int:
    from sqlalchemy import select

    from bot.desk import database, tokens
    from bot.desk.models import ApiToken

    with database.session() as session:
        if arguments.what == "list":
            for token in session.execute(select(ApiToken).order_by(ApiToken.created_at)).scalars():
                state = "폐기됨" if token.revoked_at else "사용 중"
                reach = token.center_id or token.partner or "-"
                print(f"{token.id}  {token.role:14}  {reach:16}  {state}  {token.name}")
        elif arguments.what == "revoke":
            tokens.revoke(session, arguments.id or "", actor="cli")
            print("폐기했습니다.")
        else:
            token, secret = tokens.create(session, arguments.name or arguments.role, role=arguments.role, actor="cli",
                                          center_id=arguments.center, partner=arguments.partner)
            print(f"{token.id}\n{secret}\n이 토큰은 다시 보여 드리지 않습니다.", file=sys.stdout)
    return 0


def _outbox(arguments: argparse.Namespace) -> int:
    from bot.desk import database, delivery, outbox

    if arguments.what == "deliver":
        print(json.dumps(asyncio.run(delivery.deliver_due(limit=200)), ensure_ascii=False))
        return 0
    with database.session() as session:
        if arguments.what == "replay":
            print(f"{outbox.replay(session, arguments.id, actor='cli')}건을 다시 보냅니다.")
        else:
            print(json.dumps(outbox.counts(session), ensure_ascii=False))
    return 0


def _webhook(arguments: argparse.Namespace) -> int:
    from bot.desk import database, webhooks

    with database.session() as session:
        webhook, secret = webhooks.register(
            session, arguments.url, topics=tuple(arguments.topic), center_id=arguments.center,
            with_contact=arguments.with_contact, actor="cli")
        print(f"{webhook.id}\n{secret}\n이 비밀 값은 다시 보여 드리지 않습니다.")
    return 0


def _person(arguments: argparse.Namespace) -> int:
    from bot.desk import database, models, privacy

    models.load_all()
    with database.session() as session:
        if arguments.what == "export":
            print(json.dumps(privacy.export(session, arguments.phone, actor="cli"), ensure_ascii=False, indent=2))
        else:
            erased = privacy.erase(session, arguments.phone, actor="cli")
            print(f"접수 {erased.leads}건과 대화 {erased.conversations}건의 개인정보를 지웠습니다.")
    return 0


def _purge(_: argparse.Namespace) -> int:
    from bot.desk import database, models, privacy

    models.load_all()
    with database.session() as session:
        print(json.dumps(privacy.purge(session), ensure_ascii=False))
    return 0
