"""What trainers and HR see: the door, desks and keys, accounts, and the rail with their places."""

from PySide6.QtWidgets import QWidget

from simulator.settings import Settings
from simulator.ui.main_window import MainWindow
from simulator.ui.pages.accounts import AccountsPage
from simulator.ui.pages.desks import DesksPage, ImportRow
from simulator.ui.pages.settings import SettingsPage
from simulator.ui.pages.sign_in import SignInPage
from simulator.ui.rail import PLACES, STAFF
from simulator.ui.staff_places import STAFF_PLACES
from tests.screenshots.staging import Shoot
from tests.ui.sample_staff import ACCOUNTS, FINGERPRINT, KEYS

SMALL = (760, 520)


def draw(shoot: Shoot) -> None:
    """Hands every state to `shoot`, in the whole window."""
    shoot("staff-first", at_place("", SignInPage(), STAFF))
    page = SignInPage()
    page.show_accounts(ACCOUNTS)
    shoot("staff-door", at_place("", page, STAFF))
    refused = SignInPage()
    refused.show_accounts(ACCOUNTS)
    refused.refuse("Esa no es la frase de acceso. Puede volver a intentarlo en 16 s.", 16)
    shoot("staff-refused", at_place("", refused, STAFF))
    for name, size in (("", None), ("-narrow", SMALL)):
        for made, place in ((_desks(), "desks"), (_accounts(), "accounts")):
            window = at_place("Nuria Peña Santamaría", made, place)
            if size is not None:
                window.resize(*size)
            shoot(f"staff-{place}{name}", window)
    settings = SettingsPage()
    settings.show_settings(Settings())
    settings.own_data.show_for(person=True, hr=True)
    window = at_place("", settings, "settings")
    shoot("staff-settings", window)
    settings.scroller.verticalScrollBar().setValue(settings.scroller.verticalScrollBar().maximum())
    shoot("staff-settings-end", window)


def at_place(name: str, page: QWidget, place: str) -> MainWindow:
    """A window in which `name` is signed in ("": nobody), with a page at its place of the rail."""
    window = MainWindow()
    window.rail.set_person("Ana Ñáñez")
    if name:
        settings = next(it for it in PLACES if it.name == "settings")
        window.rail.show_places([*(it.place for it in STAFF_PLACES), settings])
        window.rail.set_staff(name)
    window.put_page(place, page)
    window.show_page(place)
    return window


def _desks() -> DesksPage:
    made = DesksPage()
    made.show_keys(FINGERPRINT, KEYS)
    made.show_import(
        [
            ImportRow(
                "resultados-puesto-4.jsonl",
                "Nuevos: 2. Completados: 0. Ya conocidos: 3. Rechazados: 1. Una parte lleva la firma de una clave que "
                "nadie aquí ha reconocido: véala abajo.",
                ("Línea 11: Lo que pasó aquí fue alterado: este hecho no es el que el puesto guardó.",),
            )
        ]
    )
    return made


def _accounts() -> AccountsPage:
    made = AccountsPage(manages=True)
    made.show_accounts(ACCOUNTS)
    return made
