// The official Azure client against the vault at the URL given: create, get, list, update, version, delete, restore.
import assert from 'node:assert/strict';
import { SecretClient } from '@azure/keyvault-secrets';

const credential = { getToken: async () => ({ token: process.env.TEST_TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 }) };
const client = new SecretClient(process.argv[2], credential, { disableChallengeResourceVerification: true, retryOptions: { maxRetries: 0 } });
const fails = (status, promise) => assert.rejects(promise, error => {
  assert.equal(error.statusCode, status);
  return true;
});
const all = async iterator => {
  const items = [];
  for await (const item of iterator) items.push(item);
  return items;
};

const expiresOn = new Date('2031-05-06T07:08:09Z');
const created = await client.setSecret('js-db', '{"user":"ada"}', { tags: { env: 'test' }, contentType: 'application/json', expiresOn });
assert.ok(created.properties.version);
console.log('create');

const got = await client.getSecret('JS-DB');
assert.equal(got.value, '{"user":"ada"}');
assert.equal(got.properties.version, created.properties.version);
assert.deepEqual(got.properties.tags, { env: 'test' });
assert.equal(got.properties.expiresOn.getTime(), expiresOn.getTime());
await fails(404, client.getSecret('none'));
console.log('get');

for (let i = 0; i < 60; i++) await client.setSecret(`js-list-${i}`, `${i}`);
const listed = await all(client.listPropertiesOfSecrets());
assert.equal(new Set(listed.map(item => item.name)).size, 61);
console.log('list');

await client.updateSecretProperties('js-db', created.properties.version, { enabled: false });
await fails(403, client.getSecret('js-db'));
await client.updateSecretProperties('js-db', created.properties.version, { enabled: true });
console.log('update');

const second = await client.setSecret('js-db', 'second');
assert.equal((await client.getSecret('js-db')).value, 'second');
assert.equal((await client.getSecret('js-db', { version: created.properties.version })).value, '{"user":"ada"}');
const versions = await all(client.listPropertiesOfSecretVersions('js-db'));
assert.deepEqual(new Set(versions.map(item => item.version)), new Set([created.properties.version, second.properties.version]));
console.log('version');

await (await client.beginDeleteSecret('js-db', { intervalInMs: 1 })).pollUntilDone();
await fails(404, client.getSecret('js-db'));
await fails(409, client.setSecret('js-db', 'x'));
assert.equal((await all(client.listDeletedSecrets())).length, 1);
console.log('delete');

await (await client.beginRecoverDeletedSecret('js-db', { intervalInMs: 1 })).pollUntilDone();
assert.equal((await client.getSecret('js-db')).value, 'second');
await (await client.beginDeleteSecret('js-db', { intervalInMs: 1 })).pollUntilDone();
await client.purgeDeletedSecret('js-db');
await fails(404, client.getDeletedSecret('js-db'));
console.log('restore');
