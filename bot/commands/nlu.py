"""``donghaeng nlu``: how well the trained model reads utterances it has never seen."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.nlu.evaluation import Utterance


def register(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``donghaeng nlu evaluate``."""
    top = subcommands.add_parser("nlu", help="이해 성능 평가")
    inner = top.add_subparsers(metavar="COMMAND", required=True)
    evaluate = inner.add_parser("evaluate", help="검증 문장으로 의도·사실·속도·교란을 재서 표로 출력")
    evaluate.add_argument("--model", type=Path, help="모델 파일(기본: models/의 가장 새것)")
    evaluate.add_argument("--validation", type=Path, help="검증 문장 폴더(기본: tests/nlu/validation)")
    evaluate.add_argument("--worst", type=int, default=20, help="보여 줄 오답 수")
    evaluate.add_argument("--every", type=int, default=1, help="교란은 n번째 문장마다")
    evaluate.add_argument("--no-robustness", action="store_true", help="교란을 재지 않음")
    evaluate.add_argument("--facts-only", action="store_true",
                          help="사실만, 학습된 모델 없이 잼(교란 포함, 1분 안쪽)")
    evaluate.add_argument("--compare-default", action="store_true",
                          help="Rasa 기본 파이프라인을 같은 자료로 학습해 나란히 비교(몇 분 걸림)")
    evaluate.add_argument("--share", type=int, default=1,
                          help="비교할 때 두 파이프라인 모두 n번째 문장마다 골라 학습(기본: 전부)")
    evaluate.set_defaults(run=run_evaluate)
    choices = inner.add_parser("choices", help="의도 모델의 설정을 하나씩 바꿔 개발 문장으로 재서 표로 출력")
    choices.set_defaults(run=run_choices)


def run_evaluate(arguments: argparse.Namespace) -> int:
    """Print the whole evaluation as Markdown."""
    from bot.nlu import evaluation, evaluation_facts, evaluation_models, evaluation_report, evaluation_topics

    evaluation_models.fix_clock()
    utterances = evaluation.load_validation(arguments.validation or evaluation.VALIDATION)
    if arguments.facts_only:
        return _facts_only(arguments, utterances)
    parse = evaluation_models.load(arguments.model or evaluation_models.newest_model())
    readings = evaluation.read_all(parse, utterances)
    facts, misses = evaluation_facts.fact_scores(readings)
    for part in (
        evaluation_report.summary(readings), evaluation_report.by_act(readings),
        evaluation_report.confusion(readings, arguments.worst), evaluation_report.worst(readings, arguments.worst),
        evaluation_report.reliability(readings), evaluation_report.facts(facts),
        evaluation_report.fact_misses(misses, arguments.worst), evaluation_topics.report(utterances),
    ):
        print(part)
    if not arguments.no_robustness:
        print(evaluation_report.robustness(evaluation_report.costs(parse, readings, arguments.every)))
    if arguments.compare_default:
        print(_compare(utterances, arguments.share))
    return 0


def _facts_only(arguments: argparse.Namespace, utterances: list[Utterance]) -> int:
    """Print the facts part alone: rules read them, so that no trained model is needed."""
    from bot.nlu import evaluation, evaluation_facts, evaluation_report

    readings = evaluation.read_all(evaluation_facts.read, utterances)
    scores, misses = evaluation_facts.fact_scores(readings)
    print(evaluation_report.facts(scores))
    print(evaluation_report.fact_misses(misses, arguments.worst))
    if not arguments.no_robustness:
        costs = evaluation_report.costs(evaluation_facts.read, readings, arguments.every)
        print(evaluation_report.fact_robustness(costs))
    return 0


def run_choices(arguments: argparse.Namespace) -> int:
    """Print what every alternative of the act model's settings scores on the development set."""
    from bot.nlu import evaluation_choices

    print(evaluation_choices.report())
    return 0


def _compare(utterances: list[Utterance], every: int) -> str:
    """Both pipelines trained on the same data in this run, every n-th utterance of it."""
    from bot.nlu import evaluation, evaluation_models, evaluation_report

    pipelines = (("default", "Rasa default", evaluation_models.RASA_DEFAULT),
                 ("own", "동행봇", evaluation_models.own_config()))
    rows = []
    with evaluation_models.workplace() as folder:
        for file, name, config in pipelines:
            trained = evaluation_models.train(config, Path(folder), file, every)
            readings = evaluation.read_all(evaluation_models.load(trained.path), utterances)
            rows.append((name, readings, trained.seconds))
            print(evaluation_report.comparison(rows[-1:]), flush=True)  # minutes pass until the other one is there
    return evaluation_report.comparison(rows)
