"""The desk of each channel. A new one is one file and one line here. Import it late: it brings every desk along."""

from collections.abc import Mapping
from types import MappingProxyType

from simulator.ui.channels.chat import ChatDesk
from simulator.ui.channels.colleague import ColleagueDesk
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.email import EmailDesk
from simulator.ui.channels.help_chat import AppsDesk, WebDesk
from simulator.ui.channels.in_person import InPersonDesk
from simulator.ui.channels.outbound import OutboundDesk
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.channels.social import SocialDesk

DESKS: Mapping[str, type[ContactDesk]] = MappingProxyType(
    {
        "phone": PhoneDesk,
        "outbound": OutboundDesk,
        "colleague": ColleagueDesk,
        "in-person": InPersonDesk,
        "chat": ChatDesk,
        "email": EmailDesk,
        "social": SocialDesk,
        "web": WebDesk,
        "apps": AppsDesk,
    }
)
"""By the channel's name."""
