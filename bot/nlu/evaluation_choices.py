"""How the act model's settings were chosen: each alternative trained on ``data/nlu``, read on the development set.

The development set (``tests/nlu/development``) is never trained on; the validation set is not touched here.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.nlu import evaluation, evaluation_models, matter
from bot.nlu.acts import ActModel, Settings
from bot.nlu.evaluation import Reading, Utterance

DEVELOPMENT = Path(__file__).resolve().parents[2] / "tests" / "nlu" / "development"
# One thing is changed at a time against what is in use.
ALTERNATIVES = {
    "in use": Settings(),
    "margin 0.1": Settings(strength=0.1),
    "margin 1.5": Settings(strength=1.5),
    "no sentence vector": Settings(vectors=0.0),
    "no letters": Settings(letters=0.0),
    "no jamo": Settings(jamo=0.0),
    "no morphemes": Settings(morphemes=0.0),
    "no stems": Settings(stems=0.0),
    "every utterance the same say": Settings(evenness=0.0),
    "every act the same say": Settings(evenness=1.0),
    "no cues": Settings(cues=0.0),
    "cues four times as strong": Settings(cues=0.8),
    "vectors half as strong": Settings(vectors=0.6),
}


def development(folder: Path = DEVELOPMENT) -> list[Utterance]:
    """The labelled utterances to choose by, of all files of ``folder``."""
    found = []
    for file in sorted(folder.glob("*.yml")):
        by_act: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
        found += [Utterance(str(text).strip(), act) for act, texts in by_act.items() for text in texts]
    return found


def report() -> str:
    """A Markdown table: every alternative with its macro-F1 and accuracy on the development set."""
    examples = evaluation_models.training_examples()
    texts, acts = [text for text, _ in examples], [act for _, act in examples]
    with matter.second_process(len(texts)) as helper:
        seen = matter.learn_from_many(texts, helper)
    utterances = development()
    lines = ["| features and settings | macro-F1 | accuracy |", "|---|---|---|"]
    for name, settings in ALTERNATIVES.items():
        model = ActModel(settings).fit(texts, acts, seen)
        found = [_read(model, utterance) for utterance in utterances]
        scores = evaluation.act_scores(found)
        lines.append(f"| {name} | {scores.macro_f1:.3f} | {scores.accuracy:.3f} |")
    head = f"### Choices, on {len(utterances)} utterances of the development set, {len(texts)} learned\n"
    return "\n".join([head, *lines]) + "\n"


def _read(model: ActModel, utterance: Utterance) -> Reading:
    act, probability = model.rank(utterance.text)[0]
    return Reading(utterance, utterance.text, act, probability, [], 0.0)
