"""One attempt before a reviewer: the debrief, in which verdicts can be changed, moments commented, disputes settled."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from simulator.protocol.catalogue import Verdict
from simulator.records.review import DECIDED, Dispute
from simulator.records.reviews import Approval, Override, Remark, Settlement
from simulator.records.workshop import Past
from simulator.scoring.card import Line
from simulator.ui.debrief.asking import AskWords
from simulator.ui.debrief.review_block import Action
from simulator.ui.debrief.view import Debrief
from simulator.ui.widgets import button
from simulator.wording import _, render


class ReviewView(Debrief):
    """Emits what the reviewer decides; whoever keeps it shows the attempt anew."""

    OWN = False

    decided = Signal(object)
    """An act of `records.reviews`."""
    rescore = Signal()
    """Mark it anew by the rules of this program."""
    kept = Signal(int)
    """Keep the upheld dispute at this place of the card as a labelled reply."""

    def __init__(self, past: Past, parent: QWidget | None = None) -> None:
        super().__init__(past.scenario, past.events, past.card, can_retry=False, review=past.review, parent=parent)
        self.setObjectName("debrief")

    # What the debrief asks

    def head_buttons(self) -> Sequence[QPushButton]:
        """To be done with it, to mark it anew, to go back."""
        done = self.reading.review.reviewed and self.reading.review.dispute is not Dispute.OPEN
        about = _("Nothing more is to be decided (Ctrl+E)")
        self.approve_button = button(_("Mark as reviewed"), "primary", "check", about=about)
        self.approve_button.setAccessibleName(_("Mark as reviewed"))
        self.approve_button.setShortcut("Ctrl+E")
        self.approve_button.setEnabled(not done)
        self.approve_button.clicked.connect(self._on_approve)
        about = _("Mark this attempt by the rules of this version of the program, beside the result that it has")
        self.rescore_button = button(_("Mark anew"), None, "retry", about=about)
        self.rescore_button.setAccessibleName(_("Mark anew"))
        self.rescore_button.clicked.connect(self.rescore)
        return (self.approve_button, self.rescore_button, self.back_button)

    def lay_out(self) -> None:
        """As the debrief; what trainees try again, reviewers comment on."""
        super().lay_out()
        self.retry_button.hide()
        self.comment_button = button(_("Write a comment"), None, "note", about=_("Comment on this moment"))
        self.comment_button.clicked.connect(self._on_comment)
        self.below_talk.addWidget(self.comment_button)

    def offer_at(self, seq: int | None) -> None:
        """Every moment can be commented on."""
        self.comment_button.setEnabled(seq is not None)
        if seq is None:
            self.retry_note.setText(_("Choose a moment in the transcript to comment on it."))
        else:
            when = self.reading.clock(seq, self.reading.events[seq].at_ms)
            self.retry_note.setText(_("The moment of {time}").format(time=when))

    def actions_on(self, line: Line) -> Sequence[Action]:
        """A disagreement is decided first; any verdict can be changed."""
        place, review = self.reading.place(line), self.reading.review
        objection = review.objections.get(place)
        found: list[Action] = []
        if self.reading.is_disputed(line):
            found.append(("settle", _("Decide on it"), "flag"))
        found.append(("override", _("Change the verdict"), "edit"))
        if objection is not None and objection.outcome is not None and objection.outcome.upheld:
            found.append(("keep", _("Keep for calibration"), "target"))
        return found

    def act_on(self, line: Line, action: str) -> None:
        """Asks what is needed, then says it."""
        place = self.reading.place(line)
        if action == "keep":
            self.kept.emit(place)
        elif action == "settle":
            self._ask_settlement(line, place)
        else:
            self._ask_override(line, place)

    # Asking

    def _ask_override(self, line: Line, place: int) -> None:
        options = [(code, render(f"verdict-{code}", {}).capitalize()) for code in DECIDED if code != line.verdict]
        now = self.reading.verdict(line)
        self.asking = asked = AskWords(
            self.window(),
            _("Change the verdict"),
            _("«{title}» is now: {verdict}. The program's own verdict is kept beside yours.").format(
                title=line.title, verdict=now
            ),
            _("Change it"),
            options,
        )
        asked.said.connect(lambda verdict, reason: self.decided.emit(Override(place, verdict, reason)))

    def _ask_settlement(self, line: Line, place: int) -> None:
        turned = Verdict.MISSED if line.verdict == Verdict.MET else Verdict.MET
        new = render(f"verdict-{turned.value}", {})
        objection = self.reading.review.objections[place]
        text = _("«{title}» is now: {verdict}.\nThe trainee says: «{reason}»\nIf they are right it becomes: {new}.")
        self.asking = asked = AskWords(
            self.window(),
            _("Decide on the disagreement"),
            text.format(title=line.title, verdict=self.reading.verdict(line), reason=objection.reason, new=new),
            _("Decide"),
            [("upheld", _("The trainee is right")), ("rejected", _("The verdict stays"))],
        )

        def settle(option: str, reason: str) -> None:
            upheld = option == "upheld"
            self.decided.emit(Settlement(place, upheld, turned.value if upheld else line.verdict, reason))

        asked.said.connect(settle)

    @Slot()
    def _on_comment(self) -> None:
        seq = self.transcript.current
        if seq is None:
            return
        self.asking = asked = AskWords(
            self.window(),
            _("Comment on this moment"),
            _("The trainee reads it beside their words, with your name."),
            _("Save the comment"),
        )
        asked.said.connect(lambda _option, text: self.decided.emit(Remark(seq, text)))

    @Slot()
    def _on_approve(self) -> None:
        self.decided.emit(Approval())
