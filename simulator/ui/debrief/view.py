"""The debrief: what was met and missed, with its proof in the transcript, the mood that it moved, and the voice."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from simulator.records.recordings import Recording
from simulator.records.review import Review
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Line, Outcome, Scorecard
from simulator.scoring.mood import curves, mood_moves
from simulator.scoring.voice import CallVoice, call_voice
from simulator.session.envelope import Event
from simulator.session.moments import retry_point_of
from simulator.session.telling import clock_text
from simulator.speech.devices.playing import LinePlayer
from simulator.ui.debrief.asking import AskWords
from simulator.ui.debrief.checkpoints import CheckpointList
from simulator.ui.debrief.look import plot_look, transcript_look, voice_look
from simulator.ui.debrief.mood_view import MoodPlot, MoodTable
from simulator.ui.debrief.reading import RESULT_TONES, Reading
from simulator.ui.debrief.review_block import Action
from simulator.ui.debrief.said import comments, summary
from simulator.ui.debrief.score_ring import ScoreRing
from simulator.ui.debrief.shift_view import ShiftSummary
from simulator.ui.debrief.transcript_view import TranscriptView
from simulator.ui.debrief.voice_plot import Told
from simulator.ui.debrief.voice_view import VoiceTable, VoiceView
from simulator.ui.desk.style import ROLES
from simulator.ui.icons import icon
from simulator.ui.pages.layouts import Firm, Wrapping, fill_scrolling, stay_whole
from simulator.ui.theme import Look, current_look
from simulator.ui.widgets import Ask, label, push_button, redraw_icons, set_icon
from simulator.wording import _

LOW_PX = 620
"""Lower than this (at 100 % text) there is no room for transcript and plot one above the other."""
NARROW_PX = 600
"""Narrower than this (at 100 % text) checkpoints and transcript stand one above the other, each at least this high:"""
LEAST_PX = 200
HEAD_EDGES_PX = 60
"""What margins and gaps of the head take beside its buttons."""
HEADLINE_PX = 160
"""Where there is less than this (at 100 % text) beside the ring, the words stand beneath it; where there is less beside
the result, the sentence about it does."""
COPY_KEYS = "Ctrl+Shift+C"
COPIED_MS = 2_500
"""How long «copied» stays on the button."""


class Debrief(QWidget):
    """Shows one attempt. `events` and `card` are data: fresh from the call, or read back from the records.

    `can_retry`: false where the scenario of the log can no longer be played. `review`: what people said about it;
    `can_dispute`: whether its trainee may still object to a verdict.
    """

    OWN = True
    """Whether its trainee reads it."""

    again = Signal()
    """Play the call again from the beginning."""
    retry = Signal(int)
    """Live it anew from a moment: `at_seq`, the last event that is kept."""
    back = Signal()
    submit = Signal()
    """Hand the attempt over; the trainee has confirmed it."""
    file_asked = Signal()
    """The signed file of what was handed over is wanted."""
    disputed = Signal(int, str)
    """The trainee does not agree with the verdict at this place of the card, and why."""

    def __init__(
        self,
        scenario: Scenario,
        events: Sequence[Event],
        card: Scorecard,
        *,
        can_retry: bool = True,
        review: Review | None = None,
        can_dispute: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("debrief")
        self.reading = Reading(scenario, tuple(events), card, review or Review())
        card = self.reading.card
        self._can_retry = can_retry
        self._can_dispute = can_dispute
        self.asking: Ask | None = None
        self._look: Look | None = None
        self._dress_soon = QTimer(self)
        self._dress_soon.setSingleShot(True)
        self._dress_soon.setInterval(0)
        self._dress_soon.timeout.connect(self.refresh_look)
        self._head = self._make_head()
        self.checkpoints = CheckpointList(self.reading, can_retry=can_retry, own=self.OWN, actions=self.actions_on)
        self.checkpoints.acted.connect(self._on_act)
        self.checkpoints.opened.connect(self.show_proof)
        self.checkpoints.retry_asked.connect(self._on_retry_checkpoint)
        started = next(iter(events)).what if events else None
        agent = getattr(started, "agent", "")
        self.transcript = TranscriptView(
            events,
            customer=scenario.doc.customer.name,
            agent=agent,
            look=transcript_look(current_look()),
            names=self.reading.names,
            clock=self.reading.clock,
            notes=comments(self.reading),
            own=self.OWN,
        )
        self.transcript.chosen.connect(self._on_moment)
        self.retry_button = push_button(_("Try again from here"))
        self.retry_button.setIcon(icon("retry"))
        self.retry_button.clicked.connect(self._on_retry)
        self.retry_note = label("", "muted", wrap=True)
        moves = mood_moves(self.reading.events, card.moods, self.reading.names)
        drawn = curves(moves, self.reading.events, card.duration_ms)
        self.plot = MoodPlot(drawn, card.duration_ms, plot_look(current_look()))
        self.table = MoodTable(moves)
        self.moods = QTabWidget()
        self.moods.setObjectName("moods")
        self.moods.setDocumentMode(True)
        self.moods.tabBar().setDrawBase(False)
        self.moods.addTab(self.plot, _("Mood"))
        self.moods.addTab(self.table, _("Table"))
        for source in (self.plot, self.table):
            source.chosen.connect(self.show_moment)
        self.shift: ShiftSummary | None = None
        if card.shift is not None:
            self.shift = ShiftSummary(card.shift, card.contacts)
            tab = QWidget()
            fill_scrolling(tab, self.shift)
            self.moods.insertTab(0, tab, _("Shift"))
            self.moods.setCurrentIndex(0)
        self.voice: VoiceView | None = None
        self.voice_table: VoiceTable | None = None
        self.show_voice(call_voice(self.reading.events))
        self.lay_out()
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(COPIED_MS)
        self._copied.timeout.connect(self._on_copied_over)
        self._draw_soon = QTimer(self)
        self._draw_soon.setSingleShot(True)
        self._draw_soon.setInterval(0)
        self._draw_soon.timeout.connect(self.plot.draw)
        self.refresh_look()
        self.offer_at(None)

    @property
    def look(self) -> Look | None:
        """The look that everything is drawn in."""
        return self._look

    def show_voice(
        self,
        voice: CallVoice,
        recordings: Sequence[Recording] = (),
        player: LinePlayer | None = None,
        *,
        delete: Callable[[], None] | None = None,
        volume: int = 80,
    ) -> None:
        """Shows how the call was spoken, with its recordings to be played on `player`, in place of what was shown.

        Happens by itself without recordings; nothing is shown of a call in which nothing was spoken. `delete`: deletes
        the recordings at once (may raise `TercerTimbreError`, which is told); `volume`: 0–100, the user's setting.
        """
        for old in (self.voice, self.voice_table):
            if old is not None:
                self.moods.removeTab(self.moods.indexOf(old))
                old.deleteLater()
        self.voice = self.voice_table = None
        if not voice.turns:
            return
        limit = self.reading.pace_limit()
        look, told = voice_look(current_look()), Told(self.reading.name_at, self.reading.when)
        self.voice = VoiceView(
            voice, recordings, player, look, limit_wpm=limit, told=told, delete=delete, volume=volume
        )
        self.voice_table = VoiceTable(voice, limit_wpm=limit, told=told)
        self.moods.addTab(self.voice, _("Voice"))
        self.moods.setTabToolTip(self.moods.addTab(self.voice_table, _("Figures")), _("Voice in figures"))
        # Beside the replay, not in its place: where transcript and voice share the room, the voice stays in front.
        self.voice.chosen.connect(self.transcript.go_to)
        self.voice.heard.connect(self.transcript.follow)
        self.voice_table.chosen.connect(self.show_moment)

    def show_submission(self, *, can_submit: bool, submitted: bool) -> None:
        """Offers to hand the attempt over, or says that it was. Neither for one that stays practice."""
        self.submit_button.setVisible(can_submit)
        self.submitted.setVisible(submitted)
        self.file_button.setVisible(submitted)
        self._arrange()

    def show_exam(self) -> None:
        """Says of a try at an exam which it is, and who sees it."""
        exam = self.reading.exam()
        if exam:
            self.submitted.setText(f"{exam} {_('Your trainer and human resources see it.')}")
            self.submitted.show()
            self.file_button.show()
            self._arrange()

    @Slot()
    def _on_submit(self) -> None:
        self.asking = Ask(
            self.window(),
            _("Submit this attempt?"),
            _(
                "So far it is yours alone. Your trainer and human resources will see it: the conversation, the marks "
                "and their proof, under your pseudonym. It cannot be taken back. Your other attempts stay private."
            ),
            [("submit", _("Submit"), "primary"), ("keep", _("Not yet"), None)],
        )
        self.asking.buttons["keep"].setFocus()
        self.asking.answered.connect(self._on_submit_answered)

    @Slot(str)
    def _on_submit_answered(self, answer: str) -> None:
        self.asking = None
        if answer == "submit":
            self.submit.emit()
        self.submit_button.setFocus()

    def actions_on(self, line: Line) -> Sequence[Action]:
        """What can be done about a checkpoint: its trainee may object to the verdict, once."""
        free = self._can_dispute and self.reading.place(line) not in self.reading.review.objections
        return (("dispute", _("I do not agree"), "flag"),) if free else ()

    @Slot(str, str)
    def _on_act(self, id: str, action: str) -> None:
        self.act_on(self.checkpoints.rows[id].line, action)

    def act_on(self, line: Line, action: str) -> None:  # noqa: ARG002 - a trainee has one action
        """Follows an action on a checkpoint."""
        self.asking = asked = AskWords(
            self.window(),
            _("You do not agree?"),
            _(
                "«{title}»: {verdict}. Say why: your trainer decides, and you will see it here. It can be said once."
            ).format(title=line.title, verdict=self.reading.verdict(line)),
            _("Send"),
        )
        place = self.reading.place(line)
        asked.said.connect(lambda _option, reason: self.disputed.emit(place, reason))

    @Slot(str)
    def show_proof(self, id: str) -> None:
        """Highlights the proof of a checkpoint in the transcript and goes to its moment."""
        line = self.checkpoints.rows[id].line
        self._bring_up_transcript()
        self.transcript.highlight(line.evidence, line.verdict)

    @Slot(int)
    def show_moment(self, seq: int) -> None:
        """Goes to an event in the transcript."""
        self._bring_up_transcript()
        self.transcript.go_to(seq)

    def _bring_up_transcript(self) -> None:
        if self.moods.indexOf(self._talk) >= 0:
            self.moods.setCurrentWidget(self._talk)

    @Slot()
    def refresh_look(self) -> None:
        """Draws everything in the look of the application; happens by itself when that changes."""
        look = current_look()
        self._look = look
        tone = RESULT_TONES[self.reading.card.result]
        redraw_icons(self._buttons)
        self.ring.colour(look.colour(ROLES[tone]), look.colour("border"), look.colour("text"))
        self.transcript.restyle(transcript_look(look))
        self.plot.restyle(plot_look(look))
        if self.voice is not None:
            self.voice.restyle(voice_look(look))
        self.checkpoints.refresh_icons()
        redraw_icons(self._talk)
        for button, name in (
            (self.copy, "copy"),
            (self.again_button, "play"),
            (self.submit_button, "send"),
            (self.file_button, "download"),
            (self.back_button, "back"),
        ):
            button.setIcon(icon(name, "on-accent" if button is self.again_button else "text"))
            button.setIconSize(QSize(look.px(18), look.px(18)))
        self.retry_button.setIcon(icon("retry"))
        self.retry_button.setIconSize(QSize(look.px(18), look.px(18)))
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_soon.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._look is not None and self._look != current_look():
            # Later: Qt is walking through a list of all widgets, and dressing anew deletes some (the plot's).
            self._dress_soon.start()

    # Building

    def _make_head(self) -> QFrame:
        card = self.reading.card
        head = QFrame()
        head.setObjectName("debriefHead")
        self.ring = ScoreRing(card.score, card.pass_mark)
        self.chip = label(self.reading.result().capitalize(), "resultChip", wrap=True)
        self.chip.setWordWrap(False)
        self.chip.setProperty("tone", RESULT_TONES[card.result])
        self.chip.setAccessibleName(_("Result: {result}").format(result=self.reading.result()))
        words = QVBoxLayout()
        words.setSpacing(4)
        title = QHBoxLayout()
        title.setSpacing(10)
        title.addWidget(label(self.reading.scenario.doc.title, "debriefTitle", wrap=True), 1)
        words.addLayout(title)
        self._result_row = result = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        result.setSpacing(10)
        result.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.headline = label(self.reading.headline(), "debriefHeadline", wrap=True)
        result.addWidget(self.headline, 1)
        words.addLayout(result)
        if self.reading.range():
            words.addWidget(label(self.reading.range(), "debriefRange", wrap=True))
        words.addWidget(label(self.reading.ending(), "muted", wrap=True))
        if summary(self.reading):
            words.addWidget(label(summary(self.reading), "reviewSummary", wrap=True))
        self.copy = _button(_("Copy summary"), _("Copy the result as text (Ctrl+Shift+C)"), COPY_KEYS)
        self.copy.clicked.connect(self._on_copy)
        self.again_button = _button(_("Play again"), _("Play this call again from the beginning (Ctrl+R)"), "Ctrl+R")
        self.again_button.setProperty("kind", "primary")
        self.again_button.setEnabled(self._can_retry)
        self.again_button.clicked.connect(self.again)
        self.back_button = _button(_("Back"), _("Back to where you came from (Esc)"), "Esc")
        self.back_button.clicked.connect(self.back)
        self._buttons = QWidget()
        self._button_box = buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(6)
        self.submit_button = _button(_("Submit"), _("Hand this attempt over to your trainer (Ctrl+E)"), "Ctrl+E")
        self.submit_button.clicked.connect(self._on_submit)
        self.submit_button.hide()
        self.file_button = _button(
            _("Save the file"), _("Save it as a signed file, to bring or send to your trainer (Ctrl+G)"), "Ctrl+G"
        )
        self.file_button.clicked.connect(self.file_asked)
        self.file_button.hide()
        self.submitted = label(_("Submitted: your trainer can see it."), "muted", wrap=True)
        self.submitted.hide()
        words.addWidget(self.submitted)
        words.addStretch(1)
        self._head_buttons = self.head_buttons()
        for button in self._head_buttons:
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._head_row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(20)
        row.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self._buttons)
        self._head_rows = rows = QVBoxLayout(head)
        rows.setContentsMargins(20, 14, 16, 14)
        rows.setSpacing(10)
        rows.addLayout(row)
        stay_whole(head)
        return head

    def head_buttons(self) -> Sequence[QPushButton]:
        """The buttons beside the result, from above."""
        return (self.again_button, self.submit_button, self.file_button, self.copy, self.back_button)

    def lay_out(self) -> None:
        """Puts the parts in their places."""
        self.below_talk = retry = QHBoxLayout()
        retry.setContentsMargins(16, 6, 16, 8)
        retry.setSpacing(12)
        retry.addWidget(self.retry_note, 1)
        retry.addWidget(self.retry_button)
        self._talk = QWidget()
        column = QVBoxLayout(self._talk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._talk_heading = label(_("Transcript"), "panelHeading")
        column.addWidget(self._talk_heading)
        self.conversations = {outcome.contact: self._jump_to(outcome) for outcome in self._several()}
        if self.conversations:
            jumps = Wrapping(*self.conversations.values())
            jumps.setContentsMargins(16, 4, 16, 8)
            column.addWidget(jumps)
        column.addWidget(self.transcript, 1)
        column.addLayout(retry)
        self._right = right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.addWidget(self._talk)
        right.addWidget(self.moods)
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 2)
        right.setObjectName("split")
        right.setHandleWidth(1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("split")
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.checkpoints)
        self.split.addWidget(right)
        self.split.setSizes([560, 720])
        inside = QWidget()
        column = Firm(inside)
        column.addWidget(self._head)
        column.addWidget(self.split, 1)
        fill_scrolling(self, inside)

    def _several(self) -> tuple[Outcome, ...]:
        """The contacts of the attempt, where there are several."""
        return self.reading.card.contacts if self.reading.names else ()

    def _jump_to(self, outcome: Outcome) -> QPushButton:
        """A button that goes to a conversation in the transcript, and says how it ended."""
        made = push_button(outcome.customer)
        made.setProperty("kind", "chip")
        ended = self.reading.ended(outcome)
        made.setToolTip(ended)
        made.setAccessibleName(f"{outcome.customer}. {ended}")
        made.setProperty("contact", outcome.contact)
        good, bad, none = ("check-circle", "good"), ("cross-circle", "bad"), ("minus-circle", "muted")
        name, role = none if outcome.end is None else good if outcome.end_good else bad
        set_icon(made, name, 16, role)
        made.clicked.connect(self._on_conversation)
        return made

    @Slot()
    def _on_conversation(self) -> None:
        self._bring_up_transcript()
        self.transcript.go_to_contact(str(self.sender().property("contact")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where there is no room for both, transcript and mood share the space as tabs."""
        look = current_look()
        tabbed = self._right.indexOf(self._talk) < 0
        low = self.height() < look.px(LOW_PX)
        if low and not tabbed:
            self.moods.insertTab(0, self._talk, _("Transcript"))
            self.moods.setCurrentIndex(0)
        elif tabbed and not low:
            self.moods.removeTab(self.moods.indexOf(self._talk))
            self._right.insertWidget(0, self._talk)
            self._talk.show()
            self._right.setSizes([3, 2])
        self._talk_heading.setVisible(not low)
        self.retry_note.setVisible(not low)
        self._narrow(self.width() < look.px(NARROW_PX))

    def _narrow(self, narrow: bool) -> None:
        """In a narrow window everything stands under each other."""
        self.split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        for part in (self.checkpoints, self._right):
            part.setMinimumHeight(current_look().px(LEAST_PX) if narrow else 0)
        home = self._head_rows if narrow else self._head_row
        if home.indexOf(self._buttons) < 0:
            home.addWidget(self._buttons)
        side_by_side = sum(button.sizeHint().width() for button in self._head_buttons if not button.isHidden())
        ways = QBoxLayout.Direction
        fits = narrow and side_by_side + HEAD_EDGES_PX <= self.width()
        self._button_box.setDirection(ways.LeftToRight if fits else ways.TopToBottom)
        least = current_look().px(HEADLINE_PX)
        room = self.width() - HEAD_EDGES_PX - self.ring.sizeHint().width()
        self._head_row.setDirection(ways.LeftToRight if not narrow or room >= least else ways.TopToBottom)
        beside = not narrow or room - self.chip.sizeHint().width() >= least
        self._result_row.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    # Moments

    def offer_at(self, seq: int | None) -> None:
        """Offers what can be done about the moment at the cursor: to try again, where it is a turn of the agent."""
        point = None if seq is None or not self._can_retry else retry_point_of(self.reading.events, seq)
        self.retry_button.setEnabled(point is not None)
        if not self._can_retry:
            text = _("This scenario has changed or is gone: this call cannot be tried again from a moment.")
        elif point is None:
            text = _("Choose one of your turns in the transcript to try again from there.")
        else:
            when = clock_text(self.reading.events[point.turn_seq].at_ms)
            text = _("Your turn of {time}: everything before it stays as it was.").format(time=when)
        self.retry_note.setText(text)
        self.retry_button.setToolTip(text)
        self.retry_button.setAccessibleDescription(text)

    @Slot(int)
    def _on_moment(self, seq: int) -> None:
        self.offer_at(seq)

    @Slot()
    def _on_retry(self) -> None:
        seq = self.transcript.current
        point = None if seq is None else retry_point_of(self.reading.events, seq)
        if point is not None:
            self.retry.emit(point.at_seq)

    @Slot(str)
    def _on_retry_checkpoint(self, id: str) -> None:
        at_seq = self.reading.retry_at(self.checkpoints.rows[id].line)
        if at_seq is not None:
            self.retry.emit(at_seq)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.reading.summary())
        self._say_on_copy(_("Copied"))
        self._copied.start()

    @Slot()
    def _on_copied_over(self) -> None:
        self._say_on_copy(_("Copy summary"))

    def _say_on_copy(self, text: str) -> None:
        self.copy.setText(text)
        self.copy.setAccessibleName(text)
        self.copy.setShortcut(COPY_KEYS)  # a new text takes a button's shortcut away


def _button(text: str, about: str, shortcut: str) -> QPushButton:
    button = push_button(text)
    button.setToolTip(about)
    button.setAccessibleName(text)
    button.setAccessibleDescription(about)
    button.setShortcut(shortcut)
    return button
