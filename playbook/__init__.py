"""What a company does with its playbook besides building it: `python -m playbook`. Pages are made by `macros`."""
