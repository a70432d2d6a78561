"""Nothing is cut and nothing overlaps, at any size of text, in a common window and in the smallest."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from simulator.settings import Settings
from simulator.ui import theme
from simulator.ui.desk.bubbles import Conversation
from simulator.ui.desk.header import CallHeader
from simulator.ui.desk.words import Status
from tests.screenshots import chat, counter, debrief, desk, email, help_chat, shift, social, staff, telephone
from tests.ui.desk.cases import call
from tests.ui.geometry import faults, settle

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

SIZES = ((1280, 720), (760, 520))


@pytest.fixture(params=[100, 150, 200])
def text_size(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    size = int(request.param)
    theme.apply(qapp, Settings(text_size=size))
    yield size
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was looked at need not be dressed anew
    theme.apply(qapp, Settings())


class Inspector:
    """Takes what the pictures would show, at each size."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.seen = 0

    def shoot(self, name: str, widget: QWidget) -> None:
        if name.startswith("guide"):  # its card is meant to lie over the desk
            return
        for size in SIZES:
            widget.resize(*size)
            settle(widget)
            self.seen += 1
            self.found += [f"{name} at {size}: {fault}" for fault in faults(widget)]
            if widget.size().toTuple() != size:
                self.found.append(f"{name} at {size} wants {widget.size().toTuple()}")
        widget.hide()


@pytest.mark.usefixtures("text_size")
def test_the_desk_is_whole(qtbot: QtBot) -> None:
    inspector = Inspector()
    desk.draw(inspector.shoot)
    assert inspector.seen > 30
    assert inspector.found == []


@pytest.mark.usefixtures("text_size")
def test_the_header_is_whole_at_any_width(qtbot: QtBot) -> None:
    doc = call().doc
    company = doc.company.model_copy(update={"name": "Constructora Tres Cumbres"})
    long = replace(call(), doc=doc.model_copy(update={"company": company}))
    window = QWidget()  # a window of its own would not become narrower than its layout
    header = CallHeader(long, window)
    qtbot.addWidget(window)
    header.show_state(None, 0, Status("Timbrando · timbre 1", "good"), "Cliente")
    found = []
    for width in range(760, 1500, 20):
        window.resize(width, 400)
        header.setGeometry(0, 0, width, header.sizeHint().height())
        settle(window)
        header.resize(width, header.sizeHint().height())
        settle(window)
        found += [f"at {width}: {fault}" for fault in faults(window)]
    assert found == []


@pytest.mark.usefixtures("text_size")
def test_the_chats_are_whole(qtbot: QtBot) -> None:
    inspector = Inspector()
    chat.draw(inspector.shoot)
    assert inspector.seen > 12
    assert inspector.found == []


@pytest.mark.usefixtures("text_size")
def test_the_comments_are_whole(qtbot: QtBot) -> None:
    inspector = Inspector()
    social.draw(inspector.shoot)
    assert inspector.seen > 10
    assert inspector.found == []


@pytest.mark.usefixtures("text_size")
def test_the_counter_is_whole(qtbot: QtBot) -> None:
    inspector = Inspector()
    counter.draw(inspector.shoot)
    assert inspector.seen > 10
    assert inspector.found == []


@pytest.mark.usefixtures("text_size")
def test_the_inbox_is_whole(qtbot: QtBot) -> None:
    inspector = Inspector()
    email.draw(inspector.shoot)
    assert inspector.seen > 10
    assert inspector.found == []


@pytest.mark.usefixtures("text_size")
def test_the_shift_is_whole(qtbot: QtBot) -> None:
    inspector = Inspector()
    shift.draw(inspector.shoot)
    assert inspector.seen > 18
    assert inspector.found == []


@pytest.mark.usefixtures("text_size")
def test_the_help_chats_are_whole(qtbot: QtBot) -> None:
    inspector = Inspector()
    help_chat.draw(inspector.shoot)
    assert inspector.seen > 20
    assert inspector.found == []


@pytest.mark.usefixtures("text_size")
def test_outgoing_and_internal_calls_are_whole(qtbot: QtBot) -> None:
    inspector = Inspector()
    telephone.draw(inspector.shoot)
    assert inspector.seen > 10
    assert inspector.found == []


@pytest.mark.usefixtures("text_size")
def test_the_debrief_is_whole(qtbot: QtBot) -> None:
    inspector = Inspector()
    debrief.draw(inspector.shoot)
    assert inspector.seen > 10
    assert inspector.found == []


@pytest.mark.usefixtures("text_size")
def test_the_last_words_are_in_sight_in_the_smallest_window(qtbot: QtBot) -> None:
    conversation = Conversation()
    qtbot.addWidget(conversation)
    conversation.resize(conversation.minimumSizeHint())
    settle(conversation)
    assert conversation.viewport().height() >= 4 * conversation.fontMetrics().lineSpacing()


def test_what_is_cut_or_lies_over_another_is_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    words = QLabel("words that wrap " * 20)
    words.setWordWrap(True)
    words.setFixedHeight(10)
    column.addWidget(words)
    stray = QPushButton("stray", root)
    root.resize(300, 200)
    settle(root)
    stray.setGeometry(words.geometry().adjusted(0, 0, 0, 10))
    told = " ".join(faults(root))
    assert "lower than its words" in told
    assert "lies over" in told


@pytest.mark.usefixtures("text_size")
def test_the_places_of_staff_are_whole_with_their_rail(qtbot: QtBot) -> None:
    inspector = Inspector()
    staff.draw(inspector.shoot)
    assert inspector.seen > 15
    assert inspector.found == []
