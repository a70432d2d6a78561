"""The hands of a trainee who plays a scenario's own moves through the real window: clicks, keys, nothing else.

What waits for what is decided by `Player`, as headless; only what it sends is done with widgets here, at the same
session time. So what is lived on screen must be what the headless play tells.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from simulator.rehearsal.player import Player
from simulator.scenario.acts import SPELL_CHECK
from simulator.scenario.scenario import FIRST_CONTACT
from simulator.session.commands import Act, Command, Finish, PassTime, Say, TellSide
from simulator.session.story import CommandRefusedError
from simulator.speech.devices.playing import SilentPlayer
from simulator.ui import session_controller, sound
from simulator.ui.channels.chat import ChatDesk
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.email import EmailDesk
from simulator.ui.channels.help_chat import AppsDesk, HelpChatDesk, WebDesk
from simulator.ui.channels.outbound import OutboundDesk
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.channels.several import SeveralDesk
from simulator.ui.channels.social import SocialDesk
from simulator.ui.desk.equipment import SAMPLE
from simulator.ui.desk.inbox_words import class_text, day_text
from simulator.ui.pages.briefing import BriefingPage
from simulator.ui.pages.library import LibraryPage
from simulator.ui.pages.pieces import CardButton
from simulator.ui.pages.profiles import ProfilesPage
from simulator.ui.pages.words import GUIDED
from simulator.ui.session_controller import SessionController
from tests.ui.program import Program

STEP_MS = 4_000
"""Time passes in steps that are no gap (`simulator.session.clock.GAP_MS`)."""
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Clock:
    """A machine's clock that stands still until it is set."""

    now: int = 0

    def __call__(self) -> int:
        return self.now

    def drive(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every attempt that is taken from now on lives by this clock, at a desk without a loudspeaker."""
        made = partial(SessionController, clock_ms=self)
        monkeypatch.setattr(session_controller, "SessionController", made)
        monkeypatch.setattr(sound, "open_player", partial(SilentPlayer, "no-output-device"))


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Clicks what can be seen and used, once all is shown that is to be shown."""
    QApplication.processEvents()
    name = widget.accessibleName() or widget.objectName()
    assert widget.isVisible(), f"not to be seen: {name}"
    assert widget.isEnabled(), f"not to be used: {name}"
    if at is None:
        QTest.mouseClick(widget, LEFT)
    else:
        QTest.mouseClick(widget, LEFT, pos=at)


def write(field: QWidget, text: str) -> None:
    """Replaces what is in a field."""
    QApplication.processEvents()
    assert field.isVisible(), f"not to be seen: {field.accessibleName()}"
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if isinstance(field, QLineEdit):
        field.insert(text)
    else:
        assert isinstance(field, QPlainTextEdit)
        field.insertPlainText(text)


@dataclass
class Hands(Player):
    """A trainee at a started program. `clock`: the one that drives its attempts."""

    program: Program = field(kw_only=True)
    clock: Clock = field(kw_only=True)
    session: SessionController = field(init=False)
    desk: ContactDesk = field(init=False)
    _refusals: list[CommandRefusedError] = field(default_factory=list)

    def start(self) -> None:
        """Signs in as the agent of the scenario, finds it in the library, reads the briefing and begins."""
        program = self.program
        self.clock.now = 0
        if program.application.workshop is None:
            self._sign_in()
        else:
            places = program.window.findChildren(QAbstractButton)
            click(next(place for place in places if place.property("place") == "library"))
            program.shown("library")
        program.until(lambda: bool(self._cards()))
        click(self._cards()[0])
        program.shown("briefing")
        briefing = program.window.page("briefing")
        assert isinstance(briefing, BriefingPage)
        click(briefing.take_button)
        program.until(lambda: program.application.calls.session is not None)
        desk = program.application.calls.desk
        assert isinstance(desk, ContactDesk)
        self.session, self.desk = program.session, desk
        self.session.refused.connect(self._on_refused)
        self._look()

    def send(self, command: Command) -> None:
        """Does with widgets what the command asks for. Errors: `CommandRefusedError`, as the desk was told."""
        match command:
            case PassTime(at=at):
                self._wait(at)
            case Say(text=text, contact=contact, interrupt=interrupt, takes_ms=0, voice=()):
                self._turn_to(contact)
                self._say(text, interrupt=interrupt)
            case TellSide(text=text):
                write(self.desk.side_chat.field, text)
                QTest.keyClick(self.desk.side_chat.field, Qt.Key.Key_Return)
            case Act(name=name, args=args, contact=contact):
                self._turn_to(contact)
                self._act(name, dict(args))
            case Finish():
                self._finish()
            case _:
                raise AssertionError(f"no hand does this: {command}")
        self._look()
        if self._refusals:
            raise self._refusals.pop()

    def _look(self) -> None:
        self.state, self.events = self.session.state, list(self.session.events)

    def _on_refused(self, code: str, args: dict[str, str | int]) -> None:
        self._refusals.append(CommandRefusedError(code, **args))

    def _sign_in(self) -> None:
        program = self.program
        program.application.begin()
        program.shown("profiles")
        people = program.window.page("profiles")
        assert isinstance(people, ProfilesPage)
        write(people.field, self.agent or self.scenario.doc.agent)
        QTest.keyClick(people.field, Qt.Key.Key_Return)
        program.shown("library")

    def _cards(self) -> list[QWidget]:
        """What may be clicked in the library to take the scenario."""
        page = self.program.window.page("library")
        assert isinstance(page, LibraryPage)
        cards: list[QWidget] = [c for c in page.findChildren(CardButton) if c.property("scenario") == self.scenario.id]
        shown = [card for card in cards if card.isVisible()]
        return shown or ([page.guided_button] if self.scenario.id == GUIDED else [])

    def _wait(self, at: int) -> None:
        assert not self.session.state.paused
        self.session.tick()
        while self.clock.now < at:
            self.clock.now = min(at, self.clock.now + STEP_MS)
            self.session.tick()

    def _press(self, key: Qt.Key) -> None:
        """Ctrl and a key of the desk, whose window has the focus (which no window manager gives it here)."""
        self.program.window.activateWindow()
        QApplication.processEvents()
        QTest.keyClick(self.desk, key, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()

    def _turn_to(self, contact: str) -> None:
        if contact == self.session.turned_to:
            return
        desk = self.desk
        match desk:
            case OutboundDesk():
                self._press(Qt.Key.Key_L)
                rows = desk.calls.rows
                place = (FIRST_CONTACT, *self.scenario.doc.contacts).index(contact)
                click(rows.viewport(), rows.visualItemRect(rows.item(place)).center())
            case SeveralDesk():
                click(desk.list.rows[contact])
            case EmailDesk():
                place = [row.contact for row in desk.inbox.rows].index(contact)
                item = desk.inbox.topLevelItem(place)
                assert item is not None
                desk.inbox.scrollToItem(item)
                click(desk.inbox.viewport(), desk.inbox.visualItemRect(item).center())
            case _:
                raise AssertionError(f"{desk} has one contact")
        assert self.session.turned_to == contact

    def _say(self, text: str, *, interrupt: bool) -> None:
        reply = self.desk.reply
        if reply.text != text:
            write(reply.field, text)
        send = Qt.KeyboardModifier.ControlModifier if isinstance(self.desk, EmailDesk) else Qt.KeyboardModifier(0)
        QTest.keyClick(reply.field, Qt.Key.Key_Return, send)
        if interrupt and reply.text:
            QTest.keyClick(reply.field, Qt.Key.Key_Return, send)

    def _act(self, name: str, args: dict[str, str]) -> None:
        desk = self.desk
        match name:
            case "notes":
                self._write_up(args)
            case "dismiss-colleague":
                click(desk.side_chat.close_button)
            case "answer" if isinstance(desk, PhoneDesk):
                click(desk.incoming.answer)
            case "answer" if isinstance(desk, HelpChatDesk):
                click(desk.waiting.attend)
            case "accept" if isinstance(desk, ChatDesk):
                click(desk.queued.accept)
            case "check-equipment" if isinstance(desk, ChatDesk):
                click(desk.visitors.equipment)
                assert desk.check is not None
                write(desk.check.field, SAMPLE)
                click(desk.check.finish)
            case "public" | "private" if isinstance(desk, SocialDesk):
                click(desk.switch.private if name == "private" else desk.switch.public)
            case "dial" | "cancel" if isinstance(desk, OutboundDesk):
                click(desk.card.dial if name == "dial" else desk.card.cancel)
            case "open" if isinstance(desk, EmailDesk):
                click(desk.head.open)
            case "jump" if isinstance(desk, EmailDesk):
                self._choose(desk.bar.jump, args["to"])
            case "register" if isinstance(desk, WebDesk):
                desk.panels.setCurrentWidget(desk.record)
                for id, value in args.items():
                    write(desk.record.fields[id], value)
                click(desk.record.save)
            case "follow-up" if isinstance(desk, AppsDesk):
                desk.panels.setCurrentWidget(desk.follow_up)
                desk.follow_up.days.setValue(int(args["days"]))
                write(desk.follow_up.task, args["task"])
                click(desk.follow_up.save)
            case _ if name == SPELL_CHECK:
                write(desk.reply.field, args["text"])
                click(desk.toolbar.button(name))
            case "triage":
                self._choose(desk.toolbar.button(name), class_text(args["class"]))
            case "follow-up-on":
                self._choose(desk.toolbar.button(name), day_text(date.fromisoformat(args["date"])))
            case _ if args:
                (value,) = args.values()
                self._choose(desk.toolbar.button(name), value)
            case _:
                click(desk.toolbar.button(name))

    def _choose(self, button: QAbstractButton, said: str) -> None:
        """Chooses from the menu under a button, by what it says or stands for."""
        click(button)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        (action,) = [action for action in menu.actions() if said in (action.text(), action.data())]
        click(menu, menu.actionGeometry(action).center())

    def _write_up(self, notes: dict[str, str]) -> None:
        self._press(Qt.Key.Key_2)
        for name, text in notes.items():
            write(self.desk.notes.fields[name], text)
        click(self.desk.notes.save)

    def _finish(self) -> None:
        """What was not written up stays so: the trainee goes to the result at once."""
        desk = self.desk
        if isinstance(desk, EmailDesk):
            click(desk.bar.finish)
            return
        click(desk.header.leave)
        click(desk.curtain.button("finish"))
        click(desk.curtain.button("finish-sure"))
