"""What one session may ask of the server: how long a calculation runs, how many wait. Commands have no limit."""

from dataclasses import dataclass
from fractions import Fraction

from allocator.words import number
from scenarios.language import _
from ui.configuration import LONGEST_CALCULATION, MOST_WAITING, longest_calculation, most_waiting
from ui.solving.messages import Failure, Kind


@dataclass(frozen=True)
class Limits:
    """``seconds``: after which a calculation is stopped. ``waiting``: calculations one owner may have in the queue."""

    seconds: float
    waiting: int

    def too_long(self) -> Failure:
        """Say that a calculation was stopped, and what to do."""
        text = _(
            "Le calcul a été arrêté : il dépassait la durée permise sur ce serveur ({seconds} secondes). Rien n'a été "
            "modifié. Demandez moins à la fois, menez-le par la commande « allocator », qui n'a pas de limite de "
            "durée, ou faites allonger la durée par l'administrateur ({variable})."
        ).format(seconds=number(Fraction(self.seconds)), variable=LONGEST_CALCULATION)
        return Failure(Kind.LIMIT, text)

    def too_many(self) -> Failure:
        """Say that a calculation was not taken, and what to do."""
        text = _(
            "Le calcul n'a pas été pris : {count} des vôtres attendent déjà, le plus que permet ce serveur. Attendez "
            "qu'ils avancent ou arrêtez-en, puis redemandez-le ; l'administrateur peut en permettre davantage "
            "({variable})."
        ).format(count=self.waiting, variable=MOST_WAITING)
        return Failure(Kind.LIMIT, text)


def limits() -> Limits:
    """Return the limits the settings of the environment give."""
    return Limits(longest_calculation(), most_waiting())
