"""Replies that were misjudged when the shipped scenarios were played by hand, each with its counter-example."""

from dataclasses import replace

import pytest

from simulator.language.situation import Situation
from simulator.protocol.catalogue import Verdict
from simulator.protocol.shipped import shipped_protocol
from simulator.protocol.understanding import understand

SITUATION = Situation(agent="Camila Rojas", clock=680, channel="phone")
MET, MISSED, UNCLEAR, NONE = Verdict.MET, Verdict.MISSED, Verdict.UNCLEAR, Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("id", "verdict", "reply"),
    [
        # Capitals are seen, not weighed.
        ("no-rudeness", MISSED, "LE DIGO QUE ME DÉ SU CÓDIGO."),
        ("no-rudeness", MET, "Le digo que su código es el de la reserva."),
        ("no-rudeness", MISSED, "No le entiendo nada, hable bien."),
        ("no-rudeness", MISSED, "No se le entiende, hable claro."),
        ("no-rudeness", MET, "No le entiendo bien, ¿me lo repite, por favor?"),
        ("no-rudeness", MET, "Usted habla bien, no se preocupe."),
        # What only looks like a request.
        ("courtesy-please", NONE, "Así no la puedo ayudar: no me deja hablar."),
        ("courtesy-please", NONE, "Lamentablemente no me deja otra opción."),
        ("courtesy-please", NONE, "Le dejo la constancia para que la muestre el viernes."),
        ("courtesy-please", NONE, "Sí, dígame en qué le puedo servir."),
        ("courtesy-please", MISSED, "Muestre el recibo y dígame su nombre."),
        ("courtesy-please", MISSED, "Dígame en qué calle vive y su número."),
        ("courtesy-please", MISSED, "¿Me deja su número?"),
        ("courtesy-please", MISSED, "Necesito que me diga su cédula para que el técnico la muestre."),
        # «¿No me entiende o qué?» asks for nothing.
        ("check-understanding", MISSED, "Está en la página, ¿no me entiende o qué?"),
        ("check-understanding", MET, "Se retira con la cédula, ¿me entiende?"),
        # Where one has to go is no reproach.
        ("no-blame", MET, "Tendría que venir a la sede con su cédula."),
        ("no-blame", MET, "Debería llamar mañana, cuando abra el Archivo."),
        ("no-blame", MISSED, "Tendría que haber llamado antes."),
        ("no-blame", MISSED, "Usted debió leer el contrato."),
        ("ask-callback-contact", UNCLEAR, "Ya, yo le digo. ¿Su número cuál es?"),
        ("ask-callback-contact", MISSED, "Su número de pedido, ¿cuál es?"),
        # «Te paso» hands over, «te pasaste» thanks.
        ("courtesy-thanks", MISSED, "Oye, te paso a una señora que quiere su auto."),
        ("courtesy-thanks", MISSED, "¿Y qué le pasó al equipo?"),
        ("thank-for-contact", MET, "Muchas gracias por atenderme, señora Paula."),
        ("thank-for-contact", MISSED, "Muchas gracias por la información, señora Paula."),
        # What a rule found and its own sentence leaves in doubt fails nobody: a person decides, a critical above all.
        ("verify-identity", UNCLEAR, "Entiendo su molestia, lamento lo ocurrido. Para revisar, ¿me regala su cédula?"),
        ("verify-identity", MET, "Entiendo su molestia, lamento lo ocurrido. Para validar, ¿me confirma su cédula?"),
        ("verify-identity", MISSED, "Entiendo su molestia, lamento lo ocurrido. Su saldo es de 48.900 pesos."),
        # One intention among several in a turn.
        (
            "clarifying-question",
            MET,
            "La entiendo, señora, tres llamadas y ninguna respuesta es agotador. Yo no la voy a soltar. Acá veo que el "
            "reclamo lo cerraron sin ir al domicilio, y eso ya lo reabrí. ¿Cuál es el número que está sin señal? Así "
            "miro la antena mientras sigo con la búsqueda y usted se queda conmigo en línea.",
        ),
        (
            "clarifying-question",
            MISSED,
            "La entiendo, señora, tres llamadas y ninguna respuesta es agotador. Acá veo que el reclamo lo cerraron "
            "sin ir al domicilio, y eso ya lo reabrí. ¿Con quién tengo el gusto?",
        ),
        ("clarifying-question", MET, "Don Segundo, ¿qué parte no le gustó? Le vuelvo a explicar los intereses."),
        ("clarifying-question", MISSED, "Don Segundo, ¿en qué le puedo ayudar? Le vuelvo a explicar los intereses."),
        (
            "apologise",
            MET,
            "Buenos días, Eliana, perdón que la moleste. La señora Nohora Pinzón debe dos facturas y quiere acuerdo. "
            "Yo le puedo dar el saldo, pero la firma del acuerdo está por fuera de mis facultades. Muchas gracias.",
        ),
        (
            "apologise",
            MISSED,
            "Buenos días, Eliana. La señora Nohora Pinzón debe dos facturas y quiere acuerdo. Yo le puedo dar el "
            "saldo, pero la firma del acuerdo está por fuera de mis facultades. Muchas gracias.",
        ),
    ],
)
def test_played(id: str, verdict: Verdict, reply: str) -> None:
    assert understand({id: shipped_protocol().protocol.rules[id]}, SITUATION, reply)[id].verdict is verdict


def test_a_customer_of_the_other_gender_changes_nothing_of_a_rude_order() -> None:
    for customer in ("Marta Ríos", "Raúl Medina"):
        found = understand(
            {"show-empathy": shipped_protocol().protocol.rules["show-empathy"]},
            replace(SITUATION, customer=customer),
            "Cálmese, señor, que ya lo vamos a ver.",
        )["show-empathy"]
        assert found.verdict is MISSED
