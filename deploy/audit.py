"""Look the locked packages up in a database of known faults; run by the interpreter of ``.tools`` from ``./test``.

    python deploy/audit.py REQUIREMENTS   # what ``uv export`` writes

Fails (1) on a fault that ``audit-exceptions.yml`` does not name. Where no database can be reached it says so, loudly,
and lets the build go on (0), because a ministry builds without the internet too; AUDIT=required makes it fail (2).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

EXCEPTIONS = Path(__file__).with_name("audit-exceptions.yml")
_SERVICES = ("pypi", "osv")
_PATIENCE = 240


@dataclass(frozen=True)
class Fault:
    """A known fault of a locked package: all its ids, and the versions it is mended in."""

    package: str
    version: str
    ids: frozenset[str]
    mended_in: tuple[str, ...]


def read_report(report: dict[str, Any]) -> tuple[list[Fault], list[str], int]:
    """The faults of pip-audit's report, the packages it could not look up, and how many it did look up."""
    faults, unknown, looked_up = [], [], 0
    for package in report["dependencies"]:
        if "skip_reason" in package:
            unknown.append(package["name"])
            continue
        looked_up += 1
        faults += [Fault(package["name"], package["version"], frozenset([one["id"], *one.get("aliases", [])]),
                         tuple(one.get("fix_versions", []))) for one in package["vulns"]]
    return faults, unknown, looked_up


def unexplained(faults: list[Fault], exceptions: list[dict[str, Any]], today: date) -> list[Fault]:
    """The faults that no exception in force names."""
    in_force: dict[tuple[str, str], set[str]] = {
        (one["package"], str(one["version"])): set(one["advisories"])
        for one in exceptions if today <= one["review_by"]}
    return [fault for fault in faults if not fault.ids & in_force.get((fault.package, fault.version), set())]


def look_up(requirements: Path, service: str) -> dict[str, Any] | None:
    """pip-audit's report from a service; None where the service does not answer."""
    command = [str(Path(sys.executable).with_name("pip-audit")), "--requirement", str(requirements), "--disable-pip",
               "--no-deps", "--progress-spinner", "off", "--format", "json", "--vulnerability-service", service]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        report: dict[str, Any] = json.loads(done.stdout)
    except (json.JSONDecodeError, subprocess.TimeoutExpired):
        return None
    return report


def main(arguments: list[str]) -> int:
    """Audit one file of requirements; the exit code of the module's docstring."""
    exceptions = yaml.safe_load(EXCEPTIONS.read_text(encoding="utf-8"))
    for service in _SERVICES:
        report = look_up(Path(arguments[0]), service)
        # A package index without advisories answers "not found" for each package, and pip-audit calls that clean.
        if report is None or not (read := read_report(report))[2]:
            continue
        faults, unknown, looked_up = read
        new = unexplained(faults, exceptions, date.today())
        for fault in new:
            print(f"NEW  {fault.package} {fault.version}: {', '.join(sorted(fault.ids))}; mended in "
                  f"{', '.join(fault.mended_in) or 'no version yet'}")
        if unknown:
            print(f"not in the database: {', '.join(unknown)}")
        print(f"dependency audit ({service}): {looked_up} packages, {len(faults)} known faults, "
              f"{len(faults) - len(new)} explained in {EXCEPTIONS.name}, {len(new)} not")
        return 1 if new else 0
    print("dependency audit: NOT DONE. No database of known faults can be reached from here (tried: "
          f"{', '.join(_SERVICES)}). Run it where one can, before a release: AUDIT=required ./test", file=sys.stderr)
    return 2 if os.environ.get("AUDIT") == "required" else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
