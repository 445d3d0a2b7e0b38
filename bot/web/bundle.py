"""The widget's modules as one script: on a slow line a dozen requests cost more than all their bytes.

No JavaScript tool is needed because the modules keep to two forms: ``import { a, b } from "./other.js";`` on one
line, and ``export`` before a declaration. Anything else is refused here instead of failing in a browser.
"""

from __future__ import annotations

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async function|function|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(import|export)\b.*$", re.MULTILINE)


class BundleError(ValueError):
    """A module says import or export in a way that is not known here."""


def bundle(entry: Path) -> str:
    """The module ``entry`` with all it imports, each once and after what it needs itself.

    Raises BundleError for modules in a circle and for forms of import and export that are not known.
    """
    written: dict[str, str] = {}
    _add(entry, written, ())
    return "\n".join(['(() => { "use strict";', *written.values(), "})();", ""])


def _add(path: Path, written: dict[str, str], above: tuple[str, ...]) -> None:
    if path.name in above:
        raise BundleError(f"{' → '.join((*above, path.name))}: 모듈이 서로를 부르고 있어요. 고리를 끊어 주세요.")
    source = path.read_text(encoding="utf-8")
    for _, needed in _IMPORT.findall(source):
        if needed not in written:
            _add(path.with_name(needed), written, (*above, path.name))
    names = [name for _, name in _EXPORT.findall(source)]
    body = _EXPORT.sub(r"\1", _IMPORT.sub(lambda found: f"const {{ {found[1]} }} = {_scope(found[2])};\n", source))
    if other := _OTHER.search(body):
        raise BundleError(f"{path.name}: 이렇게는 쓸 수 없어요: {other.group(0)}")
    written[path.name] = f"const {_scope(path.name)} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"


def _scope(name: str) -> str:
    return "in_" + name.removesuffix(".js").replace("-", "_")
