"""What is wrong in an authored file and how to mend it: codes of `simulator.source.diagnostics.Diagnostic`.

Each code has its page in `docs/diagnostics/`. A diagnostic whose args hold a `suggestion` gets «¿quiso decir …?»
appended by `simulator.source.diagnostics.message`; it needs no place for it here.
"""

from __future__ import annotations

from typing import Final

DIAGNOSTICS: Final[dict[str, str]] = {
    "yaml-duplicate-key": "The key «{key}» is written twice (the first is in line {line}). Join both or rename one.",
}
