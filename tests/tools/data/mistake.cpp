// autarky: a source that compiles, unless its mistake is switched on.
// SPDX-License-Identifier: Apache-2.0
#ifdef AUTARKY_MISTAKE
static_assert(1 == 2);
#endif

int main() {}
