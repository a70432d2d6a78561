"""Every page: usable by keyboard and screen reader, plain text only, nothing cut at any size of text."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from simulator.settings import Settings
from simulator.speech.devices.capturing import ScriptedMicrophone
from simulator.speech.devices.playing import SilentPlayer
from simulator.speech.heard import Heard
from simulator.speech.measuring import Measures
from simulator.speech.models import CATALOGUE
from simulator.ui import theme
from simulator.ui.model_offer import ModelOffer
from simulator.ui.pages.accounts import AccountsPage
from simulator.ui.pages.attempts import AttemptsPage
from simulator.ui.pages.briefing import BriefingPage
from simulator.ui.pages.check_report import understood
from simulator.ui.pages.desks import DesksPage, ImportRow
from simulator.ui.pages.library import LibraryPage
from simulator.ui.pages.microphone_check import MicrophoneCheck
from simulator.ui.pages.profiles import ProfilesPage
from simulator.ui.pages.progress import ProgressPage
from simulator.ui.pages.settings import SettingsPage
from simulator.ui.pages.sign_in import SignInPage
from simulator.ui.services import AttemptRow, BriefingView, CheckpointRow, LibraryEntry, ProfileRow
from simulator.ui.tasks import Tasks
from simulator.ui.widgets import Page
from tests.ui.pages.test_progress import OWN
from tests.ui.sample_services import BRIEFING, BROKEN, LIBRARY, PROFILES, attempts
from tests.ui.sample_staff import ACCOUNTS, FINGERPRINT, KEYS

INTERACTIVE = (QAbstractButton, QLineEdit, QAbstractSlider, QComboBox, QAbstractItemView)


def profiles() -> Page:
    made = ProfilesPage()
    made.show_profiles(PROFILES, "p1")
    made.add_button.click()
    return made


def library() -> Page:
    made = LibraryPage()
    made.show_library((*LIBRARY, BROKEN), False)
    made.broken_cards()[0].toggle.setChecked(True)
    return made


def briefing() -> Page:
    made = BriefingPage()
    made.show_briefing(replace(BRIEFING, title="Auto sustituto que otra área debe autorizar"), Settings())
    return made


def finished() -> Page:
    made = AttemptsPage()
    made.show_attempts(attempts())
    return made


def progress() -> Page:
    made = ProgressPage()
    made.show_progress(OWN)
    return made


def settings() -> Page:
    made = SettingsPage()
    made.show_voice_state("El sonido sale por: auriculares USB de la sala de formación, canal izquierdo.")
    made.own_data.show_for(person=True, hr=True)
    made.show_microphones([("usb", "Auriculares USB de la sala de formación, canal izquierdo, segundo puesto")])
    made.show_recogniser_state("No hay modelo de español: todavía no se entiende lo que usted dice.", installable=True)
    return made


def microphone_check() -> Page:
    made = MicrophoneCheck(
        ScriptedMicrophone(),
        SilentPlayer(),
        devices=lambda: [("usb", "Auriculares USB de la sala de formación, canal izquierdo, segundo puesto")],
        tasks=Tasks(),
        offer=ModelOffer(CATALOGUE["es"], closable=False),
        name="María de los Ángeles Rodríguez Santamaría",
    )
    made.begin(Settings())
    made.result.show()
    made.report.show_measures(Measures(dbfs=-45, noise_dbfs=-55, snr=10, clipped=0))
    made.report.show_words(understood(Heard("buenos días le habla maría de los ángeles en qué le puedo ayudar")))
    return made


def sign_in() -> Page:
    made = SignInPage()
    made.show_accounts(ACCOUNTS)
    made.refuse("Esa no es la frase de acceso. Puede volver a intentarlo en 16 s.", 16)
    return made


def founding() -> Page:
    return SignInPage()


def desks() -> Page:
    made = DesksPage()
    made.show_keys(FINGERPRINT, KEYS)
    made.show_import(
        [ImportRow("resultados-del-puesto-4-de-la-sala-de-formación.jsonl", "Nuevos: 2.", ("Línea 11: mal.",))]
    )
    return made


def accounts() -> Page:
    made = AccountsPage(manages=True)
    made.show_accounts(ACCOUNTS)
    made.refuse_new("La frase de acceso es demasiado corta: 10 caracteres o más.")
    return made


PAGES: tuple[Callable[[], Page], ...] = (
    profiles,
    library,
    briefing,
    finished,
    progress,
    settings,
    microphone_check,
    sign_in,
    founding,
    desks,
    accounts,
)


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Callable[[Settings], None]]:
    def dressed(asked: Settings) -> None:
        theme.apply(qapp, asked)

    yield dressed
    theme.apply(qapp, Settings(theme="light"))


@pytest.mark.parametrize("make", PAGES)
def test_every_control_has_a_name_and_takes_the_focus(qtbot: QtBot, make: Callable[[], Page]) -> None:
    page = make()
    qtbot.addWidget(page)
    inside_views = [bar for view in page.findChildren(QAbstractItemView) for bar in view.findChildren(QWidget)]
    controls = [
        made
        for made in page.findChildren(QWidget)
        if isinstance(made, INTERACTIVE) and not isinstance(made, QScrollBar) and made not in inside_views
    ]
    own = [made for made in controls if not made.objectName().startswith("qt_") and _ours(made)]
    assert own
    assert [made.metaObject().className() for made in own if not made.accessibleName().strip()] == []
    unreachable = [made.accessibleName() for made in own if not made.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert unreachable == []


def _ours(widget: QWidget) -> bool:
    return not isinstance(widget.parentWidget(), QLineEdit)  # a field's own clear button


@pytest.mark.parametrize("size", [80, 100, 200])
@pytest.mark.parametrize("make", PAGES)
def test_nothing_is_wider_than_the_page(
    qtbot: QtBot, dress: Callable[[Settings], None], make: Callable[[], Page], size: int
) -> None:
    dress(Settings(theme="light", text_size=size))
    page = make()
    qtbot.addWidget(page)
    page.resize(470, 520)  # what the smallest window leaves beside the rail at 200 %
    with qtbot.waitExposed(page):
        page.show()
    assert page.scroller.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("make", PAGES)
def test_no_text_is_cut(qtbot: QtBot, dress: Callable[[Settings], None], make: Callable[[], Page]) -> None:
    dress(Settings(theme="dark", text_size=150))
    page = make()
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: not _cut(page), timeout=2000)


def _cut(page: Page) -> list[str]:
    labels = [made for made in page.findChildren(QLabel) if made.isVisible() and made.text()]
    return [
        made.text()
        for made in labels
        if made.height() < (made.heightForWidth(made.width()) if made.wordWrap() else made.sizeHint().height())
        or (not made.wordWrap() and made.width() < made.sizeHint().width())
    ]


@pytest.mark.parametrize("make", PAGES)
def test_a_new_look_is_followed(qtbot: QtBot, dress: Callable[[Settings], None], make: Callable[[], Page]) -> None:
    dress(Settings(theme="light"))
    page = make()
    qtbot.addWidget(page)
    drawn = [made for made in page.findChildren(QLabel) if made.property("iconName")]
    before = [made.pixmap().toImage() for made in drawn]
    dress(Settings(theme="dark", text_size=150))
    page.refresh_icons()
    after = [made.pixmap().toImage() for made in drawn]
    assert all(old != new for old, new in zip(before, after, strict=True))


BOLD = "<b>x</b> & <img src='y'>"


def test_markup_in_any_value_stays_literal(qtbot: QtBot) -> None:
    entry = LibraryEntry("b", BOLD, BOLD, BOLD, BOLD, 2, 5)
    shown: list[Page] = [ProfilesPage([ProfileRow("b", BOLD)])]
    library = LibraryPage()
    library.show_library([entry, replace(entry, id="c", broken=True, problems=(BOLD,))], True)
    briefing = BriefingPage()
    checkpoint = CheckpointRow("b", BOLD, BOLD, BOLD, True, 2)
    briefing.show_briefing(
        BriefingView("b", BOLD, BOLD, BOLD, BOLD, BOLD, BOLD, BOLD, BOLD, 2, 5, 80, (BOLD,), (checkpoint,)), Settings()
    )
    page = AttemptsPage()
    begun = datetime(2026, 5, 3, 10, 40, tzinfo=UTC)
    page.show_attempts([AttemptRow("b", "b", BOLD, begun, 1, 1, None, None, True, False)])
    settings = SettingsPage()
    settings.show_voice_state(BOLD)
    settings.show_microphones([("b", BOLD)])
    settings.show_recogniser_state(BOLD, installable=True)
    shown += [library, briefing, page, settings]
    for made in shown:
        qtbot.addWidget(made)
        labels = made.findChildren(QLabel)
        assert not made.findChildren(QTextEdit)
        assert any(BOLD in text.text() for text in labels)
        assert [
            text.text() for text in labels if text.textFormat() is not Qt.TextFormat.PlainText and text.text()
        ] == []
