"""`./test` says by its exit code what its parts found: green if all of them are, red if one is not.

Its parts are stood in for here by commands that only exit; what is tested is the script around them.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.conftest import ROOT

PARTS = (".venv/bin/ruff", ".venv/bin/mypy", ".venv/bin/lint-imports", ".venv/bin/yamllint", ".venv/bin/donghaeng",
         ".venv/bin/pytest", ".tools/bin/python")
INSTALLING = "\n".join(f"{name}() {{ :; }}" for name in (
    "install_everything", "install_chromium", "install_tools", "install_rabbitmq", "audit_dependencies"))


def run(folder: Path, part: str = "", body: str = "exit 0") -> int:
    """Exit code of `./test` where every part succeeds but `part`, which does `body`."""
    shutil.copy(ROOT / "test", folder / "test")
    (folder / ".installing").write_text(INSTALLING + "\n", "utf-8")
    for each in PARTS:
        command = folder / each
        command.parent.mkdir(parents=True, exist_ok=True)
        command.write_text(f"#!/bin/sh\n{body if each == part else 'exit 0'}\n", "utf-8")
        command.chmod(0o755)
    return subprocess.run(["sh", "./test"], cwd=folder, capture_output=True, timeout=30).returncode


def test_all_parts_green_is_green(tmp_path: Path) -> None:
    assert run(tmp_path) == 0


@pytest.mark.parametrize("part", PARTS)
def test_one_part_red_is_red(tmp_path: Path, part: str) -> None:
    assert run(tmp_path, part, "exit 1") != 0


@pytest.mark.parametrize("half", ["tests/conversations", "--ignore=tests/conversations"])
def test_either_half_of_the_tests_red_is_red(tmp_path: Path, half: str) -> None:
    assert run(tmp_path, ".venv/bin/pytest", f'case " $* " in *" {half} "*) exit 1;; esac') == 1
