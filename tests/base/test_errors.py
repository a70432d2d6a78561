import pickle

import pytest

from simulator.errors import TercerTimbreError


def test_an_error_says_its_code_and_values() -> None:
    error = TercerTimbreError("file-unreadable", path="a.yaml", line=3)
    assert str(error) == "file-unreadable (path='a.yaml', line=3)"
    assert dict(error.args_) == {"path": "a.yaml", "line": 3}


def test_an_error_without_values_is_its_code() -> None:
    assert str(TercerTimbreError("unexpected")) == "unexpected"


def test_a_value_may_be_called_code() -> None:
    assert TercerTimbreError("unexpected", code="x").args_["code"] == "x"


def test_the_values_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        TercerTimbreError("unexpected", detail="x").args_["detail"] = "y"  # type: ignore[index]


def test_an_error_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(TercerTimbreError("file-unreadable", path="a.yaml")))
    assert (error.code, dict(error.args_)) == ("file-unreadable", {"path": "a.yaml"})
