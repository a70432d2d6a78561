"""`doctor --listen`: six sentences read aloud, what was heard of them, how many words of it were wrong, how long it
took."""

from statistics import median
from typing import TYPE_CHECKING, Any, Final, Protocol

import typer

from simulator import settings
from simulator.speech.accuracy import WordErrors, compared, together
from simulator.speech.heard import Hints, ListeningUnavailable
from simulator.wording import _

if TYPE_CHECKING:
    from simulator.speech.devices.trial import ReadAloud

SENTENCES: Final = (
    "Buenos días, gracias por llamar, ¿en qué le puedo ayudar?",
    "Lamento mucho lo ocurrido y entiendo que esté molesta.",
    "¿Me confirma, por favor, su nombre completo y el número de su cuenta?",
    "Voy a revisar su factura; le pido dos minutos en la línea.",
    "El técnico pasa mañana por la tarde, entre las tres y las cinco.",
    "Ya quedó hecho el reintegro; ¿le puedo ayudar en algo más?",
)
"""Spanish whatever the language of the program: the recogniser is for Spanish. Some 65 words, read in a minute."""


def listen_to_sentences(chosen: settings.Settings, *, quiet: bool) -> dict[str, Any] | None:
    """Runs the trial; its figures for `--json`, None where it could not be held (which is said). `quiet`: nothing but
    the sentences is printed, on standard error."""
    from simulator.speech.devices.trial import Trial, application
    from simulator.speech.listening.choosing import choose
    from simulator.speech.models import user_models
    from simulator.speech.reasons import explain

    store = user_models()
    patience_ms = settings.PATIENCE_MS[chosen.patience]
    with application():
        trial = Trial(lambda: choose(chosen, store), device_id=chosen.input_device, patience_ms=patience_ms)
        try:
            typer.echo(_("Preparing the recogniser …"), err=True)
            why = trial.start(Hints(sentences=SENTENCES))
            if why is not None:
                typer.echo(explain(why.code), err=True)
                return None
            return hold(trial, patience_ms, quiet=quiet)
        finally:
            trial.close()


class Reads(Protocol):
    """What hears the sentences: `simulator.speech.devices.trial.Trial`."""

    def hear(self) -> "ReadAloud | ListeningUnavailable":
        """One sentence."""
        ...


def hold(trial: Reads, patience_ms: int, *, quiet: bool) -> dict[str, Any] | None:
    """Shows the sentences one after the other and what was heard of each; the figures, None when it broke off."""
    from simulator.speech.reasons import explain

    rows: list[tuple[str, str, WordErrors, int | None]] = []
    engine = ""
    typer.echo(_("Read each sentence aloud, as you would to a customer; the next one comes by itself."), err=quiet)
    for number, sentence in enumerate(SENTENCES, start=1):
        typer.echo(f"\n{number}/{len(SENTENCES)}  {sentence}", err=quiet)
        told = trial.hear()
        if isinstance(told, ListeningUnavailable):
            typer.echo(explain(told.code), err=True)
            return None
        errors = compared(sentence, told.heard.text)
        engine = told.heard.engine or engine
        rows.append((sentence, told.heard.text, errors, told.delay_ms))
        if not quiet:
            _print_row(told.heard.text, errors, told.delay_ms)
    return _summary(rows, engine, patience_ms, quiet=quiet)


def _print_row(heard: str, errors: WordErrors, delay_ms: int | None) -> None:
    typer.echo("     " + (_("heard: {text}").format(text=heard) if heard else _("nothing was heard")))
    if delay_ms is not None:
        said = _("wrong words: {errors} of {words}; text after {delay} s")
        typer.echo("     " + said.format(errors=errors.errors, words=errors.words, delay=_seconds(delay_ms)))


def _summary(
    rows: list[tuple[str, str, WordErrors, int | None]], engine: str, patience_ms: int, *, quiet: bool
) -> dict[str, Any]:
    whole = together(errors for _sentence, _heard, errors, _delay in rows)
    delays = [delay for _sentence, _heard, _errors, delay in rows if delay is not None]
    middle = round(median(delays)) if delays else None
    if not quiet:
        typer.echo("")
        said = _("{engine}: word error rate {rate} % ({errors} of {words} words).")
        rate = f"{whole.rate:.1f}".replace(".", ",")
        typer.echo(said.format(engine=engine or "?", rate=rate, errors=whole.errors, words=whole.words))
        if middle is not None:
            said = _("From your last sound to the text: {delay} s; {pause} s of it is the pause that ends a turn.")
            typer.echo(said.format(delay=_seconds(middle), pause=_seconds(patience_ms)))
        if engine == "pocketsphinx":
            typer.echo(_("PocketSphinx knew these sentences beforehand: the figure does not hold for free speech."))
    return {
        "engine": engine,
        "word_error_rate": round(whole.rate, 1),
        "words": whole.words,
        "errors": whole.errors,
        "delay_ms": middle,
        "pause_ms": patience_ms,
        "knew_the_sentences": engine == "pocketsphinx",
        "sentences": [
            {"said": said, "heard": heard, "errors": errors.errors, "words": errors.words, "delay_ms": delay}
            for said, heard, errors, delay in rows
        ],
    }


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.1f}".replace(".", ",")
