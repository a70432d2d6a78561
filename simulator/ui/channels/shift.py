"""The desk of a shift: agenda, availability and queue above, and beneath them the desk of whoever is attended.

Each contact gets the desk of its own channel, made when it is put through and thrown away for the next one.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from simulator.scenario.acts import ABANDONED, AFTER_CALL, AVAILABLE, JUMP
from simulator.scoring.score import score
from simulator.session.commands import Act
from simulator.session.envelope import Event
from simulator.session.events import AgendaReached, AgentActed, AttemptEnded, ContactEnded, ContactOpened
from simulator.session.shift import leap_ms, taken
from simulator.session.state import Phase
from simulator.settings import Settings
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desk import ChannelDesk
from simulator.ui.debrief.shift_view import ShiftSummary
from simulator.ui.desk.banner import Banner
from simulator.ui.desk.curtain import Curtain
from simulator.ui.desk.interlude import Interlude
from simulator.ui.desk.shift_panel import ShiftPanel
from simulator.ui.desk.shift_words import advice, agenda_line, hour, idle_title, queue_rows
from simulator.ui.desk.sign import is_soon, running_out
from simulator.ui.icons import pixmap
from simulator.ui.pages.layouts import Firm, fill_scrolling, stay_whole
from simulator.ui.session_controller import SessionController
from simulator.ui.theme import Look, current_look
from simulator.ui.widgets import button, centred, redraw_icons
from simulator.wording import _, render

LOW_PX = 480
"""Below this height (pixels at 100 % text) the agenda is told in words alone."""
_PICTURES = {AVAILABLE: "headset", "break": "pause", "activity": "calendar", "other": "minus-circle"}

Seat = Callable[[Settings, Interlude], ContactDesk]
"""Makes the desk of the contact that the controller is turned to, with its sound."""


class _Idle(QWidget):
    """What stands in the middle while nobody is attended."""

    def __init__(self) -> None:
        super().__init__()
        self._picture_name = ""
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title, self.note = centred("incomingTitle"), centred("incomingRings")
        self.back = button(_("Back to the notes"), "primary", "edit")
        self.pause = button(_("Pause"), None, "pause", about=_("Pause the shift (F5): time stands still"))
        self.pause.setShortcut("F5")
        self.leave = button(_("Leave"), None, "exit", about=_("Leave the shift (Ctrl+W): asks what to do with it"))
        self.leave.setShortcut("Ctrl+W")
        inside = QFrame()
        inside.setObjectName("incoming")
        column = QVBoxLayout(inside)
        column.setSpacing(10)
        column.addStretch(2)
        for part in (self.picture, self.title, self.note):
            column.addWidget(part)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.pause)
        foot.addWidget(self.leave)
        column.addLayout(foot)
        stay_whole(inside)
        fill_scrolling(self, inside)

    def show_idle(self, presence: str, title: str, note: str) -> None:
        """Says what the agent is, and what the agenda asks for instead."""
        if (self.title.text(), self.note.text()) == (title, note) and self._picture_name:
            return
        self.title.setText(title)
        self.note.setText(note)
        self.setAccessibleName(f"{title} {note}".strip())
        self._picture_name = _PICTURES.get(presence, "clock")
        self.refresh_icons()

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        if self._picture_name:
            self.picture.setPixmap(pixmap(self._picture_name, current_look().px(72), "muted"))
        redraw_icons(self)


class _Over(QWidget):
    """The end of the shift: its figures, and the way to the result."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(24, 18, 24, 18)
        self._column.setSpacing(14)
        self.title = centred("incomingTitle")
        self.title.setText(_("The shift is over."))
        self.summary: ShiftSummary | None = None
        self.finish = button(_("See the result"), "primary", "flag")
        self._column.addWidget(self.title)
        self._column.addWidget(self.finish, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        fill_scrolling(self, inside)

    def show_summary(self, summary: ShiftSummary) -> None:
        """Shows the figures, once."""
        self.summary = summary
        self._column.insertWidget(1, summary)


class _Stack(QStackedWidget):
    """The contact, or what stands in its place."""

    def minimumSizeHint(self) -> QSize:
        """Of what is shown: a desk needs more than the page that takes its place."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()


class ShiftDesk(ChannelDesk):
    """See `ChannelDesk`. `seat` makes the desk of each contact."""

    def __init__(
        self, controller: SessionController, seat: Seat, *, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shiftDesk")
        self._controller = controller
        self._seat = seat
        self._settings = settings
        self._recorded = True
        self._warned_of_time = False
        self._look: Look | None = None
        self.contact_desk: ContactDesk | None = None
        """The desk of the contact that is attended, or that was last."""
        self._of = ""
        self._gone_back = False
        self.panel = ShiftPanel(controller.scenario)
        self.banner = Banner()
        self.idle, self.over = _Idle(), _Over()
        self._stack = _Stack()
        self._stack.setObjectName("shiftStage")
        self._stack.addWidget(self.idle)
        self._stack.addWidget(self.over)
        self._body = QWidget()
        column = Firm(self._body)
        column.addWidget(self.panel)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        whole = Firm(self)
        whole.addWidget(self._body, 1)
        self.interlude = Interlude(controller, Curtain(self))
        self._dress_soon = QTimer(self)
        self._dress_soon.setSingleShot(True)
        self._dress_soon.setInterval(0)
        self._dress_soon.timeout.connect(self.refresh_look)
        self._connect()
        self.refresh_look()

    @property
    def shown(self) -> QWidget | None:
        """What stands beneath the panel: a contact's desk, or what takes its place."""
        return self._stack.currentWidget()

    def _connect(self) -> None:
        self.panel.switched.connect(self._on_switched)
        self.panel.leapt.connect(self._on_leap)
        self.idle.pause.clicked.connect(self.interlude.pause)
        self.idle.leave.clicked.connect(self._on_leave)
        self.idle.back.clicked.connect(self._on_back)
        self.over.finish.clicked.connect(self._controller.finish)
        self.interlude.covered.connect(self._on_covered)
        self.interlude.kept.connect(self._on_kept)
        self.interlude.stayed.connect(self.stayed)
        self._controller.happened.connect(self._on_event)
        self._controller.refused.connect(self._on_refused)
        self._controller.ticked.connect(self._on_tick)

    # What every desk does

    def begin(self) -> None:
        state = self._controller.state
        attended = taken(state)
        if attended is not None:
            self._put_through(attended.id)
        elif state.presence == AFTER_CALL:
            ended = (c for c in state.contacts.values() if c.customer.visits)
            last = max(ended, key=lambda contact: contact.events[-1].seq, default=None)
            if last is not None:
                self._put_through(last.id)
        self._follow()
        if state.started is not None:
            self.interlude.take_up()

    def ask_to_leave(self, *, closing: bool = False) -> bool:
        if self.contact_desk is not None:
            return self.contact_desk.ask_to_leave(closing=closing)  # which keeps what is typed first
        return self.interlude.ask_to_leave(closing=closing)

    def apply_settings(self, settings: Settings) -> None:
        self._settings = settings
        if self.contact_desk is not None:
            self.contact_desk.apply_settings(settings)

    @Slot()
    def recording_ended(self) -> None:
        self._recorded = False
        if self.contact_desk is not None:
            self.contact_desk.recording_ended()

    @Slot()
    def refresh_look(self) -> None:
        self._look = current_look()
        for part in (self.panel, self.banner, self.idle, self.interlude.curtain):
            part.refresh_icons()
        redraw_icons(self.over)

    def close_desk(self) -> None:
        self._controller.happened.disconnect(self._on_event)
        self._controller.refused.disconnect(self._on_refused)
        self._controller.ticked.disconnect(self._on_tick)
        self._clear_seat()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._look is not None and self._look != current_look():
            self._dress_soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.set_low(self.height() < current_look().px(LOW_PX))

    # What the agent does

    @Slot(str, str)
    def _on_switched(self, act: str, reason: str) -> None:
        args = (("reason", reason),) if reason else ()
        self._controller.send(Act(self._controller.now(), act, args, ""))

    @Slot()
    def _on_leap(self) -> None:
        self._controller.send(Act(self._controller.now(), JUMP, (("to", "next"),), ""))

    @Slot()
    def _on_leave(self) -> None:
        self.ask_to_leave()

    @Slot()
    def _on_back(self) -> None:
        """The notes of the last contact are still to be written."""
        self._gone_back = True
        self._follow()

    # What happens

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        state, scenario = self._controller.state, self._controller.scenario
        match event.what:
            case ContactOpened() if state.presence == AVAILABLE and taken(state) is state.contacts[event.contact]:
                self._put_through(event.contact)
            case ContactEnded(end=end) if end == ABANDONED:
                company = scenario.of(event.contact).doc.company.name
                self.banner.say(_("Somebody on the line of {company} gave up.").format(company=company), "warning")
            case AgendaReached(kind=kind, title=title):
                at = hour(scenario, state.simulated(event.seq, event.at_ms))
                what = _("The shift is over.") if kind == "over" else title or _("Attending")
                self.banner.say(f"{at} · {what}")
            case AgentActed(name="notes"):
                self.panel.switch.buttons[AVAILABLE].setFocus(Qt.FocusReason.OtherFocusReason)  # what comes next
            case AttemptEnded(how="withdrawn"):
                self.left.emit(event.attempt, "withdrawn")
                return
            case AttemptEnded():
                self.finished.emit(event.attempt)
                return
            case _:
                pass
        self._follow()

    @Slot(str, object)
    def _on_refused(self, code: str, args: dict[str, str | int]) -> None:
        if self._stack.currentWidget() is self.idle:
            self.banner.say(render(code, args), "warning")

    @Slot(int)
    def _on_tick(self, now: int) -> None:
        self._show_time(now)

    @Slot(bool)
    def _on_covered(self, covered: bool) -> None:
        self._body.setEnabled(not covered)
        if not covered:
            self._focus()

    @Slot()
    def _on_kept(self) -> None:
        self.left.emit(self._controller.state.attempt, "kept")

    # Who is attended

    def _put_through(self, contact: str) -> None:
        """The desk of a contact takes the place of the one before."""
        self._clear_seat()
        self._gone_back = False
        self.banner.hide()
        self._controller.turn_to(contact)
        self._of = contact
        made = self.contact_desk = self._seat(self._settings, self.interlude)
        if not self._recorded:
            made.recording_ended()
        self._stack.addWidget(made)
        self._stack.setCurrentWidget(made)
        made.begin()

    def _clear_seat(self) -> None:
        old, self.contact_desk = self.contact_desk, None
        if old is not None:
            old.keep_draft()
            old.close_desk()
            self._stack.removeWidget(old)
            old.deleteLater()

    def _follow(self) -> None:
        """Shows who is attended, else what the agent is, else the end of the shift."""
        state, before = self._controller.state, self._stack.currentWidget()
        attended = taken(state)
        unwritten = self._is_unwritten()
        writes_up = unwritten and attended is None and (self._gone_back or state.presence == AFTER_CALL)
        if self.contact_desk is not None and (writes_up or (attended is not None and attended.id == self._of)):
            self._stack.setCurrentWidget(self.contact_desk)
        elif self._controller.all_over:
            self._show_over()
        elif before is not self.contact_desk or state.presence != AFTER_CALL:
            self._stack.setCurrentWidget(self.idle)
        self.idle.back.setVisible(unwritten and attended is None)
        self._gone_back = self._gone_back and unwritten
        self._show_time(self._controller.now())
        if self._stack.currentWidget() is not before:
            self._focus()

    def _is_unwritten(self) -> bool:
        """Whether the notes of the contact that was attended last can still be written, and are not."""
        contact = self._controller.state.contacts.get(self._of)
        over = contact is not None and contact.phase is Phase.AFTER and bool(contact.customer.visits)
        return self.contact_desk is not None and over and contact is not None and "notes" not in contact.done

    def _show_over(self) -> None:
        if self.over.summary is None:
            card = score(self._controller.scenario, self._controller.events)
            assert card.shift is not None
            self.over.show_summary(ShiftSummary(card.shift, card.contacts))
        self._stack.setCurrentWidget(self.over)

    def _show_time(self, now: int) -> None:
        state, scenario = self._controller.state, self._controller.scenario
        simulated = now + state.jumped_ms
        self._show_exam(now)
        self.panel.show_clock(hour(scenario, simulated))
        self.panel.strip.show_now(simulated)
        self.panel.line.setText(agenda_line(scenario, simulated))
        self.panel.queue.show_rows(queue_rows(scenario, state, simulated))
        self.panel.switch.show_presence(state.presence, enabled=state.started is not None and state.ended is None)
        self.panel.leap.setEnabled(not state.paused and leap_ms(scenario, state, now) > 0)
        self.idle.show_idle(state.presence, idle_title(scenario, state, simulated), advice(scenario, state, simulated))

    def _show_exam(self, now: int) -> None:
        exam, left = self._controller.state.exam, self._controller.state.left_ms(now)
        if exam is None or left is None:
            return
        self.idle.pause.hide()
        self.panel.exam.show_left(left, exam.time_limit_ms)
        if is_soon(left, exam.time_limit_ms) and not self._warned_of_time:
            self._warned_of_time = True
            self.banner.say(running_out(left), "warning")

    def _focus(self) -> None:
        shown = self._stack.currentWidget()
        if shown is self.over:
            self.over.finish.setFocus(Qt.FocusReason.OtherFocusReason)
        elif shown is self.idle:
            self.panel.leap.setFocus(Qt.FocusReason.OtherFocusReason)
