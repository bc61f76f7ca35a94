// Lists and calls tools with the official TypeScript client; prints what it saw as one line of JSON.
// usage: node client.mjs URL TOKEN legacy|auto|VERSION
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const [url, token, mode] = process.argv.slice(2);
const versionNegotiation = { mode: mode === 'legacy' || mode === 'auto' ? mode : { pin: mode } };
const client = new Client({ name: 'remit-wire-test', version: '1.0.0' }, { versionNegotiation });
const transport = new StreamableHTTPClientTransport(new URL(url), {
  requestInit: { headers: { Authorization: `Bearer ${token}` } },
});
await client.connect(transport);

const names = [];
let cursor;
do {
  const page = await client.listTools(cursor ? { cursor } : {});
  names.push(...page.tools.map((tool) => tool.name));
  cursor = page.nextCursor;
} while (cursor);

const call = (name, args) => client.callTool({ name, arguments: args });
const good = await call('rmm_restart_service', { device: '7', remit_task: 'task-9' });
const own = await call('remit_task_status', {});
let unknown;
try {
  await call('rmm_nothing', {});
} catch (error) {
  unknown = error.code;
}
console.log(
  JSON.stringify({
    server: client.getServerVersion()?.name,
    version: client.getNegotiatedProtocolVersion?.() ?? null,
    names,
    text: good.content[0].text,
    isError: good.isError ?? false,
    outcome: good._meta?.['dev.remit/outcome'],
    own: own.isError ?? false,
    unknown,
  }),
);
await client.close();
