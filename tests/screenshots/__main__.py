"""`python -m tests.screenshots OUT [--only WORD] [--look LOOK]`: every screen and state as a picture in OUT;
`python -m tests.screenshots docs/images --gallery`: the desks of the README (its call is lived by `journey`).

A module of this package with a function `draw(shoot)` is collected: it makes its widgets and hands each to
`shoot(name, widget)`. It is called once per look (light and dark, text at 100 and 200 %), dressed accordingly; the
pictures are `<name>.png`, `<name>-dark.png`, `<name>-200.png`, `<name>-dark-200.png`. A widget that was not sized is
shown at 1280 × 800.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

import tests.screenshots
from simulator.settings import Settings
from simulator.ui import theme

SIZE = (1280, 800)

LOOKS: Mapping[str, Settings] = MappingProxyType(
    {
        "light": Settings(theme="light"),
        "dark": Settings(theme="dark"),
        "200": Settings(theme="light", text_size=200),
        "dark-200": Settings(theme="dark", text_size=200),
    }
)

GALLERY: Mapping[str, str] = MappingProxyType(
    {
        "outbound-person": "outbound",
        "colleague-talking": "colleague",
        "counter-talking": "counter",
        "chat-three": "chat",
        "email-spelling": "email",
        "web-results": "web",
        "apps-request": "apps",
        "social-private": "social",
        "shift-call": "shift",
        "exam-rules": "exam",
        "office-heat": "office",
    }
)
"""The README's pictures of desks, exams and the office, and their names there."""


@dataclass
class Camera:
    """Writes what it is shown into `folder`; names without `word` are passed over, and all that are not in `names`
    where there are any (and what each is called then)."""

    app: QApplication
    folder: Path
    look: str
    word: str
    names: Mapping[str, str]
    taken: int = 0
    shown: list[QWidget] = field(default_factory=list)

    def shoot(self, name: str, widget: QWidget) -> None:
        """Shows a widget at the size of a window and writes it under a name."""
        if self.word in name and (not self.names or name in self.names):
            if not widget.testAttribute(Qt.WidgetAttribute.WA_Resized):
                widget.resize(*SIZE)
            widget.show()
            # Layouts of wrapped text settle in a few rounds.
            for _round in range(4):
                self.app.processEvents()
            suffix = "" if self.look == "light" else f"-{self.look}"
            path = self.folder / f"{self.names.get(name, name)}{suffix}.png"
            if not widget.grab().save(str(path)):
                raise OSError(f"cannot write {path}")
            self.taken += 1
        widget.hide()
        self.app.processEvents()
        self.shown.append(widget)

    def clear(self) -> None:
        """Deletes what was shown, as the window does with its pages, before everything alive is dressed anew."""
        for widget in self.shown:
            widget.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.shown.clear()


def main() -> int:
    """Draws everything; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="only names that contain this")
    parser.add_argument("--look", choices=tuple(LOOKS), help="only this look")
    parser.add_argument("--gallery", action="store_true", help="only the README's desks, in the light look")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    names = [found.name for found in pkgutil.iter_modules(tests.screenshots.__path__) if found.name != "__main__"]
    taken = 0
    for look, settings in LOOKS.items():
        if look != "light" if asked.gallery else asked.look not in (None, look):
            continue
        theme.apply(app, settings)
        camera = Camera(app, asked.out, look, asked.only, GALLERY if asked.gallery else {})
        for name in names:
            module = importlib.import_module(f"tests.screenshots.{name}")
            if hasattr(module, "draw"):
                module.draw(camera.shoot)
        camera.clear()
        taken += camera.taken
    sys.stdout.write(f"{taken} pictures in {asked.out}\n")
    return 0 if taken else 1


if __name__ == "__main__":
    sys.exit(main())
