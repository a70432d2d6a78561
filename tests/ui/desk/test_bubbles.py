"""The bubbles of a conversation, which are made and thrown away whenever an agent turns to another one."""

from pytestqt.qtbot import QtBot

from simulator.session.transcript import Entry
from simulator.ui.desk.bubbles import Conversation

ROUNDS = 150
"""So many, and the interpreter dies of what is wrong, nearly always."""


def test_turning_round_and_round_leaves_nothing_behind(qtbot: QtBot) -> None:
    conversation = Conversation()
    qtbot.addWidget(conversation)
    conversation.show()
    said = [Entry(seq=seq, at_ms=1_000 * seq, contact="c1", who="customer", text="Hola. " * 20) for seq in range(12)]
    for _round in range(ROUNDS):
        for entry in said:
            conversation.add(entry)
        qtbot.wait(1)  # an event loop of its own, in which what was thrown away is deleted
        conversation.clear()
        assert conversation.bubbles == ()
        qtbot.wait(1)
    conversation.add(said[0])
    assert [bubble.label.text() for bubble in conversation.bubbles] == [said[0].text]
