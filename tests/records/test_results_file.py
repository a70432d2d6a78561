"""A results file goes from desk to desk: what is altered is named by its line, what is whole is taken in once."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import TercerTimbreError
from simulator.records.exchange import Taken
from simulator.records.results_file import Examined, Finding, examine
from simulator.records.store import Store
from simulator.records.values import Mode
from tests.records.cases import NOON, OTHER, PERSON, PROTOCOL, SCENARIO, events, later, stock
from tests.records.sealed import OTHER_SIGNER, SIGNER, finished, submitted

AT = NOON + timedelta(minutes=6)


@pytest.fixture
def other(tmp_path: Path) -> Store:
    """Another desk's store, empty."""
    return Store.open(tmp_path / "other" / "t.db")


def lines(store: Store) -> list[bytes]:
    return list(store.results(["a1", "a2", "a3"], "0.1.0"))


def wrong(found: list[bytes]) -> list[Finding]:
    """Everything that is wrong with a file."""
    all_of_it: list[Finding] = []
    for item in examine(found):
        all_of_it += [item] if isinstance(item, Finding) else item.findings
    return all_of_it


def taken(store: Store, found: list[bytes]) -> list[Taken]:
    return [store.take_in(item) for item in examine(found) if isinstance(item, Examined)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The lines of a file with two submitted attempts."""
    with Store.open(tmp_path_factory.mktemp("desk") / "t.db") as store:
        submitted(store, "a1", "a2")
        return lines(store)


def test_a_file_that_nobody_touched_is_whole(whole: list[bytes]) -> None:
    assert wrong(whole) == []
    kinds = [next(iter(json.loads(line))) for line in whole]
    assert kinds[:4] == ["results", "kind", "kind", "label"]
    assert kinds.count("attempt") == 2
    assert kinds.count("kind") == 2, "texts that attempts share are written once"
    assert json.loads(whole[-1]) == {"attempts": 2}


def test_practice_is_in_no_file(store: Store) -> None:
    new = finished(store)
    finished(store, later(new, "a2", minutes=20))
    store.seal("a1", SIGNER, AT)
    store.submit("a2", SIGNER, AT)
    told = b"".join(lines(store)).decode()
    assert '"attempt":"a2"' in told
    assert '"attempt":"a1"' not in told


def test_neither_names_nor_strangers_are_in_a_file(store: Store) -> None:
    submitted(store, "a1")
    told = b"".join(lines(store)).decode()
    assert PERSON.pseudonym in told
    assert PERSON.name not in told
    assert OTHER.pseudonym not in told


def put(old: str | bytes, new: str | bytes, only: int | None = None) -> Callable[[list[bytes]], list[bytes]]:
    """Puts other words into the lines, or into one of them (counted from 1)."""
    was, now = (text.encode() if isinstance(text, str) else text for text in (old, new))
    return lambda f: [line.replace(was, now) if only in (None, n) else line for n, line in enumerate(f, start=1)]


def without(words: bytes) -> Callable[[list[bytes]], list[bytes]]:
    return lambda f: [line for line in f if words not in line]


def only(*those: bytes) -> Callable[[list[bytes]], list[bytes]]:
    return lambda _f: list(those)


ALTERED: list[tuple[str, Callable[[list[bytes]], list[bytes]], str, int]] = [
    ("a word", put("n.º 5?", "n.º 6?"), "results-event", 11),
    ("a time", put(b'"at_ms":500', b'"at_ms":501'), "results-event", 11),
    ("a row left out", lambda f: f[:10] + f[11:], "results-gap", 11),
    ("rows changed over", lambda f: [*f[:10], f[11], f[10], *f[12:]], "results-gap", 11),
    ("the header", put(b'"difficulty":2', b'"difficulty":5'), "results-event", 6),
    ("the marks", put(b'"score":92}', b'"score":100}'), "results-card", 18),
    ("the marks' date", put(b'"card":{', b'"card":{"n":1,'), "results-card", 18),
    ("the seal", put(b'"score":92,"status"', b'"score":99,"status"'), "results-seal", 19),
    ("the scenario", put(b"duplicado", b"triplicado", only=2), "results-text", 2),
    ("what a text is", put(b'"kind":"scenario"', b'"kind":"0cenario"', only=2), "results-text", 2),
    ("the key", put(SIGNER.public.hex(), OTHER_SIGNER.public.hex()), "results-seal", 19),
    ("the end of the file", lambda f: f[:-1], "results-truncated", 36),
    ("half a line", lambda f: [*f[:10], f[10][:40]], "results-line", 11),
    ("no seal", without(b'"kind":"sealed"'), "results-seal", 19),
    ("not submitted", without(b'"submitted"'), "results-practice", 5),
    ("nothing", only(), "results-foreign", 1),
    ("another file", only(b"a,b,c\n"), "results-line", 1),
    ("other JSON", only(b'{"a":1}\n'), "results-foreign", 1),
    ("a later version", only(b'{"results":2}\n'), "results-newer", 1),
    ("deep nesting", lambda f: [f[0], b"[" * 100_000], "results-line", 2),
]


@pytest.mark.parametrize(("alter", "code", "line"), [row[1:] for row in ALTERED], ids=[row[0] for row in ALTERED])
def test_the_first_altered_line_is_named(
    whole: list[bytes], alter: Callable[[list[bytes]], list[bytes]], code: str, line: int
) -> None:
    assert wrong(alter(whole))[0] == Finding(line, code)


@given(st.data())
def test_no_altered_character_goes_unseen(whole: list[bytes], data: st.DataObject) -> None:
    assert not unseen(whole, data.draw(st.integers(0, len(whole) - 1)), data)


def unseen(whole: list[bytes], number: int, data: st.DataObject) -> bool:
    """Whether another character somewhere in a line would say something else, and nobody would notice."""
    text = whole[number].decode()
    at = data.draw(st.integers(0, len(text) - 2))
    new = text[:at] + data.draw(st.characters(codec="utf-8")) + text[at + 1 :]
    altered = [*whole[:number], new.encode(), *whole[number + 1 :]]
    value, before = None, json.loads(text)
    try:
        value = json.loads(new)
    except ValueError:
        return not wrong(altered)
    says_the_same = value == before and type(value) is type(before)
    about_the_maker = number == 0 or "label" in before  # the program's version and a desk's own name prove nothing
    return not (says_the_same or about_the_maker or wrong(altered))


def test_results_of_another_desk_are_taken_in_once(store: Store, other: Store) -> None:
    submitted(store, "a1", "a2")
    found = lines(store)
    with other:
        first = taken(other, found)
        assert [(item.attempt, item.how, item.unknown_keys) for item in first] == [
            ("a1", "new", (SIGNER.fingerprint,)),
            ("a2", "new", (SIGNER.fingerprint,)),
        ]
        assert [item.how for item in taken(other, found)] == ["known", "known"]
        assert other.events("a1") == [text for _, text in events(0, 12)]
        summary = other.attempt("a1")
        assert (summary.score, summary.result, summary.title) == (92, "passed", store.attempt("a1").title)
        assert other.text(summary.scenario_hash) == SCENARIO
        assert other.files(summary.protocol_hash) == PROTOCOL
        assert other.profiles() == [], "who practises elsewhere is not offered here"
        assert lines(other) == found, "and goes on from there unchanged"
        assert other.unsealed() == []


def test_a_key_is_known_once_somebody_vouched_for_it(store: Store, other: Store) -> None:
    submitted(store, "a1")
    found = lines(store)
    with other:
        with pytest.raises(TercerTimbreError, match="key-unknown"):
            other.enrol(SIGNER.fingerprint, "Puesto 4", AT)
        taken(other, found)
        other.enrol(SIGNER.fingerprint, "Puesto 4", AT)
        assert taken(other, found)[0].unknown_keys == ()
        assert [(key.label, key.enrolled_at) for key in other.desk_keys()] == [("Puesto 4", AT)]


def test_an_altered_attempt_is_refused_and_the_others_are_taken(store: Store, other: Store) -> None:
    submitted(store, "a1", "a2")
    found = put("n.º 5?", "n.º 6?", only=11)(lines(store))
    with other:
        assert [(item.attempt, item.how) for item in taken(other, found)] == [("a1", "refused"), ("a2", "new")]
        assert [item.id for item in other.attempts()] == ["a2"]


def test_what_was_submitted_later_grows_what_is_there(store: Store, other: Store) -> None:
    finished(store, mode=Mode.EXAM)
    store.seal("a1", SIGNER, AT)
    before = lines(store)
    store.submit("a1", SIGNER, AT)
    after = lines(store)
    with other:
        assert [item.how for found in (before, after, after, before) for item in taken(other, found)] == [
            "new", "grew", "known", "known",
        ]  # fmt: skip
        assert len(other.statements("a1")) == 2


def test_the_same_id_with_another_log_replaces_nothing(store: Store, other: Store) -> None:
    submitted(store, "a1")
    with other:
        new = replace(stock(other), seed=5)
        finished(other, new)
        other.submit("a1", OTHER_SIGNER, AT)
        (result,) = taken(other, lines(store))
        assert (result.how, [finding.code for finding in result.findings]) == ("refused", ["results-differs"])
        assert other.attempt("a1").seed == 5


def test_two_people_with_one_pseudonym_are_not_mixed(store: Store, other: Store) -> None:
    submitted(store, "a1")
    found = [line.replace(b'"person":"p1"', b'"person":"p9"') for line in lines(store)]
    assert wrong(found), "who it was is under the seal"
    with other:
        other.add_profile(replace(PERSON, id="p7"))
        (result,) = taken(other, lines(store))
        assert [finding.code for finding in result.findings] == ["results-pseudonym"]
