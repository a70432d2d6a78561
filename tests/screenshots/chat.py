"""The chat's desk in each of its states."""

from simulator.records.values import Draft
from simulator.ui.channels.chat import ChatDesk
from tests.scenarios.shipped import scenario
from tests.screenshots.staging import SMALL, Shoot, Stage

HELLO = "Muy buenos días, gracias por escribir a Bazar Lenga. Le atiende Camila. ¿En qué le puedo ayudar?"


def draw(shoot: Shoot) -> None:
    """Hands every state of the desk to `shoot`, under its name."""
    _chats().shoot("chat-queue", shoot)
    _checking().shoot("chat-equipment", shoot)
    _greeted().shoot("chat-three", shoot)
    _typing().shoot("chat-typing", shoot)
    _misspelt().shoot("chat-spelling", shoot)
    _greeted().act("hold", 100_000).shoot("chat-hold", shoot)
    _greeted().act("close", 500).shoot("chat-over", shoot)
    _greeted().shoot("chat-small", shoot, SMALL)


def _chats() -> Stage[ChatDesk]:
    kept: dict[str, Draft] = {}
    return Stage(
        ChatDesk,
        scenario("three-visitors"),
        draft_of=lambda contact: kept.get(contact, Draft("", {})),
        save_draft=kept.__setitem__,
    ).start()


def _greeted() -> Stage[ChatDesk]:
    """Rosa and Patricio were taken and greeted, Daniela waits in the queue."""
    chats = _chats().go(1_000)
    chats.desk.accept_next()
    chats.say(HELLO).go(18_000)
    chats.desk.turn_to("patricio")
    chats.desk.accept_next()
    return chats.go(8_000).say(HELLO).go(28_000)


def _checking() -> Stage[ChatDesk]:
    chats = _chats()
    chats.desk.resize(1280, 800)
    chats.desk.show()
    chats.desk.check_equipment()
    assert chats.desk.check is not None
    chats.desk.check.field.setText("¿Manana sí?")
    return chats


def _typing() -> Stage[ChatDesk]:
    chats = _greeted()
    chats.desk.turn_to("c1")
    return chats.say("Entiendo su preocupación, y le ofrezco disculpas. ¿Con quién tengo el gusto?").go(3_000)


def _misspelt() -> Stage[ChatDesk]:
    chats = _greeted()
    chats.desk.reply.set_text("Lamento lo que paso, ya le ofresco una solucion. ")
    assert chats.desk.spelling is not None
    chats.desk.spelling.look()
    return chats
