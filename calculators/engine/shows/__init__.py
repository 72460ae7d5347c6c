"""What a reader sees: words, HTML of forms and results, charts. Words are in ``words/`` and in calculators' folders."""
