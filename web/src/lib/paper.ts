// Printing: charts measure their room, and are told what room there is on paper before it is printed.
import { flushSync } from "svelte";

/// Lays the page out as on paper and has `measure` look at it; then back again.
export function on_paper(measure: (is_paper: boolean) => void): { before: () => void; after: () => void } {
    const change = (is_paper: boolean) => () => {
        document.documentElement.classList.toggle("paper", is_paper);
        flushSync(() => measure(is_paper));
    };
    return { before: change(true), after: change(false) };
}
