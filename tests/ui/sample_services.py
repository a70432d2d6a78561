"""Sample people, scenarios and attempts, and services that answer with them at once: for pictures and tests."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from simulator.settings import Settings
from simulator.ui.services import (
    AttemptRow,
    BriefingView,
    CheckpointRow,
    Glance,
    LibraryEntry,
    ProfileRow,
)

PROFILES = (
    ProfileRow("p1", "Diego Salas", 12),
    ProfileRow("p2", "María Fernanda Ríos Quintero", 3),
    ProfileRow("p3", "Ñusta Ávalos", 1),
    ProfileRow("p4", "Ольга Петрова", 0),
)

GUIDED = LibraryEntry(
    "guided-first-call",
    "scenarios/phone/guided-first-call.yaml",
    "Su primera llamada",
    "Dos minutos con una señora amable que pregunta por el horario. Para conocer el puesto sin apuros.",
    "phone",
    1,
    2,
)

LIBRARY = (
    GUIDED,
    LibraryEntry(
        "angry-caller",
        "scenarios/phone/angry-caller.yaml",
        "Cobro duplicado en la factura",
        "Le cobraron dos veces el mes de mayo, lleva tres días llamando y llega furiosa. Con razón.",
        "phone",
        3,
        7,
        last_result="passed",
        last_score=92,
        attempts=3,
    ),
    LibraryEntry(
        "offensive-language",
        "scenarios/phone/offensive-language.yaml",
        "Tres días sin luz y un cliente que insulta",
        "Lleva tres días sin luz, tiene miedo por su madre y lo paga con quien lo atiende.",
        "phone",
        3,
        7,
        last_result="failed",
        last_score=71,
        attempts=1,
    ),
    LibraryEntry(
        "transfer-needed",
        "scenarios/phone/transfer-needed.yaml",
        "Auto sustituto que otra área debe autorizar",
        "Tres semanas sin coche. La solución la tiene otra área, y nadie quiere contar su historia dos veces.",
        "phone",
        2,
        8,
        attempts=1,
    ),
    LibraryEntry(
        "foreign-caller",
        "scenarios/phone/foreign-caller.yaml",
        "Cambio de fecha para un viajero extranjero",
        "Entiende el español si se le habla claro y corto. Los modismos lo confunden y no siempre se atreve a decirlo.",
        "phone",
        2,
        7,
        last_result="pending",
        last_score=80,
        attempts=2,
    ),
)

BROKEN = LibraryEntry(
    "refund.yaml",
    "scenarios/phone/refund.yaml",
    "Reintegro de un pedido",
    "",
    "phone",
    2,
    6,
    broken=True,
    problems=(
        "scenarios/phone/refund.yaml:14:3: error: No existe «dificulty»; ¿quiso decir «difficulty»? (key-unknown)",
        "scenarios/phone/refund.yaml:41:15: error: El paso «acepta» no existe; ¿quiso decir «aceptar»? (step-unknown)",
        "scenarios/phone/refund.yaml:58:11: aviso: Nadie llega al paso «despedida». (step-unreachable)",
    ),
)

BRIEFING = BriefingView(
    id="angry-caller",
    title="Cobro duplicado en la factura",
    text=(
        "Usted atiende la línea de facturación de Telenova. Es media mañana y en el puesto de al lado, Andrés le\n"
        "está contando el partido de anoche. Va a entrar una llamada.\n\n"
        "Quien llama trae un problema de verdad y ya perdió la paciencia. No le pida que se calme: déjela hablar,\n"
        "hágale ver que la entiende y hágase cargo. Para revisar los movimientos va a tener que dejarla\n"
        "un momento en espera."
    ),
    channel="phone",
    company="Telenova",
    area="Facturación",
    clock="10:40",
    customer="Marta Ríos",
    customer_about="",
    difficulty=3,
    minutes=7,
    pass_mark=80,
    cards=("Cuenta 4471-22", "Reintegros: qué se puede prometer", "Validación de identidad"),
    checkpoints=(
        CheckpointRow(
            "answer-before-third-ring",
            "Contestar antes del tercer timbre",
            "Contestó antes de que sonara el tercer timbre.",
            "opening",
            False,
            2,
        ),
        CheckpointRow(
            "greet-company", "Saludar con el nombre de la empresa", "Saludó y dijo «Telenova».", "opening", False, 2
        ),
        CheckpointRow(
            "show-empathy",
            "Mostrar empatía",
            "Reconoció con sus palabras lo que la clienta está viviendo.",
            "understanding",
            False,
            2,
        ),
        CheckpointRow(
            "verify-identity",
            "Validar la identidad antes de dar datos",
            "Hizo una pregunta de validación antes de dar cualquier dato de la cuenta.",
            "understanding",
            True,
            3,
        ),
        CheckpointRow(
            "hold-permission",
            "Pedir permiso para la espera",
            "Pidió permiso y dijo el plazo.",
            "waiting",
            False,
            2,
        ),
        CheckpointRow(
            "no-rudeness",
            "No ser grosero",
            "En ningún turno dijo nada ofensivo, irónico ni cortante.",
            "handling",
            True,
            3,
        ),
        CheckpointRow(
            "offer-solution", "Ofrecer una solución", "Explicó qué se hará con el cobro y cuándo.", "handling", False, 2
        ),
        CheckpointRow("farewell", "Despedirse", "Se despidió y agradeció la llamada.", "closing", False, 1),
    ),
)


def attempts(count: int = 9, *, open_too: bool = True) -> tuple[AttemptRow, ...]:
    """Attempts over some weeks, newest first, with every result."""
    begun = datetime(2026, 5, 28, 15, 12, tzinfo=UTC)
    results = (
        ("passed", 92),
        ("failed", 71),
        ("pending", 80),
        ("passed", 100),
        ("incomplete", None),
        ("not-scored", None),
    )
    playable = [entry for entry in LIBRARY if entry is not GUIDED]
    rows = [
        AttemptRow(
            id=f"a{number}",
            scenario=playable[number % 4].id,
            title=playable[number % 4].title,
            started=begun - timedelta(days=2 * number, minutes=37 * number),
            number=max(1, 3 - number // 4),
            total=3,
            score=results[number % 6][1],
            result=results[number % 6][0],
            open=False,
            forked=number == 2,
            submitted=number == 3,
        )
        for number in range(count)
    ]
    if open_too:
        rows.insert(
            0,
            AttemptRow(
                "open-1", "transfer-needed", LIBRARY[3].title, begun + timedelta(hours=3), 1, 1, None, None, True, False
            ),
        )
    return tuple(rows)


@dataclass
class SampleServices:
    """Services over the samples. They answer at once, on the calling thread, and keep what they were told."""

    settings: Settings = field(default_factory=Settings)
    profiles: list[ProfileRow] = field(default_factory=lambda: list(PROFILES))
    library: tuple[LibraryEntry, ...] = (*LIBRARY, BROKEN)
    attempts: list[AttemptRow] = field(default_factory=lambda: list(attempts()))

    def save_settings(self, settings: Settings) -> None:
        self.settings = settings

    def glance(self, profile: str | None, success: Callable[[Glance], None]) -> None:
        success(Glance(tuple(self.profiles), self.library, tuple(self.attempts) if profile else ()))

    def add_profile(self, name: str, success: Callable[[ProfileRow], None]) -> None:
        made = ProfileRow(f"p{len(self.profiles) + 1}", name)
        self.profiles.append(made)
        success(made)

    def briefing(self, scenario: str, success: Callable[[BriefingView], None]) -> None:
        entry = next(entry for entry in self.library if entry.id == scenario)
        success(replace(BRIEFING, id=entry.id, title=entry.title, difficulty=entry.difficulty, minutes=entry.minutes))

    def delete_attempt(self, attempt: str, success: Callable[[None], None]) -> None:
        self.attempts = [row for row in self.attempts if row.id != attempt]
        success(None)
