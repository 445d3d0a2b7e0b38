"""``donghaeng kb``: check the knowledge, list what is due, show an item, and say what changed since a revision."""

from __future__ import annotations

import argparse
import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any


def register(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``kb`` with check, stale, diff, show and schemas."""
    parser = subcommands.add_parser("kb", help="지식 파일을 살피고 견주고 보여 줍니다")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    check = verbs.add_parser("check", help="모양, 연결, 기간, 중복 배제, 자리표시를 확인합니다")
    check.add_argument("--strict", action="store_true", help="살펴볼 점이 있어도 실패로 끝냅니다")
    check.set_defaults(run=run_check)
    stale = verbs.add_parser("stale", help="다시 확인할 값을 급한 순서로 보여 줍니다")
    stale.add_argument("--on", type=_day, default=None, metavar="날짜", help="이 날을 기준으로(기본: 오늘)")
    stale.add_argument("--json", action="store_true", help="JSON으로")
    stale.set_defaults(run=run_stale)
    diff = verbs.add_parser("diff", help="REV 뒤로 바뀐 금액과 날짜를 우리말로 보여 줍니다")
    diff.add_argument("revision", metavar="REV", help="git 판(예: HEAD~3, main, 커밋 번호)")
    diff.set_defaults(run=run_diff)
    show = verbs.add_parser("show", help="항목 하나를 그대로 보여 줍니다")
    show.add_argument("identifier", metavar="ID")
    show.add_argument("--json", action="store_true", help="JSON으로")
    show.set_defaults(run=run_show)
    schemas = verbs.add_parser("schemas", help="편집기용 JSON Schema를 모델에서 다시 만듭니다")
    schemas.set_defaults(run=run_schemas)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}': 날짜는 2026-11-23처럼 적어 주세요") from error


def run_check(arguments: argparse.Namespace) -> int:
    """Print everything wrong and everything to look at; 1 where something is wrong, 0 otherwise."""
    from knowledge_base.checking import problems, remarks
    from knowledge_base.errors import KnowledgeError
    from knowledge_base.loading import read_knowledge

    broken = _wrong_files()
    if broken:
        for mistake in broken:
            print(f"[고침] {mistake}")
        print(f"파일 {len(broken)}곳이 잘못되어 다른 확인은 하지 못했습니다.")
        return 1
    try:
        knowledge = read_knowledge()
    except KnowledgeError as error:
        print(f"[고침] {error}")
        return 1
    wrong, look = problems(knowledge), remarks(knowledge)
    for label, found in (("고침", wrong), ("살핌", look)):
        for one in found:
            print(f"[{label}] {one}")
    counts = ", ".join(f"{name} {len(items)}" for name, items in (
        ("지원제도", knowledge.programs), ("권리", knowledge.rights), ("질문", knowledge.questions),
        ("사례", knowledge.cases), ("센터", knowledge.centers), ("지역", knowledge.regions),
    ))
    print(f"{counts} · 지식 판 {knowledge.version} · 고칠 것 {len(wrong)}, 살펴볼 것 {len(look)}")
    return 1 if wrong or (arguments.strict and look) else 0


def _wrong_files() -> list[Exception]:
    """The first mistake of every file that is wrong by itself."""
    from knowledge_base.errors import KnowledgeError
    from knowledge_base.items import read_item
    from knowledge_base.json_schemas import MODELS, files_of

    errors: list[Exception] = []
    for name, (_, model) in MODELS.items():
        for file in files_of(name):
            try:
                read_item(file, model)
            except KnowledgeError as error:
                errors.append(error)
    return errors


def run_stale(arguments: argparse.Namespace) -> int:
    """Print what is due on a day, most urgent first."""
    from knowledge_base.clock import today
    from knowledge_base.freshness import due
    from knowledge_base.loading import load_knowledge

    on = arguments.on or today()
    found = due(load_knowledge(), on)
    if arguments.json:
        rows = [{"kind": one.kind, "item": one.item, "what": one.what, "reason": one.reason,
                 "since": one.since.isoformat()} for one in found]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        print(one.text())
    print(f"{on} 기준으로 다시 확인할 것 {len(found)}가지")
    return 0


def run_diff(arguments: argparse.Namespace) -> int:
    """Print what changed in money, dates and wording since a revision."""
    from knowledge_base.clock import today
    from knowledge_base.differences import differences, report, title_of
    from knowledge_base.errors import KNOWLEDGE_ROOT

    old, new = _two_states(KNOWLEDGE_ROOT, arguments.revision)
    titles = {file: title_of(document) for file, document in {**old, **new}.items()}
    print(report(differences(old, new, on=today()), titles))
    return 0


def _two_states(root: Path, revision: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The changed knowledge files at ``revision`` and now, as plain data by path below the repository."""
    import yaml

    from knowledge_base.items import read_document
    from knowledge_base.loading import FOLDERS

    top = Path(_git(root, "rev-parse", "--show-toplevel").strip())
    # A name that begins with a dash would be read as an option, and ^{commit} refuses what is no revision.
    verify = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = _git(root, *verify).strip()
    folders = [str((root / folder).relative_to(top)) for folder in (*FOLDERS, "timeline.yaml")]
    listed = _git(top, "diff", "--name-only", "-z", "--no-renames", commit, "--", *folders).split("\0")
    untracked = _git(top, "ls-files", "-z", "--others", "--exclude-standard", "--", *folders).split("\0")
    files = sorted({file for file in (*listed, *untracked) if file.endswith(".yaml")})
    before = set(_git(top, "ls-tree", "-r", "-z", "--name-only", commit, "--", *folders).split("\0"))
    old = {
        file: yaml.load(_git(top, "show", f"{commit}:{file}"), yaml.CSafeLoader) for file in files if file in before
    }
    new = {file: read_document(top / file) for file in files if (top / file).exists()}
    return old, new


def _git(folder: Path, *words: str) -> str:
    from knowledge_base.errors import KnowledgeError

    command = ["git", "-c", "core.quotePath=false", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        raise KnowledgeError(
            f"git {words[0]}에 실패했습니다: {done.stderr.decode(errors='replace').strip() or '그런 판이 없습니다'}",
            file=folder, to_do="git 저장소 안에서 REV를 HEAD~1이나 커밋 번호처럼 적어 주세요",
        )
    return done.stdout.decode("utf-8")


def run_show(arguments: argparse.Namespace) -> int:
    """Print one item as its file has it, with what belongs to it."""
    from knowledge_base.errors import KNOWLEDGE_ROOT, KnowledgeError
    from knowledge_base.loading import load_knowledge

    knowledge = load_knowledge()
    identifier: str = arguments.identifier
    if identifier in knowledge.regions:
        return _show_region(identifier, arguments.json)
    try:
        kind, item = knowledge.find(identifier)
    except KeyError as error:
        import difflib

        every = [*knowledge.regions, *(one for items in knowledge.kinds().values() for one in items)]
        near = ", ".join(difflib.get_close_matches(identifier, every, n=3)) or "없음"
        raise KnowledgeError(
            f"'{identifier}'라는 항목이 없습니다", file=KNOWLEDGE_ROOT, to_do=f"비슷한 id: {near}"
        ) from error
    if arguments.json:
        print(item.json(by_alias=True, ensure_ascii=False, indent=2))
        return 0
    file = next(iter(sorted(KNOWLEDGE_ROOT.glob(f"**/{identifier}.yaml"))))
    print(f"# {kind} · {file.relative_to(KNOWLEDGE_ROOT.parent)} · 지식 판 {knowledge.version}")
    lines = file.read_text(encoding="utf-8").splitlines()
    print("\n".join(line for line in lines if not line.startswith("# yaml-language-server")))
    if kind == "center":
        print(_jurisdiction_line(identifier))
    return 0


def _jurisdiction_line(center_id: str) -> str:
    from knowledge_base.places import jurisdiction

    names = ", ".join(f"{region.full_name}({region.code})" for region in jurisdiction(center_id))
    return f"# 관할: {names or '확인된 곳 없음'}"


def _show_region(code: str, as_json: bool) -> int:
    from knowledge_base.contacts import contact_for
    from knowledge_base.places import center_for, region

    item, match = region(code), center_for(code)
    if as_json:
        print(item.json(by_alias=True, ensure_ascii=False, indent=2))
        return 0
    print(f"# region · {item.full_name}({code}) · 확신 {match.confidence}")
    print(f"관할 고용센터: {match.center.name if match.center else '확인된 자료 없음'}")
    print(f"기업지원: {match.business_center.name if match.business_center else '확인된 자료 없음'}")
    for phone in contact_for(match).phones:
        print(f"  {phone.label}: {phone.number}")
    if match.note:
        print(f"알아둘 것: {match.note}")
    print(f"부르는 이름: {', '.join(item.names.all())}")
    return 0


def run_schemas(arguments: argparse.Namespace) -> int:
    """Write the JSON Schemas that differ from the models."""
    from knowledge_base.json_schemas import write

    changed = write()
    for file in changed:
        print(f"다시 씀: {file.name}")
    print(f"JSON Schema {len(changed)}개를 다시 썼습니다.")
    return 0
