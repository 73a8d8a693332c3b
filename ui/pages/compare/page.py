"""*Comparer*: choose versions, read what differs between the first and another, download the comparison."""

import streamlit as st

from reports.charts.table import Cell, Column, Unit, table_of
from reports.layout.pair import Pair
from scenarios.formats.problems import ScenarioError
from scenarios.language import _, spoken
from scenarios.store import UnknownError
from ui.compared import currencies_sentence
from ui.desk.comparing import ask_comparison, ask_comparison_workbooks, called, open_place, place_of, places
from ui.desk.desk import Desk
from ui.desk.versions import Current, parent
from ui.pages import frame, session
from ui.pages.allocation.calculation import plan_at
from ui.pages.choosing import chosen
from ui.pages.compare.differences import show_differences
from ui.pages.drawing import show_table
from ui.pages.waiting import asked, finished, requested
from ui.plan import Plan
from ui.roles import Action

_PLACES = "avec"
_MOST = 6
_KEY = "compare-places"


def show() -> None:
    """Show what differs between the versions chosen."""
    opened = frame.opened()
    if opened is None:
        return
    desk = session.desk()
    st.title(_("Comparer"))
    names = places(desk, opened)
    picked = _picked(desk, opened, names)
    if len(picked) < 2:
        st.info(_("Choisissez au moins deux versions : la première est celle à laquelle on compare les autres."))
        return
    plans = _plans(desk, picked)
    if plans is None:
        return
    if len({plan.scenario.currency for _opened, plan in plans.values()}) > 1:
        currencies = [plan.scenario.currency for _opened, plan in plans.values()]
        other = next(currency for currency in currencies if currency != currencies[0])
        st.warning(currencies_sentence(currencies[0], other))
        return
    if len(plans) > 2:
        _show_all(plans)
    before, after = _pair(plans)
    _show_pair(desk, plans, before, after)


def _picked(desk: Desk, opened: Current, names: dict[str, str]) -> list[str]:
    """Return the versions chosen; at first those of the address, else the version opened and the one before."""
    if _KEY not in st.session_state or not set(st.session_state[_KEY]) <= set(names):
        wanted = [place for place in st.query_params.get_all(_PLACES) if place in names]
        before = parent(desk, opened)
        usual = [place_of(before), place_of(opened)] if before is not None else [place_of(opened)]
        st.session_state[_KEY] = wanted or usual
    picked = st.multiselect(
        _("Versions à comparer, la première servant de référence"), list(names), format_func=names.__getitem__,
        key=_KEY, max_selections=_MOST, placeholder=_("Choisissez des versions"),
    )  # fmt: skip
    st.query_params[_PLACES] = picked
    return picked


def _plans(desk: Desk, picked: list[str]) -> dict[str, tuple[Current, Plan]] | None:
    """Return the plan of each version, calculated if need be; None, once said what is awaited, until all are there."""
    found: dict[str, tuple[Current, Plan]] = {}
    for place in picked:
        try:
            opened = open_place(desk, place)
        except (UnknownError, ScenarioError) as error:
            st.error(str(error))
            return None
        plan = plan_at(desk, opened, f"compare-{place}")
        if plan is None:
            st.caption(_("Plan attendu : {place}").format(place=place))
            return None
        found[place] = opened, plan
    return found


def _show_all(plans: dict[str, tuple[Current, Plan]]) -> None:
    """Show the figures of every version, then what each partner commits in each."""
    figures = [plan.figures for _opened, plan in plans.values()]
    columns = (
        Column(_("Version")), Column(_("Coût total"), Unit.AMOUNT), Column(_("Financé"), Unit.AMOUNT),
        Column(_("Reste à financer"), Unit.AMOUNT), Column(_("Opérations non financées"), Unit.NUMBER),
    )  # fmt: skip
    names = called([opened for opened, _plan in plans.values()])
    rows = (
        (name, plan.totals.cost, plan.totals.funded, plan.totals.missing, plan.totals.unfunded)
        for name, (_opened, plan) in zip(names, plans.values(), strict=True)
    )
    st.subheader(_("Toutes les versions choisies"))
    show_table(table_of(_("Toutes les versions choisies"), columns, rows, *figures), "all", "versions")
    partners = {code: holder.label for one in figures for code, holder in one.index.partners.items()}
    brought = [
        {code: sum(cents for (_o, payer), cents in one.committed.items() if payer == code) for code in partners}
        for one in figures
    ]
    lines: list[tuple[Cell, ...]] = [
        (code, label, *(one[code] for one in brought)) for code, label in sorted(partners.items())
    ]
    heads = (Column(_("Code")), Column(_("Partenaire")), *(Column(name, Unit.AMOUNT) for name in names))
    title = _("Ce que chaque partenaire engage")
    st.subheader(title)
    show_table(table_of(title, heads, lines, *figures), "all-partners", "partenaires")


def _pair(plans: dict[str, tuple[Current, Plan]]) -> tuple[str, str]:
    """Return which two are read in detail: the first, and the one chosen among the others."""
    first, *others = plans
    if len(others) == 1:
        return first, others[0]
    names = called([opened for opened, _plan in plans.values()])
    named = dict(zip(others, names[1:], strict=True))
    after = chosen(_("Comparer en détail la première version avec"), "detail", named)
    return first, after or others[0]


def _show_pair(desk: Desk, plans: dict[str, tuple[Current, Plan]], before: str, after: str) -> None:
    sides = plans[before], plans[after]
    wanted = f"{spoken()} {sides[0][0].version.id} {sides[1][0].version.id}"
    ticket = asked("comparison-asked", wanted, lambda: ask_comparison(desk, *sides))
    if not finished(ticket, "comparison"):
        return
    pair = Pair(sides[0][1].figures, sides[1][1].figures)
    first, second = called([opened for opened, _plan in sides])
    show_differences(ticket.result, pair, (first, second), (sides[0][1], sides[1][1]))
    if not desk.user.may(Action.EXPORT) or not pair.lines:
        return
    st.subheader(_("Classeurs de la comparaison"))
    zipped = requested(
        "comparison-workbooks", wanted, _("Préparer la comparaison et les avenants (Excel)"),
        lambda: ask_comparison_workbooks(desk, sides[0][1], sides[1][1]),
    )  # fmt: skip
    if zipped is not None and finished(zipped, "comparison-workbooks"):
        st.download_button(
            _("Télécharger la comparaison et les avenants"), data=zipped.result,
            file_name=f"comparaison_{before}_{after}.zip".replace("@", "_v"), mime="application/zip", on_click="ignore",
        )  # fmt: skip
