"""From a wrong answer to its cause: evidence, factors, mutants that give the same numbers, and lines."""
