"""Whether a question's topic is found: the labelled knowledge ids against the knowledge search's ranking."""

from __future__ import annotations

from collections.abc import Sequence

from bot.nlu.evaluation import Utterance


def topic_recall(utterances: Sequence[Utterance], limit: int = 3) -> tuple[float, float, int]:
    """Share of labelled questions whose topic comes first, share within ``limit``, and how many were labelled."""
    from knowledge_base.search import search

    labelled = [utterance for utterance in utterances if utterance.topic]
    ranks = [[hit.id for hit in search(utterance.text, limit=limit)] for utterance in labelled]
    first = sum(bool(found) and found[0] in utterance.topic for found, utterance in zip(ranks, labelled, strict=True))
    among = sum(bool(set(found) & set(utterance.topic)) for found, utterance in zip(ranks, labelled, strict=True))
    return first / max(1, len(labelled)), among / max(1, len(labelled)), len(labelled)


def report(utterances: Sequence[Utterance]) -> str:
    """One Markdown line for the evaluation."""
    first, among, count = topic_recall(utterances)
    return f"### Topics\n\nOf {count} questions with a labelled topic, search puts it first in {first:.1%}, " \
           f"among the first three in {among:.1%}.\n"
