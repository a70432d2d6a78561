"""The debrief's colours, taken from the theme."""

from simulator.ui.debrief.mood_view import PlotLook
from simulator.ui.debrief.transcript_view import Paint, TranscriptLook
from simulator.ui.debrief.voice_plot import VoiceLook
from simulator.ui.theme import Look


def transcript_look(look: Look) -> TranscriptLook:
    """Who speaks in which colour, and how quotes are marked."""
    colour = look.colour
    return TranscriptLook(
        text=colour("text"),
        muted=colour("muted"),
        agent=colour("accent"),
        customer=colour("text"),
        colleague=colour("good"),
        note=colour("accent-soft"),
        quotes={
            "met": Paint(colour("good-soft"), colour("text"), colour("good")),
            "missed": Paint(colour("highlight-bad"), colour("highlight-text"), colour("bad")),
            "unclear": Paint(colour("highlight"), colour("highlight-text"), colour("warning")),
        },
        small_px=look.px(12),
        text_px=look.px(15),
    )


def plot_look(look: Look) -> PlotLook:
    """The colours of the mood's curve."""
    colour = look.colour
    return PlotLook(
        background=colour("surface"),
        text=colour("muted"),
        grid=colour("border"),
        line=colour("accent"),
        others=(colour("warning"), colour("muted"), colour("text")),
        up=colour("good"),
        down=colour("bad"),
    )


def voice_look(look: Look) -> VoiceLook:
    """The colours of the voice's plot."""
    colour = look.colour
    return VoiceLook(
        background=colour("surface"),
        text=colour("muted"),
        grid=colour("border"),
        agent=colour("accent"),
        customer=colour("border-strong"),
        over=colour("warning"),
        usual=colour("good-soft"),
        limit=colour("bad"),
        cursor=colour("text"),
    )
