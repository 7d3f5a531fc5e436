#!/bin/bash
# autarky: finding: a second cpp-httplib server on a port that is taken starts without an error and shares the port
# SPDX-License-Identifier: Apache-2.0
#
# Surprise: bind_to_port() answers true for a port on which another server of the same user already listens, because the
#   library sets SO_REUSEPORT by default. The system then deals connections out between the two, so every other request of
#   a client goes to the wrong program; with any other server the second bind fails with "Address already in use".
# Package: libcpp-httplib-dev 0.11.4+ds-1+deb12u1 (Debian bookworm).
# Hurt: who relies on bind_to_port() to find out that a port is taken, or starts a local server twice by mistake. Remedy:
#   Server::set_socket_options with SO_REUSEADDR alone.
# Seen on 2026-11-29:
#   first: bound, second on the same port: bound
#   with socket options of one's own: first: bound, second on the same port: refused
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod a+rwx . # apt downloads as a user of its own
apt-get -qq download libcpp-httplib-dev=0.11.4+ds-1+deb12u1 libcpp-httplib0.11=0.11.4+ds-1+deb12u1
for package in ./*.deb; do dpkg -x "$package" .; done
cat >twice.cpp <<'EOF'
#include <cstdio>
#include <sys/socket.h>
#include <httplib.h>
int main() {
    for (const bool own : {false, true}) {
        httplib::Server first, second;
        if (own)
            for (auto* server : {&first, &second})
                server->set_socket_options([](socket_t socket) {
                    int yes = 1;
                    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
                });
        const int port = first.bind_to_any_port("127.0.0.1"); // listens already
        std::printf("%sfirst: %s, second on the same port: %s\n", own ? "with socket options of one's own: " : "",
                    port > 0 ? "bound" : "refused", second.bind_to_port("127.0.0.1", port) ? "bound" : "refused");
    }
}
EOF
library=$(find usr/lib -name 'libcpp-httplib.so.*' | head -n 1)
g++ -std=c++17 -I usr/include twice.cpp "$library" -Wl,-rpath,"$folder/$(dirname "$library")" -pthread -o twice
./twice | tee seen
diff seen - <<'EOF'
first: bound, second on the same port: bound
with socket options of one's own: first: bound, second on the same port: refused
EOF
