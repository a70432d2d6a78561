"""What the curtain asks: a pause, leaving, a store that failed. Texts and choices only."""

from dataclasses import dataclass

from simulator.ui.desk.curtain import Choice
from simulator.wording import _


@dataclass(frozen=True, slots=True)
class Question:
    """What the curtain shows. `escape`: the choice that the Escape key makes."""

    icon: str
    title: str
    text: str
    choices: tuple[Choice, ...]
    escape: str = ""


def _go_on() -> Choice:
    return Choice("go-on", _("Go on with the call"), _("Time runs again from where it stood"), "primary")


def _leave() -> Choice:
    return Choice("leave", _("Leave…"), _("Asks what to do with this call"), "quiet")


def paused(why: str) -> Question:
    """Time stands still. `why`: asked, gap, resumed or forked."""
    texts = {
        "asked": _("Time stands still. The customer waits without losing patience."),
        "gap": _("The computer was away for a while, so time was stopped. Nothing was lost."),
        "resumed": _("The call goes on from where it stopped. Everything that was said is kept."),
        "forked": _(
            "You are back at this moment of the call. What came before stays as it was; from here on it is up to you. "
            "This attempt is for practice and cannot be submitted."
        ),
    }
    titles = {"resumed": _("Your call is waiting"), "forked": _("Once more from here")}
    return Question("pause", titles.get(why, _("Paused")), texts[why], (_go_on(), _leave()), "go-on")


def leave(*, call_over: bool, closing: bool) -> Question:
    """What to do with a call that is not finished. `closing`: the window is being closed."""
    keep = Choice("keep", _("Keep it and go on later"), _("The call waits, paused, in your attempts"))
    label = _("See the result without notes") if call_over else _("End it here and see what there is")
    finish = Choice("finish", label, _("The attempt ends now"))
    withdraw = Choice("withdraw", _("Leave without a mark"), _("The attempt is not scored"), "danger")
    choices = (_go_on(), keep, withdraw) if closing else (_go_on(), keep, finish, withdraw)
    title = _("Close in the middle of a call?") if closing else _("Leave this call?")
    return Question("exit", title, _("Time stands still while you decide."), choices, "go-on")


def leave_exam(*, call_over: bool, closing: bool) -> Question:
    """What to do with an exam that is not finished; its time runs on while the trainee decides."""
    go_on = Choice("go-on", _("Go on with the exam"), _("You are in the exam still"), "primary")
    keep = Choice("keep", _("Close: the time runs on"), _("You can come back while there is time left"))
    finish = Choice("finish", _("See the result without notes"), _("The attempt ends now"))
    withdraw = Choice("withdraw", _("Withdraw from the exam"), _("The try is used and has no mark"), "danger")
    choices = (go_on, *([keep] if closing else []), *([finish] if call_over else []), withdraw)
    title = _("Close in the middle of the exam?") if closing else _("Leave the exam?")
    return Question("exit", title, _("The time of the exam goes on while you decide."), choices, "go-on")


def sure(what: str, *, call_over: bool, exam: bool = False) -> Question:
    """Asks again before what cannot be undone: `withdraw` or `finish`."""
    if exam and what == "withdraw":
        return Question(
            "exit",
            _("Withdraw from the exam?"),
            _("This try is used up. It gets no mark, and your trainer and human resources see that you withdrew."),
            (
                Choice("go-on", _("No, go on with the exam"), "", "primary"),
                Choice("withdraw-sure", _("Yes, withdraw"), "", "danger"),
            ),
            "go-on",
        )
    back = Choice("go-on", _("No, go on with the call"), "", "primary")
    if what == "withdraw":
        yes = Choice("withdraw-sure", _("Yes, leave without a mark"), "", "danger")
        text = _("The attempt ends here and is not scored. It counts neither for nor against you.")
        return Question("exit", _("Leave without a mark?"), text, (back, yes), "go-on")
    yes = Choice("finish-sure", _("Yes, end it here"), "", "danger")
    text = (
        _("Without notes, documenting the case counts as not met.")
        if call_over
        else _("The call did not reach an end, so the attempt will be incomplete and has no score.")
    )
    return Question("flag", _("End it here?"), text, (back, yes), "go-on")


def stalled(reason: str, *, exam: bool = False) -> Question:
    """The store failed; `reason` says why in words."""
    text = _("{reason} Time stands still and what you said last is kept here. Free some space or check the disk.")
    if exam:
        text = _("{reason} What you said last is kept here. The time of the exam runs on: tell your trainer at once.")
    again = Choice("try-again", _("Try again"), _("Stores what is waiting and goes on"), "primary")
    away = Choice("keep", _("Leave: what is stored stays"), _("What you said last would be lost"), "quiet")
    return Question("warning", _("The call cannot be saved"), text.format(reason=reason), (again, away))
