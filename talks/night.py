"""How long after midnight a night still belongs to the evening before, when no day of the event follows."""

NIGHT_HOURS = 4
