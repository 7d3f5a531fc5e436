# autarky: the report as it is printed
# SPDX-License-Identifier: Apache-2.0
"""Chromium prints, poppler-utils look at the pages: their size, where the words stand, how dark they are."""
import pathlib
import re
import subprocess
import tempfile

from playwright.sync_api import expect

from served import Served

SMALL = pathlib.Path(__file__).resolve().parents[2] / "tests/model/data/uncertain.toml"
WIDTH, HEIGHT = 595.3, 841.9  # A4 in points
MARGIN = 14 / 25.4 * 72  # what the page asks for, 14 mm
ROOM = 688  # pixels between the margins, 96 an inch: 210 mm less twice 14 mm


def words_of(file):
    """Words of each page with where they end: [(text, left, right, top, bottom)]."""
    text = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    word = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<')
    pages = re.split(r"<page ", text)[1:]
    return [[(text, float(left), float(right), float(top), float(bottom)) for left, top, right, bottom, text in word.findall(page)] for page in pages]


def brightness(file, folder):
    """Mean of the pixels of each page, 0 to 255."""
    subprocess.run(["pdftoppm", "-gray", "-r", "20", file, folder / "page"], check=True)
    out = []
    for picture in sorted(folder.glob("page-*.pgm")):
        pixels = picture.read_bytes().split(b"\n255\n", 1)[1]
        out.append(sum(pixels) / len(pixels))
    return out


class OnPaper(Served):
    def printed(self, page, folder):
        file = folder / "report.pdf"
        page.pdf(path=file, prefer_css_page_size=True, print_background=True)
        return file

    def judge(self, page, folder, least_pages):
        file = self.printed(page, folder)
        told = subprocess.run(["pdfinfo", "-l", "-1", file], capture_output=True, text=True, check=True).stdout
        sizes = re.findall(r"size:\s+([\d.]+) x ([\d.]+) pts", told)
        self.assertGreaterEqual(len(sizes), least_pages)
        for across, up in sizes:
            self.assertAlmostEqual(float(across), WIDTH, delta=1)
            self.assertAlmostEqual(float(up), HEIGHT, delta=1)
        pages = words_of(file)
        self.assertEqual(len(pages), len(sizes))
        for number, words in enumerate(pages, 1):
            with self.subTest(page=number):
                self.assertGreater(len(words), 8, "blank, or nearly so")
                for text, left, right, _, bottom in words:  # a point or two: letters lean out of their boxes
                    self.assertTrue(MARGIN - 2 <= left and right <= WIDTH - MARGIN + 2 and bottom <= HEIGHT - MARGIN + 2, text)
        # Letters as they are asked for (12 pixels, 9 points): a browser shrinks a page on which anything is too wide.
        lead = [bottom - top for text, _, _, top, bottom in pages[0] if text == "futures."]
        self.assertTrue(lead and max(lead) > 9, lead)
        self.assertGreater(min(brightness(file, folder)), 200, "printed on a dark ground")

    def test_a_report_is_printed_on_a4_whole_and_on_white(self):
        page, _ = self.reported(SMALL, "--samples", "300", "--claim-samples", "100", "--stress", "memory_shortage")
        expect(page.locator(".lead .big")).to_contain_text("%")
        with tempfile.TemporaryDirectory() as folder:
            self.judge(page, pathlib.Path(folder), 6)
        page.emulate_media(color_scheme="dark")  # of the reader's screen
        page.locator("header button").last.click()  # and of the page itself, whatever the screen's
        with tempfile.TemporaryDirectory() as folder:
            self.judge(page, pathlib.Path(folder), 6)
        self.assertEqual(self.troubles, [])

    def test_no_table_is_wider_than_the_paper(self):
        """The main scenario's report has the longest names and the most columns."""
        page, _ = self.reported("--brief", "--samples", "500", "--claim-samples", "200", "--stress", "strait_blockade")
        expect(page.locator(".lead .big")).to_contain_text("%")
        page.set_viewport_size({"width": ROOM, "height": 1000})
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        wide = page.evaluate("""(room) => [...document.querySelectorAll("table, .card, figure, pre, h2, p")]
            .filter((one) => one.offsetParent !== null && (one.getBoundingClientRect().right > room + 1 || one.scrollWidth > one.clientWidth + 1 && one.tagName !== "TABLE"))
            .map((one) => one.tagName + " " + one.className + ": " + one.textContent.slice(0, 60))""", ROOM)
        self.assertEqual(wide, [])
        self.assertEqual(page.evaluate("document.documentElement.scrollWidth"), ROOM)
        # charts are drawn for the paper's width and go back to the screen's
        narrow = page.locator("figure.chart svg").first.get_attribute("width")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="null")  # as the browser likes
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(page.locator("figure.chart svg").first).not_to_have_attribute("width", narrow)
        with tempfile.TemporaryDirectory() as folder:
            self.judge(page, pathlib.Path(folder), 10)
