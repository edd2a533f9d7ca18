"""Which of a solution's local values can be confused with each other: those of one shape and dtype."""

from __future__ import annotations

from autograder.explain.mutation.operators import Alike

# run after the solution in the same module: notes the shapes of local values whenever a function returns
TRACER = """
def _observe_shapes():
    import sys

    seen = {}
    own = {value.__code__: name for name, value in list(globals().items()) if type(value).__name__ == "function"}

    def shape_of(value):
        shape = getattr(value, "shape", None)
        if shape is None or type(value).__name__ == "module":
            return None
        try:
            return f"{tuple(shape)} {value.dtype!s}"
        except Exception:
            return None

    def note(frame, event, argument):
        name = own.get(frame.f_code)
        if event != "return" or name is None or len(seen.get(name, ())) >= 40:
            return
        found = {}
        for local, value in frame.f_locals.items():
            if type(value) is dict:
                for key, item in list(value.items())[:50]:
                    if shape_of(item):
                        found[f"{local}[{key!r}]"] = shape_of(item)
            elif shape_of(value):
                found[local] = shape_of(value)
        seen.setdefault(name, []).append(found)

    sys.setprofile(note)
    return seen


_SHAPES = _observe_shapes()


def _shapes_seen():
    return dict(_SHAPES)
"""


def alike_values(seen: dict[str, list[dict[str, str]]]) -> dict[str, Alike]:
    """Groups of local values, by function, that had one shape and dtype in every call.

    Args:
        seen: What `_shapes_seen` of the tracer returned: for each call, expressions and their shapes.

    Example:

    >>> alike_values({"f": [{"H": "(7, 4)", "Z": "(7, 4)", "Y": "(7, 3)"}, {"H": "(2, 3)", "Z": "(2, 3)"}]})
    {'f': (('H', 'Z'),)}
    """
    found: dict[str, Alike] = {}
    for function, calls in seen.items():
        groups: dict[tuple[str, ...], list[str]] = {}
        for name in calls[0] if calls else ():
            shapes = tuple(call.get(name, "") for call in calls)
            if all(shapes):
                groups.setdefault(shapes, []).append(name)
        found[function] = tuple(tuple(group) for group in groups.values() if len(group) > 1)
    return found
