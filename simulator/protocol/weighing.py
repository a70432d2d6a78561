"""The weighed model: for each checkpoint, how much each feature of a reply speaks for it or against it.

Rules are what authors write and read; no list of patterns holds all that agents say. So the shipped rules are joined by
a linear model over the features of `language.features` and the case by which the rule decided. It is trained from
`tests/replies` by `python -m tests.training`, which writes `assets/protocol/weights.txt`. All sums are of whole
numbers: the same reply gives the same verdict on every platform.

A verdict of the model quotes the words that weigh most. A scenario's own rules are never weighed.
"""

import base64
import binascii
import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from simulator.language.features import Feature
from simulator.language.text import Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = 1
LINE = 120
"""Letters of a line of the file."""
UNIT = 256
"""Of which a score of a single feature of weight 1 in a reply of one feature is."""
LEAST_QUOTED = 2
"""Words of a quotation, where the sentence has as many."""


@dataclass(frozen=True, slots=True)
class Column:
    """What is weighed for one checkpoint, in units of its own.

    `cases`: by the case in which the rule decided (`understanding.case_of`). `band`: a score above `-band` and not
    above 0 is unclear.
    """

    id: str
    bias: int
    band: int
    cases: Mapping[str, int]


def row_hash(found: Feature) -> int:
    """The half of a feature's hash by which its row is found."""
    return found[0] & 0xFFFFFFFF


class WeightsError(ValueError):
    """The file of weights is not one."""


class Weights:
    """All columns with their matrix: a row per feature, a column per checkpoint."""

    def __init__(self, columns: Sequence[Column], hashes: bytes, matrix: bytes) -> None:
        """`hashes`: of the rows, 32 bits each, little-endian, ascending; `matrix`: signed bytes, row by row."""
        self.columns = MappingProxyType({column.id: (index, column) for index, column in enumerate(columns)})
        self._bytes = (hashes, matrix)
        self._arrays: tuple[NDArray[np.uint32], NDArray[np.int8]] | None = None

    def __contains__(self, id: str) -> bool:
        return id in self.columns

    def _unpacked(self) -> "tuple[NDArray[np.uint32], NDArray[np.int8]]":
        """Made at the first reply, so that the first window does not wait for numpy."""
        if self._arrays is None:
            import numpy as np

            hashes, matrix = self._bytes
            self._arrays = (
                np.frombuffer(hashes, dtype="<u4"),
                np.frombuffer(matrix, dtype=np.int8).reshape(-1, len(self.columns)),
            )
        return self._arrays

    def weigh(self, features: Sequence[Feature]) -> "Weighed":
        """The features of a reply, with their weights for every checkpoint."""
        import numpy as np

        known, matrix = self._unpacked()
        hashes = np.array([row_hash(found) for found in features], dtype=np.uint32)
        distinct, back = np.unique(hashes, return_inverse=True)
        places = np.searchsorted(known, distinct)
        places[places == len(known)] = 0
        found = known[places] == distinct if len(known) else np.zeros(len(distinct), dtype=bool)
        rows = np.zeros((len(distinct), len(self.columns)), dtype=np.int32)
        rows[found] = matrix[places[found]]
        return Weighed(self, features, back.tolist(), rows)


class Weighed:
    """One reply on the scales."""

    def __init__(
        self, weights: Weights, features: Sequence[Feature], back: Sequence[int], rows: "NDArray[np.int32]"
    ) -> None:
        self._weights = weights
        self._features = features
        self._back = back
        """Per occurrence, its row."""
        self._rows = rows
        self._sums = rows.sum(axis=0)
        # Long replies have more features: what counts is how much they say on average, as in training.
        self._norm = isqrt(max(len(rows), 1) * UNIT * UNIT)

    def score(self, id: str, case: str) -> int:
        """Above 0: met. `case`: how the rule decided."""
        _, column = self._weights.columns[id]
        return self.words(id) + column.bias + column.cases.get(case, 0)

    def words(self, id: str) -> int:
        """What the words alone say, whatever is usual: above 0, they speak for the checkpoint."""
        index, _ = self._weights.columns[id]
        return int(self._sums[index]) * UNIT * UNIT // self._norm

    def deciding(self, id: str, reading: Reading, sign: int) -> tuple[int, int] | None:
        """Token positions, first and one after the last, of the words inside one sentence that weigh most for (1) or
        against (-1) a checkpoint; None where no word does."""
        index, _ = self._weights.columns[id]
        shares = [0] * len(reading.tokens)
        weights: list[int] = self._rows[:, index].tolist()
        for (_, first, last), row in zip(self._features, self._back, strict=True):
            weight = weights[row] * sign
            if weight and first >= 0:
                share = weight * UNIT // (self._occurrences[row] * (last - first))
                for position in range(first, min(last, len(shares))):
                    shares[position] += share
        best: tuple[int, int, int] | None = None
        for start, end in reading.sentences:
            found = _heaviest(shares[start:end])
            if found is not None and (best is None or found[0] > best[0]):
                best = (found[0], start + found[1], start + found[2])
        if best is None:
            return None
        return _wide_enough(reading, best[1], best[2])

    @cached_property
    def _occurrences(self) -> Counter[int]:
        """How often each row's feature stands in the reply."""
        return Counter(self._back)


def _heaviest(shares: Sequence[int]) -> tuple[int, int, int] | None:
    """The run with the greatest sum above 0: the sum, its first place and the one after its last."""
    best: tuple[int, int, int] | None = None
    total = start = 0
    for place, share in enumerate(shares):
        if total <= 0:
            total, start = 0, place
        total += share
        if total > 0 and (best is None or total > best[0]):
            best = (total, start, place + 1)
    return best


def _wide_enough(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """One word alone reads badly as a quotation: the next one, or the one before, joins it."""
    while end - start < LEAST_QUOTED:
        if end < len(reading.tokens) and reading.sentence[end] == reading.sentence[start]:
            end += 1
        elif start and reading.sentence[start - 1] == reading.sentence[start]:
            start -= 1
        else:
            break
    return start, end


def read_weights(text: str) -> Weights:
    """Read the file that training wrote. Errors: `WeightsError`, with what is wrong."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    try:
        header: dict[str, Any] = json.loads(lines[0])
        if header["version"] != VERSION:
            raise WeightsError(f"version {header['version']}")
        columns = [
            Column(str(c["id"]), int(c["bias"]), int(c["band"]), MappingProxyType(dict(c["cases"])))
            for c in header["checkpoints"]
        ]
        parts = "".join(lines[1:]).split(".")
        hashes, matrix = (zlib.decompress(base64.b64decode(part, validate=True)) for part in parts)
    except (LookupError, TypeError, ValueError, binascii.Error, zlib.error) as e:
        raise WeightsError(str(e)) from e
    if len(hashes) // 4 * len(columns) != len(matrix):
        raise WeightsError(f"{len(hashes) // 4} features, {len(columns)} checkpoints, {len(matrix)} weights")
    return Weights(columns, hashes, matrix)


def write_weights(columns: Sequence[Column], hashes: bytes, matrix: bytes, note: str) -> str:
    """The text of the file. `hashes`: little-endian 32-bit, ascending; `matrix`: signed bytes, a row per feature."""
    header = {
        "version": VERSION,
        "checkpoints": [
            {"id": column.id, "bias": column.bias, "band": column.band, "cases": dict(column.cases)}
            for column in columns
        ],
    }
    packed = ".".join(base64.b64encode(zlib.compress(part, 9)).decode("ascii") for part in (hashes, matrix))
    lines = [packed[start : start + LINE] for start in range(0, len(packed), LINE)]
    remarks = [f"# {line}" for line in note.splitlines()]
    return "\n".join([*remarks, json.dumps(header, sort_keys=True), *lines]) + "\n"
