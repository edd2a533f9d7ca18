"""Which submissions resemble each other: for a person to look at, never for a mark."""
