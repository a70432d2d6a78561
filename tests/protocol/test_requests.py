"""What asks something of the customer, and so needs a courtesy, by the shipped rule; what only looks like it."""

import pytest

from simulator.protocol.catalogue import Verdict
from simulator.protocol.load import LoadedProtocol
from simulator.protocol.understanding import understand
from tests.protocol.conftest import SITUATION


def courtesy(shipped: LoadedProtocol, reply: str) -> Verdict:
    rules = {"courtesy-please": shipped.protocol.rules["courtesy-please"]}
    return understand(rules, SITUATION, reply)["courtesy-please"].verdict


@pytest.mark.parametrize(
    "reply",
    [
        "Le dejo la copia para que la lleve y la muestre el viernes.",
        "La idea es que usted la muestre el viernes.",
        "Basta con que muestre el recibo el viernes.",
        "Le mando el enlace para que ingrese, ponga su clave y firme el documento.",
        "La cita le queda para que traiga los papeles el lunes.",
        "Le llega un mensaje cuando el técnico marque la visita.",
        "En cuanto ponga la firma el doctor, le aviso.",
        "Puede ser que el técnico traiga el equipo hoy.",
        "No hace falta que envíe la copia.",
        "Le recomiendo que apague el módem de noche.",
        "Antes de que marque la extensión, le cuento algo.",
        "Es normal que marque la luz roja.",
        "La oficina abre a las ocho de la mañana.",
        "La sucursal abre el lunes.",
        "Me da mucha pena con usted, doña Marta.",
        "Me da mucho gusto saludarla.",
        "Me da alegría que ya tenga luz.",
        "El sistema me dice que el pago sí entró.",
        "Aquí me indica que la factura está al día.",
        "La pantalla me muestra dos cobros.",
        "No me deja ver la cuenta.",
        "Mi compañero me manda el dato en un minuto.",
        "La supervisora me confirma mañana y yo la llamo.",
        "Eso me pasa a mí también.",
        "Lo que me dice es muy serio y lo voy a revisar.",
        "Usted me dice que le cobraron dos veces.",
        "Entonces me indica que no le llegó el pedido.",
        "Como me cuenta que viaja mañana, lo hago hoy.",
    ],
)
def test_what_asks_nothing_needs_no_courtesy(shipped: LoadedProtocol, reply: str) -> None:
    assert courtesy(shipped, reply) is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    "reply",
    [
        "Deme su número para que lo busque el sistema.",
        "Apague el módem para que tome la señal.",
        "Para que quede listo, deme su cédula.",
        "Necesito que me mande la foto.",
        "Muestre el recibo en la caja.",
        "Marque el uno y espere en línea.",
        "¿Me da su número de cédula?",
        "Me dice su número de cédula.",
        "¿Me dice qué mensaje le aparece?",
        "Ahí me indica el número de la factura.",
        "Dígame el número, que el sistema me lo pide.",
        "Abre un caso a su nombre y me avisas.",
    ],
)
def test_a_bare_order_lacks_it(shipped: LoadedProtocol, reply: str) -> None:
    assert courtesy(shipped, reply) is Verdict.MISSED
