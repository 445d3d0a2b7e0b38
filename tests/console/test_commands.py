"""``donghaeng desk-user`` and ``donghaeng desk add-user``: accounts from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from bot.desk import signed_in
from bot.desk.accounts import SignInRefused


@pytest.mark.parametrize("command", [["desk", "add-user"], ["desk-user", "add"]])
def test_an_account_is_made_listed_shut_and_opened(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.setenv("DESK_PASSWORD", "버스-우산-노을-11")
    assert main([*command, "oh@desk.example", "--name", "오새롬", "--role", "planner", "--center", "suwon"]) == 0
    assert "버스-우산" not in capsys.readouterr().out
    assert main(["desk-user", "list"]) == 0
    assert "oh@desk.example\t오새롬\t플래너\tsuwon\t사용 중" in capsys.readouterr().out
    assert signed_in.with_password("oh@desk.example", "버스-우산-노을-11")
    assert main(["desk-user", "disable", "oh@desk.example"]) == 0
    with pytest.raises(SignInRefused):
        signed_in.with_password("oh@desk.example", "버스-우산-노을-11")
    assert main(["desk-user", "enable", "oh@desk.example"]) == 0
    assert signed_in.with_password("oh@desk.example", "버스-우산-노을-11")


def test_a_password_is_made_up_and_shown_once_where_none_is_given(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DESK_PASSWORD", raising=False)
    assert main(["desk-user", "password", "kim@desk.example"]) == 0
    shown = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("비밀번호: "))
    assert signed_in.with_password("kim@desk.example", shown.removeprefix("비밀번호: "))


def test_a_wrong_account_is_told_in_one_line(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DESK_PASSWORD", "짧아요")
    assert main(["desk", "add-user", "oh@desk.example", "--name", "오새롬", "--center", "suwon"]) == 2
    assert "10자 이상" in capsys.readouterr().err
