"""`play`: a call without a window."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.cli.printing import _ACTS, _NOTES
from simulator.scenario.acts import ACTS, NOTES
from tests.cli.conftest import GOOD, MINI, Run

Script = Callable[[str], Path]
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "play-json.md"

REFUSED = "- answer\n- resume\n- say: Buenos días.\n- hang-up\n"
"""The second move comes at the wrong moment."""

SPOKEN = "- answer\n- resume\n- say: {text: Buenos días., takes: 2, voice: {wpm: 150}}\n- say: Dígame.\n- hang-up\n"
"""The same, spoken aloud."""


def test_conversation_and_marks_are_printed(run: Run, script: Script) -> None:
    ran = run("play", MINI, "--script", script(GOOD))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Una llamada de prueba · semilla 1\n\n00:0")
    assert "Diego Salas: Le hacemos el reintegro hoy mismo." in ran.out
    assert "[contesta]" in ran.out
    assert "[Ficha: cliente: Marta Ríos; motivo: Cobro doble; solución: Reintegro; seguimiento: Ninguno]" in ran.out
    assert "\nResultado: " in ran.out
    assert re.search(r"^✓ greet-company \(3\): .+\n    00:\d\d «Telenova»$", ran.out, re.M)


def test_a_missed_checkpoint_comes_with_a_better_wording_of_this_call(run: Run, script: Script) -> None:
    ran = run("play", MINI, "--script", script("- answer\n- say: Buenos días.\n- hang-up\n"))
    assert re.search(r"^✗ greet-company .+\n    Mejor: Telenova, .+ le habla Diego", ran.out, re.M)
    assert "_agent" not in ran.out


def test_the_critical_that_failed_the_attempt_is_named(run: Run, script: Script) -> None:
    ran = run("play", MINI, "--script", script("- answer\n- say: Deje de molestar, señora.\n- hang-up\n"))
    assert "Resultado: no apto." in ran.out
    assert "No apto por: " in ran.out


def test_an_unfinished_call_has_no_score(run: Run, script: Script) -> None:
    assert "Resultado: incompleto.\n" in run("play", MINI, "--script", script("- answer\n")).out


def test_a_move_that_is_not_possible_is_said_and_skipped(run: Run, script: Script) -> None:
    ran = run("play", MINI, "--script", script(REFUSED))
    assert ran.code == 0
    assert "El movimiento 2 no fue posible: Eso no se puede hacer en este momento." in ran.out


def test_equal_runs_print_equal_bytes(run: Run, script: Script) -> None:
    first, second = (run("play", MINI, "--script", script(GOOD), "--seed", "3", "--json") for _ in range(2))
    assert first.out == second.out


def test_a_harder_call_bears_less_silence(run: Run, script: Script) -> None:
    """Eight seconds of silence are asked about at the scenario's own degree; at the hardest, five do."""
    silent = script("- answer\n- say: Telenova, buenos días.\n- wait: 9\n- hang-up\n")
    own, hard = (run("play", MINI, "--script", silent, *more) for more in ((), ("--difficulty", "5")))
    assert "¿Sigue ahí?" not in own.out
    assert "¿Sigue ahí?" in hard.out


def test_mild_language_says_the_mild_version(run: Run, script: Script) -> None:
    insulted = script("- answer\n- say: Buenas tardes.\n- say: Mire.\n- wait: 20\n- hang-up\n")
    full, mild = (
        run("play", "offensive-language", "--script", insulted, "--seed", "2", *more) for more in ((), ("--mild",))
    )
    assert "idiota" in full.out
    assert "idiota" not in mild.out


def test_a_difficulty_out_of_range_is_told(run: Run, script: Script) -> None:
    ran = run("play", MINI, "--script", script(GOOD), "--difficulty", "6")
    assert ran.code == 2
    assert "--difficulty" in ran.err


def test_the_seed_draws_the_variants(run: Run, script: Script) -> None:
    played = [run("play", MINI, "--script", script(GOOD), "--seed", str(seed), "--json").out for seed in range(1, 9)]
    said = {tuple(row["text"] for row in json.loads(out)["transcript"] if row["who"] == "customer") for out in played}
    assert len(said) > 1


def test_every_act_has_its_word() -> None:
    agenda = {f"agenda-{kind}" for kind in ("work", "break", "activity", "over")}
    assert {*ACTS, *agenda, "ring", "rang-out", "ended", "left", "gap", "time-over"} - {"notes"} == {
        code for code, _by in _ACTS
    }
    assert set(NOTES) == set(_NOTES)


# What is asked for and is not there, or is not sound: exit codes 1 and 2


def test_a_scenario_is_found_by_its_id(run: Run, script: Script) -> None:
    ran = run("play", "guided-first-call", "--script", script("- answer\n"))
    assert ran.code == 0
    assert ran.out.startswith("Su primera llamada")


def test_the_users_own_scenarios_are_found_by_their_id(run: Run, script: Script, own_home: Path) -> None:
    folder = own_home / "data" / "scenarios"
    folder.mkdir(parents=True)
    (folder / "otro-nombre.yaml").write_text(MINI.read_text("utf-8"), "utf-8")
    assert run("play", "mini", "--script", script("- answer\n")).code == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("angry-calle", "No existe el escenario «angry-calle». ¿Quiso decir «angry-caller»?"),
        ("xyzzy", "No existe el escenario «xyzzy».\n"),
        ("nada/cobro.yaml", "No existe el archivo nada/cobro.yaml.\n"),
        (str(MINI.parent), "es una carpeta, no un archivo."),
        (str(MINI.with_name("mimi.yaml")), "¿Quiso decir «mini.yaml»?"),
    ],
)
def test_a_scenario_that_is_not_there(run: Run, script: Script, name: str, said: str) -> None:
    ran = run("play", name, "--script", script(GOOD))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.endswith("Ayuda: python main.py play --help\n")


def test_a_script_that_is_not_there(run: Run, script: Script) -> None:
    ran = run("play", MINI, "--script", script(GOOD).with_name("gion.yaml"))
    assert ran.code == 2
    assert "¿Quiso decir «guion.yaml»?" in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- answer\n- sya: Hola\n", "guion.yaml:2:3: error: El movimiento «sya» no existe. ¿Quiso decir «say»?"),
        ('- answer\n- say: "Hola\n- foo\n', "(yaml-unclosed-quote)"),
        ("say: Hola\n", "(script-not-a-list)"),
        ("", "(yaml-empty)"),
        ("\x00\x01\x02", "(yaml-"),
    ],
)
def test_a_broken_script(run: Run, script: Script, text: str, said: str) -> None:
    ran = run("play", MINI, "--script", script(text))
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_a_broken_scenario(run: Run, script: Script, tmp_path: Path) -> None:
    broken = tmp_path / "roto.yaml"
    broken.write_text(MINI.read_text("utf-8").replace("go: thanks", "go: thnaks"), "utf-8")
    ran = run("play", broken, "--script", script(GOOD), "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "«thnaks». ¿Quiso decir «thanks»? (scenario-unknown-step)" in ran.err


# The documented JSON


def documented() -> dict[str, set[str]]:
    """The keys that each section's table names."""
    sections = re.split(r"^## ", DOCUMENT.read_text("utf-8"), flags=re.M)[1:]
    found: dict[str, set[str]] = {}
    for section in sections:
        rows = re.findall(r"^\| (`.+?) \|", section, re.M)
        if rows:
            word = re.search(r"`(\w+)`", section.splitlines()[0])
            found[word.group(1) if word else "document"] = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    return found


def keys_of(document: dict[str, Any]) -> dict[str, set[str]]:
    """The keys of every kind of object in a document."""
    kinds: dict[str, list[dict[str, Any]]] = {
        "document": [document],
        **{name: document[name] for name in ("checkpoints", "moods", "contacts", "transcript", "refused")},
        "evidence": [evidence for line in document["checkpoints"] for evidence in line["evidence"]],
        "reason": [line["reason"] for line in document["checkpoints"]],
        "voice": [document["voice"]],
        "turns": document["voice"]["turns"],
        "lines": document["voice"]["lines"],
    }
    assert all(kinds.values()), "the run shows every kind of object"
    return {kind: set().union(*objects) for kind, objects in kinds.items()}


def test_the_json_is_documented_key_by_key(run: Run, script: Script) -> None:
    ran = run("play", MINI, "--script", script(SPOKEN), "--json")
    assert keys_of(json.loads(ran.out)) == {kind: keys for kind, keys in documented().items() if kind != "shift"}


def test_the_figures_of_a_shift_are_documented_key_by_key(run: Run, script: Script) -> None:
    ran = run("play", "first-shift", "--script", script("- jump: next\n"), "--json")
    shift = json.loads(ran.out)["shift"]
    assert {*shift, *shift["contacts"][0]} == documented()["shift"]


def test_the_example_of_the_documentation_has_the_same_keys() -> None:
    example = re.search(r"^```json\n(.*?)^```", DOCUMENT.read_text("utf-8"), re.M | re.S)
    assert example
    assert keys_of(json.loads(example.group(1))) == {k: keys for k, keys in documented().items() if k != "shift"}


def test_quotes_are_where_they_are_said_to_be(run: Run, script: Script) -> None:
    document = json.loads(run("play", MINI, "--script", script(GOOD), "--json").out)
    texts = {row["event"]: row["text"] for row in document["transcript"]}
    quotes = [proof for line in document["checkpoints"] for proof in line["evidence"] if proof["quote"]]
    assert quotes
    for proof in quotes:
        assert texts[proof["event"]][proof["start"] : proof["end"]] == proof["quote"]
