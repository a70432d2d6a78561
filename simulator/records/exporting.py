"""Results written in each format, for the command line and the window alike. Both bring attempts that may leave
(`table.published`); nothing else can be asked for here."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, Final

from simulator.errors import TercerTimbreError
from simulator.wording import _

if TYPE_CHECKING:
    from simulator.records.store import Records
    from simulator.records.table import Published

FORMATS: Final = ("csv", "xlsx", "pdf", "jsonl", "xapi")


def write_results(
    file: BinaryIO,
    format: str,
    records: "Records",
    chosen: "Sequence[Published]",
    at: datetime,
    *,
    names: bool = False,
    delimiter: str | None = None,
    cohort: str | None = None,
    one_person: bool = False,
) -> None:
    """Write the chosen attempts. `format`: one of `FORMATS`; a pdf is a report on all of them (titled by the cohort of
    that name), or, with `one_person`, the report on the person whose they all are.

    `names`: leave names in quotes, and name the person in a pdf. `delimiter`: of a csv, None: as this computer's region
    has it. `at`: the moment of a pdf.
    """
    match format:
        case "csv":
            from simulator.records.csv_file import regional, write_csv
            from simulator.records.table import MARKS

            usual, decimal = regional()
            rows = records.mark_rows(chosen, names=names)
            write_csv(file, MARKS, rows, delimiter=delimiter or usual, decimal=decimal)
        case "xlsx":
            from simulator.records.xlsx_file import write_xlsx

            write_xlsx(file, records.summary_rows(chosen), records.mark_rows(chosen, names=names))
        case "pdf":
            if one_person:
                from simulator.records.paper.person import write_person

                who = _who(records, chosen[0], names=names)
                write_person(file, who, records.reported(chosen, names=names), at)
            else:
                from simulator.records.paper.everybody import write_everybody

                title = _("Results of all") if cohort is None else _("Results of the cohort {name}").format(name=cohort)
                write_everybody(file, title, records.summary_rows(chosen), records.mark_rows(chosen), at)
        case "xapi":
            from simulator.records.xapi import xapi_statements

            separator = b"["
            for statement in xapi_statements(records.mark_rows(chosen, names=names)):
                file.write(separator + json.dumps(statement, ensure_ascii=False).encode())
                separator = b",\n"
            file.write(b"]\n")
        case "jsonl":
            from simulator.records.workshop import SOFTWARE

            for line in records.results([attempt.id for attempt in chosen], SOFTWARE):
                file.write(line)
        case _:
            raise ValueError(format)


def best_passed(chosen: "Sequence[Published]") -> "Published":
    """The best of the passed attempts, and of equal ones the last. Errors: certificate-none."""
    passed = [attempt for attempt in chosen if attempt.about["final-result"] == "passed"]
    if not passed:
        raise TercerTimbreError("certificate-none")
    return max(passed, key=lambda attempt: (attempt.about["final-raw"], attempt.about["started"]))


def write_certificate(
    file: BinaryIO, records: "Records", passed: "Published", at: datetime, *, names: bool = False
) -> None:
    """Write the certificate of an attempt that was passed."""
    from simulator.records.paper import certificate

    who = _who(records, passed, names=names)
    certificate.write_certificate(file, who, passed.about, records.exam_title(passed.id), at)


def _who(records: "Records", attempt: "Published", *, names: bool) -> str:
    person: str = attempt.about["person"]
    return records.shown_name(person) if names else person
