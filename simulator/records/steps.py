"""How a database of each version becomes one of the next. A step is never changed once its version was released: it
speaks SQL, not `schema`, which moves on."""

from collections.abc import Callable

from sqlalchemy import Connection, text

from simulator.records.chain import first_link, links
from simulator.records.header import header_of
from simulator.records.marks import file_marks
from simulator.records.tallies import file_tallies

Step = Callable[[Connection], None]

_TABLES_OF_2 = (
    "CREATE TABLE keys (\n\tfingerprint VARCHAR(64) NOT NULL, \n\tpublic BLOB NOT NULL, \n\tlabel VARCHAR NOT NULL, "
    "\n\tenrolled_at VARCHAR, \n\tPRIMARY KEY (fingerprint)\n)",
    "CREATE TABLE guests (\n\tprofile VARCHAR NOT NULL, \n\tPRIMARY KEY (profile), "
    "\n\tFOREIGN KEY(profile) REFERENCES profiles (id) ON DELETE CASCADE\n)",
    "CREATE TABLE statements (\n\tattempt VARCHAR NOT NULL, \n\tordinal INTEGER NOT NULL, \n\tkind VARCHAR NOT NULL, "
    '\n\tstatement BLOB NOT NULL, \n\t"key" VARCHAR(64) NOT NULL, \n\tsignature BLOB NOT NULL, '
    "\n\tPRIMARY KEY (attempt, ordinal), \n\tFOREIGN KEY(attempt) REFERENCES attempts (id) ON DELETE CASCADE, "
    '\n\tFOREIGN KEY("key") REFERENCES keys (fingerprint)\n)',
    "CREATE INDEX ix_statements_kind ON statements (kind, attempt)",
    "CREATE TABLE outcomes (\n\tattempt VARCHAR NOT NULL, \n\tagent VARCHAR NOT NULL, \n\tpass_mark INTEGER, "
    "\n\tduration_ms INTEGER, \n\tinput VARCHAR NOT NULL, \n\tending VARCHAR NOT NULL, \n\tPRIMARY KEY (attempt), "
    "\n\tFOREIGN KEY(attempt) REFERENCES attempts (id) ON DELETE CASCADE\n)",
    "CREATE TABLE marks (\n\tattempt VARCHAR NOT NULL, \n\tplace INTEGER NOT NULL, \n\tcheckpoint VARCHAR NOT NULL, "
    "\n\ttitle VARCHAR NOT NULL, \n\tphase VARCHAR NOT NULL, \n\tweight INTEGER NOT NULL, "
    "\n\tcritical BOOLEAN NOT NULL, \n\tverdict VARCHAR NOT NULL, \n\tquote VARCHAR NOT NULL, "
    "\n\trule VARCHAR NOT NULL, \n\treason VARCHAR NOT NULL, \n\tPRIMARY KEY (attempt, place), "
    "\n\tFOREIGN KEY(attempt) REFERENCES attempts (id) ON DELETE CASCADE\n)\n WITHOUT ROWID\n\n",
    "ALTER TABLE events RENAME TO events_of_1",
    "CREATE TABLE events (\n\tattempt VARCHAR NOT NULL, \n\tseq INTEGER NOT NULL CHECK (seq >= 0), "
    "\n\tevent BLOB NOT NULL, \n\tlink BLOB NOT NULL, \n\tPRIMARY KEY (attempt, seq), "
    "\n\tFOREIGN KEY(attempt) REFERENCES attempts (id) ON DELETE CASCADE\n)\n WITHOUT ROWID\n\n",
)


def chain_and_file(connection: Connection) -> None:
    """Version 2: every event has its link, every scorecard its rows, and there is room for what is signed."""
    for sql in _TABLES_OF_2:
        connection.exec_driver_sql(sql)
    rows = text("SELECT seq, event FROM events_of_1 WHERE attempt = :attempt ORDER BY seq")
    stored = text("INSERT INTO events (attempt, seq, event, link) VALUES (:attempt, :seq, :event, :link)")
    for attempt in connection.exec_driver_sql("SELECT id FROM attempts ORDER BY id").scalars().all():
        found = connection.execute(rows, {"attempt": attempt}).all()
        made = links(first_link(header_of(connection, attempt)), (event for _seq, event in found))
        if found:
            connection.execute(
                stored,
                [
                    {"attempt": attempt, "seq": seq, "event": event, "link": link}
                    for (seq, event), link in zip(found, made, strict=True)
                ],
            )
    connection.exec_driver_sql("DROP TABLE events_of_1")
    for attempt in connection.exec_driver_sql("SELECT DISTINCT attempt FROM scorecards").scalars().all():
        file_marks(connection, attempt)


_TABLES_OF_3: tuple[str, ...] = (
    "CREATE TABLE cohorts (\n\tid VARCHAR NOT NULL, \n\tname VARCHAR NOT NULL, \n\tcreated_at VARCHAR NOT NULL, "
    "\n\tPRIMARY KEY (id)\n)",
    "CREATE TABLE members (\n\tprofile VARCHAR NOT NULL, \n\tcohort VARCHAR NOT NULL, \n\tPRIMARY KEY (profile), "
    "\n\tFOREIGN KEY(profile) REFERENCES profiles (id) ON DELETE CASCADE, "
    "\n\tFOREIGN KEY(cohort) REFERENCES cohorts (id) ON DELETE CASCADE\n)",
    "CREATE INDEX ix_members_cohort ON members (cohort)",
    "CREATE TABLE sheets (\n\tid VARCHAR(16) NOT NULL, \n\tlines VARCHAR NOT NULL, \n\tPRIMARY KEY (id)\n)",
    "CREATE TABLE tallies (\n\tattempt VARCHAR NOT NULL, \n\tprofile VARCHAR NOT NULL, "
    "\n\tscenario VARCHAR NOT NULL, \n\tchannel VARCHAR NOT NULL, \n\tmode VARCHAR NOT NULL, "
    "\n\tstarted_at VARCHAR NOT NULL, \n\tscore INTEGER, \n\tpass_mark INTEGER, \n\tresult VARCHAR, "
    "\n\tsheet VARCHAR(16), \n\tverdicts VARCHAR NOT NULL, \n\tPRIMARY KEY (attempt), "
    "\n\tFOREIGN KEY(attempt) REFERENCES attempts (id) ON DELETE CASCADE, "
    "\n\tFOREIGN KEY(sheet) REFERENCES sheets (id)\n)\n WITHOUT ROWID\n\n",
    "CREATE TABLE rulings (\n\tattempt VARCHAR NOT NULL, \n\tplace INTEGER NOT NULL, \n\tverdict VARCHAR NOT NULL, "
    "\n\treason VARCHAR NOT NULL, \n\treviewer VARCHAR NOT NULL, \n\trole VARCHAR NOT NULL, \n\tat VARCHAR NOT NULL, "
    "\n\tPRIMARY KEY (attempt, place), \n\tFOREIGN KEY(attempt) REFERENCES attempts (id) ON DELETE CASCADE\n)"
    "\n WITHOUT ROWID\n\n",
    "CREATE TABLE reviews (\n\tattempt VARCHAR NOT NULL, \n\tscore INTEGER, \n\tresult VARCHAR, "
    "\n\tdispute VARCHAR NOT NULL, \n\treviewed BOOLEAN NOT NULL, \n\trescored_hash VARCHAR(64), "
    "\n\trescored_score INTEGER, \n\trescored_result VARCHAR, \n\tPRIMARY KEY (attempt), "
    "\n\tFOREIGN KEY(attempt) REFERENCES attempts (id) ON DELETE CASCADE\n)",
    "CREATE TABLE labels (\n\tattempt VARCHAR NOT NULL, \n\tplace INTEGER NOT NULL, \n\treviewer VARCHAR NOT NULL, "
    "\n\tmet BOOLEAN NOT NULL, \n\tat VARCHAR NOT NULL, \n\tPRIMARY KEY (attempt, place, reviewer), "
    "\n\tFOREIGN KEY(attempt) REFERENCES attempts (id) ON DELETE CASCADE\n)",
    "CREATE TABLE accounts (\n\tid VARCHAR NOT NULL, \n\tname VARCHAR NOT NULL, \n\trole VARCHAR NOT NULL, "
    "\n\tpublic BLOB NOT NULL, \n\tkdf VARCHAR NOT NULL, \n\tsealed BLOB NOT NULL, \n\tfailures INTEGER NOT NULL, "
    "\n\twait_until VARCHAR, \n\tcreated_at VARCHAR NOT NULL, \n\tPRIMARY KEY (id)\n)",
    "CREATE TABLE tombstones (\n\tattempt VARCHAR NOT NULL, \n\tstatement BLOB NOT NULL, "
    '\n\t"key" VARCHAR(64) NOT NULL, \n\tsignature BLOB NOT NULL, \n\tPRIMARY KEY (attempt), '
    '\n\tFOREIGN KEY("key") REFERENCES keys (fingerprint)\n)',
    "CREATE TABLE sittings (\n\tattempt VARCHAR NOT NULL, \n\texam VARCHAR NOT NULL, \n\ttitle VARCHAR NOT NULL, "
    "\n\texam_hash VARCHAR(64) NOT NULL, \n\tnumber INTEGER NOT NULL, \n\ttries INTEGER NOT NULL, "
    "\n\tPRIMARY KEY (attempt), \n\tFOREIGN KEY(attempt) REFERENCES attempts (id) ON DELETE CASCADE\n)",
    "CREATE INDEX ix_sittings_exam ON sittings (exam)",
    "CREATE TABLE outbox (\n\ttarget VARCHAR NOT NULL, \n\tattempt VARCHAR NOT NULL, "
    "\n\tstatements INTEGER NOT NULL, \n\tPRIMARY KEY (target, attempt), "
    "\n\tFOREIGN KEY(attempt) REFERENCES attempts (id) ON DELETE CASCADE\n)",
)


def staff_and_office(connection: Connection) -> None:
    """Version 3: what exams, reviews, the HR office and a team of desks need."""
    for sql in _TABLES_OF_3:
        connection.exec_driver_sql(sql)
    file_tallies(connection)


STEPS: tuple[Step, ...] = (chain_and_file, staff_and_office)
