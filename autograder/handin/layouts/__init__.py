"""How learning platforms hand a class over: one file a platform, and `registry` that lists and recognises them."""
