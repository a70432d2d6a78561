"""The desks of help chats: the customer's site or telephone mirrored beside what is written, and the channel's form."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from simulator.session.channels.help_chat import screen_of
from simulator.session.envelope import Event
from simulator.session.events import AgentActed, ContactOpened
from simulator.session.state import ContactState, Phase
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desk_frame import HasIcons
from simulator.ui.desk.addressee import Addressee, name_on_line
from simulator.ui.desk.mirror import Mirror, PhoneMirror, SiteMirror
from simulator.ui.desk.record import FollowUpForm, Form, RecordForm
from simulator.ui.desk.toolbar import Key, Toolbar
from simulator.ui.desk.waiting import WaitingPerson
from simulator.ui.desk.words import Status, answered_ms, time_of_day
from simulator.ui.widgets import label
from simulator.wording import _, mark

_CLOSE = Key("close", mark("Close the chat"), "exit", "F12", mark("Close the chat: the conversation ends"))
WEB_KEYS = (
    Key(
        "route-virtual-agent", mark("Virtual agent"), "spark", "F6",
        mark("Pass the case on to the virtual agent: it opens on the customer's page"),
    ),
    _CLOSE,
)  # fmt: skip
APPS_KEYS = (_CLOSE,)


class HelpChatDesk(ContactDesk):
    """See `ContactDesk`. A channel gives its mirror, its form and which act the form does."""

    mirror: Mirror
    waiting: WaitingPerson
    form: Form
    form_act: str
    direction: Qt.Orientation
    """How mirror and conversation share the stage."""

    def make_waiting(self) -> WaitingPerson:
        """What stands there until the person is attended."""
        raise NotImplementedError

    def make_mirror(self) -> Mirror:
        """What the customer has in front."""
        raise NotImplementedError

    def make_stage(self) -> QWidget:
        self.setObjectName("helpChatDesk")
        self.waiting = self.make_waiting()
        self.waiting.attended.connect(self._on_attend)
        self.mirror = self.make_mirror()
        self._shared = QSplitter(self.direction)
        self._shared.setObjectName("split")
        self._shared.setHandleWidth(1)
        self._shared.setChildrenCollapsible(False)
        self._shared.addWidget(self.mirror)
        self._shared.addWidget(self._talk())
        self._shared.setStretchFactor(0, 3)
        self._shared.setStretchFactor(1, 2 if self.direction is Qt.Orientation.Vertical else 3)
        self._shared.setSizes([360, 240] if self.direction is Qt.Orientation.Vertical else [300, 300])
        self._stack = QStackedWidget()
        self._stack.setObjectName("stage")
        self._stack.addWidget(self.waiting)
        self._stack.addWidget(self._shared)
        return self._stack

    def _talk(self) -> QWidget:
        self.typing = label("", "typingNote", wrap=True)
        talk = QWidget()
        column = QVBoxLayout(talk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.conversation, 1)
        column.addWidget(self.typing)
        return talk

    def icon_parts(self) -> Sequence[HasIcons]:
        return (self.waiting, self.mirror)

    def status(self, contact: ContactState | None, now: int) -> Status:  # noqa: ARG002 - the base tells it
        if contact is None:
            return Status(_("Not connected"), "neutral")
        match contact.phase:
            case Phase.WAITING:
                return Status(_("Waiting to be attended"), "warning", contact.opened_ms)
            case Phase.TALKING:
                return Status(_("In the chat"), "good", answered_ms(contact))
            case Phase.ENDING:
                return Status(_("The chat is ending"), "neutral", answered_ms(contact))
            case Phase.AFTER:
                return Status(_("Chat ended · after-contact work"), "neutral")

    def addressee(self, contact: ContactState, now: int) -> Addressee:
        if contact.phase is Phase.AFTER:
            return Addressee(self._name(contact, now), _("The chat is over."), False)
        return Addressee(self._name(contact, now), "", True)

    def _name(self, contact: ContactState | None, now: int) -> str:
        return name_on_line(self.doc, contact, now) or _("the person")

    def show_contact(self, contact: ContactState | None) -> None:
        waits = contact is None or contact.phase is Phase.WAITING
        self._stack.setCurrentWidget(self.waiting if waits else self._shared)
        self.form.allow(self.form_act in self._controller.allowed_acts())
        self.show_time(self._controller.now())
        if contact is not None:
            self.mirror.show_screen(screen_of(self._controller.contact_scenario, contact))

    def show_time(self, now: int) -> None:
        contact = self._controller.contact
        self.waiting.show_state(contact, now)
        name = self._name(contact, now)
        self.mirror.belongs_to(name)
        writes = contact is not None and contact.customer.speaking(now)
        self.typing.setText(_("{name} is typing…").format(name=name[:1].upper() + name[1:]) if writes else "")

    def happened(self, event: Event) -> None:
        match event.what:
            case ContactOpened():
                self.focus_waiting()
            case AgentActed(name=name, args=args) if name == self.form_act:
                self.show_saved(dict(args))
            case _:
                pass

    def begin(self) -> None:
        super().begin()
        for event in self._controller.events:
            if isinstance(event.what, AgentActed) and event.what.name == self.form_act:
                self.show_saved(dict(event.what.args))

    def show_saved(self, values: dict[str, str]) -> None:
        """The form was handed over with these values, now or before the attempt was taken up again."""
        raise NotImplementedError

    def focus_waiting(self) -> None:
        self.waiting.attend.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_attend(self) -> None:
        self._controller.act("answer")

    @Slot(object)
    def _on_form(self, values: dict[str, str]) -> None:
        self._controller.act(self.form_act, **values)


class WebDesk(HelpChatDesk):
    """The visitor's page above the chat; the customer's record beside."""

    form_act = "register"
    direction = Qt.Orientation.Vertical

    def make_toolbar(self) -> Toolbar:
        return Toolbar(WEB_KEYS, name=_("Chat"))

    def make_waiting(self) -> WaitingPerson:
        company = self._controller.scenario.doc.company.name
        return WaitingPerson(_("Help chat on the site of {company}").format(company=company), "globe")

    def make_mirror(self) -> Mirror:
        return SiteMirror(self._controller.scenario.doc.site)

    def extra_panels(self) -> Sequence[tuple[QWidget, str, str]]:
        self.form = self.record = RecordForm(self._controller.scenario.doc.site.record)
        self.form.saved.connect(self._on_form)
        return ((self.form, _("Data record"), "clipboard"),)

    def show_saved(self, values: dict[str, str]) -> None:
        self.record.fill(values)
        self.record.show_saved()


class AppsDesk(HelpChatDesk):
    """The customer's telephone beside the chat; a follow-up for the agenda."""

    form_act = "follow-up"
    direction = Qt.Orientation.Horizontal

    def make_toolbar(self) -> Toolbar:
        return Toolbar(APPS_KEYS, name=_("Chat"))

    def make_waiting(self) -> WaitingPerson:
        doc = self._controller.scenario.doc
        return WaitingPerson(_("Help chat of {app}").format(app=doc.app.name or doc.company.name), "smartphone")

    def make_mirror(self) -> Mirror:
        self.phone = PhoneMirror(self._controller.scenario.doc.app)
        return self.phone

    def extra_panels(self) -> Sequence[tuple[QWidget, str, str]]:
        self.form = self.follow_up = FollowUpForm()
        self.form.saved.connect(self._on_form)
        return ((self.form, _("Follow-up"), "calendar"),)

    def show_time(self, now: int) -> None:
        super().show_time(now)
        self.phone.show_time(time_of_day(self.doc.clock_minutes, now))

    def show_saved(self, values: dict[str, str]) -> None:
        self.follow_up.fill(values)
        self.follow_up.show_saved(values["days"], values["task"])
