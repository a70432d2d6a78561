"""Verdicts, results and the reasons behind them, as the debrief and `--json` say them.

To add a reason: a row `"code": "English with {values}"` here, its Spanish in `assets/translations/es/scoring.po`.
Codes of verdicts and results carry their prefix, because reasons share the table.
"""

from __future__ import annotations

from typing import Final

VERDICTS: Final[dict[str, str]] = {
    "verdict-met": "met",
    "verdict-missed": "missed",
    "verdict-not-applicable": "not applicable",
    "verdict-unclear": "to be reviewed",
    "result-passed": "passed",
    "result-failed": "failed",
    "result-pending": "pending",
    "result-incomplete": "incomplete",
    "result-not-scored": "not scored",
}
