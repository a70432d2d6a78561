"""Scenarios in any number, made of those that ship: other ids, titles and customers, the rest as it is."""

import re
from itertools import cycle, islice
from pathlib import Path

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.library import load_file, scenario_files

FIRST = ("Amparo", "Bruno", "Celia", "Damián", "Elvira", "Fabio", "Graciela", "Hernán", "Irene", "Joaquín")
LAST = ("Abril", "Bernal", "Cuesta", "Duarte", "Espitia", "Franco", "Garzón", "Herrera", "Ibarra", "Jaimes", "Lozano")


def generate(folder: Path, number: int) -> None:
    """Writes so many scenario files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    protocol = shipped_protocol().protocol
    loaded = [load_file(path, protocol) for path in scenario_files([paths.scenarios()])]
    # A shift is its own file and those that it names; what is copied here are single files.
    shipped = [one.scenario for one in loaded if one.scenario is not None and one.scenario.agenda is None]
    for index, scenario in enumerate(islice(cycle(shipped), number)):
        customer = f"{FIRST[index % len(FIRST)]} {LAST[index % len(LAST)]}"
        text = scenario.text.replace(scenario.doc.customer.name, customer)
        text = re.sub(r"(?m)^scenario: .*$", f"scenario: {scenario.id}-{index}", text, count=1)
        text = re.sub(r"(?m)^title: (.*)$", rf"title: \1 ({customer}, {index})", text, count=1)
        (folder / f"{scenario.id}-{index}.yaml").write_text(text, "utf-8")
