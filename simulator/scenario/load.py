"""Loading: text → tree → document → compiled scenario, with every mistake at its place and none thrown.

The loader is the linter: what the app plays and what `check` accepts is one path.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pydantic import ValidationError

from simulator.language.situation import Situation
from simulator.protocol.catalogue import Checkpoint, Rule
from simulator.protocol.examples import verify_rule
from simulator.protocol.load import Protocol
from simulator.scenario.acts import SPELL_CHECK, vocabulary_of
from simulator.scenario.agenda import agenda_of
from simulator.scenario.checks import check_contact, check_document
from simulator.scenario.exam import KEY
from simulator.scenario.mistakes import mistakes
from simulator.scenario.model import RULE_KEYS, CheckpointUse, Reply, ScenarioDocument
from simulator.scenario.scenario import InPlay, Scenario, answer_rule, reply_name
from simulator.scenario.shift import (
    CHANNEL,
    Find,
    ShiftDocument,
    as_queued,
    bundled,
    check_hours,
    check_scripts,
    shell,
    unbundled,
    why_unfit,
)
from simulator.source.diagnostics import Diagnostic, Severity, has_errors, in_order
from simulator.source.nodes import Entry, MappingNode, Node, SequenceNode, at
from simulator.source.spans import Span, point
from simulator.source.tree import parse, plain

SHEET_RULES = (
    ("account_data", "sheet:account-data"),
    ("announces_end", "sheet:announces-end"),
    ("reason", "sheet:reason"),
    ("solutions", "sheet:solutions"),
)
"""The lists of patterns on the sheet and the rules they become."""

_FOR_NOTES = frozenset({"sheet:reason", "sheet:solutions"})
"""Those that the notes are marked by; the others every reply."""


@dataclass(frozen=True, slots=True)
class LoadedScenario:
    """What a file gave. `scenario` None: it has errors. `document` and `root` may be there in spite of them. `names`:
    the other files that it names (of a shift)."""

    file: str
    scenario: Scenario | None
    document: ScenarioDocument | None
    diagnostics: tuple[Diagnostic, ...]
    root: MappingNode | None = None
    names: tuple[str, ...] = ()


def load_scenario(text: str | bytes, file: str, protocol: Protocol, find: Find | None = None) -> LoadedScenario:
    """The scenario of a YAML text. `file`: the name that places carry; `find`: where a shift's contacts are looked for,
    unless the text brings them along. Any input gives a result, never an exception."""
    bundle = unbundled(text) if isinstance(text, str) else None
    if bundle is not None:
        text, find = bundle[0], bundle[1].get
    parsed = parse(text, file)
    found = list(parsed.diagnostics)
    if not isinstance(parsed.root, MappingNode):
        if parsed.root is not None:
            found.append(Diagnostic("scenario-not-a-mapping", Severity.ERROR, parsed.root.span))
        if not has_errors(found):
            found.append(Diagnostic("scenario-not-a-mapping", Severity.ERROR, point(file)))
        return LoadedScenario(file, None, None, in_order(found))
    root = parsed.root
    exam = root.entry(KEY)
    if exam is not None and root.entry("scenario") is None:
        found.append(Diagnostic("exam-outside-folder", Severity.ERROR, exam.key.span))
        return LoadedScenario(file, None, None, in_order(found), root)
    whole = text if isinstance(text, str) else text.decode("utf-8-sig", errors="replace")
    channel = root.entry("channel")
    if channel is not None and plain(channel.value) == CHANNEL:
        return _load_shift(whole, file, root, found, protocol, find or (lambda _name: None))
    try:
        document = ScenarioDocument.model_validate(plain(root))
    except ValidationError as e:
        found.extend(mistakes(e, root))
        return LoadedScenario(file, None, None, in_order(found), root)
    found.extend(check_document(document, root, protocol))
    for contact in document.contacts:
        own = check_contact(document.as_of(contact), as_of(root, contact), protocol, contact)
        found.extend(diagnostic for diagnostic in own if diagnostic not in found)
    if has_errors(found):
        return LoadedScenario(file, None, document, in_order(found), root)
    scenario, more = _Compiler(document, root, protocol, whole).compile()
    for contact in document.contacts:
        part, also = _Compiler(document.as_of(contact), as_of(root, contact), protocol, whole).compile()
        scenario = replace(scenario, others=MappingProxyType({**scenario.others, contact: part}))
        more.extend(diagnostic for diagnostic in also if diagnostic not in more)
    found.extend(more)
    return LoadedScenario(file, None if has_errors(found) else scenario, document, in_order(found), root)


def _load_shift(
    text: str, file: str, root: MappingNode, found: list[Diagnostic], protocol: Protocol, find: Find
) -> LoadedScenario:
    """A shift, with the scenarios of its contacts."""
    try:
        document = ShiftDocument.model_validate(plain(root))
    except ValidationError as e:
        return LoadedScenario(file, None, None, in_order([*found, *mistakes(e, root)]), root)
    names = tuple(dict.fromkeys(contact.scenario for contact in document.contacts.values()))
    files: dict[str, str] = {}
    parts: dict[str, Scenario] = {}
    mistaken = list(check_hours(document))
    for id, contact in document.contacts.items():
        here, name = ("contacts", id, "scenario"), contact.scenario
        own_text = files.get(name) or find(name)
        if own_text is None:
            mistaken.append(("shift-scenario-missing", here, {"name": name}))
            continue
        own = load_scenario(own_text, f"{name}.yaml", protocol).scenario
        unfit = None if own is None else why_unfit(own.doc)
        if own is None or unfit is not None:
            code = "shift-scenario-broken" if own is None else "shift-scenario-unfit"
            mistaken.append((code, here, {"name": name, "channel": unfit or ""}))
            continue
        files[name] = own_text
        parts[id] = as_queued(document, own)
    mistaken.extend(check_scripts(document, {id: part.doc for id, part in parts.items()}))
    found.extend(Diagnostic(code, Severity.ERROR, at(root, path), args) for code, path, args in mistaken)
    if not document.tests:
        found.append(Diagnostic("scenario-no-tests", Severity.INFO, root.span))
    if has_errors(found):
        return LoadedScenario(file, None, None, in_order(found), root, names)
    doc = shell(document, next(iter(parts.values())).doc)
    whole, known = bundled(text, files), protocol.checkpoints["schedule-adherence"]
    scenario = Scenario(
        doc=doc,
        checkpoints=MappingProxyType({known.id: InPlay(known, known.weight, known.model)}),
        known=protocol.checkpoints,
        rules=MappingProxyType({}),
        says=MappingProxyType({}),
        text=whole,
        hash=hashlib.sha256(whole.encode()).hexdigest(),
        protocol_hash=protocol.hash,
        others=MappingProxyType(parts),
        agenda=agenda_of(document.shift, document.contacts, doc.clock_minutes),
    )
    return LoadedScenario(file, scenario, doc, in_order(found), root, names)


@dataclass(slots=True)
class _Compiler:
    document: ScenarioDocument
    root: MappingNode
    protocol: Protocol
    text: str

    def compile(self) -> tuple[Scenario, list[Diagnostic]]:
        found: list[Diagnostic] = []
        own = self._own_rules(found)
        in_play = self._in_play(own)
        wanted = set(in_play) | self._asked_about()
        rules = {id: rule for id, rule in {**self.protocol.rules, **own}.items() if id in wanted}
        if self.document.sheet.account_data and "verify-identity" in rules:
            # The sheet knows this account; the catalogue's guess would take any sum that is named for its data.
            rules["verify-identity"] = replace(rules["verify-identity"], too_soon=None)
        says = self._says(found)
        spoken = {id: rule for id, rule in says.items() if id.startswith("sheet:") and id not in _FOR_NOTES}
        scenario = Scenario(
            doc=self.document,
            checkpoints=MappingProxyType(in_play),
            known=self.protocol.checkpoints,
            rules=MappingProxyType({**rules, **spoken}),
            says=MappingProxyType(says),
            text=self.text,
            hash=hashlib.sha256(self.text.encode()).hexdigest(),
            protocol_hash=self.protocol.hash,
        )
        return scenario, found

    def _own_rules(self, found: list[Diagnostic]) -> dict[str, Rule]:
        """The rules that the scenario writes itself: under `protocol`, and the sheet's for honest-answer."""
        own: dict[str, Rule] = {}
        for id, use in self.document.protocol.items():
            node = protocol_node(self.root, id)
            if node is not None and any(getattr(use, key) is not None for key in RULE_KEYS if key != "model"):
                rule, more = self.protocol.compile_rule(id, _without(node, ("weight", "drop")))
                found.extend(more)
                if rule is not None:
                    own[id] = rule
                    # An example that its own rule does not judge as said is an error: authors learn it at once.
                    found.extend(verify_rule(rule, self._sample()))
        sheet = self.root.entry("sheet")
        if self.document.sheet.forbid and sheet is not None and isinstance(sheet.value, MappingNode):
            kept = _without(sheet.value, tuple(e.key.text for e in sheet.value.entries if e.key.text not in _HONEST))
            rule, more = self.protocol.compile_rule("honest-answer", kept)
            found.extend(more)
            if rule is not None:
                own["honest-answer"] = rule
        return own

    def _sample(self) -> Situation:
        """The situation in which the scenario's own examples are judged: its company, people and hour."""
        doc = self.document
        return replace(
            self.protocol.sample,
            channel=doc.channel,
            country=doc.country,
            company=doc.company.name,
            company_aliases=doc.company.aliases,
            agent=doc.agent,
            customer=doc.customer.name,
            account=doc.account,
            clock=doc.clock_minutes,
            treatment=doc.treatment,
            foreign=doc.customer.foreign,
            products=doc.company.products,
        )

    def _in_play(self, own: Mapping[str, Rule]) -> dict[str, InPlay]:
        """The checkpoints that are marked: those named, the channel's criticals and always ones, less those dropped."""
        chosen: dict[str, InPlay] = {}
        for id, checkpoint in self.protocol.checkpoints.items():
            use = self.document.protocol.get(id)
            if use is not None and use.drop:
                continue
            if use is None and not inherited(checkpoint, self.document):
                continue
            if use is None and "text" in checkpoint.marks and id not in self.protocol.rules and id not in own:
                continue  # the scenario's own rule, and it has none: nothing to mark by
            settings = use or CheckpointUse()
            chosen[id] = InPlay(checkpoint, settings.weight or checkpoint.weight, settings.model or checkpoint.model)
        return chosen

    def _asked_about(self) -> set[str]:
        """The checkpoints that replies and ends ask about, marked or not."""
        asked: set[str] = set()
        for _, _, reply in all_replies(self.document):
            asked.update((*reply.met, *reply.not_, *reply.missed))
            if reply.when is not None:
                asked.update((*reply.when.met, *reply.when.unmet))
        for end in self.document.ends.values():
            if end.when is not None:
                asked.update((*end.when.met, *end.when.unmet))
        if self.document.channel == "colleague":  # the judge of courtesy looks at how a colleague is put on hold
            asked |= {"ask-permission-to-hold", "thank-for-waiting"}
        # A farewell and a limit are looked at by the judge of who hangs up, the spelling by whoever checks a draft.
        checked = {"spelling"} if SPELL_CHECK in vocabulary_of(self.document.channel).acts else set()
        return asked | {"farewell", "limit-offensive-language"} | checked

    def _says(self, found: list[Diagnostic]) -> dict[str, Rule]:
        rules: dict[str, Rule] = {}

        def add(name: str, path: Sequence[str | int], patterns: Sequence[str]) -> None:
            placed = [(pattern, self._span(path, index)) for index, pattern in enumerate(patterns)]
            rule, more = self.protocol.compile_patterns(name, placed)
            found.extend(more)
            if rule is not None:
                rules[name] = rule

        shell = Scenario(self.document, {}, {}, {}, {}, "", "", "")
        for path, (area, step), reply in all_replies(self.document):
            name = reply_name(shell, area, step, reply)
            if reply.says:
                add(f"says:{name}", (*path, "says"), reply.says)
            if reply.unsaid:
                add(f"unsaid:{name}", (*path, "unsaid"), reply.unsaid)
        for key, id in SHEET_RULES:
            patterns = getattr(self.document.sheet, key)
            if patterns:
                add(id, ("sheet", key), patterns)
        for thing, patterns in self.document.sheet.answers.items():
            add(answer_rule(thing), ("sheet", "answers", thing), patterns)
        return rules

    def _span(self, path: Sequence[str | int], index: int) -> Span:
        return at(self.root, (*path, index))


_HONEST = ("forbid", "unless")


def inherited(checkpoint: Checkpoint, document: ScenarioDocument) -> bool:
    """Whether a scenario marks the checkpoint without naming it: the channel's criticals and always ones."""
    if not (checkpoint.critical or checkpoint.always):
        return False
    channels = {document.channel} | ({"phone"} if document.channel == "outbound" else set())
    if "text" not in checkpoint.marks and "timing" not in checkpoint.marks and "action" not in checkpoint.marks:
        return False
    return bool(channels & checkpoint.channels) and conditions_hold(checkpoint, document)


def conditions_hold(checkpoint: Checkpoint, document: ScenarioDocument) -> bool:
    """Whether the scenario has what the checkpoint needs (`when` of the catalogue): an account, a foreign customer."""
    facts = (
        ("account", document.account is not None),
        ("foreign", document.customer.foreign),
        ("website", document.company.website is not None),
        ("area", bool(document.company.areas or document.colleagues)),
        ("customer", True),
    )
    have = {name for name, there in facts if there}
    return checkpoint.requires <= have


def all_replies(document: ScenarioDocument) -> Iterator[tuple[tuple[str | int, ...], tuple[str | None, str], Reply]]:
    """Every reply with its path in the file and whose it is: (area or None, step); general reactions have step ""."""
    for step_id, step in document.steps.items():
        for index, reply in enumerate(step.replies):
            yield ("steps", step_id, "replies", index), (None, step_id), reply
    for index, reply in enumerate(document.reactions):
        yield ("reactions", index), (None, ""), reply
    for number, colleague in enumerate(document.colleagues):
        for step_id, step in colleague.steps.items():
            for index, reply in enumerate(step.replies):
                yield ("colleagues", number, "steps", step_id, "replies", index), (colleague.area, step_id), reply


def protocol_node(root: MappingNode, id: str) -> MappingNode | None:
    """The mapping that a scenario writes for a checkpoint under `protocol`, if it writes one."""
    entry = root.entry("protocol")
    if entry is None:
        return None
    places: Sequence[Node] = entry.value.items if isinstance(entry.value, SequenceNode) else [entry.value]
    for item in places:
        if isinstance(item, MappingNode):
            found = item.entry(id)
            if found is not None:
                return found.value if isinstance(found.value, MappingNode) else None
    return None


def as_of(root: MappingNode, contact: str) -> MappingNode:
    """The file's tree as one of its `contacts` has it: places of diagnostics stay those of the file."""
    contacts = root.entry("contacts")
    assert contacts is not None
    assert isinstance(contacts.value, MappingNode)
    entry = contacts.value.entry(contact)
    assert entry is not None
    own = entry.value
    assert isinstance(own, MappingNode)
    written = {kept.key.text for kept in own.entries} | {"contacts", "tests"}
    shared = tuple(kept for kept in root.entries if kept.key.text not in written)
    return MappingNode((*(_with_shared(entry, root) for entry in own.entries), *shared), own.span, own.flow)


def _with_shared(entry: Entry, root: MappingNode) -> Entry:
    """A contact's own `protocol` stands before the file's, the first entry of a checkpoint counts; other keys stand
    alone."""
    shared = root.entry("protocol")
    if entry.key.text != "protocol" or shared is None:
        return entry
    places = [node.items if isinstance(node, SequenceNode) else (node,) for node in (entry.value, shared.value)]
    return replace(entry, value=SequenceNode((*places[0], *places[1]), entry.value.span))


def _without(node: MappingNode, keys: Sequence[str]) -> MappingNode:
    kept = tuple(entry for entry in node.entries if entry.key.text not in keys)
    return MappingNode(kept, node.span, node.flow)
