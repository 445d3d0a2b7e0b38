"""The image and the one-host composition: what linters and Docker's own parser say, and what must not slip."""

from __future__ import annotations

import fnmatch
import json
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot import cli
from bot.service import model
from bot.service.secret_files import SECRETS
from tests.deploy.conftest import DEPLOY, ROOT

OURS = {"migrate", "web", "rasa", "actions", "nightly"}


@pytest.fixture(scope="module")
def composed(tools: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The composition as Docker Compose itself understands it, with fresh secrets."""
    folder = tmp_path_factory.mktemp("compose") / "deploy"
    shutil.copytree(DEPLOY, folder, ignore=shutil.ignore_patterns("secrets", ".env", "helm"))
    subprocess.run([folder / "make-secrets.sh"], check=True, capture_output=True)
    shutil.copy(folder / "env.example", folder / ".env")
    done = subprocess.run([tools / "docker-compose", "-f", folder / "compose.yml", "config", "--format", "json"],
                          text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout), "_folder": folder}


def test_the_dockerfile_has_no_fault_the_linter_knows(tools: Path) -> None:
    done = subprocess.run([tools / "hadolint", DEPLOY / "Dockerfile"], text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_image_holds_everything_a_model_is_trained_from_and_nothing_private() -> None:
    """A source that did not reach the builder would give the model another hash than the service looks for."""
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")]
    sources = {file.relative_to(ROOT) for pattern in model._SOURCES for file in ROOT.glob(pattern)}
    assert sources
    for file in sources:
        assert any(fnmatch.fnmatch(str(file), pattern) for pattern in let_in), file
        copied = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
        assert f"COPY {file.parts[0]} " in copied or file.parts[0] in copied
    for private in (".env", "var/desk-key", ".git/config", "deploy/secrets/desk_key", "tests/conftest.py"):
        assert not any(fnmatch.fnmatch(private, pattern) for pattern in let_in), private


def test_the_image_runs_as_nobody_in_particular() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    last_stage = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM ")):]
    assert "USER 10001:10001" in last_stage
    assert any(line.startswith("HEALTHCHECK") for line in last_stage)


def test_only_web_has_a_port_and_only_on_loopback(composed: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in composed["services"].items() if service.get("ports")}
    assert set(published) == {"web"}
    assert [port["host_ip"] for port in published["web"]] == ["127.0.0.1"]
    assert composed["networks"]["inside"]["internal"] is True
    for name, service in composed["services"].items():
        assert set(service["networks"]) == ({"inside", "outside"} if name == "web" else {"inside"}), name


def test_every_container_is_closed_and_bounded(composed: dict[str, Any]) -> None:
    for name, service in composed["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["deploy"]["resources"]["limits"]["memory"], name
        if name in OURS:
            assert service["read_only"] is True
            assert service["user"] == "10001:10001"


def test_secrets_come_as_files_and_each_process_gets_its_own(composed: dict[str, Any]) -> None:
    for name, service in composed["services"].items():
        assert not set(service.get("environment") or {}) & set(SECRETS), f"{name} has a secret in its environment"
    held = {name: {secret["source"] for secret in composed["services"][name]["secrets"]} for name in OURS}
    assert "desk_key" not in held["rasa"]
    assert "database_url" not in held["rasa"]
    assert "rasa_token" not in held["actions"]
    for name in OURS:
        named = {value.rsplit("/", 1)[1] for key, value in composed["services"][name]["environment"].items()
                 if key.endswith("_FILE")}
        assert named == held[name]


def test_two_of_each_that_answers_people(composed: dict[str, Any]) -> None:
    assert {name: composed["services"][name]["deploy"]["replicas"] for name in ("rasa", "actions")} == {"rasa": 2, "actions": 2}


def test_every_command_composed_is_one_we_have(composed: dict[str, Any]) -> None:
    for name in ("migrate", "web", "rasa", "actions"):
        cli.parser().parse_args(composed["services"][name]["command"])
    for name in ("web", "rasa", "actions"):
        cli.parser().parse_args(composed["services"][name]["healthcheck"]["test"][4:])
    script = composed["services"]["nightly"]["command"][0]
    assert script.index("bot.cli purge") < script.index("bot.cli backup")


def test_the_secrets_made_can_be_used_and_are_made_once(composed: dict[str, Any]) -> None:
    secrets = composed["_folder"] / "secrets"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    Fernet((secrets / "desk_key").read_text())
    password = (secrets / "postgres_password").read_text()
    assert len(password) == 48
    assert password in (secrets / "database_url").read_text()
    before = {file.name: file.read_bytes() for file in secrets.iterdir()}
    subprocess.run([composed["_folder"] / "make-secrets.sh"], check=True, capture_output=True)
    assert {file.name: file.read_bytes() for file in secrets.iterdir()} == before


def test_the_shell_scripts_are_shell(tools: Path) -> None:
    for script in (DEPLOY / "make-secrets.sh", ROOT / ".installing", ROOT / "run", ROOT / "test"):
        done = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
