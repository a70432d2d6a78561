"""The desk of a call from within the house: a telephone whose display says which area calls."""

from PySide6.QtWidgets import QWidget

from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.desk.incoming import IncomingCall
from simulator.wording import _


class ColleagueDesk(PhoneDesk):
    """See `ContactDesk`."""

    def make_stage(self) -> QWidget:
        stage = super().make_stage()
        self.setObjectName("colleagueDesk")
        self.header.show_badge("users", self._from())
        return stage

    def make_incoming(self) -> IncomingCall:
        customer = self._controller.contact_scenario.doc.customer
        who = [customer.name] if customer.known else []
        return IncomingCall(" · ".join([*who, *([customer.area] if customer.area else [])]), rings=_("Internal call"))

    def _from(self) -> str:
        area = self._controller.contact_scenario.doc.customer.area
        return _("Internal · {area}").format(area=area) if area else _("Internal call")
