"""What all calculators share."""
