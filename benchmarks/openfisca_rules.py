"""The conditions of 대체인력지원금 written for OpenFisca, timed on the firms of an ``.npz`` file.

Run by ``benchmarks/screening.py`` in an environment of its own (``openfisca-core`` is no dependency of the project).
Prints one line of JSON. Like every OpenFisca rule it knows no missing facts: each firm is wholly known.
"""

import json
import sys
import time
from datetime import date

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

FIRM = Entity("firm", "firms", "One firm with one event", "")
FIRM.is_person = True
PERIOD = "2026-12"
INPUTS = {
    "headcount": float, "industry": int, "employment_insurance": bool, "large_group": bool,
    "public_institution": bool, "event_type": int, "start": date, "months": float, "cover": int, "cover_start": date,
}


def months_before(days, months):
    """The same day so many months earlier, or the last day of a shorter month."""
    month = days.astype("datetime64[M]") - months
    inside = days - days.astype("datetime64[M]").astype("datetime64[D]")
    return np.minimum(month.astype("datetime64[D]") + inside, (month + 1).astype("datetime64[D]") - 1)


def system(words):
    """The tax-benefit system; ``words`` gives the codes of events and covers and the head count limits."""
    made = TaxBenefitSystem([FIRM])

    def variable(name, value_type, formula=None):
        parts = {"value_type": value_type, "entity": FIRM, "definition_period": DateUnit.MONTH, "label": name}
        made.add_variable(type(name, (Variable,), parts | ({"formula": formula} if formula else {})))

    for name, value_type in INPUTS.items():
        variable(name, value_type)
    limits, events, covers = np.array(words["limits"]), words["events"], words["covers"]

    def priority(firm, period):
        return firm("headcount", period) <= limits[firm("industry", period)]

    def right_event(firm, period):
        before = firm("cover_start", period) < np.datetime64("2025-01-01")
        return np.where(before, np.isin(firm("event_type", period), events["until_2024"]),
                        np.isin(firm("event_type", period), events["since_2025"]))

    def right_cover(firm, period):
        before = firm("cover_start", period) < np.datetime64("2025-01-01")
        return np.where(before, firm("cover", period) == covers["hire"],
                        np.isin(firm("cover", period), [covers["hire"], covers["dispatch"]]))

    def in_time(firm, period):
        return firm("cover_start", period) >= months_before(firm("start", period), 2)

    def in_force(firm, period):
        start = firm("start", period)
        return (start >= np.datetime64("2024-07-01")) & (start <= np.datetime64("2026-12-31"))

    def replacement(firm, period):
        return (
            firm("priority", period) & firm("right_event", period) & firm("right_cover", period)
            & firm("in_time", period) & firm("in_force", period) & firm("employment_insurance", period)
            & ~firm("large_group", period) & ~firm("public_institution", period) & (firm("months", period) >= 1)
        )

    for formula in (priority, right_event, right_cover, in_time, in_force, replacement):
        variable(formula.__name__, bool, formula)
    return made


def screened(made, columns):
    """Which firms may have 대체인력지원금."""
    simulation = SimulationBuilder().build_default_simulation(made, len(columns["headcount"]))
    for name in INPUTS:
        simulation.set_input(name, PERIOD, columns[name])
    return simulation.calculate("replacement", PERIOD)


def main():
    data = np.load(sys.argv[1])
    columns = {name: data[name] for name in INPUTS}
    began = time.process_time()
    made = system(json.loads(sys.argv[2]))
    building = time.process_time() - began
    singles = []
    for row in range(200):
        one = {name: column[row:row + 1] for name, column in columns.items()}
        began = time.process_time()
        screened(made, one)
        singles.append(time.process_time() - began)
    runs = []
    for _ in range(3):
        began = time.process_time()
        found = screened(made, columns)
        runs.append(time.process_time() - began)
    p50, p95 = np.percentile(singles, [50, 95])
    print(json.dumps({"building": building, "p50": p50, "p95": p95, "bulk": min(runs), "eligible": int(found.sum())}))


main()
