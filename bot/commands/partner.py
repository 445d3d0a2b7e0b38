"""``donghaeng partner``: enter partners, give them keys, take keys back, and see how much their widget is used."""

from __future__ import annotations

import argparse
from typing import Any


def register(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``partner`` with add, list, change, rotate, revoke and restore."""
    partner = subcommands.add_parser("partner", help="위젯을 넣는 파트너 사이트를 관리한다")
    actions = partner.add_subparsers(metavar="ACTION", required=True)

    add = actions.add_parser("add", help="파트너를 등록하고 키와 넣을 코드를 보여 준다")
    add.add_argument("id", help="영문 소문자 id. 예: suwon-industrial-park")
    add.add_argument("--name", required=True, help="사이트 이름. 예: 수원산업단지")
    add.add_argument("--origin", action="append", required=True, dest="origins", metavar="https://…",
                     help="위젯을 넣을 사이트 주소(여러 번 쓸 수 있음)")
    _settings(add)
    add.set_defaults(run=_add)

    change = actions.add_parser("change", help="파트너 설정을 바꾼다")
    change.add_argument("id")
    change.add_argument("--name")
    change.add_argument("--origin", action="append", dest="origins", metavar="https://…",
                        help="주소 목록을 통째로 바꾼다")
    _settings(change)
    change.set_defaults(run=_change)

    listing = actions.add_parser("list", help="파트너와 이용 수를 보여 준다")
    listing.set_defaults(run=_list)

    rotate = actions.add_parser("rotate", help="새 키를 준다(옛 키는 유예 기간 뒤 멈춘다)")
    rotate.add_argument("id")
    rotate.add_argument("--grace-days", type=int, default=14, help="옛 키를 더 쓸 수 있는 날 수(기본 14)")
    rotate.set_defaults(run=_rotate)

    for name, text in (("revoke", "위젯을 바로 멈춘다"), ("restore", "멈춘 위젯을 다시 연다")):
        action = actions.add_parser(name, help=text)
        action.add_argument("id")
        action.set_defaults(run=_revoke if name == "revoke" else _restore)


def _settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--accent", metavar="#rrggbb", help="강조색(글자가 읽히도록 명암을 맞춰 쓴다)")
    parser.add_argument("--greeting", help="첫인사(300자까지)")
    parser.add_argument("--first-program", action="append", dest="first_programs", metavar="ID",
                        help="먼저 보여 줄 제도 id(다섯 개까지)")
    parser.add_argument("--hours-notice", help="운영시간 안내(200자까지)")


def _given(arguments: argparse.Namespace) -> dict[str, Any]:
    names = ("accent", "greeting", "first_programs", "hours_notice")
    return {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}


def _add(arguments: argparse.Namespace) -> int:
    from bot.desk import database, partners

    database.migrate()
    _check_programs(arguments.first_programs)
    with database.session() as session:
        key = partners.add(session, arguments.id, arguments.name, arguments.origins, **_given(arguments))
        _show_colour(partners.get(session, arguments.id).accent)
    _show_key(key)
    return 0


def _change(arguments: argparse.Namespace) -> int:
    from bot.desk import database, partners

    _check_programs(arguments.first_programs)
    with database.session() as session:
        partner = partners.change(session, arguments.id, name=arguments.name, origins=arguments.origins,
                                  **_given(arguments))
        _show_colour(partner.accent)
    print(f"바꿨어요: {arguments.id}")
    return 0


def _list(_arguments: argparse.Namespace) -> int:
    from bot.desk import database, partners

    with database.session(read_only=True) as session:
        everyone = partners.everyone(session)
        for partner in everyone:
            counted = partners.counts(session, partner.id)
            keys = ", ".join(key.key + (f"(~{key.expires_at:%Y-%m-%d})" if key.expires_at else "")
                             for key in partners.keys(session, partner.id))
            state = " [중지됨]" if partner.revoked_at else ""
            print(f"{partner.id}{state}\t{partner.name}\t{' '.join(partner.origins)}\t열림 {counted['opened']} · "
                  f"대화 {counted['talked']} · 진단 {counted['screened']} · 예약 {counted['booked']}\t{keys}")
    if not everyone:
        print("등록된 파트너가 없어요. `donghaeng partner add`로 등록해 주세요.")
    return 0


def _rotate(arguments: argparse.Namespace) -> int:
    from bot.desk import database, partners

    if arguments.grace_days < 0:
        raise ValueError("--grace-days는 0 이상이어야 해요.")
    with database.session() as session:
        key = partners.rotate(session, arguments.id, grace_days=arguments.grace_days)
    _show_key(key)
    print(f"옛 키는 {arguments.grace_days}일 뒤에 멈춰요.")
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    from bot.desk import database, partners

    with database.session() as session:
        partners.revoke(session, arguments.id)
    print(f"멈췄어요: {arguments.id}")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from bot.desk import database, partners

    with database.session() as session:
        partners.restore(session, arguments.id)
    print(f"다시 열었어요: {arguments.id}")
    return 0


def _check_programs(ids: list[str] | None) -> None:
    from knowledge_base.program_schema import programs

    unknown = [one for one in ids or [] if one not in programs()]
    if unknown:
        raise ValueError(f"그런 제도 id가 없어요: {', '.join(unknown)}. "
                         "knowledge_base/programs의 파일 이름을 적어 주세요.")


def _show_colour(accent: str) -> None:
    from bot.desk import partners

    readable = partners.readable(accent)
    if readable.adjusted:
        print(f"강조색 {accent}은(는) 흰 글자가 잘 읽히지 않아 {readable.light}(으)로 어둡게 해서 써요.")


def _show_key(key: str) -> None:
    from bot.desk.invitation import public_url

    home = public_url("")
    print(f"키: {key}\n페이지의 </body> 앞에 넣을 코드:\n"
          f'<script src="{home}/embed.js" data-key="{key}" async></script>\n점검: {home}/partners/check?key={key}')
