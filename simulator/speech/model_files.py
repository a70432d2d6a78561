"""What a folder must hold to be a model: exactly what its recogniser reads. Nothing is loaded here.

Vosk 0.3.45 refuses a folder with one sentence that names no file, and *crashes* later where a graph cannot be read
(`fst::StdFst::Read` gives a null pointer that nobody checks); so the files are looked at before. The lists follow its
`src/model.cc` and, for PocketSphinx 5.1.1, what `ps_init` looks for in an acoustic model.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Kind = Literal["vosk", "pocketsphinx"]

_IVECTOR: Final = ("splice.conf", "online_cmvn.conf", "final.mat", "global_cmvn.stats", "final.dubm")
_RNNLM: Final = ("feat_embedding.final.mat", "word_feats.txt", "special_symbol_opts.conf")
_ACOUSTIC: Final = ("mdef", "means", "variances", "transition_matrices", "feat.params")
_ACOUSTIC_FOLDERS: Final = ("acoustic_model", "acoustic-model", ".")
_DICTIONARIES: Final = ("base_dictionary.txt", "*.dict", "*.dic")
_LANGUAGE_MODELS: Final = ("*.lm.bin", "*.lm.dmp", "*.lm")
_VOSK_MARKS: Final = (
    "am/final.mdl",
    "conf/model.conf",
    "graph",
    "final.mdl",
    "HCLG.fst",
    "HCLr.fst",
    "Gr.fst",
    "ivector",
)
_FST_MAGIC: Final = 2_125_659_606
_FST_HAS_OUTPUT_SYMBOLS: Final = 2
_NODE: Final = b"input-node name=ivector"
"""How a Kaldi network says, in the text at its beginning, that it needs the ivector files."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A file, named from the model's folder with `/`, that is not there (or empty), or is not what it should be."""

    file: str
    code: Literal["missing", "broken"]


@dataclass(frozen=True, slots=True)
class SphinxFiles:
    """What PocketSphinx is given of its folder."""

    acoustic: Path
    dictionary: Path
    language_model: Path | None
    """A general one, where the folder has it; otherwise one is made from what may be said."""


def kind_of(folder: Path) -> Kind | None:
    """Which recogniser's folder this is or was meant to be, whole or not; None when it looks like neither."""
    if any((folder / inside / name).is_file() for inside in _ACOUSTIC_FOLDERS for name in _ACOUSTIC):
        return "pocketsphinx"
    if any((folder / name).exists() for name in _VOSK_MARKS):
        return "vosk"
    if _acoustic(folder) != folder or _first(folder, _DICTIONARIES) is not None:
        return "pocketsphinx"
    return None


def faults(folder: Path) -> tuple[Fault, ...]:
    """What keeps the folder from being a model of its kind; empty when it is one. For a folder of neither kind: the
    files that a Vosk model has. Raises OSError when the folder cannot be read."""
    match kind_of(folder):
        case "pocketsphinx":
            return tuple(_sphinx_faults(folder))
        case _:
            return tuple(_vosk_faults(folder))


def missing_files(folder: Path) -> tuple[str, ...]:
    """The files of `faults`, by name."""
    return tuple(fault.file for fault in faults(folder))


def sphinx_files(folder: Path) -> SphinxFiles:
    """The parts of a whole PocketSphinx folder; FileNotFoundError names what is not there."""
    acoustic, dictionary = _acoustic(folder), _first(folder, _DICTIONARIES)
    for fault in _sphinx_faults(folder):
        raise FileNotFoundError(fault.file)
    assert dictionary is not None
    return SphinxFiles(acoustic, dictionary, _first(folder, _LANGUAGE_MODELS))


def _vosk_faults(folder: Path) -> Iterator[Fault]:
    """Vosk knows two layouts; the older one has everything in one folder and no `model.conf`."""
    flat = (folder / "final.mdl").is_file() and not (folder / "am" / "final.mdl").is_file()
    am, conf, graph = ("", "", "") if flat else ("am/", "conf/", "graph/")
    needed = [f"{am}final.mdl", *([] if flat else [f"{conf}model.conf"])]
    if flat or not _there(folder, f"{conf}fbank.conf"):
        needed.append(f"{conf}mfcc.conf")
    whole = _there(folder, f"{graph}HCLG.fst")
    graphs = [f"{graph}HCLG.fst"] if whole else [f"{graph}HCLr.fst", f"{graph}Gr.fst"]
    needed += graphs if whole else [*graphs, f"{graph}disambig_tid.int"]
    for name in needed:
        if not _there(folder, name):
            yield Fault(name, "missing")
    for name in graphs:
        if _there(folder, name) and _fst_flags(folder / name) is None:
            yield Fault(name, "broken")
    if not _there(folder, f"{graph}words.txt") and all(_there(folder, name) for name in graphs):
        flags = _fst_flags(folder / graphs[-1])
        if flags is not None and not flags & _FST_HAS_OUTPUT_SYMBOLS:
            yield Fault(f"{graph}words.txt", "missing")
    yield from _vosk_parts(folder, f"{am}final.mdl")


def _vosk_parts(folder: Path, network: str) -> Iterator[Fault]:
    """What needs company: an ivector extractor, a larger language model, a recurrent one."""
    ivector = _there(folder, "ivector/final.ie")
    wanted = ivector or any(_there(folder, f"ivector/{name}") for name in _IVECTOR)
    if not ivector and (wanted or (_there(folder, network) and _mentions(folder / network, _NODE))):
        wanted = True
        yield Fault("ivector/final.ie", "missing")
    companions = [f"ivector/{name}" for name in _IVECTOR] if wanted else []
    if _there(folder, "rescore/G.carpa"):
        companions.append("rescore/G.fst")
    if _there(folder, "rnnlm/final.raw"):
        companions += [f"rnnlm/{name}" for name in _RNNLM]
    for name in companions:
        if not _there(folder, name):
            yield Fault(name, "missing")


def _sphinx_faults(folder: Path) -> Iterator[Fault]:
    acoustic = _acoustic(folder)
    prefix = "" if acoustic == folder else f"{acoustic.name}/"
    for name in _ACOUSTIC:
        if not _there(acoustic, name):
            yield Fault(prefix + name, "missing")
    if not _there(acoustic, "sendump") and not _there(acoustic, "mixture_weights"):
        yield Fault(f"{prefix}sendump", "missing")
    for name in ("means", "variances", "transition_matrices"):
        if _there(acoustic, name) and _beginning(acoustic / name, 2) != b"s3":
            yield Fault(prefix + name, "broken")
    if _first(folder, _DICTIONARIES) is None:
        yield Fault(_DICTIONARIES[0], "missing")


def _acoustic(folder: Path) -> Path:
    """The folder of the acoustic model: the usual one, else the model's folder itself."""
    for name in _ACOUSTIC_FOLDERS:
        if any((folder / name / file).is_file() for file in _ACOUSTIC):
            return folder / name if name != "." else folder
    return next((folder / name for name in _ACOUSTIC_FOLDERS[:2] if (folder / name).is_dir()), folder)


def _first(folder: Path, patterns: tuple[str, ...]) -> Path | None:
    found = (file for pattern in patterns for file in sorted(folder.glob(pattern)) if _there(folder, file.name))
    return next(found, None)


def _there(folder: Path, name: str) -> bool:
    path = folder / name
    return path.is_file() and path.stat().st_size > 0


def _beginning(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _fst_flags(path: Path) -> int | None:
    """The flags of an OpenFst file's header; None when it is no such file."""
    head = _beginning(path, 256)
    try:
        magic, length = struct.unpack_from("<ii", head)
        if magic != _FST_MAGIC or not 0 < length < 64:
            return None
        at = 8 + length
        (length,) = struct.unpack_from("<i", head, at)
        if not 0 < length < 64:
            return None
        _version, flags = struct.unpack_from("<ii", head, at + 4 + length)
    except struct.error:
        return None
    return int(flags)


def _mentions(path: Path, words: bytes) -> bool:
    """Whether a file of any size holds these bytes."""
    kept = b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            if words in kept + piece:
                return True
            kept = piece[-len(words) :]
    return False
