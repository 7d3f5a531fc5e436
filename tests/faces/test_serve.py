#!/usr/bin/env python3
# autarky: tests of `autarky serve` over its socket, well-behaved clients and others
# SPDX-License-Identifier: Apache-2.0
"""usage: test_serve.py PROGRAM [unittest arguments]

Starts PROGRAM serve --no-open and speaks HTTP to it. Nothing leaves 127.0.0.1, and each test is bounded in time.
"""
import concurrent.futures
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
import unittest

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "build/autarky"
PATIENCE = 60  # seconds; a busy machine is slow, a hanging server is found all the same
SMALL_RUN = {"scenario": "ai5", "samples": 64, "seed": 3}
LONG_RUN = {"scenario": "ai5", "samples": 50_000_000}


class Serve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = subprocess.Popen([PROGRAM, "serve", "--no-open"], stdout=subprocess.PIPE, text=True)
        found = re.search(r"http://127\.0\.0\.1:(\d+)/#token=([0-9a-f]{32})", cls.server.stdout.readline())
        cls.port, cls.token = int(found[1]), found[2]

    @classmethod
    def tearDownClass(cls):
        cls.server.send_signal(2)  # Ctrl-C
        code = cls.server.wait(PATIENCE)
        cls.server.stdout.close()
        assert code == 0, f"the server ended with {code}"

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def ask(self, method, path, body=None, **changed):
        """Status, headers and body; `changed` replaces headers, None leaves one out."""
        headers = {"Authorization": f"Bearer {self.token}", "X_Autarky_Page": None} | changed
        line = self.connection()
        try:
            headers = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
            line.request(method, path, body if body is None or isinstance(body, (str, bytes)) else json.dumps(body), headers)
            reply = line.getresponse()
            return reply.status, reply.headers, reply.read()
        finally:
            line.close()

    def answer(self, question, body, **changed):
        status, _, text = self.ask("POST", f"/answers/{question}", body, **changed)
        return status, json.loads(text)

    def still_serves(self):
        self.assertEqual(self.ask("GET", "/questions")[0], 200)

    # --- the page and its questions

    def test_page_is_one_file_and_runs_only_its_own_script(self):
        status, headers, text = self.ask("GET", "/", Authorization=None)
        self.assertEqual(status, 200)
        self.assertRegex(headers["Content-Security-Policy"], r"default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}='")
        self.assertNotIn("unsafe-eval", headers["Content-Security-Policy"])
        self.assertNotRegex(text.decode(), r"<(script|link|img)[^>]+(src|href)=\"https?:")
        self.assertLess(len(text), 400_000)
        self.assertNotIn(self.token.encode(), text)

    def test_nothing_waits_for_compression(self):
        """cpp-httplib 0.11 takes a second of brotli for 500 kB unless it is asked otherwise (findings/cpp_httplib_slow_compression.sh)."""
        browser = {"Accept_Encoding": "gzip, deflate, br"}
        page = self.ask("GET", "/", Authorization=None, **browser)
        forms = self.ask("GET", "/questions", **browser)
        answer = self.ask("POST", "/answers/run", SMALL_RUN, **browser)
        for status, headers, text in (page, forms, answer):
            self.assertEqual((status, headers["Content-Encoding"]), (200, None))
            self.assertEqual(int(headers["Content-Length"]), len(text))

    def test_every_question_has_a_form(self):
        about = json.loads(self.ask("GET", "/questions")[2])
        names = [one["name"] for one in about["questions"]]
        self.assertIn("run", names)
        self.assertIn("ai5", about["scenarios"])
        for question in about["questions"]:
            for field in question["fields"]:
                self.assertTrue(field["doc"], f"{question['name']}.{field['key']}")

    def test_answer_is_what_the_program_prints(self):
        status, answer = self.answer("run", SMALL_RUN)
        self.assertEqual(status, 200)
        printed = subprocess.run([PROGRAM, "run", "ai5", "--samples", "64", "--seed", "3", "--json"], capture_output=True, check=True)
        self.assertEqual(answer, json.loads(printed.stdout))

    def test_findings_name_the_field(self):
        status, findings = self.answer("run", {"samples": -1})
        self.assertEqual(status, 422)
        self.assertEqual(findings[0]["field"], "samples")
        status, findings = self.answer("run", {"set": ["process.n3.wafer_price=\"17 apples\""]})
        self.assertEqual(status, 422)
        self.assertTrue(findings[0]["code"].startswith("E"))

    def test_picture_is_svg(self):
        status, headers, text = self.ask("POST", "/pictures/die", {"size": ["26x16.5"]})
        self.assertEqual((status, headers["Content-Type"]), (200, "image/svg+xml"))
        self.assertTrue(text.lstrip().startswith(b"<svg"))

    def test_progress_then_the_same_answer(self):
        status, _, text = self.ask("POST", "/answers/run", SMALL_RUN, Accept="text/event-stream")
        self.assertEqual(status, 200)
        events = [event for event in text.decode().split("\n\n") if event.startswith("event: ")]
        kind, *data = events[-1].split("\n")
        self.assertEqual(kind, "event: answer")
        self.assertEqual(json.loads("\n".join(line.removeprefix("data: ") for line in data)), self.answer("run", SMALL_RUN)[1])

    def test_quick_run_has_the_verdict_of_the_whole_one(self):
        whole, quick = self.answer("run", SMALL_RUN)[1], self.answer("run", SMALL_RUN | {"quick": True})[1]
        for key in ("p_make", "npv_usd", "npv_with_tail_usd", "sentence", "npv_dots_usd", "npv_at_medians_usd"):
            self.assertEqual(quick["verdict"][key], whole["verdict"][key], key)
        self.assertEqual([(one["input"], one["share"]) for one in quick["drivers"]], [(one["input"], one["share"]) for one in whole["drivers"]])

    def test_a_slider_gets_the_bits_of_the_command_line(self):
        """The server keeps what it parsed; every figure is that of a program that has just started."""
        for rate in ("9 %/year", "11 %/year", "9 %/year"):
            change = f'economy.discount_rate="{rate}"'
            _, answer = self.answer("run", SMALL_RUN | {"quick": True, "effects": "none", "set": [change]})
            printed = subprocess.run([PROGRAM, "run", "ai5", "--samples", "64", "--seed", "3", "--quick", "--effects", "none", "--set", change, "--json"], capture_output=True, check=True)
            self.assertEqual(answer, json.loads(printed.stdout))
            self.assertEqual((answer["drivers"], answer["unexplained"]), ([], None))
            _, whole = self.answer("run", SMALL_RUN | {"set": [change]})
            for key in ("p_make", "npv_usd", "npv_dots_usd", "npv_at_medians_usd", "sentence"):
                self.assertEqual(answer["verdict"][key], whole["verdict"][key], key)

    def test_a_file_that_changes_is_read_anew_even_when_its_date_and_size_do_not(self):
        text = 'extends = "ai5"\n[economy]\ndiscount_rate = "%s %%/year"\n'
        verdicts = []
        for rate in ("10", "12", "10"):
            path = json.loads(self.ask("POST", "/files/mine.toml", (text % rate).encode())[2])["path"]
            os.utime(path, (1_700_000_000, 1_700_000_000))
            status, answer = self.answer("run", SMALL_RUN | {"scenario": path, "quick": True, "effects": "none"})
            self.assertEqual(status, 200, answer)
            verdicts.append((answer["scenario"]["sha256"], answer["verdict"]["npv_usd"]["mean"]))
        self.assertNotEqual(verdicts[0], verdicts[1])
        self.assertEqual(verdicts[0], verdicts[2])

    def test_events_that_a_stress_may_name_are_offered(self):
        about = json.loads(self.ask("GET", "/questions")[2])
        self.assertIn("strait_blockade", about["events"]["ai5"])
        status, answer = self.answer("stress", {"event": ["strait_blockade"], "samples": 16})
        self.assertEqual(status, 200, answer)

    # --- dropped files

    def test_dropped_file_is_asked_about_by_its_path(self):
        text = b"layer,operator,rows,columns,reduction\na,matmul,8,8,8\n"
        status, _, kept = self.ask("POST", "/files/net.csv", text)
        self.assertEqual(status, 200)
        path = json.loads(kept)["path"]
        with open(path, "rb") as file:
            self.assertEqual(file.read(), text)
        self.assertEqual(os.stat(os.path.dirname(path)).st_mode & 0o077, 0)
        status, answer = self.answer("workload", {"name": path})
        self.assertEqual(status, 200, answer)

    def test_dropped_file_stays_in_its_folder_whatever_its_name(self):
        folder = os.path.dirname(json.loads(self.ask("POST", "/files/a.toml", b"")[2])["path"])
        for name in ("..%2F..%2Fetc%2Fpasswd", "%2e%2e", ".bashrc", "a%00b", "x" * 300, "%E7%BA%BF.csv", "C%3A%5Cnet.csv"):
            with self.subTest(name=name):
                status, _, kept = self.ask("POST", f"/files/{name}", b"x")
                if status == 200:
                    path = json.loads(kept)["path"]
                    self.assertEqual(os.path.dirname(path), folder)
                    self.assertFalse(os.path.basename(path).startswith("."))
        self.assertEqual(self.ask("POST", "/files/a.toml", b"", Authorization=None)[0], 403)

    # --- who may ask

    def test_without_the_key_nothing_is_answered(self):
        for key in (None, "", "Bearer ", "Bearer " + "0" * 32, self.token):
            with self.subTest(key=key):
                self.assertEqual(self.ask("GET", "/questions", Authorization=key)[0], 403)
                self.assertEqual(self.ask("POST", "/answers/run", SMALL_RUN, Authorization=key)[0], 403)

    def test_foreign_host_and_origin_are_refused(self):
        for host in ("evil.example", f"evil.example:{self.port}", "127.0.0.1", f"127.0.0.1:{self.port + 1}"):
            self.assertEqual(self.ask("GET", "/", Host=host)[0], 403, host)
        for origin in ("http://evil.example", "null", f"https://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.port}.evil.example"):
            self.assertEqual(self.ask("POST", "/answers/run", SMALL_RUN, Origin=origin)[0], 403, origin)
        self.assertEqual(self.ask("GET", "/questions", Origin=f"http://127.0.0.1:{self.port}")[0], 200)

    def test_only_this_machine_is_listened_to(self):
        with open("/proc/net/tcp") as table:
            bound = [line.split()[1] for line in table.readlines()[1:] if line.split()[3] == "0A"]
        self.assertIn(f"0100007F:{self.port:04X}", bound)
        self.assertNotIn(f"00000000:{self.port:04X}", bound)

    def test_ports_that_cannot_be_had_are_refused(self):
        for port in ("99999", "-3", "abc", str(self.port)):
            with self.subTest(port=port):
                ended = subprocess.run([PROGRAM, "serve", "--no-open", "--port", port], capture_output=True, text=True, timeout=PATIENCE)
                self.assertNotEqual(ended.returncode, 0)
                self.assertIn("port", ended.stderr)

    # --- requests that make no sense

    def test_unknown_paths(self):
        for method, path in (("GET", "/../catalogue/sources.toml"), ("GET", "/..%2f..%2fetc/passwd"), ("GET", "/answers/run"),
                             ("POST", "/answers/nothing"), ("POST", "/answers/run/../run"), ("PUT", "/questions"), ("GET", "/index.html")):
            with self.subTest(path=path):
                status, _, text = self.ask(method, path, "{}" if method != "GET" else None)
                self.assertIn(status, (400, 404, 405))
                self.assertNotIn(b"root:", text)

    def test_bodies_that_are_no_question(self):
        for body in ("", "[]", "{", '{"samples": 1, "samples": 2}', '{"samples": {"a": 1}}', "\x00\xff", '{"nothing": 1}'):
            with self.subTest(body=body):
                self.assertEqual(self.answer("run", body)[0], 422)

    def test_body_over_the_limit(self):
        line = self.connection()
        try:
            line.request("POST", "/answers/run", b" " * 2_000_000, {"Authorization": f"Bearer {self.token}"})
            self.assertIn(line.getresponse().status, (413, 400))
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused while it was still being sent
        finally:
            line.close()
        self.still_serves()

    def test_bytes_that_are_no_http(self):
        for text in (b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"A" * 20_000, b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as line:
                line.sendall(text)
                line.settimeout(PATIENCE)
                try:
                    line.recv(1000)
                except OSError:
                    pass
        self.still_serves()

    # --- many, slow and leaving clients

    def test_a_newer_question_of_a_page_stops_the_older(self):
        place = {"X_Autarky_Page": "a", "X_Autarky_Channel": "run"}
        with concurrent.futures.ThreadPoolExecutor() as threads:
            older = threads.submit(self.answer, "run", LONG_RUN, **place)
            time.sleep(3)  # until it is among its samples
            self.assertEqual(self.answer("run", SMALL_RUN, **place)[0], 200)
            status, answer = older.result(PATIENCE)
        if status == 200:  # what was finished is there
            self.assertLess(answer["engine"]["samples"], LONG_RUN["samples"])

    def test_a_client_that_leaves_stops_its_question(self):
        line = self.connection()
        line.request("POST", "/answers/run", json.dumps(LONG_RUN), {"Authorization": f"Bearer {self.token}", "Accept": "text/event-stream",
                     "X-Autarky-Page": "leaves"})
        line.getresponse().read(20)
        line.sock.shutdown(socket.SHUT_RDWR)
        line.close()
        before, deadline = None, time.monotonic() + PATIENCE
        while time.monotonic() < deadline:  # its processor time stands still again
            with open(f"/proc/{self.server.pid}/stat") as stat:
                used = int(stat.read().rsplit(")", 1)[1].split()[11])
            if before is not None and used - before <= 2:
                return
            before = used
            time.sleep(0.5)
        self.fail("the question of a client that left is still worked on")

    def test_slow_clients_do_not_block_the_others(self):
        slow = [socket.create_connection(("127.0.0.1", self.port), PATIENCE) for _ in range(20)]
        try:
            for line in slow:
                line.sendall(b"POST /answers/run HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            self.still_serves()
        finally:
            for line in slow:
                line.close()

    def test_two_hundred_at_once(self):
        with concurrent.futures.ThreadPoolExecutor(200) as threads:
            asked = [threads.submit(self.answer, "die", {"size": ["10x10"]}, X_Autarky_Page=str(at)) for at in range(200)]
            states = {one.result(PATIENCE)[0] for one in asked}
        self.assertLessEqual(states, {200, 503})  # served, or told to come back
        self.still_serves()


if __name__ == "__main__":
    unittest.main()
