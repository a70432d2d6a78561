"""The look of every printed report: fonts, colours, headings, tables, and the document around them.

ReportLab is imported late, inside the functions: no other part of the program waits for it. A text of people goes
through `plain` before it becomes part of a paragraph: there, `&` and `<` would be orders.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, BinaryIO, Final, Literal
from xml.sax.saxutils import escape

from simulator import paths
from simulator.wording import _, language

FONT, BOLD = "DejaVu", "DejaVu-Bold"
_FILES: Final = {FONT: "DejaVuSansCondensed.ttf", BOLD: "DejaVuSansCondensed-Bold.ttf"}

Tone = Literal["text", "muted", "accent", "good", "bad", "warning"]
INKS: Final[Mapping[str, str]] = {
    "text": "#1a2431", "muted": "#566375", "accent": "#1759a8", "good": "#1c7044", "bad": "#b3261e",
    "warning": "#8a5300", "border": "#d8dee6", "strong-border": "#8b97a6", "soft": "#f4f6f8", "head": "#e3edf9",
}  # fmt: skip
"""The colours of the window's light theme."""
VERDICTS: Final[Mapping[str, tuple[str, Tone]]] = {
    "met": ("✓", "good"), "missed": ("✗", "bad"), "unclear": ("?", "warning"), "not-applicable": ("–", "muted"),
}  # fmt: skip
RESULTS: Final[Mapping[str, Tone]] = {"passed": "good", "failed": "bad", "pending": "warning", "incomplete": "warning"}
"""The tones of results; of one that is not here: muted."""

PROGRAM: Final = "Tercer Timbre"

MARGIN: Final = 51.0
"""Around what is printed on a page, in points (18 mm)."""
_FRAME: Final = 6.0
"""What ReportLab leaves free within the margins."""
WIDTH: Final = 595.28 - 2 * MARGIN
"""Between the margins of a portrait page."""
_UNDER_HEADING: Final = 110.0
"""So much room there is at least from a heading to the end of its page, points."""
_ROWS_TOGETHER: Final = 100
"""Rows of one table: a longer one is made of several, because splitting over pages takes time by its square."""
_MOST_IN_A_LINE: Final = 200
"""Characters; no line of small print holds more."""
_NO_GLYPH: Final = "□"
"""In place of a character that the fonts do not have."""

Story = list[Any]
"""Flowables of ReportLab, in order."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on every page, and in the document's own data. `made`: the date that it bears."""

    title: str
    subject: str
    foot: str
    made: datetime
    landscape: bool = False


def plain(text: object) -> str:
    """A text as it may stand in a paragraph: its own breaks kept, nothing in it an order."""
    return escape(_drawable(str(text))).replace("\n", "<br/>")


def in_a_line(text: str) -> str:
    """A text as it may stand in small print, in the outline or in the document's data: without breaks, and short."""
    whole = " ".join(_drawable(text).split())
    return whole if len(whole) <= _MOST_IN_A_LINE else f"{whole[:_MOST_IN_A_LINE]}…"


def _drawable(text: str) -> str:
    """A text of characters that the fonts have, accents joined with their letters."""
    return unicodedata.normalize("NFC", text).translate(_glyphs())


class _Glyphs(dict[int, str]):
    """By code point: what is drawn for it."""

    def __init__(self, known: frozenset[int]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, code: int) -> str:
        kind = unicodedata.category(chr(code))
        if kind == "Cf":  # joins or turns what is beside it, and has no shape of its own
            drawn = ""
        elif kind in ("Cc", "Zl", "Zp"):
            drawn = "\n" if code == ord("\n") else " "
        else:
            drawn = chr(code) if code in self._known else _NO_GLYPH
        self[code] = drawn
        return drawn


@cache
def _glyphs() -> _Glyphs:
    from reportlab.pdfbase import pdfmetrics

    fonts()
    return _Glyphs(frozenset.intersection(*(frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in _FILES)))


def date_text(moment: datetime) -> str:
    """A day as people write it, in this computer's zone."""
    return f"{moment.astimezone():%d/%m/%Y}"


def time_text(moment: datetime) -> str:
    """A day and its time, in this computer's zone."""
    return f"{moment.astimezone():%d/%m/%Y %H:%M}"


def percent(share: float | None) -> str:
    """`83 %`, or a dash where there is nothing to divide."""
    return "–" if share is None else f"{share * 100:.0f} %"


def inked(text: str, tone: Tone, *, bold: bool = False) -> str:
    """A marked-up text (`plain`) in a colour."""
    inner = f'<font name="{BOLD}">{text}</font>' if bold else text
    return f'<font color="{INKS[tone]}">{inner}</font>'


@cache
def fonts() -> None:
    """Makes the fonts known to ReportLab; they are embedded with the characters that a document uses."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(paths.assets() / "fonts" / file)))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)


@cache
def style(name: str = "text") -> Any:
    """A paragraph style: title, lead, heading, phase, text, small, mark, under, cell, head, number …"""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.enums import TA_CENTER, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle

    fonts()
    base: dict[str, Any] = {
        "fontName": FONT, "fontSize": 9, "leading": 12.5, "textColor": HexColor(INKS["text"]),
        "allowWidows": 0, "allowOrphans": 0, "uriWasteReduce": 0.3,
    }  # fmt: skip
    own: dict[str, dict[str, Any]] = {
        "title": {"fontName": BOLD, "fontSize": 20, "leading": 25, "spaceAfter": 3},
        "lead": {"fontSize": 10.5, "leading": 15, "textColor": HexColor(INKS["muted"]), "spaceAfter": 10},
        "heading": {"fontName": BOLD, "fontSize": 13, "leading": 17, "spaceBefore": 16, "spaceAfter": 6},
        "phase": {"fontName": BOLD, "fontSize": 10, "leading": 13, "spaceBefore": 10, "spaceAfter": 4,
                  "textColor": HexColor(INKS["accent"])},
        "text": {"spaceAfter": 4},
        "small": {"fontSize": 7.5, "leading": 10.5, "textColor": HexColor(INKS["muted"])},
        "mark": {"spaceBefore": 5, "leftIndent": 14, "keepWithNext": 1},
        "under": {"leftIndent": 14, "spaceBefore": 1},
        "cell": {"fontSize": 8.5, "leading": 11.5},
        "head": {"fontName": BOLD, "fontSize": 8, "leading": 10.5},
        "head-number": {"fontName": BOLD, "fontSize": 8, "leading": 10.5, "alignment": TA_RIGHT},
        "number": {"fontSize": 8.5, "leading": 11.5, "alignment": TA_RIGHT},
        "small-centred": {"fontSize": 7.5, "leading": 11, "textColor": HexColor(INKS["muted"]), "alignment": TA_CENTER,
                          "leftIndent": 90, "rightIndent": 90},
    }  # fmt: skip
    return ParagraphStyle(name, **{**base, **own[name]})


def paragraph(marked_up: str, name: str = "text") -> Any:
    """A paragraph of marked-up text; every text of people in it has gone through `plain`."""
    from reportlab.platypus import Paragraph

    return Paragraph(marked_up, style(name))


def titled(title: str, made: datetime, first: datetime, last: datetime) -> Story:
    """How a report begins: its title, its date, and when the first and the last of its attempts were begun."""
    begun, ended = date_text(first), date_text(last)
    period = begun if begun == ended else _("{first} to {last}").format(first=begun, last=ended)
    said = _("Report of {day} · attempts of {period}").format(day=date_text(made), period=period)
    return [paragraph(plain(title), "title"), paragraph(plain(said), "lead")]


def heading(text: str) -> Story:
    """A heading that does not stand alone at the end of a page."""
    from reportlab.platypus import CondPageBreak

    return [CondPageBreak(_UNDER_HEADING), paragraph(plain(text), "heading")]


def gap(points: float) -> Any:
    """Empty space between two parts."""
    from reportlab.platypus import Spacer

    return Spacer(0, points)


def new_page() -> Any:
    """What comes next begins a page."""
    from reportlab.platypus import PageBreak

    return PageBreak()


def together(parts: Story) -> Any:
    """Parts that are not torn over two pages unless they do not fit on one."""
    from reportlab.platypus import KeepTogether

    return KeepTogether(parts)


def outlined(text: str, key: str, level: int) -> Any:
    """Puts an entry into the document's outline that leads to where this stands."""
    from reportlab.platypus import CallerMacro

    def draw(macro: Any) -> None:
        canvas = macro.canv
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(in_a_line(text), key, level, level == 0)

    return CallerMacro(drawCallable=draw)


def figures(cells: Sequence[tuple[str, str, Tone]]) -> Any:
    """Large figures side by side, each with what it counts under it."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table

    large = ParagraphStyle("figure", parent=style("text"), fontName=BOLD, fontSize=17, leading=22, alignment=1)
    below = ParagraphStyle("counted", parent=style("small"), alignment=1)
    rows = [
        [Paragraph(inked(plain(value), tone), large) for value, _what, tone in cells],
        [Paragraph(plain(what), below) for _value, what, _tone in cells],
    ]
    table = Table(rows, colWidths=[WIDTH / len(cells)] * len(cells), spaceBefore=4, spaceAfter=8)
    table.setStyle(
        [
            ("BACKGROUND", (0, 0), (-1, -1), HexColor(INKS["soft"])),
            ("LINEAFTER", (0, 0), (-2, -1), 2, HexColor("#ffffff")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, 0), 7),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 1),
            ("TOPPADDING", (0, 1), (-1, 1), 0),
            ("BOTTOMPADDING", (0, 1), (-1, 1), 8),
        ]
    )
    return table


def table(
    heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[float], numbers: Iterable[int] = ()
) -> Story:
    """A table with its heading on every page. A cell: marked-up text, or a flowable; `widths`: parts of the page's
    width; `numbers`: the columns that stand to the right. A cell longer than a page goes on in the next."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import LongTable

    right = frozenset(numbers)
    head = [paragraph(plain(text), "head-number" if at in right else "head") for at, text in enumerate(heads)]
    made = [
        [paragraph(cell, "number" if at in right else "cell") if isinstance(cell, str) else cell
         for at, cell in enumerate(row)]
        for row in rows
    ]  # fmt: skip
    story: Story = []
    for first in range(0, max(1, len(made)), _ROWS_TOGETHER):
        some = LongTable(
            [head, *made[first : first + _ROWS_TOGETHER]],
            colWidths=[WIDTH * part / sum(widths) for part in widths],
            repeatRows=1,
            splitInRow=1,
        )
        some.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (-1, 0), HexColor(INKS["head"])),
                ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(INKS["border"])),
                ("TOPPADDING", (0, 0), (-1, -1), 3.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
                ("LEFTPADDING", (0, 0), (-1, -1), 5),
                ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ]
        )
        story.append(some)
    return story


def write(file: BinaryIO, sheet: Sheet, story: Story, decorate: Callable[[Any], None] | None = None) -> None:
    """Write the document. `decorate`: draws on each page's canvas in place of the running heading and foot."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import CallerMacro, SimpleDocTemplate

    fonts()
    around = decorate or (lambda canvas: _running(canvas, sheet))
    document = SimpleDocTemplate(
        file,
        pagesize=landscape(A4) if sheet.landscape else A4,
        leftMargin=MARGIN - _FRAME,
        rightMargin=MARGIN - _FRAME,
        topMargin=MARGIN + 4,
        bottomMargin=MARGIN,
        title=in_a_line(sheet.title),
        subject=in_a_line(sheet.subject),
        author=PROGRAM,
        creator=PROGRAM,
        lang=language(),
        displayDocTitle=True,
        invariant=1,  # no clock but `made`, no chance: the same report has the same bytes
        pageCompression=1,
        initialFontName=FONT,
    )

    def page(canvas: Any, _document: Any) -> None:
        canvas.setDateFormatter(lambda *_clock: f"D:{sheet.made.astimezone(UTC):%Y%m%d%H%M%S}Z")
        canvas.saveState()
        around(canvas)
        canvas.restoreState()

    def last(macro: Any) -> None:
        """The number of pages is known now; each page's foot has left a place for it."""
        canvas = macro.canv
        canvas.beginForm("pages", 0, -4, 60, 12)
        canvas.setFont(FONT, 7.5)
        canvas.setFillColor(INKS["muted"])
        canvas.drawString(0, 0, str(canvas.getPageNumber()))
        canvas.endForm()

    document.build([*story, CallerMacro(drawCallable=last)], onFirstPage=page, onLaterPages=page)


def _running(canvas: Any, sheet: Sheet) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    width, height = canvas._pagesize
    canvas.setFont(FONT, 7.5)
    canvas.setFillColor(INKS["muted"])
    canvas.setStrokeColor(INKS["border"])
    canvas.setLineWidth(0.5)
    top, bottom = height - MARGIN + 4, MARGIN - 10
    canvas.line(MARGIN, top - 6, width - MARGIN, top - 6)
    canvas.line(MARGIN, bottom + 12, width - MARGIN, bottom + 12)
    canvas.drawString(MARGIN, top, _cut(in_a_line(sheet.title), width / 2))
    canvas.drawRightString(width - MARGIN, top, date_text(sheet.made))
    canvas.drawString(MARGIN, bottom, sheet.foot)
    said = _("Page {n} of").format(n=canvas.getPageNumber())
    at = width - MARGIN - stringWidth(f"{said} 0000", FONT, 7.5)
    canvas.drawString(at, bottom, said)
    canvas.translate(at + stringWidth(f"{said} ", FONT, 7.5), bottom)
    canvas.doForm("pages")


def _cut(text: str, width: float) -> str:
    """A text of one line, cut to that width."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    kept = text
    while kept and stringWidth(f"{kept}…", FONT, 7.5) > width:
        kept = kept[:-1]
    return text if kept == text else f"{kept}…"
