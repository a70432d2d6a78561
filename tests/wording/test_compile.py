import gettext
import io
from pathlib import Path

import pytest

from simulator.wording.compile import ConflictError, merge
from simulator.wording.extract import Use, uses_in

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def write(folder: Path, name: str, *entries: str) -> None:
    (folder / name).write_text(HEADER + "\n\n".join(entries) + "\n", encoding="utf-8")


def test_the_rooms_files_become_one_catalogue(tmp_path: Path) -> None:
    write(tmp_path, "a.po", 'msgid "Hold"\nmsgstr "Espera"')
    write(
        tmp_path,
        "b.po",
        'msgid "{n} call"\nmsgid_plural "{n} calls"\nmsgstr[0] "{n} llamada"\nmsgstr[1] "{n} llamadas"',
    )
    catalogue = gettext.GNUTranslations(io.BytesIO(merge(tmp_path).mo()))
    assert catalogue.gettext("Hold") == "Espera"
    assert catalogue.ngettext("{n} call", "{n} calls", 2) == "{n} llamadas"


def test_compiling_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path, "a.po", 'msgid "Hold"\nmsgstr "Espera"')
    assert merge(tmp_path).mo() == merge(tmp_path).mo()


def test_two_rooms_may_agree(tmp_path: Path) -> None:
    for name in ("a.po", "b.po"):
        write(tmp_path, name, 'msgid "Hold"\nmsgstr "Espera"')
    assert merge(tmp_path).translations == {"Hold": ("Espera",)}


def test_two_rooms_may_not_differ(tmp_path: Path) -> None:
    write(tmp_path, "a.po", 'msgid "Hold"\nmsgstr "Espera"')
    write(tmp_path, "b.po", 'msgid "Hold"\nmsgstr "Retener"')
    with pytest.raises(ConflictError, match=r"b\.po:5: 'Hold' is translated otherwise in a\.po:5"):
        merge(tmp_path)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('msgid "Hold"\nmsgstr ""', "not translated"),
        ('#, fuzzy\nmsgid "Hold"\nmsgstr "Espera"', "fuzzy"),
        ('msgctxt "phone"\nmsgid "Hold"\nmsgstr "Espera"', "contexts"),
        ('msgid "{n} call"\nmsgid_plural "{n} calls"\nmsgstr[0] "{n} llamada"\nmsgstr[1] ""', "not translated"),
        ("nonsense", r"a\.po"),
    ],
)
def test_unfinished_files_are_refused(tmp_path: Path, entry: str, reason: str) -> None:
    write(tmp_path, "a.po", entry)
    with pytest.raises(ConflictError, match=reason):
        merge(tmp_path)


def test_all_conflicts_are_listed_at_once(tmp_path: Path) -> None:
    write(tmp_path, "a.po", 'msgid "Hold"\nmsgstr ""', 'msgid "Mute"\nmsgstr ""')
    with pytest.raises(ConflictError) as raised:
        merge(tmp_path)
    assert len(str(raised.value).splitlines()) == 2


def test_msgids_are_found_in_source() -> None:
    source = 'x = _("Hold")\nwording.n_("{n} call",\n   "{n} calls", 2)\nT = {"a": mark("Mute")}\n_(T["a"])\n'
    assert set(uses_in(source, "ui/x.py")) == {
        Use("Hold", "ui/x.py:1"),
        Use("{n} call", "ui/x.py:2", "{n} calls"),
        Use("Mute", "ui/x.py:4"),
    }


@pytest.mark.parametrize("call", ['_(f"Hold {name}")', '_("Hold " + name)', '_("Hold %s" % name)'])
def test_texts_put_together_before_the_look_up_are_found_out(call: str) -> None:
    assert [use.msgid for use in uses_in(call, "x.py")] == [None]
