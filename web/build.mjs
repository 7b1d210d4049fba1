// Makes the page: dist/page.js and dist/page.css, each one file. Packages are installed first where the lock file is newer than what is there.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { chdir } from "node:process";
import { fileURLToPath } from "node:url";

chdir(dirname(fileURLToPath(import.meta.url)));
const installed = "node_modules/.package-lock.json";
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync("package-lock.json").mtimeMs) {
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--silent"], { stdio: "inherit", shell: process.platform === "win32", timeout: 300_000 });
}

const { build } = await import("esbuild");
await build({
  entryPoints: { page: "src/main.ts" },
  outdir: "dist",
  bundle: true,
  minify: true,
  target: "es2022",
  format: "iife",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
