// The official Google client, over REST, against the server at the URL given: create, get, list, update, version, delete, restore.
// The service has no recovery of a deleted secret; what it restores is a disabled version.
import assert from 'node:assert/strict';
import { SecretManagerServiceClient } from '@google-cloud/secret-manager';
import { OAuth2Client } from 'google-auth-library';

const url = new URL(process.argv[2]);
const parent = `projects/${process.argv[3]}`;
const authClient = new OAuth2Client();
authClient.setCredentials({ access_token: process.env.TEST_TOKEN, expiry_date: Date.now() + 3_600_000 });
const client = new SecretManagerServiceClient({ fallback: true, apiEndpoint: url.hostname, port: Number(url.port), protocol: 'http', authClient });
const name = `${parent}/secrets/js-db`;
const fails = (status, promise) => assert.rejects(promise, error => {
  assert.equal(error.code, status, `${error.code} ${error.message}`);
  return true;
});
const NOT_FOUND = 5, ALREADY_EXISTS = 6, FAILED_PRECONDITION = 9;

const [created] = await client.createSecret({ parent, secretId: 'js-db', secret: { replication: { automatic: {} }, labels: { env: 'test' } } });
assert.equal(created.name, name);
await fails(ALREADY_EXISTS, client.createSecret({ parent, secretId: 'js-db', secret: { replication: { automatic: {} } } }));
const [first] = await client.addSecretVersion({ parent: name, payload: { data: Buffer.from('{"user":"ada"}') } });
assert.equal(first.name, `${name}/versions/1`);
console.log('create');

const [got] = await client.accessSecretVersion({ name: `${name}/versions/latest` });
assert.equal(got.name, first.name);
assert.equal(Buffer.from(got.payload.data).toString(), '{"user":"ada"}');
assert.ok(Number(got.payload.dataCrc32c) > 0);
await fails(NOT_FOUND, client.getSecret({ name: `${parent}/secrets/none` }));
console.log('get');

for (let i = 0; i < 30; i++) await client.createSecret({ parent, secretId: `js-list-${i}`, secret: { replication: { automatic: {} } } });
const listed = [];
for await (const secret of client.listSecretsAsync({ parent, pageSize: 10, filter: 'name:js-list-' })) listed.push(secret.name);
assert.equal(new Set(listed).size, 30);
console.log('list');

const [before] = await client.getSecret({ name });
const [updated] = await client.updateSecret({ secret: { name, etag: before.etag, labels: { env: 'prod' }, annotations: { Note: 'changed' } }, updateMask: { paths: ['labels', 'annotations'] } });
assert.deepEqual([updated.labels, updated.annotations], [{ env: 'prod' }, { Note: 'changed' }]);
await fails(FAILED_PRECONDITION, client.updateSecret({ secret: { name, etag: before.etag, labels: {} }, updateMask: { paths: ['labels'] } }));
console.log('update');

const [second] = await client.addSecretVersion({ parent: name, payload: { data: Buffer.from('second') } });
const [versions] = await client.listSecretVersions({ parent: name });
assert.deepEqual(versions.map(version => version.name), [second.name, first.name]);
await client.updateSecret({ secret: { name, versionAliases: { stable: 1 } }, updateMask: { paths: ['version_aliases'] } });
assert.equal((await client.accessSecretVersion({ name: `${name}/versions/stable` }))[0].name, first.name);
console.log('version');

const [disabled] = await client.disableSecretVersion({ name: second.name });
assert.equal(disabled.state, 'DISABLED');
await fails(FAILED_PRECONDITION, client.accessSecretVersion({ name: second.name }));
const [destroyed] = await client.destroySecretVersion({ name: first.name });
assert.equal(destroyed.state, 'DESTROYED');
console.log('delete');

await client.enableSecretVersion({ name: second.name });
assert.equal(Buffer.from((await client.accessSecretVersion({ name: second.name }))[0].payload.data).toString(), 'second');
await client.deleteSecret({ name });
await fails(NOT_FOUND, client.getSecret({ name }));
console.log('restore');
