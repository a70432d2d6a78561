"""A certificate: who passed what, when, with how much, and how whoever doubts it can prove it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO, Final

from simulator.records.paper.sheets import (
    BOLD,
    FONT,
    INKS,
    Sheet,
    Story,
    date_text,
    gap,
    paragraph,
    plain,
    style,
    write,
)
from simulator.records.signing import shown
from simulator.wording import _

_EDGE: Final = 28.0
"""From the edge of the page to the frame, points."""


def write_certificate(file: BinaryIO, who: str, about: Mapping[str, Any], exam: str | None, made: datetime) -> None:
    """Write the certificate of a passed attempt. `who`: the name that is to be shown; `about`: the attempt's cells by
    the ids of `table.ATTEMPT`; `exam`: the title of the exam, where it is a try of one."""
    title = _("Certificate of {who}").format(who=who)
    subject = f"{about['scenario-title']} · {about['attempt']}"
    score = _("with {score} of 100 points (pass mark {mark})").format(score=about["final-raw"], mark=about["pass-mark"])
    day = _("on {day}").format(day=date_text(about["ended"] or about["started"]))
    what = _("passed the exam") if about["mode"] == "exam" else _("passed the exercise")
    named = exam or about["scenario-title"]
    story: Story = [
        gap(62),
        _centred(_("CERTIFICATE"), 34, "accent", bold=True),
        gap(28),
        _centred(who, 27, "text", bold=True),
        gap(12),
        _centred(what, 13, "muted"),
        gap(6),
        _centred(named, 20, "text", bold=True),
        *([_centred(about["scenario-title"], 12, "muted")] if exam else []),
        gap(6),
        _centred(score, 13, "text"),
        _centred(day, 13, "text"),
        gap(58),
        *(_proof(name, value) for name, value in _proofs(about)),
        gap(6),
        paragraph(
            plain(
                _(
                    "To verify it, ask the desk for its signed results (export --format jsonl) and run: python main.py "
                    "verify FILE. The file must hold this attempt, signed with this key, and the key must be one that "
                    "your organisation has enrolled. This paper by itself proves nothing: anybody can print one."
                )
            ),
            "small-centred",
        ),
    ]
    sheet = Sheet(title, subject, "", made, landscape=True)
    write(file, sheet, story, lambda canvas: _frame(canvas, made))


def _proofs(about: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return (
        (_("Attempt id"), about["attempt"]),
        (_("Key of the desk"), shown(about["key"])),
        (_("Scenario (SHA-256)"), about["scenario-hash"]),
        (_("Program version"), about["software"]),
    )


def _centred(text: str, size: float, tone: str, *, bold: bool = False) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    own = ParagraphStyle(
        "certificate",
        parent=style(),
        fontName=BOLD if bold else FONT,
        fontSize=size,
        leading=size * 1.3,
        textColor=HexColor(INKS[tone]),
        alignment=TA_CENTER,
    )
    return Paragraph(plain(text), own)


def _proof(name: str, value: str) -> Any:
    return paragraph(f"{plain(name)}: {plain(value)}", "small-centred")


def _frame(canvas: Any, made: datetime) -> None:
    width, height = canvas._pagesize
    for inset, line in ((0.0, 2.0), (5.0, 0.6)):
        canvas.setStrokeColor(INKS["accent"])
        canvas.setLineWidth(line)
        edge = _EDGE + inset
        canvas.rect(edge, edge, width - 2 * edge, height - 2 * edge)
    canvas.setFont(FONT, 8)
    canvas.setFillColor(INKS["muted"])
    canvas.drawCentredString(width / 2, height - _EDGE - 26, _("Tercer Timbre · trainer of customer-service agents"))
    canvas.drawCentredString(width / 2, _EDGE + 16, _("Issued on {day}").format(day=date_text(made)))
