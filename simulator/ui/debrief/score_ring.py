"""The score as a ring that fills up to it, with a mark where passing begins, and the number in the middle."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from simulator.wording import _

_FULL = 360 * 16
_TOP = 90 * 16


class ScoreRing(QWidget):
    """`score` None draws an empty ring with a dash."""

    def __init__(self, score: int | None, pass_mark: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score = score
        self._pass_mark = pass_mark
        self._colour = QColor("gray")
        self._track = QColor("lightgray")
        self._text = QColor("black")
        said = _("No score") if score is None else _("{score} of 100").format(score=score)
        self.setAccessibleName(said)
        self.setToolTip(_("{said}; {mark} are needed to pass").format(said=said, mark=pass_mark))

    def colour(self, ring: QColor, track: QColor, text: QColor) -> None:
        """The colours of the present theme."""
        self._colour, self._track, self._text = ring, track, text
        self.update()

    def sizeHint(self) -> QSize:
        side = max(112, self.fontMetrics().height() * 6)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        width = side / 11
        square = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        ring = square.adjusted(width, width, -width, -width)
        painter.setPen(QPen(self._track, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(ring, 0, _FULL)
        if self._score:
            painter.setPen(QPen(self._colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(ring, _TOP, -_FULL * self._score // 100)
        painter.setPen(QPen(self._text, width * 1.25, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(ring, _TOP - _FULL * self._pass_mark // 100 - 24, 48)
        painter.setPen(self._text)
        font = QFont(self.font())
        font.setPixelSize(int(side * 0.3))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        number = "–" if self._score is None else str(self._score)
        painter.drawText(square.adjusted(0, -side * 0.05, 0, -side * 0.05), Qt.AlignmentFlag.AlignCenter, number)
        font.setPixelSize(int(side * 0.1))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        below = QRectF(square.left(), square.center().y() + side * 0.12, side, side * 0.18)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, _("of 100"))
