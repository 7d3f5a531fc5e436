// autarky: a header.
#pragma once
