// Bundles the pages into dist/assets, or with --tests the unit tests into .tests.
import { readdirSync } from "node:fs";
import { build } from "esbuild";

const PAGES = [
  ...["index", "display", "board", "follow", "console", "booking", "rating", "replay", "reports"],
  ...["satisfaction", "dossier", "dossiers", "offices", "admin", "audit", "complaints"],
  ...["people", "publications", "published", "staff", "rules", "city", "months", "demand", "expected", "post", "subjects"],
];
const TESTS = "../../tests/unit/web";

const pages = {
  entryPoints: PAGES.flatMap((page) => [`src/${page}.ts`, `src/${page}.css`]),
  outdir: "dist/assets",
  splitting: true,
  chunkNames: "part-[hash]",
  minify: true,
  external: ["/assets/*"],
  target: ["chrome94", "firefox93", "safari15"],
};

const tests = {
  entryPoints: readdirSync(TESTS)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `${TESTS}/${name}`),
  outdir: ".tests",
  outExtension: { ".js": ".mjs" },
  platform: "node",
  target: "node20",
};

await build({
  ...(process.argv.includes("--tests") ? tests : pages),
  bundle: true,
  format: "esm",
  logLevel: "warning",
});
