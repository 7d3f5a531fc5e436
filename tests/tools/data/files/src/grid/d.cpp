// autarky: all is well here.
// SPDX-License-Identifier: Apache-2.0
