// Holds the manifest on standard input against the schema of the Kubernetes API: by the validators of kubernetes-models, which know types and what must be there,
// and by its TypeScript types, which know every name, so that a misspelt one is found. Prints what is wrong, and ends with 1 if anything is.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { Job } from "kubernetes-models/batch/v1/Job";

const manifest = JSON.parse(readFileSync(0, "utf8"));
const wrong = [];

if (manifest.apiVersion !== "v1" || manifest.kind !== "List" || !(manifest.items?.length > 0)) {
    wrong.push("no List of anything");
}

for (const item of manifest.items ?? []) {
    if (item.apiVersion !== "batch/v1" || item.kind !== "Job") {
        wrong.push(`${item.apiVersion} ${item.kind} is no Job`);
    }

    try {
        new Job(item).validate();
    } catch (error) {
        wrong.push(error.message);
    }
}

const file = fileURLToPath(new URL("manifest.ts", import.meta.url));
const source = `import type { IJob } from "kubernetes-models/batch/v1/Job";\nexport const items: IJob[] = ${JSON.stringify(manifest.items, null, 2)};\n`;
const options = { strict: true, noEmit: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, types: [] };
const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists, readFile } = host;
host.getSourceFile = (name, ...rest) => name === file ? ts.createSourceFile(name, source, options.target) : getSourceFile.call(host, name, ...rest);
host.fileExists = name => name === file || fileExists.call(host, name);
host.readFile = name => name === file ? source : readFile.call(host, name);
for (const diagnostic of ts.getPreEmitDiagnostics(ts.createProgram([file], options, host))) {
    wrong.push(ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
}

for (const line of wrong) {
    console.log(line);
}

process.exitCode = wrong.length > 0 ? 1 : 0;
