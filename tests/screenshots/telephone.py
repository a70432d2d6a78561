"""The desk of outgoing calls, and the one of a call from a colleague, at the shipped scenarios."""

from simulator.ui.channels.colleague import ColleagueDesk
from simulator.ui.channels.outbound import OutboundDesk
from tests.scenarios.shipped import scenario
from tests.screenshots.staging import Shoot, Stage

ASKED = (
    "Buenos días, le habla Camila Fuentes, de la Clínica Dental Los Quillayes. ¿Sería tan amable de comunicarme con la "
    "señora Paula Arancibia, por favor?"
)
VERIFIES = "Señora Paula, buenos días. ¿Me confirma su fecha de nacimiento, por favor?"
INSIDE = "Despacho, buenas tardes, le habla Génesis. ¿En qué le puedo ayudar?"


def draw(shoot: Shoot) -> None:
    """Hands every state of the desks to `shoot`, under its name."""
    _calls().shoot("outbound-list", shoot)
    _calls().act("dial", 8_000).shoot("outbound-ringing", shoot)
    _reception().shoot("outbound-reception", shoot)
    _put_through().shoot("outbound-person", shoot)
    _in_vain().shoot("outbound-nobody", shoot)
    _next().shoot("outbound-next", shoot)
    _put_through().shoot("outbound-small", shoot, (700, 560))
    _rings().shoot("colleague-ringing", shoot)
    _rings().act("answer").talk(INSIDE).shoot("colleague-talking", shoot)


def _calls() -> Stage[OutboundDesk]:
    return Stage(OutboundDesk, scenario("cancelled-appointments")).start().act("dismiss-colleague")


def _reception() -> Stage[OutboundDesk]:
    return _calls().act("dial", 10_000).quiet()


def _put_through() -> Stage[OutboundDesk]:
    return _reception().talk(ASKED, "Muchas gracias.", VERIFIES)


def _in_vain() -> Stage[OutboundDesk]:
    calls = _calls()
    calls.desk.turn_to("marcela")
    return calls.act("dial", 30_000)


def _next() -> Stage[OutboundDesk]:
    """The first call is over and written up: the next of the list is on the card."""
    calls = _put_through().act("hang-up")
    calls.desk.notes.save.click()
    return calls


def _rings() -> Stage[ColleagueDesk]:
    return Stage(ColleagueDesk, scenario("colleague-on-the-line")).start(5_000)
