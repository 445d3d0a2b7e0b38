"""Lint the Helm chart and print what it renders, with the real Helm library, no cluster and no helm binary.

Run by the interpreter of ``.tools`` (see ``.installing``): ``python deploy/render.py [values-as-JSON]``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import helm_python as helm

CHART = Path(__file__).parent / "helm" / "donghaeng"


def main() -> int:
    """Print one YAML stream of all manifests; 1 when the linter finds an error."""
    values = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    found = helm.lint(str(CHART))
    print(found, file=sys.stderr)
    with helm.Chart.load(str(CHART)) as chart:
        chart.validate_schema(values)
        rendered = chart.render(values, name="donghaeng", namespace="donghaeng")
    for name, text in sorted(rendered.items()):
        if name.endswith(".yaml") and text.strip():
            print(f"---\n# {name}\n{text}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
