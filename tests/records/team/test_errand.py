"""What the window has done in a process of its own: the answers to its requests."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from simulator.records.accounts import Role
from simulator.records.store import Store
from simulator.records.team.errand import done

ROOT = Path(__file__).resolve().parents[3]
NOBODY = "postgresql://puesto@127.0.0.1:1/equipo"


def request(tmp_path: Path, **values: str) -> dict[str, str]:
    return {"database": str(tmp_path / "t.db"), "settings": str(tmp_path / "settings.json"), **values}


def test_where_hr_has_an_account_nobody_else_decides_where_results_go(tmp_path: Path) -> None:
    keep = request(tmp_path, do="keep", kind="database", address=NOBODY, password="")
    assert done(keep)["address"] == NOBODY
    with Store.open(tmp_path / "t.db") as store:
        store.staff.add("Nuria", Role.HR, "lluvia mesa tres faro", datetime.now(UTC))
    assert done(keep)["error"]["code"] == "team-staffed"
    assert done({**keep, "address": ""})["error"]["code"] == "team-staffed"


def test_it_answers_over_its_standard_output_alone(tmp_path: Path) -> None:
    asked = json.dumps(request(tmp_path, do="sync"))
    command = [sys.executable, "-m", "simulator.records.team.errand"]
    ran = subprocess.run(command, cwd=ROOT, input=asked, capture_output=True, text=True, check=True)
    assert (json.loads(ran.stdout), ran.stderr) == ({"error": None, "runs": []}, "")
