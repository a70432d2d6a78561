"""Static checks: references, reachability, ids. What only playing can show is the prover's part (rehearsal)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from simulator.protocol.catalogue import Checkpoint
from simulator.protocol.load import Protocol
from simulator.scenario.accents import FOREIGN, LATIN_AMERICAN, is_spoken
from simulator.scenario.acts import Vocabulary, vocabulary_of
from simulator.scenario.email_checks import check_inbox, check_letter, named_values
from simulator.scenario.facts import ASKS, FACTS, asked, is_known
from simulator.scenario.model import Condition, Line, Reply, ScenarioDocument, Step
from simulator.scenario.scenario import FIRST_CONTACT
from simulator.scenario.script_checks import check_tests
from simulator.source.diagnostics import Diagnostic, Severity, suggest
from simulator.source.nodes import MappingNode, at, key_at

Path = tuple[str | int, ...]

_READ_IN = {
    "phone": ("phone", "outbound", "colleague"),
    "outbound": ("outbound",),
    "chat": ("chat",),
    "counter": ("in-person",),
    "inbox": ("email",),
    "letter": ("email",),
    "site": ("web",),
    "app": ("apps",),
    "social": ("social",),
    "commenter": ("social",),
}
"""By section: the channels that read it."""

_NEEDED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {"outbound": ((), ("outbound",)), "social": (("social",), ("commenter",))}
)
"""By channel: sections that the file needs once, and those that each contact needs."""


def check_document(document: ScenarioDocument, root: MappingNode, protocol: Protocol) -> list[Diagnostic]:
    """All mistakes of a valid document that show without playing it."""
    return list(_Checker(document, root, protocol.checkpoints).run())


def check_contact(document: ScenarioDocument, root: MappingNode, protocol: Protocol, contact: str) -> list[Diagnostic]:
    """The same of what one further contact says and does; `document` and `root` are as that contact has them."""
    checker = _Checker(document, root, protocol.checkpoints)
    taken = [checker._error("scenario-bad-id", (), id=contact)] if contact == FIRST_CONTACT else []
    return [*taken, *checker.protocol(), *checker.talk()]


@dataclass(slots=True)
class _Checker:
    document: ScenarioDocument
    root: MappingNode
    checkpoints: Mapping[str, Checkpoint]

    def run(self) -> Iterator[Diagnostic]:
        doc = self.document
        yield from self.protocol()
        yield from (self._make(Severity.ERROR, code, path, False, args) for code, path, args in check_inbox(doc))
        for key, channels in _READ_IN.items():
            if doc.channel not in channels and self.root.entry(key) is not None:
                yield self._warning(
                    "scenario-section-of-other-channel", (key,), key=True, section=key, channel=doc.channel
                )
        for index, name in enumerate(doc.required):
            if name not in self._words.required:
                yield self._unknown("scenario-unknown-required", name, self._words.required, ("required", index))
        for index, colleague in enumerate(doc.colleagues):
            yield from self._accent(colleague.voice.accent, ("colleagues", index, "voice", "accent"))
            yield from self._steps(colleague.area, colleague.steps, ("colleagues", index, "steps"))
            if any(other.area == colleague.area for other in doc.colleagues[:index]):
                yield self._error("scenario-duplicate-area", ("colleagues", index, "area"), area=colleague.area)
        yield from self._sections()
        yield from self.talk()
        yield from self._others()
        if not doc.tests:
            yield self._info("scenario-no-tests", ())
        tests = check_tests(doc, self.checkpoints)
        yield from (self._make(Severity.ERROR, code, path, False, args) for code, path, args in tests)

    def protocol(self) -> Iterator[Diagnostic]:
        """Which checkpoints are marked."""
        for id in self.document.protocol:
            yield from self._checkpoint(id, protocol_path(self.root, id))

    def talk(self) -> Iterator[Diagnostic]:
        """What the customer says and does."""
        doc = self.document
        yield from (self._make(Severity.ERROR, code, path, False, args) for code, path, args in check_letter(doc))
        yield from self._screens()
        asks = doc.counter.asks
        if asks is not None and asks not in {*doc.steps, *doc.ends}:
            yield self._unknown("scenario-unknown-step", asks, {*doc.steps, *doc.ends}, ("counter", "asks"))
        for id in doc.ends:
            if id in doc.steps:
                yield self._error("scenario-step-is-end", ("ends", id), id=id)
        yield from self._accent(doc.customer.voice.accent, ("customer", "voice", "accent"))
        yield from self._steps(None, doc.steps, ("steps",))
        for index, reply in enumerate(doc.reactions):
            yield from self._reply(reply, ("reactions", index), {*doc.steps, *doc.ends})
            yield from self._voices(("reactions", index), None, reply)
        yield from self._duplicates(doc.reactions, ("reactions",))
        for id, end in doc.ends.items():
            if end.when is not None:
                yield from self._condition(end.when, ("ends", id, "when"))
            yield from self._lines(end.say, ("ends", id, "say"))
        yield from self._line_ids()
        yield from self._answers()
        yield from self._reachable()

    # References

    def _checkpoint(self, id: str, path: Path) -> Iterator[Diagnostic]:
        checkpoint = self.checkpoints.get(id)
        if checkpoint is None:
            yield self._unknown("scenario-unknown-checkpoint", id, self.checkpoints, path)
            return
        channel = "phone" if self.document.channel in ("outbound", "colleague") else self.document.channel
        if not {channel, self.document.channel, "colleague"} & checkpoint.channels:
            yield self._warning("scenario-checkpoint-of-other-channel", path, id=id, channel=self.document.channel)

    def _sections(self) -> Iterator[Diagnostic]:
        """What the file says of its channel, and what it says of each customer (a row in the list of calls)."""
        doc = self.document
        of_file, of_each = _NEEDED.get(doc.channel, ((), ()))
        for key in (*of_file, *of_each):
            if getattr(doc, key) is None:
                yield self._missing((), key)
        for id, contact in doc.contacts.items():
            for key in of_each:
                if getattr(contact, key) is None:
                    yield self._missing(("contacts", id), key)

    def _voices(self, path: Path, speaker: str | None, reply: Reply) -> Iterator[Diagnostic]:
        """What a reply says and what the step says that it leads to come in one breath: of one mouth."""
        target = self.document.steps.get(reply.target or "")
        if reply.say and target is not None and target.customer and target.speaker != speaker:
            yield self._error("scenario-two-voices", path, id=reply.id, step=str(reply.target))

    def _accent(self, accent: str, path: Path) -> Iterator[Diagnostic]:
        if not is_spoken(accent):
            offered = (LATIN_AMERICAN, "es", *FOREIGN)
            near = suggest(accent, offered) or ""
            yield self._warning(
                "scenario-unknown-accent", path, name=accent, choices=", ".join(offered), suggestion=near
            )

    def _screens(self) -> Iterator[Diagnostic]:
        """What steps show is there, and what was chosen could be."""
        sections = (("site", self.document.site), ("app", self.document.app))
        for key, section in sections:
            for id, screen in section.screens.items():
                if screen.chosen is not None and screen.chosen not in screen.options:
                    path = (key, "screens", id, "chosen")
                    yield self._unknown("scenario-unknown-option", screen.chosen, screen.options, path)
        fields = [field.id for field in self.document.site.record]
        for index, id in enumerate(fields):
            if id in fields[:index]:
                yield self._error("scenario-duplicate-id", ("site", "record", index, "id"), id=id)
        there = {id for _, section in sections for id in section.screens}
        for id, step in self.document.steps.items():
            if step.screen is not None and step.screen not in there:
                yield self._unknown("scenario-unknown-screen", step.screen, there, ("steps", id, "screen"))

    def _steps(self, area: str | None, steps: Mapping[str, Step], path: Path) -> Iterator[Diagnostic]:
        targets = {*steps} if area is not None else {*steps, *self.document.ends}
        for id, step in steps.items():
            here = (*path, id)
            people = {person.name for person in self.document.people}
            if step.speaker is not None and step.speaker not in people:
                yield self._unknown("scenario-unknown-speaker", step.speaker, people, (*here, "as"))
            yield from self._lines(step.customer, (*here, "customer"))
            yield from self._duplicates(step.replies, (*here, "replies"))
            for index, name in enumerate(step.expects):
                if name not in self.checkpoints:
                    yield self._unknown(
                        "scenario-unknown-checkpoint", name, self.checkpoints, (*here, "expects", index)
                    )
            for index, reply in enumerate(step.replies):
                yield from self._reply(reply, (*here, "replies", index), targets)
                if area is None:
                    yield from self._voices((*here, "replies", index), step.speaker, reply)
            reactions = self.document.reactions if area is None else ()
            if area is None and not any(reply.target or reply.say for reply in (*step.replies, *reactions)):
                yield self._warning("scenario-dead-end", here, step=id, key=True)
            elif area is None and not any(reply.otherwise for reply in step.replies):
                yield self._info("scenario-no-otherwise", here, step=id, key=True)

    def _reply(self, reply: Reply, path: Path, targets: set[str]) -> Iterator[Diagnostic]:
        key = "otherwise" if reply.otherwise is not None else "go"
        if reply.target is not None and reply.target not in targets:
            yield self._unknown("scenario-unknown-step", reply.target, targets, (*path, key))
        for name, ids in (("met", reply.met), ("not", reply.not_), ("missed", reply.missed)):
            for id in ids:
                if id not in self.checkpoints:
                    yield self._unknown("scenario-unknown-checkpoint", id, self.checkpoints, (*path, name))
                elif name == "missed" and not self.checkpoints[id].always:
                    yield self._error("scenario-missed-needs-always", (*path, name), id=id)
        for act in reply.act:
            yield from self._act(act, self._words.awaited, (*path, "act"))
        if reply.when is not None:
            yield from self._condition(reply.when, (*path, "when"))
        waiting = reply.held is not None or "consult" in reply.act
        if waiting and reply.say and reply.target not in self.document.ends:
            yield self._warning("scenario-held-cannot-speak", (*path, "say"), id=reply.id)
        yield from self._facts(reply.facts, (*path, "facts"))
        yield from self._lines(reply.say, (*path, "say"))

    def _condition(self, condition: Condition, path: Path) -> Iterator[Diagnostic]:
        for name, ids in (("met", condition.met), ("unmet", condition.unmet)):
            for id in ids:
                if id not in self.checkpoints:
                    yield self._unknown("scenario-unknown-checkpoint", id, self.checkpoints, (*path, name))
        for name, facts in (("heard", condition.heard), ("unheard", condition.unheard)):
            yield from self._facts(facts, (*path, name))
        for key, things in (("answered", condition.answered), ("unanswered", condition.unanswered)):
            for name in things:
                if name not in self.document.sheet.answers:
                    yield self._unknown("scenario-unknown-answer", name, self.document.sheet.answers, (*path, key))
        known = {*self._reply_names()}
        for name in condition.replied:
            if name not in known:
                yield self._unknown("scenario-unknown-reply", name, known, (*path, "replied"))
        for key, names in (("done", condition.done), ("undone", condition.undone)):
            for name in names:
                yield from self._act(name, self._words.acts, (*path, key))

    def _act(self, name: str, acts: Iterable[str], path: Path) -> Iterator[Diagnostic]:
        """An act as conditions may name it: alone, or with what it is done with."""
        to_areas = {name: self._areas() for name, args in self._words.acts.items() if args == ("area",)}
        values = {**to_areas, **named_values(self.document)}
        known = {named for act in acts for named in (act, *(f"{act}:{value}" for value in values.get(act, ())))}
        if name not in known:
            yield self._unknown("scenario-unknown-act", name, known, path)

    def _facts(self, facts: Iterable[str], path: Path) -> Iterator[Diagnostic]:
        for fact in facts:
            if not is_known(fact):
                yield self._unknown("scenario-unknown-fact", fact, (*FACTS, ASKS), path)

    def _lines(self, lines: Sequence[Line], path: Path) -> Iterator[Diagnostic]:
        for index, line in enumerate(lines):
            yield from self._facts(line.facts, (*path, index, "facts"))

    def _answers(self) -> Iterator[Diagnostic]:
        """Each thing that is asked for has its answer on the sheet, and the other way round, as soon as one has."""
        answers = self.document.sheet.answers
        things = {thing for _, facts in self._all_facts() for thing in asked(facts)}
        for thing in answers:
            if thing not in things:
                near = suggest(thing, things) or ""
                yield self._warning("scenario-answer-unasked", ("sheet", "answers", thing), name=thing, suggestion=near)
        told: set[str] = set()
        for path, facts in self._all_facts() if answers else ():
            for thing in sorted(asked(facts).difference(answers, told)):
                told.add(thing)
                near = suggest(thing, answers) or ""
                yield self._warning("scenario-request-unanswered", path, name=thing, suggestion=near)

    def _all_facts(self) -> Iterator[tuple[Path, tuple[str, ...]]]:
        """What the customer's lines and replies declare."""
        doc = self.document
        for step_id, step in doc.steps.items():
            for i, line in enumerate(step.customer):
                yield ("steps", step_id, "customer", i, "facts"), line.facts
            for i, reply in enumerate(step.replies):
                yield from self._facts_of(reply, ("steps", step_id, "replies", i))
        for i, reply in enumerate(doc.reactions):
            yield from self._facts_of(reply, ("reactions", i))
        for id, end in doc.ends.items():
            for i, line in enumerate(end.say):
                yield ("ends", id, "say", i, "facts"), line.facts

    @staticmethod
    def _facts_of(reply: Reply, path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
        yield (*path, "facts"), reply.facts
        for i, line in enumerate(reply.say):
            yield (*path, "say", i, "facts"), line.facts

    # Ids

    def _duplicates(self, replies: Sequence[Reply], path: Path) -> Iterator[Diagnostic]:
        seen: set[str] = set()
        for index, reply in enumerate(replies):
            if reply.id in seen:
                yield self._error("scenario-duplicate-id", (*path, index, "id"), id=reply.id)
            seen.add(reply.id)

    def _line_ids(self) -> Iterator[Diagnostic]:
        """Line ids are the scenario's: a recording for one must not be played for another."""
        seen: dict[str, str] = {}
        for path, line in self._all_lines():
            earlier = seen.setdefault(line.id, line.say)
            if earlier != line.say and line.id != "end-line":
                yield self._error("scenario-duplicate-id", path, id=line.id)

    def _others(self) -> Iterator[Diagnostic]:
        """No further contact says another text under an id that somebody else's line has, or asks for something while
        only the others' sheets hold answers."""
        doc = self.document
        seen = {line.id: line.say for _, line in self._all_lines()}
        for contact in doc.contacts:
            other = _Checker(doc.as_of(contact), self.root, self.checkpoints)
            if doc.sheet.answers and not other.document.sheet.answers:
                asking = ((path, thing) for path, facts in other._all_facts() for thing in sorted(asked(facts)))
                for path, name in list(asking)[:1]:
                    yield self._warning(
                        "scenario-request-unanswered", ("contacts", contact, *path), name=name, suggestion=""
                    )
            theirs = list(other._all_lines())
            for path, line in theirs:
                if seen.get(line.id, line.say) != line.say and line.id != "end-line":
                    yield self._error("scenario-duplicate-id", ("contacts", contact, *path), id=line.id)
            seen.update({line.id: line.say for _, line in theirs})

    def _all_lines(self) -> Iterator[tuple[Path, Line]]:
        doc = self.document
        groups: list[tuple[Path, Mapping[str, Step]]] = [(("steps",), doc.steps)]
        groups += [(("colleagues", i, "steps"), c.steps) for i, c in enumerate(doc.colleagues)]
        for path, steps in groups:
            for id, step in steps.items():
                yield from (((*path, id, "customer", i), line) for i, line in enumerate(step.customer))
                for number, reply in enumerate(step.replies):
                    here = (*path, id, "replies", number)
                    # A short `say:` shares the reply's id, which is unique in its step only.
                    longer = len(reply.say) > 1 or (reply.say and reply.say[0].id != reply.id)
                    yield from (((*here, "say", i), line) for i, line in enumerate(reply.say) if longer)

        for number, reply in enumerate(doc.reactions):
            longer = len(reply.say) > 1 or (reply.say and reply.say[0].id != reply.id)
            yield from ((("reactions", number, "say", i), line) for i, line in enumerate(reply.say) if longer)
        for id, end in doc.ends.items():
            yield from ((("ends", id, "say", i), line) for i, line in enumerate(end.say))

    def _reply_names(self) -> Iterator[str]:
        yield from (f"{id}.{reply.id}" for id, step in self.document.steps.items() for reply in step.replies)
        yield from (reply.id for reply in self.document.reactions)
        for colleague in self.document.colleagues:
            for id, step in colleague.steps.items():
                yield from (f"{colleague.area}/{id}.{reply.id}" for reply in step.replies)

    def _areas(self) -> set[str]:
        return {*self.document.company.areas, *(colleague.area for colleague in self.document.colleagues)}

    # Reachability

    def _reachable(self) -> Iterator[Diagnostic]:
        doc = self.document
        first = next(iter(doc.steps))
        reached = {first, doc.counter.asks or first}
        new = [*reached]
        everywhere = [reply.target for reply in doc.reactions if reply.target]
        while new:
            step = doc.steps.get(new.pop())
            for target in [*(reply.target for reply in (step.replies if step else ()) if reply.target), *everywhere]:
                if target not in reached:
                    reached.add(target)
                    new.append(target)
        for id in doc.steps:
            if id not in reached:
                yield self._warning("scenario-unreachable-step", ("steps", id), step=id, key=True)
        for id, end in doc.ends.items():
            if id not in reached and end.when is None and id not in self._words.ends:
                yield self._warning("scenario-unreachable-end", ("ends", id), end=id, key=True)
        for index, colleague in enumerate(doc.colleagues):
            targets = {r.target for step in colleague.steps.values() for r in step.replies}
            for number, id in enumerate(colleague.steps):
                if number and id not in targets:
                    yield self._warning(
                        "scenario-unreachable-step", ("colleagues", index, "steps", id), step=id, key=True
                    )

    # Tests

    @property
    def _words(self) -> Vocabulary:
        return vocabulary_of(self.document.channel)

    # Making diagnostics

    def _unknown(self, code: str, name: str, candidates: Iterable[str], path: Path) -> Diagnostic:
        return self._error(code, path, name=name, suggestion=suggest(name, candidates) or "")

    def _missing(self, path: Path, key: str) -> Diagnostic:
        return self._make(Severity.ERROR, "scenario-missing-key", path, False, {"key": key})

    def _error(self, code: str, path: Path, *, key: bool = False, **args: str) -> Diagnostic:
        return self._make(Severity.ERROR, code, path, key, args)

    def _warning(self, code: str, path: Path, *, key: bool = False, **args: str) -> Diagnostic:
        return self._make(Severity.WARNING, code, path, key, args)

    def _info(self, code: str, path: Path, *, key: bool = False, **args: str) -> Diagnostic:
        return self._make(Severity.INFO, code, path, key, args)

    def _make(self, severity: Severity, code: str, path: Path, key: bool, args: Mapping[str, str]) -> Diagnostic:
        span = key_at(self.root, path) if key else at(self.root, path)
        return Diagnostic(code, severity, span, dict(args))


def protocol_path(root: MappingNode, id: str) -> Path:
    """Where a scenario names a checkpoint under `protocol`; the whole list when it does not."""
    entry = root.entry("protocol")
    items = getattr(entry.value, "items", ()) if entry is not None else ()
    for index, item in enumerate(items if isinstance(items, tuple) else ()):
        if getattr(item, "text", None) == id or (isinstance(item, MappingNode) and item.entry(id) is not None):
            return ("protocol", index) if not isinstance(item, MappingNode) else ("protocol", index, id)
    return ("protocol", id)
