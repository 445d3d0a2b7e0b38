"""The tools of ``deploy/tools.txt``, and what the Helm chart renders with them."""

from __future__ import annotations

import functools
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="session")
def tools() -> Path:
    """The folder of the tools' commands, installed if they are not there. Fails, and says so, where they cannot be."""
    done = subprocess.run(["sh", "-c", ". ./.installing; install_tools"], cwd=ROOT, text=True, capture_output=True,
                          check=False)
    assert done.returncode == 0, f"the tools of deploy/tools.txt could not be installed: {done.stdout}{done.stderr}"
    return ROOT / ".tools" / "bin"


@functools.lru_cache(maxsize=8)
def _rendered(python: Path, values: str) -> str:
    done = subprocess.run([python, DEPLOY / "render.py", values], text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Rendered:
    """What the chart makes of some values."""

    def __init__(self, python: Path, values: dict[str, Any]) -> None:
        text = _rendered(python, json.dumps(values))
        self.documents: list[dict[str, Any]] = [one for one in yaml.safe_load_all(text) if one]

    def of_kind(self, kind: str) -> dict[str, dict[str, Any]]:
        return {one["metadata"]["name"]: one for one in self.documents if one["kind"] == kind}

    def pods(self) -> dict[str, dict[str, Any]]:
        """Every pod's specification by the name of what makes it."""
        found = {}
        for document in self.documents:
            spec = document.get("spec", {})
            spec = spec.get("jobTemplate", {}).get("spec", spec)
            if "template" in spec:
                found[document["metadata"]["name"]] = spec["template"]["spec"]
        return found


@pytest.fixture(scope="session")
def render(tools: Path) -> Any:
    """Renders the chart with values changed as given."""
    return lambda **values: Rendered(tools / "python", values)
