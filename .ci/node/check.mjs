// usage: node check.mjs SCHEMAS_DIR < requests: one JSON object a line, {"schema": FILE, "value": …} or {"asyncapi": FILE}.
// Answers one JSON object a line: {"ok": bool, "errors": [text, …]}. Ajv runs in strict mode and logs nothing: what it would warn of
// is an error.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Ajv2020 from 'ajv/dist/2020.js';
import { Parser } from '@asyncapi/parser';

const dir = process.argv[2];
const compiled = new Map();

function validator(file) {
  if (!compiled.has(file)) {
    const logged = [];
    const note = (...words) => logged.push(words.join(' '));
    const ajv = new Ajv2020({ strict: true, allErrors: true, validateFormats: false, logger: { log: note, warn: note, error: note } });
    const validate = ajv.compile(JSON.parse(readFileSync(join(dir, file), 'utf8')));
    if (logged.length > 0) throw new Error(logged.join('; '));
    compiled.set(file, validate);
  }
  return compiled.get(file);
}

async function answer({ schema, value, asyncapi }) {
  if (asyncapi) {
    const path = join(dir, asyncapi);
    const { document, diagnostics } = await new Parser().parse(readFileSync(path, 'utf8'), { source: path });
    const errors = diagnostics.filter((d) => d.severity <= 1).map((d) => `${d.path.join('.')}: ${d.message}`);
    if (!document && errors.length === 0) errors.push('no document');
    return { ok: errors.length === 0, errors };
  }
  const validate = validator(schema);
  const ok = validate(value);
  return { ok, errors: ok ? [] : validate.errors.map((e) => `${e.instancePath}: ${e.message}`) };
}

for await (const line of createInterface({ input: process.stdin })) {
  let out;
  try {
    out = await answer(JSON.parse(line));
  } catch (e) {
    out = { ok: false, errors: [String(e.message ?? e)] };
  }
  console.log(JSON.stringify(out));
}
