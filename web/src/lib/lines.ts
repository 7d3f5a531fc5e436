// Text inside SVG, where nothing wraps by itself.

const width_of = (letter: string) => (letter > "\u2e80" ? 1 : 0.58); // in font sizes: a Chinese letter, a Latin one on average

export function text_width(text: string, size: number): number {
    let sum = 0;
    for (const letter of text) sum += width_of(letter);
    return sum * size;
}

/// Broken at spaces, or anywhere in Chinese, so that each line fits; a longer word, such as the path of an input, behind its points.
export function wrapped(text: string, width: number, size: number): string[] {
    const words = text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) ?? [];
    const pieces = words.flatMap((word) => (text_width(word.trimEnd(), size) > width ? (word.match(/[^._/]*[._/]?\s*/g) ?? []).filter(Boolean) : [word]));
    const lines = [""];
    for (const piece of pieces) {
        const last = lines[lines.length - 1];
        if (last && text_width(last + piece.trimEnd(), size) > width) lines.push(piece);
        else lines[lines.length - 1] = last + piece;
    }
    return lines.map((line) => line.trimEnd());
}

/// Cut with an ellipsis where it is too long.
export function cut(text: string, width: number, size: number): string {
    if (text_width(text, size) <= width) return text;
    let out = text;
    while (out.length > 1 && text_width(out + "…", size) > width) out = out.slice(0, -1);
    return out.trimEnd() + "…";
}
