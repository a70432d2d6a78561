"""What trainees of the explorer may say: the words of the scenario's own tests, models and examples of the checkpoints,
and the scenario's own patterns said aloud. Which of them serves at a moment, `understand` decides, as in a call."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import islice

from simulator.language.patterns import Choice, Leaf, Node, PatternError, Sequence, Together, parse_pattern
from simulator.protocol.catalogue import Verdict
from simulator.protocol.understanding import understand
from simulator.rehearsal.player import Player
from simulator.scenario.load import all_replies
from simulator.scenario.model import ScenarioDocument
from simulator.scenario.moves import Speak
from simulator.scenario.scenario import FIRST_CONTACT, Scenario, answer_rule, reply_name
from simulator.scoring.score import score
from simulator.session.dialogue import area_of
from simulator.session.events import Party
from simulator.session.situation import situation

NEUTRAL = ("Ajá.", "Mmm, a ver.")
"""Words that say nothing."""
MOST_TRIED = 60
"""Texts tried for one wish at one moment."""


class Want(StrEnum):
    """What a rule should find in a text."""

    MET = "met"
    MISSED = "missed"
    UNMET = "unmet"  # neither met nor doubtful


Wish = Mapping[str, Want]
"""Rule → what it should find."""


@dataclass
class Texts:
    """The texts that serve one contact of a scenario. `tried`: how many were judged so far."""

    scenario: Scenario
    contact: str = FIRST_CONTACT
    tried: int = 0
    _found: dict[tuple[frozenset[tuple[str, Want]], Party], list[str]] = field(default_factory=dict)

    @cached_property
    def part(self) -> Scenario:
        """The scenario as the contact has it."""
        return self.scenario.of(self.contact)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """What the agent says in the scenario's own tests."""
        moves = (move for test in self.scenario.doc.tests for move in test.do)
        return tuple(dict.fromkeys(move.text for move in moves if isinstance(move, Speak)))

    @cached_property
    def models(self) -> Mapping[str, str]:
        """The better wording of each checkpoint in play, with the names of this scenario."""
        player = Player(self.scenario)
        player.start()
        return {line.id: line.model for line in score(self.scenario, player.events).checkpoints if line.model}

    @cached_property
    def patterns(self) -> Mapping[str, tuple[str, ...]]:
        """The scenario's own patterns by the rule that they make, for what can be said of them."""
        doc, sheet = self.part.doc, self.part.doc.sheet
        found = {"sheet:account-data": sheet.account_data, "sheet:announces-end": sheet.announces_end}
        found |= {answer_rule(thing): patterns for thing, patterns in sheet.answers.items()}
        for _, (area, step), reply in all_replies(doc):
            name = reply_name(self.part, area, step, reply)
            found |= {f"says:{name}": reply.says, f"unsaid:{name}": reply.unsaid}
        return found

    def right(self, rule: str) -> Iterator[str]:
        """Texts that probably meet a rule."""
        if rule in self.models:
            yield self.models[rule]
        if rule in self.part.rules:
            yield from (example.reply for example in self.part.rules[rule].examples if example.met)
        yield from aloud(self.patterns.get(rule, ()), self.part.doc)

    def wrong(self, rule: str) -> Iterator[str]:
        """Texts that probably breach a rule, or leave it unmet."""
        if rule in self.part.rules:
            yield from (example.reply for example in self.part.rules[rule].examples if not example.met)
        if rule == "honest-answer":
            yield from aloud(self.part.doc.sheet.forbid, self.part.doc)
        if rule == "verify-identity":
            yield from aloud(self.part.doc.sheet.account_data, self.part.doc)

    def finding(self, player: Player, wish: Wish, most: int = 2) -> list[str]:
        """At most so many texts that fulfil the wish if they are said now."""
        to: Party = "customer" if player.contact.consultation is None else "colleague"
        rules = self.part.rules_at(area_of(player.contact), player.contact.party.step)
        if not rules.keys() >= wish.keys():
            return []
        wanted = {id: rules[id] for id in wish}
        now = situation(self.part, player.state, player.contact, to, player.now)
        known = self._found.setdefault((frozenset(wish.items()), to), [])

        def serves(text: str) -> bool:
            self.tried += 1
            found = understand(wanted, now, text)
            return all(_as_wanted(found[id].verdict, want) for id, want in wish.items())

        candidates = dict.fromkeys([*known, *islice(self._candidates(wish), MOST_TRIED)])
        good = list(islice((text for text in candidates if serves(text)), most))
        if len(good) < most and len(wish) > 1:
            good += islice((text for text in self._joined(player, wish) if serves(text)), most - len(good))
        known[:] = list(dict.fromkeys([*good, *known]))[:6]
        return good

    def _candidates(self, wish: Wish) -> Iterator[str]:
        if Want.MET not in wish.values() and Want.MISSED not in wish.values():
            yield from NEUTRAL
        for rule, want in wish.items():
            if want is Want.MET:
                yield from self.right(rule)
            elif want is Want.MISSED:
                yield from self.wrong(rule)
        yield from self.own

    def _joined(self, player: Player, wish: Wish) -> Iterator[str]:
        """One text of each part of the wish, in one breath."""
        parts = [self.finding(player, {rule: want}) for rule, want in wish.items() if want is not Want.UNMET]
        if len(parts) > 1 and all(parts):
            yield " ".join(dict.fromkeys(texts[0] for texts in parts))
            yield " ".join(dict.fromkeys(texts[-1] for texts in parts))


def _as_wanted(verdict: Verdict, want: Want) -> bool:
    if want is Want.UNMET:
        return verdict not in (Verdict.MET, Verdict.UNCLEAR)
    return verdict == want.value


def aloud(patterns: Iterable[str], doc: ScenarioDocument) -> Iterator[str]:
    """Each pattern as somebody might say it: its first alternatives, no gaps. What names a concept is left out."""
    for pattern in patterns:
        try:
            said = _said(parse_pattern(pattern), doc)
        except PatternError:
            continue  # the loader has told of it
        if said is not None:
            yield f"{said[0].upper()}{said[1:]}."


def _said(node: Node, doc: ScenarioDocument) -> str | None:
    match node:
        case Leaf(kind="concept"):
            return None
        case Leaf(kind="value", text=text):
            return _value(text, doc)
        case Leaf(text=text):
            return text
        case Choice(options=options):
            return next((said for option in options if (said := _said(option, doc)) is not None), None)
        case Together(parts=parts):
            found = [_said(part, doc) for part in parts]
        case Sequence(items=items):
            found = [_said(item.node, doc) for item in items if not item.optional]
    return None if None in found else " ".join(part for part in found if part is not None)


def _value(name: str, doc: ScenarioDocument) -> str | None:
    area = next((colleague.area for colleague in doc.colleagues), next(iter(doc.company.areas), None))
    values = {
        "_agent": doc.agent, "_customer": doc.customer.name, "_company": doc.company.name, "_name": doc.customer.name,
        "_supervisor": doc.supervisor, "_area": area, "_account": doc.account, "_website": doc.company.website,
        "_product": next(iter(doc.company.products), None), "_call_reason": doc.call_reason,
        "_transfer_reason": doc.transfer_reason, "_number": "dos", "_duration": "dos minutos", "_period": "dos semanas",
        "_hour": "a las cinco", "_day": "mañana", "_amount": "dos mil pesos", "_question": "¿le parece bien así?",
    }  # fmt: skip
    return values.get(name)
