"""The channels that can be played, by the name that scenarios use. A new one is one file and one line here."""

from collections.abc import Mapping
from types import MappingProxyType

from simulator.session.channels.channel import Channel
from simulator.session.channels.chat import Chat
from simulator.session.channels.email import Email
from simulator.session.channels.help_chat import APPS, WEB
from simulator.session.channels.in_person import InPerson
from simulator.session.channels.outbound import Outbound
from simulator.session.channels.phone import Phone
from simulator.session.channels.social import Social

CHANNELS: Mapping[str, Channel] = MappingProxyType(
    {
        "phone": Phone(),
        "outbound": Outbound(),
        "colleague": Phone(),
        "in-person": InPerson(),
        "chat": Chat(),
        "email": Email(),
        "social": Social(),
        "web": WEB,
        "apps": APPS,
    }
)
