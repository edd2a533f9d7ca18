"""All layouts, and which of them a folder has."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from autograder.errors import UsageError
from autograder.handin.layouts.blackboard import BLACKBOARD
from autograder.handin.layouts.canvas import CANVAS
from autograder.handin.layouts.github import GITHUB
from autograder.handin.layouts.gradescope import GRADESCOPE
from autograder.handin.layouts.layout import Found, Layout
from autograder.handin.layouts.moodle import MOODLE
from autograder.handin.layouts.nbgrader import NBGRADER
from autograder.handin.layouts.plain import PLAIN
from autograder.handin.layouts.sakai import SAKAI
from autograder.handin.layouts.tree import HERE, Tree, is_bookkeeping
from autograder.handin.sources import Unreadable
from autograder.text import one_line

AUTO = "auto"
# where two explain equally much, the first: names that tell more come first
PLATFORMS = (MOODLE, BLACKBOARD, GRADESCOPE, SAKAI, NBGRADER, GITHUB, CANVAS)
LAYOUTS = {layout.name: layout for layout in (*PLATFORMS, PLAIN)}
# a .zip wraps a class in a folder, and the system that unpacks it in another
_MOST_WRAPPINGS = 3
# a student's folder may hold two files; a class in one folder has more
_FEWEST_WRAPPED = 3


def laid_out(folder: Path, wanted: str, name: str = AUTO) -> tuple[Layout, Tree, Found]:
    """How a class's folder is laid out, where in it the class begins, and what was handed in."""
    outer = Tree(folder)
    outer.check()
    if name == AUTO:
        layout, tree = _recognised(outer, wanted)
        return layout, tree, layout.read(tree, wanted)
    if name not in LAYOUTS:
        raise UsageError(f"expected --layout {AUTO}, {', '.join(LAYOUTS)}; received {name}")
    layout = LAYOUTS[name]
    trees = list(_unwrapped(outer))
    for tree in [_plain(trees, wanted)] if layout is PLAIN else trees:
        found = layout.read(tree, wanted)
        if found.pieces:
            return layout, tree, found
    raise UsageError(
        f"expected names like {layout.example} for --layout {name}, {folder} holds none; leave --layout out, and the "
        "names are looked at"
    )


def _recognised(tree: Tree, wanted: str) -> tuple[Layout, Tree]:
    """The platform that explains most names, if it explains more than half of them; else a plain folder.

    More than half: what one student calls a file makes nothing of a class, and a stray file unmakes nothing.
    """
    trees = list(_unwrapped(tree))
    counts = [(layout.explains(tree), layout, tree) for tree in trees for layout in PLATFORMS]
    count, layout, chosen = max(counts, key=lambda counted: counted[0])
    if 2 * count > len(_entries(chosen)):
        return layout, chosen
    _check_one_class(tree)
    _check_sections(trees[-1])
    return PLAIN, _plain(trees, wanted)


def _unwrapped(tree: Tree | None) -> Iterator[Tree]:
    for _ in range(_MOST_WRAPPINGS + 1):
        if tree is None:
            return
        yield tree
        tree = tree.wrapped


def _entries(tree: Tree) -> list[str]:
    return [name for name, mode in tree.names().items() if not is_bookkeeping(name, mode)]


def _plain(trees: list[Tree], wanted: str) -> Tree:
    """One folder alone is a student's, unless several students' hand-ins lie in it."""
    return next((tree for tree in trees[1:] if _is_class(tree, wanted)), trees[0])


def _is_class(tree: Tree, wanted: str) -> bool:
    """Whether a folder holds several hand-ins; a student's may hold several files, one of them called as asked."""
    graded = {piece.student for piece in PLAIN.read(tree, wanted).pieces if tree.is_read(piece.path)}
    stem = PurePosixPath(wanted).stem.lower()
    try:
        called = [path for path in map(PurePosixPath, tree.files(HERE)) if path.stem.lower() == stem]
    except Unreadable:
        called = []
    is_students = len(called) == 1 or any(len(path.parts) == 1 for path in called)
    return len(graded) >= _FEWEST_WRAPPED and not is_students


def _check_one_class(tree: Tree) -> None:
    """Two downloads side by side are two classes, or two assignments."""
    entries = _entries(tree)
    inner = [Tree(tree.root, tree.inside / name) for name in tree.folders()]
    if len(entries) < 2 or len(inner) < len(entries):
        return
    told = []
    for one in inner:
        best = max(PLATFORMS, key=lambda layout: layout.explains(one))
        if best.explains(one) < 2:
            return
        told.append(f"{one.inside.name}: {best.title}")
    listed = ", ".join(told[:5])
    raise UsageError(
        f"expected the hand-ins of one assignment, {tree.root} holds {len(told)} ({listed}); name one of them"
    )


def _check_sections(tree: Tree) -> None:
    """Folders of nothing but folders that look like hand-ins are sections of a course, not students."""
    sections = tree.folders()
    inner = {name: tree.names(HERE / name) for name in sections}
    students = [HERE / name / one for name, ones in inner.items() for one in ones]
    if len(sections) < 2 or len(sections) < len(_entries(tree)) or len(students) <= len(sections):
        return
    if all(inner.values()) and all(_looks_handed_in(tree, path) for path in students):
        listed = ", ".join(one_line(name) for name in sections[:5])
        raise UsageError(
            f"expected a class, {tree.folder} holds {len(sections)} folders of hand-ins ({listed}); name one of them, "
            f"or say --layout {PLAIN.name} where each is one student's"
        )


def _looks_handed_in(tree: Tree, path: PurePosixPath) -> bool:
    """Whether a folder holds a script, a notebook or an archive."""
    return any(tree.is_read(path / name) for name, mode in tree.names(path).items() if stat.S_ISREG(mode))


def unseen(layout: Layout, tree: Tree, found: Found) -> Iterator[tuple[str, str]]:
    """What was not looked at in a class's folder, and why."""
    known = {piece.path.parts[0] for piece in found.pieces} | found.records
    for path, why in found.aside.items():
        yield str(tree.inside / path), why
    for name, mode in tree.names().items():
        if name not in known and name not in found.aside:
            is_kept = is_bookkeeping(name, mode)
            why = "by its name it is nobody's hand-in" if is_kept else f"it is not named like {layout.example}"
            yield str(tree.inside / name), why
    for outside in tree.inside.parents:
        for name in Tree(tree.root, outside).names():
            if not tree.inside.is_relative_to(outside / name):
                yield str(outside / name), "it lies beside the folder of the class"
    for name in tree.hidden():
        yield str(tree.inside / name), "its name begins with a dot"
