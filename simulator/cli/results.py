"""`export`, `verify`, `import`, `keys`: results leave this desk, are proved unaltered, and come in from others."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator import paths
from simulator.cli.calling import Command, Group
from simulator.cli.signing_in import As, authorised
from simulator.cli.sources import database, demand_file, replaced_by
from simulator.errors import TercerTimbreError
from simulator.records.accounts import Right
from simulator.wording import _, mark, n_, render

if TYPE_CHECKING:
    from simulator.records.results_file import Finding
    from simulator.records.store import Store
    from simulator.records.team.database import Team

_DAY = "%Y-%m-%d"
_MISTAKES = 1

From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar=mark("ADDRESS"), help=mark("The team's database (postgresql://…) instead of this desk's.")
    ),
]

keys = typer.Typer(
    cls=Group,
    add_completion=False,
    help=mark("The keys with which desks sign their results: list them, and vouch for one."),
)


def export(
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=mark("FORMAT"),
            help=mark(
                "csv: a row per mark; xlsx: a workbook; pdf: a report; jsonl: the whole signed log; "
                "xapi: statements for an LRS."
            ),
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar=mark("FILE"), help=mark("The file to be written."))],
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar=mark("ID"), help=mark("Only attempts at this scenario."))
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar=mark("ID"), help=mark("Only this person's, by pseudonym."))
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", metavar=mark("DATE"), formats=[_DAY], help=mark("Only begun on this day or later.")),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--until", metavar=mark("DATE"), formats=[_DAY], help=mark("Only begun on this day or earlier.")),
    ] = None,
    cohort: Annotated[
        str | None, typer.Option("--cohort", metavar=mark("NAME"), help=mark("Only people of this cohort."))
    ] = None,
    exam: Annotated[
        str | None, typer.Option("--exam", metavar=mark("ID"), help=mark("Only tries at this exam."))
    ] = None,
    names: Annotated[
        bool,
        typer.Option(
            "--names", help=mark("Leave the agent's name in quotes instead of [agente]; in a pdf, name the person too.")
        ),
    ] = False,
    delimiter: Annotated[
        str | None,
        typer.Option(
            "--delimiter",
            metavar=mark("CHARACTER"),
            help=mark("Between the cells of a csv; without it, as this computer's region has it."),
        ),
    ] = None,
    certificate: Annotated[
        bool,
        typer.Option(
            "--certificate",
            help=mark(
                "pdf: a certificate of the best attempt that --person passed at --scenario or --exam, not a report."
            ),
        ),
    ] = False,
    source: From = None,
    as_: As = None,
) -> None:
    """Submitted attempts and exams only: practice cannot be asked for. Exit code 1 when there is none."""
    from simulator.records.exporting import FORMATS, best_passed, write_certificate, write_results
    from simulator.records.table import Filter

    if format not in FORMATS:
        said = _("There is no format «{format}». There are: {formats}.")
        raise typer.BadParameter(said.format(format=format, formats=", ".join(FORMATS)))
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise typer.BadParameter(_("--delimiter takes one character."))
    if certificate and (format != "pdf" or person is None or (scenario is None and exam is None)):
        raise typer.BadParameter(_("--certificate takes --format pdf, --person, and --scenario or --exam."))
    wanted = Filter(scenario, person, since and since.date(), until and until.date(), cohort, exam)
    with _opened(source, as_, Right.EXPORT) as store:
        chosen = store.results_table(wanted)
        if not chosen and not (format == "jsonl" and store.tombstones()):
            raise TercerTimbreError("results-none")
        if certificate:
            chosen = [best_passed(chosen)]
        now = datetime.now(UTC)
        with replaced_by(out) as file:
            if certificate:
                write_certificate(file, store, chosen[0], now, names=names)
            else:
                write_results(
                    file, format, store, chosen, now,
                    names=names, delimiter=delimiter, cohort=cohort, one_person=person is not None,
                )  # fmt: skip
    said = n_("{n} attempt written: {file}", "{n} attempts written: {file}", len(chosen))
    typer.echo(said.format(n=len(chosen), file=out))


def verify(
    file: Annotated[Path, typer.Argument(metavar=mark("FILE"), help=mark("A file of results (jsonl)."))],
) -> None:
    """Exit code 1 when anything was altered, left out or added since it was signed."""
    from simulator.records.receiving import examined
    from simulator.records.results_file import Examined, Finding, Stone
    from simulator.records.signing import shown
    from simulator.records.store import Store

    enrolled: dict[str, str] = {}
    people: frozenset[str] = frozenset()
    if database().exists():
        with Store.open(database()) as store:
            enrolled = {key.fingerprint: key.label for key in store.desk_keys() if key.enrolled_at is not None}
            people = _people(store)
    signers: Counter[str] = Counter()
    sound = wrong = 0
    demand_file(file)
    for item in examined(file):
        if isinstance(item, Finding):
            _tell(file, item, "")
            wrong += 1
            continue
        about = item.attempt if isinstance(item, Stone) else item.id
        for finding in item.findings:
            _tell(file, finding, about)
        wrong += bool(item.findings)
        if isinstance(item, Examined) and not item.findings:
            sound += 1
            signers.update({statement.key for statement in item.statements})
    for key, number in sorted(signers.items()):
        said = n_(
            "{n} attempt signed with the key {key}: {who}", "{n} attempts signed with the key {key}: {who}", number
        )
        typer.echo(said.format(n=number, who=_who(enrolled.get(key), person=key in people), key=shown(key)))
    typer.echo(n_("{n} attempt is as it was signed.", "{n} attempts are as they were signed.", sound).format(n=sound))
    if wrong:
        raise typer.Exit(_MISTAKES)


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar=mark("FILE"), help=mark("Files of results (jsonl) of other desks."))
    ],
    as_: As = None,
) -> None:
    """Takes in what is whole, refuses what was altered (exit code 1); the same file twice adds nothing."""
    from simulator.records.receiving import receive
    from simulator.records.recordings import Recordings
    from simulator.records.signing import shown
    from simulator.records.store import Store

    for path in files:
        demand_file(path)
    unknown: set[str] = set()
    wrong = False
    with Store.open(database()) as store:
        authorised(store, as_, Right.IMPORT)
        for path in files:
            brought = receive(store, path, Recordings(paths.user_data() / paths.RECORDINGS))
            for finding, attempt in brought.findings:
                _tell(path, finding, attempt)
            wrong = wrong or bool(brought.findings)
            unknown |= brought.unknown_keys
            counted = {how: brought.counted[how] for how in ("new", "grew", "known", "refused", "erased")}
            typer.echo(
                _("{file}: {new} new, {grew} completed, {known} known already, {refused} refused.").format(
                    file=path, **counted
                )
            )
            if counted["erased"]:
                said = n_(
                    "{n} attempt was erased elsewhere and is deleted here.",
                    "{n} attempts were erased elsewhere and are deleted here.",
                    counted["erased"],
                )
                typer.echo(said.format(n=counted["erased"]))
    for key in sorted(unknown):
        typer.echo(_("Nobody has vouched for this key yet: {key}").format(key=shown(key)), err=True)
    if unknown:
        typer.echo(
            _("Compare it with the one that the desk shows, and then: python main.py keys enrol KEY --name NAME"),
            err=True,
        )
    if wrong:
        raise typer.Exit(_MISTAKES)


@keys.command("list", cls=Command, help=mark("List the keys; this desk's own first."))
def list_keys(source: From = None, as_: As = None) -> None:
    """Fingerprint, name, and whether somebody vouched for it. Makes this desk's key when it has none."""
    from simulator.records.keys import desk_signer
    from simulator.records.signing import shown
    from simulator.records.store import Store

    own = desk_signer(paths.user_data()).fingerprint
    typer.echo(f"{shown(own)} · {_('this desk')}")
    with Store.open(database()) if source is None else _opened(source, as_, Right.KEYS) as store:
        people = _people(store)
        for key in store.desk_keys():
            if key.fingerprint != own:
                label = key.label if key.enrolled_at is not None else None
                typer.echo(f"{shown(key.fingerprint)} · {_who(label, person=key.fingerprint in people)}")


@keys.command("enrol", cls=Command, help=mark("Vouch for a desk's key, after comparing it with what that desk shows."))
def enrol(
    key: Annotated[str, typer.Argument(metavar=mark("KEY"), help=mark("The fingerprint, or how it begins."))],
    name: Annotated[str, typer.Option("--name", metavar=mark("NAME"), help=mark("What to call that desk."))],
    source: From = None,
    as_: As = None,
) -> None:
    """At least eight digits of the fingerprint, spaces or not; they must mean one key."""
    from simulator.records.signing import shown

    digits = key.replace(" ", "").lower()
    with _opened(source, as_, Right.KEYS) as store:
        fitting = [known.fingerprint for known in store.desk_keys() if known.fingerprint.startswith(digits)]
        if len(digits) < 8 or len(fitting) != 1:
            raise TercerTimbreError("key-unknown", fingerprint=key)
        store.enrol(fitting[0], name, datetime.now(UTC))
    typer.echo(f"{shown(fitting[0])} · {name}")


def _opened(source: str | None, as_: str | None, right: Right) -> "Store | Team":
    """The team's store at that address, else this desk's, for who has that right at this desk."""
    from simulator.records.store import Store

    store = Store.open(database())
    try:
        authorised(store, as_, right)
    except BaseException:
        store.close()
        raise
    if source is None:
        return store
    store.close()
    from simulator.cli.syncing import asked
    from simulator.records.team.database import open_team

    return open_team(asked(source))


def _tell(path: Path, finding: "Finding", attempt: str) -> None:
    about = _(" (attempt {attempt})").format(attempt=attempt) if attempt else ""
    typer.echo(f"{path}:{finding.line}: {render(finding.code, {})}{about} ({finding.code})", err=True)


def _people(store: "Store | Team") -> frozenset[str]:
    """The keys that belong to accounts of this desk; of others' keys nobody can say whether a desk or a person has
    them."""
    from simulator.records.store import Store

    return (
        frozenset(account.fingerprint for account in store.staff.accounts())
        if isinstance(store, Store)
        else frozenset()
    )


def _who(label: str | None, *, person: bool) -> str:
    if label is None:
        return _("nobody here has vouched for it")
    if person:
        return _("the account of {name}").format(name=label)
    return f"«{label}»" if label else _("this desk")
