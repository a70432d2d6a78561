"""Talk: what the agent says is marked, the other party reacts as the scenario's replies say, steps follow steps.

The same for the customer and for a consulted colleague; acts and clocks of a channel are its own table's business.
"""

from collections.abc import Sequence
from typing import Literal

from simulator.protocol.catalogue import Verdict
from simulator.scenario.acts import BREAKS_OFF, act_names, vocabulary_of
from simulator.scenario.model import Condition, End, Line, Reply, ScenarioDocument
from simulator.scenario.scenario import FIRST_CONTACT, Scenario, reply_name
from simulator.session.chance import draw
from simulator.session.commands import Say
from simulator.session.difficulty import felt, pace
from simulator.session.events import (
    AgentInterrupted,
    AgentSpoke,
    AttemptStarted,
    ColleagueSpoke,
    ContactEnded,
    CustomerReacted,
    CustomerSpoke,
    EndReached,
    LineEnded,
    Mark,
    Party,
    StepEntered,
)
from simulator.session.marking import Part, mark_turn, turn_so_far
from simulator.session.situation import situation
from simulator.session.state import ContactState, Phase
from simulator.session.story import Story
from simulator.session.turns import as_heard, conversation, verdict_as_heard
from simulator.session.windows import answered, verdict_so_far

Trigger = Literal["turn", "act", "silent", "held"]

GRACE_MS = 300
"""To begin so little before the end of the other's line is no interruption (listen-without-interrupting)."""

INTERRUPTION_MOOD = -5
"""What being talked over does to the mood of a customer whose scenario says nothing else."""

IGNORED_MOOD = -5
"""What it does to the mood of somebody at a counter that nobody greets them."""

_END_BY_ACT = ("hung-up", "closed", "transferred", "escalated", "dismissed")


def area_of(contact: ContactState) -> str | None:
    """The consulted area whose colleague is on the line, or None when it is the customer."""
    return None if contact.consultation is None else contact.consultation.area


def hear_agent(story: Story, command: Say, at: int) -> None:
    """The agent's message to whoever is on the line: marked, logged, and answered; where people read first, the channel
    lets them answer later (`read_agent`)."""
    contact = story.contact(command.contact)
    to: Party = "customer" if contact.consultation is None else "colleague"
    overlap = contact.party.interrupted_ms
    if overlap == 0:
        overlap = _overlap(contact, _began(command, at))
        spoken = contact.party.spoken
        if overlap > 0 and spoken is not None and contact.party.speaking(at):
            story.tell(LineEnded(spoken.seq, cut=True), at, contact.id)
        if overlap > 0 and not contact.muted:
            _take_interruption(story, contact.id, at)
        contact = story.contact(contact.id)
    heard = not contact.muted
    marks = _marks(story, contact, to, command, at) if heard else ()
    said = AgentSpoke(to, command.text, command.takes_ms, overlap, heard, marks, command.voice, command.recognised)
    story.tell(said, at, contact.id)
    if heard and not vocabulary_of(contact.channel).reads_ms:
        react(story, contact.id, "turn", at, marks=marks, interrupted=overlap > 0)


def unread(contact: ContactState) -> AgentSpoke | None:
    """The agent's last message, which the customer has not reacted to yet: its marks are those of the whole turn."""
    if contact.phase is not Phase.TALKING or not vocabulary_of(contact.channel).reads_ms:
        return None
    for event in reversed(contact.events):
        match event.what:
            case AgentSpoke(to="customer", heard=True) as said:
                return said
            case CustomerReacted(trigger="turn"):
                return None
            case _:
                pass
    return None


def read_agent(story: Story, contact_id: str, at: int) -> None:
    """The customer reacts to what they have not read yet, if there is anything. It tells at least one event then."""
    contact = story.contact(contact_id)
    said = unread(contact)
    if said is None:
        return
    told = len(story.events)
    react(story, contact_id, "turn", at, marks=said.marks)
    if len(story.events) == told:
        story.tell(CustomerReacted("turn", (), contact.mood, contact.mood), at, contact_id)


def sent_by_hand(command: Say) -> bool:
    """Whether spoken words were read first and are sent now, like typed ones, some time after they were said."""
    return command.recognised is not None and command.recognised.reviewed


def _began(command: Say, at: int) -> int:
    """When the agent began to sound over the line. A voice over a line tells of itself before its words do
    (`Interrupt`), and a microphone that is closed meanwhile hears none."""
    half_duplex = dict(command.voice).get("duplex") == 0
    return at if sent_by_hand(command) or half_duplex else at - command.takes_ms


def cut_in(story: Story, contact_id: str, began: int, at: int) -> None:
    """The agent's voice over the other's line: the line is cut off and the customer takes it ill. Within the grace
    time, muted, or when no line sounds, nothing happens."""
    contact = story.contact(contact_id)
    left, spoken = _overlap(contact, began), contact.party.spoken
    if contact.phase is not Phase.TALKING or contact.muted or left == 0 or at - began <= GRACE_MS:
        return
    if spoken is None or not contact.party.speaking(at):
        return
    story.tell(AgentInterrupted(spoken.seq, left, at - began), at, contact_id)
    story.tell(LineEnded(spoken.seq, cut=True), at, contact_id)
    _take_interruption(story, contact_id, at)


def _take_interruption(story: Story, contact_id: str, at: int) -> None:
    """The mood of an interrupted customer: as the scenario's `interrupted` replies say, or a little down."""
    contact = story.contact(contact_id)
    if contact.phase is not Phase.TALKING or contact.consultation is not None:
        return
    scenario = story.of(contact_id)
    replies = scenario.replies_at(None, contact.customer.step)
    moods = [
        felt(scenario, contact, reply.mood)
        for reply in replies
        if reply.interrupted and is_open(scenario, contact, reply)
    ]
    mood = _moved(contact.mood, sum(moods) if moods else felt(scenario, contact, INTERRUPTION_MOOD))
    story.tell(CustomerReacted("interrupted", (), contact.mood, mood), at, contact_id)


def _overlap(contact: ContactState, start: int) -> int:
    """How much of the other's line (ms) was left when the agent began; 0 within the grace time, and in writing."""
    spoken = contact.party.spoken
    if vocabulary_of(contact.channel).written:
        return 0
    if spoken is None or not spoken.from_ms <= start < spoken.until_ms - GRACE_MS:
        return 0
    return spoken.until_ms - start


def _marks(story: Story, contact: ContactState, to: Party, command: Say, at: int) -> tuple[Mark, ...]:
    """The marks of the turn so far: this message together with those before it since the other last spoke."""
    scenario = story.of(contact.id)
    now = situation(scenario, story.state, contact, to, at)
    rules = scenario.rules_at(area_of(contact), contact.party.step)
    message = Part(story.state.next_seq, command.text, command.recognised, command.voice)
    return mark_turn(rules, now, turn_so_far(contact, to, message))


def react(
    story: Story,
    contact_id: str,
    trigger: Trigger,
    at: int,
    *,
    marks: Sequence[Mark] = (),
    act: str = "",
    args: Sequence[tuple[str, str]] = (),
    only: Reply | None = None,
    interrupted: bool = False,
) -> None:
    """The other party takes what was said, done or left unsaid.

    All matching replies move the mood; an end whose condition holds comes first; else the first reply that says
    something or leads somewhere is followed. `only`: a silent or held reply whose time has come; `interrupted`: the
    turn began over the other's line, which has cost its mood already.
    """
    contact, scenario = story.contact(contact_id), story.of(contact_id)
    if contact.phase is not Phase.TALKING:
        return
    # Who waits on hold is the customer, also while a colleague is consulted or just being called.
    area = None if trigger == "held" or act == "consult" else area_of(contact)
    step = contact.customer.step if area is None else contact.party.step
    found = {mark.checkpoint: verdict_as_heard(mark) for mark in marks}
    candidates = scenario.replies_at(area, step) if only is None else (only,)
    matched = [
        r for r in candidates
        if (interrupted and r.interrupted and is_open(scenario, contact, r))
        or _matches(story, contact, r, trigger, found, act_names(act, args), timed=only is not None)
    ]  # fmt: skip
    decisive = next((r for r in matched if r.say or r.target), None)
    if decisive is None and trigger == "turn":
        fallback = next((r for r in candidates if r.otherwise is not None and is_open(scenario, contact, r)), None)
        if fallback is not None:
            matched.append(fallback)
            decisive = fallback
    if matched:
        names = tuple(reply_name(scenario, area, step, r) for r in matched)
        mood = (
            contact.mood
            if area is not None
            else _moved(contact.mood, sum(felt(scenario, contact, r.mood) for r in matched if not r.interrupted))
        )
        story.tell(CustomerReacted(trigger, names, contact.mood, mood), at, contact_id)
    if area is None and reach_end(story, contact_id, at):
        return
    if decisive is not None and act != "consult":
        silent = not decisive.say and decisive.target is not None and decisive.target not in scenario.doc.ends
        answer = next((r for r in matched if _gives(r)), None) if silent else None
        follow(story, contact_id, area, decisive, at, answer=answer)


def _gives(reply: Reply) -> bool:
    """Whether it only says the name or a datum that was asked for."""
    facts = {fact for line in reply.say for fact in (*reply.facts, *line.facts)}
    return reply.target is None and not facts.isdisjoint(("gives-name", "gives-data"))


def _moved(mood: int, delta: int) -> int:
    return max(0, min(100, mood + delta))


def _matches(
    story: Story,
    contact: ContactState,
    reply: Reply,
    trigger: Trigger,
    found: dict[str, str],
    acts: Sequence[str],
    *,
    timed: bool,
) -> bool:
    """Whether a reply's own trigger and conditions hold. `otherwise` never matches here: it is the fallback."""
    scenario = story.of(contact.id)
    if reply.otherwise is not None or not is_open(scenario, contact, reply):
        return False
    if timed:
        return True
    if trigger == "act":
        return not set(reply.act).isdisjoint(acts)
    if trigger != "turn" or reply.act or reply.interrupted or reply.is_timed:
        return False
    name = reply_name(scenario, area_of(contact), contact.party.step, reply)
    return (
        all(found.get(id) == Verdict.MET for id in reply.met)
        and all(found.get(id) not in (Verdict.MET, Verdict.UNCLEAR) for id in reply.not_)
        and all(found.get(id) == Verdict.MISSED for id in reply.missed)
        and (not reply.says or found.get(f"says:{name}") == Verdict.MET)
        and (not reply.unsaid or found.get(f"unsaid:{name}") != Verdict.MET)
    )


def is_open(scenario: Scenario, contact: ContactState, reply: Reply) -> bool:
    """Whether a reply may still match: not used up, and its `when` holds."""
    area = area_of(contact) if reply.held is None else None
    name = reply_name(scenario, area, contact.party.step if area is not None else contact.customer.step, reply)
    if reply.once and name in contact.replied:
        return False
    return reply.when is None or holds(scenario, contact, reply.when)


def holds(scenario: Scenario, contact: ContactState, condition: Condition) -> bool:
    """Whether all of a condition is so, in the contact as it stands."""
    party = contact.party
    compared = (
        (condition.mood, contact.mood),
        (condition.visits, party.visits.get(party.step, 0)),
        (condition.turns, party.turns),
        (condition.difficulty, contact.difficulty),
    )
    if not all(comparison is None or comparison.holds(value) for comparison, value in compared):
        return False
    wanted = ((condition.heard, contact.heard), (condition.done, contact.done), (condition.replied, contact.replied))
    if not all(there.issuperset(names) for names, there in wanted):
        return False
    if not (contact.heard.isdisjoint(condition.unheard) and contact.done.isdisjoint(condition.undone)):
        return False
    asks_for_words = condition.met or condition.unmet or condition.answered or condition.unanswered
    if not asks_for_words and condition.private is None:
        return True
    talk = as_heard(conversation(contact.events))
    if condition.private is not None and condition.private != talk.in_private:
        return False
    if not all(answered(talk, thing) for thing in condition.answered):
        return False
    if any(answered(talk, thing) for thing in condition.unanswered):
        return False

    def met(id: str) -> bool:
        return verdict_so_far(scenario.known[id], talk, name_known=scenario.doc.customer.known) == Verdict.MET

    return all(met(id) for id in condition.met) and not any(met(id) for id in condition.unmet)


def reach_end(story: Story, contact_id: str, at: int, *, default: str | None = None) -> bool:
    """Ends the contact by the first end whose condition holds, or by `default`, one of the channel's own ends."""
    contact = story.contact(contact_id)
    if contact.phase in (Phase.ENDING, Phase.AFTER):
        return True
    scenario = story.of(contact_id)
    ends = scenario.doc.ends
    for name, end in ends.items():
        if end.when is not None and holds(scenario, contact, end.when):
            end_contact(story, contact_id, name, end, at, by="agent" if default in _END_BY_ACT else "customer")
            return True
    if default is None:
        return False
    end = ends.get(default, End())
    end_contact(story, contact_id, default, end, at, by="agent" if default in _END_BY_ACT else "customer")
    return True


def end_contact(
    story: Story,
    contact_id: str,
    name: str,
    end: End,
    at: int,
    *,
    by: Literal["customer", "agent"],
    before: Line | None = None,
    facts: Sequence[str] = (),
) -> None:
    """The end is reached: its last line is said, in one breath with `before`, and when that is over the line goes
    dead; at once when nothing is said, the agent hung up or the customer waits on hold."""
    story.tell(EndReached(name, end.good, by), at, contact_id)
    contact = story.contact(contact_id)
    said = tuple(line for line in (before, _drawn(story, contact_id, end.say, f"end:{name}", 0)) if line is not None)
    if said and contact.done.isdisjoint(BREAKS_OFF) and contact.held_since is None:
        _say(story, contact_id, said, facts, at)
    else:
        story.tell(ContactEnded(name, by), at, contact_id)


def follow(
    story: Story, contact_id: str, area: str | None, reply: Reply, at: int, *, answer: Reply | None = None
) -> None:
    """Says a reply's line and goes where it leads: the line of the new step follows in the same breath. `answer`: what
    is said first where the reply itself says nothing, so that a name asked for beside something else is given."""
    contact = story.contact(contact_id)
    target, ends = reply.target, story.of(contact_id).doc.ends
    reply = answer or reply
    step = contact.customer.step if area is None else contact.party.step
    name = reply_name(story.of(contact_id), area, step, reply)
    times = sum(name in e.what.replies for e in contact.events if isinstance(e.what, CustomerReacted))
    first = _drawn(story, contact_id, reply.say, name, times)
    if target is None:
        if first is not None and reply.held is None:
            _say(story, contact_id, (first,), reply.facts, at)
    elif area is None and target in ends:
        end_contact(story, contact_id, target, ends[target], at, by="customer", before=first, facts=reply.facts)
    else:
        enter(story, contact_id, target, at, before=first, facts=reply.facts)


def speak_first(story: Story, contact_id: str, target: str, at: int) -> None:
    """The customer, whom nobody has greeted, goes on by themself to a step or an end."""
    contact = story.contact(contact_id)
    mood = _moved(contact.mood, felt(story.of(contact_id), contact, IGNORED_MOOD))
    story.tell(CustomerReacted("silent", (), contact.mood, mood), at, contact_id)
    ends = story.of(contact_id).doc.ends
    if target in ends:
        end_contact(story, contact_id, target, ends[target], at, by="customer")
    else:
        enter(story, contact_id, target, at)


def enter(
    story: Story, contact_id: str, step: str, at: int, *, before: Line | None = None, facts: Sequence[str] = ()
) -> None:
    """Enters a step and says its line, if it has one, after `before`."""
    contact = story.contact(contact_id)
    area = area_of(contact)
    visit = contact.party.visits.get(step, 0) + 1
    story.tell(StepEntered("customer" if area is None else "colleague", step, visit), at, contact_id)
    if area is None and contact.customer.step:
        _take_over(story, contact, step, at)
    lines = story.of(contact_id).steps_of(area)[step].customer
    chosen = _drawn(story, contact_id, lines, step if area is None else f"{area}/{step}", visit)
    said = tuple(line for line in (before, chosen) if line is not None)
    if said:
        _say(story, contact_id, said, facts, at)


def _take_over(story: Story, before: ContactState, step: str, at: int) -> None:
    """Whoever comes on the line at `step` in another's place has their own mood: the one in which they left it, else
    the scenario's. `before`: the contact before it entered the step."""
    scenario = story.of(before.id)
    speaker = scenario.speaker_at(step)
    if speaker == scenario.speaker_at(before.customer.step):
        return
    moods: dict[str, int] = {}
    on_line = ""
    for event in before.events:
        match event.what:
            case StepEntered(party="customer", step=entered):
                on_line = scenario.speaker_at(entered)
            case CustomerReacted(mood_to=mood):
                moods[on_line] = mood
            case _:
                pass
    own = moods.get(speaker, scenario.doc.customer.mood)
    if own != before.mood:
        story.tell(CustomerReacted("took-over", (), before.mood, own), at, before.id)


def _drawn(story: Story, contact_id: str, lines: Sequence[Line], what: str, visit: int) -> Line | None:
    if not lines:
        return None
    assert story.state.started is not None
    whose = what if contact_id == FIRST_CONTACT else f"{contact_id}:{what}"
    return lines[draw(story.state.started.seed, whose, visit, len(lines))]


def _say(story: Story, contact_id: str, lines: Sequence[Line], facts: Sequence[str], at: int) -> None:
    contact = story.contact(contact_id)
    doc, started = story.of(contact_id).doc, story.state.started
    assert started is not None
    text = " ".join(filled(doc, started.agent, wording_of(line, started)) for line in lines)
    ids = tuple(line.id for line in lines)
    if contact.consultation is not None:
        colleague = doc.colleague_of(contact.consultation.area)
        assert colleague is not None
        lasts = line_ms(text, _pace(story, contact, colleague.voice.rate))
        story.tell(ColleagueSpoke(ids, colleague.name, text, lasts), at, contact_id)
        return
    declared = tuple(sorted({*facts, *(fact for line in lines for fact in line.facts)}))
    speaker = story.of(contact_id).speaker_at(contact.customer.step)
    lasts = line_ms(text, _pace(story, contact, doc.voice_of(speaker).rate))
    before = contact.customer.spoken
    if before is not None and vocabulary_of(contact.channel).written:
        lasts += max(0, before.until_ms - at)  # who writes finishes the message before
    story.tell(CustomerSpoke(ids, text, declared, lasts, contact.mood, speaker), at, contact_id)


def wording_of(line: Line, started: AttemptStarted) -> str:
    """A line as it is said in this attempt."""
    return line.mild if line.mild is not None and started.intensity == "mild" else line.say


def filled(doc: ScenarioDocument, agent: str, text: str) -> str:
    """The text with the values of the situation that a line may name: `_agent`, `_company`, `_customer`."""
    first_name = next(iter(agent.split()), "")
    values = {"_agent": first_name, "_company": doc.company.name, "_customer": doc.customer.name}
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def _pace(story: Story, contact: ContactState, speaks: int) -> int:
    """Words a minute at which a line comes: as its speaker speaks, or as people type on the channel."""
    types = vocabulary_of(contact.channel).typed
    return pace(story.of(contact.id), contact, speaks) if types is None else types


def line_ms(text: str, rate: int) -> int:
    """How long a line lasts (ms): its words at `rate` words a minute, and a breath at each stop; 0: it is there at
    once."""
    if rate == 0:
        return 0
    words = len(text.split())
    breaths = sum(text.count(mark) for mark in ".!?…")
    return words * 60_000 // rate + breaths * 250 + 200
