"""The scales: whole numbers in, a verdict with the words that weigh most out; a file of weights is read or refused."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.features import Feature
from simulator.language.text import read
from simulator.protocol.weighing import Column, Weights, WeightsError, read_weights, write_weights

COLUMNS = (
    Column("farewell", bias=-100, band=50, cases={"met": 400, "missed/absent": -100}),
    Column("welcome", bias=0, band=0, cases={}),
)
ROWS = {7: (100, -3), 11: (-20, 0), 2**32 - 1: (5, 127)}


def scales() -> Weights:
    hashes = struct.pack(f"<{len(ROWS)}I", *sorted(ROWS))
    matrix = b"".join(struct.pack("2b", *ROWS[hash]) for hash in sorted(ROWS))
    return read_weights(write_weights(COLUMNS, hashes, matrix, "a remark"))


def test_what_was_written_is_read() -> None:
    weights = scales()
    assert [column for _, column in weights.columns.values()] == list(COLUMNS)
    assert "welcome" in weights
    assert "apologise" not in weights


def test_a_score_is_the_sum_over_the_root_of_the_features_and_the_rule_s_case() -> None:
    weighed = scales().weigh([(7, 0, 1), (11, 1, 2), (99, 0, 1), (98, 1, 2)])
    words = (100 - 20) * 256 // 2  # four features: the root is 2
    assert weighed.score("farewell", "met") == words - 100 + 400
    assert weighed.score("farewell", "missed/absent") == words - 100 - 100
    assert weighed.score("farewell", "a case nobody saw in training") == words - 100


def test_what_is_said_twice_weighs_once() -> None:
    once, twice = scales().weigh([(7, 0, 1)]), scales().weigh([(7, 0, 1), (7, 3, 4)])
    assert once.score("farewell", "") == twice.score("farewell", "")


def test_only_the_lower_half_of_a_hash_counts() -> None:
    assert scales().weigh([(7 + (5 << 32), 0, 1)]).score("farewell", "") == 100 * 256 - 100


def test_nothing_known_leaves_the_bias() -> None:
    assert scales().weigh([]).score("farewell", "met") == 300
    assert scales().weigh([(1, 0, 1)]).score("welcome", "") == 0


def test_the_quotation_is_the_run_that_weighs_most_inside_one_sentence() -> None:
    reading = read("Ya quedó listo. Que tenga buen día, señora.")
    features: list[Feature] = [(11, 0, 2), (7, 3, 6), (2**32 - 1, 0, 1)]
    weighed = scales().weigh(features)
    assert weighed.deciding("farewell", reading, 1) == (3, 6)
    assert weighed.deciding("farewell", reading, -1) == (0, 2)
    assert weighed.deciding("welcome", reading, 1) == (0, 2)  # one word alone takes its neighbour along


def test_no_words_no_quotation() -> None:
    assert scales().weigh([(7, -1, -1)]).deciding("farewell", read("Hola"), 1) is None


@given(st.lists(st.tuples(st.integers(0, 2**64 - 1), st.integers(-1, 5), st.integers(-1, 7)), max_size=40))
def test_any_features_weigh_something_and_quote_inside_the_reply(found: list[Feature]) -> None:
    reading = read("Uno dos tres. Cuatro cinco.")
    weighed = scales().weigh([(hash, first, max(first + 1, last)) for hash, first, last in found])
    assert isinstance(weighed.score("farewell", "met"), int)
    place = weighed.deciding("farewell", reading, 1)
    assert place is None or 0 <= place[0] < place[1] <= len(reading.tokens)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json\nab",
        '{"version": 2, "checkpoints": []}\neNoDAAAAAAE=.eNoDAAAAAAE=',
        '{"version": 1, "checkpoints": [{"id": "x"}]}\neNoDAAAAAAE=.eNoDAAAAAAE=',
        '{"version": 1, "checkpoints": []}\nno base64!.eNoDAAAAAAE=',
        '{"version": 1, "checkpoints": []}\nYWJj.eNoDAAAAAAE=',
        '{"version": 1, "checkpoints": []}',
    ],
)
def test_what_is_no_file_of_weights_is_refused(text: str) -> None:
    with pytest.raises(WeightsError):
        read_weights(text)


def test_a_matrix_of_another_size_is_refused() -> None:
    with pytest.raises(WeightsError, match="2 features, 2 checkpoints, 3 weights"):
        read_weights(write_weights(COLUMNS, struct.pack("<2I", 1, 2), b"\x01\x02\x03", ""))
