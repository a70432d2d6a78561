"""What every channel's desk is to the rest of the program."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from simulator.settings import Settings


class ChannelDesk(QWidget):
    """A desk renders the events of one attempt and sends its commands. It is made for one attempt and thrown away."""

    finished = Signal(str)
    """The attempt (its id) has ended, finished or abandoned: show its result."""
    left = Signal(str, str)
    """The trainee left the attempt (its id): `kept` (paused, to go on later) or `withdrawn` (not scored)."""
    stayed = Signal()
    """The trainee was asked whether to leave (`ask_to_leave`) and goes on."""
    guide_over = Signal(bool)
    """The guided first call was shown to its end (True) or skipped (False)."""

    def begin(self) -> None:
        """Call once, when the desk is shown: shows the log so far, paused, or waits for the attempt to start."""
        raise NotImplementedError

    def ask_to_leave(self, *, closing: bool = False) -> bool:
        """Asks what to do with the attempt. True: nothing to ask, the desk may go at once; otherwise the answer comes
        as `left` or `finished`, or the trainee goes on. `closing`: the window wants to close."""
        raise NotImplementedError

    def apply_settings(self, settings: Settings) -> None:
        """Takes over captions, volume and speech rate while the attempt runs."""
        raise NotImplementedError

    @Slot()
    def recording_ended(self) -> None:
        """The call goes on without being recorded: it is no longer said that it is."""
        raise NotImplementedError

    def refresh_look(self) -> None:
        """Draws everything in the look of the application; happens by itself when that changes."""
        raise NotImplementedError

    def close_desk(self) -> None:
        """Ends timers and sounds. Call before the desk is deleted."""
        raise NotImplementedError
