"""Programs of the system that some proofs need: where one is missing the proof is skipped, but never in CI."""

import os
import shutil

import pytest


def needed(*names: str) -> str:
    """The path of the first of these programs that is there."""
    for name in names:
        if (path := shutil.which(name)) is not None:
            return path
    said = f"needs {' or '.join(names)}"
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)
