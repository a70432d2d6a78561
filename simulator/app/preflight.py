"""Before Qt is imported: does this machine have what Qt needs? If not, say which library and how to get it."""

import ctypes
import os
import sys

LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libX11.so.6", "libx11-6"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libfreetype.so.6", "libfreetype6"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libpulse.so.0", "libpulse0"),
    ("libbrotlidec.so.1", "libbrotli1"),
)
"""What PySide6 and QtMultimedia load on Linux: library → Debian's package."""

X11_LIBRARIES = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
)
"""What Qt's X11 platform loads besides, when a real window is opened."""

OPTIONAL = frozenset({"libpulse.so.0", "libbrotlidec.so.1"})
"""Without these there is a window, and no sound: the speech room says so by itself."""


def apt_line() -> str:
    """The one line that installs everything on Debian and Ubuntu; the README quotes it."""
    return "sudo apt-get install -y " + " ".join(package for _, package in (*LIBRARIES, *X11_LIBRARIES))


def missing_libraries(*, window: bool) -> list[str]:
    """The libraries that cannot be loaded here; empty on other systems than Linux. `window`: a real X11 one."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = (*LIBRARIES, *X11_LIBRARIES) if window else LIBRARIES
    missing = []
    for library, _ in wanted:
        if library in OPTIONAL:
            continue
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(library)
    return missing


def complaint() -> str | None:
    """What stops the window from opening, in Spanish and with the mend, or None when nothing does."""
    # Spanish without gettext: this runs before anything of the program can be relied upon.
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    headless = platform in ("offscreen", "minimal")
    if sys.platform.startswith("linux") and not headless:
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return "No hay pantalla: abra una sesión de escritorio (no se encontró DISPLAY ni WAYLAND_DISPLAY)."
    on_x11 = not headless and not os.environ.get("WAYLAND_DISPLAY")
    missing = missing_libraries(window=on_x11)
    if not missing:
        return None
    return f"Faltan bibliotecas del sistema: {', '.join(missing)}.\nInstálelas con:\n  {apt_line()}"
