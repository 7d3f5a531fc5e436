#!/bin/bash
# autarky: finding: cpp-httplib compresses at brotli's slowest setting, so an answer of 500 kB waits for it most of a second
# SPDX-License-Identifier: Apache-2.0
#
# Surprise: with brotli built in, as Debian builds it, the server compresses what Response::set_content is given for every client
#   that accepts it (all browsers do), at quality 11 and on the whole body before the first byte leaves. No option of the server
#   turns that off or down. JSON of figures takes ten times and more the time of everything else; a client without
#   "Accept-Encoding: br" (curl without --compressed, most test clients) never sees it, so measurements miss it.
# Package: libcpp-httplib-dev 0.11.4+ds-1+deb12u1 (Debian bookworm).
# Hurt: who serves a page of his own program on this machine, where compression spares nothing, and looks for the lost time in
#   his own code. Remedy: Response::set_content_provider with the length sends the same bytes as they are.
# Seen on 2026-11-30 (2 cores):
#   accepted   content-encoding br     at least 10 times the time: yes
#   refused    content-encoding none
#   provider   content-encoding none   at least 10 times the time: no
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod a+rwx . # apt downloads as a user of its own
apt-get -qq download libcpp-httplib-dev=0.11.4+ds-1+deb12u1 libcpp-httplib0.11=0.11.4+ds-1+deb12u1
for package in ./*.deb; do dpkg -x "$package" .; done
cat >slow.cpp <<'EOF'
#include <cstdio>
#include <string>
#include <httplib.h>
int main() {
    std::string body = "[";
    unsigned state = 1;
    while (body.size() < 500'000) {
        state = state * 1664525u + 1013904223u;
        body += std::to_string(state / 65536.0) + ",";
    }
    body.back() = ']';
    httplib::Server server;
    server.set_tcp_nodelay(true);
    server.Get("/plain", [&](const httplib::Request&, httplib::Response& r) { r.set_content(body, "application/json"); });
    server.Get("/provider", [&](const httplib::Request&, httplib::Response& r) {
        r.set_content_provider(body.size(), "application/json", [&](std::size_t at, std::size_t n, httplib::DataSink& sink) {
            return sink.write(body.data() + at, n);
        });
    });
    std::printf("%d\n", server.bind_to_any_port("127.0.0.1")); // listens already
    std::fflush(stdout);
    server.listen_after_bind();
}
EOF
cat >ask.py <<'EOF'
import http.client, subprocess, sys, time
server = subprocess.Popen(["./slow"], stdout=subprocess.PIPE, text=True)
line = http.client.HTTPConnection("127.0.0.1", int(server.stdout.readline()))
def ask(path, accepted):
    begin = time.perf_counter()
    line.request("GET", path, headers={"Accept-Encoding": accepted})
    reply = line.getresponse()
    reply.read()
    return reply.getheader("Content-Encoding", "none"), time.perf_counter() - begin
ask("/plain", "identity")  # the connection stands
refused, accepted, provider = ask("/plain", "identity"), ask("/plain", "gzip, deflate, br"), ask("/provider", "gzip, deflate, br")
slow = lambda took: "yes" if took > 10 * refused[1] else "no"
print(f"accepted   content-encoding {accepted[0]:6} at least 10 times the time: {slow(accepted[1])}")
print(f"refused    content-encoding {refused[0]}")
print(f"provider   content-encoding {provider[0]:6} at least 10 times the time: {slow(provider[1])}")
print(f"{1e3 * accepted[1]:.0f} ms against {1e3 * refused[1]:.1f} ms and {1e3 * provider[1]:.1f} ms", file=sys.stderr)
server.kill()
EOF
library=$(find usr/lib -name 'libcpp-httplib.so.*' | head -n 1)
g++ -std=c++17 -O1 -I usr/include slow.cpp "$library" -Wl,-rpath,"$folder/$(dirname "$library")" -pthread -o slow
python3 ask.py | tee seen
diff seen - <<'EOF'
accepted   content-encoding br     at least 10 times the time: yes
refused    content-encoding none
provider   content-encoding none   at least 10 times the time: no
EOF
