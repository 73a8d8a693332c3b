"""The frontier: each point in its own units, what is proven as a plain line, what is sampled as a dotted one."""

from fractions import Fraction

from allocator.exploration.frontier import Frontier, Point
from reports.charts.trade_off import chart, letter
from reports.layout.figures import Figures
from scenarios.document import GoalKind


def frontier(figures: Figures) -> Frontier:
    values = (
        (Fraction(50), Fraction(300_000_01)),
        (Fraction(81, 2), Fraction(200_000_00)),
        (Fraction(30), Fraction(0)),
    )
    points = tuple(Point(first, second, figures.allocation) for first, second in values)
    return Frontier(GoalKind.PRIORITY_VALUE, GoalKind.REFERENCE_CLOSENESS, points, (True, False))


def test_points_are_exact_in_their_own_units(figures: Figures) -> None:
    drawn = chart(figures, frontier(figures))
    assert drawn.table.rows == (
        ("A", 50, 300_000_01, "droite exacte"),
        ("B", Fraction(81, 2), 200_000_00, "échantillon"),
        ("C", 30, 0, ""),
    )
    assert [column.name for column in drawn.table.columns][1:3] == [
        "Points de priorité financés",
        "Écart au plan de référence",
    ]


def test_what_is_proven_is_plain_and_what_is_sampled_dotted(figures: Figures) -> None:
    first, second, points = chart(figures, frontier(figures)).figure.data
    assert [first.line.dash, second.line.dash] == ["solid", "dot"]
    assert list(points.text) == ["A", "B", "C"]
    assert list(points.x) == [50.0, 40.5, 30.0]
    assert list(points.y) == [300_000.01, 200_000.0, 0.0]
    assert points.customdata[0].replace("\u202f", " ") == "A · 50 · 300 000,01 €"


def test_one_plan_best_for_both_goals(figures: Figures) -> None:
    alone = frontier(figures)
    single = Frontier(alone.first, alone.second, alone.points[:1], ())
    drawn = chart(figures, single)
    assert len(drawn.table.rows) == 1
    assert drawn.note == "Un même plan est le meilleur pour les deux objectifs : il n'y a rien à échanger."


def test_points_beyond_z_have_a_number() -> None:
    assert [letter(rank) for rank in (0, 25, 26)] == ["A", "Z", "27"]
