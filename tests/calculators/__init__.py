"""The calculators: what each answers, what they share, and that both Pythons agree."""
