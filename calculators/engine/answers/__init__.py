"""What a calculator answers: a result's parts, and pseudonyms in the place of names before anything is computed."""
