"""What holds where nobody says otherwise. Nothing is imported here: `--help` must not wait for it."""

DEFAULT_SEED = 20260101
# how much a diagnosis says, each more than the one before
HELP_LEVELS = ("where", "kind", "value", "lecture")
