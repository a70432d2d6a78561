"""The pages around a call in each of their states."""

from dataclasses import replace

from simulator.settings import Settings
from simulator.ui.pages.attempts import AttemptsPage
from simulator.ui.pages.briefing import BriefingPage
from simulator.ui.pages.library import LibraryPage
from simulator.ui.pages.profiles import ProfilesPage
from simulator.ui.pages.respite import RespitePage
from simulator.ui.pages.settings import SettingsPage
from simulator.ui.theme import current_look
from tests.screenshots.staging import Shoot
from tests.ui.sample_services import BRIEFING, BROKEN, LIBRARY, PROFILES, attempts

NARROW = (760, 560)
"""About the least that the window leaves to a page."""


def draw(shoot: Shoot) -> None:
    """Hands every state of the pages to `shoot`, under its name."""
    _profiles(shoot)
    _library(shoot)
    _briefing(shoot)
    _respite(shoot)
    _attempts(shoot)
    _settings(shoot)


def _profiles(shoot: Shoot) -> None:
    shoot("profiles-first", ProfilesPage(()))
    page = ProfilesPage(PROFILES)
    page.show_profiles(PROFILES, "p1")
    shoot("profiles", page)
    page.field.setText("diego salas")
    page.add_button.click()
    shoot("profiles-refused", page)


def _library(shoot: Shoot) -> None:
    shoot("library-loading", LibraryPage())
    page = LibraryPage()
    page.show_library(LIBRARY, guided_done=False)
    shoot("library-guided", page)
    page.show_library(LIBRARY, guided_done=True)
    shoot("library", page)
    page.resize(*NARROW)
    shoot("library-narrow", page)
    broken = LibraryPage()
    broken.show_library((*LIBRARY[:2], BROKEN), guided_done=True)
    card = next(iter(broken.broken_cards()))
    shoot("library-broken", broken)
    card.toggle.setChecked(True)
    shoot("library-broken-open", broken)
    found = LibraryPage()
    found.show_library(LIBRARY, guided_done=True)
    found.search.setText("facturacion")
    shoot("library-nothing-found", found)
    empty = LibraryPage()
    empty.show_library((), guided_done=True)
    shoot("library-empty", empty)


def _briefing(shoot: Shoot) -> None:
    page = BriefingPage()
    page.show_briefing(BRIEFING, Settings())
    shoot("briefing", page)
    page.scroller.verticalScrollBar().setValue(page.scroller.verticalScrollBar().maximum())
    shoot("briefing-end", page)
    page.resize(*NARROW)
    shoot("briefing-narrow", page)
    guided = BriefingPage()
    guided.show_briefing(replace(BRIEFING, id="guided-first-call", title="Su primera llamada", minutes=2), Settings())
    shoot("briefing-guided", guided)
    strong = BriefingPage()
    strong.show_briefing(replace(BRIEFING, strong=True), Settings())
    shoot("briefing-strong", strong)


def _respite(shoot: Shoot) -> None:
    page = RespitePage()
    page.begin()
    shoot("respite", page)


def _attempts(shoot: Shoot) -> None:
    page = AttemptsPage()
    page.show_attempts(attempts())
    shoot("attempts", page)
    page.show()
    page.delete_button.click()
    shoot("attempts-delete", page)
    narrow = AttemptsPage()
    narrow.show_attempts(attempts())
    narrow.resize(*NARROW)
    shoot("attempts-narrow", narrow)
    empty = AttemptsPage()
    empty.show_attempts(())
    shoot("attempts-empty", empty)


def _settings(shoot: Shoot) -> None:
    look = current_look()
    page = SettingsPage()
    page.show_settings(Settings(theme="dark" if look.dark else "light", text_size=look.text_size))
    page.show_voice_state("Voz instalada: eSpeak NG, español latinoamericano.")
    shoot("settings", page)
    page.resize(*NARROW)
    shoot("settings-narrow", page)
