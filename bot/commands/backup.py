"""``donghaeng backup``, ``restore`` and ``migrate``: what an operator does to the databases as a whole."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def register(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``backup``, ``restore`` and ``migrate``."""
    backup = subcommands.add_parser("backup", help="두 데이터베이스(접수·대화)를 쓰는 중에 백업한다")
    backup.add_argument("folder", type=Path, help="백업 폴더들을 둘 곳(암호화된 디스크를 권해요)")
    backup.add_argument("--keep", type=_positive, metavar="N", help="가장 새것 N개만 남기고 지운다")
    backup.set_defaults(run=_backup)
    restore = subcommands.add_parser("restore", help="백업을 되돌린다(서비스를 멈춘 뒤)")
    restore.add_argument("backup", type=Path, help="백업 폴더. 예: backups/donghaeng-20261123T030000-000000")
    restore.add_argument("--replace", action="store_true", help="지금 데이터를 덮어쓴다(그 전에 백업해 둔다)")
    restore.add_argument("--check", action="store_true", help="되돌리지 않고 온전한지, 키가 맞는지만 본다")
    restore.set_defaults(run=_restore)
    migrate = subcommands.add_parser("migrate", help="데이터베이스를 최신으로(또는 --to 판으로) 옮긴다")
    migrate.add_argument("--to", default="head", metavar="REVISION", help="판 번호. 예: 0004 (낮은 판이면 내린다)")
    migrate.set_defaults(run=_migrate)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("1 이상의 수로 적어 주세요")
    return int(text)


def _backup(arguments: argparse.Namespace) -> int:
    from bot.service import backup, dumps

    try:
        made = backup.back_up(arguments.folder, keep=arguments.keep)
    except dumps.DumpError as error:
        print(f"donghaeng: {error}", file=sys.stderr)
        return 1
    print(f"백업했어요: {made}\n연락처를 푸는 키(DESK_KEY 또는 desk-key)는 들어 있지 않아요. 따로 보관해 주세요.")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from bot.service import backup, dumps

    try:
        if arguments.check:
            manifest = backup.check(arguments.backup)
        else:
            manifest = backup.restore(arguments.backup, replace=arguments.replace)
    except dumps.DumpError as error:
        print(f"donghaeng: {error}", file=sys.stderr)
        return 1
    for copy in manifest.copies:
        print(f"{copy.name} ({copy.kind}): 표 {len(copy.rows)}개, {sum(copy.rows.values()):,}줄")
    print(f"{manifest.made_at}의 백업" + ("은 온전하고 키가 맞아요." if arguments.check else "으로 되돌렸어요."))
    return 0


def _migrate(arguments: argparse.Namespace) -> int:
    from bot.desk import database, tokens

    if arguments.to != "head":
        database.migrate(arguments.to)
        print(f"데이터베이스를 {arguments.to} 판으로 옮겼어요.")
        return 0
    database.migrate()
    with database.session() as session:
        path = tokens.first_token(session)
    print(f"데이터베이스가 최신이에요. 관리자 토큰: {path}")
    return 0
