"""Downloads that are cut, changed, refused: against a real server on the loopback interface."""

import email.message
import hashlib
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.errors import TercerTimbreError
from simulator.speech import downloading, unpacking
from simulator.speech.downloading import Downloaded, Progress, download, half
from tests.speech.model_folders import Site, served

DATA = bytes(i * i % 251 for i in range(300_000))
OTHER = bytes(reversed(DATA))


@pytest.fixture
def site() -> Iterator[Site]:
    with served(DATA) as made:
        yield made


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "downloads" / "x.part"


def fetch(site: Site, part: Path, progress: Progress | None = None, *, sha256: str | None = None) -> Downloaded:
    return download(site.url, part, progress=progress, sha256=sha256, timeout=5, pause=lambda _seconds: None)


def code_of(site: Site, part: Path, progress: Progress | None = None, *, sha256: str | None = None) -> str:
    with pytest.raises(TercerTimbreError) as caught:
        fetch(site, part, progress, sha256=sha256)
    return caught.value.code


def left(part: Path) -> list[str]:
    return sorted(path.name for path in part.parent.iterdir()) if part.parent.is_dir() else []


def cut_for_good(site: Site, part: Path, at: int = 100_000) -> None:
    """Leaves a half file, as a program that is killed does."""

    def stop(done: int, _total: int | None) -> bool:
        return done < at

    assert code_of(site, part, stop) == "download-cancelled"
    site.asked.clear()


def test_a_file_comes_whole_with_its_checksum_and_progress(site: Site, part: Path) -> None:
    told: list[tuple[int, int | None]] = []
    came = fetch(site, part, lambda done, total: told.append((done, total)))
    assert part.read_bytes() == DATA
    assert came == Downloaded(part, len(DATA), hashlib.sha256(DATA).hexdigest(), 0)
    assert told[0] == (0, len(DATA))
    assert told[-1] == (len(DATA), len(DATA))
    assert [done for done, _total in told] == sorted(done for done, _total in told)


def test_a_cut_is_mended_within_the_call(site: Site, part: Path) -> None:
    site.cuts = [100_000, 50_000]
    fetch(site, part)
    assert part.read_bytes() == DATA
    assert site.asked == [(None, None), ("bytes=100000-", '"one"'), ("bytes=150000-", '"one"')]


def test_cancelling_keeps_the_half_and_the_next_call_goes_on(site: Site, part: Path) -> None:
    cut_for_good(site, part)
    kept = part.stat().st_size
    assert 100_000 <= kept < len(DATA)
    assert half(part) == (kept, len(DATA))
    told: list[int] = []
    came = fetch(site, part, lambda done, _total: told.append(done))
    assert (part.read_bytes(), came.resumed_from, told[0]) == (DATA, kept, kept)
    assert site.asked == [(f"bytes={kept}-", '"one"')]


def test_a_file_that_changed_meanwhile_comes_from_its_beginning(site: Site, part: Path) -> None:
    cut_for_good(site, part)
    site.data, site.etag = OTHER, '"two"'
    came = fetch(site, part)
    assert (part.read_bytes(), came.resumed_from) == (OTHER, 0)


def test_a_server_that_lies_about_the_same_file_is_found_out(site: Site, part: Path) -> None:
    """The tag is the same, the length is not."""
    cut_for_good(site, part)
    site.data = OTHER[:-1000]
    fetch(site, part)
    assert part.read_bytes() == OTHER[:-1000]
    assert [asked for asked, _tag in site.asked][-1] is None


def test_another_address_does_not_go_on_with_the_half_of_the_first(site: Site, part: Path) -> None:
    cut_for_good(site, part)
    with served(OTHER) as mirror:
        fetch(mirror, part)
    assert part.read_bytes() == OTHER


@pytest.mark.parametrize(("ranges", "etag"), [(False, '"one"'), (True, None), (True, 'W/"weak"')])
def test_where_the_server_cannot_go_on_no_half_is_kept(site: Site, part: Path, ranges: bool, etag: str | None) -> None:
    site.ranges, site.etag = ranges, etag
    cut_for_good(site, part)
    assert left(part) == []
    site.cuts = [100_000]
    came = fetch(site, part)
    assert (part.read_bytes(), came.resumed_from) == (DATA, 0)
    assert all(wanted is None for wanted, _tag in site.asked)


def test_a_server_that_always_cuts_is_given_up(site: Site, part: Path) -> None:
    site.cuts = [100_000, *[0] * 10]
    assert code_of(site, part) == "download-cut"
    assert len(site.asked) == 1 + downloading.TRIES - 1
    assert half(part) == (100_000, len(DATA))
    site.cuts, site.ranges = [100_000] * 10, False
    assert code_of(site, part) == "download-cut-anew"
    assert left(part) == []


def test_a_length_that_is_never_reached_is_a_cut(site: Site, part: Path) -> None:
    site.wrong_length = 5
    assert code_of(site, part) == "download-cut-anew"
    assert left(part) == []


def test_more_than_announced_is_not_taken(site: Site, part: Path) -> None:
    site.wrong_length = -5
    assert fetch(site, part).bytes == len(DATA) - 5


def test_everything_was_there_already(site: Site, part: Path) -> None:
    fetch(site, part)
    site.asked.clear()
    came = fetch(site, part)
    assert (part.read_bytes(), came.resumed_from) == (DATA, len(DATA))
    assert site.asked == [(f"bytes={len(DATA)}-", '"one"')]


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_refusal_leaves_nothing(site: Site, part: Path, status: int) -> None:
    cut_for_good(site, part)
    site.status = status
    with pytest.raises(TercerTimbreError) as caught:
        fetch(site, part)
    assert (caught.value.code, caught.value.args_["status"]) == ("download-refused", status)
    assert left(part) == []


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_in_trouble_costs_nothing(site: Site, part: Path, status: int) -> None:
    cut_for_good(site, part)
    site.status = status
    assert code_of(site, part) == "download-refused"
    site.status = 200
    assert fetch(site, part).resumed_from >= 100_000
    assert part.read_bytes() == DATA


def test_nobody_at_the_address(part: Path) -> None:
    with served(DATA) as site:
        pass
    assert code_of(site, part) == "download-unreachable"
    assert left(part) == []


def test_a_known_checksum_is_checked(site: Site, part: Path) -> None:
    right = hashlib.sha256(DATA).hexdigest()
    assert fetch(site, part, sha256=right.upper()).sha256 == right
    site.data, site.etag = OTHER, '"two"'
    assert code_of(site, part, sha256=right) == "download-checksum"
    assert left(part) == []


def test_a_redirection_is_followed_but_not_into_the_machine(site: Site, part: Path) -> None:
    with served(b"") as first:
        first.status, first.location = 302, site.url
        fetch(first, part)
        assert part.read_bytes() == DATA
        first.location = "file:///etc/hostname"
        assert code_of(first, part) == "download-refused"


def test_no_redirection_leads_from_https_to_http() -> None:
    request = urllib.request.Request("https://example.org/x.zip")
    handler, headers = downloading._NoDowngrade(), email.message.Message()
    with pytest.raises(TercerTimbreError) as caught:
        handler.redirect_request(request, None, 302, "", headers, "http://example.org/x.zip")
    assert caught.value.code == "download-address"
    assert handler.redirect_request(request, None, 302, "", headers, "https://example.org/y.zip") is not None


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x/y.zip",
        "file:///tmp/y.zip",
        "x.zip",
        "http://",
        "http://a b/",
        "http://yo:clave@x/y",
        "http://[",
        "http://ñ/",
    ],
)
def test_odd_addresses_are_refused_before_anything_happens(part: Path, url: str) -> None:
    with pytest.raises(TercerTimbreError) as caught:
        download(url, part)
    assert caught.value.code == "download-address"
    assert not part.parent.exists()


def test_what_is_too_large_is_not_begun(site: Site, part: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "LARGEST_DOWNLOAD", len(DATA) - 1)
    assert code_of(site, part) == "download-too-large"
    assert left(part) == []


def test_a_disk_without_room_is_told_before_it_is_full(site: Site, part: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "_SPARE", 1 << 60)
    assert code_of(site, part) == "models-disk-full"
    assert not part.exists()


@pytest.mark.parametrize("companion", [b"", b"[]", b'{"url": 1}', b'{"url": "x", "validator": "a\\nb", "length": 3}'])
def test_a_damaged_companion_costs_a_new_beginning_only(site: Site, part: Path, companion: bytes) -> None:
    cut_for_good(site, part)
    (part.parent / "x.part.json").write_bytes(companion)
    assert fetch(site, part).resumed_from == 0
    assert part.read_bytes() == DATA


def test_the_companion_says_what_it_is_half_of(site: Site, part: Path) -> None:
    cut_for_good(site, part)
    found = json.loads((part.parent / "x.part.json").read_text("utf-8"))
    assert found == {"url": site.url, "validator": '"one"', "length": len(DATA)}
