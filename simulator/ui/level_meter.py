"""The microphone's level as a bar, with its judgement in words: never by colour alone."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from simulator.speech.listening.gate import SOFTEST_DBFS
from simulator.ui.theme import current_look
from simulator.ui.widgets import label
from simulator.wording import _, mark

LEAST: Final = -60.0
"""dBFS at the left end of the scale; its right end is 0, the most that a sample can hold."""
GOOD_FROM: Final = -38.0
"""dBFS of some 50 ms of speech (root mean square) below which a voice is too quiet to be recognised well."""
LOUD_FROM: Final = -9.0
"""dBFS from which speech clips: its peaks lie some 9 to 12 dB above its root mean square."""
FALL: Final = 1.2
"""Decibels by which the word's level falls at each reading (some 50 ms): a pause between words changes no word."""

Zone = Literal["off", "silent", "quiet", "good", "loud"]

WORDS: Final[Mapping[Zone, str]] = MappingProxyType(
    {
        "off": mark("Microphone closed"),
        "silent": mark("No voice is heard"),
        "quiet": mark("Too quiet"),
        "good": mark("Good"),
        "loud": mark("Too loud"),
    }
)
_COLOURS: Final[Mapping[Zone, str]] = MappingProxyType(
    {"off": "border-strong", "silent": "border-strong", "quiet": "warning", "good": "good", "loud": "bad"}
)


def zone_of(dbfs: float) -> Zone:
    """Where a level of speech (dBFS) lies."""
    if dbfs < SOFTEST_DBFS:
        return "silent"
    if dbfs < GOOD_FROM:
        return "quiet"
    return "good" if dbfs < LOUD_FROM else "loud"


class LevelMeter(QWidget):
    """A horizontal bar from −60 to 0 dBFS and a word. `scale`: the word above, the names of the zones beneath; without,
    the word beside it (for a toolbar).

    `show_level` at each reading of the microphone (some 20 a second); `show_off` when it is closed.
    """

    def __init__(self, *, scale: bool = True) -> None:
        super().__init__()
        self.setObjectName("levelMeter")
        self.setAccessibleName(_("Level of the microphone"))
        self.zone: Zone = "off"
        """What the word says."""
        self._held = LEAST
        self.bar = _Bar()
        self.word: QLabel = label("", "levelWord")
        inside = QGridLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setHorizontalSpacing(12)
        inside.setVerticalSpacing(3)
        inside.setColumnStretch(0, 1)
        if scale:
            inside.addWidget(self.word, 0, 0)
            inside.addWidget(self.bar, 1, 0)
            inside.addWidget(_names(), 2, 0)
        else:
            inside.addWidget(self.bar, 0, 0)
            inside.addWidget(self.word, 0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say("off")

    def show_level(self, dbfs: float) -> None:
        """Shows a reading: the bar at once, the word by the loudest of the last second or so."""
        self.bar.put(dbfs)
        self._held = max(dbfs, self._held - FALL)
        zone = zone_of(self._held)
        self.bar.tint(_COLOURS[zone])
        if zone != self.zone:
            self._say(zone)

    def show_off(self) -> None:
        """The microphone is closed."""
        self._held = LEAST
        self.bar.put(LEAST)
        self._say("off")

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        """The word keeps one width, whatever it says: the bar beside it must not jump."""
        self.word.ensurePolished()
        widest = max(self.word.fontMetrics().horizontalAdvance(_(said)) for said in WORDS.values())
        if self.word.minimumWidth() != widest + 4:
            self.word.setMinimumWidth(widest + 4)

    def _say(self, zone: Zone) -> None:
        self.zone = zone
        self.bar.tint(_COLOURS[zone])
        self.word.setText(_(WORDS[zone]))
        # Told to screen readers when the word changes, not at each of twenty readings a second.
        self.setAccessibleDescription(self.word.text())


class _Bar(QWidget):
    """The bar itself: filled to the level, with a mark where each zone ends."""

    def __init__(self) -> None:
        super().__init__()
        self._dbfs = LEAST
        self._role = "border-strong"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, dbfs: float) -> None:
        level = min(0.0, max(LEAST, dbfs))
        if level != self._dbfs:
            self._dbfs = level
            self.update()

    def tint(self, role: str) -> None:
        if role != self._role:
            self._role = role
            self.update()

    def sizeHint(self) -> QSize:
        look = current_look()
        return QSize(look.px(160), look.px(14))

    def minimumSizeHint(self) -> QSize:
        look = current_look()
        return QSize(look.px(60), look.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        look = current_look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = min(whole.height() / 2, look.px(5))
        painter.setPen(QPen(look.colour("border-strong"), 1))
        painter.setBrush(look.colour("sunken"))
        painter.drawRoundedRect(whole, radius, radius)
        filled = QRectF(whole)
        filled.setWidth(whole.width() * (self._dbfs - LEAST) / -LEAST)
        if filled.width() >= 1:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(self._role))
            painter.drawRoundedRect(filled, min(radius, filled.width() / 2), radius)
        for edge in (GOOD_FROM, LOUD_FROM):
            at = round(whole.width() * (edge - LEAST) / -LEAST)
            painter.setPen(QPen(_over(look.colour("text")), 1.5))
            painter.drawLine(at, 2, at, self.height() - 2)


def _over(colour: QColor) -> QColor:
    made = QColor(colour)
    made.setAlpha(150)
    return made


def _names() -> QWidget:
    """The names of the zones beneath the bar, from its left end to its right."""
    made = QWidget()
    inside = QHBoxLayout(made)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(8)
    zones: tuple[Zone, ...] = ("quiet", "good", "loud")
    for number, zone in enumerate(zones):
        if number:
            inside.addStretch(7 if number == 1 else 3)  # «good» in the middle of its part
        inside.addWidget(label(_(WORDS[zone]), "small"))
    return made
