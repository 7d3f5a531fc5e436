#!/usr/bin/env python3
# autarky: checks that every #include goes to a module of a lower layer, named in USES, and that faces include only answers
# SPDX-License-Identifier: Apache-2.0
"""usage: check_layers.py [TREE]

Reads the order of the modules from AUTARKY_LAYERS in TREE/CMakeLists.txt and what each module uses from
TREE/src/<module>/CMakeLists.txt. A face (apps/, python/) includes itself, other faces and what FACES_MAY names; bench/ and fuzz/
may measure any module that there is. Prints one line a violation; exit code 1 when there is one.
"""
import pathlib
import re
import sys

FACES_MAY = {"answers", "show", "core", "input"}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def declared_layers(tree: pathlib.Path) -> dict[str, int]:
    """The layer of each module, 0 the lowest."""
    text = (tree / "CMakeLists.txt").read_text()
    found = re.search(r"set\(AUTARKY_LAYERS\s+(.*?)\)", text, re.S)
    if not found:
        sys.exit(f"{tree}/CMakeLists.txt: there is no set(AUTARKY_LAYERS ...)")
    return {name: level for level, layer in enumerate(re.findall(r'"([^"]*)"', found[1])) for name in layer.split()}


def declared_uses(folder: pathlib.Path) -> set[str]:
    """What USES of the module's autarky_module() names."""
    text = re.sub(r"#.*", "", (folder / "CMakeLists.txt").read_text())
    found = re.search(r"\bUSES\s+([a-z_\s]+)", text)
    return set(found[1].split()) if found else set()


def reachable(module: str, uses: dict[str, set[str]]) -> set[str]:
    """The module, what it uses, what those use, and so on."""
    seen, open_ = set(), [module]
    while open_:
        name = open_.pop()
        if name not in seen:
            seen.add(name)
            open_.extend(uses.get(name, ()))
    return seen


def includes(folder: pathlib.Path):
    """File, line and path of every include with quotation marks."""
    for file in sorted(folder.rglob("*.?pp")):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if match := INCLUDE.match(line):
                yield file, number, match[1]


def outside(tree: pathlib.Path, layers: dict[str, int]) -> list[str]:
    """What the faces must not include, and includes of modules that do not exist."""
    faces = {p.name for p in (tree / "apps").glob("*") if p.is_dir()}
    found = []
    for top in ("apps", "python", "bench", "fuzz"):
        for file, number, path in includes(tree / top):
            where, target = f"{file.relative_to(tree)}:{number}", path.split("/")[0]
            if top in ("bench", "fuzz"):
                if "/" in path and target not in layers and not (file.parent / path).exists() and not (tree / top / path).exists():
                    found.append(f"{where}: there is no module '{target}'")
            elif target not in faces | FACES_MAY and not (file.parent / path).exists():
                found.append(f"{where}: a face must not include '{target}', only {', '.join(sorted(FACES_MAY))}")
    return found


def violations(tree: pathlib.Path) -> list[str]:
    layers = declared_layers(tree)
    src = tree / "src"
    found = [f"src/{p.name}:1: no files directly in src/: it belongs to a module" for p in src.glob("*.?pp")]
    modules = sorted(p.parent.name for p in src.glob("*/CMakeLists.txt"))
    uses = {m: declared_uses(src / m) for m in modules}
    for module in modules:
        if module not in layers:
            found.append(f"src/{module}:1: '{module}' is not in AUTARKY_LAYERS")
            continue
        allowed = reachable(module, uses)
        for file, number, path in includes(src / module):
            where, target = f"{file.relative_to(tree)}:{number}", path.split("/")[0]
            if "/" not in path or target not in layers:
                found.append(f'{where}: write the include from src/: "{module}/{path}"')
            elif target != module and layers[target] >= layers[module]:
                found.append(f"{where}: '{module}' must not include '{target}'")
            elif target not in allowed:
                found.append(f"{where}: '{module}' includes '{target}', which its USES does not name")
    return found + outside(tree, layers)


def main() -> int:
    tree = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    found = violations(tree)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
