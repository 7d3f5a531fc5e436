// One self-contained HTML file: web/dist/index.html, which the server sends and the report fills with data.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

export default defineConfig({
    plugins: [svelte(), viteSingleFile({ removeViteModuleLoader: true })],
    build: { target: "es2022", modulePreload: false, reportCompressedSize: false },
});
