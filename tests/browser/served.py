# autarky: the real server and a browser, for tests of the page
# SPDX-License-Identifier: Apache-2.0
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

from playwright.sync_api import expect, sync_playwright

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "build/autarky"
PICTURES = os.environ.get("PICTURES")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
PATIENCE = 60_000  # milliseconds; the tests judge what appears, not how soon
expect.set_options(timeout=PATIENCE)
AXE = pathlib.Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"


class Served(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = subprocess.Popen([PROGRAM, "serve", "--no-open"], stdout=subprocess.PIPE, text=True)
        cls.address = re.search(r"http://\S+", cls.server.stdout.readline())[0]
        cls.home = cls.address.split("#")[0]
        cls.token = cls.address.split("token=")[1]
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        cls.server.terminate()  # an interrupt is ignored by what is started in the background
        cls.server.wait(60)
        cls.server.stdout.close()

    def open(self, state="lang=en", token=None, **context):
        self.context = self.browser.new_context(**context)
        self.addCleanup(self.context.close)
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        self.troubles = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda line: self.troubles.append(line.text) if line.type == "error" else None)
        page.goto(f"{self.home}#token={self.token if token is None else token}&{state}")
        return page

    def settled(self, page):
        """Until the full run is there."""
        expect(page.locator("[role=status]")).to_have_count(0)

    def cheaper(self, page, question, **fields):
        """Adds fields to what the page asks, so that a question that takes a minute takes a second here."""
        def add(route):
            route.continue_(post_data=json.dumps({**json.loads(route.request.post_data), **fields}))
        page.route(f"**/answers/{question}", add)

    def serious(self, page):
        found = page.evaluate("axe.run()")["violations"]
        return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]

    def keep(self, page, name, whole=True):
        if PICTURES:
            page.screenshot(path=pathlib.Path(PICTURES) / f"{name}.png", full_page=whole)

    def answer(self, *words):
        """What the command line prints as JSON."""
        return json.loads(subprocess.run([PROGRAM, *words, "--json"], capture_output=True, check=True).stdout)

    def downloaded(self, page, figure):
        """The rows of a chart's CSV."""
        with page.expect_download() as download:
            figure.get_by_role("button", name="CSV").click()
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "chart.zip"
            download.value.save_as(file)
            with zipfile.ZipFile(file) as archive:
                return list(csv.DictReader(io.StringIO(archive.read(archive.namelist()[0]).decode())))

    def reported(self, *words):
        """A page of what `autarky report` writes, without a network; what it asked for is in self.requests."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        file = pathlib.Path(folder.name) / "report.html"
        subprocess.run([PROGRAM, "report", *words, "-o", file], check=True, capture_output=True)
        self.assertLess(file.stat().st_size, 2_000_000)
        context = self.browser.new_context(offline=True)
        self.addCleanup(context.close)
        page = context.new_page()
        self.requests, self.troubles = [], []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.goto(file.as_uri())
        return page, file
