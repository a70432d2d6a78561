"""What is taken for a model and what is not; that Vosk itself refuses what is refused here."""

import os
from pathlib import Path

import pytest

from simulator.speech.model_files import Fault, faults, kind_of, missing_files, sphinx_files
from tests.speech.model_folders import SPHINX, VOSK, fst, lay_out

OPTIONAL = {"README", "graph/phones/word_boundary.int"}
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "models" / "pocketsphinx-es"


def test_whole_folders_have_no_fault(tmp_path: Path) -> None:
    vosk, sphinx = lay_out(tmp_path / "v"), lay_out(tmp_path / "s", SPHINX)
    assert (kind_of(vosk), faults(vosk)) == ("vosk", ())
    assert (kind_of(sphinx), faults(sphinx)) == ("pocketsphinx", ())


@pytest.mark.parametrize("name", sorted(VOSK.keys() - OPTIONAL))
def test_each_file_of_a_vosk_model_is_missed(tmp_path: Path, name: str) -> None:
    assert missing_files(lay_out(tmp_path, without=name)) == (name,)


@pytest.mark.parametrize("name", sorted(SPHINX))
def test_each_file_of_a_pocketsphinx_model_is_missed(tmp_path: Path, name: str) -> None:
    folder = lay_out(tmp_path, SPHINX, without=name)
    assert kind_of(folder) == "pocketsphinx"
    assert missing_files(folder) == (name,)


def test_what_vosk_can_do_without_is_not_missed(tmp_path: Path) -> None:
    for name in OPTIONAL:
        assert missing_files(lay_out(tmp_path / name.replace("/", "-"), without=name)) == ()


def test_an_empty_file_is_missed_and_a_page_instead_of_a_graph_is_broken(tmp_path: Path) -> None:
    lay_out(tmp_path, {**VOSK, "conf/model.conf": b"", "graph/Gr.fst": b"<html>Not found</html>"})
    assert faults(tmp_path) == (Fault("conf/model.conf", "missing"), Fault("graph/Gr.fst", "broken"))


def test_words_are_needed_where_the_graph_has_none(tmp_path: Path) -> None:
    lay_out(tmp_path, {**VOSK, "graph/Gr.fst": fst(flags=1)})
    assert missing_files(tmp_path) == ("graph/words.txt",)
    (tmp_path / "graph" / "words.txt").write_text("hola 1\n", "utf-8")
    assert missing_files(tmp_path) == ()


def test_a_large_graph_needs_no_parts(tmp_path: Path) -> None:
    for_parts = ("graph/HCLr.fst", "graph/Gr.fst", "graph/disambig_tid.int")
    lay_out(tmp_path, {name: data for name, data in VOSK.items() if name not in for_parts} | {"graph/HCLG.fst": fst()})
    assert missing_files(tmp_path) == ()


def test_a_network_that_needs_no_ivectors_comes_without(tmp_path: Path) -> None:
    plain = {name: data for name, data in VOSK.items() if not name.startswith("ivector/")}
    assert missing_files(lay_out(tmp_path / "needs", plain))[0] == "ivector/final.ie"
    assert missing_files(lay_out(tmp_path / "not", {**plain, "am/final.mdl": b"\0B<TransitionModel>"})) == ()


def test_the_older_flat_layout_is_a_model_too(tmp_path: Path) -> None:
    flat = {
        "final.mdl": b"\0B", "mfcc.conf": b"-", "HCLr.fst": fst(), "Gr.fst": fst(), "disambig_tid.int": b"1",
    }  # fmt: skip
    assert missing_files(lay_out(tmp_path / "whole", flat)) == ()
    assert missing_files(lay_out(tmp_path / "less", flat, without="mfcc.conf")) == ("mfcc.conf",)


def test_a_folder_of_other_things_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "notas.txt").write_text("hola", "utf-8")
    assert kind_of(tmp_path) is None
    assert "am/final.mdl" in missing_files(tmp_path)


@pytest.mark.parametrize("name", ["am/final.mdl", "conf/model.conf", "conf/mfcc.conf"])
def test_vosk_refuses_what_is_refused_here(tmp_path: Path, name: str) -> None:
    """Measured with the library itself: no model loads without these (it needs no sound network to say so)."""
    vosk = pytest.importorskip("vosk") if not os.environ.get("CI") else __import__("vosk")
    vosk.SetLogLevel(-1)
    with pytest.raises(Exception, match="Failed to create a model"):
        vosk.Model(str(lay_out(tmp_path, without=name)))


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"needs the Spanish PocketSphinx model at {SHARED.name}")
def test_the_models_of_pocketsphinx_are_whole() -> None:
    assert faults(SHARED) == ()
    files = sphinx_files(SHARED)
    assert (files.acoustic.name, files.dictionary.name) == ("acoustic_model", "base_dictionary.txt")


def test_a_faulty_folder_has_no_files_to_give(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="acoustic_model/means"):
        sphinx_files(lay_out(tmp_path, SPHINX, without="acoustic_model/means"))
