"""A colleague's call through the real widgets: the display says who calls, and from where."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from simulator.scoring.score import score
from simulator.session.channels import CHANNELS
from simulator.session.events import ContactEnded
from simulator.settings import Settings
from simulator.ui.channels.colleague import ColleagueDesk
from simulator.ui.channels.desks import DESKS
from tests.scoring.test_colleague import call
from tests.ui.desk.cases import Line

# The offscreen screen cannot tell a window manager the least size of a window, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_every_channel_that_can_be_played_has_a_desk() -> None:
    assert set(DESKS) == set(CHANNELS)


def test_a_call_from_within_the_house(qtbot: QtBot) -> None:
    line = Line(call("colleague"))
    desk = ColleagueDesk(line.controller, settings=Settings())
    desk.resize(1280, 800)
    qtbot.addWidget(desk)
    with qtbot.waitExposed(desk):
        desk.show()
    desk.begin()
    line.start()
    line.go(2_500)
    shown = {part.text() for part in desk.findChildren(QLabel) if part.isVisible()}
    assert {"Llamada interna", "Bodega", "Interna · Bodega"} <= shown
    assert "Telenova" not in shown, "nobody from outside calls"
    desk.activateWindow()
    QTest.keyClick(desk, Qt.Key.Key_F2)
    for text in ("Buenas tardes. ¿Me da el número, por favor?", "Muchas gracias. Que tenga buena tarde, hasta luego."):
        desk.reply.field.insertPlainText(text)
        QTest.keyClick(desk.reply.field, Qt.Key.Key_Return)
        line.quiet()
    assert [ended.end for ended in line.of(ContactEnded)] == ["done"]
    with qtbot.waitSignal(desk.finished):
        desk.notes.save.click()
    found = {row.id: row.verdict for row in score(line.scenario, line.controller.events).checkpoints}
    assert found["colleague-courtesy"] == "met"
    line.controller.close()
    desk.close_desk()
