"""Which right speaks of a matter that the one talked of says nothing of, for the same worker.

Work at night is asked about while the hours of a pregnant worker are talked of: the right that protects her from it
answers. Matters are the groups of meaning of ``search_text.py``; that a question is of what is talked of is decided
in ``in_context.py``.
"""

from __future__ import annotations

from functools import lru_cache

from knowledge_base.loading import load_knowledge
from knowledge_base.search_text import words

# Groups of meaning that any right may be asked with.
_OF_ANY_MATTER = frozenset({
    "거부", "의무", "처벌", "지원금", "회사몫", "직원몫", "임신", "작은회사", "소상공인", "연차",
})
_OF_PREGNANCY = ("pregnancy_work_limits", "pregnancy_reduced_hours", "pregnancy_shift_time", "prenatal_checkup_time")
_SAME_WORKER: dict[str, tuple[str, ...]] = {
    **{right: (*(other for other in _OF_PREGNANCY if other != right), "dismissal_ban") for right in _OF_PREGNANCY},
    "maternity_leave": (*_OF_PREGNANCY, "dismissal_ban", "return_to_work"),
    "childcare_reduced_hours": ("childcare_reduced_conditions", "childcare_reduced_hours_benefit"),
    "parental_leave": ("return_to_work", "dismissal_ban", "annual_leave_attendance"),
}


def of_the_same_worker(right: str, question: str) -> str | None:
    """The id of the right for the same worker that speaks of all that ``question`` names, where ``right`` speaks of
    none of it; None else. Raises KnowledgeError where the knowledge cannot be loaded."""
    matters = set(words(question).groups) - _OF_ANY_MATTER
    if not matters or matters & _matters_of(right):
        return None
    return next((other for other in _SAME_WORKER.get(right, ()) if matters <= _matters_of(other)), None)


@lru_cache(maxsize=256)
def _matters_of(identifier: str) -> frozenset[str]:
    return frozenset(words(document(identifier)).groups)


@lru_cache(maxsize=256)
def document(identifier: str) -> str:
    """All that a program, a right or a ready question says, as one text; empty for another id."""
    known = load_knowledge()
    found = known.programs.get(identifier) or known.rights.get(identifier) or known.questions.get(identifier)
    kept = found.dict(exclude={"sources", "aliases", "values"}) if found else {}
    return " ".join(str(value) for value in kept.values() if value)
