"""A post with a thread beneath it: comments and answers for all to read, and, set apart, what is private."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from simulator.scenario.model import ScenarioDocument
from simulator.session.transcript import Entry
from simulator.session.turns import private_messages
from simulator.ui.desk.bubbles import Bubble, Conversation
from simulator.ui.desk.chat_list import portrait_of
from simulator.ui.desk.header import set_property
from simulator.ui.desk.words import time_of_day
from simulator.ui.pages.pieces import Avatar
from simulator.ui.session_controller import SessionController
from simulator.ui.theme import current_look
from simulator.ui.widgets import label, picture, redraw_icons
from simulator.wording import _, n_

PORTRAIT_PX, POST_PORTRAIT_PX = 34, 44
INDENT_PX = 40
"""How far answers stand in from the comment that opens the thread, at 100 %."""
GAP_PX = 8


class PostCard(QFrame):
    """The company's post, under which people comment, and what the account says that it is for."""

    def __init__(self, doc: ScenarioDocument, minutes: int, parent: QWidget | None = None) -> None:
        """`minutes`: since it was posted."""
        super().__init__(parent)
        assert doc.social is not None
        wall = doc.social
        self.setObjectName("postCard")
        ago = n_("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
        self.head = label(f"{wall.handle} · {ago}", "bubbleHead", wrap=True)
        self.purpose = label(wall.purpose, "postPurpose", wrap=True)
        self.post = label(wall.post.strip(), "postText", wrap=True, selectable=True)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label(wall.account, "postAccount", wrap=True))
        names.addWidget(self.head)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Avatar(wall.account, POST_PORTRAIT_PX), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        bio = QHBoxLayout()
        bio.setSpacing(8)
        bio.addWidget(picture("info", 16, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        bio.addWidget(self.purpose, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(bio)
        column.addWidget(self.post)
        said = _("Post of {account}: {text}").format(account=wall.account, text=wall.post.strip())
        self.setAccessibleName(said)


class Comment(Bubble):
    """A comment, an answer, or a private message. `private`: only the two can read it."""

    def __init__(self, entry: Entry, name: str, when: str, text: str, *, private: bool, parent: QWidget) -> None:
        self._when = f"{when} · {_('Private message')}" if private else when
        super().__init__(entry.seq, entry.who, name, self._when, text, parent)
        self.is_private = private
        self.is_hidden = False
        self.setProperty("private", private)
        if private:
            self.setAccessibleName(_("Private message of {name}: {text}").format(name=name, text=text))

    def show_hidden(self) -> None:
        """The comment was taken out of sight: it stays here, and says so."""
        if self.is_hidden:
            return
        self.is_hidden = True
        self._head.setText(f"{self._name} · {self._when} · {_('Hidden: nobody else sees it')}")
        self.setAccessibleName(_("Hidden comment of {name}: {text}").format(name=self._name, text=self.label.text()))
        set_property(self, "covered", True)
        self.fit(self._widest)


class CommentThread(Conversation):
    """See `Conversation`: the post stands on top, the thread of the person turned to beneath it."""

    def __init__(self, controller: SessionController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.setAccessibleName(_("Post and comments"))
        self._hang()

    def add(self, entry: Entry, *, shown: str | None = None) -> None:
        if entry.who == "desk":
            super().add(entry, shown=shown)
            return
        contact = self._controller.contact
        private = contact is not None and entry.seq in private_messages(contact.events)
        text = entry.text if shown is None else shown
        made = Comment(entry, self._name(entry), self.when(entry), text, private=private, parent=self._inside)
        self._bubbles[entry.seq] = made
        self._add_row(made, entry.who)

    def when(self, entry: Entry) -> str:
        return time_of_day(self._controller.scenario.doc.clock_minutes, entry.at_ms)

    def show_hidden(self, seqs: frozenset[int]) -> None:
        """Marks the comments that were taken out of sight."""
        for seq in seqs:
            made = self.bubble(seq)
            if isinstance(made, Comment):
                made.show_hidden()

    def clear(self) -> None:
        super().clear()
        self._hang()

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        redraw_icons(self._inside)

    def _hang(self) -> None:
        """The post alone, at the top: what is filed later hangs from it."""
        while self._rows.count():
            self._rows.takeAt(0)
        doc, lived = self._controller.scenario.doc, self._controller.state.at_ms
        assert doc.social is not None
        self.post = PostCard(doc, doc.social.posted + lived // 60_000, self._inside)
        self._rows.addWidget(self.post)
        self._rows.addStretch(1)

    def _name(self, entry: Entry) -> str:
        doc = self._controller.contact_scenario.doc
        assert doc.social is not None
        assert doc.commenter is not None
        if entry.who == "agent":
            return _("You, as {handle}").format(handle=doc.social.handle)
        name, handle = super()._name(entry), doc.commenter.handle
        return handle if name == handle else f"{name} {handle}"

    def _add_row(self, widget: QWidget, who: str | None) -> None:
        if isinstance(widget, Comment):
            self._add_comment(widget, who or "")
        else:
            super()._add_row(widget, who)

    def _append(self, row: QHBoxLayout) -> None:
        self._rows.insertLayout(self._rows.count() - 1, row)  # above the stretch

    def _add_comment(self, made: Comment, who: str) -> None:
        """Public ones one below the other, answers farther in; private ones on both sides, as in a chat."""
        doc = self._controller.contact_scenario.doc
        assert doc.social is not None
        portrait = Avatar(doc.social.account if who == "agent" else portrait_of(doc), PORTRAIT_PX)
        opens = len(self._bubbles) == 1
        row = QHBoxLayout()
        self._append(row)  # before anything is in it, see `Conversation`
        row.setContentsMargins(0 if opens else current_look().px(INDENT_PX), 0, 0, 0)
        row.setSpacing(GAP_PX)
        if made.is_private and who == "agent":
            row.addStretch(1)
            row.addWidget(made)
            row.addWidget(portrait, 0, Qt.AlignmentFlag.AlignTop)
        else:
            row.addWidget(portrait, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(made)
            row.addStretch(1)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        made.fit(self._widest())

    def _widest(self) -> int:
        margins = self._rows.contentsMargins()
        beside = current_look().px(INDENT_PX + PORTRAIT_PX) + GAP_PX + margins.left() + margins.right()
        return max(160, min(super()._widest(), self.viewport().width() - beside))
