"""Which microphone: the system's own, or one by its name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from simulator.wording import _


class DeviceChoice(QComboBox):
    """A list of microphones. Scrolling the page over it does not change it."""

    device_chosen = Signal(object)
    """The id that the user picked; None for the system's own."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Microphone"))
        self.view().setAccessibleName(_("Microphones"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Names of devices are long: the box keeps its width, its list opens as wide as they need.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self._devices: tuple[tuple[str, str], ...] = ()
        self._chosen: str | None = None
        self.activated.connect(self._on_activated)
        self._fill()

    @property
    def device(self) -> str | None:
        """The id that is picked; None for the system's own."""
        return self._chosen

    def show_devices(self, devices: Sequence[tuple[str, str]]) -> None:
        """Offers these (id, name), the system's own first; what is picked stays picked, even if it is not connected."""
        self._devices = tuple(devices)
        self._fill()

    def put(self, device: str | None) -> None:
        """Picks an id without telling anyone."""
        self._chosen = device
        self._fill()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _fill(self) -> None:
        self.clear()
        own = _("The system's own")
        if self._devices:
            own = _("The system's own ({name})").format(name=self._devices[0][1])
        self.addItem(own, None)
        for device, name in self._devices:
            self.addItem(name, device)
        if self._chosen is not None and self._chosen not in [device for device, _name in self._devices]:
            self.addItem(_("The one chosen before (not connected)"), self._chosen)
        self.setCurrentIndex(next(at for at in range(self.count()) if self.itemData(at) == self._chosen))

    def _on_activated(self, index: int) -> None:
        device = self.itemData(index)
        if device != self._chosen:
            self._chosen = device
            self.device_chosen.emit(device)
