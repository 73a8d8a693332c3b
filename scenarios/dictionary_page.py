"""The page ``docs/format.md``: how a scenario is written, and every column of every table."""

from collections.abc import Iterable, Iterator

from scenarios.choices import CHOICES
from scenarios.dictionary import HEADER, Column, Table, tables
from scenarios.document.quantities import AMOUNT, CODE, DATE, FLAG, LABEL, RATE, RATIO, TEXT, WHOLE, YEAR
from scenarios.language import _

INTRODUCTION = """\
<!-- Page produite par « python -m scenarios.dictionary » : ne pas la modifier à la main. -->

# Le format d'un scénario

Un scénario est un seul document qui dit tout ce dont la répartition dépend : le comité, les années, les partenaires
et leurs budgets, les opérations, qui peut les financer, les règles et les objectifs. Rien n'est ajouté en silence :
ce qui manque ou se contredit est refusé, avec le fichier, la ligne, la colonne, ce qui est trouvé, ce qui est attendu
et ce qu'il faut faire. Tous les problèmes sont donnés en une fois.

## Quatre formes, un même document

- un fichier **`.yaml`** : le plus facile à lire et à corriger à la main ;
- un fichier **`.json`** : pour les échanges entre programmes ;
- un **dossier** : `scenario.yaml` avec l'en-tête et les objectifs, et un fichier CSV par table (`operations.csv`,
  `budgets.csv`…). C'est la forme des scénarios de plusieurs milliers d'opérations ; les CSV s'ouvrent dans un tableur ;
- un **classeur `.xlsx`** : une feuille par table, avec titres français, notes et listes déroulantes ; voir
  [le classeur d'un scénario](classeur-scenario.md).

Passer d'une forme à l'autre ne perd ni ne change rien. Une table facultative et vide n'a pas de fichier. Le dossier
peut contenir d'autres fichiers (un `README.md`, des sources) mais aucun autre CSV.

## Ce qu'on écrit dans une cellule

| valeur | écriture | à savoir |
|---|---|---|
| montant | `639325.80` | dans la monnaie du scénario (`currency`), point décimal, sans espace ni symbole |
| taux, part | `0.25`, `25 %` ou `1/3` | gardé exactement : un tiers s'écrit `1/3`, jamais `0.333` |
| oui ou non | `oui`, `non` | en minuscules |
| année, entier | `2026`, `12` | sans espace |
| date | `2026-11-24` | année, mois, jour |
| code | `01004`, `NPNRU-2` | du texte, même fait de chiffres : les zéros du début comptent |
| liste | `[DEM, AME]` ou `DEM\\|AME` | entre crochets en YAML et en JSON ; des barres verticales ailleurs |
| texte | `Démolition, 12 logements` | d'une seule pièce, sans retour à la ligne |
| rien | | champ omis ou cellule vide : la valeur est absente, elle n'est jamais remplacée par zéro |

Un filtre vide (natures, projets…) ne restreint rien ; une opération est concernée quand elle satisfait tous les filtres
remplis.

Les fichiers sont en UTF-8. Les CSV ont la virgule pour séparateur et le nom des colonnes en première ligne, dans
n'importe quel ordre. En YAML, les ancres (`&`), les renvois (`*`) et les champs écrits deux fois sont refusés.

Un CSV enregistré par un tableur français, avec des points-virgules entre les colonnes, est lu aussi : ses nombres
peuvent alors avoir une virgule décimale et des espaces entre les milliers, et la commande le dit. Dans un CSV, un texte
qui commence par `=`, `+`, `-` ou `@` s'écrit après une apostrophe, ôtée à la relecture : sinon calculé par le tableur.

Deux codes ne peuvent pas différer que par les majuscules. Un fichier de plus de 50 Mo est refusé sans être lu
(`ALLOCATOR_LARGEST_DOCUMENT_MB` change cette limite).
"""

EXAMPLE = """\
code: exemple
title: Deux opérations, trois partenaires (montants illustratifs)
committee: Comité illustratif
currency: EUR
reference_date: 2026-01-01
first_year: 2026
last_year: 2028
goals:
- kind: priority_value
- kind: funded_cost
partners:
- {code: ANRU, label: ANRU, kind: anru, commitment_limited: oui, payment_limited: non, carry_over: oui}
- {code: REGION, label: Région, kind: region, commitment_limited: non, payment_limited: non, carry_over: non}
- {code: VILLE, label: Ville, kind: commune, commitment_limited: non, payment_limited: non, carry_over: non}
communes:
- {code: '01004', label: Commune illustrative, territory: AGGLO}
projects:
- {code: CENTRE, label: Convention du centre, holder: VILLE, programme: NPNRU}
profiles:
- {profile: TIERS, offset: 0, share: 1/3}
- {profile: TIERS, offset: 1, share: 2/3}
operations:
- code: DEM-1
  label: Démolition de 12 logements
  nature: DEM
  project: CENTRE
  commune: '01004'
  owner: VILLE
  cost_basis: excl_vat
  cost_excl_vat: 639325.80
  receipts: 0
  units: 12
  unit: logements
  value: 10
  mandatory: oui
  divisible: non
  earliest_start: 2026
  latest_start: 2027
  profile: TIERS
  provenance: montants illustratifs
- code: AME-1
  label: Aménagement de la place
  nature: AME
  project: CENTRE
  commune: '01004'
  owner: VILLE
  cost_basis: excl_vat
  cost_excl_vat: 250000
  receipts: 10000
  value: 4
  mandatory: non
  divisible: oui
  earliest_start: 2026
  latest_start: 2027
  profile: TIERS
  provenance: montants illustratifs
eligibilities:
- {operation: DEM-1, partner: ANRU, presence: required}
- {operation: AME-1, partner: ANRU, presence: optional}
- {operation: AME-1, partner: REGION, presence: optional}
budgets:
- {holder: ANRU, year: 2026, commitment: 300000}
- {holder: ANRU, year: 2027, commitment: 200000}
- {holder: ANRU, year: 2028, commitment: 0}
rules:
- code: DEM-80
  label: L'ANRU finance au plus 80 % du coût des démolitions
  kind: rate_ceiling
  partner: ANRU
  rate: 80 %
  base: excl_vat
  natures: [DEM]
  negotiable: non
  reference: exemple illustratif
  mark: illustrative
- code: MO-20
  label: Le maître d'ouvrage garde au moins 20 % des financements publics
  kind: owner_floor
  rate: 0.2
  counts: [anru, region, commune]
  owner_kinds: [commune]
  negotiable: non
  reference: exemple illustratif
  mark: illustrative
"""


def page() -> str:
    """Return the whole page in Markdown."""
    return "\n".join([INTRODUCTION, _quantities(), _example(), *map(_section, tables().values()), _choices()])


def _quantities() -> str:
    kinds = (AMOUNT, RATE, RATIO, WHOLE, YEAR, DATE, FLAG, CODE, LABEL, TEXT)
    lines = [f"| {_(kind.name)} | {_(kind.expected)} |" for kind in kinds]
    head = f"| {_('type')} | {_('ce qui est accepté')} |"
    return "\n".join([f"## {_('Les types')}", "", head, "|---|---|", *lines, ""])


def _example() -> str:
    return f"## {_('Un petit exemple complet')}\n\n```yaml\n{EXAMPLE}```\n"


def _section(table: Table) -> str:
    heading = _("En-tête") if table.name == HEADER else f"`{table.name}` : {_(table.meaning).lower()}"
    head = [_("colonne"), _("type"), _("unité"), _("obligatoire"), _("par défaut"), _("sens")]
    rows = [head, ["---"] * len(head), *map(_cells, table.columns)]
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    presence = [] if table.name == HEADER else [_("Table obligatoire.") if table.required else _("Table facultative.")]
    return "\n".join([f"## {heading}", "", *(f"{line}\n" for line in presence), *lines, ""])


def _cells(column: Column) -> list[str]:
    return [
        f"`{column.name}`",
        "<br>".join(_type(column)),
        _(column.quantity.unit) if column.quantity.unit else "",
        _required(column),
        f"`{column.default}`" if column.default else "",
        "<br>".join(_meaning(column)),
    ]


def _required(column: Column) -> str:
    if column.needed_by and not column.required:
        return _("pour {kinds}").format(kinds=_words(column.needed_by))
    return _("oui") if column.required else _("non")


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _type(column: Column) -> Iterator[str]:
    name = _(column.quantity.name)
    yield _("liste de : {name}").format(name=name) if column.listed else name
    if column.values:
        yield _words(column.values)


def _meaning(column: Column) -> Iterator[str]:
    yield column.meaning
    if column.kinds:
        yield _("règles {kinds}").format(kinds=_words(column.kinds))


def _choices() -> str:
    lines = [f"| `{word}` | {_(meaning)} |" for word, meaning in CHOICES.items()]
    head = f"| {_('mot')} | {_('sens')} |"
    return "\n".join([f"## {_('Les mots des listes fermées')}", "", head, "|---|---|", *lines])
