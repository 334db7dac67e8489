import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: "../daemon/inputs/web/page",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  // `npx vite` for work on the panel: beside a daemon on its usual port
  server: { proxy: Object.fromEntries(["/driftkit", "/sounds", "/takes"].map((path) => [path, "http://127.0.0.1:9010"])) },
});
