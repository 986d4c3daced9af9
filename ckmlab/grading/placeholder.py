"""From a solution to the gap in which a student writes."""

import ast
import textwrap

__all__ = ["BEGIN", "END", "TEXT_GAP", "has_solution", "with_gaps", "without_markers"]

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
TEXT_GAP = "*Write your answer here.*"
HERE = "# your answer"


def has_solution(source):
    r"""Say whether a cell holds at least one well-formed pair of markers.

    Parameters
    ----------
    source : str

    Returns
    -------
    bool

    Examples
    --------
    >>> has_solution("### BEGIN SOLUTION\nx = 1\n### END SOLUTION")
    True
    >>> has_solution("### END SOLUTION\n### BEGIN SOLUTION")
    False
    """
    markers = [line.strip() for line in source.splitlines() if line.strip() in {BEGIN, END}]
    return bool(markers) and markers == [BEGIN, END] * (len(markers) // 2)


def without_markers(source):
    """A cell as the lecturer solved it, markers taken out.

    Parameters
    ----------
    source : str

    Returns
    -------
    str
    """
    kept = [line for line in source.splitlines() if line.strip() not in {BEGIN, END}]
    return "\n".join(kept)


def with_gaps(source, *, is_code=True, needed=None):
    r"""A cell with every solution replaced by a gap that runs.

    A name assigned in the solution becomes ``name = ...``, a function keeps its first line and
    its docstring, the rest of a function begun outside the markers becomes ``return ...``.

    Parameters
    ----------
    source : str
    is_code : bool, default True
        False for Markdown, whose gap is a friendly sentence.
    needed : set of str, optional
        Names that other cells use: only these are mentioned in the gap. All when left out.

    Returns
    -------
    str

    Examples
    --------
    >>> print(with_gaps("### BEGIN SOLUTION\nshare = 1 / 3\n### END SOLUTION"))
    share = ...  # your answer
    """
    kept, solution, inside = [], [], False
    for line in source.splitlines():
        if line.strip() == BEGIN:
            inside, solution = True, []
        elif line.strip() == END:
            inside = False
            kept += _code_gap(solution, needed) if is_code else [TEXT_GAP]
        else:
            (solution if inside else kept).append(line)
    return "\n".join(kept)


def _code_gap(lines, needed):
    indent = next((line[: len(line) - len(line.lstrip())] for line in lines if line.strip()), "")
    gap = _gap_lines(textwrap.dedent("\n".join(lines)), needed)
    return [indent + line for line in gap]


def _gap_lines(solution, needed):
    try:
        # A solution inside a function may return; parsed alone it would not be allowed to.
        body = ast.parse("def solution():\n" + textwrap.indent(solution, "    ")).body[0].body
    except SyntaxError:  # magics and shell lines, or nothing at all
        return [f"...  {HERE}"]
    gap, names = [], []
    if any(isinstance(node, ast.Return) for top in body for node in _same_scope(top)):
        return [f"return ...  {HERE}"]
    for node in body:
        if isinstance(node, ast.FunctionDef):
            gap += _function_gap(node)
        else:
            names += [name for name in _assigned(node) if name not in names]
    if needed is not None:
        names = [name for name in names if name in needed]
    gap += [f"{name} = ...  {HERE}" for name in names]
    return gap or [f"...  {HERE}"]


def _same_scope(node):
    """A statement and what is inside it, functions and classes left out."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _same_scope(child)


def _assigned(node):
    """Names that a statement at the top of a solution assigns."""
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        targets = [node.target]
    else:
        return []
    found = [part for target in targets for part in ast.walk(target)]
    return [
        part.id for part in found if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    ]


def _function_gap(node):
    head = f"def {node.name}({ast.unparse(node.args)}):"
    docstring = ast.get_docstring(node)
    shown = textwrap.indent(f'"""{docstring}"""', "    ").splitlines() if docstring else []
    return [head, *shown, f"    return ...  {HERE}"]
