"""Agreement of the rules with labelled replies: `python -m tests.agreement [FILE …] [--only CHECKPOINT] [--also]`.

Prints precision, recall, F1, Cohen's κ and the share of *unclear* per checkpoint and overall; with `--only`, the
disagreements of that checkpoint with the rule that decided. Headline figures are of the lines' own labels; *unclear*
and *not-applicable* count as not met. Lines of checkpoints without a rule are skipped and counted.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.language.situation import Situation
from simulator.protocol.catalogue import Rule, Verdict
from simulator.protocol.load import Protocol, load_protocol
from simulator.protocol.sample import minutes
from simulator.protocol.understanding import Finding, understand

ROOT = Path(__file__).resolve().parents[1]


@dataclass(slots=True)
class Table:
    """Counts of agreement. Labels in columns, marks in rows."""

    both: int = 0
    only_marked: int = 0
    only_labelled: int = 0
    neither: int = 0
    unclear: int = 0
    inapplicable: int = 0

    @property
    def total(self) -> int:
        return self.both + self.only_marked + self.only_labelled + self.neither

    def add(self, label: bool, verdict: Verdict) -> None:
        marked = verdict is Verdict.MET
        self.both += label and marked
        self.only_marked += marked and not label
        self.only_labelled += label and not marked
        self.neither += not label and not marked
        self.unclear += verdict is Verdict.UNCLEAR
        self.inapplicable += verdict is Verdict.NOT_APPLICABLE

    def figures(self) -> tuple[float, float, float, float]:
        """Precision, recall, F1, Cohen's κ."""
        p = self.both / max(self.both + self.only_marked, 1)
        r = self.both / max(self.both + self.only_labelled, 1)
        n = max(self.total, 1)
        agreed = (self.both + self.neither) / n
        marked, labelled = (self.both + self.only_marked) / n, (self.both + self.only_labelled) / n
        chance = marked * labelled + (1 - marked) * (1 - labelled)
        return p, r, 2 * p * r / max(p + r, 1e-9), (agreed - chance) / max(1 - chance, 1e-9)


@dataclass(slots=True)
class Line:
    """A labelled reply with what the rules say of it."""

    data: Mapping[str, Any]
    findings: dict[str, Finding] = field(default_factory=dict)

    def labels(self, *, also: bool) -> Iterator[tuple[str, bool]]:
        yield self.data["checkpoint"], self.data["met"]
        if also:
            for checkpoint, met in self.data.get("also", {}).items():
                if checkpoint != self.data["checkpoint"]:
                    yield checkpoint, met


def situation_of(data: Mapping[str, Any]) -> Situation:
    """The situation of a labelled line."""
    context = data["context"]
    return Situation(
        channel=context["channel"],
        country=context.get("country", "CO"),
        company=context["company"],
        agent=context["agent"],
        customer=context.get("customer"),
        area=context.get("area"),
        account=context.get("account"),
        clock=max(minutes(context["clock"]), 0),
        foreign=bool(context.get("foreign")),
        customer_turn=data.get("customer_turn"),
        to="colleague" if context["channel"] == "colleague" else "customer",
        call_reason=context.get("call_reason"),
        transfer_reason=context.get("transfer_reason"),
    )


def load() -> Protocol:
    """The protocol of this checkout."""
    files = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("assets/language/es", "assets/protocol")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
    }
    return load_protocol(files).protocol


def mark(lines: Iterable[Mapping[str, Any]], rules: Mapping[str, Rule], *, also: bool) -> list[Line]:
    """Mark each line by the rules it has labels for."""
    marked = []
    for data in lines:
        line = Line(data)
        wanted = {id: rules[id] for id, _ in line.labels(also=also) if id in rules}
        line.findings = understand(wanted, situation_of(data), data["reply"])
        marked.append(line)
    return marked


def agreement(lines: Iterable[Line], *, also: bool) -> tuple[dict[str, Table], Table, int]:
    """Tables per checkpoint, overall, and how many labels had no rule."""
    tables: dict[str, Table] = {}
    overall = Table()
    skipped = 0
    for line in lines:
        for checkpoint, met in line.labels(also=also):
            finding = line.findings.get(checkpoint)
            if finding is None:
                skipped += 1
                continue
            tables.setdefault(checkpoint, Table()).add(met, finding.verdict)
            overall.add(met, finding.verdict)
    return tables, overall, skipped


def read_lines(paths: Sequence[Path]) -> list[Mapping[str, Any]]:
    return [
        json.loads(text) for path in paths for text in path.read_text(encoding="utf-8").splitlines() if text.strip()
    ]


def _row(name: str, table: Table) -> str:
    p, r, f1, kappa = table.figures()
    return (
        f"{name:28} {table.total:5} {p:6.3f} {r:6.3f} {f1:6.3f} {kappa:6.3f} {table.unclear:5} {table.inapplicable:5}"
    )


def _difference(line: Line, checkpoint: str, met: bool) -> str:
    finding, data = line.findings[checkpoint], line.data
    quotes = " | ".join(data["reply"][start:end] for start, end in finding.spans)
    context = data["context"]
    known = ", ".join(f"{key}={value}" for key, value in context.items() if value and key != "channel")
    return (
        f"[{data['id']}] label={'met' if met else 'not'} mark={finding.verdict} {finding.rule} «{quotes}»\n"
        f"    ({known})\n    C: {data.get('customer_turn')}\n    A: {data['reply']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--only", default="", help="one checkpoint, with its disagreements")
    parser.add_argument("--also", action="store_true", help="count the labels in `also` too")
    parser.add_argument("--most", type=int, default=60, help="disagreements shown")
    options = parser.parse_args()
    paths = options.files or sorted((ROOT / "tests" / "replies").glob("*.jsonl"))
    protocol = load()
    lines = mark(read_lines(paths), protocol.rules, also=options.also)
    tables, overall, skipped = agreement(lines, also=options.also)
    head = f"{'checkpoint':28} {'n':>5} {'P':>6} {'R':>6} {'F1':>6} {'κ':>6} {'?':>5} {'n/a':>5}"
    out = [head]
    for checkpoint, table in sorted(tables.items(), key=lambda item: item[1].figures()[3]):
        if not options.only or checkpoint == options.only:
            out.append(_row(checkpoint, table))
    out.append(_row("all", overall))
    out.append(f"without a rule: {skipped}")
    if options.only:
        shown = 0
        for line in lines:
            for checkpoint, met in line.labels(also=options.also):
                finding = line.findings.get(checkpoint)
                if checkpoint != options.only or finding is None or met == (finding.verdict is Verdict.MET):
                    continue
                shown += 1
                if shown <= options.most:
                    out.append(_difference(line, checkpoint, met))
    print("\n".join(out))  # noqa: T201 — a command


if __name__ == "__main__":
    main()
