"""What must be right about the scenario's own tests before they are played: acts of the channel, names that exist."""

from collections.abc import Collection, Iterator

from simulator.scenario.acts import vocabulary_of
from simulator.scenario.email_checks import Mistake
from simulator.scenario.model import ScenarioDocument, ScenarioTest
from simulator.scenario.moves import Do, Move, Turn
from simulator.scenario.scenario import FIRST_CONTACT
from simulator.source.diagnostics import suggest

Path = tuple[str | int, ...]


def check_tests(doc: ScenarioDocument, checkpoints: Collection[str]) -> Iterator[Mistake]:
    """What each test names that is not there, in `do` and in `expect`."""
    for index, test in enumerate(doc.tests):
        yield from _expected(doc, test, checkpoints, ("tests", index, "expect"))
        for number, move in enumerate(test.do):
            yield from _moved(doc, move, ("tests", index, "do", number))


def _expected(doc: ScenarioDocument, test: ScenarioTest, checkpoints: Collection[str], path: Path) -> Iterator[Mistake]:
    expected = test.expect
    lists = (
        ("met", expected.met), ("missed", expected.missed or ()), ("unclear", expected.unclear or ()),
        ("not-applicable", expected.not_applicable),
    )  # fmt: skip
    for name, ids in lists:
        for id in ids:
            if id not in checkpoints:
                yield _unknown("scenario-unknown-checkpoint", id, checkpoints, (*path, name))
    channel = vocabulary_of(doc.channel).ends
    ends = {*doc.ends, *channel}
    if expected.end is not None and expected.end not in ends:
        yield _unknown("scenario-unknown-step", expected.end, doc.ends, (*path, "end"))
    for contact, end in expected.ends.items():
        if contact not in {FIRST_CONTACT, *doc.contacts}:
            yield _unknown("scenario-unknown-contact", contact, doc.contacts, (*path, "ends"))
            continue
        there = doc.as_of(contact).ends if contact in doc.contacts else doc.ends
        if end not in {*there, *channel}:
            yield _unknown("scenario-unknown-step", end, there, (*path, "ends", contact))


def _moved(doc: ScenarioDocument, move: Move, path: Path) -> Iterator[Mistake]:
    words = vocabulary_of(doc.channel)
    if isinstance(move, Turn) and move.contact not in {FIRST_CONTACT, *doc.contacts}:
        yield _unknown("scenario-unknown-contact", move.contact, doc.contacts, path)
    if not isinstance(move, Do):
        return
    if move.name not in words.acts:
        yield _unknown("scenario-unknown-act", move.name, words.acts, path)
        return
    area = dict(move.args).get("area")
    areas = {*doc.company.areas, *(colleague.area for colleague in doc.colleagues)}
    if area is not None and area not in areas:
        yield _unknown("scenario-unknown-area", area, areas, path)
    if move.name == "register":
        fields = [field.id for field in doc.site.record]
        for name, _ in move.args:
            if name not in fields:
                yield "scenario-bad-choice", path, {
                    "value": name, "choices": ", ".join(fields), "suggestion": suggest(name, fields) or "",
                }  # fmt: skip


def _unknown(code: str, name: str, candidates: Collection[str], path: Path) -> Mistake:
    return code, path, {"name": name, "suggestion": suggest(name, candidates) or ""}
