"""From screening over the fiche to the decision."""
