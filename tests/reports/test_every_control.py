"""No family of controls without a workbook altered by hand that turns it red, and it alone or with what it entails."""

from reports.controls.control import Family
from tests.reports import (
    test_comparisons,
    test_early_payments,
    test_overall_rules,
    test_presence_and_dates,
    test_recalculation,
    test_stress,
)


def test_every_family_of_controls_is_turned_red_by_hand():
    changes = (
        test_recalculation.CHANGES, test_recalculation.PARTNER_CHANGES, test_presence_and_dates.CHANGES,
        test_overall_rules.CHANGES, test_comparisons.CHANGES, test_early_payments.CHANGES, test_stress.CHANGES,
    )  # fmt: skip
    turned = {family for table in changes for change in table.values() for family in change[-1]}
    assert {str(family) for family in Family} - turned == set()
