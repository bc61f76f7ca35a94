// Measures @cedar-policy/cedar-wasm: policies parsed once, questions built beforehand.
// Reads lines {id, policies, requests, samples} from standard input and answers each with the
// sorted durations' p50 and p99 in microseconds.
'use strict';
const cedar = require(process.argv[2]);
const lines = require('node:readline').createInterface({ input: process.stdin });

lines.on('line', (line) => {
  const task = JSON.parse(line);
  const parsed = cedar.preparsePolicySet(task.id, { staticPolicies: task.policies });
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed));
  const calls = task.requests.map((r) => ({ ...r, preparsedPolicySetId: task.id, validateRequest: false }));
  const taken = [];
  for (let i = -task.samples / 2; i < task.samples; i++) {
    const call = calls[(i + task.samples) % calls.length];
    const start = process.hrtime.bigint();
    const answer = cedar.statefulIsAuthorized(call);
    const end = process.hrtime.bigint();
    if (answer.type !== 'success' || answer.response.decision !== 'allow') throw new Error(JSON.stringify(answer));
    if (i >= 0) taken.push(Number(end - start) / 1000);
  }
  taken.sort((a, b) => a - b);
  const at = (share) => Math.round(taken[Math.ceil(share * taken.length) - 1] * 1000);
  console.log(`${at(0.5)} ${at(0.99)}`);
});
