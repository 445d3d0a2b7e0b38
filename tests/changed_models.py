"""A copy of the sources with a model of its own, and models whose domain is changed without training them anew."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from bot.service.model import train
from tests.running import ROOT

Domain = dict[str, Any]
_COPIED = ("bot", "actions", "knowledge_base", "data", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml",
           "pyproject.toml", "uv.lock")


class Sources:
    """The sources copied to ``folder``, so that they can be changed under a running service."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._trained = train()
        for name in _COPIED:
            whole = ROOT / name
            if whole.is_dir():
                shutil.copytree(whole, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(whole, folder / name)
        (folder / "models").mkdir()
        shutil.copy(self._trained, self.model())

    def model(self) -> Path:
        """Where the model of the sources as they are now has to be."""
        return Path(self.run("-c", "from bot.service.model import model_file; print(model_file())").stdout.strip())

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run Python in these sources."""
        return subprocess.run([sys.executable, *arguments], cwd=self.folder, env={**os.environ, **environment}, text=True,
                              capture_output=True, timeout=300, check=False)

    def change(self, change: Callable[[Domain], None]) -> Path:
        """Change the domain, and have the model that a training on it would make, if no rule changes."""
        file = self.folder / "domain.yml"
        domain: Domain = yaml.safe_load(file.read_text(encoding="utf-8"))
        change(domain)
        file.write_text(yaml.safe_dump(domain, allow_unicode=True), encoding="utf-8")
        made = self.model()
        with tarfile.open(self._trained) as old, tarfile.open(made, "w:gz") as new:
            for member in old.getmembers():
                content = old.extractfile(member)
                if content is None:
                    new.addfile(member)
                    continue
                data = _changed(member.name, content.read(), change)
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
        return made


def _changed(name: str, data: bytes, change: Callable[[Domain], None]) -> bytes:
    if name.endswith("metadata.json"):
        metadata = json.loads(data)
        change(metadata["domain"])
        return json.dumps(metadata).encode()
    if name.endswith("domain_provider/domain.yml"):
        domain = yaml.safe_load(data)
        change(domain)
        return yaml.safe_dump(domain, allow_unicode=True).encode()
    return data
