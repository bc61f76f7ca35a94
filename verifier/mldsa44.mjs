// Verification of ML-DSA-44 signatures (FIPS 204, algorithms 3 and 8), for Node versions that have no ML-DSA.
// It handles public data only, so nothing here is constant in time.

import { createHash } from 'node:crypto';

const Q = 8380417;
const D = 13;
const TAU = 39;
const GAMMA1 = 1 << 17;
const GAMMA2 = (Q - 1) / 88;
const BETA = 78;
const OMEGA = 80;
const K = 4;
const L = 4;
const N = 256;

const shake128 = (outputLength, ...parts) => squeeze('shake128', outputLength, parts);
const shake256 = (outputLength, ...parts) => squeeze('shake256', outputLength, parts);

function squeeze(name, outputLength, parts) {
  const hash = createHash(name, { outputLength });
  parts.forEach((part) => hash.update(part));
  return hash.digest();
}

const mod = (a) => ((a % Q) + Q) % Q;

const ZETAS = (() => {
  const powers = [1];
  for (let i = 1; i < N; i++) powers.push((powers[i - 1] * 1753) % Q);
  const reversed = (i) => parseInt(i.toString(2).padStart(8, '0').split('').reverse().join(''), 2);
  return powers.map((_, i) => powers[reversed(i)]);
})();

/** Algorithm 41. */
function ntt(poly) {
  const w = [...poly];
  let m = 0;
  for (let len = 128; len >= 1; len /= 2) {
    for (let start = 0; start < N; start += 2 * len) {
      const zeta = ZETAS[++m];
      for (let j = start; j < start + len; j++) {
        const t = (zeta * w[j + len]) % Q;
        w[j + len] = mod(w[j] - t);
        w[j] = mod(w[j] + t);
      }
    }
  }
  return w;
}

/** Algorithm 42. */
function inverseNtt(poly) {
  const w = [...poly];
  let m = N;
  for (let len = 1; len < N; len *= 2) {
    for (let start = 0; start < N; start += 2 * len) {
      const zeta = Q - ZETAS[--m];
      for (let j = start; j < start + len; j++) {
        const t = w[j];
        w[j] = mod(t + w[j + len]);
        w[j + len] = (zeta * mod(t - w[j + len])) % Q;
      }
    }
  }
  return w.map((a) => (a * 8347681) % Q);
}

/** Unsigned numbers of so many bits each, least significant bit first. */
function unpack(bytes, bits) {
  const out = [];
  let have = 0;
  let held = 0;
  for (const byte of bytes) {
    held += byte * 2 ** have;
    have += 8;
    while (have >= bits) {
      out.push(held % 2 ** bits);
      held = Math.floor(held / 2 ** bits);
      have -= bits;
    }
  }
  return out;
}

function pack(numbers, bits) {
  const out = [];
  let have = 0;
  let held = 0;
  for (const number of numbers) {
    held += number * 2 ** have;
    have += bits;
    while (have >= 8) {
      out.push(held % 256);
      held = Math.floor(held / 256);
      have -= 8;
    }
  }
  return Buffer.from(out);
}

const slices = (bytes, size) => {
  const out = [];
  for (let at = 0; at < bytes.length; at += size) out.push(bytes.subarray(at, at + size));
  return out;
};

/** Algorithm 30; the stream is made longer in the rare case that it does not suffice. */
function rejNttPoly(seed) {
  for (let length = 1200; ; length *= 2) {
    const poly = [];
    for (const [a, b, c] of slices(shake128(length, seed), 3)) {
      const z = a + b * 256 + (c & 127) * 65536;
      if (z < Q && poly.length < N) poly.push(z);
    }
    if (poly.length === N) return poly;
  }
}

/** Algorithm 29. */
function sampleInBall(seed) {
  const stream = shake256(8 + 4096, seed);
  const signs = stream.readBigUInt64LE(0);
  const c = new Array(N).fill(0);
  let at = 8;
  for (let i = N - TAU; i < N; i++) {
    while (stream[at] > i) at++;
    const j = stream[at++];
    c[i] = c[j];
    c[j] = (signs >> BigInt(i + TAU - N)) & 1n ? Q - 1 : 1;
  }
  return c;
}

/** Algorithm 21; null where the encoding is not the one allowed. */
function unpackHints(bytes) {
  const hints = [];
  let at = 0;
  for (let i = 0; i < K; i++) {
    const end = bytes[OMEGA + i];
    if (end < at || end > OMEGA) return null;
    const hint = new Array(N).fill(0);
    for (const first = at; at < end; at++) {
      if (at > first && bytes[at - 1] >= bytes[at]) return null;
      hint[bytes[at]] = 1;
    }
    hints.push(hint);
  }
  return bytes.subarray(at, OMEGA).every((byte) => byte === 0) ? hints : null;
}

/** Algorithms 36 and 40. */
function useHint(hint, r) {
  let r0 = r % (2 * GAMMA2);
  if (r0 > GAMMA2) r0 -= 2 * GAMMA2;
  const isTop = r - r0 === Q - 1;
  const r1 = isTop ? 0 : (r - r0) / (2 * GAMMA2);
  if (isTop) r0 -= 1;
  if (!hint) return r1;
  return r0 > 0 ? (r1 + 1) % 44 : (r1 + 43) % 44;
}

/** Whether the key signed the message, with the empty context. */
export function verifyMlDsa44(key, message, signature) {
  if (key.length !== 1312 || signature.length !== 2420) return false;
  const rho = key.subarray(0, 32);
  const t1 = slices(key.subarray(32), 320).map((bytes) => unpack(bytes, 10));
  const commitment = signature.subarray(0, 32);
  const z = slices(signature.subarray(32, 32 + 2304), 576).map((bytes) => unpack(bytes, 18).map((v) => GAMMA1 - v));
  const hints = unpackHints(signature.subarray(32 + 2304));
  if (hints === null || z.flat().some((v) => Math.abs(v) >= GAMMA1 - BETA)) return false;

  const mu = shake256(64, shake256(64, key), Buffer.of(0, 0), message);
  const c = ntt(sampleInBall(commitment));
  const zHat = z.map((poly) => ntt(poly.map(mod)));
  const encoded = [];
  for (let r = 0; r < K; r++) {
    const tHat = ntt(t1[r].map((v) => (v * 2 ** D) % Q));
    const sum = c.map((v, i) => Q - ((v * tHat[i]) % Q));
    for (let s = 0; s < L; s++) {
      const a = rejNttPoly(Buffer.concat([rho, Buffer.of(s, r)]));
      for (let i = 0; i < N; i++) sum[i] = (sum[i] + a[i] * zHat[s][i]) % Q;
    }
    const w = inverseNtt(sum.map(mod));
    encoded.push(pack(w.map((v, i) => useHint(hints[r][i], v)), 6));
  }
  return shake256(32, mu, ...encoded).equals(commitment);
}
