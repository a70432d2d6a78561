"""`app:`, the application on the customer's telephone."""

from simulator.scenario.sections.screens import Screens
from simulator.scenario.values import Text


class App(Screens):
    """`name`: what the application is called on the telephone."""

    name: Text | None = None
