"""The index sets of a scenario: sorted by code, whatever the order of the document."""

from typing import Any

import numpy as np
import pytest

from allocator.program.frame import MISSING, Frame, MissingBaseError
from scenarios.document import Base, Envelope, PartnerKind
from tests.allocator.rules.tiny import (
    derogation,
    eligibility,
    operation,
    plan_line,
    rule,
    scenario,
)

THREE = (
    operation("C", nature="DEM", owner="LAND", commune="C2"),
    operation("A", latest_start=2027, receipts=200),
    operation("B", project="AUTRE", profile=None),
)
LINES = (
    eligibility("REG", "A", eligible_base=900),
    eligibility("DEP", "A", presence="optional"),
    eligibility("ANRU", "C"),
)
PLAN = (plan_line("REG", 2027, 700, "B"), plan_line("DEP", 2026, 500, "B"))


def frame(**tables: Any) -> Frame:
    return Frame(scenario(**{"operations": THREE, "eligibilities": LINES, "plans": PLAN, **tables}))


def codes(frame: Frame, mask: np.ndarray) -> list[str]:
    return [operation.code for operation, flag in zip(frame.operations, mask.tolist(), strict=True) if flag]


def test_operations_partners_and_launches_are_sorted() -> None:
    found = frame()
    assert [operation.code for operation in found.operations] == ["A", "B", "C"]
    assert [partner.code for partner in found.partners] == ["ANRU", "COM", "DEP", "LAND", "PRIV", "REG"]
    assert found.to_fund.tolist() == [1000, 1200, 1200]
    launches = zip(found.launch_operation.tolist(), found.launch_year.tolist(), strict=True)
    assert list(launches) == [(0, 2026), (0, 2027), (1, 2026), (2, 2026)]
    assert found.first_launch.tolist() == [0, 2, 3, 4]


def test_cells_are_sorted_by_launch_then_partner() -> None:
    found = frame()
    cells = [
        (found.operation(cell).code, str(found.partner_codes[found.cell_partner[cell]]), int(found.cell_year[cell]))
        for cell in range(len(found.cell_launch))
    ]
    assert cells == [
        ("A", "COM", 2026),
        ("A", "DEP", 2026),
        ("A", "REG", 2026),
        ("A", "COM", 2027),
        ("A", "DEP", 2027),
        ("A", "REG", 2027),
        ("B", "DEP", 2026),
        ("B", "REG", 2026),
        ("C", "ANRU", 2026),
        ("C", "LAND", 2026),
    ]
    assert found.cell_required.tolist() == [True, False, True, True, False, True, True, True, True, True]
    assert found.cell_eligible_base.tolist() == [-1, -1, 900, -1, -1, 900, -1, -1, -1, -1]
    assert found.cell_launch.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 3, 3]
    assert found.cell_is_owner.tolist() == [True, False, False, True, False, False, False, False, False, True]


def test_a_fixed_plan_has_no_owner_cell_unless_it_names_the_owner() -> None:
    assert frame().owner_cell.tolist() == [0, 3, MISSING, 9]
    with_owner = frame(plans=(plan_line("COM", 2026, 1200, "B"),))
    assert with_owner.owner_cell.tolist() == [0, 3, 6, 8]
    assert with_owner.planned.tolist() == [False, True, False]


def test_payments_of_a_plan() -> None:
    assert frame().plan_payments == {(1, 5): [(2027, 700)], (1, 2): [(2026, 500)]}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["A", "B", "C"]),
        ({"natures": ("DEM",)}, ["C"]),
        ({"natures": ("AME", "DEM")}, ["A", "B", "C"]),
        ({"programmes": ("OPAH",)}, ["B"]),
        ({"projects": ("PRJ",)}, ["A", "C"]),
        ({"operations": ("C", "A")}, ["A", "C"]),
        ({"owner_kinds": ("landlord",)}, ["C"]),
        ({"natures": ("AME",), "projects": ("PRJ",), "owner_kinds": ("commune",)}, ["A"]),
        ({"natures": ("DEM",), "programmes": ("OPAH",)}, []),
    ],
)
def test_a_rule_concerns_what_meets_every_filter(filters: dict[str, Any], expected: list[str]) -> None:
    found = frame()
    limit = rule("rate_ceiling", partner="REG", rate="1/3", base="cost", **filters)
    assert codes(found, found.concerned(limit)) == expected


@pytest.mark.parametrize(
    ("derogations", "expected"),
    [
        ((derogation(operation="A"),), ["B", "C"]),
        ((derogation(project="PRJ"),), ["B"]),
        ((derogation(operation="A"), derogation(project="AUTRE")), ["C"]),
        ((derogation(rule="S", operation="A"),), ["A", "B", "C"]),
    ],
)
def test_derogations_add_up(derogations: tuple[Any, ...], expected: list[str]) -> None:
    found = frame(derogations=derogations)
    limit = rule("owner_floor", rate="1/5", counts=("region",))
    assert codes(found, found.concerned(limit)) == expected


def test_an_envelope_covers_by_nature_project_and_territory() -> None:
    found = frame()
    fields = {"code": "E", "label": "E", "partners": ("REG",), "amount": 1}
    assert codes(found, found.enveloped(Envelope(**fields))) == ["A", "B", "C"]
    assert codes(found, found.enveloped(Envelope(**fields, territories=("SUD",)))) == ["C"]
    assert codes(found, found.enveloped(Envelope(**fields, territories=("NORD",), projects=("PRJ",)))) == ["A"]


def test_bases_and_the_operation_that_lacks_one() -> None:
    found = frame()
    cells = np.arange(3)
    assert found.bases(Base.COST, cells, "R").tolist() == [1200, 1200, 1200]
    assert found.bases(Base.EXCL_VAT, cells, "R").tolist() == [1200, 1200, 1200]
    assert found.bases(Base.DEFICIT, cells, "R").tolist() == [1000, 1000, 1000]
    assert found.bases(Base.ELIGIBLE, np.array([2]), "R").tolist() == [900]
    with pytest.raises(MissingBaseError, match=r"^R: operation A has no base 'eligible'$"):
        found.bases(Base.ELIGIBLE, cells, "R")
    with pytest.raises(MissingBaseError, match=r"^R: operation C has no base 'incl_vat'$"):
        found.bases(Base.INCL_VAT, np.array([8]), "R")


def test_quantities_and_the_operation_that_lacks_one() -> None:
    found = frame(operations=(operation("A", units=0), operation("B")), eligibilities=(), plans=())
    assert found.quantities("units", np.array([0]), "R").tolist() == [0]
    with pytest.raises(MissingBaseError, match=r"^R: operation B has no units$"):
        found.quantities("units", np.array([0, 1]), "R")


def test_amounts_per_unit_are_exact_until_they_are_beyond_any_cost() -> None:
    operations = [operation(code, units=units) for code, units in (("A", 0), ("B", 3), ("C", 230_584), ("D", 230_585))]
    found = frame(operations=operations, eligibilities=(), plans=())
    # 2^60 is 1 152 921 504 606 846 976: 230 584 times 5 * 10^12 is below, once more is beyond.
    assert found.per_unit(5_000_000_000_000, "units", np.arange(4), "R").tolist() == [
        0, 15_000_000_000_000, 1_152_920_000_000_000_000, 2**60,
    ]  # fmt: skip
    assert found.per_unit(0, "units", np.arange(4), "R").tolist() == [0, 0, 0, 0]
    assert found.per_unit(1, "units", np.arange(4), "R").tolist() == [0, 3, 230_584, 230_585]


def test_a_base_of_zero_is_not_a_missing_one() -> None:
    found = frame(
        operations=(operation(cost_basis="incl_vat", cost_incl_vat=9, cost_excl_vat=0),),
        eligibilities=(eligibility("REG", eligible_base=0),), plans=(),
    )  # fmt: skip
    assert found.bases(Base.EXCL_VAT, np.array([0, 1]), "R").tolist() == [0, 0]
    assert found.bases(Base.ELIGIBLE, np.array([1]), "R").tolist() == [0]


def test_presence_is_a_decision_where_a_rule_depends_on_it() -> None:
    floor = rule("rate_floor", partner="DEP", rate="1/3", base="cost")
    found = frame(rules=(floor,))
    assert found.presence_cells.tolist() == [1, 4]
    assert frame(rules=(floor,), derogations=(derogation(operation="A"),)).presence_cells.tolist() == []
    assert frame(rules=(rule("rate_floor", partner="REG", rate="1/3", base="cost"),)).presence_cells.tolist() == []


def test_partners_of_the_kinds_a_rule_counts() -> None:
    assert frame().of_kinds((PartnerKind.REGION, PartnerKind.LANDLORD)).tolist() == [
        False, False, False, True, False, True,
    ]  # fmt: skip


def test_profiles_and_their_common_denominator() -> None:
    found = frame()
    assert found.profiles["THIRDS"] == {0: (1, 3), 1: (2, 3)}
    assert found.profile_multiple == 6
    assert frame(profiles=()).profile_multiple == 1
