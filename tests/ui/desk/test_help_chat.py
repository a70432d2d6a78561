"""Web self-service and app support through the real widgets, with the real core and the shipped scenarios."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from simulator.rehearsal.player import replay
from simulator.scenario.sections.screens import Field, Screen
from simulator.scoring.score import score
from simulator.session.events import AgentActed, AttemptEnded, CustomerSpoke, EndReached
from simulator.session.replay import commands_of
from simulator.settings import Settings
from simulator.ui import theme
from simulator.ui.channels.help_chat import AppsDesk, HelpChatDesk, WebDesk
from simulator.ui.desk.mirror import FRESH_MS, ScreenView, described
from tests.scenarios.shipped import scenario
from tests.ui.desk.cases import Line, begun

# The offscreen screen cannot tell a window manager the least size of a window, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Office:
    """A desk that is shown, with somebody who waits."""

    def __init__(self, qtbot: QtBot, kind: type[HelpChatDesk], id: str) -> None:
        self.line = Line(scenario(id))
        self.desk = kind(self.line.controller, settings=Settings())
        begun(qtbot, self.desk, self.line)

    def write(self, text: str) -> None:
        """Writes and sends, and lets the answer be written."""
        self.desk.reply.field.insertPlainText(text)
        QTest.keyClick(self.desk.reply.field, Qt.Key.Key_Return)
        self.line.quiet()
        self.line.controller.tick()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.desk, key, modifier)

    @property
    def shown(self) -> str | None:
        screen = self.desk.mirror.shown
        return None if screen is None else screen.title

    @property
    def bubbles(self) -> list[str]:
        return [bubble.label.text() for bubble in self.desk.conversation.bubbles]

    def leave_notes(self, *notes: str) -> None:
        for field, text in zip(self.desk.notes.fields.values(), notes, strict=True):
            if isinstance(field, QLineEdit):
                field.insert(text)
            else:
                field.insertPlainText(text)
        self.desk.notes.save.click()

    def close(self) -> None:
        self.line.controller.close()
        self.desk.close_desk()


@pytest.fixture
def web(qtbot: QtBot) -> Iterator[Office]:
    office = Office(qtbot, WebDesk, "self-service")
    yield office
    office.close()


@pytest.fixture
def apps(qtbot: QtBot) -> Iterator[Office]:
    office = Office(qtbot, AppsDesk, "app-support")
    yield office
    office.close()


def test_a_visitor_is_guided_to_the_end(web: Office) -> None:
    desk, line = web.desk, web.line
    assert isinstance(desk, WebDesk)
    assert desk.waiting.attend.hasFocus()
    assert not desk.reply.isVisible()
    web.press(Qt.Key.Key_F2)
    assert desk.mirror.isVisible()
    assert desk.reply.field.hasFocus()
    assert web.shown == "Casa Lumbre · Inicio"
    web.write("Muy buenas tardes, bienvenida a la ayuda de Casa Lumbre. Soy Ignacio. ¿En qué le puedo ayudar?")
    web.write("En el buscador, arriba a la derecha, escriba por favor «copia de boleta».")
    assert web.shown == "Resultados de la búsqueda"
    web.write("Elija por favor «Descargar mi boleta».")
    assert web.shown == "Descargar mi boleta"
    web.write("El número de pedido está en su correo de confirmación.")
    web.write(
        "No me es posible devolverlo; lo que sí puede es presentar un reclamo en «Reclamos», al pie de la página."
    )
    web.write("Le responden en cinco días hábiles.")
    assert web.shown == "Reclamos"
    web.press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert desk.panels.currentWidget() is desk.record
    assert desk.record.fields["name"].hasFocus()
    for name, value in (("name", "Ximena Araya"), ("document", "15.482.907-3"), ("order", "P-88217")):
        desk.record.fields[name].insert(value)
    web.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "1" in desk.record.told.text()
    desk.record.fields["email"].insert("ximena.araya@correo.example")
    desk.record.save.click()
    web.press(Qt.Key.Key_F6)
    line.quiet()
    assert web.shown == "Lumi, agente virtual"
    assert not desk.toolbar.button("route-virtual-agent").isEnabled()
    web.write("¿Quedó conforme con la ayuda?")
    assert web.shown == "¿Cómo le fue con nuestra ayuda?"
    web.write("Gracias por escribir a Casa Lumbre. Que tenga muy buena tarde.")
    line.go(1_000)
    assert [end.end for end in line.of(EndReached)] == ["happy"]
    assert desk.panels.currentWidget() is desk.notes
    web.leave_notes("Ximena Araya", "Copia de boleta", "Guía en el buscador", "Reclamo R-2041")
    assert line.of(AttemptEnded)
    card = {found.id: found.verdict for found in score(line.scenario, line.controller.events).checkpoints}
    for id in ("guide-search", "register-data", "route-to-virtual-agent", "offer-nonconformity", "document-case"):
        assert card[id] == "met", id


def test_somebody_is_helped_with_their_app_to_the_end(apps: Office) -> None:
    desk, line = apps.desk, apps.line
    assert isinstance(desk, AppsDesk)
    desk.waiting.attend.click()
    apps.write("Muy buenos días, don Ramón, bienvenido a Alborada Móvil. ¿En qué le puedo ayudar?")
    assert apps.shown == "Alborada Móvil 3.1"
    apps.write("No use ese enlace, por favor. En Google Play busque «Alborada Móvil» y toque «Actualizar».")
    assert apps.shown == "Inicio"
    apps.write("Toque abajo la pestaña «Solicitudes», por favor, y arriba el botón «Nueva solicitud».")
    apps.write("Falta su firma: en «Más», «Mi firma», toque por favor «Registrar firma» y firme con el dedo.")
    assert apps.shown == "Mi firma"
    apps.write("¿Me confirma por favor su fecha de nacimiento?")
    apps.write("Muchas gracias, don Ramón. En su Ahorro Semilla tiene RD$84,250.")
    apps.write("Para mañana no es posible: toma dos días laborables. Lo que sí puedo hacer es revisarla yo.")
    desk.panels.setCurrentWidget(desk.follow_up)
    assert not desk.follow_up.save.isEnabled()
    desk.follow_up.days.setValue(2)
    desk.follow_up.task.insert("Ver que la carta salió")
    desk.follow_up.save.click()
    assert dict(line.of(AgentActed)[-1].args) == {"days": "2", "task": "Ver que la carta salió"}
    apps.write("Gracias por escribir a Alborada, don Ramón. Que tenga un excelente día.")
    line.go(1_000)
    assert [end.end for end in line.of(EndReached)] == ["happy"]
    apps.leave_notes("Ramón Peguero", "Carta de balance", "Solicitud 7714", "En dos días")
    card = {found.id: found.verdict for found in score(line.scenario, line.controller.events).checkpoints}
    for id in ("guide-to-store", "identify-request-button", "verify-identity", "follow-up", "welcome"):
        assert card[id] == "met", id


def test_the_log_of_the_screen_is_the_log_of_the_headless_play(web: Office) -> None:
    web.press(Qt.Key.Key_F2)
    web.write("Buenas tardes, ¿en qué le ayudo?")
    web.write("En el buscador escriba por favor «copia de boleta».")
    web.press(Qt.Key.Key_F12)
    assert [end.end for end in web.line.of(EndReached)] == ["closed"]
    events = web.line.controller.events
    assert replay(web.line.scenario, commands_of(events)) == list(events)


def test_what_is_being_written_is_seen_when_it_is_written(web: Office) -> None:
    web.press(Qt.Key.Key_F2)
    web.desk.reply.field.insertPlainText("Buenas tardes, ¿en qué le ayudo?")
    QTest.keyClick(web.desk.reply.field, Qt.Key.Key_Return)
    said = web.line.of(CustomerSpoke)[-1].text
    assert said not in web.bubbles
    web.line.quiet()
    web.line.controller.tick()
    assert web.bubbles[-1] == said


def test_who_waits_too_long_leaves(web: Office) -> None:
    web.line.go(40_000)
    assert "00:40" in web.desk.header.clock.text()
    web.line.go(51_000)
    assert [end.end for end in web.line.of(EndReached)] == ["unanswered"]
    assert not web.desk.waiting.isVisible()


def test_a_screen_that_changed_is_marked_for_a_moment(web: Office, qtbot: QtBot) -> None:
    web.press(Qt.Key.Key_F2)
    assert not web.desk.mirror.device.property("fresh")
    web.write("Buenas tardes, ¿en qué le ayudo?")
    web.write("En el buscador escriba por favor «copia de boleta».")
    assert web.desk.mirror.device.property("fresh")
    qtbot.waitUntil(lambda: not web.desk.mirror.device.property("fresh"), timeout=2 * FRESH_MS)


def test_taken_up_again_the_desk_is_where_it_was(web: Office, qtbot: QtBot) -> None:
    web.press(Qt.Key.Key_F2)
    web.write("Buenas tardes, ¿en qué le ayudo?")
    web.write("En el buscador escriba por favor «copia de boleta».")
    assert isinstance(web.desk, WebDesk)
    web.desk.record.fields["name"].insert("Ximena")
    web.desk.record.save.click()
    again = WebDesk(web.line.controller, settings=Settings())
    qtbot.addWidget(again)
    again.begin()
    assert again.mirror.shown == web.desk.mirror.shown
    assert again.record.fields["name"].text() == "Ximena"
    again.close_desk()


@pytest.mark.parametrize("size", [(1280, 800), (760, 520)])
def test_nothing_of_the_mirror_can_be_edited_or_focused(web: Office, size: tuple[int, int]) -> None:
    web.desk.resize(*size)
    web.press(Qt.Key.Key_F2)
    for field in web.desk.mirror.findChildren(QLineEdit):
        assert field.isReadOnly()
    inside = [
        part for part in web.desk.mirror.view.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert inside == []
    assert web.desk.mirror.width() <= web.desk.width()


WHOLE = Screen(
    title="Recarga",
    search="saldo",
    text="Elija un monto.",
    options=("Cinco", "Diez"),
    chosen="Diez",
    fields=(Field(label="Número", value="300"), Field(label="Correo")),
    stars=4,
    notice="Listo.",
    buttons=("Pagar", "Cancelar"),
)


def test_a_screen_is_told_in_words_and_drawn_with_all_its_parts(qtbot: QtBot) -> None:
    said = described(WHOLE)
    view = ScreenView()
    qtbot.addWidget(view)
    view.show_screen(WHOLE)
    drawn = {part.text() for part in view.findChildren(QLineEdit)} | {
        str(part.property("text")) for part in view.findChildren(QWidget) if part.property("text")
    }
    for part in (
        "Recarga",
        "saldo",
        "Elija un monto.",
        "Cinco",
        "Diez",
        "Número",
        "300",
        "Listo.",
        "Pagar",
        "Cancelar",
    ):
        assert part in said
        assert part in drawn
    assert "4" in said


def test_the_tabs_of_the_app_stand_in_one_row(apps: Office, qapp: QApplication) -> None:
    theme.apply(qapp, Settings())
    apps.desk.waiting.attend.click()
    QApplication.processEvents()
    tabs = [tab for tab in apps.desk.mirror.findChildren(QLabel, "mirrorTab") if tab.isVisible()]
    assert [tab.text() for tab in tabs] == list(apps.line.scenario.doc.app.menu)
    assert len({tab.y() for tab in tabs}) == 1
