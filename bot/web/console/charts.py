"""Charts as inline SVG: bars and a line, without scripts and inline styles. What they say also stands in words."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

_WIDTH, _ROW, _BAR = 320, 46, 14


def bars(rows: Sequence[tuple[str, float, str]], *, seconds: Sequence[float] = ()) -> Markup:
    """Horizontal bars: (label, value, value as text) each; ``seconds`` is the part of each bar drawn apart."""
    most = max((value for _, value, _ in rows), default=0) or 1
    parts = []
    for place, (label, value, text) in enumerate(rows):
        top = place * _ROW
        length = round(value / most * _WIDTH, 1)
        parts.append(Markup(
            '<g role="listitem" aria-label="{whole} {text}"><text x="0" y="{y}">{label}</text>'
            '<text class="value" x="{w}" y="{y}" text-anchor="end">{text}</text>'
            '<rect class="track" x="0" y="{b}" width="{w}" height="{h}" rx="4"/>'
            '<rect class="bar" x="0" y="{b}" width="{length}" height="{h}" rx="4"/>').format(
            whole=label, label=label if len(label) <= 16 else f"{label[:15]}…", text=text, y=top + 16,
            b=top + 22, w=_WIDTH, h=_BAR, length=length))
        if seconds:
            parts.append(Markup('<rect class="second" x="0" y="{}" width="{}" height="{}" rx="4"/>').format(
                top + 22, round(seconds[place] / most * _WIDTH, 1), _BAR))
        parts.append(Markup("</g>"))
    return _svg(Markup("").join(parts), len(rows) * _ROW, role="list")


def line(points: Sequence[tuple[str, float | None]], label: str) -> Markup:
    """A line over equal steps, broken where there is no value; ``label`` says in words what it shows."""
    known = [value for _, value in points if value is not None]
    most, height, step = (max(known, default=0) or 1), 110, _WIDTH / max(len(points) - 1, 1)
    places = [(round(at * step, 1), round(height - value / most * (height - 26), 1), value)
              for at, (_, value) in enumerate(points) if value is not None]
    drawn = [Markup('<polyline class="line" points="{}"/>').format(" ".join(f"{x},{y}" for x, y, _ in places))]
    drawn += [Markup('<circle class="dot" cx="{}" cy="{}" r="3.5"/>').format(x, y) for x, y, _ in places]
    if places:
        x, y, value = places[-1]
        drawn.append(Markup('<text class="value" x="{}" y="{}" text-anchor="end">{:g}</text>').format(
            min(x + 4, _WIDTH), max(y - 9, 12), round(value, 1)))
    if points:
        drawn.append(Markup('<text class="axis" x="0" y="{0}">{1}</text><text class="axis" x="{2}" y="{0}" '
                            'text-anchor="end">{3}</text>').format(height + 18, points[0][0], _WIDTH, points[-1][0]))
    return _svg(Markup("").join(drawn), height + 22, role="img", label=label)


def _svg(inside: Markup, height: float, *, role: str, label: str = "") -> Markup:
    named = Markup(' aria-label="{}"').format(escape(label)) if label else Markup("")
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="{}"{}>{}</svg>').format(
        _WIDTH, max(height, 1), role, named, inside)
