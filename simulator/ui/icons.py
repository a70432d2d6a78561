"""Icons: our own line drawings (`assets/icons`), drawn in a colour of the present look."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from simulator import paths
from simulator.ui.theme import Look, current_look

SIZES = (16, 24, 32, 48)


def icon(name: str, role: str = "text") -> QIcon:
    """The icon `assets/icons/<name>.svg` in the colour `role` of the look. Ask anew after the theme changed.

    Errors: FileNotFoundError for an unknown name, KeyError for an unknown colour.
    """
    look = current_look()
    drawing = (paths.assets() / "icons" / f"{name}.svg").read_text("utf-8")
    made = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, role), (QIcon.Mode.Disabled, "faint")):
        renderer = QSvgRenderer(QByteArray(_coloured(drawing, look, colour).encode()))
        for size in SIZES:
            made.addPixmap(_pixmap(renderer, size), mode)
    return made


def pixmap(name: str, size: int, role: str = "text") -> QPixmap:
    """The icon as a pixmap, `size` device-independent pixels square, sharp on a scaled screen."""
    drawing = (paths.assets() / "icons" / f"{name}.svg").read_text("utf-8")
    renderer = QSvgRenderer(QByteArray(_coloured(drawing, current_look(), role).encode()))
    drawn = _pixmap(renderer, size * 2)
    drawn.setDevicePixelRatio(2)
    return drawn


def _coloured(drawing: str, look: Look, role: str) -> str:
    return drawing.replace("#000", look.colours[role])


def _pixmap(renderer: QSvgRenderer, size: int) -> QPixmap:
    drawn = QPixmap(QSize(size, size))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
