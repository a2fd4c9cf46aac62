"""From the form to the saved comment: checks, screening, guests' links, drafts, signing in on the way."""
