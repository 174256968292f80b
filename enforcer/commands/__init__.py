"""The commands of the headless face, a file for each group; see enforcer.__main__."""
