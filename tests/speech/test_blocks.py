"""Whatever a device gives becomes what the listeners want."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulator.speech.blocks import Converter, Form
from simulator.speech.heard import RATE

SECONDS = 1.0


def in_form(sound: NDArray[np.float64], form: Form) -> bytes:
    spread = np.repeat(sound[:, np.newaxis], form.channels, axis=1)
    match form.sample:
        case "u1":
            return np.rint(spread * 127 + 128).astype("u1").tobytes()
        case "<i2":
            return np.rint(spread * 32767).astype("<i2").tobytes()
        case "<i4":
            return np.rint(spread * (2**31 - 1)).astype("<i4").tobytes()
        case _:
            return spread.astype("<f4").tobytes()


def chirp(rate: int) -> NDArray[np.float64]:
    """From 100 to 3,000 Hz: in the band of every rate."""
    moments = np.arange(round(rate * SECONDS)) / rate
    return np.asarray(0.5 * np.sin(2 * np.pi * (100 * moments + 1450 * moments**2)))


@given(
    st.sampled_from([8000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000]),
    st.integers(1, 3),
    st.sampled_from(["u1", "<i2", "<i4", "<f4"]),
    st.lists(st.integers(1, 9000), min_size=1, max_size=60),
)
@settings(max_examples=60, deadline=None)
def test_every_form_becomes_16_khz_mono_without_a_seam(rate: int, channels: int, sample: str, sizes: list[int]) -> None:
    data = in_form(chirp(rate), Form(rate, channels, sample))
    converter = Converter(Form(rate, channels, sample))
    got, at = b"", 0
    for size in sizes:
        got += converter.take(data[at : at + size])
        at += size
    got += converter.take(data[at:])
    given_samples = np.frombuffer(got, "<i2") / 32768
    # Two blocks of 40 ms are still wanted for the sound of the first.
    delay = 0 if rate == RATE else 2 * RATE // 25
    wanted = chirp(RATE)[: given_samples.size]
    assert RATE * SECONDS - given_samples.size in (0, delay // 2, delay)
    beginning = RATE // 20  # the very first block has no neighbour
    error = np.abs(given_samples - wanted)[beginning:]
    assert error.max() < (0.02 if sample == "u1" else 0.01)


def test_what_is_ours_already_is_not_touched() -> None:
    converter = Converter(Form(RATE, 1, "<i2"))
    assert Form(RATE, 1, "<i2").is_ours
    assert converter.take(b"\x01") == b""
    assert converter.take(b"\x02\x03\x04") == b"\x01\x02\x03\x04"


def test_too_loud_is_clipped_and_never_wraps() -> None:
    converter = Converter(Form(RATE, 1, "<f4"))
    assert np.frombuffer(converter.take(np.array([2.0, -2.0], "<f4").tobytes()), "<i2").tolist() == [32767, -32768]


@pytest.mark.parametrize("rate", [0, -16_000, 44_101])
def test_a_rate_that_nobody_has_is_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="samples a second"):
        Converter(Form(rate, 1, "<i2"))
