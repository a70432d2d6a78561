"""What the YAML parser's complaint means to the author, and how to read on in spite of it.

The parser stops at its first error and speaks of tokens. Here the place and the text around it decide what most likely
happened; where that is clear the line is mended, so that the next mistake is found in the same pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from simulator.source.compose import Composed
from simulator.source.diagnostics import Diagnostic, Severity
from simulator.source.nodes import Scalar, Style
from simulator.source.oddities import ODD_DASH
from simulator.source.raw import Raw

# `- - key: ` up to where the value starts; quoted keys too.
_BEFORE_VALUE = re.compile(r"""\s*(?:-\s+)*(?P<key>(?:"[^"]*"|'[^']*'|[^\s:#\[\]{},"'][^:#]*?)\s*:\s+)?""")
_KEY_GLUED = re.compile(r"(?:-\s+)*(?P<key>[\w-]+):(?=\S)")
_STRUCTURE = re.compile(r"(?:-\s|[\w-]+:(?:\s|$))")
_BRACKETS = re.compile(r"""(?P<open>(?<![^\s\[{,:])[\[{])|(?P<close>[\]}])|"[^"]*"|'[^']*'""")
_CLOSERS = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A syntax error in the author's terms. `mended` is the text to go on with, None when there is no telling."""

    diagnostic: Diagnostic
    mended: Raw | None = None
    faithful: bool = True
    """The mended text says what the author meant. If not, it serves to find more mistakes, and no tree comes of it."""


def explain(composed: Composed, raw: Raw) -> Fault:
    """The fault behind the syntax error that ended a composition."""
    error = composed.syntax_error
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or "")
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        return Fault(Diagnostic("yaml-syntax", Severity.ERROR, raw.span(0, 0), {"problem": problem or "?"}))
    context = error.context_mark or mark
    case = _Case(raw, composed, problem, mark.line, mark.column, context.line, context.column)
    complaint = f"{error.context or ''}: {problem}"
    for pattern, reading in _READINGS:
        if pattern.search(complaint):
            return reading(case)
    return case.fault("yaml-syntax", problem=problem)


@dataclass(frozen=True, slots=True)
class _Case:
    """A complaint: where the parser gave up, and where the thing began that it was reading (lines, columns from 0)."""

    raw: Raw
    composed: Composed
    problem: str
    line: int
    column: int
    start_line: int
    start_column: int

    @property
    def text(self) -> str:
        return self.text_of(self.line)

    @property
    def before(self) -> str:
        return self.text[: self.column]

    def text_of(self, line: int) -> str:
        return self.raw.lines[line] if line < len(self.raw.lines) else ""

    def character(self, line: int, column: int) -> str:
        return self.text_of(line)[column : column + 1]

    def fault(self, code: str, line: int | None = None, column: int | None = None, **args: str) -> Fault:
        """A fault at a place (where the parser gave up, by default), to the end of its line, with no mend yet."""
        at_line = self.line if line is None else line
        at_column = self.column if column is None else column
        span = self.raw.span(at_line, at_column, max(at_column, len(self.text_of(at_line).rstrip())))
        return Fault(Diagnostic(code, Severity.ERROR, span, args))

    def rewritten(self, fault: Fault, line: int, text: str, *, faithful: bool = True) -> Fault:
        """The fault with the line that mends it, if there is such a line."""
        if line >= len(self.raw.lines) or self.raw.lines[line] == text:
            return fault
        return Fault(fault.diagnostic, self.raw.mended({line: text}), faithful)

    def quoted(self, fault: Fault, line: int, column: int) -> Fault:
        """Mended by quoting the value that begins at a place, as the message advises."""
        text = self.text_of(line)
        value = text[column:].rstrip()
        if self.composed.flow or _open_bracket(text[:column]) is not None:
            value = re.split(r"[,\]}]", value, maxsplit=1)[0].rstrip() or value
        escaped = value.replace("'", "''")
        return self.rewritten(fault, line, f"{text[:column]}'{escaped}'{text[column + len(value) :]}")

    def blanked(self, fault: Fault, line: int) -> Fault:
        """Read on without the line."""
        return self.rewritten(fault, line, "", faithful=False)

    def value_column(self, line: int) -> int | None:
        """Where the value of `key: value` begins on a line, or None when the line has no key."""
        found = _BEFORE_VALUE.match(self.text_of(line))
        return found.end() if found and found.group("key") else None

    def quoted_before(self) -> Scalar | None:
        """The quoted text that ends just before the parser gave up."""
        last = self.composed.last_text
        if last is None or last.style not in (Style.SINGLE, Style.DOUBLE):
            return None
        end = last.span.end
        return last if (end.line - 1, end.column - 1) == (self.line, len(self.before.rstrip())) else None


def _bad_start(case: _Case, line: int, column: int) -> Fault:
    """A text that begins with a character that YAML keeps for itself."""
    mark = case.character(line, column)
    return case.quoted(case.fault("yaml-forbidden-start", line, column, mark=mark), line, column)


def _start_here(case: _Case) -> Fault:
    if case.character(case.line, case.column) == "\t":
        return _tab(case)
    return _bad_start(case, case.line, case.column)


def _start_of_context(case: _Case) -> Fault:
    return _bad_start(case, case.start_line, case.start_column)


def _tab(case: _Case) -> Fault:
    text = case.text
    body = text.lstrip(" \t")
    meant = text[: len(text) - len(body)].replace("\t", "  ") + body
    if meant == text:
        meant = text[: case.column] + text[case.column :].replace("\t", " ", 1)
    return case.rewritten(case.fault("yaml-tab"), case.line, meant)


def _directive(case: _Case) -> Fault:
    line = case.start_line if case.character(case.start_line, 0) == "%" else case.line
    return case.blanked(case.fault("yaml-directive", line, 0), line)


def _tag(case: _Case) -> Fault:
    word = case.text_of(case.start_line)[case.start_column :].split(" ", 1)[0]
    fault = case.fault("yaml-tag", case.start_line, case.start_column, tag=word)
    return case.quoted(fault, case.start_line, case.start_column)


def _unclosed_quote(case: _Case, line: int, column: int) -> Fault:
    quote = case.character(line, column)
    fault = case.fault("yaml-unclosed-quote", line, column, quote=quote)
    text = case.text_of(line).rstrip()
    end = len(text.rstrip("]},")) if _open_bracket(text[:column]) is not None else len(text)
    return case.rewritten(fault, line, f"{text[:end]}{quote}{text[end:]}")


def _endless_quote(case: _Case) -> Fault:
    return _unclosed_quote(case, case.start_line, case.start_column)


def _escape(case: _Case) -> Fault:
    column = max(case.text.rfind("\\", 0, case.column + 1), 0)
    fault = case.fault("yaml-unknown-escape", column=column, escape=case.text[column : column + 2])
    return case.rewritten(fault, case.line, f"{case.text[:column]}\\{case.text[column:]}")


def _second_colon(case: _Case) -> Fault:
    """A colon where no key can stand: in a sentence, on a line too far right, or because one above has none."""
    quoted = case.quoted_before()
    if quoted and quoted.span.start.line != quoted.span.end.line:
        return _unclosed_quote(case, quoted.span.start.line - 1, quoted.span.start.column - 1)
    if ODD_DASH.match(case.text, _indent(case.text)):
        return _odd_dash(case, case.line, _indent(case.text))
    value = case.value_column(case.line)
    if value is not None and value <= case.column:
        return case.quoted(case.fault("yaml-colon-in-text"), case.line, value)
    last = case.composed.last_text
    first_line = last.span.start.line - 1 if last else case.line
    if last is None or first_line == case.line:
        indent = len(case.text) - len(case.text.lstrip())
        return case.quoted(case.fault("yaml-colon-in-text"), case.line, indent)
    before = case.value_column(first_line)
    under_a_key = before is not None and before <= last.span.start.column - 1
    if under_a_key or case.text.lstrip().startswith("- "):
        return _misaligned(case, _indent(case.text_of(first_line)))
    return _no_colon(case, first_line, last.span.start.column - 1)


def _no_colon_in_context(case: _Case) -> Fault:
    return _no_colon(case, case.start_line, case.start_column)


def _no_colon(case: _Case, line: int, column: int) -> Fault:
    text = case.text_of(line)
    if ODD_DASH.match(text, column):
        return _odd_dash(case, line, column)
    glued = _KEY_GLUED.match(text, column)
    if glued:
        fault = case.fault("yaml-colon-without-space", line, column, key=glued.group("key"))
        return case.rewritten(fault, line, f"{text[: glued.end()]} {text[glued.end() :]}")
    fault = case.fault("yaml-key-without-colon", line, column)
    return case.rewritten(fault, line, text[:column].rstrip(), faithful=False)  # the dash, if any, still begins an item


def _odd_dash(case: _Case, line: int, column: int) -> Fault:
    text = case.text_of(line)
    fault = case.fault("yaml-odd-dash", line, column, mark=text[column])
    return case.rewritten(fault, line, f"{text[:column]}-{text[column + 1 :]}")


def _dash(case: _Case) -> Fault:
    value = case.value_column(case.line)
    if value is not None and value <= case.column:
        return case.quoted(case.fault("yaml-dash-in-text"), case.line, case.column)
    return _misplaced(case)


def _misplaced(case: _Case) -> Fault:
    """Something where the next key, dash or the end should be: after a finished value, or at a line's start."""
    quoted = case.quoted_before()
    if quoted:
        return _after_quote(case, quoted)
    first = next((line for line in case.raw.lines if line.strip()), "")
    if first.startswith("%"):  # PyYAML's own parser passes over directives that it does not know
        directive = case.raw.lines.index(first)
        return case.blanked(case.fault("yaml-directive", directive, 0), directive)
    here = case.character(case.line, case.column)
    if here in ("]", "}"):
        fault = case.fault("yaml-forbidden-start", mark=here)
        return case.rewritten(fault, case.line, f"{case.before} {case.text[case.column + 1 :]}")
    if not case.before.strip():
        return _misaligned(case, case.start_column)
    found = _BEFORE_VALUE.match(case.text)
    start = found.end() if found else 0
    if case.character(case.line, start) in tuple("[{*&"):
        return _bad_start(case, case.line, start)
    return case.fault("yaml-syntax", problem=case.problem)


def _after_quote(case: _Case, quoted: Scalar) -> Fault:
    line, column = quoted.span.start.line - 1, quoted.span.start.column - 1
    if _ran_away(case, quoted):
        return _unclosed_quote(case, line, column)
    fault = case.fault("yaml-text-after-quote")
    return case.quoted(fault, line, column) if line == case.line else fault


def _ran_away(case: _Case, quoted: Scalar) -> bool:
    """Whether a quoted text swallowed lines with keys or dashes, up to the opening quote of another text."""
    first, last = quoted.span.start.line, quoted.span.end.line
    return any(_STRUCTURE.match(case.text_of(line).lstrip()) for line in range(first, last))


def _misaligned(case: _Case, meant: int) -> Fault:
    text = case.text
    indent = _indent(text)
    if case.text_of(case.line - 1).rstrip() == "..." and not case.composed.flow:
        return case.fault("yaml-several-documents")
    if ODD_DASH.match(text, indent):
        return _odd_dash(case, case.line, indent)
    blamed = _blamed(case)
    if blamed != case.line:
        return _moved(case, blamed, indent)
    fault = case.fault("yaml-indentation", column=indent)
    if not _STRUCTURE.match(text, indent):
        return case.blanked(fault, case.line)
    if indent == meant:
        return fault
    return _moved(case, case.line, meant)


def _moved(case: _Case, first: int, meant: int) -> Fault:
    """A misaligned line, mended by moving it and what is inside it to another column."""
    indent = _indent(case.text_of(first))
    moved: dict[int, str] = {}
    for line in range(first, len(case.raw.lines)):
        text = case.text_of(line)
        if text.strip():
            if _indent(text) < indent or (line > first and _indent(text) == indent and first < case.line):
                break
            moved[line] = " " * meant + text[indent:]
    # Which level was meant is a guess: good enough to find the next mistake, not to take the tree for the author's.
    fault = case.fault("yaml-indentation", first, indent)
    return Fault(fault.diagnostic, case.raw.mended(moved), faithful=False)


def _blamed(case: _Case) -> int:
    """Of two lines that are not aligned, the wrong one.

    The parser always names the second. Where that one is indented by an even number of spaces and the first of its
    group by an odd one, the first has slipped.
    """
    indent = _indent(case.text)
    first = case.line
    for line in range(case.line - 1, -1, -1):
        text = case.text_of(line)
        if text.strip():
            first = line
            if _indent(text) <= indent:
                break
            above = _indent(case.text_of(line - 1)) if line else 0
            if above < indent:
                break
    slipped = _indent(case.text_of(first)) - indent
    return (
        first
        if indent % 2 == 0 and slipped in (-1, 1) and _STRUCTURE.match(case.text_of(first).lstrip())
        else case.line
    )


def _flow(case: _Case) -> Fault:
    """Inside brackets or braces: something other than a comma or the closing one."""
    quoted = case.quoted_before()
    if quoted:
        return _after_quote(case, quoted)
    unequal = _unequal_brackets(case)
    if unequal:
        return unequal
    opener = case.character(case.start_line, case.start_column)
    closer = _CLOSERS.get(opener, "]")
    if case.start_line == case.line and closer in case.text[case.column :]:
        return case.fault("yaml-comma-missing", mark=f"{opener}{closer}")
    return _unclosed_bracket(case, case.start_line, case.start_column)


def _unequal_brackets(case: _Case) -> Fault | None:
    """`missed: [}`: the closing one of another kind, which shows where the right one is missing."""
    here = case.character(case.line, case.column)
    opened = _open_bracket(case.before)
    if opened is None or here not in ("]", "}") or _CLOSERS[case.text[opened]] == here:
        return None
    fault = case.fault("yaml-unclosed-bracket", column=opened, mark=case.text[opened])
    closer = _CLOSERS[case.text[opened]]
    return case.rewritten(fault, case.line, f"{case.before}{closer}{case.text[case.column :]}")


def _glued_colon(case: _Case) -> Fault:
    """`facts:[angry]` inside braces."""
    found = re.search(r"(?P<key>[\w-]+):?$", case.before)
    colon = case.text.find(":", found.start() if found else case.column)
    if not found or colon < 0:
        return case.fault("yaml-syntax", problem=case.problem)
    fault = case.fault("yaml-colon-without-space", column=found.start(), key=found.group("key"))
    return case.rewritten(fault, case.line, f"{case.text[: colon + 1]} {case.text[colon + 1 :]}")


def _unclosed_bracket(case: _Case, line: int, column: int) -> Fault:
    text = case.text_of(line)
    opener = case.character(line, column)
    fault = case.fault("yaml-unclosed-bracket", line, column, mark=opener)
    if _CLOSERS.get(opener, "]") in text[column:]:
        return fault
    whole = text[column:].rstrip().replace("'", "''")
    # A list or a text, both are as likely.
    return case.rewritten(fault, line, f"{text[:column]}'{whole}'", faithful=False)


def _no_content(case: _Case) -> Fault:
    unequal = _unequal_brackets(case)
    if unequal:
        return unequal
    flow = case.composed.flow
    here = case.character(case.line, case.column)
    if flow and not here:
        return _unclosed_bracket(case, flow.line - 1, flow.column - 1)
    fault = case.fault("yaml-forbidden-start", mark=here)
    if flow:
        return case.rewritten(fault, case.line, f"{case.before} {case.text[case.column + 1 :]}")
    return case.quoted(fault, case.line, case.column)


def _open_bracket(before: str) -> int | None:
    """Where the innermost bracket stands that is still open at the end of the beginning of a line.

    The parser is no help: while the bracket may yet turn out to be a key, it has not told of it.
    """
    still_open: list[int] = []
    for found in _BRACKETS.finditer(before):
        if found.group("open"):
            still_open.append(found.start())
        elif found.group("close") and still_open:
            still_open.pop()
    return still_open[-1] if still_open else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


# First match decides. The alternatives are messages of libyaml and of PyYAML's own parser, which words them otherwise.
_READINGS: tuple[tuple[re.Pattern[str], Callable[[_Case], Fault]], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"directive|incompatible YAML|incompatible version|duplicate %|duplicate tag handle", _directive),
        (r"a tag\b|tag handle|tag URI", _tag),
        (r"tab character", _tab),
        (r"cannot start any token", _start_here),
        (r"(anchor|alias): (did not find )?expected alphabetic", _start_of_context),
        (r"block scalar:", _start_of_context),
        (r"escape|hexdecimal|hexadecimal", _escape),
        (r"quoted scalar:", _endless_quote),
        (r"mapping values are not allowed", _second_colon),
        (r"mapping keys are not allowed", _start_here),
        (r"sequence entries are not allowed", _dash),
        (r"could not find expected ':'", _no_colon_in_context),
        (r"expected ',' or", _flow),
        (r"unexpected ':'", _glued_colon),
        (r"expected (the )?node content", _no_content),
        (r"expected key|expected '-' indicator|expected <block end>|expected '?<document start>", _misplaced),
    )
)
