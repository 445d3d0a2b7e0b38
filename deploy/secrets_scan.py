"""Search everything in the repository for passwords, keys and tokens; run by the interpreter of ``.tools``.

    python deploy/secrets_scan.py [FILE …]   # all files git knows, where none is named

Fails on a find that ``secrets-reviewed.yml`` does not name. ``--write`` prints entries for what is found.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import default_settings

ROOT = Path(__file__).resolve().parents[1]
REVIEWED = Path(__file__).with_name("secrets-reviewed.yml")
# Nothing but hashes of packages.
_HASHES = ("uv.lock", "deploy/tools.txt", "deploy/secrets-reviewed.yml")


def files() -> list[str]:
    """Every file of the repository that is or will be in it."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True,
                            text=True, check=True).stdout.splitlines()
    return [name for name in listed if name not in _HASHES and (ROOT / name).is_file()]


def found(names: list[str]) -> list[tuple[str, str, int, str]]:
    """What looks like a secret: file, what it looks like, line, hash of the secret."""
    collection = SecretsCollection(root=str(ROOT))
    with default_settings():
        collection.scan_files(*names, num_processors=2)
    return sorted({(name, secret.type, secret.line_number, secret.secret_hash) for name, secret in collection})


def main(arguments: list[str]) -> int:
    """Scan; 1 when something new is found."""
    write = "--write" in arguments
    names = [name for name in arguments if name != "--write"] or files()
    listed = yaml.safe_load(REVIEWED.read_text(encoding="utf-8")) or []
    reviewed = {(one["file"], one.get("hash") or one["kind"]) for one in listed}
    finds = found(names)
    new = [find for find in finds if not {(find[0], find[3]), (find[0], find[1])} & reviewed]
    for name, kind, line, digest in new:
        print(f"- {{file: {name}, hash: {digest}, why: }}" if write else
              f"{name}:{line}: looks like a secret ({kind})")
    print(f"secrets scan: {len(names)} files, {len(finds)} finds, {len(new)} of them not reviewed", file=sys.stderr)
    return 1 if new and not write else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
