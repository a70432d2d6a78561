"""The counter and who stands before it: they come in, show by posture and face how they feel, speak, and leave."""

from PySide6.QtCore import QEasingCurve, QRect, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.session.state import ContactState, Phase
from simulator.ui.desk.figure import CANVAS, MIDDLE, Figure, described, level_of, renderer
from simulator.ui.desk.words import mood_level
from simulator.ui.theme import current_look
from simulator.wording import _

COMES_MS = 1_400
CHANGES_MS = 450
LOOKS_AROUND_MS = 900
"""So long somebody who waits to be greeted looks to one side."""
DOOR = 350
"""How far left of their place they come in and go out (canvas pixels)."""
LEAST_PX = 120
"""Below this height a face cannot be read."""
VIEW = 920
"""So much of the room is seen at least (canvas pixels): the door is in sight also of a narrow, tall scene."""
_TURN = 9
"""How far the face moves then (canvas pixels)."""
_SIGN = QRectF(640, 52, 380, 54)


class CounterScene(QWidget):
    """A picture; what it shows is said by its accessible name. `level`: how the customer feels, as drawn."""

    def __init__(self, company: str, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("counterScene")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(LEAST_PX)
        self._company = company
        self._figure = figure
        self._pictures: dict[tuple[str, str, int], QPixmap] = {}
        self._there = False
        self._speaks = False
        self._turn = 0
        self.level = "neutral"
        self._before = "neutral"
        self._comes = self._animation(COMES_MS, 0.0)
        self._changes = self._animation(CHANGES_MS, 1.0)
        self.show_contact(None)

    @property
    def is_there(self) -> bool:
        """Whether somebody stands at the counter, or is coming up to it."""
        return self._there

    @property
    def speaks(self) -> bool:
        """Whether the marks of speaking are shown."""
        return self._speaks

    @property
    def turn(self) -> int:
        """Which way the face is turned: -1, 0 (to the agent) or 1."""
        return self._turn

    @property
    def presence(self) -> float:
        """0: not there, 1: at the counter; between them on the way."""
        return float(self._comes.currentValue())

    def sizeHint(self) -> QSize:
        return QSize(640, 300)

    def show_contact(self, contact: ContactState | None) -> None:
        """Shows whether somebody is there, and how they feel."""
        there = contact is not None and contact.phase in (Phase.TALKING, Phase.ENDING)
        if contact is not None and there:
            self._feel(level_of(contact.mood))
        if there != self._there:
            self._there = there
            self._move(self._comes, 1.0 if there else 0.0)
        self._name(contact)

    def show_time(self, contact: ContactState | None, now: int) -> None:
        """Shows at session time `now` (ms) whether they speak, or look around because nobody has greeted them."""
        speaks = self._there and contact is not None and contact.customer.speaking(now)
        waits = self._there and contact is not None and contact.customer.spoken is None and not speaks
        turn = (-1, 1)[now // LOOKS_AROUND_MS % 2] if waits else 0
        if (speaks, turn) != (self._speaks, self._turn):
            self._speaks, self._turn = speaks, turn
            self.update()

    def refresh_icons(self) -> None:
        """Draws everything in the colours of the present theme."""
        self._pictures.clear()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pictures.clear()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._layer(painter, "room")
        self._paint_sign(painter)
        presence = self.presence
        away = round((presence - 1) * DOOR * self._scale)
        if presence > 0:
            self._person(painter, "person", away, presence)
        self._layer(painter, "counter")
        if presence >= 1:
            self._person(painter, "hands", 0, 1.0)
            if self._speaks:
                self._layer(painter, "speaking")
        painter.end()

    # What is seen

    def _feel(self, level: str) -> None:
        if level == self.level:
            return
        self._before, self.level = self.level, level
        if self._there:
            self._changes.setCurrentTime(0)
            self._move(self._changes, 1.0, start=0.0)

    def _name(self, contact: ContactState | None) -> None:
        if contact is None or not self._there:
            over = contact is not None and contact.phase is Phase.AFTER
            said = _("The customer has left.") if over else _("Nobody is at the counter.")
        else:
            said = f"{mood_level(contact.mood).text}. {described(self.level)}"
        if said != self.accessibleName():
            self.setAccessibleName(said)
            self.setToolTip(said)

    # Painting

    @property
    def _scale(self) -> float:
        return min(self.height() / CANVAS[3], self.width() / VIEW)

    @property
    def _top(self) -> int:
        """Where the drawings begin: they stand at the bottom, and above them is more wall."""
        return self.height() - round(CANVAS[3] * self._scale)

    def _person(self, painter: QPainter, layer: str, away: int, presence: float) -> None:
        """The person, while they change from one level to the next both at once."""
        changed = float(self._changes.currentValue()) if self._there else 1.0
        shown = ((self._before, 1.0), (self.level, changed)) if changed < 1 else ((self.level, 1.0),)
        for level, share in shown:
            painter.setOpacity(share * min(1.0, presence * 3))
            self._layer(painter, layer, level, away)
        painter.setOpacity(1.0)

    def _layer(self, painter: QPainter, layer: str, level: str = "", away: int = 0) -> None:
        picture, top = self._picture(layer, level), self._top
        left = round(self.width() / 2 - (MIDDLE - CANVAS[0]) * self._scale) + away
        painter.drawPixmap(left, top, picture)
        if layer not in ("room", "counter"):
            return
        # A room that is wider or higher than its drawing goes on as it is at the drawing's edges.
        pixels, width = picture.size(), round(CANVAS[2] * self._scale)
        high, right = self.height() - top, left + width
        painter.drawPixmap(QRect(0, top, left, high), picture, QRect(0, 0, 1, pixels.height()))
        rest = QRect(right, top, self.width() - right, high)
        painter.drawPixmap(rest, picture, QRect(pixels.width() - 1, 0, 1, pixels.height()))
        painter.drawPixmap(QRect(0, 0, self.width(), top), picture, QRect(0, 0, 1, 1))

    def _picture(self, layer: str, level: str) -> QPixmap:
        """A layer at the height of the widget, sharp on the screen it is on."""
        turn = self._turn * _TURN if layer == "person" else 0
        key = (layer, level, turn)
        if key not in self._pictures:
            figure = self._figure if level else None
            svg = renderer(layer, dark=current_look().dark, figure=figure, level=level or "neutral", turn=turn)
            ratio = self.devicePixelRatioF()
            size = QSize(round(CANVAS[2] * self._scale * ratio), round(CANVAS[3] * self._scale * ratio))
            drawn = QPixmap(size)
            drawn.fill(Qt.GlobalColor.transparent)
            inside = QPainter(drawn)
            svg.render(inside, QRectF(0, 0, size.width(), size.height()))
            inside.end()
            drawn.setDevicePixelRatio(ratio)
            self._pictures[key] = drawn
        return self._pictures[key]

    def _paint_sign(self, painter: QPainter) -> None:
        """The company's name on the wall, where there is room for it."""
        scale, look = self._scale, current_look()
        left = self.width() / 2 + (_SIGN.left() - MIDDLE) * scale
        box = QRectF(left, self._top + (_SIGN.top() - CANVAS[1]) * scale, _SIGN.width() * scale, _SIGN.height() * scale)
        if box.right() > self.width() or box.height() < 14:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.colours["rail"]))
        painter.drawRoundedRect(box, 8 * scale, 8 * scale)
        font = painter.font()
        font.setPixelSize(max(8, round(26 * scale)))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(look.colours["on-rail"]))
        name = painter.fontMetrics().elidedText(self._company, Qt.TextElideMode.ElideRight, round(box.width() * 0.92))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    # Moving

    def _animation(self, ms: int, value: float) -> QVariantAnimation:
        moves = QVariantAnimation(self)
        moves.setDuration(ms)
        moves.setEasingCurve(QEasingCurve.Type.InOutSine)
        moves.setStartValue(value)
        moves.setEndValue(value)
        moves.valueChanged.connect(self.update)
        return moves

    def _move(self, moves: QVariantAnimation, to: float, start: float | None = None) -> None:
        """Moves there; at once where nobody is looking."""
        begin = float(moves.currentValue()) if start is None else start
        moves.stop()
        moves.setStartValue(begin if self.isVisible() else to)
        moves.setEndValue(to)
        if self.isVisible():
            moves.start()
        else:
            moves.setCurrentTime(moves.duration())
        self.update()
