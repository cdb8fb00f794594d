"""The environment, read in one place. Each variable of the contract with its default and what it accepts."""
