// Where the slider of an input begins and ends: the ends of its range as written, or half to double of a single figure.
export interface Reach {
    low: number;
    high: number;
    at: number;
    unit: string;
}

const figure = String.raw`([-+]?[\d_]+(?:\.\d+)?(?:e[-+]?\d+)?)`;
const range = new RegExp(`^${figure} to ${figure}\\s*(.*)$`, "i");
const single = new RegExp(`^${figure}\\s*(.*)$`, "i");
const value_of = (text: string) => Number(text.replaceAll("_", ""));

/// Null for what is neither: dates, series, named distributions. They can still be typed.
export function reach(written: string): Reach | null {
    const two = range.exec(written);
    if (two) {
        const low = value_of(two[1]), high = value_of(two[2]);
        return Number.isFinite(low) && low < high ? { low, high, at: low > 0 ? Math.sqrt(low * high) : (low + high) / 2, unit: two[3] } : null;
    }
    const one = single.exec(written);
    if (!one || /^[-Q\d]/.test(one[2])) return null;
    const at = value_of(one[1]);
    return at === 0 ? null : { low: Math.min(at / 2, at * 2), high: Math.max(at / 2, at * 2), at, unit: one[2] };
}
