"""What goes wrong with the knowledge, said so that an official who does not program can mend it."""

from __future__ import annotations

from pathlib import Path

KNOWLEDGE_ROOT = Path(__file__).parent


class KnowledgeError(ValueError):
    """A knowledge file is wrong: the message names the file, the line where it is known, and what to do.

    ``problem`` says in Korean what is wrong, ``to_do`` what the editor should change; ``line`` counts from 1.
    """

    def __init__(self, problem: str, *, file: Path | str, line: int | None = None, to_do: str) -> None:
        self.problem = problem
        self.file = Path(file)
        self.line = line
        self.to_do = to_do
        super().__init__(f"{self.place()}: {problem} → {to_do}")

    def place(self) -> str:
        """Where the error is, as an editor opens it: ``knowledge_base/rights/x.yaml:12``."""
        file = self.file
        if file.is_absolute() and file.is_relative_to(KNOWLEDGE_ROOT.parent):
            file = file.relative_to(KNOWLEDGE_ROOT.parent)
        return f"{file}:{self.line}" if self.line else str(file)
