"""What the program says when something fails that the user can mend: codes of `TercerTimbreError`."""

from __future__ import annotations

from typing import Final

ERRORS: Final[dict[str, str]] = {
    "file-unreadable": "The file {path} cannot be read: {reason}. Check that it exists and that you may open it.",
    "file-unwritable": "The file {path} cannot be written: {reason}. Check the folder and the free space.",
    "results-none": (
        "There is nothing to export: no attempt that fits was submitted and none is an exam. Practice stays private."
    ),
    "unexpected": "Something unforeseen failed ({detail}). Your attempt is kept; please open the program again.",
}
