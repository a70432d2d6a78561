"""The store: what is installed, from where, and that nothing is ever half installed."""

import builtins
import errno
import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from simulator.errors import TercerTimbreError
from simulator.speech import models, unpacking
from simulator.speech.models import CATALOGUE, ModelStore
from simulator.wording import render
from tests.speech.model_folders import SMALL, SPHINX, VOSK, Site, archive, lay_out, served

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "models" / "pocketsphinx-es"


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    data = archive(tmp_path / "served.zip", padding=400_000).read_bytes()
    with served(data) as made:
        yield made


def error(call: Callable[[], object]) -> TercerTimbreError:
    """The error, which can be worded."""
    with pytest.raises(TercerTimbreError) as caught:
        call()
    assert render(caught.value.code, caught.value.args_)
    return caught.value


def code(call: Callable[[], object]) -> str:
    return error(call).code


def inside(store: ModelStore) -> list[str]:
    """Everything in the store's folder, hidden things too; empty download folders aside."""
    if not store.folder.is_dir():
        return []
    return sorted(
        path.relative_to(store.folder).parts[0]
        for path in store.folder.iterdir()
        if path.name != ".downloads" or any(path.iterdir())
    )


def test_a_store_without_a_folder_is_empty(store: ModelStore) -> None:
    assert store.installed() == ()
    assert not store.folder.exists()


def test_a_folder_is_copied_and_listed(store: ModelStore, tmp_path: Path) -> None:
    source = lay_out(tmp_path / SMALL)
    made = store.install_folder(source)
    assert (made.name, made.kind, made.source, made.checksum, made.sha256) == (
        SMALL,
        "vosk",
        str(source),
        "unverified",
        "",
    )
    shutil.rmtree(source)
    assert store.installed() == (made,)
    assert store.find("es") == store.find(SMALL) == made
    assert made.path.joinpath("am/final.mdl").read_bytes() == VOSK["am/final.mdl"]
    assert made.bytes >= sum(map(len, VOSK.values()))
    assert inside(store) == [SMALL]


def test_a_folder_put_there_by_hand_counts(store: ModelStore) -> None:
    lay_out(store.folder / "mi-modelo", SPHINX)
    (store.folder / "otra-cosa").mkdir()
    (model,) = store.installed()
    assert (model.name, model.kind, model.source, model.faulty) == ("mi-modelo", "pocketsphinx", "", ())


@pytest.mark.parametrize(
    ("files", "lacking"),
    [(VOSK, "graph/Gr.fst"), (VOSK, "am/final.mdl"), (SPHINX, "acoustic_model/means"), (SPHINX, "base_dictionary.txt")],
)
def test_a_folder_that_lacks_a_file_is_refused_by_its_name(
    store: ModelStore, tmp_path: Path, files: dict[str, bytes], lacking: str
) -> None:
    refused = error(lambda: store.install_folder(lay_out(tmp_path / "m", files, without=lacking)))
    assert (refused.code, refused.args_["file"]) == ("model-lacks-file", lacking)
    assert lacking in render(refused.code, refused.args_)
    assert inside(store) == []


def test_a_folder_of_other_things_or_none_is_refused(store: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "fotos").mkdir()
    assert code(lambda: store.install_folder(tmp_path / "fotos")) == "model-unrecognised"
    assert code(lambda: store.install_folder(tmp_path / "nada")) == "model-not-found"
    assert code(lambda: store.install_zip(tmp_path / "nada.zip")) == "model-not-found"


@pytest.mark.parametrize(("top", "name"), [(f"{SMALL}/", SMALL), ("", "mi-copia"), ("a/b/", "b")])
def test_an_archive_holds_its_model_at_the_top_or_deeper(
    store: ModelStore, tmp_path: Path, top: str, name: str
) -> None:
    path = archive(tmp_path / "mi-copia.zip", top=top)
    made = store.install_zip(path)
    assert (made.name, made.kind, made.checksum) == (name, "vosk", "unverified")
    assert made.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert inside(store) == [name]


def test_an_archive_with_two_models_or_none_is_refused(store: ModelStore, tmp_path: Path) -> None:
    two = {f"{top}/{name}": data for top in ("uno", "dos") for name, data in VOSK.items()}
    assert code(lambda: store.install_zip(archive(tmp_path / "m.zip", two, top=""))) == "model-ambiguous"
    assert code(lambda: store.install_zip(archive(tmp_path / "n.zip", {"a.txt": b"a"}))) == "model-unrecognised"
    assert inside(store) == []


def test_an_archive_that_lacks_a_file_leaves_nothing(store: ModelStore, tmp_path: Path) -> None:
    files = {name: data for name, data in VOSK.items() if name != "conf/mfcc.conf"}
    refused = error(lambda: store.install_zip(archive(tmp_path / "m.zip", files)))
    assert (refused.code, refused.args_) == ("model-lacks-file", {"name": SMALL, "file": "conf/mfcc.conf"})
    assert inside(store) == []


def test_a_download_is_installed_with_the_sum_that_was_computed(store: ModelStore, site: Site) -> None:
    told: list[int] = []
    made = store.install("es", lambda done, _total: told.append(done), url=site.url)
    assert (made.name, made.source, made.checksum) == (SMALL, site.url, "unverified")
    assert made.sha256 == hashlib.sha256(site.data).hexdigest()
    assert told[-1] == len(site.data)
    assert store.installed() == (made,)
    assert inside(store) == [SMALL]


def test_a_download_that_was_cancelled_goes_on(store: ModelStore, site: Site) -> None:
    assert code(lambda: store.install("es", lambda done, _total: done < 200_000, url=site.url)) == "download-cancelled"
    assert store.installed() == ()
    there = store.half_done("es", url=site.url)
    assert there is not None
    assert 200_000 <= there[0] < there[1] == len(site.data)
    told: list[int] = []
    store.install("es", lambda done, _total: told.append(done), url=site.url)
    assert told[0] == there[0]
    assert [model.name for model in store.installed()] == [SMALL]
    assert store.half_done("es", url=site.url) is None


def test_a_sum_that_is_known_is_checked(store: ModelStore, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    right = hashlib.sha256(site.data).hexdigest()
    for sha256, outcome in (("0" * 64, "download-checksum"), (right, "verified")):
        known = MappingProxyType({"es": replace(CATALOGUE["es"], sha256=sha256)})
        monkeypatch.setattr(models, "CATALOGUE", known)
        if outcome == "verified":
            assert store.install("es", url=site.url).checksum == "verified"
        else:
            assert code(lambda: store.install("es", url=site.url)) == outcome
            assert inside(store) == []


def test_a_page_instead_of_an_archive_is_not_kept(store: ModelStore, site: Site) -> None:
    site.data = b"<html>Identificarse para usar la red</html>"
    assert code(lambda: store.install("es", url=site.url)) == "archive-broken"
    assert inside(store) == []


def test_what_is_installed_is_not_downloaded_again(store: ModelStore, site: Site) -> None:
    store.install("es", url=site.url)
    site.asked.clear()
    assert code(lambda: store.install("es", url=site.url)) == "model-exists"
    assert site.asked == []


def test_a_faulty_model_is_listed_as_such_and_replaced(store: ModelStore, site: Site) -> None:
    made = store.install("es", url=site.url)
    (made.path / "graph" / "HCLr.fst").unlink()
    assert [model.faulty for model in store.installed()] == [("graph/HCLr.fst",)]
    assert store.install("es", url=site.url).faulty == ()
    assert inside(store) == [SMALL]


def test_removing_by_name_or_id(store: ModelStore, tmp_path: Path) -> None:
    lay_out(store.folder / "uno", SPHINX)
    store.install_folder(lay_out(tmp_path / SMALL))
    store.remove("es")
    assert inside(store) == ["uno"]
    store.remove("uno")
    assert inside(store) == []
    for name in ("uno", "..", "../models", "", "."):
        assert code(lambda name=name: store.remove(name)) == "model-unknown"  # type: ignore[misc]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions stop")
def test_a_folder_that_may_not_be_written_is_told(store: ModelStore, tmp_path: Path) -> None:
    store.folder.mkdir()
    store.folder.chmod(0o500)
    try:
        assert code(lambda: store.install_folder(lay_out(tmp_path / SMALL))) == "file-unwritable"
    finally:
        store.folder.chmod(0o700)


def test_a_model_in_use_stays_whole(store: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = store.install_folder(lay_out(tmp_path / SMALL))

    def busy(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "in use", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", busy)
        assert code(lambda: store.remove(SMALL)) == "model-in-use"
    assert store.installed() == (made,)


def test_a_disk_that_fills_up_leaves_nothing(
    store: ModelStore, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`ENOSPC` at the first write of a model's file, wherever it comes from."""
    whole = archive(tmp_path / "m.zip")
    folder = lay_out(tmp_path / SMALL)
    real = io.open

    def full(file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if "final.mdl" in str(file) and str(store.folder) in str(file) and set(mode) & set("wx"):
            raise OSError(errno.ENOSPC, "No space left on device", str(file))
        return real(file, mode, *rest, **options)

    with monkeypatch.context() as patch:
        patch.setattr(io, "open", full)
        patch.setattr(builtins, "open", full)
        for install in (lambda: store.install_zip(whole), lambda: store.install_folder(folder)):
            assert code(install) == "models-disk-full"
            assert inside(store) == []
        assert code(lambda: store.install("es", url=site.url)) == "models-disk-full"
        assert inside(store) == [".downloads"]  # the download itself is whole: the next try only unpacks
    assert store.install("es", url=site.url).faulty == ()
    assert [asked for asked, _tag in site.asked] == [None, f"bytes={len(site.data)}-"]


def test_room_is_asked_for_before_anything_is_written(
    store: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "_SPARE", 1 << 60)
    assert code(lambda: store.install_zip(archive(tmp_path / "m.zip"))) == "models-disk-full"
    assert code(lambda: store.install_folder(lay_out(tmp_path / SMALL))) == "models-disk-full"
    assert inside(store) == []


def test_what_a_killed_installation_left_is_swept(store: ModelStore, tmp_path: Path) -> None:
    lay_out(store.folder / ".new-abc" / "m")
    lay_out(store.folder / ".new-young" / "m")
    lay_out(store.folder / ".old-m")
    os.utime(store.folder / ".new-abc", (0, 0))
    assert store.installed() == ()
    store.install_folder(lay_out(tmp_path / SMALL))
    assert inside(store) == [".new-young", SMALL]


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"needs the Spanish PocketSphinx model at {SHARED.name}")
def test_the_real_pocketsphinx_folder_is_installed(store: ModelStore) -> None:
    made = store.install_folder(SHARED)
    assert (made.name, made.kind, made.faulty) == ("pocketsphinx-es", "pocketsphinx", ())
    assert made.bytes > 4_000_000
    store.remove(made.name)
    assert inside(store) == []


def test_the_catalogue_makes_nothing_up() -> None:
    assert CATALOGUE["es"].url == f"https://alphacephei.com/vosk/models/{SMALL}.zip"
    assert CATALOGUE["es"].name == SMALL
    assert CATALOGUE["es"].sha256 is None
