// Lists tools, opens a task and reads a device with the official TypeScript client; prints what it
// saw as one line of JSON.
// usage: node client.mjs URL legacy|VERSION TICKET DEVICE
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const [url, mode, ticket, device] = process.argv.slice(2);
const versionNegotiation = { mode: mode === 'legacy' ? mode : { pin: mode } };
const client = new Client({ name: 'remit-e2e', version: '1.0.0' }, { versionNegotiation });
const transport = new StreamableHTTPClientTransport(new URL(url));
await client.connect(transport);

const names = [];
let cursor;
do {
  const page = await client.listTools(cursor ? { cursor } : {});
  names.push(...page.tools.map((tool) => tool.name));
  cursor = page.nextCursor;
} while (cursor);

const call = (name, args) => client.callTool({ name, arguments: args });
const opened = await call('remit_open_task', {
  taskClass: 'read-device-health',
  ticket,
  targets: [`rmm/device/${device}`],
});
const { task } = JSON.parse(opened.content[0].text);
const read = await call('rmm_get_device', { device, remit_task: task });
const foreign = await call('rmm_get_device', { device: '2001', remit_task: task });
const closed = await call('remit_close_task', { task, state: 'done' });
let unknown;
try {
  await call('rmm_nothing', {});
} catch (error) {
  unknown = error.code;
}
console.log(
  JSON.stringify({
    version: client.getNegotiatedProtocolVersion?.() ?? null,
    names,
    device: read.structuredContent?.id ?? null,
    outcome: read._meta?.['dev.remit/outcome'] ?? null,
    foreign: foreign._meta?.['dev.remit/reason'] ?? null,
    isError: foreign.isError ?? false,
    closed: closed.isError ?? false,
    unknown,
  }),
);
await client.close();
