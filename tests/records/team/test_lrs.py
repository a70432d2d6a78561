"""Statements arrive at a real learning record store once, whatever is repeated, and a refusal is told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from simulator.errors import TercerTimbreError
from simulator.records.results_file import Examined, examine
from simulator.records.reviews import Override
from simulator.records.store import Store
from simulator.records.table import Filter
from simulator.records.team.lrs import Lrs, says, sync_lrs
from simulator.records.team.syncing import reach
from simulator.records.team.targets import Target
from simulator.records.xapi import xapi_statements
from tests.records import lrs
from tests.records.reviewed import LATER, TRAINER
from tests.records.team.desks import SOFTWARE, desk


def real(test: Callable[..., None]) -> Callable[..., None]:
    """A test against the real store."""
    reason = "uv, which fetches the record store, is not installed"
    marked: Callable[..., None] = pytest.mark.slow(pytest.mark.skipif(not lrs.there(), reason=reason)(test))
    return marked


def sent(store: Store) -> list[dict]:  # type: ignore[type-arg]
    return list(xapi_statements(store.mark_rows(store.results_table(Filter()))))


class Real:
    """A real store, and its address as a target."""

    def __init__(self, running: lrs.Lrs) -> None:
        self.running = running
        self.target = Target("lrs", running.url.replace("//", f"//{lrs.USER}@"), lrs.PASSWORD)

    def held(self) -> dict[str, dict]:  # type: ignore[type-arg]
        """By id, all that it holds, however many pages that is."""
        _status, answer = self.running.call("GET", "?limit=1000")
        assert not answer.get("more")
        found = {statement["id"]: statement for statement in answer["statements"]}
        assert len(found) == len(answer["statements"])
        return found


@pytest.fixture(scope="module")
def real_lrs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    with lrs.running(tmp_path_factory.mktemp("lrs")) as running:
        yield Real(running)


@real
def test_statements_arrive_once_and_as_they_are(real_lrs: Real, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 23) as store:
        wanted = sent(store)
        assert sync_lrs(store, real_lrs.target).sent == 23
        held = real_lrs.held()
        assert held.keys() == {statement["id"] for statement in wanted}
        assert all(says(held[statement["id"]], statement) for statement in wanted)
        assert store.waiting(real_lrs.target.address) == []
        assert sync_lrs(store, real_lrs.target).sent == 0
        with store._write() as connection:  # a run that was killed before it noted anything
            connection.exec_driver_sql("DELETE FROM outbox")
        assert sync_lrs(store, real_lrs.target).refused == ()
        assert real_lrs.held() == held
        store.backup(tmp_path / "trainer.db")
        with Store.open(tmp_path / "trainer.db") as trainer:
            trainer.review("a-3", Override(1, "met", "Se oye en la grabación."), TRAINER, LATER)
            (reviewed,) = [item for item in examine(trainer.results(["a-3"], SOFTWARE)) if isinstance(item, Examined)]
        store.take_in(reviewed)
        sync_lrs(store, real_lrs.target)  # nobody has vouched for the reviewer: it does not count yet
        assert real_lrs.held() == held
        store.enrol(TRAINER.signer.fingerprint, "Rosa", LATER)
        assert (sync_lrs(store, real_lrs.target).sent, store.waiting(real_lrs.target.address)) == (1, [])
        assert real_lrs.held().keys() == {statement["id"] for statement in sent(store)} > held.keys()


@real
def test_another_statement_under_the_same_id_is_told(real_lrs: Real, tmp_path: Path) -> None:
    with desk(tmp_path / "b.db", 2, name="b") as store:
        other = deepcopy(sent(store)[1])
        other["result"]["score"]["raw"] = 12
        assert real_lrs.running.call("POST", body=[other])[0] == 200
        report = sync_lrs(store, real_lrs.target)
        assert (report.sent, [taken.attempt for taken in report.refused]) == (1, ["b-0"])
        assert report.refused[0].findings[0].code == "lrs-differs"
        assert store.waiting(real_lrs.target.address) == ["b-0"]


@real
def test_a_wrong_password_is_told(real_lrs: Real, tmp_path: Path) -> None:
    reach(real_lrs.target)
    wrong = Target("lrs", real_lrs.target.address, "nunca-fue")
    with desk(tmp_path / "a.db", 1) as store, pytest.raises(TercerTimbreError) as error:
        sync_lrs(store, wrong)
    assert error.value.code == "lrs-login"
    assert "nunca-fue" not in str(error.value)


Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


@contextmanager
def answering(answer: Answer) -> Iterator[Target]:
    """A twin of a record store that answers as it is told, on loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))))

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    twin = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=twin.serve_forever)
    thread.start()
    try:
        yield Target("lrs", f"http://desk@127.0.0.1:{twin.server_port}/xAPI", "secret")
    finally:
        twin.shutdown()
        twin.server_close()
        thread.join()


def status(number: int, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, _body: bytes) -> None:
        handler.send_response(number)
        for name, value in {"Content-Length": "0", **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()

    return answer


@pytest.mark.parametrize(
    ("number", "code"),
    [(401, "lrs-login"), (403, "lrs-login"), (429, "lrs-unreachable"), (503, "lrs-unreachable"), (302, "lrs-failed")],
)
def test_a_store_that_takes_nothing_now_gets_it_later(tmp_path: Path, number: int, code: str) -> None:
    elsewhere = {"Location": "http://127.0.0.1:1/"} if number == 302 else {}
    with desk(tmp_path / "a.db", 1) as store, answering(status(number, **elsewhere)) as target:
        with pytest.raises(TercerTimbreError, match=code):
            sync_lrs(store, target)
        assert store.waiting(target.address) == ["a-0"]


def test_an_attempt_that_a_store_refuses_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 3) as store:
        unwanted = sent(store)[0]["id"].encode()

        def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
            status(400 if unwanted in body else 200)(handler, body)

        with answering(answer) as target:
            report = sync_lrs(store, target)
        assert (report.sent, [taken.attempt for taken in report.refused]) == (2, ["a-0"])
        assert report.refused[0].findings[0].code == "lrs-refuses"


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 1) as store, pytest.raises(TercerTimbreError, match="lrs-unreachable"):
        sync_lrs(store, Target("lrs", "http://desk@127.0.0.1:1/xAPI", "secret"))


def test_a_held_statement_may_say_more_and_write_a_moment_otherwise() -> None:
    ours = {"id": "1", "timestamp": "2026-05-04T12:05:00.250Z", "result": {"score": {"raw": 92}}, "list": [{"a": 1}]}
    held = {**ours, "timestamp": "2026-05-04T12:05:00.25+00:00", "stored": "now", "list": [{"a": 1, "b": 2}]}
    assert says(held, ours)
    assert not says({**held, "result": {"score": {"raw": 93}}}, ours)
    assert not says({**held, "list": []}, ours)
    assert not says({key: value for key, value in held.items() if key != "result"}, ours)


def test_the_password_goes_to_its_own_address_only() -> None:
    with Lrs(Target("lrs", "https://desk@lrs.example/xAPI", "secret")) as found:
        assert found._url == "https://lrs.example/xAPI/statements"
        assert found._session.verify is True
