#!/usr/bin/env python3
# autarky: how soon the page answers, in Chromium against the real server
# SPDX-License-Identifier: Apache-2.0
"""usage: page_speed.py [PROGRAM]

Prints the size of the page, the time to the first picture (512 samples) and to the whole page (16,384), a slider's time from its
move to the second picture after its answer, changed or not (512 samples, the verdict alone), with the server's processor time for it,
the time from there to the picture of 2,048 samples once it pauses, the whole run behind its release, and what the idle server holds.
Needs what tests/browser needs (tools/setup.sh browser).
"""
import os
import re
import subprocess
import sys
import time
import urllib.request

from playwright.sync_api import sync_playwright

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else "build/autarky"
MOVES = 40
PATIENCE = 60_000


def idle_megabytes(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024


def processor_ms(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return 1e3 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


# What the page asks goes through this: a promise of the second picture after the next answer to `run`.
WATCH = """() => {
    const asked = window.fetch
    window.answered = () => new Promise((told) => {
        window.fetch = async (...question) => {
            const reply = await asked(...question), read = reply.json.bind(reply)
            if (String(question[0]).endsWith("/answers/run"))
                reply.json = async () => {
                    const answer = await read()
                    requestAnimationFrame(() => requestAnimationFrame(told))
                    return answer
                }
            return reply
        }
    })
}"""


def to_picture(slider, change=""):
    """Milliseconds from a change of the slider to the second picture after the next answer, both in the page."""
    return slider.evaluate("async (one) => { const begin = performance.now(), drawn = answered(); " + change
                           + " await drawn; return performance.now() - begin }")


def measure(page, home, pid):
    begin = time.perf_counter()
    page.goto(home + "&view=inputs&lang=en&inputs.find=economy.discount_rate")
    page.locator("tbody tr").first.wait_for(timeout=PATIENCE)
    print(f"first picture            {1e3 * (time.perf_counter() - begin):6.0f} ms")
    page.locator("[role=status] progress").first.wait_for(timeout=PATIENCE)
    page.locator("[role=status]").first.wait_for(state="detached", timeout=PATIENCE)
    print(f"whole page, 16,384       {1e3 * (time.perf_counter() - begin):6.0f} ms")
    page.get_by_role("button", name="Change", exact=True).first.click()
    slider = page.get_by_role("slider").first
    slider.focus()
    page.evaluate(WATCH)
    moves, before = [], processor_ms(pid)
    for at in range(MOVES):
        moves.append(to_picture(slider, f"one.value = Number(one.min) + (Number(one.max) - Number(one.min)) * {(at + 1) / (MOVES + 1)}; one.dispatchEvent(new Event('input', {{ bubbles: true }}));"))
    used = (processor_ms(pid) - before) / MOVES
    print(f"slider, 512 samples      {percentile(moves, 0.5):6.0f} ms median, {percentile(moves, 0.95):.0f} ms at 95 % to the second picture after the answer; {used:.0f} ms of processor time of the server")
    print(f"then it stops, 2,048     {to_picture(slider):6.0f} ms more")
    begin = time.perf_counter()
    slider.evaluate("(one) => one.dispatchEvent(new Event('change', { bubbles: true }))")
    page.locator("[role=status]").first.wait_for(timeout=PATIENCE)
    page.locator("[role=status]").first.wait_for(state="detached", timeout=PATIENCE)
    print(f"on release, 16,384       {1e3 * (time.perf_counter() - begin):6.0f} ms")


def main():
    server = subprocess.Popen([PROGRAM, "serve", "--no-open"], stdout=subprocess.PIPE, text=True)
    try:
        home = re.search(r"http://\S+", server.stdout.readline())[0]
        with urllib.request.urlopen(home.split("#")[0]) as reply:
            print(f"page                     {len(reply.read()) / 1e3:6.0f} kB")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
            measure(browser.new_page(), home, server.pid)
            browser.close()
        time.sleep(10)  # it gives memory back when it was quiet for a while
        print(f"server, idle             {idle_megabytes(server.pid):6.0f} MB")
    finally:
        server.terminate()  # an interrupt is ignored by what is started in the background
        server.wait(60)


main()
