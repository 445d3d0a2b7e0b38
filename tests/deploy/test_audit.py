"""The dependency audit: nothing known passes unexplained, no silence is taken for a clean bill, no exception is idle."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from datetime import date
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from tests.deploy.conftest import DEPLOY, ROOT

EXCEPTIONS = yaml.safe_load((DEPLOY / "audit-exceptions.yml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 23)


def _load(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, DEPLOY / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


audit = _load("audit")
FAULTY = {"dependencies": [
    {"name": "keras", "version": "2.12.0", "vulns": [
        {"id": "GHSA-0", "aliases": ["CVE-2024-3660"], "fix_versions": ["2.13.1"]}]},
    {"name": "yarl", "version": "1.25.1", "vulns": [{"id": "PYSEC-2027-1", "aliases": [], "fix_versions": []}]},
    {"name": "ours", "skip_reason": "not found"},
]}


def test_a_fault_nobody_has_explained_is_told() -> None:
    faults, unknown, looked_up = audit.read_report(FAULTY)
    assert (unknown, looked_up) == (["ours"], 2)
    assert [fault.package for fault in audit.unexplained(faults, EXCEPTIONS, TODAY)] == ["yarl"]


def test_an_exception_ends_with_its_day_and_its_version() -> None:
    faults, _, _ = audit.read_report(FAULTY)
    late = audit.unexplained(faults, EXCEPTIONS, date(2027, 4, 1))
    assert [fault.package for fault in late] == ["keras", "yarl"]
    newer = [{**one, "version": "2.12.1"} for one in EXCEPTIONS]
    assert [fault.package for fault in audit.unexplained(faults, newer, TODAY)] == ["keras", "yarl"]


@pytest.mark.parametrize(("required", "code"), [("", 0), ("required", 2)])
def test_no_answer_is_not_taken_for_a_clean_bill(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], required: str, code: int
) -> None:
    """An index without advisories answers "not found" for every package, which pip-audit itself calls clean."""
    silent = {"dependencies": [{"name": "keras", "skip_reason": "Dependency not found on PyPI"}]}
    monkeypatch.setattr(audit, "look_up", lambda _file, service: silent if service == "pypi" else None)
    monkeypatch.setenv("AUDIT", required)
    assert audit.main(["requirements.txt"]) == code
    assert "NOT DONE" in capsys.readouterr().err


def test_a_new_fault_fails_the_build(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(audit, "look_up", lambda _file, _service: FAULTY)
    assert audit.main(["requirements.txt"]) == 1
    assert "PYSEC-2027-1" in capsys.readouterr().out


@pytest.mark.parametrize("one", EXCEPTIONS, ids=[one["package"] for one in EXCEPTIONS])
def test_every_exception_is_forced_on_us(one: dict[str, Any]) -> None:
    assert version(one["package"]) == one["version"], "the version moved: look at the fault again"
    assert one["reach"].strip()
    assert one["advisories"]
    forced = [Requirement(text) for text in requires(one["forced_by"]) or []]
    pin = next(pin for pin in forced if pin.name.lower().replace("_", "-") == one["package"]
               and (pin.marker is None or pin.marker.evaluate({"extra": ""})))
    assert not pin.specifier.contains(one["fixed_in"]), f"{one['forced_by']} would allow {one['fixed_in']}: raise it"


def test_a_secret_in_a_file_is_found(tools: Path, tmp_path: Path) -> None:
    leak = tmp_path / "leak.py"
    leak.write_text('aws_access_key_id = "AKIA' + "IOSFODNN7EXAMPLQ" + '"\n')
    done = subprocess.run([tools / "python", DEPLOY / "secrets_scan.py", str(leak)], cwd=ROOT, text=True,
                          capture_output=True, check=False)
    assert done.returncode == 1
    assert "AWS" in done.stdout
