"""What several calculators compute with, and what knows no table and no word: roundings, allocations, calendars."""
