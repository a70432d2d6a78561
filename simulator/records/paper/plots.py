"""Plots on paper: a customer's mood over a call, and scores over attempts. Vectors, whose texts can be read out."""

from collections.abc import Sequence
from typing import Any, Final

from simulator.records.paper.sheets import BOLD, FONT, INKS, WIDTH, fonts, in_a_line
from simulator.scoring.mood import Curve, change_text
from simulator.session.telling import MOODS, clock_text
from simulator.wording import _

_LEFT: Final = 62.0
"""Room for the names of the moods, points."""
_CURVES: Final = (INKS["accent"], "#7a4fb5", "#a25a00", "#0f766e")
_DASHES: Final = (None, (5, 2), (1.5, 2), (6, 2, 1.5, 2))
"""How the curves of several customers are told apart, besides name and colour."""
_APART: Final = 12.0
"""Two labels of changes this near to each other would be one blot: the later one is left to the table."""


def mood_plot(curves: Sequence[Curve], lasts_ms: int, height: float = 150) -> Any:
    """The mood of each customer, a step at each change, with the change written beside it."""
    from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect

    fonts()
    drawing = Drawing(WIDTH, height)
    right, bottom, top = WIDTH - 6, 18.0, height - 8
    end = max([lasts_ms, *(curve.end_ms for curve in curves), 1])

    def x(at_ms: int) -> float:
        return _LEFT + (right - _LEFT) * min(at_ms, end) / end

    def y(mood: int) -> float:
        return bottom + (top - bottom) * mood / 100

    drawing.add(Rect(_LEFT, bottom, right - _LEFT, top - bottom, fillColor=_colour("soft"), strokeColor=None))
    for band, name in enumerate(MOODS):
        if band:
            drawing.add(Line(_LEFT, y(20 * band), right, y(20 * band), strokeColor=_colour("border"), strokeWidth=0.5))
        drawing.add(_string(_LEFT - 6, y(20 * band + 10) - 2.5, _(name), anchor="end"))
    for part in range(5):
        anchor = "start" if part == 0 else "end" if part == 4 else "middle"
        drawing.add(_string(x(end * part // 4), bottom - 11, clock_text(end * part // 4), anchor=anchor))
    last_label = -_APART
    for number, curve in enumerate(curves):
        ink = _hex(_CURVES[number % len(_CURVES)])
        corners: list[float] = []
        for move in curve.moves:
            if corners:
                corners += [x(move.at_ms), corners[-1]]
            corners += [x(move.at_ms), y(move.mood)]
        corners += [x(curve.end_ms), corners[-1]]
        drawing.add(PolyLine(corners, strokeColor=ink, strokeWidth=1.6, strokeDashArray=_DASHES[number % len(_DASHES)]))
        if curve.name:
            drawing.add(_string(corners[0] + 3, corners[1] + 4, curve.name, ink=ink))
        for move in curve.moves:
            tone = "accent" if not move.change else "good" if move.change > 0 else "bad"
            at, level = x(move.at_ms), y(move.mood)
            drawing.add(Circle(at, level, 2.6, fillColor=_colour(tone), strokeColor=_hex("#ffffff"), strokeWidth=0.7))
            if move.change and at - last_label >= _APART:
                last_label = at
                beside = level + 5 if (move.change > 0 and move.mood < 88) or move.mood < 10 else level - 11
                text = change_text(move.change)
                drawing.add(_string(at, beside, text, anchor="middle", ink=_colour(tone), font=BOLD))
    return drawing


def score_plot(scores: Sequence[tuple[int, int | None, str]], pass_mark: int | None, height: float = 96) -> Any:
    """Scores over attempts: number of the attempt, score (None: no score), tone. A line at the pass mark."""
    from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect

    fonts()
    drawing = Drawing(WIDTH, height)
    left, right, bottom, top = 26.0, WIDTH - 6, 16.0, height - 10
    step = (right - left) / max(1, len(scores))

    def y(score: int) -> float:
        return bottom + (top - bottom) * score / 100

    drawing.add(Rect(left, bottom, right - left, top - bottom, fillColor=_colour("soft"), strokeColor=None))
    for line in (0, 50, 100):
        drawing.add(Line(left, y(line), right, y(line), strokeColor=_colour("border"), strokeWidth=0.5))
        drawing.add(_string(left - 5, y(line) - 2.5, str(line), anchor="end"))
    if pass_mark is not None:
        drawing.add(
            Line(left, y(pass_mark), right, y(pass_mark), strokeColor=_colour("warning"), strokeWidth=0.8,
                 strokeDashArray=(4, 2))
        )  # fmt: skip
        said = _("Pass mark {mark}").format(mark=pass_mark)
        drawing.add(_string(right - 3, y(pass_mark) + 2.5, said, anchor="end", ink=_colour("warning")))
    places = [(left + step * (at + 0.5), score, number, tone) for at, (number, score, tone) in enumerate(scores)]
    corners = [part for at, score, _number, _tone in places if score is not None for part in (at, y(score))]
    if len(corners) > 2:
        drawing.add(PolyLine(corners, strokeColor=_colour("accent"), strokeWidth=1.3))
    every = -(-len(places) // 30)
    for index, (at, score, number, tone) in enumerate(places):
        if score is not None:
            drawing.add(
                Circle(at, y(score), 2.8, fillColor=_colour(tone), strokeColor=_hex("#ffffff"), strokeWidth=0.7)
            )
        if index % every == 0:
            drawing.add(_string(at, bottom - 10, str(number), anchor="middle"))
            if score is not None:
                above = y(score) + 5 if score < 86 else y(score) - 11
                drawing.add(_string(at, above, str(score), anchor="middle", font=BOLD))
    return drawing


def share_bar(share: float | None, width: float = 56, height: float = 7) -> Any:
    """A part of one as a bar; nothing where there is none."""
    from reportlab.graphics.shapes import Drawing, Rect

    drawing = Drawing(width, height + 4)
    if share is not None:
        drawing.add(Rect(0, 1, width, height, fillColor=_colour("border"), strokeColor=None))
        drawing.add(Rect(0, 1, width * share, height, fillColor=_colour("good"), strokeColor=None))
    return drawing


def _string(x: float, y: float, text: str, *, anchor: str = "start", ink: Any = None, font: str = FONT) -> Any:
    from reportlab.graphics.shapes import String

    return String(
        x, y, in_a_line(text), fontName=font, fontSize=7, textAnchor=anchor, fillColor=ink or _colour("muted")
    )


def _colour(name: str) -> Any:
    return _hex(INKS[name])


def _hex(code: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(code)
