"""`python main.py models …`: the recognisers' models on this machine."""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.calling import Command, Group, meant
from simulator.errors import TercerTimbreError
from simulator.wording import _, mark

if TYPE_CHECKING:
    from simulator.speech.models import InstalledModel, ModelStore

app = typer.Typer(
    cls=Group,
    add_completion=False,
    help=mark("The models with which the program understands what is said: install, list, remove."),
)

CHECKSUMS = {"verified": mark("verified"), "unverified": mark("not verified")}
_EVERY = 0.2
"""Seconds between two lines of progress."""


@app.command(
    "install", cls=Command, help=mark("Install a model: the Spanish one from the Internet, or a folder or ZIP file.")
)
def install(
    model: Annotated[
        str,
        typer.Argument(
            metavar=mark("MODEL"), help=mark("«es» for the small Spanish one of Vosk (39 MB), or a folder or ZIP file.")
        ),
    ],
    mirror: Annotated[
        str | None,
        typer.Option(
            "--from", metavar=mark("URL"), help=mark("With «es»: the address of the ZIP file on a server of your own.")
        ),
    ] = None,
) -> None:
    """Exit code 1 when it is refused or interrupted; a download that was cut goes on with the same command."""
    from simulator.speech.models import CATALOGUE, user_models  # late: other commands need no network library

    store = user_models()
    path = Path(model)
    if mirror is not None and model not in CATALOGUE:
        raise typer.BadParameter(_("--from goes with «es» only."))
    if model in CATALOGUE:
        made = _download(store, model, mirror)
    elif path.is_dir():
        made = store.install_folder(path)
    elif path.is_file():
        made = store.install_zip(path)
    else:
        near = meant(model, [*CATALOGUE, *(file.name for file in _beside(path))])
        raise typer.BadParameter(_("There is no file or folder {path}.").format(path=model) + near)
    typer.echo(_("Installed: {name} ({size} MB).").format(name=made.name, size=_megabytes(made.bytes)))
    if made.sha256:
        typer.echo(_("SHA-256 of the file: {sha256} ({checksum})").format(sha256=made.sha256, checksum=_checksum(made)))
    if made.kind == "pocketsphinx":
        typer.echo(_("PocketSphinx understands expected phrases only; for free speech install Vosk: models install es"))


@app.command("list", cls=Command, help=mark("List the installed models."))
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help=mark("Print the list as JSON."))] = False,
) -> None:
    """Name, recogniser, size, where it came from and whether its checksum was verified."""
    from simulator.speech.models import user_models

    installed = user_models().installed()
    if as_json:
        typer.echo(json.dumps([_as_json(model) for model in installed], ensure_ascii=False, indent=2, sort_keys=True))
        return
    for model in installed:
        typer.echo(f"{model.name}  ({model.kind}, {_megabytes(model.bytes)} MB)")
        typer.echo("    " + _("from: {source}").format(source=model.source or _("put there by hand")))
        typer.echo("    " + _("checksum: {checksum}").format(checksum=f"{_checksum(model)} {model.sha256}".strip()))
        if model.faulty:
            files = ", ".join(model.faulty)
            typer.echo("    " + _("It cannot be used: missing or damaged: {files}").format(files=files))
    if not installed:
        typer.echo(_("No model is installed. To speak to the customer: python main.py models install es"), err=True)


@app.command("remove", cls=Command, help=mark("Remove an installed model."))
def remove(
    name: Annotated[str, typer.Argument(metavar=mark("NAME"), help=mark("Its name in the list, or «es»."))],
) -> None:
    """Exit code 2 when there is no such model."""
    from simulator.speech.models import user_models

    store = user_models()
    try:
        store.remove(name)
    except TercerTimbreError as error:
        if error.code != "model-unknown":
            raise
        names = [model.name for model in store.installed()]
        raise typer.BadParameter(_("No model «{name}» is installed.").format(name=name) + meant(name, names)) from error
    typer.echo(_("Removed: {name}").format(name=name))


def _download(store: "ModelStore", id: str, mirror: str | None) -> "InstalledModel":
    """With progress on standard error: one line that is written over on a terminal, else a line every ten per cent."""
    from simulator.speech.models import CATALOGUE

    wanted = CATALOGUE[id]
    there = store.half_done(id, url=mirror)
    said = _("Downloading {name} ({size} MB, licence {licence}) from {url}")
    typer.echo(
        said.format(name=wanted.name, size=wanted.megabytes, licence=wanted.licence, url=mirror or wanted.url), err=True
    )
    if there is not None and there[0]:
        done, total = (_megabytes(size) for size in there)
        typer.echo(
            _("Going on with an earlier download: {done} of {total} MB are there.").format(done=done, total=total),
            err=True,
        )
    progress = _Progress()
    try:
        return store.install(id, progress, url=mirror)
    except KeyboardInterrupt:
        progress.end()
        typer.echo(_("Interrupted. The same command goes on where it stopped, if the server allows it."), err=True)
        raise typer.Exit(1) from None
    finally:
        progress.end()


class _Progress:
    """Says how far it is."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._told = float("-inf")
        self._tenth = -1
        self._open = False

    def __call__(self, done: int, total: int | None) -> None:
        text = _megabytes(done) if total is None else f"{_megabytes(done)} / {_megabytes(total)}"
        tenth = 10 * done // total if total else done // 10_000_000
        if self._terminal:
            now = time.monotonic()
            if now - self._told >= _EVERY or done == total:
                self._told, self._open = now, True
                typer.echo(f"\r  {text} MB ", err=True, nl=False)
        elif tenth > self._tenth:
            self._tenth = tenth
            typer.echo(f"  {text} MB", err=True)

    def end(self) -> None:
        """Leaves the line that is written over."""
        if self._open:
            self._open = False
            typer.echo("", err=True)


def _as_json(model: "InstalledModel") -> dict[str, Any]:
    return {
        "name": model.name,
        "kind": model.kind,
        "path": str(model.path),
        "bytes": model.bytes,
        "source": model.source,
        "checksum": model.checksum,
        "sha256": model.sha256,
        "faulty": list(model.faulty),
    }


def _checksum(model: "InstalledModel") -> str:
    return _(CHECKSUMS[model.checksum])


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",")


def _beside(path: Path) -> list[Path]:
    try:
        return sorted(path.parent.iterdir())
    except OSError:
        return []  # no such folder: nothing near to propose
