"""`site:`, the web site on which an agent guides a visitor, and the record that the agent fills."""

from simulator.scenario.sections.screens import Screens
from simulator.scenario.values import Id, Model, Names, Text


class RecordField(Model):
    """A field of the customer's record. `value`: what is right there, in one or more spellings; case, accents and
    punctuation do not matter. Without it anything is."""

    id: Id
    label: Text
    value: Names = ()


class Site(Screens):
    """`record`: what the agent registers of the customer; `virtual_agent`: its name, where the site has one."""

    address: Text | None = None
    record: tuple[RecordField, ...] = ()
    virtual_agent: Text | None = None
