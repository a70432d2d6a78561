"""The sound server of the speech room's tests serves whole calls, too."""

from tests.speech.conftest import microphone_server

__all__ = ["microphone_server"]
