"""What a company does with its playbook: beginning it, adding to it, taking a newer version."""
