"""The widget's modules as one script."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.web.assets import WIDGET
from bot.web.bundle import BundleError, bundle


def _write(folder: Path, **modules: str) -> Path:
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source, encoding="utf-8")
    return folder / "a.js"


def test_every_module_is_in_it_once_and_after_what_it_needs() -> None:
    script = bundle(WIDGET / "app.js")
    for path in WIDGET.glob("*.js"):
        assert script.count(f"const in_{path.stem} = ") == (0 if path.name == "embed.js" else 1), path.name
    assert script.index("const in_elements") < script.index("const in_cards") < script.index("const in_messages")


@pytest.mark.parametrize("source", [
    'import all from "./b.js";\n', 'import * as b from "./b.js";\n', "export default 1;\n", "export { x };\n",
    'export * from "./b.js";\n', 'import "./b.js";\n', 'import { x } from "other";\n',
])
def test_other_forms_are_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(BundleError):
        bundle(_write(tmp_path, a=source, b="export const x = 1;\n"))


def test_a_circle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="고리"):
        bundle(_write(tmp_path, a='import { b } from "./b.js";\nexport const a = 1;\n',
                      b='import { a } from "./a.js";\nexport const b = 1;\n'))
