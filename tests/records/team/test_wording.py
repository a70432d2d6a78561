"""What is said when the exchange with the team fails, and what starting without a team costs."""

import re
import string
import subprocess
import sys

from simulator.records.team import database, lrs
from simulator.wording.team import TEAM
from tests.records.test_wording import ROOM, raised

FINDINGS = {database.REFUSES, lrs.REFUSES, lrs.DIFFERS, "team-erasure"}
BY_STATE = {*database._CODES.values(), "team-failed"}
BY_THE_SHELL = {"target-none": set[str](), "team-errand": {"detail"}}


def test_every_code_has_its_words_and_every_word_its_value() -> None:
    by_name = {code: carried for code, carried in raised(ROOM / "team").items() if re.fullmatch("[a-z-]+", code)}
    codes = {code: {"team", "detail"} for code in BY_STATE} | by_name
    codes |= {code: set() for code in FINDINGS} | BY_THE_SHELL
    assert codes.keys() == TEAM.keys()
    for code, carried in codes.items():
        named = {name for _, name, _, _ in string.Formatter().parse(TEAM[code]) if name}
        assert named <= carried, code


def test_a_desk_without_a_team_loads_none_of_its_libraries() -> None:
    heavy = "{'alembic', 'psycopg', 'requests'}"
    script = (
        f"import simulator.records.workshop, simulator.cli.commands, sys; sys.exit(bool({heavy} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOM.parents[1], check=False).returncode == 0
