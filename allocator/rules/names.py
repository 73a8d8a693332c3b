"""What the rule families are called by the committee."""

from scenarios.document import LockSense
from scenarios.language import N_, _

_NAMES = {
    "coverage": N_("couverture du coût"),
    "mandatory": N_("opération obligatoire"),
    "selection": N_("lancement unique"),
    "fixed_plan": N_("plan de financement fixe"),
    "presence": N_("participation du partenaire"),
    "rate_ceiling": N_("taux maximal"),
    "rate_floor": N_("taux minimal"),
    "amount_ceiling": N_("montant maximal"),
    "flat_aid": N_("forfait"),
    "flat_aid_of_share": N_("forfait"),
    "flat_aid_of_presence": N_("forfait"),
    "flat_aid_at_least": N_("forfait"),
    "public_aid_cap": N_("plafond d'aides publiques"),
    "owner_floor": N_("part minimale du maître d'ouvrage"),
    "participation": N_("participation du partenaire"),
    "participation_launched": N_("participation du partenaire"),
    "region_or_departement": N_("région ou département"),
    "minimum_ticket": N_("ticket minimal"),
    "minimum_ticket_required": N_("ticket minimal"),
    "partner_limit": N_("nombre maximal de partenaires"),
    "needs": N_("opération nécessaire"),
    "launched": N_("lancement d'une opération"),
    "excludes": N_("opérations qui s'excluent"),
    "mixed_aid": N_("aide mixte"),
    "de_minimis": N_("aides de minimis"),
    "start_before_decision": N_("opération commencée trop tôt"),
    "commitment_deadline": N_("date limite d'engagement"),
    "sanction": N_("sanction"),
    "transfer_contribution": N_("plafond des fonds de concours"),
    "reciprocity": N_("engagements réciproques"),
    "reserved_share": N_("part réservée"),
    "priority_share": N_("part maximale dans une priorité"),
    "grant_equivalent": N_("plafond en équivalent-subvention"),
    "matching_top_up": N_("abondement X+X"),
    "matching_top_up_limit": N_("abondement X+X, dans la limite de l'assiette"),
    "owner_capacity": N_("capacité propre du maître d'ouvrage"),
    "contingency": N_("provision pour aléas"),
    "free_payment": N_("paiements libres, en tout"),
    "beyond_profile": N_("paiements au rythme de l'opération"),
    "smoothness": N_("écarts de paiement d'une année sur l'autre"),
    "advance_ceiling": N_("avance maximale"),
    "instalment_ceiling": N_("acomptes maximaux"),
    "loan": N_("prêts dans la part du maître d'ouvrage"),
    "lock": N_("montant arrêté"),
    "commitment_budget": N_("budget d'engagement"),
    "payment_budget": N_("budget de paiement"),
    "envelope": N_("enveloppe"),
}


SENSES = {
    LockSense.EXACTLY: N_("exactement"),
    LockSense.AT_LEAST: N_("au moins"),
    LockSense.AT_MOST: N_("au plus"),
}
"""How an amount already decided binds a plan."""


def in_words(row_id: str) -> str:
    """Return the name of a row as the committee says it, with its codes: « taux maximal (R1, ECOLE, ETAT, 2027) ».

    Raises KeyError when no rule has such a row.
    """
    family, *codes = row_id.split("|")
    if family == "lock":
        codes[0] = _({sense.value: text for sense, text in SENSES.items()}[codes[0]])
    return f"{_(_NAMES[family])} ({', '.join(codes)})"
