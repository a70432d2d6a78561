"""The parts of a contact's desk: which there are, how they stand together, and how they are dressed.

What a channel's own desk looks like is said by the methods under «What a channel's desk may look like».
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from simulator.scenario.model import ScenarioDocument
from simulator.settings import Settings
from simulator.ui.channels.desk import ChannelDesk
from simulator.ui.desk.banner import Banner
from simulator.ui.desk.bubbles import Conversation
from simulator.ui.desk.coach import Coach
from simulator.ui.desk.curtain import Curtain
from simulator.ui.desk.header import CallHeader
from simulator.ui.desk.hints import HintsPanel
from simulator.ui.desk.listening import Listening
from simulator.ui.desk.panels import KnowledgePanel, NotesPanel
from simulator.ui.desk.reply import ReplyBox
from simulator.ui.desk.side_chat import SideChat
from simulator.ui.desk.side_panels import SidePanels
from simulator.ui.desk.speaking import Keep, Speaking
from simulator.ui.desk.split import DeskSplit
from simulator.ui.desk.toolbar import Toolbar
from simulator.ui.icons import icon
from simulator.ui.pages.layouts import Firm, fill_scrolling
from simulator.ui.session_controller import SessionController
from simulator.ui.theme import Look, current_look

LOW_PX = 380
"""Below this height (pixels at 100 % text) the telephone's keys spare their words where they need several rows."""


class HasIcons(Protocol):
    """A part that draws icons in the colours of the theme."""

    def refresh_icons(self) -> None:
        """Draws them anew."""


class DeskFrame(ChannelDesk):
    """The widgets of a desk, not yet connected to what happens; the arguments are those of `ContactDesk`."""

    def __init__(
        self,
        controller: SessionController,
        *,
        settings: Settings,
        listening: Listening | None,
        keep_reply: Keep | None,
        guided: bool,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("contactDesk")
        self._controller = controller
        self._look: Look | None = None
        self._dress_soon = QTimer(self, singleShot=True, interval=0)
        self._dress_soon.timeout.connect(self.refresh_look)
        self._place_soon = QTimer(self, singleShot=True, interval=0)
        self._place_soon.timeout.connect(self._place_side_chat)
        scenario = controller.scenario
        self.body = QWidget()
        self.header = CallHeader(scenario)
        self.header.show_recording(keep_reply is not None)
        self.banner = Banner()
        self.conversation = self.make_conversation()
        self.toolbar = self.make_toolbar()
        self.reply = self.make_reply()
        self.speaking: Speaking | None = None
        if listening is not None:
            self.speaking = Speaking(controller, listening, self.reply, settings, keep_reply, self)
        self.knowledge = KnowledgePanel(scenario.doc.knowledge)
        self.notes = NotesPanel()
        self.hints = HintsPanel()
        self.side_chat = SideChat(self)
        self.curtain = Curtain(self)
        self.coach: Coach | None = Coach(self, self.part) if guided else None
        self.side = self.make_side()
        self.stage = self.make_stage()
        self._lay_out()

    # What a channel's desk may look like

    def make_toolbar(self) -> Toolbar:
        """The acts of the channel as buttons."""
        return Toolbar(())

    def make_conversation(self) -> Conversation:
        """What was said, as it is shown."""
        return Conversation()

    def make_reply(self) -> ReplyBox:
        """Where the agent writes."""
        doc = self._controller.scenario.doc
        return ReplyBox(doc.word_limit, written=doc.written)

    def make_stage(self) -> QWidget:
        """What stands in the middle, above the reply field."""
        return self.conversation

    def make_side(self) -> QWidget | None:
        """What stands left of the contact over the whole height: a list of contacts, where there are several."""
        return None

    def extra_panels(self) -> Sequence[tuple[QWidget, str, str]]:
        """Panels beside knowledge and notes: widget, title, name of an icon."""
        return ()

    def icon_parts(self) -> Sequence[HasIcons]:
        """Parts of its own that draw their icons anew when the theme changes."""
        return ()

    def part(self, target: str) -> QWidget | None:
        """The part of the desk that the guide means."""
        parts: dict[str, QWidget] = {
            "reply": self.reply,
            "toolbar": self.toolbar,
            "header": self.header,
            "knowledge": self.panels,
            "notes": self.panels,
        }
        return parts.get(target)

    @property
    def doc(self) -> ScenarioDocument:
        """The scenario as the contact has it that the agent is turned to."""
        return self._controller.contact_scenario.doc

    # How they stand and look

    def _lay_out(self) -> None:
        call = QWidget()
        call.setObjectName("call")
        column = Firm(call)
        column.addWidget(self.stage, 1)
        column.addWidget(self.toolbar)
        column.addWidget(self.reply)
        self.panels = SidePanels(self.knowledge, self.notes, self.hints, self.extra_panels(), self.body)
        self._split = DeskSplit(self.side, call, self.panels)
        inside = Firm(self.body)
        inside.addWidget(self.header)
        inside.addWidget(self.banner)
        inside.addWidget(self._split, 1)
        self._scroller = fill_scrolling(self, self.body)
        self._split.moved.connect(self._place_soon.start)
        self.reply.field.installEventFilter(self)

    @Slot()
    def refresh_look(self) -> None:
        self._look = current_look()
        parts: tuple[HasIcons, ...] = (self.header, self.banner, self.toolbar, self.side_chat, self.curtain)
        for part in (*parts, *self.icon_parts()):
            part.refresh_icons()
        if self.speaking is not None:
            self.speaking.refresh_icons()
        px = self._look.px
        self.reply.send.setIcon(icon("send", "on-accent"))
        self.reply.send.setIconSize(QSize(px(16), px(16)))
        self.panels.refresh_icons()
        self._place_side_chat()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._look is not None and self._look != current_look():
            # Later: Qt is walking through a list of all widgets, and dressing anew deletes some (the plot's).
            self._dress_soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.toolbar.set_low(self.height() < current_look().px(LOW_PX))
        self._place_soon.start()  # when the panels have found their place

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who writes sees what is written."""
        if event.type() == QEvent.Type.FocusIn and watched is self.reply.field:
            self._scroller.ensureWidgetVisible(self.reply, 0, 0)
        return False

    @Slot()
    def _place_side_chat(self) -> None:
        """In the lower right corner, over the panels: it distracts, but neither bell nor reply field are covered."""
        if self.side_chat.isHidden():
            return
        width = min(current_look().px(360), self.panels.width() - 24)
        height = min(self.side_chat.height_for(width), self.height() - 24)
        self.side_chat.setGeometry(self.width() - width - 12, self.height() - height - 12, width, height)
        self.side_chat.raise_()
        if self.curtain.isVisible():
            self.curtain.raise_()
