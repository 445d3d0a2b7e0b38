"""How well and how fast search answers: accuracy on every question set, latency, start time, and what is withheld.

Run with ``.venv/bin/python benchmarks/search.py``. ``fresh`` questions were written after everything was fitted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from statistics import median

from knowledge_base.answers import answer
from knowledge_base.facts import Facts
from knowledge_base.search import evidence, index, search
from knowledge_base.search_fitting import fresh, measure, other_matters, phrasings, report

TODAY = date(2026, 11, 23)


def _milliseconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def _median(run: Callable[[str], object], texts: list[str]) -> float:
    times = []
    for text in texts:
        started = time.perf_counter()
        run(text)
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


def main() -> None:
    """Print the figures, one block a matter."""
    print(f"색인 준비: {_milliseconds(index) / 1000:.1f}초, 항목 {len(index().items)}개\n")
    print(report())
    newest = measure(fresh())
    print(f"{'fresh 전체':<24}{newest.count:>5}{newest.top1:>9.3f}{newest.top3:>9.3f}{newest.strict_top1:>13.3f}\n")
    asked = phrasings("held_out")
    answers = [(phrasing, answer(phrasing.text, facts=Facts(), as_of=TODAY)) for phrasing in asked]
    sure = [(phrasing, given) for phrasing, given in answers if given.confident]
    right = [given for phrasing, given in sure if {phrasing.item, *phrasing.also} & set(given.items)]
    offered = [
        phrasing
        for phrasing, given in answers
        if not given.confident and {phrasing.item, *phrasing.also} & {hit.id for hit in given.alternatives}
    ]
    unsure = max(1, len(asked) - len(sure))
    print(f"답한 물음(held_out): {len(sure) / len(asked):.3f}, 그 가운데 맞는 항목: {len(right) / len(sure):.3f}")
    print(f"답하지 않고 내민 두 가지에 맞는 것이 든 경우: {len(offered) / unsure:.3f}")
    others = other_matters("held_out")
    taken = sum(answer(text, facts=Facts(), as_of=TODAY).confident for text in others)
    print(f"다른 일을 묻는 말에 자신 있게 답한 경우: {taken}/{len(others)}")
    texts = [phrasing.text for phrasing in asked[:200]]
    print(
        f"찾기 {_median(lambda text: search(text + ' '), texts):.1f}ms, "
        f"이 봇의 일인지 가리기 {_median(lambda text: evidence(text + '  '), texts):.1f}ms, "
        f"답까지 {_median(lambda text: answer(text, facts=Facts(), as_of=TODAY), texts):.1f}ms"
    )


if __name__ == "__main__":
    main()
