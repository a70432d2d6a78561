"""Accounts and keys for pages that are looked at without a store."""

from simulator.ui.pages.desks import KeyRow
from simulator.ui.pages.sign_in import AccountRow

FINGERPRINT = "3f1a 77c0 9be2 41d5 0a6e 88f4 c2b9 1d37"
ACCOUNTS = (
    AccountRow("Nuria Peña Santamaría", "hr", FINGERPRINT),
    AccountRow("Íñigo", "trainer", "90aa 12b7 e4c1 5f08 7d3e 2b96 a1f0 c8d4"),
    AccountRow("María de los Ángeles Rodríguez", "trainer", "77c0 9be2 41d5 0a6e 88f4 c2b9 1d37 3f1a"),
)
KEYS = (
    KeyRow("aa", "90aa 12b7 e4c1 5f08 7d3e 2b96 a1f0 c8d4", "", enrolled=False),
    KeyRow("bb", "1b22 a9f3 77c0 9be2 41d5 0a6e 88f4 c2b9", "Puesto 4, sala de formación", enrolled=True),
    KeyRow("cc", FINGERPRINT, "Nuria Peña Santamaría", enrolled=True, staff=True),
)
