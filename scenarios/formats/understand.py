"""From the raw document to the scenario: what the models refuse is told in French, place by place."""

from typing import Any

from pydantic import ValidationError

from scenarios.checks import findings
from scenarios.dictionary import HEADER, Column, Table, tables
from scenarios.document import FORMAT_VERSION, Scenario
from scenarios.document.quantities import AMOUNT, CODE, DATE, FLAG, LABEL, RATE, RATIO, TEXT, WHOLE, YEAR
from scenarios.formats.problems import Problem
from scenarios.formats.tree import Tree, unknown_advice
from scenarios.language import N_, _
from scenarios.look_alikes import advice_on_code
from scenarios.wording import closest, quoted, shown


def understand(tree: Tree) -> Scenario | None:
    """Return the scenario, or None after adding to ``tree.problems`` everything the models, then the checks, refuse."""
    _check_version(tree)
    try:
        scenario = Scenario.model_validate(tree.values)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _report(tree, details["type"], details["loc"], details.get("ctx", {}), details["input"])
        return None
    if not tree.problems:
        tree.problems.extend(map(tree.places.of, findings(scenario)))
    return None if tree.problems else scenario


def in_order(problems: list[Problem]) -> list[Problem]:
    """Sort problems in the order of the document: by file, sheet or table, then by line, then by column of a sheet."""
    ranks = {name: rank for rank, name in enumerate(tables())}

    def place(problem: Problem) -> tuple[int, int, int, str]:
        name = problem.file.removesuffix(".csv") if problem.file and not problem.sheet else problem.table
        return ranks.get(name, 0), problem.row or 0, len(problem.cell), problem.cell

    return sorted(problems, key=place)


def _check_version(tree: Tree) -> None:
    version = tree.values.get("format_version")
    if version in (None, "", str(FORMAT_VERSION)):
        return
    del tree.values["format_version"]
    tree.problems.append(
        tree.places.problem(
            HEADER, 0, "format_version", found=shown(version),
            expected=_("la version {version}, la seule que ce programme lit").format(version=FORMAT_VERSION),
            advice=_("Convertissez le document, ou lisez-le avec le programme qui l'a écrit."),
        )
    )  # fmt: skip


def _report(tree: Tree, kind: str, place: tuple[int | str, ...], context: dict[str, Any], value: Any) -> None:
    """Tell one error of the models, unless what is missing there has been told already."""
    table, row, column = _cell(place)
    known = {(table.name, -1, ""), (table.name, -1, column), (table.name, row, column)}
    if known & tree.reported:
        return
    if row is None and table.name != HEADER:
        _report_table(tree, table)
    elif kind in {"missing", "union_tag_not_found"}:
        _report_missing(tree, table, row or 0, column or "kind")
    elif kind == "extra_forbidden":
        _report_unknown(tree, table, row or 0, column, place, value)
    else:
        expected = _(context["expected"]) if kind == "quantity" else ""
        _report_value(tree, table, row or 0, column or "kind", expected, value)


def _cell(place: tuple[int | str, ...]) -> tuple[Table, int | None, str]:
    """Find the table, the row and the column of an error: rules carry their kind before the column."""
    names = [part for part in place if isinstance(part, str)]
    rows = [part for part in place if isinstance(part, int)]
    if place[0] not in tables():
        return tables()[HEADER], 0, names[0]
    table = tables()[names[0]]
    inner = names[2:] if table.name == "rules" else names[1:]
    return table, rows[0] if rows else None, inner[0] if inner else ""


def _report_table(tree: Tree, table: Table) -> None:
    tree.problems.append(
        tree.places.problem(
            table.name, None, None, found=_("aucune ligne"), expected=_("la table « {name} »").format(name=table.name),
            advice=_("Ajoutez cette table ; ses colonnes sont décrites dans docs/format.md."),
        )
    )  # fmt: skip


def _report_missing(tree: Tree, table: Table, row: int, name: str) -> None:
    column = _known(table, name)
    if len(column.meanings) == 1:
        advice = _("Remplissez « {name} » ({meaning}).").format(name=name, meaning=column.meaning)
    else:
        advice = _("Remplissez « {name} ».").format(name=name)
    tree.problems.append(
        tree.places.problem(table.name, row, name, found=_("rien"), expected=column.expected, advice=advice)
    )


def _known(table: Table, name: str) -> Column:
    return next(column for column in table.columns if column.name == name)


def _report_unknown(tree: Tree, table: Table, row: int, name: str, place: tuple[int | str, ...], value: Any) -> None:
    column = table.column(name)
    if column is not None:
        expected = _("rien : une règle « {kind} » n'emploie pas cette colonne").format(kind=place[2])
        advice = _("Videz « {name} », qui ne sert qu'aux règles {kinds}.").format(name=name, kinds=quoted(column.kinds))
    else:
        expected = _("un champ connu")
        names = [known.name for known in table.columns]
        if table.name == HEADER:
            names += [other for other in tables() if other != HEADER]
        advice = unknown_advice(name, tuple(names))
    found = shown(value) if column is not None else shown(name)
    tree.problems.append(tree.places.problem(table.name, row, name, found=found, expected=expected, advice=advice))


def _report_value(tree: Tree, table: Table, row: int, name: str, expected: str, value: Any) -> None:
    column = _known(table, name)
    if isinstance(value, dict):
        value = value.get(name)
    expected = expected or column.expected_value
    tree.problems.append(
        tree.places.problem(table.name, row, name, found=shown(value), expected=expected, advice=_advice(column, value))
    )


def _advice(column: Column, value: Any) -> str:
    """Tell how to write the value."""
    text = value if isinstance(value, str) else ""
    if column.values:
        near = closest(text, column.values)
        if near is None:
            return _("Choisissez l'un des mots attendus.")
        return _("Écrivez « {near} » si c'est ce que vous vouliez dire.").format(near=near)
    if column.quantity in {AMOUNT, RATE, RATIO} and "," in text and "." in text:
        return _("Écrivez le nombre sans séparateur de milliers, avec un point décimal.")
    if column.quantity in {AMOUNT, RATE, RATIO} and "," in text:
        return _("Écrivez un point à la place de la virgule décimale.")
    if column.quantity == CODE and text != text.strip():
        return _("Supprimez les espaces au début et à la fin du code.")
    if column.quantity == CODE and (advice := advice_on_code(text)) is not None:
        return advice
    return _(_ADVICE[column.quantity])


_ADVICE = {
    AMOUNT: N_("Écrivez des euros avec un point décimal, sans espace ni symbole, et pas plus de deux décimales."),
    RATIO: N_("Écrivez un rapport de 10 au plus, six décimales au plus, sinon une fraction."),
    RATE: N_("Écrivez une part du tout, 1 ou 100 % au plus ; six décimales au plus, sinon une fraction."),
    CODE: N_("Employez un code sans espace ni accent ; le nom complet va dans « label »."),
    YEAR: N_("Écrivez l'année en quatre chiffres."),
    WHOLE: N_("Écrivez un nombre entier, sans espace ni unité."),
    FLAG: N_("Écrivez « oui » ou « non », en minuscules."),
    DATE: N_("Écrivez une date qui existe : année, mois, jour."),
    LABEL: N_("Écrivez un texte court, sans tabulation, retour à la ligne ni marque invisible."),
    TEXT: N_("Raccourcissez le texte, sans tabulation, retour à la ligne ni marque invisible."),
}
