"""How well the tests of single modules hold them: `make mutants` breaks them on purpose."""
