# autarky: workbooks: their formulas recalculated at other inputs give what the program gives there
# SPDX-License-Identifier: Apache-2.0
"""usage: test_workbook.py PROGRAM [--soffice]

Reads the files with nothing but a zip reader and an XML parser, and evaluates their formulas by itself: an independent reading
of them. With --soffice LibreOffice recalculates them instead (tools/check_workbook.sh), for the same inputs and the same answer.
"""

import json
import math
import operator
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

PROGRAM = sys.argv[1]
BY_OFFICE = "--soffice" in sys.argv[2:]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SMALL = Path(__file__).resolve().parents[1] / "model" / "data" / "uncertain.toml"  # a few rows of each kind: seconds, not minutes
TOLERANCE = 1e-9  # programs count with 15 digits, and read constants with as many


class Refused(Exception):
    """The scenario makes no sense with the values that were given."""


def autarky(*words):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode == 3:
        raise Refused(done.stderr)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


# --- reading ------------------------------------------------------------------------------------------------------------------


class Book:
    """The cells of a workbook: numbers and texts by (sheet, place), formulas apart, and its names."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}
        strings = self._xml("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in self.parts else ET.Element("none")
        texts = ["".join(t.text or "" for t in si.iter(MAIN + "t")) for si in strings.iter(MAIN + "si")]
        book = self._xml("xl/workbook.xml")
        self.sheets = [sheet.get("name") for sheet in book.iter(MAIN + "sheet")]
        self.names = {one.get("name"): one.text.replace("$", "") for one in book.iter(MAIN + "definedName")
                      if not one.get("name").startswith("_xlnm.")}  # those of filters and printed headings
        self.values, self.formulas, self._trees = {}, {}, {}
        for number, sheet in enumerate(self.sheets, 1):
            for cell in self._xml(f"xl/worksheets/sheet{number}.xml").iter(MAIN + "c"):
                value, formula, at = cell.find(MAIN + "v"), cell.find(MAIN + "f"), (sheet, cell.get("r"))
                if formula is not None:
                    self.formulas[at] = formula.text
                if value is not None:
                    self.values[at] = texts[int(value.text)] if cell.get("t") == "s" else float(value.text)

    def _xml(self, name):
        return ET.fromstring(self.parts[name])

    def tree(self, key):
        if key not in self._trees:
            self._trees[key] = parsed(self.formulas[key])
        return self._trees[key]

    def column(self, sheet, letter):
        return {int(at[len(letter) :]): value for (of, at), value in self.values.items()
                if of == sheet and re.fullmatch(letter + r"\d+", at)}

    def input_cell(self, path):
        (row,) = [row for row, text in self.column("Inputs", "A").items() if text == path]
        return f"C{row}"

    def changed(self, path, value, to):
        """A copy on disk with another number for one input, and no stored results."""
        sheet = f"xl/worksheets/sheet{self.sheets.index('Inputs') + 1}.xml"
        cell = self.input_cell(path)
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in self.parts.items():
                if name == sheet:
                    pattern = rf'(<c r="{cell}"[^>]*><v>)[^<]*(</v>)'
                    content, n = re.subn(pattern, rf"\g<1>{value!r}\g<2>", content.decode())
                    assert n == 1, (path, cell)
                    content = content.encode()
                if name.startswith("xl/worksheets/"):
                    content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                file.writestr(name, content)


# --- evaluating ---------------------------------------------------------------------------------------------------------------

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:E[+-]?\d+)?)|((?:[A-Za-z]+!)?\$?[A-Z]{1,2}\$?\d+)(?![\w(])|([A-Za-z_]\w*)|(<=|>=|[-+*/^(),<>=]))")
COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}


class Failed(ArithmeticError):
    """An error in a cell that something asks for."""


def parsed(text):
    """A formula as nested tuples. It knows only what our formulas may use, so that nothing else gets into them."""
    tokens, at = [], 0
    while at < len(text):
        found = TOKEN.match(text, at)
        assert found, text[at : at + 40]
        tokens.append(next((kind, part) for kind, part in enumerate(found.groups()) if part is not None))
        at = found.end()
    tokens.append((4, ""))
    here = 0

    def take(*expected):
        nonlocal here
        part = tokens[here][1]
        if tokens[here][0] == 3 and part in expected:
            here += 1
            return part
        return None

    def chain(inner, *signs):
        left = inner()
        while sign := take(*signs):
            left = (sign, left, inner())
        return left

    def comparison():
        return chain(lambda: chain(lambda: chain(lambda: chain(atom, "^"), "*", "/"), "+", "-"), *COMPARE)

    def atom():
        nonlocal here
        if take("-"):
            return ("negative", atom())
        if take("("):
            inner = comparison()
            assert take(")")
            return inner
        kind, part = tokens[here]
        here += 1
        if kind == 0:
            return float(part)
        if kind == 1:
            return ("cell", part.replace("$", ""))
        assert kind == 2, part
        if not take("("):
            return ("name", part)
        assert part in ("IF", "MIN", "MAX", "EXP", "LN", "INT", "ERFC"), part
        arguments = [comparison()]
        while take(","):
            arguments.append(comparison())
        assert take(")")
        return (part, *arguments)

    tree = comparison()
    assert tokens[here][0] == 4, text
    return tree


class Evaluation:
    def __init__(self, book, inputs):
        self.book, self.known, self.inputs = book, {}, inputs

    def cell(self, sheet, at):
        key = (sheet, at)
        if key not in self.known:
            if key in self.inputs:
                self.known[key] = self.inputs[key]
            elif key in self.book.formulas:
                self.known[key] = self.value(self.book.tree(key), sheet)
            else:
                self.known[key] = self.book.values[key]
        return self.known[key]

    def value(self, tree, sheet):
        if isinstance(tree, float):
            return tree
        what, *parts = tree
        if what == "cell":
            return self.cell(*parts[0].split("!")) if "!" in parts[0] else self.cell(sheet, parts[0])
        if what == "name":
            return self.cell(*self.book.names[parts[0]].split("!"))
        if what == "IF":
            return self.value(parts[1 if self.value(parts[0], sheet) else 2], sheet)
        a, *more = (self.value(part, sheet) for part in parts)
        if what == "negative":
            return -a
        if what in COMPARE:
            return COMPARE[what](a, more[0])
        if what == "/" and more[0] == 0.0:
            raise Failed(sheet)
        assert what != "INT" or a >= 0.0  # spreadsheets differ below zero: INT(-1.5) is -2 or -1
        calls = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow, "MIN": min,
                 "MAX": max, "EXP": math.exp, "LN": math.log, "INT": math.floor, "ERFC": math.erfc}
        return calls[what](a, *more)


def result_at(book, path=None, value=None):
    """The result with another value of one input."""
    if BY_OFFICE:
        with tempfile.TemporaryDirectory() as folder:
            name = Path(folder, "in", "tree.xlsx")
            name.parent.mkdir()
            some = next(text for row, text in book.column("Inputs", "A").items() if row > 1) if path is None else path
            number = book.values["Inputs", book.input_cell(some)] if path is None else value
            book.changed(some, number, name)
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx",
                            "--outdir", folder, name], check=True, capture_output=True, timeout=200)
            return Book(Path(folder, "tree.xlsx")).values["Result", "B4"]
    sys.setrecursionlimit(100_000)
    inputs = {} if path is None else {("Inputs", book.input_cell(path)): value}
    evaluation = Evaluation(book, inputs)
    for sheet, at in book.formulas:  # earlier cells first, so that nothing nests deeply
        if sheet == "Formulas":
            try:
                evaluation.cell(sheet, at)
            except (Failed, OverflowError, ValueError):
                pass  # a side that is not taken
    return evaluation.cell("Result", "B4")


def sound(book):
    """No cell that some reader refuses: the library writes NaN as it is, which openpyxl cannot open."""
    for name, content in book.parts.items():
        if name.startswith("xl/worksheets/"):
            for kind, value in re.findall(rb'<c [^>]*?(t="[a-z]+")?>(?:<f>[^<]*</f>)?<v>([^<]*)</v>', content):
                assert kind or math.isfinite(float(value)), (name, value)


def close(a, b):
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))


# --- the tests ----------------------------------------------------------------------------------------------------------------

CASES = [
    ("ai5", "chip.unit_cost", "2027Q2", [
        ("process.sf2.wafer_price", "17_500 USD/wafer"), ("chip.ai5.final_test_time", "777 s"),
        ("chip.ai5.assembly_yield", "90 %")]),
    (SMALL, "npv", None, [("economy.discount_rate", "7.5 %/year")]),  # all of the model
]
if BY_OFFICE:
    CASES += [
        (SMALL, "silicon.good_die_cost", "2029Q4", [("process.alpha.wafer_price", "17_500 USD/wafer")]),
        (SMALL, "compute.own_cost", "2030Q2", [("chip.one.package", "44 USD/chip")]),
        # some 70,000 formulas, with whole numbers of chips and the choice of a merchant among them
        ("ai5", "merchant.price", "2029Q4", [
            ("merchant.thor.utilisation_ratio", "0.5 x"), ("merchant.thor.memory_premium", "3 x"),
            ("merchant.thor.list_price", "900 USD/chip")]),
    ]


def at_words(at):
    return ["--at", at] if at else []  # a result of the whole horizon has no quarter


def program_value(metric, at, *sets, scenario):
    words = [word for one in sets for word in ("--set", one)]
    return json.loads(autarky("explain", metric, scenario, *at_words(at), "--json", *words))["value_at_medians"]


def small_tree(folder):
    """The book of a derivation in the small scenario."""
    file = folder / "tree.xlsx"
    autarky("explain", "chip.unit_cost", SMALL, "--at", "2029Q2", "-o", file)
    return Book(file)


def test_formulas_follow_the_inputs(folder):
    for scenario, metric, at, changes in CASES:
        file = folder / "tree.xlsx"
        autarky("explain", metric, scenario, *at_words(at), "-o", file)
        book = Book(file)
        assert book.sheets == ["Result", "Tree", "Inputs", "Formulas"]
        sound(book)
        stored = book.values["Result", "B4"]
        count = {text: row for row, text in book.column("Result", "A").items()}["formulas"]
        assert book.values["Result", f"B{count}"] == sum(sheet == "Formulas" for sheet, _ in book.formulas)
        assert close(stored, program_value(metric, at, scenario=scenario)), metric
        assert close(result_at(book), stored), metric
        for path, text in changes:
            number = float(text.split()[0].replace("_", ""))
            expected = program_value(metric, at, f'{path}="{text}"', scenario=scenario)
            found = result_at(book, path, number)
            assert not close(expected, stored), (path, "moves nothing")
            assert close(found, expected), (metric, path, found, expected)
        print(f"{metric} at {at or 'the end'}: {len(book.formulas)} formulas, {len(book.names)} names, {len(changes)} changed inputs agree")


def test_each_input_is_followed_or_says_that_it_is_not(folder):
    """Every input of the book, at another value: the program's number, or a number that nothing follows and a reason."""
    book = small_tree(folder)
    unchanged = result_at(book)
    standing, names, units = book.column("Inputs", "L"), book.column("Inputs", "F"), book.column("Inputs", "D")
    rules = re.findall(r'sqref="(C\d+)"', book.parts["xl/worksheets/sheet3.xml"].decode())
    live = dead = 0
    for row, path in book.column("Inputs", "A").items():
        if row == 1:
            continue
        value = book.values["Inputs", f"C{row}"]
        if standing[row] != "is followed":
            assert standing[row].startswith("not live: ") and row not in names and f"C{row}" in rules, path
            assert result_at(book, path, value * 1.5 + 1) == unchanged, path
            dead += 1
        elif "[" not in path and units[row] != "date" and row % 24 == 0:  # some of them, each asks the program once
            other = value * 0.97 if value else 0.01
            unit = "" if units[row] == "1" else " " + units[row]
            try:
                expected = program_value("chip.unit_cost", "2029Q2", f'{path}="{other!r}{unit}"', scenario=SMALL)
            except Refused:  # shares that no longer add up, say
                continue
            assert close(result_at(book, path, other), expected), (path, other, expected)
            live += 1
    assert live > 10 and dead > 0, (live, dead)
    sides = [row for row, path in book.column("Inputs", "A").items() if path.endswith((".width", ".height"))]
    # The exact packing is counted when a scenario is loaded; the sides of a chip that is not in use by then change nothing.
    assert any("packing" in standing[row] for row in sides)
    assert all("packing" in standing[row] or standing[row] == "is followed" for row in sides)
    print(f"{live} inputs are followed, {dead} are not and say so")


def test_lines_of_the_tree(folder):
    """Each line stands for what `explain` prints, and follows the inputs as the number on top does."""
    book = small_tree(folder)
    lines = [at for sheet, at in book.formulas if sheet == "Tree"]
    rows = [at for at in book.column("Tree", "A") if at > 1]
    assert len(lines) > 0.8 * len(rows), (len(lines), len(rows))  # the others are constants
    evaluation = Evaluation(book, {})
    for at in lines:
        assert close(evaluation.cell("Tree", at), book.values["Tree", at]), at
    told = json.loads(autarky("explain", "chip.unit_cost", SMALL, "--at", "2029Q2", "--json"))
    assert close(book.values["Tree", "B2"], told["value_at_medians"])


def test_names_and_texts(folder):
    book = small_tree(folder)
    # no name that is the address of a cell for some program: AI5, H100, FY2027, N3
    assert all(re.match(r"(in|m)_", name) for name in book.names), sorted(book.names)[:5]
    assert len({name.lower() for name in book.names}) == len(book.names)
    inputs = book.column("Inputs", "A")
    named = [text for row, text in book.column("Inputs", "F").items() if row > 1]
    assert sorted(named) == sorted(n for n in book.names if n.startswith("in_"))
    for row in inputs:  # each input has its number, its unit and something that it rests on
        if row > 1:
            assert isinstance(book.values["Inputs", f"C{row}"], float) and book.values["Inputs", f"G{row}"]
    for formula in book.formulas.values():
        parsed(formula)  # nothing but what is allowed
        assert not re.search(r"(?<![\w.)])-[\w.!$]+\^", formula), formula  # -2^2 is 4 for some readers, -4 for others
        assert len(formula) < 8000


SIGNS = ["=1+1", "+1", "-1", "@here"]  # a program that took them for formulas would run them


def test_run(folder):
    scenario = folder / "odd.toml"
    text = autarky("new", "-", "--device", "camera", "--no-robots", "--no-grid")
    text = text.replace('title = "Own chip', 'title = "=HYPERLINK(1) Own chip')
    text = text.replace('"My guess"', '"+1, @here or -2"')
    scenario.write_text(text)
    file = folder / "run.xlsx"
    autarky("run", scenario, "-n", 400, "-o", file)
    book = Book(file)
    assert book.sheets[:4] == ["Verdict", "Bands", "Decomposition", "Drivers"] and "Inputs" in book.sheets and "Sources" in book.sheets
    sound(book)
    assert not book.formulas  # texts that begin with = + - @ are texts
    texts = set(filter(lambda value: isinstance(value, str), book.values.values()))
    assert any(text.startswith("=HYPERLINK") for text in texts) and "+1, @here or -2" in texts
    answer = json.loads(autarky("run", scenario, "-n", 400, "--json"))
    shown = autarky("run", scenario, "-n", 400)
    assert book.values["Verdict", "A1"].split(":")[0] in shown  # the sentence comes first
    rows = {text: row for row, text in book.column("Verdict", "A").items()}
    assert book.values["Verdict", f"B{rows['result (hash)']}"] == answer["result_sha256"]
    mean = next(book.values["Verdict", f"B{row}"] for text, row in rows.items() if text.startswith("to 20"))
    assert close(mean, answer["verdict"]["npv_usd"]["mean"])
    again = folder / "again.xlsx"
    autarky("run", scenario, "-n", 400, "-o", again)
    assert again.read_bytes() == file.read_bytes()  # equal runs, equal bytes


def test_texts_that_begin_with_signs(folder):
    for sign in SIGNS:
        file = folder / "layers.csv"
        file.write_text(f"layer,operator,rows,columns,reduction\n{sign},matmul,8,8,8\n")
        to = folder / "x.xlsx"
        autarky("workload", file, "-o", to)
        book = Book(to)
        assert not book.formulas and sign in book.values.values(), sign


def test_every_table(folder):
    file = folder / "metrics.xlsx"
    autarky("metrics", "chip.*", "-o", file)
    book = Book(file)
    assert "chip.unit_cost" in book.values.values()


def test_what_makes_no_sense(folder):
    for words, told in [
        (["explain", "npv", "--json", "-o", folder / "x.xlsx"], "named for another format"),
        (["run", "-n", "10", "--csv", "-o", folder / "x.xlsx"], "named for another format"),
        (["run", "-n", "10", "--shard", "1/2", "-o", folder / "x.xlsx"], "named for a table"),
    ]:
        done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, check=False)
        assert done.returncode == 2 and told in done.stderr, (words, done.stderr)
        assert not (folder / "x.xlsx").exists()


def main():
    tests = [test_formulas_follow_the_inputs] if BY_OFFICE else [
        test_formulas_follow_the_inputs, test_each_input_is_followed_or_says_that_it_is_not, test_lines_of_the_tree, test_names_and_texts, test_run,
        test_texts_that_begin_with_signs, test_every_table, test_what_makes_no_sense]
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            test(Path(folder))
        print("ok:", test.__name__)


main()
