// Makes the page: dist/page.js and dist/page.css, each one file. Packages are installed first where the lock file is newer than what is there.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { chdir } from "node:process";
import { fileURLToPath } from "node:url";

chdir(dirname(fileURLToPath(import.meta.url)));
const installed = "node_modules/.package-lock.json";
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync("package-lock.json").mtimeMs) {
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--silent"], { stdio: "inherit", shell: process.platform === "win32", timeout: 300_000 });
}

const { build } = await import("esbuild");
const { metafile } = await build({
  entryPoints: { page: "src/main.ts" },
  outdir: "dist",
  bundle: true,
  minify: true,
  target: "es2022",
  format: "iife",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
});
const script = notices(Object.keys(metafile.inputs)) + readFileSync("dist/page.js", "utf8");
if (/<\/script|<!--/i.test(script)) throw new Error("the script would end the element that a report puts it in");
writeFileSync("dist/page.js", script);

/** The licences of all packages that are in the bundle, as these ask; one text for those that share it. */
function notices(inputs) {
  const packages = [...new Set(inputs.flatMap(input => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []))].sort();
  const texts = new Map();
  for (const name of packages) {
    const folder = join("node_modules", name);
    const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
    const { license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : `${license} licence`;
    texts.set(text, [...(texts.get(text) ?? []), name]);
  }
  const all = [...texts].map(([text, names]) => `${names.join(", ")}:\n\n${text}`).join("\n\n---\n\n");
  return `/*!\nThis page holds, beside Eigenscope's own code:\n\n${all.replaceAll("*/", "* /")}\n*/\n`;
}
