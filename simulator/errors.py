"""The errors that this program raises on purpose: a code and its values, worded by the shells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class TercerTimbreError(Exception):
    """A failure that a person can do something about.

    The error carries facts, not prose: shells show `wording.render(error.code, error.args_)`, logs show `str(error)`.
    (`args` is taken by `BaseException`, hence `args_`.)
    """

    def __init__(self, code: str, /, **args: str | int) -> None:
        super().__init__(code)
        self.code = code
        self._args = args

    @property
    def args_(self) -> Mapping[str, str | int]:
        """The values that the wording of `code` is filled with."""
        return MappingProxyType(self._args)

    def __str__(self) -> str:
        if not self._args:
            return self.code
        return f"{self.code} ({', '.join(f'{name}={value!r}' for name, value in self._args.items())})"
