"""What the customer has in front while the agent guides them: pages of a site, screens of an app. The desk draws them
as they stand; they change when a step says so."""

from typing import Annotated

from pydantic import Field as Limits

from simulator.scenario.values import Id, Model, Names, Seconds, Text


class Field(Model):
    """A field of a form, with what is written in it so far."""

    label: Text
    value: str = ""


class Screen(Model):
    """A page or screen, from top to bottom. `search`: what stands in its search box ("" an empty one; without the key
    there is none); `options`: what can be chosen, one below the other, and `chosen`, the one that was; `buttons`: its
    own, the main one first; `stars`: how many of five are given; `notice`: what it reports, in a frame."""

    title: Text
    search: str | None = None
    text: Text | None = None
    options: Names = ()
    chosen: Text | None = None
    fields: tuple[Field, ...] = ()
    stars: Annotated[int, Limits(ge=0, le=5)] | None = None
    notice: Text | None = None
    buttons: Names = ()


class Screens(Model):
    """What a site and an app have in common. `patience`: seconds that a person waits to be attended; `menu`: what every
    screen shows (a site's sections, an app's tabs); the first of `screens` is the one that they begin with."""

    patience: Seconds = 90
    menu: Names = ()
    screens: dict[Id, Screen] = Limits(default_factory=dict)
