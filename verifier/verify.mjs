#!/usr/bin/env node
// Verifies evidence packs and receipts of Remit with nothing but Node and a trust file.
//
// Written from docs/reference/evidence.md, apart from the Java verifier, so that a mistake of one is found by the
// other. No dependencies; Node 18 or later.
//
//   node verify.mjs FILE --trust KEYS [--since CHECKPOINT] [--json]
//   node verify.mjs --batch            cases as JSON lines on standard input, answers on standard output
//
// Exit 0 only if verified; 1 if not; 2 on wrong usage.

import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { verifyMlDsa44 } from './mldsa44.mjs';

const MAX_LINE_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_BODY_DEPTH = 60;
const MAX_SAFE = Number.MAX_SAFE_INTEGER;
const FINDINGS_SHOWN = 50;

/** Bytes or text that are not of the form they should have. */
class Malformed extends Error {}

// ---------------------------------------------------------------- bytes and hashes

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest();
};
const hashLeaf = (bytes) => sha256(Buffer.of(0), bytes);
const hashNode = (left, right) => sha256(Buffer.of(1), left, right);
const EMPTY_ROOT = sha256();

function utf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed('not utf-8');
  }
}

/** Base64 in its one canonical spelling. */
function base64(text) {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Malformed('not canonical base64');
  return bytes;
}

function hash32(text) {
  const bytes = base64(text);
  if (bytes.length !== 32) throw new Malformed('a hash has 32 bytes');
  return bytes;
}

/** Decimal without leading zeroes, below 2^63, as a BigInt. */
function decimal(text) {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) throw new Malformed('not a decimal number');
  const number = BigInt(text);
  if (number >= 1n << 63n) throw new Malformed('a number is below 2^63');
  return number;
}

// ---------------------------------------------------------------- strict JSON (RFC 8259, 7493) and its canonical form

const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const PLAIN = /[^"\\\u0000-\u001f]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;

class StrictJson {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  static parse(text) {
    if (text.length > MAX_LINE_BYTES) throw new Malformed('too large');
    const reader = new StrictJson(text);
    reader.space();
    const value = reader.value(0);
    reader.space();
    if (reader.at !== text.length) throw new Malformed('something after the end');
    return value;
  }

  space() {
    for (let c = this.text.charCodeAt(this.at); c === 32 || c === 9 || c === 10 || c === 13; ) {
      c = this.text.charCodeAt(++this.at);
    }
  }

  value(depth) {
    const c = this.text[this.at];
    if (c === '{') return this.object(depth + 1);
    if (c === '[') return this.array(depth + 1);
    if (c === '"') return this.string();
    for (const [word, meaning] of [['true', true], ['false', false], ['null', null]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return meaning;
      }
    }
    return this.number();
  }

  number() {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (!found || found[0].length > 512) throw new Malformed('not JSON');
    this.at = NUMBER.lastIndex;
    const number = Number(found[0]);
    if (!(Math.abs(number) <= MAX_SAFE)) throw new Malformed('a number beyond 2^53 - 1');
    return number;
  }

  string() {
    let out = '';
    for (this.at++; ; ) {
      PLAIN.lastIndex = this.at;
      out += PLAIN.exec(this.text)[0];
      this.at = PLAIN.lastIndex;
      const c = this.text[this.at];
      if (c === '"') break;
      if (c !== '\\') throw new Malformed('not JSON');
      const escape = this.text[this.at + 1];
      if (escape === 'u') {
        const digits = this.text.slice(this.at + 2, this.at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Malformed('not JSON');
        out += String.fromCharCode(parseInt(digits, 16));
        this.at += 6;
      } else if (escape !== undefined && Object.hasOwn(ESCAPES, escape)) {
        out += ESCAPES[escape];
        this.at += 2;
      } else {
        throw new Malformed('not JSON');
      }
    }
    this.at++;
    if (/\p{Surrogate}/u.test(out)) throw new Malformed('an unpaired surrogate');
    return out;
  }

  array(depth) {
    if (depth > MAX_DEPTH) throw new Malformed('nested too deep');
    const items = [];
    this.at++;
    this.space();
    if (this.text[this.at] === ']') {
      this.at++;
      return items;
    }
    for (;;) {
      this.space();
      items.push(this.value(depth));
      this.space();
      const c = this.text[this.at++];
      if (c === ']') return items;
      if (c !== ',') throw new Malformed('not JSON');
    }
  }

  object(depth) {
    if (depth > MAX_DEPTH) throw new Malformed('nested too deep');
    const members = new Map();
    this.at++;
    this.space();
    if (this.text[this.at] === '}') {
      this.at++;
      return members;
    }
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') throw new Malformed('not JSON');
      const name = this.string();
      if (name.length > 4096 || members.has(name)) throw new Malformed('a name twice, or too long');
      this.space();
      if (this.text[this.at++] !== ':') throw new Malformed('not JSON');
      this.space();
      members.set(name, this.value(depth));
      this.space();
      const c = this.text[this.at++];
      if (c === '}') return members;
      if (c !== ',') throw new Malformed('not JSON');
    }
  }
}

/** RFC 8785; objects are Maps. */
function canonical(value) {
  if (value instanceof Map) {
    const names = [...value.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value.get(name))}`).join(',')}}`;
  }
  return Array.isArray(value) ? `[${value.map(canonical).join(',')}]` : JSON.stringify(value);
}

function depth(value) {
  const inner = value instanceof Map ? [...value.values()] : Array.isArray(value) ? value : null;
  return inner === null ? 0 : 1 + inner.reduce((deepest, item) => Math.max(deepest, depth(item)), 0);
}

const isText = (value) => typeof value === 'string';

/** What Remit counts as an integer: written as one, or a double without fraction. */
const isInteger = (value) => typeof value === 'number' && Number.isSafeInteger(value);

function only(object, names) {
  if (!(object instanceof Map)) throw new Malformed('not an object');
  for (const name of object.keys()) {
    if (!names.includes(name)) throw new Malformed('an unknown member');
  }
  return object;
}

function need(isRight, what) {
  if (!isRight) throw new Malformed(what);
}

// ---------------------------------------------------------------- keys, notes, checkpoints (C2SP)

const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const P = (1n << 255n) - 19n;
const SMALL_ORDER = [
  0n,
  1n,
  P - 1n,
  littleEndian(Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex')),
  littleEndian(Buffer.from('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'hex')),
];

function littleEndian(bytes) {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

function ed25519Key(raw) {
  need(raw.length === 32, 'an ed25519 key has 32 bytes');
  const y = littleEndian(raw) & ((1n << 255n) - 1n);
  need(y < P && !SMALL_ORDER.includes(y), 'no safe ed25519 key');
  return createPublicKey({ key: Buffer.concat([ED25519_SPKI, raw]), format: 'der', type: 'spki' });
}

function ed25519(key, message, signature) {
  if (signature.length !== 64) return false;
  try {
    return verifySignature(null, message, key, signature);
  } catch {
    return false;
  }
}

function keyName(text) {
  const isRight =
    text.length > 0 &&
    !/[+\p{White_Space}\p{Z}\u0000-\u001f\u0085]/u.test(text) &&
    Buffer.byteLength(text) <= 255;
  need(isRight, 'no key name');
  return text;
}

/** `name+id+base64(type || key)`: signed-note "Verifier keys". */
function verifierKey(text) {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  need(first >= 0 && second >= 0, 'a verifier key is name+id+base64');
  const typed = base64(text.slice(second + 1));
  need(typed.length >= 2, 'a verifier key holds a kind and a key');
  const name = keyName(text.slice(0, first));
  const id = sha256(name, Buffer.of(10), typed).subarray(0, 4);
  need(id.toString('hex') === text.slice(first + 1, second), 'the id does not fit');
  return { name, id, type: typed[0], raw: typed.subarray(1) };
}

/** signed-note: Ed25519 (0x01); or the log cosigns with ML-DSA-44 (0x06), as tlog-checkpoint asks for. */
function logKey(text) {
  const key = verifierKey(text);
  need(key.type === 1 || key.type === 6, 'a log has a key of kind 1 or 6');
  if (key.type === 6) return mlDsa44Key(key);
  const publicKey = ed25519Key(key.raw);
  return { ...key, verifies: (note, signature) => ed25519(publicKey, note.bytes, signature) };
}

/** tlog-cosignature: a time, then Ed25519 (0x04) or ML-DSA-44 (0x06). */
function witnessKey(text) {
  const key = verifierKey(text);
  need(key.type === 4 || key.type === 6, 'a witness has a key of kind 4 or 6');
  if (key.type === 4) {
    const publicKey = ed25519Key(key.raw);
    const verifies = (note, signature) => {
      if (signature.length !== 72 || signature[0] > 127) return false;
      const head = `cosignature/v1\ntime ${signature.readBigUInt64BE(0)}\n`;
      return ed25519(publicKey, Buffer.concat([Buffer.from(head), note.bytes]), signature.subarray(8));
    };
    return { ...key, verifies };
  }
  return mlDsa44Key(key);
}

function mlDsa44Key(key) {
  need(key.raw.length === 1312, 'an ml-dsa-44 key has 1312 bytes');
  const verifies = (note, signature) => {
    if (signature.length !== 8 + 2420 || signature[0] > 127) return false;
    try {
      const message = cosignedMessage(key.name, signature.subarray(0, 8), checkpoint(note.text));
      return verifyMlDsa44(key.raw, message, signature.subarray(8));
    } catch (e) {
      if (e instanceof Malformed) return false;
      throw e;
    }
  };
  return { ...key, verifies };
}

function cosignedMessage(name, time, { origin, size, root }) {
  const prefixed = (text) => Buffer.concat([Buffer.of(Buffer.byteLength(text)), Buffer.from(text)]);
  const range = Buffer.alloc(16);
  range.writeBigUInt64BE(size, 8);
  const label = Buffer.from('subtree/v1\n\0');
  return Buffer.concat([label, prefixed(name), time, prefixed(origin), range, root]);
}

/** signed-note "Format". */
function signedNote(text) {
  need(Buffer.byteLength(text) <= 1 << 20, 'a note has at most 1 MiB');
  need(!/[\u0000-\u0009\u000b-\u001f]/.test(text), 'control characters in a note');
  const blank = text.lastIndexOf('\n\n');
  need(blank >= 0 && text.endsWith('\n') && blank + 2 !== text.length, 'no signed note');
  const lines = text.slice(blank + 2, -1).split('\n');
  need(lines.length <= 100, 'too many signatures');
  const signatures = lines.map((line) => {
    const space = line.lastIndexOf(' ');
    need(line.startsWith('— ') && space >= 2, 'no signature line');
    const name = keyName(line.slice(2, space));
    const blob = base64(line.slice(space + 1));
    need(blob.length > 4, 'a signature is longer than its key id');
    return { name, id: blob.subarray(0, 4), signature: blob.subarray(4) };
  });
  const body = text.slice(0, blank + 1);
  return { text: body, bytes: Buffer.from(body), signatures };
}

/** The trusted keys that signed; a wrong signature of a trusted key spoils the note. */
function signers(note, keys) {
  const good = [];
  for (const line of note.signatures) {
    const key = keys.find((known) => known.name === line.name && known.id.equals(line.id));
    if (key) {
      if (!key.verifies(note, line.signature)) return { wrong: true, good };
      good.push(key);
    }
  }
  return { wrong: false, good };
}

/** tlog-checkpoint "Note text". */
function checkpoint(text) {
  need(text.endsWith('\n'), 'no checkpoint');
  const lines = text.slice(0, -1).split('\n');
  need(lines.length >= 3, 'no checkpoint');
  const [origin, size, root] = lines;
  const head = { origin, size: decimal(size), root: hash32(root) };
  need(head.size !== 0n || head.root.equals(EMPTY_ROOT), 'the empty tree has another root');
  const isRight = origin.length > 0 && Buffer.byteLength(origin) <= 255;
  need(isRight && lines.slice(3).every((line) => line.length > 0), 'no checkpoint');
  return head;
}

// ---------------------------------------------------------------- the reader's trust: keys alone, or a tlog-policy

export function parseTrust(text) {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim());
  const saying = [...new Set(lines.filter((line) => line !== '' && !line.startsWith('#')))];
  need(saying.length > 0, 'the key file holds no key');
  if (!saying.some((line) => /[ \t]/.test(line))) {
    return { logs: saying.map(logKey), witnesses: new Map(), quorum: null };
  }
  const policy = parsePolicy(text);
  need(policy.logs.length > 0, 'the policy names no log');
  return policy;
}

function parsePolicy(text) {
  need(!/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text), 'control characters in a policy');
  const policy = { logs: [], witnesses: new Map(), quorum: undefined };
  const state = { policy, keys: [], defined: new Map(), members: new Set() };
  for (const line of text.split('\n')) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length > 0 && !words[0].startsWith('#')) policyLine(state, words);
  }
  need(policy.quorum !== undefined, 'a policy has one quorum line');
  return policy;
}

function policyLine(state, words) {
  const { policy, keys, defined, members } = state;
  const between = (least, most) => need(words.length >= least && words.length <= most, 'a policy line');
  const fresh = (key) => {
    need(!keys.some((other) => other.equals(key.raw)), 'a key twice');
    keys.push(key.raw);
    return key;
  };
  const find = (name) => {
    need(defined.has(name), 'a name is not defined above');
    return defined.get(name);
  };
  const define = (name, rule) => {
    need(name !== 'none' && !defined.has(name), 'a name is taken');
    defined.set(name, rule);
  };
  switch (words[0]) {
    case 'log':
      between(2, 3);
      policy.logs.push(fresh(logKey(words[1])));
      break;
    case 'witness':
      between(3, 4);
      define(words[1], (cosigners) => cosigners.has(words[1]));
      policy.witnesses.set(words[1], fresh(witnessKey(words[2])));
      break;
    case 'group': {
      between(4, 1000);
      const parts = words.slice(3).map((name) => {
        const rule = find(name);
        need(!members.has(name), 'a member twice');
        members.add(name);
        return rule;
      });
      const all = BigInt(parts.length);
      const threshold = words[2] === 'all' ? all : words[2] === 'any' ? 1n : decimal(words[2]);
      need(threshold >= 1n && threshold <= all, 'a threshold out of range');
      define(words[1], (cosigners) => BigInt(parts.filter((rule) => rule(cosigners)).length) >= threshold);
      break;
    }
    case 'quorum':
      between(2, 2);
      need(policy.quorum === undefined, 'a policy has one quorum line');
      policy.quorum = words[1] === 'none' ? null : find(words[1]);
      break;
    default:
      throw new Malformed('a policy line');
  }
}

// ---------------------------------------------------------------- trees

/** The right edge of a growing tree: one hash for each bit of its size. */
class Frontier {
  constructor() {
    this.size = 0n;
    this.edge = [];
  }

  append(leaf) {
    let carried = leaf;
    let level = 0;
    for (; this.edge[level]; level++) {
      carried = hashNode(this.edge[level], carried);
      this.edge[level] = null;
    }
    this.edge[level] = carried;
    this.size++;
  }

  /** A complete subtree of 2^level leaves of which only the hash is known. */
  appendSubtree(level, hash) {
    let carried = hash;
    let at = level;
    for (; this.edge[at]; at++) {
      carried = hashNode(this.edge[at], carried);
      this.edge[at] = null;
    }
    while (this.edge.length < at) this.edge.push(null);
    this.edge[at] = carried;
    this.size += 1n << BigInt(level);
  }

  root() {
    const parts = this.edge.filter((part) => part);
    return parts.length === 0 ? EMPTY_ROOT : parts.reduce((root, part) => hashNode(part, root));
  }
}

/** The levels of the complete subtrees of a range: at each place the largest that begins there and fits. */
function subtrees(from, until) {
  const levels = [];
  for (let at = from; at < until; at += 1n << BigInt(levels.at(-1))) {
    let level = 60;
    while (at % (1n << BigInt(level)) !== 0n || until - at < 1n << BigInt(level)) level--;
    levels.push(level);
  }
  return levels;
}

/** RFC 9162 §2.1.3.2; undefined when it holds, else the code of a finding. */
function inclusion(index, size, leaf, path, root) {
  if (index >= size) return 'size';
  let node = index;
  let last = size - 1n;
  let computed = leaf;
  for (const sibling of path) {
    if (last === 0n) return 'malformed';
    if ((node & 1n) === 1n || node === last) {
      computed = hashNode(sibling, computed);
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      computed = hashNode(computed, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) return 'malformed';
  return computed.equals(root) ? undefined : 'root';
}

// ---------------------------------------------------------------- what ties evidence to the reader

class Anchor {
  constructor(trust) {
    this.trust = trust;
    this.largest = -1n;
    this.claims = [];
    this.count = 0;
    this.witnessed = null;
  }

  /** A checkpoint of this log that a trusted key signed: `{head}` or `{code}`. */
  open(text, installation, tenant) {
    const origin = `remit/${installation}/${tenant}`;
    try {
      const note = signedNote(text);
      if (this.trust) {
        const { wrong, good } = signers(note, this.trust.logs);
        if (wrong || !good.some((key) => key.name === `remit/${installation}`)) return { code: 'signature' };
      }
      const head = checkpoint(note.text);
      return head.origin === origin ? { head } : { code: 'origin' };
    } catch (e) {
      if (e instanceof Malformed) return { code: 'malformed' };
      throw e;
    }
  }

  /** The names of the witnesses that cosigned; null when one of them is wrong. */
  cosigners(text) {
    const witnesses = this.trust ? [...this.trust.witnesses] : [];
    const { wrong, good } = signers(signedNote(text), witnesses.map(([, key]) => key));
    if (wrong) return null;
    return new Set(witnesses.filter(([, key]) => good.includes(key)).map(([name]) => name));
  }

  asksForWitnesses() {
    return Boolean(this.trust && this.trust.quorum);
  }

  counted(size, names) {
    if (this.asksForWitnesses() && this.trust.quorum(names)) this.witnessed = { size, by: [...names].sort() };
  }

  isShortOf(size) {
    return this.asksForWitnesses() && (this.witnessed === null || this.witnessed.size < size);
  }

  status(findings, size) {
    if (findings > 0) return 'refuted';
    if (!this.trust) return 'not-anchored';
    return this.isShortOf(size) ? 'unwitnessed' : 'verified';
  }
}

// ---------------------------------------------------------------- entries

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** ISO 8601 in UTC, seconds always there, and no more groups of three digits than are needed. */
function isInstant(text) {
  const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.((?:\d{3}){1,3}))?Z$/.exec(text);
  if (!form) return false;
  const [year, month, day, hour, minute, second] = form.slice(1, 7).map(Number);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && !isLeap ? 28 : DAYS[month - 1];
  const isShortest = form[7] === undefined || !form[7].endsWith('000');
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60 && isShortest;
}

class Entries {
  constructor(tenant) {
    this.tenant = tenant;
    this.ids = new Set();
    this.open = new Set();
    this.settled = new Set();
    this.isFromTheMiddle = false;
    this.earlier = 0;
    this.absentBodies = 0;
  }

  /** The code of the first thing wrong with an entry, if there is one. */
  check(content, hash) {
    if (hash.toString('base64') !== content.hash) return 'leaf-hash';
    const leaf = leafOf(content.leaf);
    if (leaf === null) return 'leaf';
    const among = this.among(leaf);
    if (leaf.get('tenant') !== this.tenant) return 'tenant';
    return this.body(leaf, content) ?? among;
  }

  body(leaf, { salt, body }) {
    if (body === undefined) {
      this.absentBodies++;
      return undefined;
    }
    const digest = sha256(Buffer.from(salt, 'hex'), canonical(body)).toString('hex');
    return leaf.get('body') === `sha256:${digest}` ? undefined : 'body';
  }

  among(leaf) {
    if (this.ids.has(leaf.get('id'))) return 'duplicate';
    this.ids.add(leaf.get('id'));
    const kind = leaf.get('kind');
    if (!['intent', 'outcome', 'resolution'].includes(kind)) return undefined;
    const call = leaf.get('call');
    if (!isText(call)) return 'leaf';
    return this.ofCall(kind, call);
  }

  ofCall(kind, call) {
    if (kind === 'intent') {
      if (this.settled.has(call) || this.open.has(call)) return 'duplicate';
      this.open.add(call);
      return undefined;
    }
    if (kind === 'resolution') {
      if (this.settled.has(call)) return undefined;
      if (this.open.has(call) || !this.isEarlier()) return 'outcome';
    } else if (this.settled.has(call) || (!this.open.delete(call) && !this.isEarlier())) {
      return 'outcome';
    }
    this.settled.add(call);
    return undefined;
  }

  /** Where entries before these are left out, a call may have begun among them. */
  isEarlier() {
    if (this.isFromTheMiddle) this.earlier++;
    return this.isFromTheMiddle;
  }
}

/** A canonical entry of version 1; null if it is none. */
function leafOf(text) {
  try {
    const leaf = StrictJson.parse(text);
    const isEntry =
      leaf instanceof Map &&
      canonical(leaf) === text &&
      leaf.get('v') === 1 &&
      isText(leaf.get('id')) &&
      isText(leaf.get('kind')) &&
      leaf.get('fields') instanceof Map &&
      isText(leaf.get('at')) &&
      isInstant(leaf.get('at')) &&
      isText(leaf.get('body')) &&
      /^sha256:[0-9a-f]{64}$/.test(leaf.get('body'));
    return isEntry ? leaf : null;
  } catch (e) {
    if (e instanceof Malformed) return null;
    throw e;
  }
}

/** The call that a leaf names, whatever else is wrong with it. */
function callOf(text) {
  try {
    return StrictJson.parse(text)?.get?.('call');
  } catch (e) {
    if (e instanceof Malformed) return undefined;
    throw e;
  }
}

function content(entry) {
  only(entry, ['leaf', 'hash', 'salt', 'body']);
  need(isText(entry.get('leaf')) && isText(entry.get('hash')), 'an entry has a leaf and a hash');
  const parsed = { leaf: entry.get('leaf'), hash: entry.get('hash') };
  if (!entry.has('salt') && !entry.has('body')) return parsed;
  const [salt, body] = [entry.get('salt'), entry.get('body')];
  need(isText(salt) && /^[0-9a-f]{32}$/.test(salt), 'a salt has 32 hexadecimal digits');
  need(body instanceof Map && depth(body) <= MAX_BODY_DEPTH, 'a body is an object, not too deep');
  return { ...parsed, salt, body };
}

function without(map, name) {
  const copy = new Map(map);
  copy.delete(name);
  return copy;
}

// ---------------------------------------------------------------- packs

const TENANT = /^(_operator|[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)$/;

class Stop extends Error {
  constructor(code, line, byte) {
    super(code);
    this.finding = { code, line, byte };
  }
}

class Pack {
  constructor(bytes, trust, since) {
    this.bytes = bytes;
    this.anchor = new Anchor(trust);
    this.since = since;
    this.findings = [];
    this.frontier = new Frontier();
    this.digest = createHash('sha256');
    this.line = 0;
    this.offset = 0;
    this.next = 0;
    this.section = 'start';
    this.version = 0;
    this.shown = 0;
    this.shownUntil = 0n;
    this.leftOut = 0n;
    this.pending = 0;
    this.older = null;
    this.then = null;
  }

  add(code, line = this.line, byte = this.offset) {
    this.findings.push({ code, line, byte });
  }

  /** The next line as an object, or null at the end. */
  read() {
    if (this.line > 0) this.digest.update(this.bytes.subarray(this.offset, this.next));
    this.line++;
    this.offset = this.next;
    if (this.offset === this.bytes.length) {
      if (this.section !== 'ended') throw new Stop('truncated', this.line, this.offset);
      return null;
    }
    const end = this.bytes.indexOf(10, this.offset);
    if (end < 0 ? this.bytes.length - this.offset > MAX_LINE_BYTES : end - this.offset > MAX_LINE_BYTES) {
      throw new Stop('malformed', this.line, this.offset);
    }
    if (end < 0) throw new Stop('truncated', this.line, this.offset);
    this.next = end + 1;
    try {
      return this.canonicalLine(this.bytes.subarray(this.offset, end));
    } catch (e) {
      if (e instanceof Malformed) throw new Stop('malformed', this.line, this.offset);
      throw e;
    }
  }

  canonicalLine(bytes) {
    const line = StrictJson.parse(utf8(bytes));
    need(line instanceof Map, 'a line is an object');
    const right = Buffer.from(canonical(line));
    if (!right.equals(bytes)) {
      let at = 0;
      while (at < Math.min(bytes.length, right.length) && bytes[at] === right[at]) at++;
      throw new Stop('malformed', this.line, this.offset + at);
    }
    return line;
  }

  /** Which line it is, if it may stand here. */
  place(line) {
    const kinds = [
      ['format', ['start'], 'head'],
      ['index', ['head', 'before', 'entries'], 'entries'],
      ['checkpoint', ['head', 'before', 'entries', 'after'], 'pending'],
      ['cosigned', ['head'], 'head'],
      ['skipped', this.version > 1 ? ['head', 'before', 'entries', 'after'] : [], null],
      ['pending', ['pending'], 'pending'],
      ['end', ['pending'], 'ended'],
    ];
    const [kind, before, after] = kinds.find(([name]) => line.has(name)) ?? [];
    need(kind !== undefined, 'no line of a pack');
    const parsed = this.form(kind, line);
    need(before.includes(this.section), 'this line does not belong here');
    this.section = after ?? (this.section === 'entries' || this.section === 'after' ? 'after' : 'before');
    if (kind === 'format') this.version = parsed.version;
    return [kind, parsed];
  }

  form(kind, line) {
    switch (kind) {
      case 'format':
        return header(line);
      case 'index':
        need(isInteger(line.get('index')), 'an index is a number');
        return { index: BigInt(line.get('index')), content: content(without(line, 'index')) };
      case 'skipped':
        only(line, ['skipped']);
        return skipped(line.get('skipped'));
      case 'pending':
        only(line, ['pending']);
        return { content: content(line.get('pending')) };
      case 'end':
        only(line, ['end']);
        return end(line.get('end'));
      default:
        only(line, [kind]);
        need(isText(line.get(kind)), 'a checkpoint is text');
        return { note: line.get(kind) };
    }
  }

  verify() {
    try {
      for (let line = this.read(); line !== null; line = this.read()) {
        const [kind, parsed] = this.placed(line);
        this.accept(kind, parsed);
      }
    } catch (e) {
      if (!(e instanceof Stop)) throw e;
      this.findings.push(e.finding);
      if (!this.header) return { status: 'refuted', findings: this.findings, entries: 0, pending: 0 };
    }
    return this.report();
  }

  accept(kind, parsed) {
    switch (kind) {
      case 'format':
        return this.begin(parsed);
      case 'cosigned':
        return this.cosigned(parsed);
      case 'index':
        return this.covered(parsed);
      case 'skipped':
        return this.skipped(parsed);
      case 'checkpoint':
        return this.checkpoint(parsed);
      case 'pending':
        this.pending++;
        return this.entry(parsed.content);
      default:
        return this.end(parsed);
    }
  }

  placed(line) {
    try {
      return this.place(line);
    } catch (e) {
      if (e instanceof Malformed) throw new Stop('malformed', this.line, this.offset);
      throw e;
    }
  }

  begin(header) {
    this.header = header;
    this.entries = new Entries(header.tenant);
    if (header.origin !== `remit/${header.installation}/${header.tenant}`) this.add('origin');
    if (this.since !== undefined) {
      const { head } = this.anchor.open(this.since, header.installation, header.tenant);
      if (head) this.older = head;
      else this.add('since');
    }
    this.passing();
  }

  passing() {
    const here = this.frontier.size;
    if (this.older && this.older.size === here) this.then = this.frontier.root();
    const claim = this.anchor.claims[0];
    if (claim && claim.size === here) {
      this.anchor.claims.shift();
      if (claim.root.equals(this.frontier.root())) this.anchor.counted(here, claim.names);
      else this.add('root', claim.line, claim.byte);
    }
  }

  cosigned({ note }) {
    const opened = this.anchor.open(note, this.header.installation, this.header.tenant);
    if (opened.code) {
      this.add(opened.code);
      return;
    }
    const { size, root } = opened.head;
    this.anchor.count++;
    if (this.anchor.count > 64 || size <= this.anchor.largest) {
      this.add('size');
    } else {
      this.anchor.largest = size;
      const names = this.anchor.cosigners(note);
      if (names === null) this.add('cosignature');
      else this.anchor.claims.push({ size, root, names, line: this.line, byte: this.offset });
    }
    this.passing();
  }

  covered({ index, content }) {
    if (index !== this.frontier.size) this.add('index');
    this.frontier.append(this.entry(content));
    this.shown++;
    this.shownUntil = this.frontier.size;
    this.passing();
  }

  /** Entries that are left out lead on to the checkpoint by the hashes of their subtrees. */
  skipped({ until, hashes }) {
    const here = this.frontier.size;
    const levels = until > here ? subtrees(here, until) : [];
    if (levels.length === 0 || levels.length !== hashes.length) {
      this.add('index');
      return;
    }
    if (this.shown === 0) this.entries.isFromTheMiddle = true;
    this.leftOut += until - here;
    levels.forEach((level, i) => {
      this.frontier.appendSubtree(level, hashes[i]);
      this.passing();
    });
    if (this.shown === 0) this.shownUntil = until;
  }

  entry(content) {
    const hash = hashLeaf(Buffer.from(content.leaf));
    const code = this.entries.check(content, hash);
    if (code) this.add(code);
    return hash;
  }

  checkpoint({ note }) {
    const opened = this.anchor.open(note, this.header.installation, this.header.tenant);
    if (opened.code) {
      this.add(opened.code);
    } else {
      const { size, root } = opened.head;
      this.head = opened.head;
      if (size !== this.frontier.size) this.add('size');
      else if (!root.equals(this.frontier.root())) this.add('root');
      const names = this.anchor.cosigners(note);
      if (names === null) this.add('cosignature');
      else this.anchor.counted(size, names);
    }
    this.anchor.claims.forEach((claim) => this.add('size', claim.line, claim.byte));
    if (this.older && !(this.then && this.then.equals(this.older.root))) this.add('since');
  }

  end({ entries, pending, sha256: digest }) {
    if (entries !== this.shown || pending !== this.pending) this.add('damaged');
    if (digest !== `sha256:${this.digest.copy().digest('hex')}`) this.add('damaged');
  }

  report() {
    return {
      status: this.anchor.status(this.findings.length, this.shownUntil),
      findings: this.findings,
      entries: this.shown,
      leftOut: Number(this.leftOut),
      earlier: this.entries.earlier,
      pending: this.pending,
      openCalls: this.entries.open.size,
      absentBodies: this.entries.absentBodies,
      tenant: this.header.tenant,
      size: this.head && Number(this.head.size),
      root: this.head && this.head.root.toString('base64'),
      witnessed: this.anchor.witnessed && { ...this.anchor.witnessed, size: Number(this.anchor.witnessed.size) },
    };
  }
}

function header(line) {
  const version = line.get('version');
  need(line.get('format') === 'remit-evidence-pack' && (version === 1 || version === 2), 'another format');
  const names = ['format', 'version', 'tenant', 'origin', 'installation', 'exportedAt'];
  only(line, version === 1 ? names : [...names, 'period']);
  need(isText(line.get('installation')) && /^[0-9a-f]{16}$/.test(line.get('installation')), 'an installation');
  need(isText(line.get('tenant')) && TENANT.test(line.get('tenant')), 'a tenant');
  need(isText(line.get('origin')) && isText(line.get('exportedAt')), 'a header');
  if (line.has('period')) period(line.get('period'));
  return {
    version,
    tenant: line.get('tenant'),
    origin: line.get('origin'),
    installation: line.get('installation'),
  };
}

function period(value) {
  only(value, ['from', 'until']);
  need(value.size > 0, 'a period has a beginning or an end');
  need([...value.values()].every((time) => isText(time) && isInstant(time)), 'a period has times');
  const [from, until] = [value.get('from'), value.get('until')];
  need(from === undefined || until === undefined || isBefore(from, until), 'a period ends after it began');
}

/** Of two times in their one spelling, by seconds and then by the digits after them. */
function isBefore(one, other) {
  const parts = (time) => [time.slice(0, 19), time.slice(20, -1).padEnd(9, '0')];
  const [a, b] = [parts(one), parts(other)];
  return a[0] === b[0] ? a[1] < b[1] : a[0] < b[0];
}

function skipped(value) {
  only(value, ['until', 'hashes']);
  const [until, hashes] = [value.get('until'), value.get('hashes')];
  need(isInteger(until) && until >= 1, 'what is left out has an end');
  need(Array.isArray(hashes) && hashes.length >= 1 && hashes.length <= 124, 'and 1 to 124 hashes');
  need(hashes.every(isText), 'a hash is text');
  return { until: BigInt(until), hashes: hashes.map(hash32) };
}

function end(value) {
  only(value, ['entries', 'pending', 'sha256']);
  const isRight = isInteger(value.get('entries')) && isInteger(value.get('pending')) && isText(value.get('sha256'));
  need(isRight, 'the last line has counts and a digest');
  return Object.fromEntries(value);
}

// ---------------------------------------------------------------- receipts

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';

function verifyReceipt(bytes, trust) {
  try {
    return new Receipt(bytes, trust).verify();
  } catch (e) {
    if (!(e instanceof Malformed)) throw e;
    return { status: 'refuted', findings: [{ code: 'malformed', line: 1, byte: 0 }], entries: 0, pending: 0 };
  }
}

class Receipt {
  constructor(bytes, trust) {
    const text = utf8(bytes);
    const blank = text.indexOf('\n\n');
    need(text.startsWith(`${FIRST_LINE}\n`) && blank >= 0, 'no proof');
    const lines = text.slice(0, blank).split('\n').slice(1);
    need(lines.length >= 2 && lines[0].startsWith('extra ') && lines[1].startsWith('index '), 'no receipt');
    this.path = lines.slice(2).map(hash32);
    need(this.path.length <= 63, 'a path is too long');
    this.index = decimal(lines[1].slice(6));
    this.note = text.slice(blank + 2);
    this.head = checkpoint(signedNote(this.note).text);
    this.items = this.parse(base64(lines[0].slice(6)));
    const origin = /^remit\/([0-9a-f]{16})\/(.*)$/s.exec(this.head.origin);
    need(origin && TENANT.test(origin[2]), 'no origin of a tenant');
    [, this.installation, this.tenant] = origin;
    this.entriesAt = { line: 2, byte: FIRST_LINE.length + 1 };
    const before = Buffer.from(text.slice(0, blank + 2));
    this.checkpointAt = { line: lines.length + 3, byte: before.length };
    this.anchor = new Anchor(trust);
    this.entries = new Entries(this.tenant);
    this.findings = [];
  }

  parse(extra) {
    const text = utf8(extra);
    const value = StrictJson.parse(text);
    need(canonical(value) === text, 'not canonical');
    only(value, ['format', 'version', 'entries']);
    const all = value.get('entries');
    const isRight = value.get('format') === 'remit-receipt' && value.get('version') === 1;
    need(isRight && Array.isArray(all) && all.length >= 1 && all.length <= 1000, 'another format');
    const items = all.map((entry, i) => this.item(entry, i === all.length - 1));
    need(items.at(-1).index === this.index, 'the proof is not of the last entry');
    need(items.every((item, i) => i === 0 || item.index > items[i - 1].index), 'entries out of order');
    return items;
  }

  item(entry, isLast) {
    need(entry instanceof Map, 'an entry is an object');
    need(isInteger(entry.get('index')) && entry.get('index') >= 0, 'an index is a number');
    const index = BigInt(entry.get('index'));
    if (isLast) return { index, content: content(without(entry, 'index')), path: this.path };
    const path = entry.get('path');
    need(Array.isArray(path) && path.length <= 63 && path.every(isText), 'a path is an array of hashes');
    return { index, content: content(without(without(entry, 'index'), 'path')), path: path.map(hash32) };
  }

  add(code, { line, byte }) {
    this.findings.push({ code, line, byte });
  }

  verify() {
    const call = callOf(this.items[0].content.leaf);
    for (const { index, content, path } of this.items) {
      const hash = hashLeaf(Buffer.from(content.leaf));
      const code = this.entries.check(content, hash);
      if (code) this.add(code, this.entriesAt);
      else if (!isText(call) || callOf(content.leaf) !== call) this.add('call', this.entriesAt);
      const wrong = inclusion(index, this.head.size, hash, path, this.head.root);
      if (wrong) this.add(wrong, this.entriesAt);
    }
    const opened = this.anchor.open(this.note, this.installation, this.tenant);
    if (opened.code) {
      this.add(opened.code, this.checkpointAt);
    } else {
      const names = this.anchor.cosigners(this.note);
      if (names === null) this.add('cosignature', this.checkpointAt);
      else this.anchor.counted(this.head.size, names);
    }
    return {
      status: this.anchor.status(this.findings.length, this.head.size),
      findings: this.findings,
      entries: this.items.length,
      pending: 0,
      openCalls: this.entries.open.size,
      absentBodies: this.entries.absentBodies,
      tenant: this.tenant,
      size: Number(this.head.size),
      root: this.head.root.toString('base64'),
      witnessed: this.anchor.witnessed && { ...this.anchor.witnessed, size: Number(this.anchor.witnessed.size) },
    };
  }
}

// ---------------------------------------------------------------- the command

/** Checks a pack or a receipt; trust and since may be undefined. */
export function verify(bytes, trust, since) {
  const isReceipt = bytes.subarray(0, FIRST_LINE.length).equals(Buffer.from(FIRST_LINE));
  const pack = () => new Pack(bytes, trust, since).verify();
  const report = isReceipt && bytes.length <= 64 << 20 ? verifyReceipt(bytes, trust) : pack();
  return { ...report, count: report.findings.length, findings: report.findings.slice(0, FINDINGS_SHOWN) };
}

function lines(report) {
  const out = [`${report.status.replace('-', ' ')}${report.tenant ? `: evidence of ${report.tenant}` : ''}`];
  out.push(`${report.entries} entries, ${report.pending} pending, ${report.openCalls ?? 0} calls without outcome`);
  if (report.root) out.push(`head: ${report.size} entries, root ${report.root}`);
  if (report.witnessed) {
    const by = JSON.stringify(report.witnessed.by);
    out.push(`witnessed: the first ${report.witnessed.size} entries, by ${by}`);
  }
  report.findings.forEach(({ code, line, byte }) => out.push(`wrong: line ${line}, byte ${byte}: ${code}`));
  if (report.count > report.findings.length) out.push(`wrong: ${report.count - report.findings.length} findings more`);
  if (report.leftOut) out.push(`not checked: ${report.leftOut} entries that this pack leaves out but for their hashes`);
  if (report.earlier) out.push(`not checked: the intents of ${report.earlier} calls, which come before this pack`);
  if (report.absentBodies) out.push(`not checked: ${report.absentBodies} bodies that are erased or withheld`);
  if (report.pending) out.push(`not checked: ${report.pending} entries that no checkpoint covers`);
  if (report.status === 'not-anchored') out.push('not checked: who signed the checkpoint: bring keys with --trust');
  out.push('not checked: whether anything went around Remit, and whether what was recorded is true');
  return out;
}

function usage(words) {
  process.stderr.write(`verify: ${words}; usage: verify.mjs FILE --trust KEYS [--since CHECKPOINT] [--json]\n`);
  process.exit(2);
}

function options(args) {
  const found = { files: [] };
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--json' || args[i] === '--batch') found[args[i].slice(2)] = true;
    else if (args[i] === '--trust' || args[i] === '--since') found[args[i].slice(2)] = args[++i];
    else if (args[i].startsWith('--')) usage(`unknown option \`${args[i]}\``);
    else found.files.push(args[i]);
  }
  return found;
}

function single({ files, trust, since, json }) {
  if (files.length !== 1) usage('name one file');
  let report;
  try {
    const keys = trust === undefined ? undefined : parseTrust(utf8(readFileSync(trust)));
    const older = since === undefined ? undefined : utf8(readFileSync(since));
    report = verify(readFileSync(files[0]), keys, older);
  } catch (e) {
    usage(String(e.message));
  }
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${lines(report).join('\n')}\n`);
  process.exitCode = report.status === 'verified' ? 0 : 1;
}

/** Cases as JSON lines: `{"trust": text or null, "since": text or null, "file": base64}`; one answer each. */
async function batch() {
  for await (const line of createInterface({ input: process.stdin })) {
    const given = JSON.parse(line);
    let answer;
    try {
      const trust = given.trust === null ? undefined : parseTrust(given.trust);
      answer = verify(Buffer.from(given.file, 'base64'), trust, given.since ?? undefined);
    } catch (e) {
      if (!(e instanceof Malformed)) throw e;
      answer = { status: 'no-trust', findings: [] };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split(/[\\/]/).pop())) {
  const given = options(process.argv.slice(2));
  if (given.batch) await batch();
  else single(given);
}
