"""When time stands still: a pause, the question before leaving, a store that failed. One curtain, one question."""

from PySide6.QtCore import QObject, Signal, Slot

from simulator.errors import TercerTimbreError
from simulator.session.envelope import Event
from simulator.session.events import AttemptContinued, AttemptEnded, AttemptPaused
from simulator.ui.desk import leaving
from simulator.ui.desk.curtain import Curtain
from simulator.ui.messages import explain
from simulator.ui.session_controller import SessionController


class Interlude(QObject):
    """Draws the curtain over the desk and carries out what the trainee chooses there."""

    covered = Signal(bool)
    """The desk beneath the curtain must not be used (True), or is free again (False)."""
    stayed = Signal()
    """The trainee was asked whether to leave and goes on."""
    kept = Signal()
    """The trainee leaves; the attempt stays paused, to go on later."""

    def __init__(self, controller: SessionController, curtain: Curtain) -> None:
        super().__init__(curtain)
        self._controller = controller
        self._curtain = curtain
        self._leaving = False
        self._closing = False
        self._paused_because = "asked"
        curtain.chosen.connect(self._on_choice)
        controller.happened.connect(self._on_event)
        controller.stalled.connect(self._on_stalled)
        controller.recovered.connect(self._on_recovered)

    @property
    def curtain(self) -> Curtain:
        """What it draws over the desk."""
        return self._curtain

    def take_up(self) -> None:
        """Shows that an attempt that broke off, or forked from another, waits to go on; an exam goes on at once."""
        if self._controller.is_exam:
            self._controller.resume()
            return
        started = self._controller.state.started
        last = self._controller.events[-1] if self._controller.events else None
        forked = started is not None and started.at_seq is not None
        beginning = last is not None and forked and started is not None and last.seq <= (started.at_seq or 0) + 1
        self._paused_because = "forked" if beginning else "resumed"
        if self._controller.state.paused:
            self._show_pause()
        else:
            self._controller.resume()

    @Slot()
    def pause(self) -> None:
        """Time stands still because the trainee asks for it; a second press asks for nothing more."""
        if self._controller.state.paused:
            return
        self._paused_because = "asked"
        self._controller.pause()

    def ask_to_leave(self, *, closing: bool) -> bool:
        """Asks what becomes of the attempt. True: there is nothing to ask."""
        state = self._controller.state
        if state.started is None or state.ended is not None:
            return True
        if self._controller.is_stalled:
            self._closing = closing
            return False  # the curtain already asks
        self._leaving, self._closing = True, closing
        if self._controller.is_exam:
            self._ask(leaving.leave_exam(call_over=self._call_over(), closing=closing))
            return False
        if not state.paused:
            self._controller.pause()
        self._ask(leaving.leave(call_over=self._call_over(), closing=closing))
        return False

    def _call_over(self) -> bool:
        return self._controller.all_over

    def _ask(self, question: leaving.Question) -> None:
        self._curtain.ask(question.icon, question.title, question.text, question.choices, escape=question.escape)
        self.covered.emit(True)

    def _show_pause(self) -> None:
        self._ask(leaving.paused(self._paused_because))

    def _uncover(self) -> None:
        self._leaving = False
        self._curtain.hide()
        self.covered.emit(False)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        match event.what:
            case AttemptPaused(why=why):
                if why == "gap" and self._paused_because == "asked":
                    self._paused_because = "gap"
                if not self._leaving:
                    self._show_pause()
            case AttemptContinued() | AttemptEnded():
                self._paused_because = "asked"
                self._uncover()
            case _:
                pass

    @Slot(object)
    def _on_stalled(self, error: TercerTimbreError | OSError) -> None:
        self._ask(leaving.stalled(explain(error), exam=self._controller.is_exam))

    @Slot()
    def _on_recovered(self) -> None:
        if self._controller.state.paused:
            self._show_pause()
        else:
            self._uncover()

    @Slot(str)
    def _on_choice(self, name: str) -> None:
        match name:
            case "go-on":
                asked, self._leaving = self._leaving, False
                if self._controller.is_exam:
                    self._uncover()
                elif self._controller.state.paused:  # the first of two presses has done it
                    self._controller.go_on()
                if asked:
                    self.stayed.emit()
            case "leave":
                self.ask_to_leave(closing=False)
            case "withdraw" | "finish":
                self._ask(leaving.sure(name, call_over=self._call_over(), exam=self._controller.is_exam))
            case "withdraw-sure":
                self._controller.withdraw()
            case "finish-sure":
                self._controller.finish()
            case "keep":
                self.kept.emit()
            case "try-again":
                self._controller.try_again()
            case _:
                raise AssertionError(name)
