"""The catalogue is the protocol: its ids, their order, what is critical, where each is looked for."""

from simulator.protocol.load import LoadedProtocol
from tests.catalogue.protocol_ids import ALWAYS, CRITICAL, IDS


def test_ids_are_the_protocols_in_its_order(loaded: LoadedProtocol) -> None:
    assert len(IDS) == 80
    assert tuple(loaded.protocol.checkpoints) == IDS


def test_criticals_are_the_starred_ones(loaded: LoadedProtocol) -> None:
    critical = {id for id, checkpoint in loaded.protocol.checkpoints.items() if checkpoint.critical}
    assert critical == CRITICAL


def test_always_checkpoints_of_the_text(loaded: LoadedProtocol) -> None:
    always = {id for id, c in loaded.protocol.checkpoints.items() if c.always and c.by_text}
    assert always == ALWAYS


def test_there_are_sixty_one_text_checkpoints(loaded: LoadedProtocol) -> None:
    assert sum(checkpoint.by_text for checkpoint in loaded.protocol.checkpoints.values()) == 61


def test_only_text_and_conversation_have_windows(loaded: LoadedProtocol) -> None:
    windowed = {id for id, c in loaded.protocol.checkpoints.items() if c.window != "anywhere" and not c.by_text}
    assert windowed == set()


def test_critical_ones_weigh_most(loaded: LoadedProtocol) -> None:
    assert {loaded.protocol.checkpoints[id].weight for id in CRITICAL} == {3}


def test_every_text_is_a_spanish_sentence(loaded: LoadedProtocol) -> None:
    for checkpoint in loaded.protocol.checkpoints.values():
        for text in (checkpoint.met, checkpoint.missed, checkpoint.model):
            assert text[0].isupper() or text[0] in "«¿¡_", (checkpoint.id, text)
            assert text.rstrip("»")[-1] in ".?!", (checkpoint.id, text)
        assert not checkpoint.title.endswith("."), checkpoint.id
        assert checkpoint.source[:3].isdigit(), checkpoint.id
