"""The voice of a call put into words: figures with what is usual, one sentence a turn. Pure."""

from dataclasses import dataclass

from simulator.scoring.voice import CallVoice, SpokenTurn
from simulator.wording import _, n_

USUAL_WPM = (150, 200)
"""Words a minute of Spanish as it is spoken at work (`simulator.speech.measuring` names the source)."""
CROSS_TALK_PERMILLE = 100
"""Talking at once for more of the call than this is a flag in the trade."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what was measured, how much it was, what is usual ("" where no source says so)."""

    name: str
    value: str
    usual: str = ""


def figures(voice: CallVoice, limit_wpm: int | None) -> tuple[Figure, ...]:
    """The figures of the call. `limit_wpm`: of speak-slowly, where that is in play."""
    low, high = USUAL_WPM
    pace = _("{low} to {high}").format(low=low, high=high)
    if limit_wpm is not None:
        pace = _("{limit} at most with this customer").format(limit=limit_wpm)
    found = [
        Figure(_("Words a minute"), _known(voice.wpm), pace),
        Figure(_("Syllables a second, without the pauses"), _tenths_known(voice.sps10)),
        Figure(_("Your share of the talking"), _percent(voice.talk_share)),
        Figure(_("Longest time you spoke on end"), seconds(voice.longest_ms)),
        _both_at_once(voice),
        Figure(_("Time to answer, on average"), _seconds_known(voice.delay_ms)),
        Figure(_("Pauses inside your turns"), _pauses(voice)),
        Figure(_("Fillers a minute (eh, mmm, o sea …)"), _tenths_known(voice.fillers10)),
        Figure(_("Level of your voice"), level(voice.dbfs)),
        Figure(_("Your voice over the noise"), _decibels(voice.snr)),
        Figure(_("Greatest swing of your level in a turn"), _decibels(voice.swing)),
    ]
    if voice.typed:
        typed = n_("{n} message; it is not measured", "{n} messages; they are not measured", voice.typed)
        found.append(Figure(_("Typed instead of spoken"), typed.format(n=voice.typed)))
    return tuple(found)


def turn_words(turn: SpokenTurn) -> str:
    """A turn in one line, what is not known left out."""
    wpm, pauses, delay = turn.measure("wpm"), turn.measure("pauses"), turn.measure("delay_ms")
    fillers, dbfs, sps10 = turn.measure("fillers"), turn.measure("dbfs"), turn.measure("sps10")
    snr, swing = turn.measure("snr"), turn.measure("swing")
    parts = []
    if wpm is not None:
        parts.append(_("{n} words a minute").format(n=wpm))
    if sps10 is not None:
        parts.append(_("{n} syllables a second").format(n=tenths(sps10)))
    if pauses:
        text = n_("{n} pause", "{n} pauses", pauses).format(n=pauses)
        longest = turn.measure("longest_pause_ms")
        if longest:
            text += " " + _("(the longest of {seconds})").format(seconds=seconds(longest))
        parts.append(text)
    if delay is not None:
        parts.append(_("answered after {seconds}").format(seconds=seconds(delay)))
    if turn.over_ms:
        parts.append(_("over the customer's words for {seconds}").format(seconds=seconds(turn.over_ms)))
    if fillers:
        parts.append(n_("{n} filler", "{n} fillers", fillers).format(n=fillers))
    if dbfs is not None:
        parts.append(level(dbfs))
    if snr is not None:
        parts.append(_("{decibels} over the noise").format(decibels=_decibels(snr)))
    if swing is not None:
        parts.append(_("swing of {decibels}").format(decibels=_decibels(swing)))
    if not turn.heard:
        parts.append(_("with the microphone muted"))
    return " · ".join(parts) if parts else seconds(turn.lasts_ms)


def seconds(ms: int) -> str:
    """Seconds with one decimal, as people write them."""
    return _("{seconds} s").format(seconds=tenths((ms + 50) // 100))


def tenths(value: int) -> str:
    """Tenths as a decimal number."""
    return f"{value // 10},{value % 10}"


def level(dbfs: int | None) -> str:
    """A level in dBFS with its sign."""
    return _("not measured") if dbfs is None else f"{dbfs}\u00a0dBFS".replace("-", "−")


def _known(value: int | None) -> str:
    return _("not measured") if value is None else str(value)


def _tenths_known(value: int | None) -> str:
    return _("not measured") if value is None else tenths(value)


def _seconds_known(ms: int | None) -> str:
    return _("not measured") if ms is None else seconds(ms)


def _percent(value: int | None) -> str:
    return _("not measured") if value is None else f"{value}\u00a0%"


def _decibels(value: int | None) -> str:
    return _("not measured") if value is None else f"{value}\u00a0dB"


def _both_at_once(voice: CallVoice) -> Figure:
    name, usual = _("Both talking at once"), _("less than 10 % of the call")
    if not voice.can_talk_over:
        return Figure(name, _("not applicable: the microphone was closed while the customer spoke"))
    if not voice.over_ms:
        return Figure(name, _("never"), usual)
    share = tenths(voice.over_permille)
    said = _("{seconds} ({percent} % of the call)").format(seconds=seconds(voice.over_ms), percent=share)
    return Figure(name, said, usual)


def _pauses(voice: CallVoice) -> str:
    if voice.pauses is None:
        return _("not measured")
    if not voice.pauses or voice.pause_ms is None:
        return _("none")
    mean = seconds(voice.pause_ms // voice.pauses)
    return _("{n}, of {seconds} on average").format(n=voice.pauses, seconds=mean)
