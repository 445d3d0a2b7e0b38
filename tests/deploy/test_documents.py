"""The operators' documents say what the code does: every environment variable, every command, every file named."""

from __future__ import annotations

import ast
import re
from dataclasses import fields

import pytest

from bot.service.secret_files import SECRETS
from bot.web.settings import Settings
from tests.deploy.conftest import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
# Set by us for our own children and libraries; nobody else sets them.
_OUR_OWN = {"BROKER_PASSWORD", "REDIS_PASSWORD", "PGPASSWORD", "PATH", "PYTHONPATH", "RASA_TELEMETRY_ENABLED", "SANIC_HOST",
            "OMP_NUM_THREADS"}


def variables_read() -> set[str]:
    """Every name the code looks up in an environment."""
    found = {field.name.upper() for field in fields(Settings)} | set(SECRETS)
    for file in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("actions/*.py"), *ROOT.glob("knowledge_base/*.py")]:
        if "evaluation" in file.name:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            key = None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "setdefault"):
                key, holder = (node.args[0] if node.args else None), ast.unparse(node.func.value)
            elif isinstance(node, ast.Subscript):
                key, holder = node.slice, ast.unparse(node.value)
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and re.search("environ", holder):
                found.add(key.value)
    return {name for name in found if name.isupper()} - _OUR_OWN


def variables_told() -> set[str]:
    """The names in the first column of the configuration table."""
    table = OPERATIONS.split("## Configuration", 1)[1].split("\n## ", 1)[0]
    return {name for line in table.splitlines() if line.startswith("| `")
            for name in re.findall(r"`([A-Z][A-Z_]+)`", line.split("|")[1])}


def test_the_table_has_every_variable_the_code_reads_and_no_other() -> None:
    assert variables_told() == variables_read()


@pytest.mark.parametrize("text", [OPERATIONS, SECURITY], ids=["operations", "security"])
def test_every_file_named_is_there(text: str) -> None:
    named = set(re.findall(r"`((?:tests|bot|deploy|docs|actions|knowledge_base)/[\w./-]+\.\w+)`", text))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_command_named_is_one_we_have() -> None:
    from bot import cli

    commands = set(re.findall(r"(?:`|^ {4})donghaeng ([a-z-]+)", OPERATIONS, re.MULTILINE))
    assert {"backup", "restore", "migrate", "purge"} <= commands
    known = next(action for action in cli.parser()._actions if action.choices).choices
    assert commands <= set(known)
