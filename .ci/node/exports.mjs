// usage: node exports.mjs < requests: one JSON object a line. Answers one JSON object a line: {"ok": true, …} or {"ok": false, "error": text}.
//   {"duckdb": SQL}              → {"rows": [object, …]}
//   {"csv": FILE, "delimiter"}   → {"rows": [[cell, …], …]}, by csv-parse, which refuses rows of another length
//   {"sheet": FILE, "delimiter"} → {"cells": n, "formulas": [text, …], "days": n}: what a spreadsheet (SheetJS) makes of the cells of a CSV
//   {"warc": FILE}               → {"records": [{"type", "uri", "status", "body"}, …]}, by warcio.js; body is its length in bytes
//   {"cdxj": FILE}               → {"lines": [text, …]}: the index that warcio.js makes of a WARC
//   {"surt": [URL, …]}           → {"keys": [text, …]}
//   {"jsonld": FILE}             → {"nodes": [expanded node, …]}, by jsonld.js; the terms of schema.org stand for its context
//   {"schemaorg": [FILE, …]}     → {"errors": [text, …]}: what TypeScript says of the documents as schema-dts types them, each with its file
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

async function duckdb(sql) {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await db.runAndReadAll(sql);
  return { rows: reader.getRowObjectsJson() };
}

async function csv(file, delimiter) {
  const { parse } = await import('csv-parse/sync');
  return { rows: parse(readFileSync(file), { delimiter, bom: true }) };
}

async function sheet(file, delimiter) {
  const { default: xlsx } = await import('@e965/xlsx');
  const book = xlsx.read(readFileSync(file), { FS: delimiter, cellNF: true });
  const cells = Object.entries(book.Sheets[book.SheetNames[0]]).filter(([place]) => !place.startsWith('!')).map(([, cell]) => cell);
  return { cells: cells.length, formulas: cells.filter((c) => c.f).map((c) => c.f), days: cells.filter((c) => c.t === 'n' && /[dy]/.test(c.z ?? '')).length };
}

async function warc(file) {
  const { WARCParser } = await import('warcio');
  const records = [];
  for await (const r of new WARCParser(createReadStream(file))) {
    const body = await r.readFully(true);
    records.push({ type: r.warcType, uri: r.warcTargetURI ?? '', status: r.httpHeaders ? r.httpHeaders.statusCode : 0, body: body.length });
  }
  return { records };
}

async function cdxj(file) {
  const { CDXIndexer } = await import('warcio');
  const lines = [];
  for await (const c of new CDXIndexer({ format: 'cdxj' }).iterIndex([{ filename: 'data.warc.gz', reader: createReadStream(file) }])) {
    const { urlkey, timestamp, ...rest } = c;
    lines.push(`${urlkey} ${timestamp} ${JSON.stringify(rest)}`);
  }
  return { lines };
}

async function jsonld(file) {
  const { default: processor } = await import('jsonld');
  const context = { '@context': { '@vocab': 'https://schema.org/', url: { '@type': '@id' }, contentUrl: { '@type': '@id' } } };
  const documentLoader = async (url) => {
    if (url !== 'https://schema.org') throw new Error(`asks for ${url}`);
    return { contextUrl: null, documentUrl: url, document: context };
  };
  return { nodes: await processor.flatten(JSON.parse(readFileSync(file, 'utf8')), null, { documentLoader }) };
}

// typed is a document as a program that compiles when its nodes are what schema.org says.
function typed(file) {
  const { '@context': context, '@graph': nodes } = JSON.parse(readFileSync(file, 'utf8'));
  return "import type { NewsArticle } from 'schema-dts';\n" +
    `const context: 'https://schema.org' = ${JSON.stringify(context)};\n` +
    nodes.map((n, i) => `const n${i}: NewsArticle = ${JSON.stringify(n)};\n`).join('') +
    `export { context, ${nodes.map((_, i) => `n${i}`).join(', ')} };\n`;
}

async function schemaorg(files) {
  const { default: ts } = await import('typescript');
  const here = dirname(fileURLToPath(import.meta.url)); // where schema-dts is found
  const texts = new Map(files.map((file, i) => [`${here}/document${i}.ts`, typed(file)]));
  const options = { noEmit: true, strict: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, types: [] };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (f) => texts.get(f) ?? readFile(f);
  host.fileExists = (f) => texts.has(f) || fileExists(f);
  host.getSourceFile = (f, ...more) => (texts.has(f) ? ts.createSourceFile(f, texts.get(f), ts.ScriptTarget.ES2022) : getSourceFile(f, ...more));
  const names = [...texts.keys()];
  const found = ts.getPreEmitDiagnostics(ts.createProgram(names, options, host));
  return { errors: found.map((d) => `${files[names.indexOf(d.file?.fileName)]}: ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`) };
}

async function answer(q) {
  if (q.duckdb) return duckdb(q.duckdb);
  if (q.csv) return csv(q.csv, q.delimiter);
  if (q.sheet) return sheet(q.sheet, q.delimiter);
  if (q.warc) return warc(q.warc);
  if (q.cdxj) return cdxj(q.cdxj);
  if (q.surt) return { keys: q.surt.map((await import('warcio')).getSurt) };
  if (q.jsonld) return jsonld(q.jsonld);
  if (q.schemaorg) return schemaorg(q.schemaorg);
  throw new Error(`asks for nothing: ${JSON.stringify(q)}`);
}

for await (const line of createInterface({ input: process.stdin })) {
  let out;
  try {
    out = { ok: true, ...(await answer(JSON.parse(line))) };
  } catch (e) {
    out = { ok: false, error: String(e.message ?? e) };
  }
  console.log(JSON.stringify(out));
}
