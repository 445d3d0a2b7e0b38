"""``donghaeng ask``: what search finds for a question, what the bot would answer, and how well search does."""

from __future__ import annotations

import argparse
import json
from datetime import date


def register(subcommands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add ``ask`` to the command line."""
    parser = subcommands.add_parser("ask", help="질문에 맞는 제도·권리·질문을 찾아 순위를 보여 줍니다")
    parser.add_argument("question", nargs="?", help='질문. 예: "육아휴직 거부하면 어떻게 되나요"')
    parser.add_argument("--answer", action="store_true", help="순위 뒤에 답도 보여 줍니다")
    parser.add_argument("--plain", action="store_true", help="답을 쉬운 말로 보여 줍니다")
    parser.add_argument("--about", metavar="ID", help="바로 앞에서 이야기한 항목의 id(이어 묻는 질문용)")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="이 날을 기준으로(2026-11-23)")
    parser.add_argument("--facts", metavar="FILE", help="회사와 휴직의 사실(JSON 파일)")
    parser.add_argument("--limit", type=int, default=5, metavar="N", help="순위를 몇 개까지(5)")
    parser.add_argument("--json", action="store_true", help="JSON으로 보여 줍니다")
    parser.add_argument("--evaluate", action="store_true", help="따로 둔 질문 모음으로 정확도와 빠르기를 잽니다")
    parser.add_argument("--fit", action="store_true", help="tune 질문으로 가중치를 다시 맞춥니다")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Answer one question, or measure, or fit; 0 when done, 2 where nothing was asked."""
    if arguments.fit:
        from knowledge_base.search_fitting import fit_and_store

        print(fit_and_store())
        return 0
    if arguments.evaluate:
        from knowledge_base.search_fitting import report

        print(report())
        return 0
    if not arguments.question:
        raise ValueError('질문을 적어 주세요. 예: donghaeng ask "육아휴직 거부하면 어떻게 되나요"')
    return _ask(arguments)


def _ask(arguments: argparse.Namespace) -> int:
    from knowledge_base.answers import answer
    from knowledge_base.clock import today
    from knowledge_base.facts import Facts
    from knowledge_base.search import search

    hits = search(arguments.question, limit=arguments.limit)
    document = {}
    if arguments.facts:
        with open(arguments.facts, encoding="utf-8") as file:
            document = json.load(file)
    given = answer(
        arguments.question,
        facts=Facts.read(document),
        as_of=arguments.as_of or today(),
        about=arguments.about,
    )
    if arguments.json:
        print(
            json.dumps(
                {
                    "hits": [vars(hit) for hit in hits],
                    "items": given.items,
                    "text": given.text,
                    "plain": given.plain,
                    "confident": given.confident,
                    "aspect": given.aspect,
                    "card": given.card,
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return 0
    for place, hit in enumerate(hits, start=1):
        print(f"{place}. {hit.score:5.1%}  {hit.kind:<8}  {hit.id:<36} {hit.title}")
    if arguments.answer or arguments.plain or arguments.about:
        print(f"\n[{given.aspect}]\n{given.plain if arguments.plain else given.text}")
    return 0
