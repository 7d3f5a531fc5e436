// Downloads of a chart: SVG and PNG as they are seen, and a zip of CSV with its sources.

function save(name: string, content: Blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const kept_styles = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "fill-opacity", "font-size", "font-weight", "font-family", "text-anchor"];

/// The picture on its own: the colours of the page are written into it.
export function alone(svg: SVGSVGElement): string {
    const copy = svg.cloneNode(true) as SVGSVGElement;
    const seen = svg.querySelectorAll<SVGElement>("*");
    copy.querySelectorAll<SVGElement>("*").forEach((node, row) => {
        const style = getComputedStyle(seen[row]);
        for (const name of kept_styles) {
            const value = style.getPropertyValue(name);
            if (value) node.setAttribute(name, value);
        }
        node.removeAttribute("class");
        node.removeAttribute("style");
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("style", `background:${getComputedStyle(svg).getPropertyValue("--paper")}`);
    return new XMLSerializer().serializeToString(copy);
}

export function save_svg(svg: SVGSVGElement, name: string) {
    save(`${name}.svg`, new Blob([alone(svg)], { type: "image/svg+xml" }));
}

export async function save_png(svg: SVGSVGElement, name: string) {
    const scale = 2;
    const picture = new Image();
    picture.src = URL.createObjectURL(new Blob([alone(svg)], { type: "image/svg+xml" }));
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = svg.clientWidth * scale;
    canvas.height = svg.clientHeight * scale;
    const pen = canvas.getContext("2d")!;
    pen.fillStyle = getComputedStyle(svg).getPropertyValue("--paper");
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(picture.src);
    canvas.toBlob((content) => content && save(`${name}.png`, content), "image/png");
}

export type Cell = string | number | null | undefined;

export function csv(header: string[], rows: Cell[][]): string {
    const cell = (value: Cell) => {
        let text = value === null || value === undefined ? "" : String(value);
        if (typeof value === "string" && /^[=+\-@]/.test(text) && Number.isNaN(Number(text))) text = "'" + text; // as the library: a spreadsheet would run it
        return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return [header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

const crc_table = Uint32Array.from({ length: 256 }, (_, at) => {
    let crc = at;
    for (let bit = 0; bit < 8; ++bit) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
    return crc;
});
export function crc32(bytes: Uint8Array): number {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = crc_table[(crc ^ byte) & 0xff] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
}

// A zip archive without compression: a header before each file, the directory behind all (PKWARE APPNOTE 4.3).
export function zip(files: Record<string, string>): Uint8Array<ArrayBuffer> {
    const parts: number[][] = [];
    const directory: number[][] = [];
    const two = (value: number) => [value & 255, (value >>> 8) & 255];
    const four = (value: number) => [...two(value), ...two(value >>> 16)];
    const first_day = 0x21; // 1980-01-01: archives do not differ by their time
    let offset = 0;
    for (const [name, text] of Object.entries(files)) {
        const title = [...new TextEncoder().encode(name)];
        const body = new TextEncoder().encode(text);
        const utf8_names = 0x800;
        const facts = [...two(20), ...two(utf8_names), ...two(0), ...two(0), ...two(first_day), ...four(crc32(body)),
            ...four(body.length), ...four(body.length), ...two(title.length), ...two(0)];
        const local = [...four(0x04034b50), ...facts, ...title, ...body];
        parts.push(local);
        directory.push([...four(0x02014b50), ...two(20), ...facts, ...two(0), ...two(0), ...two(0), ...four(0), ...four(offset), ...title]);
        offset += local.length;
    }
    const length = directory.reduce((sum, entry) => sum + entry.length, 0);
    const end = [...four(0x06054b50), ...four(0), ...two(directory.length), ...two(directory.length), ...four(length), ...four(offset), ...two(0)];
    return Uint8Array.from([...parts, ...directory, end].flat());
}

export function save_zip(name: string, files: Record<string, string>) {
    save(`${name}.zip`, new Blob([zip(files)], { type: "application/zip" }));
}
export function save_text(name: string, text: string) {
    save(name, new Blob([text], { type: "text/plain" }));
}
